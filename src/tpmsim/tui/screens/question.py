"""A question with a yes and a no."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tpmsim.tui.screens.dialog import Dialog
from tpmsim.tui.shown import line
from tpmsim.tui.widgets.choices import Choices, Line

YES, NO = "yes", "no"


class QuestionScreen(Dialog[bool]):
    """Gives back whether the answer was yes.

    Args:
        asks: the question.
        yes, no: the two answers in words.
    """

    CSS_PATH = "../styles/menu.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,1", "answer(True)", "yes"),
        Binding("n,2,escape,q", "answer(False)", "no"),
    ]

    def __init__(self, asks: str, yes: str, no: str = "No") -> None:
        super().__init__()
        self._asks, self._yes, self._no = asks, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(line(self._asks), id="asks", markup=False)
            yield Choices(id="answers")

    def on_mount(self) -> None:
        self.query_one("#box").border_subtitle = "y or n"
        answers = self.query_one(Choices)
        answers.show((Line(YES, self._yes, sign="y"), Line(NO, self._no, sign="n")))
        answers.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.line.id == YES)

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
