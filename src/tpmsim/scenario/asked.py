"""What an answer asks for, in words, for those who cannot give it. Only what a player can see is named."""

from collections.abc import Iterable, Mapping

from tpmsim.core.conditions import And, Compare, Const, Expr, Not, Or, Truthy, Value, refs
from tpmsim.scenario.schema import Scenario

UNSAID = "what it needs is not there"
"""Of a condition for which there are no words."""

PAST = "it builds on something that went otherwise"
"""Of a condition on what went before, which its author tells or keeps."""

BEFORE = ("memory", "answered", "came", "since")
"""First parts of the names of what went before."""

FACTS: Mapping[str, tuple[str, str]] = {
    "committed": ("{} in the plan", "{} out of the plan"),
    "complete": ("{} reported complete", "{} not complete yet"),
    "shipped": ("{} with customers", "{} not with customers yet"),
    "due": ("an open promise of {}", "no open promise of {}"),
}
"""What holds of a feature or does not, by the first part of its name."""

AMOUNTS: Mapping[str, str] = {
    "cash": "in the bank",
    "revenue": "of revenue a week",
    "customers": "customers",
    "sentiment": "in what customers say",
    "health": "of team health",
    "stars": "stars for the code",
    "people": "people in the team",
    "planned": "features in the plan",
    "completed": "features of the plan complete",
    "released": "features with customers",
    "weeks.left": "weeks left",
    "plan.weeks": "weeks of work left in the plan",
}
"""Numbers of which there can be enough or too much, behind the amount."""

COUNTED = ("customers", "planned", "completed", "released", "weeks.left")
"""Of these there can be none."""

BOUNDS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "==": "exactly"}

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""Each comparison with its sides exchanged."""

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def asked(scenario: Scenario, condition: Expr) -> str:
    """Why an answer cannot be given while its condition does not hold."""
    words = _words(scenario, condition)
    if words:
        return f"only with {words}"
    return PAST if any(value.name.partition(".")[0] in BEFORE for value in refs(condition)) else UNSAID


def _words(scenario: Scenario, condition: Expr, holds: bool = True) -> str:
    """The condition, or its opposite; empty where some part of it has no words."""
    match condition:
        case And(parts) | Or(parts):
            every = isinstance(condition, And) is holds
            if every and any(map(_several, parts)):
                return ""  # without brackets it would read as something else
            return _joined((_words(scenario, part, holds) for part in parts), " and " if every else ", or ")
        case Not(part):
            return _words(scenario, part, not holds)
        case Truthy(Value() as value):
            return _compared(scenario, value.name, "!=" if holds else "==", 0.0)
        case Compare(op, Value() as value, Const(amount, "")):
            return _compared(scenario, value.name, op if holds else OPPOSITE[op], amount)
        case Compare(op, Const(amount, ""), Value() as value):
            return _compared(scenario, value.name, TURNED[op if holds else OPPOSITE[op]], amount)
    return ""


def _several(part: Expr) -> bool:
    """Whether a part of a condition joins parts of its own."""
    return _several(part.part) if isinstance(part, Not) else isinstance(part, And | Or)


def _joined(parts: Iterable[str], between: str) -> str:
    told = tuple(parts)
    return between.join(told) if all(told) else ""


def _compared(scenario: Scenario, name: str, op: str, amount: float) -> str:
    kind, _, feature = name.partition(".")
    if kind in FACTS and feature in scenario.features:
        title = " ".join(scenario.features[feature].title.plain().split())
        for words, fitting in zip(FACTS[kind], (_true_of(op, amount), _false_of(op, amount)), strict=True):
            if fitting:
                return words.replace("{}", title)
    if name in AMOUNTS and op in BOUNDS:
        written = f"{100.0 * amount:+,g}" if name == "sentiment" and amount else f"{amount:,g}"
        if op == "==" and not amount:
            return f"no {AMOUNTS[name]}" if name in COUNTED else ""
        return f"{BOUNDS[op]} {written} {AMOUNTS[name]}"
    return ""


def _true_of(op: str, amount: float) -> bool:
    """Whether a comparison asks that a fact holds."""
    return (op, amount) in ((">", 0.0), ("!=", 0.0), ("==", 1.0), (">=", 1.0))


def _false_of(op: str, amount: float) -> bool:
    """Whether a comparison asks that a fact does not hold."""
    return (op, amount) in (("<=", 0.0), ("==", 0.0), ("!=", 1.0), ("<", 1.0))
