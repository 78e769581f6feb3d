"""Why a condition never holds, in words: the part that cannot, or the two that exclude each other."""

import re

from tpmsim.core.conditions import Compare, Expr, Names, Truthy, Value, describe, refs
from tpmsim.scenario.satisfiable import Knowledge, clash

WORDS_TOLD = 6


def written(expr: Expr) -> str:
    """A condition as an author writes it: 3 and not 3.0, words without quotes."""
    return re.sub(r"(?<![\w.])(-?\d+)\.0(?![\w.])", r"\1", describe(expr)).replace('"', "")


def why_never(expr: Expr, known: Knowledge, names: Names) -> str:
    """The reason in one sentence, without a full stop."""
    parts = clash(expr, known)
    if len(parts) == 2:
        return f"'{written(parts[0])}' and '{written(parts[1])}' exclude each other"
    if not parts:
        return "its parts never hold all together"
    told = [f"{value.name} is {told_range(value, known, names)}" for value in dict.fromkeys(refs(parts[0]))]
    return f"'{written(parts[0])}' never holds there{': ' if told else ''}{', '.join(told[:2])}"


def told_range(value: Value, known: Knowledge, names: Names) -> str:
    """What a name can be, in words."""
    values, one = known.of(value.ref), names.get(value.name)
    if one is None or one.words is None:
        return values.describe()
    words = [word for word, number in one.words.items() if values.has(number)]
    more = f" or {len(words) - WORDS_TOLD} others" if len(words) > WORDS_TOLD else ""
    if len(words) == 1:
        return f"always {words[0]}"
    if more:
        return f"{', '.join(words[:WORDS_TOLD])}{more}"
    return f"{', '.join(words[:-1])} or {words[-1]}"


def plain_test(expr: Expr) -> bool:
    """Whether a condition is one test, such as `week >= 0`."""
    return isinstance(expr, Compare | Truthy)
