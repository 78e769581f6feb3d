"""What if on the screen: another move of a week, both ways and the fan, and what can be done about the branch."""

import json
import multiprocessing
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from judged_runs import analysis_of, run_of
from kept import keep
from seen import SIZES, clicked, on_dialog, pressed, text_of
from tpmsim.cli.whatif import report
from tpmsim.debrief.whatif import WITHOUT, fan, turn, ways, what_if
from tpmsim.debrief.whatif_words import ONE_WORLD, fan_page, offered, ways_page
from tpmsim.debrief.worded import worded
from tpmsim.game.past import Past, look_back
from tpmsim.game.replay import Replayed, replay
from tpmsim.tui.evaluating import Figures, Progress, Refused
from tpmsim.tui.judge import Judge
from tpmsim.tui.otherwise import Otherwise
from tpmsim.tui.screens.debrief import DebriefScreen
from tpmsim.tui.screens.help import HelpScreen
from tpmsim.tui.screens.options import OptionsScreen
from tpmsim.tui.screens.replay import ReplayScreen
from tpmsim.tui.screens.whatif import NOT_YET, OVER, Onward, WhatIfScreen
from tpmsim.tui.shelf import Shelf
from tpmsim.tui.table import Table
from tpmsim.tui.widgets.rows import Rows
from tui.tour import settled, until

N, WEEK = 8, 1
KILL = "gate:research/kill"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keep(tmp_path_factory.mktemp("runs"), file="mine.tpmrun")


@cache
def found(path: Path) -> Replayed:
    return replay(path)


@cache
def told(path: Path, move: str = KILL, week: int = WEEK):
    """The pages of a move, as they are found out once for all tests."""
    run = found(path)
    at = turn(run, week, move)
    return ways_page(ways(run, at)), fan_page(fan(run, at, N))


class Canned(Otherwise):
    """What could have been done otherwise, its figures at hand; the fan waits until it may come where that is wanted.

    Attributes:
        asked: the moves whose figures were wanted.
        waits: whether the fan waits.
        more: lets it come.
        given_up: set once nobody listens any more.
    """

    def __init__(self, path: Path, waits: bool = False) -> None:
        super().__init__(path, found(path))
        self.path, self.waits = path, waits
        self.asked: list[tuple[int, str]] = []
        self.more, self.given_up = threading.Event(), threading.Event()

    def figures(self, week, move, gone):
        self.asked.append((week, move))
        both, spread = told(self.path, move, week)
        yield both
        yield Progress("the fan", 3, 10)
        while self.waits and not self.more.wait(0.01):
            if gone():
                self.given_up.set()
                return
        yield spread


def painted(pilot) -> str:
    return "\n".join(text_of(pilot.app))


def flat(pilot) -> str:
    return " ".join(painted(pilot).split())


async def keys(pilot, *names):
    for name in names:
        await pressed(name)(pilot)
        await settled(pilot)


def place(path: Path, move: str = KILL, week: int = WEEK) -> int:
    """The row of a move in the list of its week."""
    return [one.move for one in offered(found(path), week)].index(move)


@pytest.mark.parametrize("size", SIZES)
def test_a_move_is_chosen_and_both_ways_and_the_fan_are_shown(file, size):
    other = Canned(file)
    both, spread = told(file)

    async def act(pilot):
        await settled(pilot)
        assert "What if you had done something else in week 1?" in flat(pilot)
        assert both.turned not in flat(pilot)
        await keys(pilot, *["j"] * place(file), "enter")
        text = flat(pilot)
        assert other.asked == [(WEEK, KILL)]
        assert both.turned in text
        assert f"Was {both.was}" in text
        assert f"Now {both.now}" in text
        assert "^ here they part" in text
        assert spread.head in text
        assert f"{spread.gain} {spread.share}" in text
        assert ONE_WORLD in text
        for name, one in spread.spreads:
            assert f"{name} {one.low:.1f} {one.middle:.1f} {one.high:.1f}" in text
        assert "? more" in text_of(pilot.app)[-1]
        assert len(text_of(pilot.app)[-1].strip().split("  ")) <= 6
        await keys(pilot, "y")
        assert pilot.app.clipboard.isprintable()
        assert spread.gain in pilot.app.clipboard

    on_dialog(WhatIfScreen(other, WEEK), size, act)


