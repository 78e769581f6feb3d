"""A session: confirmed before shown, undone within the week, gone on with where it ended."""

import random
from pathlib import Path

import pytest

from chosen import some
from faulty_os import Twin
from players import random_run, random_week
from tpmsim.core.fingerprint import fingerprint
from tpmsim.errors import IllegalMove, InUse, StorageFailed
from tpmsim.game.journal import read
from tpmsim.game.records import End, Forecast, Move, Undo, Week
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record_until
from tpmsim.scenario.library import open_scenario
from tpmsim.text import SafeText

SEED = "K7Q2-MX4D"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.tpmrun"


@pytest.fixture
def session(path: Path):
    with Session.start(open_scenario("first-product"), SEED, path) as begun:
        yield begun


def test_a_move_is_on_the_disk_before_its_effect_can_be_seen(session: Session, path: Path) -> None:
    hours = session.observation.hours
    session.play("interview:cafes")
    assert read(path).records == (Move("interview:cafes"),)
    assert session.observation.hours < hours


def test_a_refused_move_says_why_and_leaves_no_trace(session: Session, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(IllegalMove, match="the planning week comes first"):
        session.play("gate:research/leap")
    with pytest.raises(IllegalMove, match="did you mean 'interview:cafes'"):
        session.play("interview:cafs")
    assert path.read_bytes() == before


def test_undo_gives_the_state_before_and_is_journalled(session: Session, path: Path) -> None:
    start = fingerprint(session.position.state)
    session.play("survey:cafes")
    cash = session.observation.numbers["cash"]
    session.play("talk:sponsor")
    session.undo()
    assert session.observation.numbers["cash"] == cash
    session.undo()
    assert fingerprint(session.position.state) == start
    assert session.position.entries == ()
    assert read(path).records[-2:] == (Undo(), Undo())


def test_undo_ends_at_the_start_of_the_week(session: Session) -> None:
    session.play("interview:cafes")
    session.end_week()
    with pytest.raises(IllegalMove, match="nothing to take back"):
        session.undo()


def test_assigned_moves_stand(tmp_path: Path) -> None:
    loaded = open_scenario("first-product")
    with Session.start(loaded, SEED, tmp_path / "a.tpmrun", mode="assigned") as session:
        session.play("interview:cafes")
        with pytest.raises(IllegalMove, match="assigned"):
            session.undo()


def test_a_card_without_an_answer_for_silence_holds_up_the_week(tmp_path: Path) -> None:
    session = Session.start(open_scenario("first-product"), SEED)
    assert record_until(session, get_policy("naive"), lambda: bool(session.position.unanswered))
    with pytest.raises(IllegalMove, match="answer first"):
        session.end_week()


@pytest.mark.parametrize("seed", some(range(4), 2))
def test_reopening_after_every_week_changes_nothing(tmp_path: Path, seed: int) -> None:
    """D02: the same hashes, and the same bytes but the first line's fields that name the file's making."""
    loaded = open_scenario("first-product")
    straight, reopened = tmp_path / "straight.tpmrun", tmp_path / "reopened.tpmrun"
    with Session.start(loaded, SEED, straight) as session:
        random_run(session, seed)
    Session.start(loaded, SEED, reopened).close()
    dice = random.Random(seed)
    over = False
    while not over:
        with Session.resume(reopened) as session:
            random_week(session, dice)
            over = session.outcome is not None
    assert straight.read_bytes() == reopened.read_bytes()


def test_resuming_gives_back_reports_notes_and_outcome(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), SEED, path) as session:
        session.note(SafeText.clean("why not"), mark=True)
        random_run(session, 3)
        reports, outcome = session.reports, session.outcome
    with Session.resume(path) as again:
        assert again.outcome == outcome
        assert [one.entries for one in again.reports] == [one.entries for one in reports]
        assert [one.events for one in again.reports] == [one.events for one in reports]
        assert again.notes == [(0, SafeText.clean("why not"))]


def test_notes_marks_and_forecasts_never_touch_the_state(session: Session) -> None:
    before = fingerprint(session.position.state)
    session.note(SafeText.clean("a thought"))
    session.forecast("customers", 10, 50, 90)
    assert fingerprint(session.position.state) == before


def test_the_end_is_recorded_once_even_if_the_program_died_before_it(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), SEED, path) as session:
        random_run(session, 5)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    with Session.resume(path):
        pass
    records = read(path).records
    assert isinstance(records[-1], End)
    assert isinstance(records[-2], Week)
    assert path.read_bytes() == b"".join(lines)


