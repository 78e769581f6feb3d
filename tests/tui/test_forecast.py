"""A forecast by three keys: the scale fits the number, the keys mean what they show, and it can be left at any time."""

from itertools import pairwise

import pytest

from seen import SIZES, clicked, on_dialog, place_of, played, pressed, text_of
from tpmsim.game.desk import Desk
from tpmsim.tui.screens.forecast import ForecastScreen, bar, first_step, next_step, scale
from tpmsim.tui.widgets.choices import Choices

OPEN = (None, None)
SHARE = (0, 100)


@pytest.fixture(scope="module")
def desk():
    return Desk(played(7))


def forecast(desk, *keys, size=SIZES[0]):
    return on_dialog(ForecastScreen(desk), size, pressed(*keys))


@pytest.mark.parametrize("size", SIZES)
def test_a_number_and_three_keys(desk, size):
    assert forecast(desk, "1", "3", "4", "6", size=size) == [("cash", 18_000_000, 19_000_000, 21_000_000)]


def test_they_are_sorted_where_typed_in_another_order(desk):
    assert forecast(desk, "1", "6", "3", "4") == forecast(desk, "1", "3", "4", "6")


def test_the_same_value_may_be_taken_again(desk):
    assert forecast(desk, "1", "4", "4", "4") == [("cash", 19_000_000, 19_000_000, 19_000_000)]


def test_backspace_takes_the_last_back_and_then_the_number(desk):
    assert forecast(desk, "1", "9", "backspace", "3", "4", "6") == forecast(desk, "1", "3", "4", "6")
    cash_then_customers = forecast(desk, "1", "9", "backspace", "backspace", "3", "1", "2", "3")
    assert [one[0] for one in cash_then_customers] == ["customers"]


@pytest.mark.parametrize("keys", [("q",), ("escape",), ("1", "q"), ("1", "4", "4", "escape")])
def test_it_can_be_skipped(desk, keys):
    assert forecast(desk, *keys) == [None]


@pytest.mark.parametrize("size", SIZES)
def test_the_mouse_alone_does_it(desk, size):
    acts = clicked("Cash:", "180,000", "190,000", "210,000")
    assert on_dialog(ForecastScreen(desk), size, acts) == [("cash", 18_000_000, 19_000_000, 21_000_000)]
    assert on_dialog(ForecastScreen(desk), size, clicked("Cash:", "180,000", "q skip")) == [None]


def test_the_list_alone_does_it(desk):
    keys = ("enter", "k", "k", "enter", "j", "enter", "j", "j", "enter")
    assert forecast(desk, *keys) == [("cash", 18_000_000, 19_000_000, 21_000_000)]


@pytest.mark.parametrize("size", SIZES)
def test_the_bar_grows_as_it_is_typed(desk, size):
    async def act(pilot):
        def beside(value):
            return next(row for row in text_of(pilot.app) if f" {value}" in row and "Now" not in row)

        await pressed("1")(pilot)
        assert "Low?" in "\n".join(text_of(pilot.app))
        assert "about as now" in beside("200,000")
        await pressed("3")(pilot)
        assert "Most likely?" in "\n".join(text_of(pilot.app))
        assert "[#] low" in beside("180,000")
        await pressed("6")(pilot)
        assert "High?" in "\n".join(text_of(pilot.app))
        assert "[#] most likely" in beside("210,000")
        assert "190,000   |" in beside("190,000")
        assert "|" not in beside("220,000").strip("│ ")

    on_dialog(ForecastScreen(desk), size, act)


def test_wider_and_narrower(desk):
    async def act(pilot):
        def values():
            return [line.id for line in pilot.app.screen.query_one(Choices).given]

        await pressed("1", "4")(pilot)
        await pressed("plus")(pilot)
        assert values() == [str(value) for value in range(120_000, 280_001, 20_000)]
        assert "Low?" in "\n".join(text_of(pilot.app))
        await pressed("minus", "minus")(pilot)
        assert values()[1] == "190000"
        await pilot.click(offset=place_of(pilot.app, "+ widen"))
        await pilot.pause()
        assert values()[0] == "160000"

    on_dialog(ForecastScreen(desk), SIZES[0], act)


def test_only_main_numbers_are_offered(desk):
    async def act(pilot):
        offered = [line.id for line in pilot.app.screen.query_one(Choices).given]
        assert offered == list(desk.view.main_numbers)
        assert "8 times in 10" in "\n".join(text_of(pilot.app))

    on_dialog(ForecastScreen(desk), SIZES[0], act)


@pytest.mark.parametrize("place", range(1, 6))
def test_every_number_gives_whole_quanta_in_order_and_in_its_bounds(desk, place):
    for some in (desk, Desk(played(0))):
        if place > len(some.view.main_numbers):
            continue
        [(number, low, point, high)] = forecast(some, str(place), "1", "5", "9")
        assert number == some.view.main_numbers[place - 1]
        assert low < point < high
        shown = [some.view.figures.shown(number, value) for value in (low, point, high)]
        assert all(value == round(value) for value in shown)
        if number in ("progress", "health"):
            assert shown[0] >= 0
            assert shown[2] <= 100


@pytest.mark.parametrize(
    ("past", "now", "bounds", "step"),
    [
        ((-17_500.0, -17_600.0), 210_000.0, OPEN, 10_000),
        ((), 320_000.0, OPEN, 20_000),
        ((), 0.0, SHARE, 5),
        ((0.0, 0.0), 0.0, (0, None), 1),
        ((3.0, -3.0), 50.0, SHARE, 1),
        ((407.0,), 421.0, (0, None), 200),
    ],
)
def test_the_first_step_fits_what_is_usual(past, now, bounds, step):
    assert first_step(past, now, bounds) == step


def test_steps_are_one_two_and_five():
    steps = [1]
    while steps[-1] < 10_000:
        steps.append(next_step(steps[-1], 1))
    assert steps == [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
    assert [next_step(step, -1) for step in steps[1:]] == steps[:-1]
    assert next_step(1, -1) == 1


@pytest.mark.parametrize("step", [1, 2, 5, 10, 20, 50])
@pytest.mark.parametrize("now", [0.0, 3.4, 50.0, 99.0, 100.0])
def test_a_scale_stays_within_its_bounds_and_around_the_value(now, step):
    values = scale(now, step, SHARE)
    assert values[0] >= 0
    assert values[-1] <= 100
    assert {after - before for before, after in pairwise(values)} == {step}
    assert min(abs(value - now) for value in values) <= step / 2 or step > 12
    assert len(values) == (9 if step * 8 <= 100 else 100 // step + 1)
    assert len(scale(now, step, OPEN)) == 9


def test_names_beside_a_value():
    assert bar(5, (5, 5, 8)) == "[#] low and most likely"
    assert bar(6, (5, 8)) == " |"
    assert bar(9, (5, 8)) == ""


def test_a_choice_of_the_list_before_is_forgotten(desk):
    async def act(pilot):
        choices = pilot.app.screen.query_one(Choices)
        choices.action_select()
        choices.action_select()
        await pilot.pause()
        assert "Low?" in "\n".join(text_of(pilot.app))

    assert on_dialog(ForecastScreen(desk), SIZES[0], act) == []
