"""Numbers, true and false as the core schema of YAML 1.2 has them, read only where a field asks for one.

`no`, `010`, `12:30` and `2026-01-01` are text everywhere else; here they are errors that say what to write. A
number never comes out as infinite, as not-a-number or as -0.0.
"""

import re
from typing import Final

from tpmsim.scenario.nodes import Scalar
from tpmsim.text import quoted

MAX_DIGITS: Final = 15
MAX_CHARS: Final = 64

_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL: Final = re.compile(r"[-+]?(?P<whole>0|[1-9][0-9]*)?(?:\.(?P<fraction>[0-9]*))?(?:[eE][-+]?[0-9]+)?")
_ZEROS: Final = re.compile(r"([-+]?)0+([0-9]+(?:\.[0-9]*)?)")
_THOUSANDS: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_POINTED: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}\.(?P<three>[0-9]{3})")
_WORDS: Final = {"true": True, "false": False}
_YES: Final = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


class NumberRefused(ValueError):
    """Not what the field asks for: what stands there instead, the next step, and what probably was meant."""

    def __init__(self, instead: str, help: str = "", suggestion: str = "") -> None:
        super().__init__(instead)
        self.instead = instead
        self.help = help
        self.suggestion = suggestion


def whole(scalar: Scalar) -> int:
    """A whole number of at most 15 digits.

    Raises:
        NumberRefused: anything else, with what to write.
    """
    text = scalar.text
    if scalar.plain and len(text) <= MAX_CHARS and (match := _WHOLE.fullmatch(text)):
        if len(match.group(1)) > MAX_DIGITS:
            raise NumberRefused(f" of at most {MAX_DIGITS} digits", "Write a smaller number.")
        return int(text)
    if thousands(scalar, large=True):
        joined = text.replace(".", "")
        raise NumberRefused(f", found {quoted(text)}", f"It is read as {float(text):g}; did you mean {joined}?")
    write = _meant_whole(scalar)
    raise _refused(text, write, "Write a whole number such as 10.")


def decimal(scalar: Scalar) -> float:
    """A finite number; -0.0 is read as 0.

    Raises:
        NumberRefused: anything else, with what to write.
    """
    text = scalar.text
    number = _decimal(text) if scalar.plain else None
    if number is not None:
        return number
    if scalar.plain and len(text) <= MAX_CHARS and _is_decimal(text):
        raise NumberRefused(f", and {quoted(text)} is too large", "Write a number of at most 15 digits.")
    raise _refused(text, _meant_decimal(scalar), "Write a number such as 0.5.")


def thousands(scalar: Scalar, large: bool) -> bool:
    """Whether a number looks as if a point stood between its thousands, such as 48.000.

    Args:
        scalar: the number.
        large: whether numbers of thousands are usual there; then also one such as 48.250 does.
    """
    match = _POINTED.fullmatch(scalar.text) if scalar.plain else None
    return match is not None and (large or match["three"] == "000")


def without_comma(text: str) -> str:
    """What a number with commas probably means: those before groups of three digits part thousands."""
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".") if text.count(",") == 1 else text


def boolean(scalar: Scalar) -> bool:
    """True or false, written as just that.

    Raises:
        NumberRefused: anything else, also `yes` and `no`.
    """
    if scalar.plain and scalar.text in _WORDS:
        return _WORDS[scalar.text]
    lowered = scalar.text[:MAX_CHARS].lower()
    write = _YES.get(lowered, lowered if lowered in _WORDS else "")
    raise _refused(scalar.text, write, "Write true or false, without quotes.")


def parse_decimal(text: str) -> float | None:
    """The number that a text is, for conditions; None if it is none or not finite."""
    return _decimal(text)


def _is_decimal(text: str) -> bool:
    match = _DECIMAL.fullmatch(text)
    return bool(match and (match["whole"] or match["fraction"]))


def _decimal(text: str) -> float | None:
    if len(text) > MAX_CHARS or not _is_decimal(text):
        return None
    digits = re.split(r"[.eE]", text.lstrip("+-"), maxsplit=1)[0]
    number = float(text) + 0.0
    return number if len(digits) <= MAX_DIGITS and abs(number) <= 1.7976931348623157e308 else None


def _meant_whole(scalar: Scalar) -> str:
    number = _decimal(_meant_decimal(scalar) or scalar.text)
    if number is None or number != int(number) or abs(number) >= 10.0**MAX_DIGITS:
        return ""
    return str(int(number))


def _meant_decimal(scalar: Scalar) -> str:
    text = without_comma(scalar.text.strip()[: MAX_CHARS + 1].replace("_", ""))
    if match := _ZEROS.fullmatch(text):
        text = match.group(1) + match.group(2)
    return text if _decimal(text) is not None and (text != scalar.text or not scalar.plain) else ""


def _refused(text: str, write: str, otherwise: str) -> NumberRefused:
    found = f", found {quoted(text)}" if text else ", found nothing"
    if not write:
        return NumberRefused(found, otherwise)
    help = f"Write {write} without quotes." if write == text else f"Write {write}."
    return NumberRefused(f"; write {write}", help if write == text else "", write)
