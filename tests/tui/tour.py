"""A tour of every screen by keys: the one list that tests of all screens go through. New screens are added here."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.pilot import Pilot

from faulty_os import Twin
from kept import of_other_rules
from tpmsim.debrief.cache import keep, place
from tpmsim.debrief.evaluate import evaluated
from tpmsim.game.editions import Basis, Editions
from tpmsim.game.findings import with_source
from tpmsim.game.preview import FRESH
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record_until
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded, load, parse
from tpmsim.tui.flow import Game
from tpmsim.tui.preview.app import Preview
from tpmsim.tui.screens.reveal import RevealScreen
from tpmsim.tui.shelf import Shelf
from tpmsim.tui.table import Table

SEED = "7"
RUN = "run.tpmrun"
SIZES = ((80, 24), (120, 40))


@dataclass(frozen=True)
class Stop:
    """A screen, and how to come to it.

    Attributes:
        name: of the stop; of a page of the play screen, too.
        screen: class of the screen that is then the present one.
        keys: from the first screen of the start to this one.
        start: a new `run`, one gone on with (`resumed`), one in which something is `planned`, one that is `over`, one
            that cannot be stored (`full`); or `home`, the first screen, over a folder with a run; `older`, over one
            with a run of other rules alone, `judged`, over one with a run that has ended and its debrief;
            or a preview whose newest save is `spoilt`, or which never saw a sound one
            (`unsound`).
    """

    name: str
    screen: str
    keys: tuple[str, ...] = ()
    start: str = "run"


PAGES = ("week", "numbers", "people", "roadmap", "beliefs", "market", "log")

SHEETS = ("overview", "decisions", "by week", "waterfall", "ledger", "calibration", "notes")
"""The pages of the debrief."""

FUTURES = 4
"""Of an option, in the debrief of the tour."""

STOPS: tuple[Stop, ...] = (
    Stop("brief", "BriefScreen"),
    *(Stop(page, "PlayScreen", ("enter", str(row))) for row, page in enumerate(PAGES, start=1)),
    Stop("learn", "PlayScreen", ("enter", "enter")),
    Stop("gate", "MenuScreen", ("enter", "j", "j", "j", "j", "enter")),
    Stop("which", "WhichScreen", ("enter", "w")),
    Stop("why", "WhyScreen", ("enter", "w", "enter")),
    Stop("note", "NoteScreen", ("enter", "n")),
    Stop("delegate", "DelegateScreen", ("enter", "d")),
    Stop("schedule", "AidsScreen", ("s",), "planned"),
    Stop("questions", "AidsScreen", ("enter", "s", "2")),
    Stop("order", "AidsScreen", ("s", "tab", "tab"), "planned"),
    Stop("find", "FindScreen", ("enter", "slash")),
    Stop("forecast", "ForecastScreen", ("enter", "f")),
    Stop("help", "HelpScreen", ("enter", "question_mark")),
    Stop("palette", "CommandPalette", ("enter", "ctrl+p")),
    Stop("question", "QuestionScreen", ("enter", "ctrl+c")),
    Stop("reveal", "RevealScreen", ("enter", "e")),
    Stop("storage", "StorageScreen", ("enter", "enter", "enter", "enter"), "full"),
    Stop("elsewhere", "StorageScreen", ("enter", "enter", "enter", "enter", "2"), "full"),
    Stop("recap", "RecapScreen", (), "resumed"),
    *(Stop(f"later {page}", "PlayScreen", ("enter", str(row)), "resumed") for row, page in enumerate(PAGES, start=1)),
    Stop("end", "EndScreen", ("x",), "over"),
    Stop("home", "HomeScreen", (), "home"),
    Stop("begin", "BeginScreen", ("n",), "home"),
    Stop("rename", "NoteScreen", ("r",), "home"),
    Stop("replay", "ReplayScreen", ("v",), "home"),
    Stop("recorded", "RecordedScreen", ("v",), "older"),
    *(Stop(name, "DebriefScreen", ("G", "d", str(row)), "judged") for row, name in enumerate(SHEETS, start=1)),
    Stop("options", "OptionsScreen", ("G", "d", "2", "j", "enter"), "judged"),
    Stop("what if", "WhatIfScreen", ("v", "right", "o"), "home"),
    Stop("ways", "WhatIfScreen", ("G", "d", "3", "j", "j", "o", "enter"), "judged"),
    Stop("preview", "PreviewScreen", (), "spoilt"),
    Stop("truth", "TruthScreen", ("T",), "spoilt"),
    Stop("unsound", "UnsoundScreen", (), "unsound"),
)

BY_TURNS = tuple((stop, SIZES[number % 2]) for number, stop in enumerate(STOPS))
"""Every stop at one size: for the short form of tests that look at all; snapshots are taken at both."""


def play_on(session: Session, weeks: int) -> None:
    """Play so many weeks: answer what must be answered, try one thing a week, end it."""
    for _ in range(weeks):
        if session.position.over:
            return
        while session.position.unanswered:
            card = next(iter(session.position.unanswered))
            session.play(next(one for one in session.legal_moves if one.startswith(f"answer:{card}/")))
        moves = [one for one in session.legal_moves if one.startswith(("interview:", "spike:", "talk:"))]
        if moves:
            session.play(moves[0])
        session.end_week()


@lru_cache(maxsize=16)
def lived(data: bytes, weeks: int) -> bytes:
    """The file of a run of a scenario after so many weeks: its bytes are the same whenever it is played."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / RUN
        with Session.start(parse(data), SEED, path) as session:
            play_on(session, weeks)
        return path.read_bytes()


