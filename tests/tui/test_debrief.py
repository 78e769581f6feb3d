"""The debrief on the screen: its pages, figures that are refined in place, the ways to the week as it was."""

import multiprocessing
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from textual.widgets import DataTable

from judged import practised, unseen
from judged_runs import analysis_of, run_of
from kept import keep, of_other_rules
from seen import SIZES, clicked, on_dialog, place_of, pressed, text_of
from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.doubt import FIRST
from tpmsim.debrief.luck import explained
from tpmsim.debrief.sheet import Sheet
from tpmsim.debrief.worded import worded
from tpmsim.tui import judge as judging
from tpmsim.tui.evaluating import Figures, Progress, Refused, looked_up
from tpmsim.tui.judge import Judge
from tpmsim.tui.panes.sheet_bars import level_bar, signed_bar, span_bar
from tpmsim.tui.panes.sheet_calibration import CalibrationPane
from tpmsim.tui.panes.sheet_curve import axis, marks
from tpmsim.tui.panes.sheet_luck import BEHIND, LuckPane
from tpmsim.tui.screens import sheets
from tpmsim.tui.screens.debrief import ASKED_LUCK, HAS_LUCK, DebriefScreen
from tpmsim.tui.screens.debrief_words import WORDS
from tpmsim.tui.screens.help import HelpScreen
from tpmsim.tui.screens.options import OptionsScreen
from tpmsim.tui.screens.question import QuestionScreen
from tpmsim.tui.screens.replay import ReplayScreen
from tpmsim.tui.screens.sheets import NOT_YET
from tpmsim.tui.shelf import Failed, Shelf
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Rows
from tui.tour import SHEETS, settled, until

PLAYER, WORLDS = "naive", 8


@cache
def analysis() -> Analysis:
    return analysis_of(PLAYER, worlds=WORLDS)


@cache
def sheet() -> Sheet:
    return worded(run_of(PLAYER), analysis())


def with_futures(count: int) -> Sheet:
    """The same figures, as if they came from so many futures."""
    return replace(sheet(), analysis=replace(analysis(), evaluator=replace(analysis().evaluator, n=count)))


@cache
def explained_sheet() -> Sheet:
    return worded(run_of(PLAYER), explained(run_of(PLAYER), analysis()))


class Canned(Judge):
    """A judge who says what he is told to say; what follows a `None` waits until it may come.

    Attributes:
        news: what he says.
        more: lets the next part come.
        given_up: set once nobody listens any more.
    """

    def __init__(self, *news, path=Path("mine.tpmrun")):
        super().__init__(path, run_of(PLAYER))
        self.news = news or (Figures(sheet(), True),)
        self.more, self.given_up = threading.Event(), threading.Event()

    def figures(self, gone):
        for one in self.news:
            if one is None:
                while not self.more.wait(0.01):
                    if gone():
                        self.given_up.set()
                        return
                self.more.clear()
            else:
                yield one

    def luck(self, given, gone):
        yield Progress("luck by event", 1, 9)
        yield Figures(explained_sheet(), True)


def on_debrief(act, size=SIZES[0], judge=None):
    """Show a debrief and do something with it; what it gives back."""

    async def run(pilot):
        await settled(pilot) if judge is None else await pilot.pause()
        await act(pilot)

    return on_dialog(DebriefScreen(judge or Canned()), size, run)


def painted(pilot) -> str:
    return "\n".join(text_of(pilot.app))


def flat(pilot) -> str:
    return " ".join(painted(pilot).split())


