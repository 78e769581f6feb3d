"""What the first screen lists, and what it tells of the present row."""

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from textual.content import Content

from tpmsim.tui.keys import ScreenKey
from tpmsim.tui.shelf import Kept, Offer, best
from tpmsim.tui.shown import GOOD, QUIET, STRONG, WARN, line
from tpmsim.tui.widgets.choices import Line
from tpmsim.tui.widgets.clickrow import Item

SUBTITLE = "the flight recorder of product management"

KEYS = (
    Item("enter", "enter", "play"),
    Item("n", "n", "new run"),
    Item("v", "v", "replay"),
    Item("d", "d", "debrief"),
    Item("q", "q", "quit"),
    Item("question_mark", "?", "more"),
)

HELP = (
    ScreenKey("enter", "play what is chosen: go on with a run, or begin one", "app.simulate_key('enter')"),
    ScreenKey("n", "begin a new run of the scenario of the present row", "new"),
    ScreenKey("v", "look at a run week by week", "replay"),
    ScreenKey("d", "what was decided in a run and what was luck, once it is over", "debrief"),
    ScreenKey("r", "rename a run", "rename"),
    ScreenKey("x", "move a run to the trash, a folder beside the runs", "delete"),
    ScreenKey("u", "read the folder of the runs again", "again"),
    ScreenKey("q", "leave the game", "app.quit"),
    ScreenKey("j k", "move up and down, as the arrows do; home and end go to the first and the last row"),
    ScreenKey("J K", "scroll what is told of the present row"),
)

WORDS = (
    ("Scenario", "a product and its world, to be played from the first week to the last"),
    ("Run", "one play of a scenario; every move is in its file before you see what it does"),
    ("Seed", "a short text that names a world: the same seed brings the same luck to the same moves"),
    ("Replay", "a run as it was, week by week; from any week of it a new run can branch off"),
    ("Debrief", "what was decided and what was luck, decision by decision; figures are kept beside the run"),
    ("Score", "0 to 100 points: how far each aim of the scenario was met"),
)

NEW, RUN = "new", "run"
"""What the id of a row begins with: a scenario, or a run."""

GO_ON, START = "Go on: ", "Start here: "


def listed(kept: tuple[Kept, ...] | None, offers: tuple[Offer, ...]) -> Iterator[Line]:
    """The rows: the run to go on with, the scenarios, the other runs.

    Args:
        kept: the runs, the last played first; None while they are being read.
        offers: the scenarios read so far.
    """
    runs = kept or ()
    going = next((run for run in runs if run.goes_on), None)
    first = START if kept == () else ""
    titles = [f"{GO_ON}{run.title}" if run is going else run.title for run in runs] + [one.title for one in offers]
    width = max((cell_len(title) for title in titles), default=0) + (len(first) if offers else 0)
    if going is not None:
        yield Line(f"{RUN} {going.path}", _padded(f"{GO_ON}{going.title}", width), _stands(going), sign=">", kind=GOOD)
    yield Line("", "New run", kind=STRONG)
    for place, offer in enumerate(offers):
        title = offer.title if place else f"{first}{offer.title}"
        yield Line(f"{NEW} {offer.id}", _padded(title, width), _length(offer, best(runs)), sign="+")
    if not offers:
        yield Line("", "reading the scenarios ...", kind=QUIET)
    others = [run for run in runs if run is not going]
    if others or kept is None:
        yield Line("", "Your runs", kind=STRONG)
    if kept is None:
        yield Line("", "reading the folder ...", kind=QUIET)
    yield from (_run(run, width) for run in others)


def _run(run: Kept, width: int) -> Line:
    sign, kind = ("x", WARN) if run.problem else (" ", "")
    state = f"{run.seed}  {_stands(run)}".strip()
    return Line(f"{RUN} {run.path}", _padded(run.title, width), state, sign=sign, kind=kind)


def _stands(run: Kept) -> str:
    return run.state if run.branched is None else f"{run.state}, branch"


def _padded(title: str, width: int) -> str:
    """A title as wide as all of them, so that what stands behind them is a column."""
    return title + " " * (width - cell_len(title))


def _length(offer: Offer, scores: Mapping[str, float]) -> str:
    if offer.problem:
        return "cannot be played"
    reached = scores.get(offer.scenario)
    length = f"{offer.weeks} weeks, {offer.minutes} min"
    return length if reached is None else f"{length}, your best {reached:.1f}"


def about_scenario(offer: Offer) -> list[Content]:
    """How long a scenario is, what it teaches, how it begins."""
    if offer.problem:
        return [line(f"x {offer.problem}", WARN)]
    told = [line(f"{offer.weeks} weeks, about {offer.minutes} minutes", QUIET)]
    if offer.teaches:
        told += [line("You can learn", STRONG), *(line(f"- {one}") for one in offer.teaches)]
    for paragraph in offer.brief:
        told += [Content(""), line(paragraph)]
    return told


def about_run(run: Kept) -> list[Content]:
    """How a run stands, where it is kept, what can be done with it."""
    told = [line(f"x {run.problem}", WARN)] if run.problem else []
    stands = ", ".join(filter(None, (run.state, run.origin)))
    told.append(line(f"{stands[:1].upper()}{stands[1:]}", STRONG))
    who = f", played by {run.alias}" if run.alias else ""
    if run.seed:
        told.append(line(f"Seed {run.seed}{who}"))
    told.append(line(run.file, QUIET))
    told.append(line(f"{_ways(run)}; r renames it, x puts it into the trash", QUIET))
    return told


def _ways(run: Kept) -> str:
    if run.problem:
        return "v shows what is left of it"
    return "enter goes on, v looks back" if run.goes_on else "d tells decisions from luck, v looks back"
