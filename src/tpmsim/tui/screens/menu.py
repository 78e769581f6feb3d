"""A dialog to choose from a menu: an answer to a card, a decision at a gate, what to do about a feature."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tpmsim.game.menus import Above, Menu
from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import GOOD, QUIET, STRONG, WARN, line
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.hanging import Hanging, Hung
from tpmsim.tui.window import TALL

LEAVE = "leave"

LOOK = "decides nothing yet; go up to a line to read what it may bring"
"""Of the last line, on which the dialog begins: where there is little room, a detail is shown for the present line."""


class MenuScreen(Dialog[str | None]):
    """Gives back the id of the chosen move, or None. It begins on the last line: enter twice decides nothing.

    Args:
        menu: whose entries are moves.
        leave: what the last line says, which chooses nothing.
    """

    CSS_PATH = "../styles/menu.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left", "leave", "back"),
        *(Binding(str(number), f"pick({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, menu: Menu, leave: str = "Later") -> None:
        super().__init__()
        self._menu = menu
        self._leave = leave

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            with VerticalScroll(id="before", can_focus=False):
                yield Static(Hung(*map(_above, self._menu.before)), markup=False)
            yield Choices(id="answers")
            yield Static("", id="detail", markup=False)

    def on_mount(self) -> None:
        box = self.query_one("#box")
        box.border_title = line(self._menu.title)
        box.border_subtitle = "1-9 or enter chooses, esc or q goes back"
        answers = self.query_one(Choices)
        roomy = self.app.size.height >= TALL
        self.query_one("#detail").display = not roomy
        answers.show(
            (*self._told(), Line(LEAVE, self._leave, detail="" if roomy else LOOK, sign="<", kind=QUIET)),
            at=LEAVE,
            detailed=roomy,
        )
        answers.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(None if event.line.id == LEAVE else event.line.id)

    def on_choices_present(self, event: Choices.Present) -> None:
        self.query_one("#detail", Static).update(line(event.line.detail, QUIET))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_pick(self, number: int) -> None:
        for one in self._menu.entries:
            if one.number == number:
                self.dismiss(one.move)

    def _told(self) -> tuple[Line, ...]:
        """Every move at its own number, so that a digit means the same whether or not another move can be made."""
        told = {one.number: Line("", one.text, reason=one.reason) for one in self._menu.refused}
        for one in self._menu.entries:
            told[one.number] = Line(one.move, one.text, one.price, one.detail, sign=str(one.number))
        return tuple(told[number] for number in sorted(told))


def _above(one: Above) -> Hanging:
    """A line above the entries; what is there and what is missing told apart by more than words."""
    if one.met is None:
        return Hanging(line(""), line(one.told, "" if one.below else STRONG))
    kind = GOOD if one.met else WARN
    return Hanging(line(f"  {'+' if one.met else 'x'} ", kind), line(one.told, kind))
