"""What screens with a result are: they give back one thing, once."""

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType


class Once(Screen[ScreenResultType]):
    """A screen with a result; a second answer that was already under way when the first closed it is forgotten.

    Without that, two quick clicks would close the screen and then the one below it.
    """

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close the screen and give back the result; nothing where it is closed already, or lies below another."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)


class Dialog(ModalScreen[ScreenResultType], Once[ScreenResultType]):
    """A screen over another one, which is answered before anything else is done.

    The modal screen comes first among its bases, as Textual takes styles by the first one.
    """
