"""What the debrief screen is made of: its pages, the keys of each, and the words of its help."""

from collections.abc import Callable

from tpmsim.tui.keys import ScreenKey
from tpmsim.tui.panes.sheet_calibration import CalibrationPane
from tpmsim.tui.panes.sheet_decisions import DecisionsPane
from tpmsim.tui.panes.sheet_ledger import LedgerPane
from tpmsim.tui.panes.sheet_luck import LuckPane
from tpmsim.tui.panes.sheet_notes import NotesPane
from tpmsim.tui.panes.sheet_overview import OverviewPane
from tpmsim.tui.panes.sheet_pane import SheetPane
from tpmsim.tui.panes.sheet_waterfall import WaterfallPane
from tpmsim.tui.widgets.clickrow import Item

PAGES: tuple[tuple[str, Callable[[], SheetPane]], ...] = (
    ("Overview", OverviewPane),
    ("Decisions", DecisionsPane),
    ("Luck", LuckPane),
    ("Waterfall", WaterfallPane),
    ("Ledger", LedgerPane),
    ("Calibration", CalibrationPane),
    ("Notes", NotesPane),
)
"""The pages in the order of their keys; the id of a page is its name in small letters."""

OPTIONS = Item("options", "enter", "options")
REPLAY = Item("replay", "r", "as it was")
OTHERWISE = Item("otherwise", "o", "what if")
BRANCH = Item("branch", "b", "branch")
LUCK = Item("by_event", "l", "luck by event")
MARKED = Item("marked", "f", "marked only")
NOTE = Item("note", "n", "note")
EXPORT = Item("export", "e", "export")
LEAVE = Item("leave", "q", "back")
MORE = Item("help", "?", "more")

KEYS = {
    "overview": (LUCK, REPLAY, NOTE, EXPORT, LEAVE, MORE),
    "decisions": (OPTIONS, MARKED, REPLAY, OTHERWISE, LEAVE, MORE),
    "luck": (LUCK, REPLAY, OTHERWISE, BRANCH, LEAVE, MORE),
    "notes": (NOTE, REPLAY, OTHERWISE, EXPORT, LEAVE, MORE),
}
"""The last row of a page, at most six keys; of the others see `USUAL`."""

USUAL = (REPLAY, OTHERWISE, NOTE, EXPORT, LEAVE, MORE)

HELP = (
    ScreenKey("j k", "move in a list, as the arrows do"),
    ScreenKey("enter", "the options of a decision; the week of any other line as it was"),
)
"""Keys that lists take themselves."""

WORDS = (
    ("Expected", "the mean result of many futures that the one who judges plays on from what you could know then"),
    ("Luck", "what the end of a week brought beyond that; also what was so from the start and could not be known"),
    ("Luck-adjusted", "the result less luck: the unbiased figure of how well it was decided"),
    ("Par", "what the one who judges reaches with the same seed"),
    ("??", "blunder: a loss of 15 points or more, beyond doubt"),
    ("?", "mistake: 10 points or more"),
    ("?!", "inaccuracy: 5 points or more"),
    ("!", "only move: all else was much worse"),
    ("!?", "good gamble: nothing is better on average, and much was at stake"),
    ("Close call", "with so many futures no option can be told from yours; no mark"),
    ("Forced", "one answer was legal; it counts neither way"),
    ("Disputed", "a mistake in the eyes of the one who judges; two other policies prefer what you did"),
    ("Evidence", "decisions that show a competency or its lack, as the one who judges sees them; never a mark"),
    ("First look", "8 futures of every option; the figures are refined while you read, and kept beside the run"),
)
