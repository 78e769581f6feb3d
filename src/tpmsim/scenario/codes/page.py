"""What a code of a diagnostic is: a member of its layer's table, with a page that says everything about it.

The tables are the enums beside this module, one a layer. They make the messages, `tpmsim explain`, the reference page
and the tests: the bad example of a code gives that code, the good one nothing. A code keeps its meaning for ever; one
that is no longer given stays as retired. Not here: finding anything, and printing.
"""

import string
from dataclasses import dataclass
from enum import Enum
from typing import Final

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a code.

    Attributes:
        id: `TPM` and three digits.
        title: a few words.
        message: the one sentence that is printed, with `{fields}` for what was found.
        cause: why it is given, and what to do; one or two sentences.
        bad: an example that gives the code; empty where no short text can show it.
        good: the example mended.
        help: the next step where it is always the same one.
        severity: `error` refuses the input, a `warning` is surely not meant, a `note` is advice.
        safe: whether putting the suggestion in place can never change what is meant, so that `check --fix` may do it.
    """

    id: str
    title: str
    message: str
    cause: str
    bad: str = ""
    good: str = ""
    help: str = ""
    severity: str = ERROR
    safe: bool = False


class Code(Enum):
    """A code; the tables of the layers are its subclasses."""

    @property
    def page(self) -> Page:
        """Everything about the code."""
        page: Page = self.value
        return page

    @property
    def id(self) -> str:
        """`TPM` and three digits."""
        return self.page.id

    @property
    def fields(self) -> frozenset[str]:
        """The names that its message asks for."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.page.message) if name)
