"""Words that are cut: between words wherever there is one to cut at."""

import pytest

from tpmsim.game.wording.prose import shortened


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
