"""The points of an end: they add up as they are written, and none is more than there is."""

import pytest

from tpmsim.game.ending import in_parts


@pytest.mark.parametrize(
    ("points", "most", "told"),
    [
        ((2.04, 15.94), (4.8, 15.94), [2.1, 15.9]),
        ((4.76, 15.94), (4.76, 15.94), [4.8, 15.9]),
        ((0.0, 0.0), (40.0, 60.0), [0.0, 0.0]),
        ((40.0, 60.0), (40.0, 60.0), [40.0, 60.0]),
        ((33.333, 33.333, 33.333), (33.333, 33.333, 33.334), [33.3, 33.3, 33.3]),
        ((0.1 + 0.2, 0.05), (1.0, 1.0), [0.3, 0.1]),
    ],
)
def test_points_are_written_in_tenths(points: tuple[float, ...], most: tuple[float, ...], told: list[float]) -> None:
    assert in_parts(points, most, 10) == told
    assert all(one <= round(weight, 1) for one, weight in zip(told, most, strict=True)), "16.0 of 15.9 was seen"


def test_whole_points_add_up_too() -> None:
    weights = [600 / 17, 400 / 17, 200 / 17, 200 / 17, 300 / 17]
    assert in_parts(weights, [100.0] * 5, 1) == [35.0, 23.0, 12.0, 12.0, 18.0]
