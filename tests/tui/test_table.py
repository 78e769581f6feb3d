"""The table: what the player does counts, is refused, or waits; several moves of one action wait together (S03)."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from faulty_os import Twin
from tpmsim.game.delegation import AREAS, refusal
from tpmsim.game.journal import read
from tpmsim.game.records import End, Move
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.lab.delegate import proposals
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.flow import Game
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.shelf import Shelf
from tpmsim.tui.table import Table, Told
from tui.tour import STOPS, settled, visit

LOADED = open_scenario("first-product")
OPENS = ("target:cafes", "problem:swap", "interview:cafes", "survey:cafes")
PLANS = ("commit:swap_board/plan/in3", "commit:fair_weeks/plan/in5")
OVER = next(stop for stop in STOPS if stop.name == "end")
ROUTINE = ("survey:cafes", "talk:sponsor")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.tpmrun"


def twice(path: Path, twin: Twin) -> Table:
    """A run at whose table last week's two moves can be made again."""
    session = Session.start(LOADED, "1", path, system=twin.system)
    for move in ROUTINE:
        session.play(move)
    session.end_week()
    return Table(session)


def past_the_gate(path: Path | None, seed: int, twin: Twin) -> Session | None:
    """A run in its second stage, where somebody takes every area; or nothing for this seed."""
    session = Session.start(LOADED, str(seed), path, system=twin.system)
    for move in OPENS:
        session.play(move)
    session.end_week()
    for person in LOADED.rules.stakeholders:
        session.play(f"share:{person}")
    session.play("gate:research/go")
    session.end_week()
    free = not any(refusal(LOADED.rules, session.observation, one) for one in AREAS)
    return session if session.observation.stage == "roadmap" and free else None


def delegating(path: Path, least: int = 1, twin: Twin | None = None) -> Session:
    """A run whose week has just begun, and whose delegates have so many moves to make in it."""
    for seed in range(100):
        played = _ended_with_delegates(None, seed, Twin())
        if played is not None and len(proposals(played.position, played.delegated)) >= least:
            session = _ended_with_delegates(path, seed, twin or Twin())
            assert session is not None
            return session
    raise AssertionError("delegates found nothing to do")


def _ended_with_delegates(path: Path | None, seed: int, twin: Twin) -> Session | None:
    session = past_the_gate(path, seed, twin)
    if session is None:
        return None
    for one in AREAS:
        session.delegate(one.id, True)
    for move in PLANS:
        if move in session.legal_moves:
            session.play(move)
    if "gate:roadmap/go" in session.legal_moves:
        session.play("gate:roadmap/go")
    if session.position.unanswered:
        return None
    session.end_week()
    return None if session.position.over else session


# A run that is over


def test_nothing_of_an_ended_run_can_be_forecast_on_the_screen(tmp_path: Path) -> None:
    async def every_key(pilot) -> None:
        for key in ("l", "f", "enter", "1", "2", "3", "escape", *"euadinmwxprbl", "slash", "escape", "question_mark"):
            await pilot.press(key)
            await settled(pilot)

    visit(OVER, tmp_path, every_key)
    assert replay(tmp_path / "run.tpmrun").exact


def test_a_forecast_after_the_end_is_refused_by_the_table(path: Path) -> None:
    with Session.start(LOADED, "1", path) as session:
        session.end_week()
        session.play("gate:research/kill")
        session.end_week()
        told = Table(session).forecast("customers", 1, 2, 3)
    assert told == Told(False, ("Not now: the run is over.",))
    assert replay(path).exact


# Another file


@pytest.mark.parametrize("act", [lambda table: table.make("survey:cafes"), lambda table: table.end_week()])
def test_it_is_told_in_which_file_the_run_goes_on(path: Path, act: Callable[[Table], Told]) -> None:
    table = Table(Session.start(LOADED, "1", path))
    path.rename(path.with_name("gone.tpmrun"))
    told = act(table)
    assert told.done
    assert f"The run goes on in {table.file}." in told.lines
    assert table.file.endswith("run.tpmrun.recovered")
    assert "goes on in" not in " ".join(table.make("interview:cafes").lines)
    table.close()


# Something that waits (S03)