def test_what_was_left_out_is_told_with_the_reason(file):
    go = "gate:roadmap/go"
    week = next(before.week for before, _ in found(file).weeks if go in before.made)
    both, _ = told(file, "gate:roadmap/hold", week)

    async def act(pilot):
        await settled(pilot)
        text = flat(pilot)
        for one in both.told:
            assert " ".join(one.split()) in text

    assert any("(" in one for one in both.told)
    on_dialog(WhatIfScreen(Canned(file), week, "gate:roadmap/hold"), (120, 60), act)


def test_moves_that_answer_the_same_question_come_first_and_what_was_done_is_not_among_them(file):
    moves = offered(found(file), WEEK)
    made = found(file).weeks[WEEK][0].made
    assert [bool(one.instead) for one in moves] == sorted((bool(one.instead) for one in moves), reverse=True)
    assert moves[0].instead
    assert all(one.move not in made for one in moves if one.instead)
    for one in moves:
        at = turn(found(file), WEEK, one.move)
        assert one.move in (at.move, WITHOUT + at.replaced)


def test_every_move_that_can_be_made_is_offered(file):
    run = found(file)
    for week in range(len(run.weeks)):
        shown = {one.move for one in offered(run, week)}
        for row in run.loaded.rules.moves:
            try:
                turn(run, week, row.id)
            except Exception:
                assert row.id not in shown
            else:
                assert row.id in shown or row.id.startswith(("problem:", "answer:"))


def test_the_figures_are_those_of_the_command(file, tmp_path):
    run = found(file)
    there = report(what_if(run, turn(run, WEEK, KILL), tmp_path / "branch.tpmrun", n=N))["fan"]
    here = Otherwise(file, run, futures=N)
    *news, spread = here.figures(WEEK, KILL, lambda: False)
    assert spread == told(file)[1]
    assert told(file)[0] in news
    assert any(isinstance(one, Progress) and one.of > 1 for one in news)
    by_name = dict(spread.spreads)
    for name in ("without", "with"):
        one = by_name[name]
        assert there[name] == {
            "p10": round(one.low, 4),
            "p50": round(one.middle, 4),
            "p90": round(one.high, 4),
            "mean": round(one.mean, 4),
        }
    assert f"{there['gain']:+.1f} points" in spread.gain
    assert f"brings more in {100 * there['better'] / N:.0f} %" in spread.share
    assert multiprocessing.active_children() == []


def test_nobody_who_listens_ends_the_process_and_leaves_no_file(file):
    heard = []
    for news in Otherwise(file, found(file), futures=5_000).figures(WEEK, KILL, lambda: bool(heard)):
        heard.append(news)
    assert len(heard) == 1
    assert multiprocessing.active_children() == []
    assert {one.name.removesuffix(".lock") for one in file.parent.iterdir()} == {"mine.tpmrun"}


def test_what_is_being_played_is_given_up_by_going_back(file):
    other = Canned(file, waits=True)

    async def act(pilot):
        await until(lambda: "Stop the product" in painted(pilot), "the moves")
        await pressed(*["j"] * place(file), "enter")(pilot)
        await until(lambda: "the fan under way 3/10" in painted(pilot), "progress")
        assert told(file)[0].turned in flat(pilot)
        assert "The fan is being played" in flat(pilot)
        await pressed("q")(pilot)
        await until(other.given_up.is_set, "the end of the work")
        await until(lambda: "What if you had done" in painted(pilot), "the list")
        assert pilot.app.screen.query_one(Rows).cursor_row == place(file)
        await pressed("q")(pilot)

    assert on_dialog(WhatIfScreen(other, WEEK), SIZES[0], act) == [None]


