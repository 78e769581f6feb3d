"""A text whose lines hang below its first word, however wide the place is in which it is painted.

Figures stay with their units.

Our own because Textual wraps back to the first column; in a list one then cannot see where an entry begins.
"""

from collections.abc import Iterator
from functools import lru_cache

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from tpmsim.game.wording.prose import HELD, unbroken


class Hanging(Visual):
    """Paragraphs of which the first begins with a sign; all else stands to the right of it.

    Args:
        sign: what stands in front, with the space after it.
        paragraphs: what is said.
    """

    def __init__(self, sign: Content, *paragraphs: Content) -> None:
        self._sign = sign
        self._paragraphs = paragraphs
        self._laid_out = lru_cache(maxsize=4)(self._lay_out)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Paint it at a width."""
        return self._laid_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing is wrapped."""
        return self._sign.cell_length + max(one.get_optimal_width(rules, container_width) for one in self._paragraphs)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Rows at a width."""
        return self._laid_out(width).get_height(rules, width)

    def laid_out(self, width: int) -> Content:
        """Its rows at a width, below each other."""
        return self._laid_out(width)

    def _lay_out(self, width: int) -> Content:
        columns = self._sign.cell_length
        rows = [row for one in self._paragraphs for row in _wrapped(one, max(width - columns, 1))] or [Content("")]
        indent = Content(" " * columns)
        return Content("\n").join((self._sign if place == 0 else indent) + row for place, row in enumerate(rows))


def _wrapped(text: Content, width: int) -> Iterator[Content]:
    """Its rows; a row does not end between a figure and its unit."""
    for row in Content(unbroken(text.plain), list(text.spans)).wrap(width):
        yield Content(row.plain.replace(HELD, " "), list(row.spans))


class Hung(Visual):
    """Several of them below each other.

    Args:
        parts: from above.
    """

    def __init__(self, *parts: Hanging) -> None:
        self._parts = parts

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Paint them at a width."""
        return self._lay_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The width at which nothing is wrapped."""
        return max((one.get_optimal_width(rules, container_width) for one in self._parts), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Rows at a width."""
        return self._lay_out(width).get_height(rules, width)

    def _lay_out(self, width: int) -> Content:
        return Content("\n").join(one.laid_out(width) for one in self._parts)
