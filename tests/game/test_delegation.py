"""Delegation as a record of the run: who may be asked, what is kept, and journals of format 1."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from forging import edited, line_of
from tpmsim.core.observe import Observation
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import IllegalMove, InputRefused
from tpmsim.game.delegation import AREAS, TRUSTED, area, reason, refusal, standings
from tpmsim.game.formats import UPCASTERS, from_1_to_2, upcast
from tpmsim.game.journal import START, encode, parse, read
from tpmsim.game.jsonl import LineRefused
from tpmsim.game.records import FORMAT, Delegate, Move, Note, from_data
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.text import SafeText

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LOADED = open_scenario("first-product")
OPENS = ("target:cafes", "problem:swap", "interview:cafes", "survey:cafes")


def past_the_gate(path: Path | None = None) -> Session:
    """A run in its second stage."""
    for seed in range(50):
        session = Session.start(LOADED, str(seed), None)
        if _opened(session):
            session = Session.start(LOADED, str(seed), path)
            assert _opened(session)
            return session
    raise AssertionError("no gate opened")


def _opened(session: Session) -> bool:
    for move in OPENS:
        session.play(move)
    session.end_week()
    for person in LOADED.rules.stakeholders:
        session.play(f"share:{person}")
    session.play("gate:research/go")
    session.end_week()
    return session.observation.stage == "roadmap" and not any(
        refusal(LOADED.rules, session.observation, one) for one in AREAS
    )


def seen_with(session: Session, person: str, **changes: object) -> Observation:
    seen = session.observation
    people = tuple(replace(one, **changes) if one.id == person else one for one in seen.people)  # type: ignore[arg-type]
    return replace(seen, people=people)


def test_nothing_is_handed_over_before_the_first_gate() -> None:
    session = Session.start(LOADED, "1")
    with pytest.raises(IllegalMove, match="the first gate must open first"):
        session.delegate("learning", True)
    session.end_week()
    reasons = [one.reason for one in standings(LOADED, session.observation, ())]
    assert reasons == ["the first gate must open first"] * len(AREAS)


@pytest.mark.parametrize("name", ["sunset", "quiet-debt"])
def test_where_no_gate_is_ever_to_open_the_planning_week_alone_comes_before(name: str) -> None:
    """A scenario of one stage has no first gate: its areas were never to be handed over."""
    loaded = open_scenario(name)
    session = Session.start(loaded, "1")
    assert {one.reason for one in standings(loaded, session.observation, ())} == {"the planning week comes first"}
    session.end_week()
    assert {one.reason for one in standings(loaded, session.observation, ())} == {""}


def test_an_area_is_handed_over_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with past_the_gate(path) as session:
        state = session.position
        session.delegate("learning", True)
        session.delegate("market", True)
        session.delegate("market", True)
        session.delegate("learning", False)
        assert session.delegated == ("market",)
        assert session.position is state
    assert read(path).records[-3:] == (
        Delegate("learning", True),
        Delegate("market", True),
        Delegate("learning", False),
    )
    assert replay(path).exact
    with Session.resume(path) as again:
        assert again.delegated == ("market",)
        again.play("talk:sponsor")
        again.undo()
        assert again.delegated == ("market",)


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(IllegalMove, match="no area 'people'; there are building, market, contact, learning"):
        past_the_gate().delegate("people", True)


def test_trust_buys_it() -> None:
    session, learning = past_the_gate(), area("learning")
    assert learning is not None
    told = {
        name: reason(LOADED, seen_with(session, "design", **changes), learning)
        for name, changes in {
            "trust": {"trust": TRUSTED - 0.0001},
            "enough": {"trust": TRUSTED},
            "gone": {"gone": True},
            "neglect": {"intent": "neglect"},
            "exit": {"intent": "exit"},
            "voice": {"intent": "voice"},
        }.items()
    }
    assert told == {
        "trust": "Tomasz does not trust you enough: 44 of 100, it takes 45",
        "enough": "",
        "gone": "Tomasz has left",
        "neglect": "Tomasz means to let things slide",
        "exit": "Tomasz means to leave",
        "voice": "",
    }


def test_standings_name_the_colleague() -> None:
    rows = standings(LOADED, past_the_gate().observation, ("market",))
    assert [(one.area, one.person, one.on) for one in rows] == [
        ("building", "engineering", False),
        ("market", "marketing", True),
        ("contact", "sales", False),
        ("learning", "design", False),
    ]
    assert rows[3].name == "Tomasz (Design)"


def test_nothing_is_handed_over_or_taken_back_once_it_is_over(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with past_the_gate(path) as session:
        session.delegate("building", True)
        session.play("gate:roadmap/kill")
        session.end_week()
        for on in (True, False):
            with pytest.raises(IllegalMove, match="the run is over"):
                session.delegate("market" if on else "building", on)
    assert replay(path).exact


def test_an_area_that_does_not_exist_is_found_by_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with past_the_gate(path) as session:
        session.delegate("building", True)
    found = replay(edited(path, tmp_path / "x.tpmrun", line_of(path, "delegate"), lambda d: d.update(area="lunch")))
    assert "an area was handed over that does not exist" in found.problem()


# Formats


def test_there_is_an_upcaster_from_every_earlier_format() -> None:
    assert sorted(UPCASTERS) == list(range(1, FORMAT))


def test_from_1_to_2_changes_the_number_alone() -> None:
    header, move = {"kind": "header", "format": 1, "seed": "x"}, {"kind": "move", "id": "a"}
    assert from_1_to_2(header) == {"kind": "header", "format": 2, "seed": "x"}
    assert header["format"] == 1
    assert from_1_to_2(move) == move
    assert upcast(header, 2, 2) == header


@pytest.mark.parametrize("value", [1, "on", None])
def test_a_flag_is_true_or_false(value: object) -> None:
    with pytest.raises(LineRefused, match="field 'on' of delegate must be true or false"):
        from_data({"kind": "delegate", "area": "market", "on": value})


def test_format_1_has_no_delegate() -> None:
    with pytest.raises(LineRefused, match="unknown kind 'delegate'"):
        encode(Delegate("market", True), START, written=1)
    with pytest.raises(LineRefused, match="unknown kind 'delegate'"):
        from_data({"kind": "delegate", "area": "market", "on": True}, 1)


def test_a_run_that_was_written_in_format_1_is_read() -> None:
    path = GOLDEN / "rules-1" / "first-product-steady-0.tpmrun"
    assert (read(path).written, read(path).header.format) == (1, FORMAT)


def test_a_run_of_format_1_is_read_gone_on_with_and_left_in_its_format(tmp_path: Path) -> None:
    kept = GOLDEN / f"rules-{RULES_NUMBER}" / "first-product-steady-0.tpmrun"
    older = edited(kept, tmp_path / "x.tpmrun", 1, lambda d: d.update(format=1))
    old = older.read_bytes().splitlines(keepends=True)
    assert json.loads(old[0])["format"] == 1
    weeks = [number for number, line in enumerate(old) if json.loads(line)["kind"] == "week"]
    path = tmp_path / "old.tpmrun"
    begun = b"".join(old[: weeks[3] + 1])
    path.write_bytes(begun)
    assert (read(path).written, read(path).header.format) == (1, FORMAT)
    with Session.resume(path) as session:
        session.play("talk:sponsor")
        session.note(SafeText.clean("here"))
        with pytest.raises(IllegalMove, match="begun by an earlier version"):
            session.delegate("learning", True)
        assert session.delegated == ()
    assert path.read_bytes().startswith(begun)
    assert read(path).records[-2:] == (Move("talk:sponsor"), Note(SafeText.clean("here")))
    assert replay(path).exact


def test_a_delegate_forged_into_format_1_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with past_the_gate(path) as session:
        session.delegate("building", True)
    older = edited(path, tmp_path / "x.tpmrun", 1, lambda d: d.update(format=1))
    with pytest.raises(InputRefused, match="unknown kind 'delegate'"):
        parse(older.read_bytes(), "x.tpmrun")
