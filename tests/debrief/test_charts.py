"""Pictures against the numbers that they draw: places are read off the axes that a reader sees, and compared."""

import re
from itertools import pairwise

import pytest

from judged import decision, practised, sheet, week
from plots import NEAR, axis, number, of
from tpmsim.debrief import charts
from tpmsim.debrief.plot import steps
from tpmsim.debrief.sheet import EvidenceRow, Fall, Series

WEEKS = (week(0, 60.0, 48.0, 52.0, 2.0), week(1, 52.0, 55.0, 41.0, 1.5), week(2, 41.0, 41.0, 37.5))


def test_a_curve_has_a_step_of_decisions_and_one_of_luck_in_every_week() -> None:
    picture = charts.curve(WEEKS, 37.5)
    y = axis(picture, "y")
    for kind, ends in (
        ("decision", [(one.before, one.decided) for one in WEEKS]),
        ("luck", [(one.decided, one.after) for one in WEEKS]),
    ):
        drawn = [one for one in of(picture, kind) if number(one, "y1") > 20.0]  # the key stands above the axis
        assert [(y(number(one, "y1")), y(number(one, "y2"))) for one in drawn] == [
            pytest.approx(pair, abs=NEAR) for pair in ends
        ]


def test_the_steps_of_a_curve_follow_each_other() -> None:
    picture = charts.curve(WEEKS, 37.5)
    drawn = sorted((one for one in of(picture, "step") if number(one, "y1") > 20.0), key=lambda one: number(one, "x1"))
    for one, then in pairwise(drawn):
        assert (one.get("x2"), one.get("y2")) == (then.get("x1"), then.get("y1"))


def test_a_curve_shows_its_intervals_and_its_values() -> None:
    picture = charts.curve(WEEKS, 37.5)
    y = axis(picture, "y")
    spans = [
        sorted((y(number(one, "y1")), y(number(one, "y2"))))
        for one in of(picture, "whisker")
        if number(one, "y1") > 20.0
    ]
    assert spans == [pytest.approx([one.before - one.half, one.before + one.half], abs=NEAR) for one in WEEKS]
    values = [y(number(one, "cy")) for one in of(picture, "value")]
    assert values == pytest.approx([60.0, 52.0, 41.0, 37.5], abs=NEAR)


FALLS = (
    Fall("Expected at the start", 0.0, 60.0, "60.0", total=True),
    Fall("Decisions: Research", 60.0, 38.0, "-22.0"),
    Fall("Decisions: Live", 38.0, -6.0, "-44.0"),
    Fall("Luck", -6.0, 37.5, "+43.5"),
    Fall("Result", 0.0, 37.5, "37.5", total=True),
)


def test_a_waterfall_begins_each_step_where_the_last_one_ended() -> None:
    picture = charts.waterfall(FALLS)
    x = axis(picture, "x")
    spans = [(x(number(one, "x")), x(number(one, "x") + number(one, "width"))) for one in of(picture, "fall")]
    assert spans == [pytest.approx(sorted((one.start, one.end)), abs=NEAR) for one in FALLS]
    assert [x(number(one, "x1")) for one in of(picture, "link")] == pytest.approx(
        [one.end for one in FALLS[:-1]], abs=NEAR
    )
    kinds = [one.get("class", "").split()[1] for one in of(picture, "fall")]
    assert kinds == ["total", "loss", "loss", "luck", "total"]


def test_losses_are_bars_with_their_interval() -> None:
    rows = (decision(1, 12.0, 1.5, "?", "mistake"), decision(2, 0.0, 0.0, counts=False), decision(3, 2.0, 2.0))
    picture = charts.losses(rows)
    y = axis(picture, "y")
    bars = of(picture, "lost")
    assert [y(number(one, "y")) for one in bars] == pytest.approx([12.0, 2.0], abs=NEAR)
    assert [y(number(one, "y") + number(one, "height")) for one in bars] == pytest.approx([0.0, 0.0], abs=NEAR)
    whiskers = [(y(number(one, "y1")), y(number(one, "y2"))) for one in of(picture, "whisker")]
    assert whiskers == [pytest.approx((10.5, 13.5), abs=NEAR), pytest.approx((0.0, 4.0), abs=NEAR)]
    assert [one.text for one in of(picture, "sign")] == ["?"]


def test_luck_stands_on_its_own_side_of_nothing() -> None:
    picture = charts.luck(WEEKS)
    y = axis(picture, "y")
    tops = [(y(number(one, "y")), y(number(one, "y") + number(one, "height"))) for one in of(picture, "chance")]
    assert tops[0] == pytest.approx((4.0, 0.0), abs=NEAR)
    assert tops[1] == pytest.approx((0.0, -14.0), abs=NEAR)
    assert [one.get("class", "").split()[1] for one in of(picture, "chance")] == ["good", "bad", "bad"]


