"""What some panes have in common: a table, what there is to say of its present row, and what can be done about it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from tpmsim.game.desk import Desk
from tpmsim.game.menus import Menu
from tpmsim.tui.messages import Make
from tpmsim.tui.panes.pane import Pane
from tpmsim.tui.shown import QUIET, line
from tpmsim.tui.widgets.choices import Choices, Line
from tpmsim.tui.widgets.reading import Reading
from tpmsim.tui.widgets.rows import Column, Row, Rows
from tpmsim.tui.window import TALL, WIDE

Grid = tuple[tuple[Column, ...], tuple[Row, ...]]


class Listed(Pane):
    """A table on top; enter goes to what can be done about a row, left comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("h,left,q,escape,backspace", "to_rows", show=False)]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._desk: Desk | None = None

    def compose(self) -> ComposeResult:
        yield Static("", classes="headline", markup=False)
        yield Rows()
        with Container(classes="below"):
            with Reading(classes="told"):
                yield Static("", markup=False)
            yield Choices()
        yield Static("", classes="hint", markup=False)

    def headline(self, desk: Desk) -> Content:
        """What stands above the table; nothing takes no room."""
        return Content("")

    def grid(self, desk: Desk, wide: bool) -> Grid:
        """Columns and rows."""
        raise NotImplementedError

    def told(self, desk: Desk, row: str) -> Content:
        """What there is to say of a row."""
        raise NotImplementedError

    def doable(self, desk: Desk, row: str) -> tuple[str, tuple[Line, ...]]:
        """What can be done about a row, below a title."""
        raise NotImplementedError

    @property
    def wide(self) -> bool:
        """Whether there is room beside the table."""
        return self.app.size.width >= WIDE

    @property
    def tall(self) -> bool:
        """Whether there is room below the table."""
        return self.app.size.height >= TALL

    def show(self, desk: Desk) -> None:
        self._desk = desk
        above, headline = self.headline(desk), self.query_one(".headline", Static)
        headline.update(above)
        headline.display = bool(above.plain)
        self.query_one(Rows).show(*self.grid(desk, self.wide))
        self._tell(desk)

    def on_rows_present(self, event: Rows.Present) -> None:
        event.stop()
        if self._desk is not None:
            self._tell(self._desk)
            self.query_one(".told", Reading).scroll_home(animate=False)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.query_one(Choices).focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        self.chosen(event.line.id)

    def on_choices_present(self, event: Choices.Present) -> None:
        event.stop()
        self._hint()

    def chosen(self, name: str) -> None:
        """Do what was chosen; a move, unless a pane says otherwise."""
        self.post_message(Make(name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Coming back is for those who have left the table; from there the key belongs to the screen."""
        return action != "to_rows" or not self.query_one(Rows).has_focus

    def action_to_rows(self) -> None:
        self.query_one(Rows).focus()

    def _tell(self, desk: Desk) -> None:
        row = self.query_one(Rows).present
        if not row:
            return
        self.query_one(".told Static", Static).update(self.told(desk, row))
        title, given = self.doable(desk, row)
        choices = self.query_one(Choices)
        choices.border_title = Content(title)
        choices.show(given, detailed=self._roomy)
        self._hint()

    @property
    def _roomy(self) -> bool:
        """Whether the details of all lines fit below them."""
        return self.wide and self.tall

    def _hint(self) -> None:
        """What the present choice may do, below the list, where the list itself has no room for it."""
        present, hint = self.query_one(Choices).present, self.query_one(".hint", Static)
        detail = present.detail if present is not None and not self._roomy else ""
        hint.update(line(detail, QUIET))
        hint.display = bool(detail) and self.query_one(".below").display


def moves_of(menu: Menu | None) -> tuple[Line, ...]:
    """The moves of a menu as lines, those that are refused with the reason."""
    if menu is None:
        return ()
    made = (Line(one.move, one.text, one.price, one.detail) for one in menu.entries)
    return (*made, *(Line("", one.text, reason=one.reason) for one in menu.refused))
