"""The preview on the screen: it follows every save, keeps its place, and shows what players do not see."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from drafts import LATE, SCENARIO, replaced, richer, ten_edits
from seen import SIZES, clicked, pressed, text_of
from tpmsim.game.editions import Basis, Editions
from tpmsim.game.findings import with_source
from tpmsim.game.preview import FRESH
from tpmsim.game.session import Session
from tpmsim.game.watch import Watch
from tpmsim.scenario.loading import load
from tpmsim.tui.keys import keys_of
from tpmsim.tui.preview.app import Preview
from tpmsim.tui.preview.table import PreviewTable
from tpmsim.tui.screens.menu import MenuScreen
from tpmsim.tui.screens.note import NoteScreen
from tpmsim.tui.screens.play import PlayScreen
from tpmsim.tui.screens.preview import PreviewScreen, UnsoundScreen
from tpmsim.tui.screens.truth import TruthScreen
from tpmsim.tui.table import Table
from tpmsim.tui.widgets.choices import Choices
from tpmsim.tui.widgets.findings import Findings
from tui.tour import settled, until

SEED = "K7Q2-MX4D"


class Author:
    """Somebody who edits a file beside the preview of it."""

    def __init__(self, pilot: Pilot[Any], file: Path) -> None:
        self.pilot, self.file = pilot, file

    @property
    def app(self) -> Preview:
        return self.pilot.app

    @property
    def session(self) -> Session:
        return self.app._editions.edition.session

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def text(self) -> str:
        return "\n".join(text_of(self.app))

    async def save(self, text: str, shows: str = "") -> None:
        """Save the file as editors do, by a rename, and wait until the preview has taken it."""
        new = self.file.with_suffix(".new")
        new.write_text(text, "utf-8")
        await self.taken(lambda: new.replace(self.file))
        if shows:
            await until(lambda: shows in self.text, shows)

    async def taken(self, save: Callable[[], object]) -> None:
        before = self.app._editions.saved
        save()
        await until(lambda: self.app._editions.saved is not before, "the save")
        await settled(self.pilot)

    async def press(self, *keys: str) -> None:
        await pressed(*keys)(self.pilot)
        await settled(self.pilot)


def at_week_six(session: Session) -> str:
    for week in range(6):
        if week == 2:
            session.play("answer:early/yes")
        session.end_week()
    return ""


def previewing(
    folder: Path,
    act: Callable[[Author], Awaitable[None]],
    size: tuple[int, int] = SIZES[0],
    text: str = SCENARIO,
    lead: Callable[[Session], str] | None = at_week_six,
) -> Preview:
    """Preview a file in a folder of its own, and do something with both."""
    file = folder / "scenario.yaml"
    file.write_text(text, "utf-8")
    editions, watch = (
        Editions(partial(load, folder), Basis(SEED, FRESH), lead, partial(with_source, file=file)),
        Watch(folder),
    )
    assert watch.changed(0.0)
    editions.adopt(editions.attempt(editions.basis))
    app = Preview(editions, watch.changed, "scenario.yaml")

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await act(Author(pilot, file))

    asyncio.run(run())
    assert app.failure is None
    assert {path.name for path in folder.iterdir()} <= {"scenario.yaml"}, "nothing is written"
    return app


@pytest.mark.soak
def test_ten_edits_keep_the_place(tmp_path: Path) -> None:
    edits = ten_edits()

    async def act(author: Author) -> None:
        await author.press("tab", "tab", "3")
        assert author.screen.page == "people"
        await author.press("1")
        author.session.play("talk:boss")

        def stands(cards: tuple[str, ...] = ("late",)) -> None:
            assert author.session.position.week == 6
            assert author.session.position.made == ("talk:boss",)
            assert author.session.observation.cards == cards
            assert "PREVIEW" in text_of(author.app)[0]

        await author.save(edits["reword"], "May we rest, please?")
        stands()
        await author.press("6")
        await author.save(edits["number"])
        stands()
        assert author.screen.page == "market"
        await author.press("1")
        await author.save(edits["add a card"], "answer:newcomer/friend")
        stands()
        await author.save(edits["rename an answer"], "answer:early/yes (no such move)")
        stands()
        await author.save(edits["break"], "error[TPM")
        stands()
        assert author.screen.query_one(Findings).unfolded
        await author.save(edits["mend"])
        stands()
        assert not author.screen.query_one(Findings).unfolded
        await author.save(edits["remove the card"], "Card 'late' is gone")
        stands(())
        await author.save(edits["bring it back"], "May we rest?")
        stands()
        await author.save(edits["shorten"], "The run ends in week 4 now")
        assert author.session.position.over
        await author.save(edits["add a feature"])
        stands()
        await author.press("4")
        assert "Slow path" in author.text

    previewing(tmp_path, act, SIZES[1])


PLACES = (
    *((page, "G") for page in "2467"),
    *((page, "G", "enter", "j") for page in "35"),
    ("1", "d"),
    ("1", "T"),
    ("1", "w", "G"),
    ("1", "e"),
    ("2", "G", "enter"),
    ("4", "G", "enter", "j"),
)
"""Ways to have something of a rich scenario on the screen, by keys."""


@pytest.mark.parametrize(
    ("places", "size"),
    [
        (PLACES[-4:], SIZES[0]),
        *(pytest.param(PLACES, size, marks=pytest.mark.soak, id=f"all-{size[0]}") for size in SIZES),
    ],
)
def test_whatever_is_on_the_screen_may_disappear(
    places: tuple[tuple[str, ...], ...], size: tuple[int, int], tmp_path: Path
) -> None:
    async def act(author: Author) -> None:
        for keys in places:
            await author.press(*keys)
            await author.save(SCENARIO)
            assert author.session.position.week == 6
            assert len(author.session.observation.features) == 1
            await author.press("j", "k", "escape", "escape")
            await author.save(richer())
            assert len(author.session.observation.features) == 2
            for _ in range(3):
                if not isinstance(author.screen, PreviewScreen):
                    await author.press("escape")
            assert isinstance(author.screen, PreviewScreen)

    previewing(tmp_path, act, size, text=richer())


def test_an_open_card_stays_open_at_its_line(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.press("enter", "k")
        await author.save(replaced(SCENARIO, "May we rest?", "May we sleep?"), "May we sleep?")
        assert isinstance(author.screen, MenuScreen)
        assert author.screen.query_one(Choices).present.id == "answer:late/wait"
        await author.press("enter")
        assert author.session.position.made == ("answer:late/wait",)

    previewing(tmp_path, act)


def test_an_open_card_that_is_gone_is_closed(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.press("enter")
        await author.save(replaced(SCENARIO, LATE, ""), "Card 'late' is gone; week 6 goes on without it.")
        assert isinstance(author.screen, PreviewScreen)
        assert author.session.position.week == 6

    previewing(tmp_path, act)


def test_the_menu_and_the_scroll_place_stay(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.press("j", "enter")
        menu = author.screen.query_one("#moves", Choices)
        title, present = str(menu.border_title), menu.present.id
        await author.press("T", "pagedown")
        y = author.screen.query_one("#truth-text").scroll_y
        assert y > 0
        await author.save(replaced(SCENARIO, "May we rest?", "May we sleep?"))
        assert isinstance(author.screen, TruthScreen)
        await until(lambda: author.screen.query_one("#truth-text").scroll_y == y, "the place in the text")
        await author.press("q")
        menu = author.screen.query_one("#moves", Choices)
        assert (str(menu.border_title), menu.present.id) == (title, present)

    previewing(tmp_path, act)


def test_what_is_being_typed_is_waited_for(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.press("n", "w", "h", "y")
        author.file.write_text(replaced(SCENARIO, "May we rest?", "May we sleep?"), "utf-8")
        await until(lambda: author.app._opened is not None, "the save to wait")
        await asyncio.sleep(0.3)
        assert isinstance(author.screen, NoteScreen)
        await author.press("enter")
        await until(lambda: "May we sleep?" in author.text, "the save")
        assert [text.plain() for _, text in author.session.notes] == ["why"]

    previewing(tmp_path, act)


def test_a_file_that_is_half_written_or_missing_for_a_moment_shows_no_error(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        async def half() -> None:
            author.file.unlink()
            await asyncio.sleep(0.3)
            author.file.write_text("")
            await asyncio.sleep(0.3)
            for end in range(200, len(SCENARIO), 200):
                author.file.write_text(SCENARIO[:end])
                await asyncio.sleep(0.02)
            author.file.write_text(replaced(SCENARIO, "May we rest?", "May we sleep?"))

        before = author.app._editions.saved
        await half()
        await until(lambda: author.app._editions.saved is not before, "the save")
        assert author.app._editions.saved.sound
        await until(lambda: "May we sleep?" in author.text, "the new words")

    previewing(tmp_path, act)


def test_a_file_that_is_removed_and_made_again(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.taken(author.file.unlink)
        await until(lambda: "no such file" in author.text, "what is missing")
        assert author.session.position.week == 6
        await author.save(SCENARIO)
        assert author.app._editions.saved.sound
        assert not author.screen.query_one(Findings).display

    previewing(tmp_path, act)


def test_hostile_saves_are_findings(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        for text in ("[" * 5_000, "a: &a [*a]\n", "\x1b]0;x\x07: [@click=app.quit]x[/]\n", "x" * (1 << 20) + "x"):
            await author.save(text)
            assert not author.app._editions.saved.sound
            assert author.session.position.week == 6
            assert author.screen.query_one(Findings).unfolded
        os.remove(author.file)
        os.mkfifo(author.file)
        await author.taken(lambda: None)
        assert "not a regular file" in author.text
        await author.save(SCENARIO)
        assert author.app._editions.saved.sound

    previewing(tmp_path, act)


def test_a_scenario_that_is_broken_at_first_waits_for_a_sound_save(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        assert isinstance(author.screen, UnsoundScreen)
        assert "unknown key 'titel'" in author.text
        await author.save(SCENARIO.replace("weeks: 8", "weeks: x"), "expected a")
        assert isinstance(author.screen, UnsoundScreen)
        await author.save(SCENARIO)
        assert isinstance(author.screen, PreviewScreen)
        assert author.session.position.week == 6

    previewing(tmp_path, act, text=SCENARIO.replace("title: A draft", "titel: A draft"))


def test_findings_are_folded_and_unfolded(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        pane = author.screen.query_one(Findings)
        await author.press("C")
        assert "Nothing was found" in author.text
        await author.save(replaced(SCENARIO, "weeks: 8", "weeks: many"), "weeks: many")
        assert "   ^" in author.text
        await author.press("C")
        assert not pane.unfolded
        assert "1 error" in author.text
        assert "weeks: many" not in author.text
        await clicked("C opens")(author.pilot)
        assert pane.unfolded
        await author.save(replaced(SCENARIO, "weeks: 8", "weeks: more"), "weeks: more")
        await author.save(SCENARIO)
        assert not pane.display

    previewing(tmp_path, act)


def test_another_world_and_from_the_beginning(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.press("N")
        await until(lambda: author.session.header.seed != SEED, "another world")
        assert author.session.position.week == 6
        world = author.session.header.seed
        await author.press("R", "y")
        await until(lambda: author.session.position.week == 0, "the beginning")
        assert author.session.header.seed == world
        await author.save(replaced(SCENARIO, "size: 50000", "size: 60000"))
        assert (author.session.position.week, author.session.header.seed) == (0, world)

    previewing(tmp_path, act)


def test_a_run_that_is_over_begins_again_here(tmp_path: Path) -> None:
    def to_the_end(session: Session) -> str:
        while not session.position.over:
            session.end_week()
        return ""

    async def act(author: Author) -> None:
        await until(lambda: "Over" in author.text, "the ending")
        await author.save(replaced(SCENARIO, "title: Over", "title: All over"), "All over")
        await author.press("v")
        assert "keeps no run to look back on" in author.text
        await author.press("x", "a")
        await until(lambda: author.session.position.week == 0, "the beginning")
        assert author.session.header.seed == SEED

    previewing(tmp_path, act, lead=to_the_end)


def test_it_is_left_without_a_run(tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        await author.press("q")
        assert "Nothing of its run is kept" in author.text
        await author.press("y")

    assert previewing(tmp_path, act).return_value == 0


@pytest.mark.parametrize("size", SIZES)
def test_truth_and_draws_are_shown_on_request(size: tuple[int, int], tmp_path: Path) -> None:
    async def act(author: Author) -> None:
        assert "draw" not in author.text
        await author.press("T")
        assert "what players do not see: Week 6 of 8" in author.text
        assert "waits for an answer" in author.text
        await author.press("T")
        assert isinstance(author.screen, PreviewScreen)
        assert any(one.action == "truth" for one in keys_of(author.screen))

    previewing(tmp_path, act, size)


def test_the_game_has_no_such_key_and_no_such_page() -> None:
    def keys(kind: type[PlayScreen]) -> set[str]:
        return {one.key for part in kind.__mro__ for one in vars(part).get("BINDINGS", ()) if hasattr(one, "key")}

    assert "T" in keys(PreviewScreen)
    assert keys(PlayScreen).isdisjoint({"T", "R", "N", "C"})
    assert not hasattr(Table, "insight")
    assert hasattr(PreviewTable, "insight")
    assert PlayScreen.MARK == ""