def test_before_the_branch_is_there_nothing_can_be_kept(file):
    class Slow(Canned):
        def figures(self, week, move, gone):
            while not gone():
                self.more.wait(0.01)
            yield from ()

    async def act(pilot):
        await pressed("s")(pilot)
        assert NOT_YET in painted(pilot)
        await pressed("n", "v", "q")(pilot)

    assert on_dialog(WhatIfScreen(Slow(file), WEEK, KILL), SIZES[0], act) == [None]


def test_the_numbers_of_the_chart_go_round(file):
    tracks = told(file)[0].tracks
    assert len(tracks) > 2

    async def act(pilot):
        await settled(pilot)
        for track in (*tracks, tracks[0]):
            assert f"{track.title}: o the run, x the branch" in painted(pilot)
            await keys(pilot, "n")
        await keys(pilot, "N", "N")
        assert f"{tracks[-1].title}: o the run" in painted(pilot)

    on_dialog(WhatIfScreen(Canned(file), WEEK, KILL), SIZES[0], act)


def test_the_branch_is_kept_as_the_command_keeps_it(tmp_path):
    path = keep(tmp_path, file="mine.tpmrun")
    before = path.read_bytes()
    run = found(path)
    there = what_if(run, turn(run, WEEK, KILL), tmp_path / "elsewhere" / "branch.tpmrun", n=N).path
    other = Canned(path)

    async def act(pilot):
        await settled(pilot)
        await keys(pilot, "p")
        assert OVER in painted(pilot)
        await keys(pilot, "s")
        assert "Kept in first-product-k7q2-mx4d-what-if-1.tpmrun, beside mine.tpmrun." in flat(pilot)
        await keys(pilot, "s")
        assert "already" in painted(pilot)
        await keys(pilot, "v")

    made = tmp_path / "first-product-k7q2-mx4d-what-if-1.tpmrun"
    assert on_dialog(WhatIfScreen(other, WEEK, KILL), SIZES[0], act) == [Onward(made, "replay")]
    assert made.read_bytes() == there.read_bytes()
    assert path.read_bytes() == before
    parent = replay(made).journal.header.parent
    assert parent is not None
    assert (parent.run, parent.week) == (run.journal.run_id, WEEK)


def test_a_branch_that_goes_on_is_played_on(tmp_path):
    path = keep(tmp_path, weeks=3, moves=1)

    async def act(pilot):
        await settled(pilot)
        assert "p play on" in painted(pilot)
        await keys(pilot, "p")

    (onward,) = on_dialog(WhatIfScreen(Canned(path), 1, "talk:sales"), SIZES[0], act)
    assert onward.how == "play"
    table = Shelf(tmp_path).resume(onward.path)
    assert isinstance(table, Table)
    assert table.desk.week == 3
    table.close()


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_another_move_in_the_week_that_is_being_played(tmp_path, weeks):
    """It left the game with a crash: a week that has not ended has nothing to be drawn."""
    path = keep(tmp_path, weeks=weeks)

    async def act(pilot):
        await settled(pilot)
        assert ("^ here they part" in painted(pilot)) is (weeks > 0)
        await keys(pilot, *["n"] * 6)
        assert "What if, in" in painted(pilot)
        await keys(pilot, "p")

    (onward,) = on_dialog(WhatIfScreen(Canned(path), weeks, "talk:sales"), SIZES[0], act)
    assert onward.how == "play"


def test_a_branch_that_cannot_be_kept_says_so(file):
    class Full(Canned):
        def keep(self, week, move):
            return Refused("The disk is full.")

    async def act(pilot):
        await settled(pilot)
        await keys(pilot, "v")
        assert "Not kept: The disk is full." in painted(pilot)

    assert on_dialog(WhatIfScreen(Full(file), WEEK, KILL), SIZES[0], act) == []


