"""The reveal: what happened and what changed can be read from the beginning, in every size."""

import pytest

from seen import SIZES, on_dialog, pressed, text_of
from tpmsim.game.pages import Happening, Judgement, Reveal, Step
from tpmsim.game.wording.figures import Turn
from tpmsim.tui.screens.reveal import RevealScreen

LONG = " ".join(["answer"] * 30)
STEPS = tuple(Step(f"number{row}", f"Number {row}", "1 -> 2", LONG, Turn("-", "worse")) for row in range(8))
REVEAL = Reveal("Week 3 ends.", (Happening("They said:"), Happening(LONG, below=True)), STEPS, ())


@pytest.mark.parametrize("size", SIZES)
def test_the_first_change_is_seen_at_once(size):
    async def act(pilot):
        text = "\n".join(text_of(pilot.app))
        assert "> Go on" in text
        assert "Number 0 1 -> 2" in text

    on_dialog(RevealScreen(REVEAL, at_once=True), size, act)


def test_what_hangs_over_stands_below_its_own_line():
    async def act(pilot):
        rows = [row.split("│")[1] for row in text_of(pilot.app) if "answer answer" in row and "Number" not in row]
        assert rows[0].index("answer") == rows[1].index("answer")

    on_dialog(RevealScreen(REVEAL, at_once=True), SIZES[0], act)


def test_what_does_not_fit_is_read_by_pages():
    last = Happening("The last of it.")
    long = Reveal("Week 3 ends.", (*[Happening(LONG)] * 9, last), STEPS, ())

    async def act(pilot):
        await pilot.pause()
        assert any("pgdn reads on" in row for row in text_of(pilot.app))
        assert not any(last.text in row for row in text_of(pilot.app))
        await pilot.press(*["pagedown"] * 9)
        assert any(last.text in row for row in text_of(pilot.app))
        await pilot.press(*["pageup"] * 9)
        assert not any(last.text in row for row in text_of(pilot.app))

    on_dialog(RevealScreen(long, at_once=True), SIZES[0], act)


def test_a_week_that_changed_no_number_offers_no_causes():
    async def act(pilot):
        text = "\n".join(text_of(pilot.app))
        assert "enter goes on" in text
        assert "tells why" not in text

    on_dialog(RevealScreen(Reveal("Week 3 ends.", (), (), ()), at_once=True), SIZES[0], act)


def test_that_more_can_be_read_is_said_when_a_key_has_shown_the_rest():
    long = Reveal("Week 3 ends.", (Happening(LONG),) * 9, STEPS, ())

    async def act(pilot):
        await pilot.press("x")
        await pilot.pause()
        assert any("pgdn reads on" in row for row in text_of(pilot.app))

    on_dialog(RevealScreen(long), SIZES[0], act)


def test_who_leaves_before_all_is_laid_out_is_told_no_more():
    async def act(pilot):
        reveal = pilot.app.screen
        reveal.show_all()
        reveal.query_one("#box").remove()
        await pilot.pause(0.1)
        assert not reveal.query("#happened")

    on_dialog(RevealScreen(REVEAL, at_once=True), SIZES[0], act)


def test_enter_goes_on_and_a_change_gives_back_its_number():
    assert on_dialog(RevealScreen(REVEAL, at_once=True), SIZES[0], pressed("enter")) == [None]
    assert on_dialog(RevealScreen(REVEAL, at_once=True), SIZES[0], pressed("j", "enter")) == ["number0"]


def test_why_asks_for_the_present_change_and_at_first_for_the_first():
    assert on_dialog(RevealScreen(REVEAL, at_once=True), SIZES[0], pressed("w")) == ["number0"]
    assert on_dialog(RevealScreen(REVEAL, at_once=True), SIZES[0], pressed("j", "j", "w")) == ["number1"]


@pytest.mark.parametrize(("within", "said"), [(True, "within."), (False, "outside.")])
def test_a_forecast_is_judged(within, said):
    judged = Reveal("Week 3 ends.", (), (), (Judgement("Cash", "1 to 2", "3", within),))

    async def act(pilot):
        assert any(f"You forecast Cash at 1 to 2. It is 3: {said}" in row for row in text_of(pilot.app))

    on_dialog(RevealScreen(judged, at_once=True), SIZES[0], act)