def test_two_cannot_play_one_run(session: Session, path: Path) -> None:
    with pytest.raises(InUse):
        Session.resume(path)


def test_a_full_journal_is_never_said_to_be_saved(session: Session, path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tpmsim.game.store.MAX_RECORDS", 2)
    session.play("interview:cafes")
    for store in (
        lambda: session.play("survey:cafes"),
        session.retry,
        lambda: session.save_elsewhere(path.parent / "x"),
    ):
        with pytest.raises(StorageFailed, match="journal is full"):
            store()
        assert session.pending
        assert session.position.made == ("interview:cafes",)
    session.withdraw()
    assert not session.pending
    assert read(path).records == (Move("interview:cafes"),)


def test_what_cannot_be_stored_waits_and_is_not_shown(tmp_path: Path) -> None:
    """S03 as a player meets it: the disk fills up, the move waits, and a retry stores it once."""
    path = tmp_path / "run.tpmrun"
    faulty = Twin(only="write")
    with Session.start(open_scenario("first-product"), SEED, path, system=faulty.system) as session:
        session.play("interview:cafes")
        hours = session.observation.hours
        faulty.break_from_now_on()
        with pytest.raises(StorageFailed, match="not saved"):
            session.play("talk:sponsor")
        assert session.pending
        assert session.observation.hours == hours
        with pytest.raises(StorageFailed):
            session.play("talk:sales")
        faulty.heal()
        session.retry()
        assert not session.pending
        assert session.position.made == ("interview:cafes", "talk:sponsor")
    assert [one.id for one in read(path).records if isinstance(one, Move)] == ["interview:cafes", "talk:sponsor"]


def test_a_forecast_of_an_ended_run_is_refused_and_a_note_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), SEED, path) as session:
        random_run(session, 5)
        with pytest.raises(IllegalMove, match="the run is over"):
            session.forecast("customers", 1, 2, 3)
        session.note(SafeText.clean("so it ends"))
        session.note(SafeText.clean("there"), mark=True)
        notes = session.notes
    assert replay(path).exact
    with Session.resume(path) as session:
        assert session.notes == notes


def test_a_forecast_of_a_number_that_does_not_exist_is_refused(session: Session, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(IllegalMove, match="no number 'custommers'"):
        session.forecast("custommers", 1, 2, 3)
    assert path.read_bytes() == before


def test_forecasts_are_there_again_when_a_run_is_resumed(session: Session, path: Path) -> None:
    session.forecast("customers", 1, 2, 3)
    session.end_week()
    session.forecast("cash", 4, 5, 6)
    forecasts = session.forecasts
    assert forecasts == [(0, Forecast("customers", 1, 2, 3)), (1, Forecast("cash", 4, 5, 6))]
    session.close()
    with Session.resume(path) as again:
        assert again.forecasts == forecasts


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_the_last_week_and_the_end_are_stored_together(tmp_path: Path, call: str) -> None:
    twin = Twin(only=call)
    with Session.start(open_scenario("first-product"), SEED, tmp_path / "run.tpmrun", system=twin.system) as session:
        session.end_week()
        session.play("gate:research/kill")
        twin.break_from_now_on()
        with pytest.raises(StorageFailed, match="not saved") as caught:
            session.end_week()
        assert "1 move not stored" in caught.value.help
        assert not session.position.over
        session.withdraw()
        assert not session.pending
        twin.heal()
        session.end_week()
        assert session.position.over
        assert session.path is not None
        assert [type(one) for one in read(session.path).records[-2:]] == [Week, End]
        assert replay(session.path).exact


def test_an_end_that_cannot_be_added_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), SEED, path) as session:
        random_run(session, 5)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    full = Twin(fail_at=1, forever=True, only="write")
    with pytest.raises(StorageFailed, match="not saved"):
        Session.resume(path, full.system)
    Session.resume(path).close()
    assert replay(path).ended


def test_a_session_knows_when_nothing_was_done_in_the_week_yet(session: Session, path: Path) -> None:
    assert not session.week_begins
    session.end_week()
    assert session.week_begins
    session.close()
    with Session.resume(path) as again:
        assert again.week_begins
        again.play("talk:sponsor")
        again.undo()
        assert not again.week_begins
    with Session.resume(path) as again:
        assert not again.week_begins