def at_every_call(folder: Path, rescue: Callable[[Table, Told], Told]) -> int:
    """Play a short run to its end; the disk fails from call N on, heals and is rescued. How many N there were."""
    for number in range(1, 500):
        path, twin = folder / f"{number}.tpmrun", Twin()
        session = Session.start(LOADED, "1", path, system=twin.system)
        twin._fail_at, twin._forever = twin.calls + number, True
        table = Table(session)
        steps = [
            lambda table: table.make("interview:cafes"),
            lambda table: table.forecast("customers", 1, 2, 3),
            Table.end_week,
            lambda table: table.make("gate:research/kill"),
            Table.end_week,
        ]
        while steps:
            told = steps[0](table)
            if told.unsaved:
                assert table.pending
                assert not table.desk.over
                twin.heal()
                told = rescue(table, told)
            if told.done:
                steps.pop(0)
                if told.week_ended:
                    assert table.revealed is not None
        assert table.desk.over
        assert table.desk.ending()
        assert table.path is not None
        assert [one.title for one in _judged_first(session)] == [table.desk.view.figures.title("customers")]
        table.close()
        found = replay(table.path)
        assert found.exact
        assert found.ended
        assert isinstance(found.journal.records[-1], End)
        if not twin.faults:
            return number
    raise AssertionError("faults without end")


def _judged_first(session: Session):
    from tpmsim.game.reveal import reveal
    from tpmsim.game.view import View

    return reveal(View(session.loaded), session.reports[:1], session.forecasts).judged


def test_at_whatever_call_the_disk_fails_a_retry_leads_to_the_end(tmp_path: Path) -> None:
    def retry(table: Table, told: Told) -> Told:
        ended = table.retry()
        assert ended.done
        return ended

    assert at_every_call(tmp_path, retry) > 10


def test_at_whatever_call_the_disk_fails_what_is_taken_back_was_not_done(tmp_path: Path) -> None:
    def withdraw(table: Table, told: Told) -> Told:
        before = (table.desk.week, table.desk.made)
        ended = table.withdraw()
        assert ended.lines == ("Taken back; nothing has changed.",)
        assert (table.desk.week, table.desk.made) == before
        assert not table.pending
        return ended

    assert at_every_call(tmp_path, withdraw) > 10


def test_the_last_week_of_a_full_disk_is_revealed_after_the_retry(path: Path) -> None:
    """The end of a run is stored with the week that led to it, or neither is."""
    for written in range(1, 20):
        twin = Twin(only="write")
        path.unlink(missing_ok=True)
        table = Table(Session.start(LOADED, "1", path, system=twin.system))
        for act in (Table.end_week, lambda table: table.make("gate:research/kill")):
            assert act(table).done
        twin._fail_at, twin._forever = twin.calls + written, True
        told = table.end_week()
        if told.done:
            break
        assert not table.desk.over
        twin.heal()
        told = table.retry()
        assert told.done
        assert told.week_ended
        assert table.revealed is not None
        table.close()
        assert replay(path).ended
    assert written > 1


# Several moves in one action


def test_after_a_retry_the_rest_of_the_moves_is_made(path: Path) -> None:
    for number in (1, 2):
        path.unlink(missing_ok=True)
        twin = Twin(only="write")
        table = twice(path, twin)
        twin._fail_at, twin._forever = twin.calls + number, True
        told = table.repeat()
        assert told.unsaved
        assert ("1 move is made already" in told.unsaved) is (number == 2)
        assert len(table.desk.made) == number - 1
        twin.heal()
        told = table.retry()
        assert told.done
        assert table.desk.made == ROUTINE
        assert told.lines[0] == "Saved."
        assert told.lines[1].startswith("Again: Survey Cafés and bars; Talk with Ruth")
        table.close()
        assert [one.id for one in read(path).records if isinstance(one, Move)] == [*ROUTINE, *ROUTINE]


def test_the_rest_can_fail_again_and_can_be_saved_elsewhere(path: Path) -> None:
    twin = Twin(only="write")
    table = twice(path, twin)
    twin.break_from_now_on()
    assert table.repeat().unsaved
    assert table.retry().unsaved
    twin.heal()
    told = table.save_elsewhere(str(path.with_name("other")))
    assert told.done
    assert table.path == path.with_name("other.tpmrun")
    assert table.desk.made == ROUTINE
    table.close()


