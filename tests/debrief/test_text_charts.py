"""Curve and waterfall in letters."""

from judged import sheet, week
from tpmsim.debrief import text_charts
from tpmsim.debrief.sheet import Fall


def test_a_curve_names_what_moved_it() -> None:
    drawn = list(text_charts.curve((week(0, 60.0, 40.0, 40.0), week(1, 40.0, 40.0, 70.0)), 70.0))
    assert drawn == [
        "  100 |",
        "   90 |",
        "   80 |",
        "   70 |            L--",
        "   60 |---|        |",
        "   50 |   |        |",
        "   40 |   D-----L--|".replace("L", "-"),
        "   30 |",
        "   20 |",
        "   10 |",
        "    0 |",
        " week     0     1",
    ]


def test_a_waterfall_stands_where_its_numbers_are() -> None:
    falls = (
        Fall("Start", 0.0, 50.0, "50.0", total=True),
        Fall("Luck", 50.0, 75.0, "+25.0"),
        Fall("Lost", 75.0, 25.0, "-50.0"),
    )
    lines = [line.partition("|")[2].rstrip("|") for line in text_charts.waterfall(falls)]
    assert lines == ["=" * 20 + " " * 20, " " * 20 + "+" * 10 + " " * 10, " " * 10 + "-" * 20 + " " * 10]


def test_charts_of_a_long_run_fit_a_terminal() -> None:
    weeks = tuple(week(number, 50.0, 45.0, 55.0) for number in range(36))
    lines = [*text_charts.curve(weeks, 55.0), *text_charts.waterfall(sheet().falls)]
    assert all(len(line) <= 80 for line in lines)
    assert all(line.isascii() for line in text_charts.curve(weeks, 55.0))


def test_a_span_stands_where_its_points_are() -> None:
    told = text_charts.span(20.0, 50.0, 80.0, 50)
    assert len(told) == 50
    assert (told.index("="), told.index("|"), told.rindex("=")) == (10, 24, 39)
    assert text_charts.span(-5.0, 0.0, 120.0, 5) == "|===="


def test_two_paths_stand_where_their_values_are() -> None:
    was, now = {0: 0.0, 1: 50.0, 2: 100.0}, {0: 0.0, 1: 100.0}
    drawn = list(text_charts.paths(was, now, 1, ((0.0, "0"), (100.0, "100")), 30, 3))
    assert drawn == [
        "       100 |      x     o",
        "           |      o",
        "         0 |*",
        "      week  0     1     2",
        "                  ^ here they part",
    ]


def test_two_paths_that_part_in_a_week_that_has_not_ended() -> None:
    both = {0: 0.0, 1: 100.0}
    ends = ((0.0, "0"), (100.0, "100"))
    drawn = list(text_charts.paths(both, both, 2, ends, 30, 3))
    assert drawn[-2:] == [
        "      week  0     1     2",
        "                        ^ here they part",
    ]
    assert drawn[0].endswith("|      *")
    assert list(text_charts.paths({}, {}, 2, ends, 30, 2)) == [
        "       100 |",
        "         0 |",
        "      week  2",
        "            ^ here they part",
    ]


def test_two_long_paths_fit() -> None:
    was = {week: float(week % 7) for week in range(60)}
    drawn = list(text_charts.paths(was, was, 59, ((0.0, "0"), (6.0, "6")), 76, 4))
    assert all(len(line) <= 76 for line in drawn[:-1])
