"""The first screen: it stands at once, lists what can be played, and opens it; what goes wrong is a sentence."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import on
from textual.pilot import Pilot

from kept import keep, of_other_rules, scenario
from seen import SEED, SIZES, STYLES, place_of, pressed, text_of
from tpmsim.game.opening_run import TUTORIAL
from tpmsim.game.past import Past
from tpmsim.game.recorded import Recorded
from tpmsim.game.session import Session
from tpmsim.tui.app import TpmsimApp
from tpmsim.tui.judge import Judge
from tpmsim.tui.screens.begin import BeginScreen
from tpmsim.tui.screens.debrief import DebriefScreen
from tpmsim.tui.screens.help import HelpScreen
from tpmsim.tui.screens.home import HomeScreen
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.replay import RecordedScreen, ReplayScreen
from tpmsim.tui.shelf import Failed, Kept, Shelf, best
from tpmsim.tui.table import Table
from tpmsim.tui.widgets.choices import Choices

HEAVY = ("numpy", "pydantic", "yaml")


class App(TpmsimApp):
    """The home screen by itself; keeps what is chosen."""

    CSS_PATH = STYLES / "app.tcss"

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.chosen: list[tuple[Table, bool]] = []

    @on(HomeScreen.Chosen)
    def _chosen(self, event: HomeScreen.Chosen) -> None:
        self.chosen.append((event.table, event.recap))


Act = Callable[[Pilot[Any]], Awaitable[None]]


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the workers and what they said are through."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def at_home(folder: Path, size: tuple[int, int], act: Act, scenarios: tuple[str, ...] = (TUTORIAL,)) -> App:
    app = App(Shelf(folder, scenarios))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await app.push_screen(HomeScreen(app.shelf))
            await settled(pilot)
            await act(pilot)
            await settled(pilot)
            for table, _ in app.chosen:
                table.close()

    asyncio.run(run())
    return app


def painted(pilot: Pilot[Any]) -> str:
    return "\n".join(text_of(pilot.app))


def keys(*names: str) -> Act:
    """Keys, each with time for what it begins."""

    async def act(pilot: Pilot[Any]) -> None:
        for name in names:
            await pressed(name)(pilot)
            await settled(pilot)

    return act


def clicks(*texts: str) -> Act:
    """Clicks on what is painted, each with time for what it begins."""

    async def act(pilot: Pilot[Any]) -> None:
        for text in texts:
            await pilot.click(offset=place_of(pilot.app, text))
            await settled(pilot)

    return act


def both(*acts: Act) -> Act:
    async def act(pilot: Pilot[Any]) -> None:
        for one in acts:
            await one(pilot)

    return act


def test_it_is_there_before_the_engine():
    code = (
        "import sys; import tpmsim.tui.screens.home; from tpmsim.tui.shelf import Shelf; import pathlib;"
        "Shelf(pathlib.Path('.'));"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class Slow(Shelf):
    """A shelf on a disk that takes its time."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, (TUTORIAL,))
        self.ready = threading.Event()

    def runs(self) -> tuple[Kept, ...]:
        self.ready.wait(60)
        return super().runs()


@pytest.mark.parametrize("size", SIZES)
def test_the_first_frame_waits_for_nothing(tmp_path, size):
    shelf = Slow(tmp_path)
    app = App(shelf)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            screen = HomeScreen(shelf)
            try:
                await app.push_screen(screen)
                await pilot.pause()
                assert "reading the scenarios ..." in painted(pilot)
                assert "reading the folder ..." in painted(pilot)
                await pressed("enter", "n", "v", "r", "d", "x", "j", "u")(pilot)
                assert app.screen is screen
            finally:
                shelf.ready.set()
            await settled(pilot)
            assert "Start here: First Product" in painted(pilot)

    asyncio.run(run())


@pytest.mark.parametrize("size", SIZES)
def test_somebody_new_starts_with_the_tutorial(tmp_path, size):
    async def act(pilot):
        present = pilot.app.screen.query_one(Choices).present
        assert present.id == f"new {TUTORIAL}"
        text = painted(pilot)
        assert "Start here: First Product" in text
        assert "8 weeks, 20 min" in text
        assert "- what an answer is worth, and what bias is" in text
        assert "Your runs" not in text
        await keys("enter", "enter", "enter")(pilot)

    app = at_home(tmp_path / "none", size, act)
    ((table, recap),) = app.chosen
    assert not recap
    assert table.desk.week == 0
    assert len(list((tmp_path / "none").glob("*.tpmrun"))) == 1


