"""What was found, in words: breaches and broken paths as diagnostics in their place, and numbers behind conditions."""

from typing import Any, Final

from tpmsim.core.conditions import Expr, refs, rows
from tpmsim.core.rolls import seed_text
from tpmsim.core.state import Known
from tpmsim.lab.trial.breaches import Breach, Checks
from tpmsim.scenario.codes import Runs
from tpmsim.scenario.diagnostics import Diagnostic, finding
from tpmsim.scenario.path_steps import Place
from tpmsim.text import quoted

CODES: Final = {
    "always": Runs.ALWAYS,
    "range": Runs.RANGE,
    "finite": Runs.FINITE,
    "score": Runs.SCORE,
    "blocked": Runs.BLOCKED,
    "crash": Runs.CRASH,
    "twin": Runs.TWIN,
}


def told(checks: Checks, when: Expr, known: Known) -> str:
    """The value of each name in a condition, in one run: `trust.sales is 0.64, stage is research`."""
    parts = []
    for value in dict.fromkeys(refs(when)):
        number = float(rows(known, value.ref)[0])
        words = checks.names[value.name].words or {}
        word = next((word for word, stored in words.items() if stored == number), None)
        parts.append(f"{value.name} is {word if word is not None else _written(number)}")
    return ", ".join(parts)


def _written(number: float) -> str:
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.0f}" if abs(number) >= 1e5 else f"{number:.4g}"
    return repr(number) if float(text) == round(number) else text


def breach_found(checks: Checks, breach: Breach, known: Known | None, seed: int, week: int, file: str) -> Diagnostic:
    """A breach as a diagnostic.

    Args:
        checks: that found it.
        breach: what did not hold.
        known: what was known then, in a batch of one run; None where there is none.
        seed: of the run.
        week: that ended, or could not.
        file: of the scenario, as it may be shown.
    """
    place, said = _said(checks, breach, known, Place(file, 0, 0))
    where = (place.file, place.line or None, place.column or None)
    return finding(CODES[breach.kind], *where, help=when_and_where(seed, week), **said)


def when_and_where(seed: int, week: int) -> str:
    """The run and the week, as a sentence."""
    return f"Seed {seed_text(seed)}, week {week}."


def _said(checks: Checks, breach: Breach, known: Known | None, file: Place) -> tuple[Place, dict[str, Any]]:
    """Where a breach is shown, and what its message asks for."""
    match breach.kind:
        case "always":
            law = next(one for one in checks.always if one.id == breach.about)
            numbers = f"; {told(checks, law.when, known)}" if known is not None else ""
            says = f" ({quoted(law.says)})" if law.says else ""
            return law.place, {"text": law.text, "numbers": numbers, "says": says}
        case "range":
            name = checks.names[breach.about]
            number = f" is {_written(float(rows(known, name.ref)[0]))}," if known is not None else ""
            bounds = {"low": _written(name.lowest), "high": _written(name.highest)}
            return file, {"name": breach.about, "number": number, **bounds}
    return file, {"name": breach.about}