def test_what_was_not_legal_is_told_with_the_reason(file):
    async def act(pilot):
        await until(lambda: "Not done: " in painted(pilot), "the reason")
        assert "Belongs to live." in flat(pilot)
        await until(lambda: "is being played" not in flat(pilot), "the end of the work")

    on_dialog(WhatIfScreen(Otherwise(file, found(file), futures=N), 0, "gate:live/sunset"), SIZES[0], act)


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse(file, size):
    async def act(pilot):
        await settled(pilot)
        await clicked("Stop the product for good")(pilot)
        await settled(pilot)
        if "enter what if" in painted(pilot):
            await clicked("enter what if")(pilot)
            await settled(pilot)
        assert told(file)[0].turned in flat(pilot)
        await clicked("n next number", "? more")(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        await clicked("q back")(pilot)
        await clicked("o another move")(pilot)
        assert "What if you had done" in painted(pilot)
        await clicked("q back")(pilot)

    assert on_dialog(WhatIfScreen(Canned(file), WEEK), size, act) == [None]


def test_from_a_replay(file):
    past = look_back(file)
    assert isinstance(past, Past)

    async def act(pilot):
        await keys(pilot, "end", "o")
        assert "Not from here" in painted(pilot)
        await keys(pilot, "home", "right", "o")
        assert isinstance(pilot.app.screen, WhatIfScreen)
        await keys(pilot, *["j"] * place(file), "enter", "q", "q")
        assert isinstance(pilot.app.screen, ReplayScreen)
        await keys(pilot, "o", *["j"] * place(file), "enter")
        pilot.app.screen.dismiss(Onward(file, "replay"))
        await settled(pilot)

    assert on_dialog(ReplayScreen(past, Canned(file)), SIZES[0], act) == [Onward(file, "replay")]


def test_from_the_debrief_and_from_an_option_of_a_decision(tmp_path):
    run = run_of("naive")
    sheet = worded(run, analysis_of("naive", worlds=4))
    row, one = next(
        (row, one) for row, one in enumerate(sheet.decisions) if any(way.move for way in one.options[1:]) and one.week
    )
    option = next(at for at, way in enumerate(one.options) if way.move)

    class Settled(Judge):
        def figures(self, gone):
            yield Figures(sheet, True)

        @property
        def otherwise(self):
            return Otherwise(path, run, futures=2)

    path = tmp_path / "mine.tpmrun"
    path.write_bytes(b"")  # the process finds no run: what was asked for is told by the refusal and the list

    async def act(pilot):
        await settled(pilot)
        await keys(pilot, "2", *["j"] * row, "o")
        assert isinstance(pilot.app.screen, WhatIfScreen)
        assert f"in week {one.week}?" in flat(pilot)
        await keys(pilot, "q", "enter")
        assert isinstance(pilot.app.screen, OptionsScreen)
        await keys(pilot, *["j"] * option, "o")
        screen = pilot.app.screen
        assert isinstance(screen, WhatIfScreen)
        assert (screen._week, screen._given) == (one.week, one.options[option].move)
        await keys(pilot, "q")
        assert isinstance(pilot.app.screen, DebriefScreen)

    on_dialog(DebriefScreen(Settled(path, run)), SIZES[0], act)


def test_the_shares_are_as_json_has_them(file, tmp_path):
    run = found(file)
    other = what_if(run, turn(run, 0, "talk:sales"), tmp_path / "branch.tpmrun", n=N)
    fan_of = json.loads(json.dumps(report(other)))["fan"]
    assert 0 <= fan_of["better"] + fan_of["worse"] <= fan_of["n"]


@pytest.mark.parametrize(
    ("better", "worse", "says"),
    [
        (0, 0, "more in 0 % of them and less in 0 %; in the others it makes no difference."),
        (1, 2, "more in under 1 % of them and less in under 1 %; in the others it makes no difference."),
        (996, 3, "more in over 99 % of them and less in under 1 %; in the others it makes no difference."),
        (1000, 0, "more in 100 % of them and less in 0 %."),
        (400, 600, "more in 40 % of them and less in 60 %."),
    ],
)
def test_a_small_share_is_not_said_to_be_none(file, better, worse, says):
    run = found(file)
    one = replace(fan(run, turn(run, 0, "talk:sales"), N), n=1000, better=better, worse=worse)
    assert fan_page(one).share.endswith(says)
