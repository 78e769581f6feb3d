"""Words that are cut: between words wherever there is one to cut at."""

import re

import pytest
from textual.content import Content

from tpmsim.cli.plain_text import wrapped
from tpmsim.game.wording.prose import HELD, shortened, unbroken
from tpmsim.tui.shown import joined, line
from tpmsim.tui.widgets.hanging import Hanging


@pytest.mark.parametrize(
    ("text", "most", "told"),
    [
        ("short enough", 12, "short enough"),
        ("one two three four", 12, "one two..."),
        ("one, two, three", 12, "one, two..."),
        ("Ask (votes are counted)", 14, "Ask (votes..."),
        ("Ask them (votes)", 13, "Ask them..."),
        ("a_word_without_an_end", 10, "a_word_..."),
        ("no abcdefghijklmnop", 10, "no abcd..."),
    ],
)
def test_a_sentence_is_cut_between_words(text: str, most: int, told: str) -> None:
    assert shortened(text, most) == told
    assert len(told) <= most


@pytest.mark.parametrize(
    "said", ["Promise it, with 'aim' (50 %)  1 h", "1 Promise it (1 h)", "20 % more, 2 h, 3 weeks"]
)
def test_a_figure_is_not_parted_from_its_unit_at_any_width(said: str) -> None:
    assert len(unbroken(said)) == len(said)
    hung = Hanging(Content("- "), joined(line(said, "bad"), line("  4 h", "quiet")))
    for width in range(8, 60):
        for rows in (list(wrapped(said, width)), hung.laid_out(width).plain.split("\n")):
            assert not [row for row in rows if re.match(r" *(%|h\b)", row)], rows
            assert HELD not in "".join(rows)
        assert " ".join(" ".join(wrapped(said, width)).split()) == " ".join(said.split())