@lru_cache(maxsize=8)
def judged(run: bytes) -> bytes:
    """What is kept beside a run that has ended, as its debrief was made before."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / RUN
        path.write_bytes(run)
        *_, last = evaluated(replay(path), FUTURES)
        keep(path, last)
        return place(path).read_bytes()


def planned(session: Session) -> bool:
    """Whether something of the plan is being built."""
    return any(one.committed and one.reported > 0.0 for one in session.observation.features)


def previewed(stop: Stop, folder: Path, loaded: Loaded) -> Preview:
    """A preview some weeks into a run, whose newest save has a mistake in it; or which knows nothing else."""
    file = folder / "scenario.yaml"

    def lead(session: Session) -> str:
        play_on(session, 3)
        return ""

    editions = Editions(partial(load, file), Basis(SEED, FRESH), lead, partial(with_source, file=file))
    spoilt = loaded.data.replace(b"format", b"fromat", 1)
    for data in (spoilt,) if stop.start == "unsound" else (loaded.data, spoilt):
        file.write_bytes(data)
        editions.adopt(editions.attempt(editions.basis))
    return Preview(editions, lambda now: False, str(file.name))


def opened(stop: Stop, folder: Path, loaded: Loaded | None = None) -> tuple[Game | Preview, Twin]:
    """The game as it stands at the first screen of a stop; and the disk it is stored on.

    Args:
        stop: where to.
        folder: an empty one, for the runs.
        loaded: the scenario of the run, which is then the only one offered; None is the tutorial, or where something is
            planned one with a longer plan.
    """
    shelf, twin = Shelf(folder, futures=FUTURES), Twin()
    if stop.start in ("spoilt", "unsound"):
        return previewed(stop, folder, loaded or open_scenario("first-product")), twin
    if loaded is not None:
        scenario = folder / "scenario.yaml"
        scenario.write_bytes(loaded.data)
        shelf = Shelf(folder, (str(scenario),), futures=FUTURES)
    loaded = loaded or open_scenario("the-loud-whale" if stop.start == "planned" else "first-product")
    path = folder / RUN
    if stop.start in ("resumed", "home", "older", "judged"):
        path.write_bytes(lived(loaded.data, 99 if stop.start == "judged" else 4))
    if stop.start == "judged":
        place(path).write_bytes(judged(path.read_bytes()))
    if stop.start == "older":
        of_other_rules(path)
        path.unlink()
    if stop.start in ("home", "older", "judged"):
        return Game(shelf, None), twin
    if stop.start == "resumed":
        return Game(shelf, Table(Session.resume(path, twin.system)), resumed=True), twin
    session = Session.start(loaded, SEED, path, system=twin.system)
    if stop.start == "planned":
        record_until(session, get_policy("steady"), lambda: planned(session))
    if stop.start == "over":
        play_on(session, 99)
    if stop.start == "full":
        twin.break_from_now_on()
    return Game(shelf, Table(session)), twin


async def arrive(pilot: Pilot[Any], stop: Stop) -> None:
    """Press the keys of a stop, and wait until its screen is there."""
    await settled(pilot)
    for key in stop.keys:
        await pilot.press(key)
        await settled(pilot)
    await until(lambda: type(pilot.app.screen).__name__ == stop.screen, stop.screen)
    if isinstance(pilot.app.screen, RevealScreen):
        pilot.app.screen.show_all()  # a key that shows the rest would leave it if the rest was there already
    await settled(pilot)
    await pilot.pause()


async def settled(pilot: Pilot[Any]) -> None:
    """Wait for what has been asked of the screens, and for what is under way beside them."""
    await pilot.pause(0)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0)


async def until(holds: Callable[[], bool], what: str, seconds: float = 20.0) -> None:
    """Let the app work until something is so."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what} did not come"
        await asyncio.sleep(0.01)


def painted(pilot: Pilot[Any]) -> str:
    """The rows of the screen as one text."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def visit(
    stop: Stop,
    folder: Path,
    look: Callable[[Pilot[Any]], Awaitable[None]],
    size: tuple[int, int] = SIZES[0],
    loaded: Loaded | None = None,
) -> Game | Preview:
    """Go to a stop and look around there; the game as it was left."""
    app, _ = opened(stop, folder, loaded)

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await arrive(pilot, stop)
            await look(pilot)

    try:
        asyncio.run(go())
    finally:
        close(app)
    return app


def close(app: Game | Preview) -> None:
    """Close the run that lies on the table of an app."""
    if isinstance(app, Game) and app.table is not None:
        app.table.close()
