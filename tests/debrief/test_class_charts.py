"""Pictures of a class against the numbers that they draw, read off the axes that a reader sees."""

import re
from xml.etree.ElementTree import Element

import pytest

from plots import NEAR, axis, number, of
from tpmsim.debrief import class_charts as charts

BANDS = (0, 1, 3, 12, 0, 0, 7, 0, 2, 0)
WAYS = (('"Tell them: by week 6."', 5, 39.8), ("no answer", 2, 0.0), ("Stop", 1, None), ("Go", 4, 100.0))
WORDS = ((0.5, 4, 3), (0.7, 2, 0), (0.9, 25, 11))


def test_a_distribution_has_a_bar_as_high_as_its_band_has_runs() -> None:
    picture = charts.distribution(BANDS, 10)
    y = axis(picture, "y")
    bars = of(picture, "band")
    tops = [y(number(one, "y")) for one in bars]
    feet = [y(number(one, "y") + number(one, "height")) for one in bars]
    assert [top for top, runs in zip(tops, BANDS, strict=True) if runs] == pytest.approx(
        [runs for runs in BANDS if runs], abs=NEAR
    )
    assert [foot for foot, runs in zip(feet, BANDS, strict=True) if runs] == pytest.approx([0.0] * 5, abs=NEAR)
    assert [one.text for one in of(picture, "figure")] == ["1", "3", "12", "7", "2"]


def test_the_bands_of_a_distribution_stand_above_their_names_from_the_lowest_on() -> None:
    picture = charts.distribution(BANDS, 10)
    names = [one for one in of(picture, "tick") if "-" in (one.text or "")]
    assert [one.text for one in names] == [f"{low}-{low + 10}" for low in range(0, 100, 10)]
    middles = [number(one, "x") + number(one, "width") / 2.0 for one in of(picture, "band")]
    assert middles == pytest.approx([number(one, "x") for one in names])
    assert middles == sorted(middles)


def test_of_no_runs_there_is_a_distribution_of_nothing() -> None:
    picture = charts.distribution((0,) * 10, 10)
    assert of(picture, "figure") == []
    assert all(number(one, "height") < 1.0 for one in of(picture, "band"))


def test_answers_are_bars_as_long_as_their_mean_score() -> None:
    picture = charts.answers("fork-1", "The gate", WAYS)
    x = axis(picture, "x")
    bars = of(picture, "fared")
    ends = [x(number(one, "x") + number(one, "width")) for one in bars]
    assert [x(number(one, "x")) for one in bars] == pytest.approx([0.0] * 3, abs=NEAR)
    assert (ends[0], ends[2]) == pytest.approx((39.8, 100.0), abs=NEAR)
    assert ends[1] < 0.5, "a stroke, so that nothing is seen to be nothing"


def test_each_answer_stands_in_a_row_with_its_runs_and_its_mean() -> None:
    """One of whom none ended has no bar, and no mean."""
    picture = charts.answers("fork-1", "The gate", WAYS)
    rows = [number(one, "y") for one in of(picture, "answer")]
    assert [one.text for one in of(picture, "answer")] == [says for says, _, _ in WAYS]
    assert rows == sorted(rows)
    told = {row: [] for row in rows}
    for one in of(picture, "figure"):
        told[number(one, "y")].append(one.text)
    assert list(told.values()) == [["5", "39.8"], ["2", "0.0"], ["1"], ["4", "100.0"]]
    middles = [number(one, "y") + number(one, "height") / 2.0 for one in of(picture, "fared")]
    assert middles == pytest.approx([rows[0], rows[1], rows[3]])


def test_words_stand_where_confidence_and_the_share_kept_meet() -> None:
    picture = charts.kept(WORDS)
    x, y = axis(picture, "x"), axis(picture, "y")
    places = [(x(number(one, "cx")), y(number(one, "cy"))) for one in of(picture, "word")]
    assert places == [pytest.approx(one, abs=NEAR) for one in ((50.0, 75.0), (70.0, 0.0), (90.0, 44.0))]
    assert [one.text for one in of(picture, "count")] == ["4", "2", "25"]


def test_on_the_diagonal_words_are_what_they_say() -> None:
    picture = charts.kept(WORDS)
    x, y = axis(picture, "x"), axis(picture, "y")
    (line,) = of(picture, "diagonal")
    ends = [(x(number(line, f"x{end}")), y(number(line, f"y{end}"))) for end in (1, 2)]
    assert ends == [pytest.approx((0.0, 0.0), abs=NEAR), pytest.approx((100.0, 100.0), abs=NEAR)]


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (charts.distribution((2, 1), 50), "0 to 50: 2; 50 to 100: 1."),
        (charts.answers("a", "The gate", WAYS[:1]), '"Tell them: by week 6.": 5 runs, mean 39.8.'),
        (charts.answers("a", "The gate", WAYS[2:3]), "Stop: 1 runs, none ended."),
        (charts.kept(WORDS[:1]), "50 % given, 75 % of 4 came true."),
    ],
)
def test_every_picture_says_in_words_what_it_shows(picture: Element, says: str) -> None:
    title, desc = picture[0], picture[1]
    assert (title.tag, desc.tag, desc.text) == ("title", "desc", says)
    assert title.text
    assert picture.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


@pytest.mark.parametrize(
    "picture", [charts.distribution(BANDS, 10), charts.answers("a", "b", WAYS), charts.kept(WORDS)]
)
def test_nothing_is_drawn_outside_of_the_frame(picture: Element) -> None:
    _, _, width, height = (float(part) for part in re.split(r"\s+", picture.get("viewBox", "")))
    for one in picture.iter():
        for across in ("x", "x1", "x2", "cx"):
            assert 0.0 <= float(one.get(across, "0")) <= width
        for down in ("y", "y1", "y2", "cy"):
            assert 0.0 <= float(one.get(down, "0")) <= height
