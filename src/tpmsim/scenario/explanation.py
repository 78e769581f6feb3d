"""The page of a diagnostic's code. The pages themselves are in tables, one a layer."""

from dataclasses import dataclass
from typing import Final

ERROR: Final = "error"
WARNING: Final = "warning"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The page of a code.

    Attributes:
        code: `TPM` and three digits.
        title: a few words.
        cause: why it is given, and what to do; one or two sentences.
        bad: an example that gives the code: keys that replace those of the first file of the docs; empty where no
            short text can show it.
        good: the example mended.
        severity: `error` refuses the input, `warning` does not.
    """

    code: str
    title: str
    cause: str
    bad: str = ""
    good: str = ""
    severity: str = ERROR
