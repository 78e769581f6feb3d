"""G06 and the writer: a line means one thing, or it is refused with a sentence."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosen import drawn
from tpmsim.game.jsonl import LARGEST, Fields, LineRefused, canonical, read_object

BAD = {
    "NaN": (b'{"a":NaN}', "NaN is not allowed"),
    "infinity": (b'{"a":-Infinity}', "-Infinity is not allowed"),
    "float": (b'{"a":1.5}', "not a whole number"),
    "exponent": (b'{"a":1e999}', "not a whole number"),
    "minus zero as float": (b'{"a":-0.0}', "not a whole number"),
    "16 digits": (b'{"a":1000000000000000}', "more than 15 digits"),
    "a million digits": (b'{"a":' + b"9" * 1_000_000 + b"}", "more than 15 digits"),
    "key twice": (b'{"a":1,"b":2,"a":1}', "key 'a' appears twice"),
    "key twice, inside": (b'{"a":[{"b":1,"\\u0062":2}]}', "key 'b' appears twice"),
    "100,000 deep": (b'{"a":' + b"[" * 100_000, "nested deeper than 32"),
    "100,000 objects deep": (b'{"a":' * 100_000, "nested deeper than 32"),
    "33 deep": (b'{"a":' + b"[" * 32 + b"]" * 32 + b"}", "nested deeper than 32"),
    "lone surrogate": (b'{"a":"\\ud800"}', "surrogate"),
    "lone surrogate in a key": (b'{"\\uDC00":1}', "surrogate"),
    "raw surrogate": (b'{"a":"\xed\xa0\x80"}', "not UTF-8 at byte 6"),
    "UTF-16": ("\ufeff{}".encode("utf-16-le"), "not UTF-8"),
    "BOM": (b"\xef\xbb\xbf{}", "not JSON"),
    "list": (b"[1]", "expected a JSON object"),
    "number": (b"1", "expected a JSON object"),
    "empty": (b"", "not JSON"),
    "two values": (b"{}{}", "not JSON"),
    "cut": (b'{"a":"b', "not JSON: Unterminated string starting at character 6"),
    "control": (b'{"a":"\x00"}', "not JSON: Invalid control character at character 7"),
    "trailing comma": (b'{"a":1,}', "not JSON"),
    "a key of another": (b'{"a\x1b":1,"a\x1b":2}', "not JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused_with_one_sentence(name: str) -> None:
    raw, words = BAD[name]
    with pytest.raises(LineRefused) as caught:
        read_object(raw)
    assert words in caught.value.message
    assert caught.value.message.isprintable()


def test_the_key_of_a_stranger_is_quoted() -> None:
    with pytest.raises(LineRefused) as caught:
        read_object(b'{"\\u001b[2J":1,"\\u001b[2J":2}')
    assert caught.value.message == r"key '\x1b[2J' appears twice"


QUOTES = {
    "escaped": b'{"a":"' + b'\\"' * 2_000_000,
    "plain": b'"' * 4_000_001,
    "brackets": b'{"a":"' + b"[" * 4_000_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", QUOTES)
def test_the_scan_takes_linear_time(name: str) -> None:
    with pytest.raises(LineRefused):
        read_object(QUOTES[name] + b"[" * 33)


def test_32_deep_and_brackets_in_text_are_read() -> None:
    deep = b'{"a":' + b"[" * 31 + b"]" * 31 + b"}"
    assert canonical(read_object(deep)) == deep
    assert read_object(b'{"a":"' + b"[{" * 1000 + b'\\""}') == {"a": "[{" * 1000 + '"'}


def test_pairs_of_surrogates_are_read() -> None:
    assert read_object(b'{"a":"\\ud83d\\udc0b"}') == {"a": "\U0001f40b"}


def test_the_writer_takes_no_floats() -> None:
    for value in (1.0, b"x", {1}, float("nan")):
        with pytest.raises(TypeError):
            canonical({"a": [value]})


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@drawn(30, 300, st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), _values))
def test_what_is_written_is_read_back(value: dict[str, Any]) -> None:
    raw = canonical(value)
    assert raw.isascii()
    assert b"\n" not in raw
    assert read_object(raw) == value
    assert canonical(read_object(raw)) == raw == canonical(dict(reversed(value.items())))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        value = read_object(raw)
    except LineRefused:
        return
    assert value == json.loads(raw)


def test_fields() -> None:
    data = Fields({"n": 1, "yes": True, "s": "x", "left": 1, "long": "y" * 11, "nul": "\0"}, "move")
    assert data.integer("n", 0, 1) == 1
    for call, words in {
        (lambda: data.integer("yes", 0)): "field 'yes' of move must be a whole number",
        (lambda: data.integer("gone", 0)): "field 'gone' of move is missing",
        (lambda: data.text("long", 10, 1)): "field 'long' of move holds what is refused: longer than 10 characters",
        (lambda: data.text("nul", 10, 1)): "field 'nul' of move holds what is refused: a NUL character",
        (lambda: data.text("s", 10, 1) and data.done()): "unknown field 'left' in move",
        (lambda: Fields([], "header.parent")): "header.parent must be an object",
    }.items():
        with pytest.raises(LineRefused) as caught:
            call()
        assert caught.value.message.startswith(words)