def test_taken_back_the_moves_before_it_stand_and_the_rest_is_not_made(path: Path) -> None:
    twin = Twin(only="write")
    table = twice(path, twin)
    twin._fail_at, twin._forever = twin.calls + 2, True
    assert table.repeat().unsaved
    told = table.withdraw()
    assert told == Told(False, ("Taken back; 1 move before it is made.",))
    twin.heal()
    assert table.make("interview:cafes").done
    assert table.desk.made == (ROUTINE[0], "interview:cafes")
    table.close()


def test_while_something_waits_nothing_else_is_begun(path: Path) -> None:
    twin = Twin(only="write")
    table = twice(path, twin)
    twin.break_from_now_on()
    assert table.repeat().unsaved
    assert "still waits" in table.make("interview:cafes").unsaved
    twin.heal()
    assert table.retry().done
    assert table.desk.made == ROUTINE
    table.close()


def test_an_area_is_handed_over_and_acted_in_after_a_retry(path: Path) -> None:
    twin = Twin(only="write")
    session = delegating(path, twin=twin)
    table = Table(session)
    area = next(one.id for one in AREAS if proposals(session.position, (one.id,)))
    wanted = proposals(session.position, (area,))
    assert table.delegate(area, False).lines == ("Yours again.",)
    twin.break_from_now_on()
    assert table.delegate(area, True).unsaved
    assert area not in session.delegated
    twin.heal()
    told = table.retry()
    assert told.done
    assert area in session.delegated
    assert table.desk.made == wanted
    assert told.lines[0] == "Saved."
    assert " has " in told.lines[1]
    table.close()


# Delegates


def test_delegates_begin_a_week_once(path: Path) -> None:
    with delegating(path) as session:
        wanted, table = proposals(session.position, session.delegated), Table(session)
        told = table.begin_week()
        assert table.desk.made == wanted
        assert any(" has " in line for line in told.lines)
        for _ in wanted:
            table.undo()
        assert table.begin_week() == Told(True)
        assert table.desk.made == ()
    with Session.resume(path) as session:
        assert Table(session).begin_week() == Told(True)
        assert session.position.made == ()


@pytest.mark.parametrize("how", ["table", "screen"])
def test_delegates_begin_the_week_of_a_run_that_was_left_before_they_could(path: Path, how: str) -> None:
    with delegating(path) as session:
        wanted = proposals(session.position, session.delegated)
    with Session.resume(path) as session:
        if how == "table":
            assert Table(session).begin_week().done
        else:
            app = Game(Shelf(path.parent), Table(session), resumed=True)

            async def go() -> None:
                async with app.run_test(size=(80, 24)) as pilot:
                    await settled(pilot)
                    assert any(isinstance(screen, PlayScreen) for screen in app.screen_stack)

            asyncio.run(go())
        assert session.position.made == wanted


def test_a_delegate_who_rests_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with delegating(path) as session:
        monkeypatch.setattr("tpmsim.game.delegation.TRUSTED", 0.99)
        told = Table(session).begin_week()
    assert any(line.startswith("Market rests: Inés does not trust you enough: ") for line in told.lines)


# Forecasts and files


def test_a_forecast_is_judged_though_the_game_was_closed(path: Path) -> None:
    with Session.start(LOADED, "1", path) as session:
        assert Table(session).forecast("customers", 1, 2, 3).done
        assert Table(session).forecast("customers", 200, 300, 400).done
    with Session.resume(path) as session:
        table = Table(session)
        assert table.end_week().week_ended
        assert table.revealed is not None
        (judged,) = table.revealed.judged
        assert judged.said == "2 to 4, most likely 3"
        assert table.end_week().done
        assert table.revealed.judged == ()


def test_saved_elsewhere_another_run_begins_where_this_one_did(path: Path) -> None:
    table = Table(Session.start(LOADED, "1", path))
    other = path.parent / "stick"
    assert table.save_elsewhere(str(other / "mine.tpmrun")).done
    with Session.start(LOADED, "2", path.with_name("x.tpmrun")):
        again = table.again("3")
    assert again.path is not None
    assert again.path.parent == path.parent
    again.close()
    table.close()


@pytest.mark.parametrize("typed", ["", "a\nb", "\x1b[31m", "/", "..", "~nobody-is-called-so/x", "x" * 1001])
def test_what_is_not_the_name_of_a_file_is_told(path: Path, typed: str) -> None:
    table = Table(Session.start(LOADED, "1", path))
    assert "not the name of a file" in table.save_elsewhere(typed).unsaved
    table.close()
