"""The one strict JSON reader and the one canonical writer; and checks of one object's fields.

The standard reader takes a key twice, NaN, floats, lone surrogates and any depth without a word. This one
refuses them, so a line means one thing only. Not for YAML, and not for what the fields mean (records.py).
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from tpmsim.text import SafeText, TextRefused, quoted

MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 15
LARGEST: Final = 10**MAX_DIGITS - 1

# A string is swallowed whole, with possessive loops: linear time also on an unterminated string.
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.?)*+"?|[\[\]{}]', re.DOTALL)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class LineRefused(ValueError):
    """A line or a record that is refused. Its message is one sentence; the caller adds file and line."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_object(raw: bytes) -> dict[str, Any]:
    """Read one JSON object made of objects, lists, text, whole numbers, true, false and null.

    Args:
        raw: the bytes of the document, UTF-8, without a newline at the end.

    Returns:
        The object, with text free of lone surrogates and integers of at most 15 digits.

    Raises:
        LineRefused: with one sentence that says what is wrong.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineRefused(f"not UTF-8 at byte {error.start}") from None
    _check_depth(text)
    try:
        value = _DECODER.decode(text)
    except LineRefused:
        raise
    except (ValueError, RecursionError) as error:
        raise LineRefused(f"not JSON: {_reason(error)}") from None
    if not isinstance(value, dict):
        raise LineRefused("expected a JSON object")
    if "\\ud" in text or "\\uD" in text:
        _check_surrogates(value)
    return value


def canonical(value: Mapping[str, Any]) -> bytes:
    """Write an object in its only form: sorted keys, no blanks, ASCII escapes, no floats.

    Raises:
        TypeError: the object holds a float or another thing that a record never holds; a bug of the caller.
    """
    _refuse_floats(value)
    return _ENCODER.encode(value).encode("ascii")


def _check_depth(text: str) -> None:
    """Count open brackets outside of strings, before anything recurses over them."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise LineRefused(f"nested deeper than {MAX_DEPTH}")
        elif token in "]}":
            depth -= 1


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
    return "it cannot be read"


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise LineRefused(f"key {quoted(twice)} appears twice")
    return result


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise LineRefused(f"a whole number of more than {MAX_DIGITS} digits")
    return int(digits)


def _no_float(digits: str) -> NoReturn:
    raise LineRefused(f"{quoted(digits)} is not a whole number; floats are not allowed")


def _no_constant(name: str) -> NoReturn:
    raise LineRefused(f"{name} is not allowed")


def _check_surrogates(value: object) -> None:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, str) and _SURROGATE.search(item):
            raise LineRefused("text with half of a surrogate pair")


def _refuse_floats(value: object) -> None:
    stack = [value]
    while stack:
        item = stack.pop()
        if item is None or isinstance(item, (str, int)):  # nearly all there is, and quickly told
            continue
        if isinstance(item, Mapping):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, list | tuple):
            stack.extend(item)
        else:
            raise TypeError(f"a record holds no {type(item).__name__}")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=_no_float, parse_int=_integer, parse_constant=_no_constant
)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))


class Fields:
    """Takes the fields of one object out one by one and refuses what is missing, misshapen or left over.

    `where` is the name of the object in messages, such as "move" or "header.scenario".
    """

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise LineRefused(f"{where} must be an object")
        self._left: dict[str, Any] = dict(data)
        self._where = where

    def take(self, name: str) -> Any:
        """Any value that the reader lets through."""
        if name not in self._left:
            raise LineRefused(f"field '{name}' of {self._where} is missing")
        return self._left.pop(name)

    def integer(self, name: str, low: int, high: int = LARGEST) -> int:
        """A whole number within bounds, both included; `true` is not 1."""
        value = self.take(name)
        if type(value) is not int:
            self.refuse(name, "must be a whole number")
        if not low <= value <= high:
            self.refuse(name, f"must be from {low} to {high}")
        return int(value)

    def string(self, name: str, pattern: re.Pattern[str], form: str) -> str:
        """Text that matches a pattern as a whole; `form` says in words which."""
        value = self.take(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self.refuse(name, f"must be {form}")
        return str(value)

    def text(self, name: str, limit: int, lines: int) -> SafeText:
        """Free text by a player, made harmless."""
        value = self.take(name)
        if not isinstance(value, str):
            self.refuse(name, "must be text")
        try:
            return SafeText.clean(value, limit, lines)
        except TextRefused as error:
            self.refuse(name, f"holds what is refused: {error}")

    def refuse(self, name: str, why: str) -> NoReturn:
        """Refuse the object because of one of its fields."""
        raise LineRefused(f"field '{name}' of {self._where} {why}")

    def done(self) -> None:
        """Refuse fields nobody has asked for: a later format, or a slip."""
        for name in sorted(self._left):
            raise LineRefused(f"unknown field {quoted(name)} in {self._where}")
