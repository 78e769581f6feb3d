"""As last week, delegates and the recap in plain mode."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from faulty_os import Twin
from tpmsim.cli.plain import play_plain
from tpmsim.game.delegation import AREAS, refusal
from tpmsim.game.journal import read
from tpmsim.game.records import Delegate
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.lab.delegate import proposals
from tpmsim.scenario.library import open_scenario

LOADED = open_scenario("first-product")
OPENING = (
    *("interview:cafes", "survey:cafes", "target:cafes", "problem:swap", "e"),
    *("answer:mill_street/later", *(f"share:{one}" for one in LOADED.rules.stakeholders), "gate:research/go", "e"),
)
PLANNED = ("commit:swap_board/plan/in3", "commit:fair_weeks/plan/in5", "gate:roadmap/go", "e", "y")


def play(lines: Iterable[str], session: Session, **options: Any) -> str:
    script, out = iter(lines), list[str]()

    def answer(prompt: str) -> str | None:
        return next(script, None)

    play_plain(session, answer, out.append, width=100, **options)
    return "\n".join(out)


def opened(path: Path | None = None, fits: Callable[[Session], bool] = lambda session: True) -> Session:
    """A run past its first gate, where somebody takes every area."""
    for seed in range(100):
        session = Session.start(LOADED, str(seed))
        play(OPENING, session)
        free = not any(refusal(LOADED.rules, session.observation, one) for one in AREAS)
        if session.observation.stage == "roadmap" and free and fits(session):
            session = Session.start(LOADED, str(seed), path)
            play(OPENING, session)
            return session
    raise AssertionError("no gate opened")


def test_as_last_week_lists_and_makes() -> None:
    session = Session.start(LOADED, "1")
    text = play(["survey:cafes", "talk:sponsor", "target:cafes", "e", "a", "a", "u", "a", "q"], session)
    assert "a does as last week: Survey Cafés and bars; Talk with Ruth in private." in text
    assert "As last week: Survey Cafés and bars; Talk with Ruth in private." in text
    assert "Done: 2 of 2. 13 h left; u takes back the last." in text
    assert "There is nothing of last week that could be done again now." in text
    assert "As last week: Talk with Ruth in private." in text
    assert session.position.made == ("survey:cafes", "talk:sponsor")


def test_as_last_week_by_its_words() -> None:
    session = Session.start(LOADED, "1")
    play(["talk:sponsor", "e", "as last week", "q"], session)
    assert session.position.made == ("talk:sponsor",)
    assert "a, or as last week, makes" in play(["as promised", "q"], session)


def test_the_delegates_are_told_with_the_reason_why_not() -> None:
    text = play(["d", "d learning", "d lunch", "d", "q"], Session.start(LOADED, "1"))
    assert "learning: you. Not now: the first gate must open first." in text
    assert "Not now: the first gate must open first." in text
    assert "No area 'lunch': there are building, market, contact, learning." in text


def test_an_area_is_handed_over_taken_back_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with opened(path) as session:
        text = play(["d", "d learn", "d market", "d market", "d", "q"], session)
    assert "learning: you. Tomasz (Design) could: asks where we are unsure." in text
    assert "Learning: Tomasz (Design) asks where we are unsure, from now on. Half of your hours stay yours." in text
    assert "Market is yours again." in text
    assert "  learning: Tomasz (Design) asks where we are unsure" in text
    assert [one.area for one in read(path).records if isinstance(one, Delegate)] == ["learning", "market", "market"]
    with Session.resume(path) as session:
        assert session.delegated == ("learning",)
        text = play(["d", "q"], session)
        assert "  market: you." in text
        assert text.startswith("First Product. Week 2 of 8\n\nYou finished Research in week 1; you are in Roadmap.")
    assert replay(path).exact


def test_a_delegate_acts_at_the_start_of_a_week_and_can_be_undone() -> None:
    session = opened(fits=_moves_later)
    text = play(["d learning", "d building", *PLANNED], session)
    assert session.position.made
    assert "u takes the last of it back." in text
    assert any(told in text for told in ("Tomasz has asked: ", "Mirela has arranged: "))
    made = session.position.made
    assert "Taken back: " in play(["u", "q"], session)
    assert session.position.made == made[:-1]


def _moves_later(session: Session) -> bool:
    """Whether delegates would find something to do in the week after the plan."""
    for name in ("learning", "building"):
        session.delegate(name, True)
    play([*PLANNED[:3]], session)
    if session.position.unanswered or session.outcome is not None:
        return False
    session.end_week()
    return session.outcome is None and bool(proposals(session.position, session.delegated))


def test_an_area_rests_while_nobody_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened()
    session.delegate("market", True)
    monkeypatch.setattr("tpmsim.game.delegation.TRUSTED", 0.99)
    text = play(["e", "y", "d", "q"], session)
    assert "Market rests: Inés does not trust you enough: " in text
    assert "; rests now: Inés does not trust you enough" in " ".join(text.split())


def test_a_full_disk_stops_the_routine(tmp_path: Path) -> None:
    twin = Twin()
    path = tmp_path / "run.tpmrun"
    with Session.start(LOADED, "1", path, system=twin.system) as session:
        play(["survey:cafes", "talk:sponsor", "e"], session)
        twin.break_from_now_on()
        text = play(["a", "3", "q"], session)
        assert "not saved: disk full" in text
        assert "Done: 0 of 2." in text
        assert session.position.made == ()


def test_help_and_the_words_tell_of_them() -> None:
    text = play(["?", "words", "q"], Session.start(LOADED, "1"))
    assert "  a  as last week" in text
    assert "  d  who decides in which area" in text
    assert "delegate: to let a colleague who trusts you decide" in text


def _begins_with_moves(path: Path) -> tuple[str, ...]:
    """Leave a run, whose delegates want to move, before they could; what they want."""
    session = opened(path, fits=_moves_later)
    with session:
        _moves_later(session)
        return proposals(session.position, session.delegated)


def test_delegates_begin_the_week_of_a_run_that_was_left_before_they_could(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    wanted = _begins_with_moves(path)
    with Session.resume(path) as session:
        text = play(["u", "q"], session)
        assert session.position.made == wanted[:-1]
        assert "u takes the last of it back." in text
    with Session.resume(path) as session:
        play(["q"], session)
        assert session.position.made == wanted[:-1]
