"""The tree of a YAML file: what was written, and where. Made by `yaml_reader`, read by `binding`.

A scalar keeps the characters of the file: `1.10`, `no` and `12:30` mean nothing yet. Lines and columns count
from 1, columns in characters.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value.

    Attributes:
        text: its characters, escapes and folds resolved.
        plain: written without quotes and not as a block.
        line: where it starts, from 1.
        column: where it starts, quote included, from 1.
        indent: characters before the text itself (1 for a quote); None when the text in the file differs from
            `text`, because of escapes or several lines.
    """

    text: str
    plain: bool
    line: int
    column: int
    indent: int | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset` of the text; of the scalar if that cannot be said."""
        return (self.line, self.column if self.indent is None else self.column + self.indent + offset)

    @property
    def is_nothing(self) -> bool:
        """True for a key that nothing follows."""
        return self.plain and not self.text

    @property
    def is_null(self) -> bool:
        """True for nothing, and for the words of YAML that mean it."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping
