"""SafeText: what strangers wrote, made harmless once, where it enters.

`SafeText` is not a `str` and shows a placeholder wherever Python would make it one, so that no f-string, `+`
or `%` can carry it to a terminal, a widget or a file by accident. The ways out are methods with a name. Ids,
quoting for messages and file names from names live here too. Not here: files, YAML, widgets.
"""

import re
from typing import Final, NoReturn, Self

TEXT_CHARS: Final = 4_000
TEXT_LINES: Final = 200
QUOTED_CHARS: Final = 60
COMBINING_IN_A_ROW: Final = 8
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

# Ranges in the source, not the running Python's Unicode data, which differs between versions.
_CONTROLS: Final = (
    (0x00, 0x09),  # C0 but newline
    (0x0B, 0x1F),
    (0x7F, 0x9F),  # DEL and C1
    (0x061C, 0x061C),  # bidi marks, embeddings, overrides, isolates
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2066, 0x206F),
    (0x2028, 0x2029),  # line and paragraph separators
    (0xFEFF, 0xFEFF),  # BOM inside text
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0xFFFE, 0xFFFF),  # not characters
    (0xE0000, 0xE007F),  # tag characters
)
_COMBINING: Final = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05BD),
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x0711, 0x0711),
    (0x0730, 0x074A),
    (0x07A6, 0x07B0),
    (0x07EB, 0x07F3),
    (0x0816, 0x082D),
    (0x0859, 0x085B),
    (0x0898, 0x089F),
    (0x08CA, 0x0903),
    (0x093A, 0x093C),
    (0x093E, 0x094F),
    (0x0951, 0x0957),
    (0x0962, 0x0963),
    (0x0E31, 0x0E31),
    (0x0E34, 0x0E3A),
    (0x0E47, 0x0E4E),
    (0x0EB1, 0x0EB1),
    (0x0EB4, 0x0EBC),
    (0x0EC8, 0x0ECE),
    (0x0F18, 0x0F19),
    (0x0F71, 0x0F84),
    (0x0F86, 0x0F87),
    (0x0F8D, 0x0FBC),
    (0x135D, 0x135F),
    (0x1AB0, 0x1ACE),
    (0x1CD0, 0x1CD2),
    (0x1CD4, 0x1CE8),
    (0x1DC0, 0x1DFF),
    (0x200B, 0x200D),  # zero width: not combining, but they pile up just as unseen
    (0x2060, 0x2065),
    (0x20D0, 0x20F0),
    (0x2CEF, 0x2CF1),
    (0x2DE0, 0x2DFF),
    (0x302A, 0x302F),
    (0x3099, 0x309A),
    (0xA66F, 0xA672),
    (0xA674, 0xA67D),
    (0xA69E, 0xA69F),
    (0xA6F0, 0xA6F1),
    (0xA8E0, 0xA8F1),
    (0xFB1E, 0xFB1E),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
    (0x1D165, 0x1D169),
    (0x1D16D, 0x1D182),
    (0x1D185, 0x1D18B),
    (0x1D1AA, 0x1D1AD),
    (0x1E8D0, 0x1E8D6),
    (0x1E944, 0x1E94A),
    (0xE0100, 0xE01EF),
)
_RESERVED: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)))
)


def _char_class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


_UNSAFE: Final = re.compile(f"[{_char_class(_CONTROLS)}]")
_REFUSED: Final = re.compile("[\\x00\\ud800-\\udfff]")
_PILE: Final = re.compile(f"([{_char_class(_COMBINING)}]{{{COMBINING_IN_A_ROW}}})[{_char_class(_COMBINING)}]+")
_ESCAPED: Final = re.compile(f"[\\n\\ud800-\\udfff{_char_class(_CONTROLS)}]")
_ID: Final = re.compile(r"[a-z0-9_-]{1,64}")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9_]+")


class TextRefused(ValueError):
    """A text that no cleaning makes acceptable. Its message is a sentence without the text."""


