"""What all dialogs are: they give back one thing, once."""

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """A dialog; a second answer that was already under way when the first closed it is forgotten.

    Without that, two quick clicks would close the dialog and then the screen below it.
    """

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the dialog and give back the result; nothing where it is closed already."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)