@pytest.mark.parametrize("size", SIZES)
def test_seed_and_name_by_keys(tmp_path, size):
    typed = keys("n", *SEED.lower(), "enter", *"team", "enter")
    ((table, _),) = at_home(tmp_path, size, typed).chosen
    assert table.seed == SEED
    assert [path.name for path in tmp_path.glob("*.tpmrun")] == ["first-product-k7q2-mx4d-team.tpmrun"]


@pytest.mark.parametrize("size", SIZES)
def test_a_new_run_by_mouse(tmp_path, size):
    ((table, recap),) = at_home(tmp_path, size, clicks("Start here", "enter begin")).chosen
    assert table.desk.week == 0
    assert not recap


@pytest.mark.parametrize("size", SIZES)
def test_a_seed_that_is_none_is_asked_for_again(tmp_path, size):
    async def act(pilot):
        await keys("n", *"hm", "enter")(pilot)
        assert isinstance(pilot.app.screen, BeginScreen)
        assert "Write a seed such as K7Q2-MX4D" in " ".join(painted(pilot).split())
        assert pilot.app.focused.id == "begin-seed"
        await keys("escape")(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    assert at_home(tmp_path, size, act).chosen == []
    assert not list(tmp_path.glob("*.tpmrun"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", [keys("enter"), clicks("Go on: First Product")], ids=["key", "mouse"])
def test_going_on_with_the_last_run(tmp_path, size, way):
    keep(tmp_path, weeks=3, moves=1)

    async def act(pilot):
        assert pilot.app.screen.query_one(Choices).present.id.startswith("run ")
        assert "week 3 of 8" in painted(pilot)
        await way(pilot)

    ((table, recap),) = at_home(tmp_path, size, act).chosen
    assert recap
    assert (table.desk.week, len(table.desk.made)) == (3, 1)


@pytest.mark.parametrize("size", SIZES)
def test_the_rows_tell_scores_weeks_and_what_is_wrong(tmp_path, size):
    keep(tmp_path)
    keep(tmp_path, weeks=1)
    (tmp_path / "broken.tpmrun").write_text("nonsense\n")

    async def act(pilot):
        text = painted(pilot)
        (done,) = (run for run in pilot.app.shelf.runs() if run.score is not None)
        assert f"{SEED}  ended, {done.score:.1f} points" in text
        assert f"8 weeks, 20 min, your best {done.score:.1f}" in text
        assert "Go on: First Product" in text
        row = next(row for row in text.splitlines() if "broken.tpmrun" in row)
        assert "x broken.tpmrun" in row
        assert "cannot be gone on with" in row
        await clicks("x broken.tpmrun")(pilot)
        assert "Not now: " in painted(pilot)

    assert at_home(tmp_path, size, act).chosen == []


@pytest.mark.parametrize("size", SIZES)
def test_renaming_and_deleting_by_keys(tmp_path, size):
    keep(tmp_path, weeks=1, file="mine.tpmrun")

    async def act(pilot):
        await keys("r", *"yours", "enter")(pilot)
        assert "mine.tpmrun is now yours.tpmrun." in painted(pilot)
        assert (tmp_path / "yours.tpmrun").exists()
        await keys("x", "n")(pilot)
        assert (tmp_path / "yours.tpmrun").exists()
        await keys("x", "y")(pilot)
        assert "yours.tpmrun is in the trash" in painted(pilot)
        assert "Start here" in painted(pilot)

    at_home(tmp_path, size, act)
    assert not (tmp_path / "yours.tpmrun").exists()
    assert (tmp_path / "trash" / "yours.tpmrun").exists()


@pytest.mark.parametrize("size", SIZES)
def test_deleting_by_mouse(tmp_path, size):
    keep(tmp_path, weeks=1, file="mine.tpmrun")

    async def act(pilot):
        await clicks("? more", "move a run to the trash")(pilot)
        assert isinstance(pilot.app.screen, QuestionScreen)
        await clicks("Move it")(pilot)

    at_home(tmp_path, size, act)
    assert (tmp_path / "trash" / "mine.tpmrun").exists()


def test_a_run_played_elsewhere_is_left_alone(tmp_path):
    path = keep(tmp_path, weeks=1, file="mine.tpmrun")

    async def act(pilot):
        for chosen in (("enter",), ("r", "x", "enter"), ("x", "y")):
            await keys(*chosen)(pilot)
            assert "is in use by process" in painted(pilot), chosen

    with Session.resume(path):
        assert at_home(tmp_path, (120, 40), act).chosen == []
    assert path.exists()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", [keys("v"), clicks("v replay")], ids=["key", "mouse"])
def test_a_replay_and_a_branch_from_it(tmp_path, size, way):
    keep(tmp_path, weeks=4, file="mine.tpmrun")

    async def act(pilot):
        await way(pilot)
        assert isinstance(pilot.app.screen, ReplayScreen)
        await keys("right", "right", "b", "y")(pilot)

    ((table, recap),) = at_home(tmp_path, size, act).chosen
    assert recap
    assert (table.desk.week, table.desk.made) == (2, ())
    assert len(list(tmp_path.glob("*.tpmrun"))) == 2


def test_a_debrief_is_of_a_run_that_is_over(tmp_path, monkeypatch):
    monkeypatch.setattr(Judge, "figures", lambda judge, gone: iter(()))
    keep(tmp_path, weeks=2, file="going.tpmrun")

    async def act(pilot):
        await keys("d")(pilot)
        assert "Not now: Only a run that is over has a debrief. It goes on in week 2" in painted(pilot)
        keep(tmp_path, file="over.tpmrun")
        await keys("u", "G", "d")(pilot)
        assert isinstance(pilot.app.screen, DebriefScreen)
        await keys("q", "v", "d")(pilot)
        assert isinstance(pilot.app.screen, DebriefScreen)
        await keys("q")(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    at_home(tmp_path, SIZES[1], act)


def test_a_run_of_other_rules_can_be_looked_at_only(tmp_path):
    path = keep(tmp_path, weeks=2)
    of_other_rules(path)
    path.unlink()

    async def act(pilot):
        await keys("enter")(pilot)
        assert "Not now: made by rules 999" in painted(pilot)
        await keys("v")(pilot)
        assert isinstance(pilot.app.screen, RecordedScreen)

    assert at_home(tmp_path, SIZES[1], act).chosen == []


def test_what_cannot_be_done_with_a_scenario_is_said(tmp_path):
    async def act(pilot):
        for key in ("v", "r", "d", "x"):
            await keys(key)(pilot)
            assert "Not here: choose a run" in painted(pilot)

    at_home(tmp_path, SIZES[0], act)


def test_a_scenario_that_is_not_sound_is_listed_with_its_reason(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nid: bad\n")

    async def act(pilot):
        assert "cannot be played" in painted(pilot)
        await keys("j", "enter")(pilot)
        assert "Not now: " in painted(pilot)

    assert at_home(tmp_path, SIZES[0], act, (TUTORIAL, str(bad))).chosen == []


@pytest.mark.parametrize("size", SIZES)
def test_help_and_quit(tmp_path, size):
    async def act(pilot):
        await keys("question_mark")(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await keys("q")(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("q")
        await pilot.pause()

    assert at_home(tmp_path, size, act).return_value == 0


def test_strange_titles_are_no_markup(tmp_path):
    odd = tmp_path / "odd.yaml"
    text = scenario(TUTORIAL).data.decode().replace("title: First Product", 'title: "[b]x[/b] [@click=app.quit]y[/]"')
    odd.write_text(text)
    with Session.start(Shelf(tmp_path)._open(str(odd)), SEED, tmp_path / "odd.tpmrun"):
        pass

    async def act(pilot):
        assert "[b]x[/b] [@click=app.quit]y[/]" in painted(pilot)
        await clicks("[@click=app.quit]")(pilot)
        assert pilot.app.is_running

    at_home(tmp_path, SIZES[0], act, (str(odd),))


def test_the_shelf_gives_values_and_no_exceptions(tmp_path):
    shelf = Shelf(tmp_path)
    gone = tmp_path / "gone.tpmrun"
    for found in (
        shelf.resume(gone),
        shelf.past(gone),
        shelf.branch(gone, 1),
        shelf.renamed(gone, "x"),
        shelf.delete(gone),
    ):
        assert isinstance(found, Failed)
        assert found.says
    assert isinstance(shelf.start("no-such-scenario"), Failed)
    assert isinstance(shelf.start(TUTORIAL, "no seed"), Failed)
    assert shelf.wrong("", "") == ""
    assert shelf.wrong("", "a\0b").startswith("This name cannot be used")
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert isinstance(Shelf(blocked).start(TUTORIAL), Failed)
    assert isinstance(shelf.past(keep(tmp_path, weeks=1)), Past)
    assert isinstance(shelf.past(of_other_rules(keep(tmp_path, weeks=2))), Recorded)


def test_the_best_score_is_the_highest_that_can_be_believed():
    def kept(scenario: str, score: float | None, problem: str = "") -> Kept:
        return Kept(Path("x"), "x", scenario, "X", SEED, "", 1, 8, score, problem)

    runs = (kept("a", 10.0), kept("a", 40.0), kept("a", 90.0, "chain broken"), kept("b", None))
    assert best(runs) == {"a": 40.0}
    assert best((replace(kept("a", 80.0), branched=3), *runs)) == {"a": 40.0}, "the luck of a branch was known"
