"""What a batch of runs comes to, as plain data: the same bytes for the same seeds, alone or among many.

Scores are whole SCORE_UNITs up to the last step, so that no sum depends on an order. No words for people here.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rolls import seed_text
from tpmsim.core.rules import Number, Rules
from tpmsim.lab.rollout import Results

DIGITS = 4
"""Decimals of a score."""


def as_json(rules: Rules, scenario_id: str, policy_id: str, results: Results, batch: int) -> dict[str, Any]:
    """Runs and their summary, ready for `json.dumps`.

    Args:
        rules: of the scenario.
        scenario_id: of the scenario.
        policy_id: of the policy.
        results: of all runs, in order.
        batch: the seed of the batch, from which those of its runs are mixed.
    """
    return {
        "scenario": scenario_id,
        "policy": policy_id,
        "runs": [
            {"seed": seed_text(seed), "score": points(score), "ending": results.endings[ending], "weeks": weeks}
            for seed, score, ending, weeks in zip(
                results.seeds,
                results.scores.tolist(),
                results.ending.tolist(),
                results.weeks.tolist(),
                strict=True,
            )
        ],
        "summary": {"batch": seed_text(batch), **summary(results), "numbers": numbers(rules, results)},
    }


def points(units: int | Fraction) -> float:
    """A score in points, rounded to `DIGITS` decimals."""
    return float(round(Fraction(units) / SCORE_UNIT, DIGITS))


def summary(results: Results) -> dict[str, Any]:
    """Runs, mean, standard deviation, quantiles and endings; numbers are null where there are no runs."""
    scores: list[int] = results.scores.tolist()
    rows: list[int] = results.ending.tolist()
    counts = {name: rows.count(row) for row, name in enumerate(results.endings)}
    return {
        "runs": len(scores),
        "mean": points(Fraction(sum(scores), len(scores))) if scores else None,
        "sd": _deviation(scores) if len(scores) > 1 else None,
        **{f"p{share}": _quantile(scores, share) if scores else None for share in (10, 50, 90)},
        "endings": {name: count for name, count in counts.items() if count},
    }


def numbers(rules: Rules, results: Results) -> dict[str, dict[str, float]]:
    """Each visible number at the end, in its own unit, and the share of runs in which it ever rose and ever fell."""
    runs, told = len(results), {}
    for row, number in enumerate(rules.numbers if runs else ()):
        ordered = sorted(results.numbers[row].tolist())
        told[number.id] = {
            "mean": _valued(number, Fraction(sum(ordered), runs)),
            **{f"p{share}": _valued(number, _between(ordered, share)) for share in (10, 50, 90)},
            "rose": round(int(results.rose[row].sum()) / runs, DIGITS),
            "fell": round(int(results.fell[row].sum()) / runs, DIGITS),
        }
    return told


def _valued(number: Number, quanta: Fraction) -> float:
    return round(float(quanta * Fraction(number.quantum).limit_denominator(10**6)), DIGITS)


def _deviation(scores: Sequence[int]) -> float:
    """Standard deviation of the sample, from exact sums."""
    n, total = len(scores), sum(scores)
    variance = Fraction(n * sum(score * score for score in scores) - total * total, n * (n - 1))
    return round(math.sqrt(variance) / SCORE_UNIT, DIGITS)


def _quantile(scores: Sequence[int], share: int) -> float:
    """The score below which `share` per cent lie."""
    return points(_between(sorted(scores), share))


def _between(ordered: Sequence[int], share: int) -> Fraction:
    """The value below which `share` per cent lie, on the line between neighbours."""
    place = Fraction(share * (len(ordered) - 1), 100)
    low = ordered[math.floor(place)]
    high = ordered[math.ceil(place)]
    return low + (place - math.floor(place)) * (high - low)
