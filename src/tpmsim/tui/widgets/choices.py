"""A list to choose from, with vim's keys beside the arrows, and lines that cannot be chosen but say why."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tpmsim.tui.shown import QUIET, STRONG, joined, line
from tpmsim.tui.widgets.hanging import Hanging


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list.

    Attributes:
        id: given back when it is chosen; empty for a line that cannot be.
        text: of the line.
        price: what it takes, behind the text.
        detail: what it may do; shown elsewhere while the line is the present one.
        reason: why it cannot be chosen.
        sign: one character in front.
        kind: a meaning of `tpmsim.tui.shown`.
        lead: what stands before the text, below which nothing hangs.
    """

    id: str
    text: str
    price: str = ""
    detail: str = ""
    reason: str = ""
    sign: str = " "
    kind: str = ""
    lead: str = ""

    def drawn(self, detailed: bool = False) -> Hanging:
        """As it is painted; with its detail below it where there is room."""
        if self.reason:
            return Hanging(line("- ", QUIET), line(f"{self.text}: {self.reason}", QUIET))
        price = line(f"  {self.price}", QUIET) if self.price else ""
        detail = [line(self.detail, QUIET)] if detailed and self.detail else []
        sign = joined(line(f"{self.sign} ", STRONG), line(self.lead))
        return Hanging(sign, joined(line(self.text, self.kind), price), *detail)


class Choices(OptionList):
    """Lines to choose from; posts `Chosen` and, when the present line changes, `Present`.

    Attributes:
        given: the lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("l,right,space", "select", show=False),
        Binding("G", "last", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        choices: "Choices"
        line: Line

    @dataclass
    class Present(Message):
        """Another line is the present one."""

        choices: "Choices"
        line: Line

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.given: tuple[Line, ...] = ()
        self._detailed = False

    @property
    def present(self) -> Line | None:
        """The present line."""
        at = self.highlighted
        return self.given[at] if at is not None and at < len(self.given) else None

    def show(self, given: tuple[Line, ...], at: str = "", detailed: bool = False) -> None:
        """Show other lines.

        Args:
            given: the lines; the present one stays if its id is still there, else the nearest that can be chosen.
            at: id of the line that shall be the present one.
            detailed: whether each line has its detail below it.
        """
        if (given, detailed) == (self.given, self._detailed) and not at:
            return
        kept = at or (self.present.id if self.present else "")
        row = self.highlighted or 0
        self.given, self._detailed = given, detailed
        self.clear_options()
        self.add_options(Option(one.drawn(detailed), disabled=not one.id) for one in given)
        free = [place for place, one in enumerate(given) if one.id]
        same = [place for place in free if given[place].id == kept]
        near = min(free, key=lambda place: abs(place - row), default=None)
        self.highlighted = same[0] if same and kept else near

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self.given):
            self.post_message(self.Chosen(self, self.given[event.option_index]))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index < len(self.given):
            self.post_message(self.Present(self, self.given[event.option_index]))