class SafeText:
    """A cleaned text of a stranger. Made only by `SafeText.clean`; read only by the methods with a name."""

    __slots__ = ("_changed", "_text")
    _text: str
    _changed: bool

    def __init__(self) -> None:
        raise TypeError("SafeText is made by SafeText.clean(raw)")

    @classmethod
    def clean(cls, raw: str, limit_chars: int = TEXT_CHARS, limit_lines: int = TEXT_LINES) -> Self:
        """Make a stranger's text harmless.

        Args:
            raw: the text as it was written.
            limit_chars: the longest text that is accepted, in characters.
            limit_lines: the most lines that are accepted; a last newline does not begin a line.

        Raises:
            TextRefused: too long, or with a NUL character or a lone surrogate in it.
        """
        _refuse_length(raw, limit_chars, limit_lines)
        _refuse_characters(raw)
        safe = _UNSAFE.sub(REPLACEMENT, raw.replace("\t", "    "))
        safe = _PILE.sub(rf"\1{REPLACEMENT}", safe)
        _refuse_length(safe, limit_chars, limit_lines)
        return cls._made(safe, safe != raw.replace("\t", "    "))

    @classmethod
    def _made(cls, text: str, changed: bool) -> Self:
        made = object.__new__(cls)
        object.__setattr__(made, "_text", text)
        object.__setattr__(made, "_changed", changed)
        return made

    @property
    def changed(self) -> bool:
        """True when cleaning replaced a character (a tab made into blanks does not count)."""
        return self._changed

    def plain(self) -> str:
        """The way out to our own plain output and to the text objects of the screens."""
        return self._text

    def quoted(self) -> str:
        """The way out to messages: in quotes, on one line, cut."""
        return quoted(self._text)

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, SafeText) else NotImplemented

    def __hash__(self) -> int:
        return hash(("SafeText", self._text))

    def __repr__(self) -> str:
        return f"<SafeText {len(self._text)}>"

    def __str__(self) -> str:
        return repr(self)

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("SafeText does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("SafeText does not change")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[object, tuple[str, bool]]:
        return (type(self)._made, (self._text, self._changed))


def quoted(raw: str, limit: int = QUOTED_CHARS) -> str:
    """A stranger's text for a message: in single quotes, cut at 60 characters, controls shown as escapes."""
    return f"'{_shown(raw[: limit + 1], limit)}'"


def shown_path(path: str, limit: int = QUOTED_CHARS) -> str:
    """A file name for a message: controls shown as escapes; of a long one the end, which tells more."""
    shown = _ESCAPED.sub(_escape, path[-limit - 1 :])
    return shown if len(shown) <= limit else "..." + shown[3 - limit :]


def shown(raw: str, limit: int = 4 * QUOTED_CHARS) -> str:
    """One line of somebody else's words for a message, without quotes."""
    return _shown(raw[: limit + 1], limit)


def is_id(text: str) -> bool:
    """True for an id: 1 to 64 of a-z, 0-9, `_` and `-`."""
    return _ID.fullmatch(text) is not None


def is_reserved(stem: str) -> bool:
    """True for the names that mean a device on Windows, with or without an ending."""
    return stem.split(".", 1)[0].strip().lower() in _RESERVED


def slug(raw: str, limit: int = 40) -> str:
    """A part of a file name from any text: of `[a-z0-9_-]`, at most `limit`, no device of Windows.

    The result is empty when nothing of the text can stay: the caller has another name at hand.
    """
    lowered = "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in raw[: 4 * limit])
    made = _NOT_SLUG.sub("-", lowered).strip("-_")[:limit].rstrip("-_")
    return f"{made[: limit - 1]}_" if is_reserved(made) else made


def _shown(raw: str, limit: int) -> str:
    shown = _ESCAPED.sub(_escape, raw)
    shown = _PILE.sub(rf"\1{REPLACEMENT}", shown)
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def _escape(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point == 0x0A:
        return "\\n"
    return f"\\x{point:02x}" if point <= 0xFF else f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _refuse_characters(raw: str) -> None:
    match = _REFUSED.search(raw)
    if match:
        what = "a NUL character" if match.group() == "\0" else "a lone surrogate"
        raise TextRefused(f"{what} at character {match.start() + 1}")


def _refuse_length(text: str, limit_chars: int, limit_lines: int) -> None:
    if len(text) > limit_chars:
        raise TextRefused(f"longer than {limit_chars:,} characters")
    if text.removesuffix("\n").count("\n") >= limit_lines:
        raise TextRefused(f"longer than {limit_lines:,} lines")