async def keys(pilot, *names):
    await pressed(*names)(pilot)
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_and_says_itself_in_a_line(size):
    async def act(pilot):
        for key, name in enumerate(SHEETS, start=1):
            await keys(pilot, str(key))
            assert pilot.app.screen.focused is not None or name == "notes"
            shown = [one for kind in (Rows, Reading) for one in pilot.app.screen.query(kind) if one.size.width]
            assert shown
            assert all(one.virtual_size.width <= one.size.width for one in shown)
            assert "? more" in painted(pilot)
            assert len(text_of(pilot.app)[-1].strip().split("  ")) <= 6
            await keys(pilot, "y")
            assert pilot.app.clipboard.isprintable()
            await pilot.app.screen.action_page(pilot.app.screen.page)

    on_debrief(act, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_overview_has_the_figures_and_the_curve(size):
    async def act(pilot):
        text = flat(pilot)
        for one in sheet().overview.figures:
            assert f"{one.title} {one.value}" in text
        assert f"{sheet().overview.verdict}. {sheet().overview.means}"[:60] in text
        assert "D decisions, L luck" in text

    on_debrief(act, size)


def test_the_decisions_have_their_signs_and_the_marked_ones_alone():
    marked = sheet().notable

    async def act(pilot):
        await keys(pilot, "2")
        rows = pilot.app.screen.query_one("#decisions DataTable", DataTable)
        assert rows.row_count == len(sheet().decisions)
        await keys(pilot, "f")
        assert rows.row_count == len(marked)
        for one in marked[:5]:
            assert any(row[3:6].strip() == one.sign and f" {one.loss}" in row for row in text_of(pilot.app)), one
        await keys(pilot, "f", "3", "f")
        assert rows.row_count == len(sheet().decisions)
        assert "Not here" in painted(pilot)

    assert marked
    on_debrief(act)


def test_first_figures_are_refined_in_place():
    judge = Canned(
        Figures(with_futures(FIRST), False), Progress("64 futures", 1, 3), None, Figures(with_futures(64), True)
    )

    async def act(pilot):
        await until(lambda: "64 futures under way 1/3" in painted(pilot), "progress")
        assert f"first look, {FIRST} futures" in painted(pilot)
        await pressed("2", "j", "j", "j")(pilot)
        rows = pilot.app.screen.query_one("#decisions DataTable", DataTable)
        assert rows.cursor_row == 3
        judge.more.set()
        await until(lambda: "64 futures an option" in painted(pilot), "the last figures")
        assert rows.cursor_row == 3
        assert rows.has_focus

    on_debrief(act, judge=judge)


def test_the_words_of_the_first_look_are_those_of_the_evaluation():
    assert sheets.FIRST == FIRST
    assert f"{FIRST} futures of every option" in dict(WORDS)["First look"]


def test_before_the_first_figures_there_is_the_result_and_leaving_gives_up():
    judge = Canned(None)

    async def act(pilot):
        assert f"Result {judge.points:.1f} of 100 points" in painted(pilot)
        await pressed("2", "r")(pilot)
        assert NOT_YET in painted(pilot)
        await pressed("q")(pilot)
        await until(judge.given_up.is_set, "the end of the work")

    assert on_debrief(act, judge=judge) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_the_options_of_a_decision_and_the_week_as_it_was(size):
    place = next(place for place, one in enumerate(sheet().decisions) if one.week == 2 and len(one.options) > 1)
    one = sheet().decisions[place]

    async def act(pilot):
        await keys(pilot, "2", *["j"] * place, "enter")
        assert isinstance(pilot.app.screen, OptionsScreen)
        for way in one.options:
            assert way.value in painted(pilot)
        assert "|" in painted(pilot)
        await keys(pilot, "r")
        assert isinstance(pilot.app.screen, ReplayScreen)
        assert "[week 2]" in painted(pilot)
        await keys(pilot, "right", "q")
        assert isinstance(pilot.app.screen, DebriefScreen)
        assert pilot.app.screen.query_one("#decisions DataTable", DataTable).cursor_row == place
        await keys(pilot, "b")
        assert isinstance(pilot.app.screen, QuestionScreen)
        await keys(pilot, "y")

    assert on_debrief(act, size) == [2]


@pytest.mark.parametrize("page", range(1, 7))
def test_every_line_leads_to_its_week(page):
    async def act(pilot):
        await keys(pilot, str(page), "j", "r")
        assert isinstance(pilot.app.screen, ReplayScreen)
        await keys(pilot, "d")
        assert isinstance(pilot.app.screen, DebriefScreen)

    on_debrief(act)


def test_a_branch_from_the_replay_is_handed_on():
    assert on_debrief(pressed("3", "j", "r", "right", "b", "y")) == [2]


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse(size):
    async def act(pilot):
        await clicked("3 Luck", "Week 2 ")(pilot)
        assert pilot.app.screen.page == "luck"
        await settled(pilot)
        while isinstance(pilot.app.screen, ReplayScreen):
            await clicked("q leave")(pilot)
        await clicked("2 Decisions")(pilot)
        await clicked("f marked only", "? more")(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await clicked("q back")(pilot)
        await clicked("enter options")(pilot)
        assert isinstance(pilot.app.screen, OptionsScreen)
        await pilot.click(offset=place_of(pilot.app, "q back"))
        await pilot.pause()
        row = len(text_of(pilot.app)) - 1
        await pilot.click(offset=(text_of(pilot.app)[row].index("q back"), row))

    assert on_debrief(act, size) == [None]


def test_luck_by_event_waits_for_the_last_figures_and_is_found_once():
    judge = Canned(Figures(sheet(), False), None, Figures(sheet(), True))

    async def act(pilot):
        await until(lambda: "more" in painted(pilot), "figures")
        await pressed("3", "l")(pilot)
        assert ASKED_LUCK in painted(pilot)
        judge.more.set()
        part = next(one for week in explained_sheet().weeks[:1] for one in week.chances)
        await until(lambda: f"{part.shown}  {part.says}" in painted(pilot), "the draws")
        await pressed("l")(pilot)
        assert HAS_LUCK in painted(pilot)

    on_debrief(act, judge=judge)


def test_hidden_facts_stand_below_the_draws_of_their_week():
    page = unseen()
    told = [one.second for one in LuckPane().pairs(page, "0")]
    assert {row.says for row in page.weeks[0].hidden} < set(told)
    assert BEHIND in told
    assert BEHIND not in [one.second for one in LuckPane().pairs(page, "1")]


def test_what_goes_wrong_is_said():
    async def act(pilot):
        await until(lambda: "Not done: the disk is gone." in painted(pilot), "the notice")

    on_debrief(act, judge=Canned(Refused("the disk is gone.")))


def test_a_note_and_a_report_are_written(tmp_path):
    path = keep(tmp_path)
    judge = Canned(path=path)

    async def act(pilot):
        await keys(pilot, "7", "n", *"ask", "enter")
        await settled(pilot)
        assert "Kept." in painted(pilot)
        assert "ask" in painted(pilot)
        await keys(pilot, "e")
        await settled(pilot)
        assert "The report is in" in painted(pilot)

    on_debrief(act, (120, 40), judge)
    assert [text.plain() for _, text in Judge.of(path)._run.notes] == ["ask"]
    assert "<!doctype html>" in path.with_name(f"{path.name}.html").read_text("utf-8")


def test_a_note_that_cannot_be_kept_says_so(tmp_path):
    judge = Canned(path=tmp_path / "gone.tpmrun")

    async def act(pilot):
        await keys(pilot, "n", *"ask", "enter")
        await settled(pilot)
        assert "Not kept: " in painted(pilot)

    on_debrief(act, judge=judge)


def test_figures_come_from_a_process_of_their_own_and_are_kept(tmp_path, monkeypatch):
    path = keep(tmp_path)
    judge = Judge.of(path, futures=WORLDS)
    *progress, last = judge.figures(lambda: False)
    assert isinstance(last, Figures)
    assert last.final
    assert all(isinstance(one, Progress) for one in progress)
    assert multiprocessing.active_children() == []
    monkeypatch.setattr(judging, "heard", lambda *_: pytest.fail("worked out anew"))
    assert list(judge.figures(lambda: False)) == [last]


def test_nobody_who_listens_ends_the_process(tmp_path):
    path = keep(tmp_path)
    judge = Judge.of(path, futures=1_000)
    heard = []
    for news in judge.figures(lambda: bool(heard)):
        heard.append(news)
    assert heard
    assert multiprocessing.active_children() == []
    assert looked_up(judge._run, path, 1) is None


def test_no_report_is_written_over_another_one(tmp_path):
    """The same report again is there already; another one gets a number, and what else lies there stays."""
    path = keep(tmp_path)
    judge = Judge.of(path)
    first, second = (path.with_name(f"{path.name}{number}.html") for number in ("", "-2"))
    assert judge.export(sheet()) == judge.export(sheet()) == str(first)
    assert not second.exists()
    old = first.read_bytes()
    assert judge.export(unseen()) == str(second)
    assert first.read_bytes() == old != second.read_bytes()
    path.with_name(f"{path.name}-3.html").mkdir()
    first.write_text("mine")
    assert judge.export(sheet()).endswith("-4.html")
    assert first.read_text() == "mine"


def test_runs_that_cannot_be_judged_say_why(tmp_path):
    shelf = Shelf(tmp_path)
    going = shelf.judge(keep(tmp_path, weeks=1))
    other = shelf.judge(of_other_rules(keep(tmp_path, weeks=2)))
    assert isinstance(going, Failed)
    assert "Only a run that is over has a debrief" in going.says
    assert "play it to its end" in going.says
    assert isinstance(other, Failed)
    assert "rules 999" in other.says
    assert isinstance(shelf.judge(tmp_path / "none.tpmrun"), Failed)


def test_bars():
    assert level_bar(0.0, 50.0, True, (0.0, 100.0), 10) == "=====     "
    assert level_bar(50.0, 30.0, False, (0.0, 100.0), 10) == "   --     "
    assert level_bar(50.0, 50.1, False, (0.0, 100.0), 10) == "     +    "
    assert signed_bar(-2.0, 4.0, 9) == "  --|    "
    assert signed_bar(4.0, 4.0, 9) == "    |++++"
    assert signed_bar(0.0, 0.0, 3) == " | "
    assert span_bar(2.0, 5.0, 8.0, "o", (0.0, 10.0), 11) == "  |--o--|  "
    assert span_bar(5.0, 5.0, 5.0, "*", (5.0, 5.0), 3) == "*  "


def test_steps_stand_in_their_places():
    letters, signs = marks((("D", 3.0), ("L", -9.0), ("D", 0.2), ("L", 2.0)), 40)
    assert letters.split() == ["D", "L", "L"]
    assert signs.split() == ["+", "-", "+"]
    assert [letters[place] for place, sign in enumerate(signs) if sign == "-"] == ["L"]
    assert axis((0, 1, 2, 3), 40).split() == ["0", "1", "2", "3"]
    assert len(axis(range(60), 20)) == 20


@pytest.mark.parametrize("size", SIZES)
def test_what_decisions_are_evidence_of_stands_below_what_was_said_and_asked(size):
    async def act(pilot):
        await keys(pilot, "6", "G")
        last = practised().evidence.rows[-1]
        assert f"evidence {last.title}" in flat(pilot)
        assert last.says in flat(pilot)
        assert pilot.app.screen.query_one(CalibrationPane).week == last.observed[0].week

    on_debrief(act, size, Canned(Figures(practised(), True)))
