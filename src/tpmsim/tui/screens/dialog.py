"""What screens with a result are: they give back one thing, once."""

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Input


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


class WordsDialog(Dialog[str | None]):
    """A dialog into whose first input words are typed, some of them perhaps before it stands."""

    def __init__(self) -> None:
        super().__init__()
        self._stands, self._ahead = False, ""

    def on_mount(self) -> None:
        words = self.query_one(Input)
        words.focus()
        words.insert_text_at_cursor(self._ahead)
        self._stands = True

    def typed_ahead(self, letter: str) -> bool:
        """Take a letter that was under way before the words had the cursor; none that is for something else here."""
        if self.focused is not None and not isinstance(self.focused, Input):
            return False
        if self._stands:
            self.query_one(Input).insert_text_at_cursor(letter)
        else:
            self._ahead += letter
        return True