def test_calibration_puts_words_against_what_came() -> None:
    picture = charts.calibration(((0.5, 0.75, 4), (0.9, 0.25, 12)))
    x, y = axis(picture, "x"), axis(picture, "y")
    places = [(x(number(one, "cx")), y(number(one, "cy"))) for one in of(picture, "word")]
    assert places == [pytest.approx((50.0, 75.0), abs=NEAR), pytest.approx((90.0, 25.0), abs=NEAR)]
    assert [one.text for one in of(picture, "count")] == ["4", "12"]


def shown(title: str, known: float, mastered: bool = False) -> EvidenceRow:
    return EvidenceRow(title, 3, 4, known, True, mastered, "3 of 4 right", f"{100 * known:.0f} %", "", ())


def test_evidence_is_a_bar_for_each_competency_between_where_all_begin_and_mastery() -> None:
    picture = charts.evidence((shown("Analysis", 0.42), shown("Leadership", 0.97, mastered=True)))
    x = axis(picture, "x")
    spans = [(x(number(one, "x")), x(number(one, "x") + number(one, "width"))) for one in of(picture, "known")]
    assert spans == [pytest.approx((0.0, 42.0), abs=NEAR), pytest.approx((0.0, 97.0), abs=NEAR)]
    assert [x(number(one, "x1")) for one in of(picture, "level")] == pytest.approx([20.0, 95.0], abs=NEAR)
    assert ["mastered" in one.get("class", "") for one in of(picture, "known")] == [False, True]
    assert [one.text for one in of(picture, "figure")] == ["42 %, 3 of 4 right", "97 %, 3 of 4 right"]
    assert picture[1].text == "Analysis: 42 %, 3 of 4 right; Leadership: 97 %, 3 of 4 right."


@pytest.mark.parametrize("values", [(320_000.0, 110_981.23), (0.0, 0.0), (-12.0, 3.0, -40.0), (2.2, 2.207)])
def test_a_number_is_drawn_in_its_own_scale(values: tuple[float, ...]) -> None:
    picture = charts.course(Series("cash", "Cash", "", tuple(enumerate(values))), "course-0")
    y = axis(picture, "y")
    step = max(values) - min(values) or 1.0
    assert [y(number(one, "cy")) for one in of(picture, "value")] == pytest.approx(list(values), abs=step / 100.0)
    line = of(picture, "course")[0].get("points", "")
    heights = [float(one.split(",")[1]) for one in line.split()]
    assert [y(one) for one in heights] == pytest.approx(list(values), abs=step / 100.0)


def test_a_change_is_told_in_the_digits_of_its_ends() -> None:
    picture = charts.course(Series("cash", "Cash", "", ((0, 320_000.4), (1, 110_981.23))), "course-0")
    assert picture[1].text == "Cash: from 320,000 to 110,981 (-209,019), lowest 110,981, highest 320,000."


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-3.0, 97.0), (5.0, 5.0), (110_981.0, 320_000.0), (-0.2, 0.1)])
def test_ticks_are_round_and_hold_what_they_should(low: float, high: float) -> None:
    ticks = steps(low, high)
    assert ticks[0] <= low
    assert high <= ticks[-1]
    assert 2 <= len(ticks) <= 8
    widths = [b - a for a, b in pairwise(ticks)]
    assert widths == pytest.approx([widths[0]] * len(widths))


def test_every_picture_says_in_words_what_it_shows() -> None:
    page = sheet()
    pictures = [
        charts.curve(page.weeks, page.analysis.score),
        charts.waterfall(page.falls),
        charts.losses(page.decisions),
        charts.luck(page.weeks),
        charts.calibration(page.calibration.bins),
        charts.evidence([one for one in practised().evidence.rows if one.enough]),
        *(charts.course(one, f"course-{place}") for place, one in enumerate(page.series)),
    ]
    ids = [one.get("id") for picture in pictures for one in picture.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) == 2 * len(pictures)
    for picture in pictures:
        title, desc = picture[0], picture[1]
        assert (title.tag, desc.tag) == ("title", "desc")
        assert title.text
        assert re.search(r"\d", desc.text or "")
        assert picture.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


def test_the_words_of_a_curve_are_its_numbers() -> None:
    says = charts.curve(WEEKS, 37.5)[1].text or ""
    assert says == (
        "Week 0: 60.0, decisions -12.0, luck +4.0; Week 1: 52.0, decisions +3.0, luck -14.0; "
        "Week 2: 41.0, decisions +0.0, luck -3.5; result 37.5."
    )
