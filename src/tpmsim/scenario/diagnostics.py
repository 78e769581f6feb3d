"""Diagnostics: what is wrong, where, and what to do about it; and suggestions for what was probably meant.

The codes and their pages are in `codes`; how findings are printed is in `rendering`, their one-line form in
`tpmsim.errors`. Not here: finding anything. Whatever a stranger wrote is quoted by whoever makes the diagnostic.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tpmsim.errors import one_line
from tpmsim.scenario.codes import REGISTRY, Code, Page

ALLOWED_SHOWN: Final = 8
NAME_CHARS: Final = 64

ALIKE: Final = 60.0
"""Likeness in percent from which one name is taken for another in a question (assumption)."""

SLIP_CHARS: Final = 4
"""Letters a name must have for a slip of one to be beyond doubt; `on` and `no` are two words (assumption)."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: `TPM` and three digits; its page is `explain(code)`.
        severity: `error`, `warning` or `note`; only an error keeps a scenario from being played.
        headline: one sentence without a full stop, strangers' text quoted.
        file: the file as it may be shown; empty if there is none.
        line: from 1, or None when the whole file is meant.
        column: from 1, in characters.
        help: the next step, a sentence; may be empty.
        suggestion: the text that probably was meant, to put in place of what stands there; may be empty.
        asks: whether the suggestion is a guess that the message asks about.
        safe: whether the suggestion may be put in place without asking anybody.
    """

    code: str
    severity: str
    headline: str
    file: str = ""
    line: int | None = None
    column: int | None = None
    help: str = ""
    suggestion: str = ""
    asks: bool = False
    safe: bool = False

    @property
    def message(self) -> str:
        """The headline, and the question whether the suggestion was meant."""
        return self.headline + (did_you_mean(self.suggestion) if self.asks else "")

    @property
    def is_error(self) -> bool:
        """True when this refuses the input."""
        return self.severity == "error"

    def short(self) -> str:
        """The one-line form."""
        return one_line(self)


def finding(
    code: Code,
    file: str = "",
    line: int | None = None,
    column: int | None = None,
    *,
    help: str = "",
    suggestion: str = "",
    meant: str | None = "",
    safe: bool = True,
    **fields: Any,
) -> Diagnostic:
    """A diagnostic with the message, the severity and the next step that the page of its code gives.

    Args:
        code: what was found.
        file: the file as it may be shown.
        line: from 1.
        column: from 1.
        help: the next step, in place of the page's.
        suggestion: what to put in place of what stands there.
        meant: the same, where it is a guess that the message is to ask about.
        safe: False where the suggestion may not be put in place unasked, though the page of the code says so.
        **fields: what the message asks for; strangers' text quoted.
    """
    page = code.page
    headline = page.message.format_map(fields)
    step, instead = help or page.help.format_map(fields), meant or suggestion
    mends = page.safe and safe and bool(instead)
    return Diagnostic(code.id, page.severity, headline, file, line, column, step, instead, bool(meant), mends)


def explain(code: str) -> Page | None:
    """The page of a code; None for a code that does not exist."""
    found = REGISTRY.get(code.upper())
    return found.page if found is not None else None


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings sorted by file and place, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=_place))


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that was probably meant, or None."""
    close = process.extractOne(_plain(name), sorted(allowed), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return None if close is None else str(close[0])


def is_slip(name: str, meant: str | None) -> bool:
    """Whether a name is another but for one letter too many, too few, wrong, or in the wrong place."""
    if meant is None or len(meant) < SLIP_CHARS:
        return False
    return bool(OSA.distance(_plain(name), meant, score_cutoff=1) <= 1)


def _plain(name: str) -> str:
    return name[:NAME_CHARS].strip().lower()


def did_you_mean(name: str | None) -> str:
    """The end of a message about an unknown name: a question, or nothing."""
    return f"; did you mean '{name}'?" if name else ""


def allowed_words(allowed: Iterable[str], what: str = "Allowed here") -> str:
    """A sentence with what is allowed; of a long list the beginning."""
    words: Sequence[str] = sorted(allowed)
    if not words:
        return ""
    more = f", and {len(words) - ALLOWED_SHOWN} more" if len(words) > ALLOWED_SHOWN else ""
    return f"{what}: {', '.join(words[:ALLOWED_SHOWN])}{more}."


def _place(found: Diagnostic) -> tuple[str, int, int, str, str]:
    return (found.file, found.line or 0, found.column or 0, found.code, found.message)
