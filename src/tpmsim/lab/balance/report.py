"""The balance of a scenario as plain data, ready for JSON: equal arguments give equal bytes.

scenario, title, seed, runs (of a policy; one that thinks long plays fewer, see `policies`)
policies           by name `mean`, `sd`, `p10`, `p50`, `p90` of the score, `runs`, `win_rate` (share of runs with a
                   good ending), `endings` (counts), `constant` (whether it decides one thing in advance)
best               the policy with the best mean score
beats_random       null, or `share` of the seeds in which it has a better score than random play, with `low` and
                   `high` of the 95 % interval
luck_share         share of luck in the variance of scores, or null
answers            each with `decision` (card/ID or gate/STAGE), `answer`, `states`, `best` and `level` (shares of
                   states in which it is the best, alone or with others), `margin` (points ahead where it is),
                   `mean`, `naive` (share in which naive play takes it, or null), `class` (of the answer: never
                   best, dominated, trap, or empty), `better` and `gap` (the clearly better option, and by how many
                   points), `decision_class` (false choice, coin-flip, real, unclear, too few
                       states)
numbers            each with `number`, `rose` and `fell` (shares of runs), `apart` (standard deviations)
contract           each with `clause`, `bounds`, `found`, `kept` (null where not measured, or on too few runs),
                   `declared`, `runs` (of the policy that played fewest of those compared; null where not measured)
findings           as `tpmsim check --format json` gives them
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tpmsim.core.rolls import seed_text
from tpmsim.lab.balance.balance import Balance
from tpmsim.lab.report import DIGITS, summary
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.positions import dotted
from tpmsim.scenario.rendering import as_json as finding_as_json


def as_json(balance: Balance, findings: Sequence[Diagnostic], files: Mapping[str, bytes]) -> dict[str, Any]:
    """All that was measured and found.

    Args:
        balance: what was measured.
        findings: what was found, with its place.
        files: bytes of the files that findings name.
    """
    beaten, luck = balance.ladder.beats_random, balance.ladder.luck_share
    return {
        "scenario": balance.loaded.scenario.id,
        "title": balance.loaded.scenario.title.plain(),
        "seed": seed_text(balance.batch),
        "runs": balance.runs,
        "policies": _policies(balance),
        "best": balance.ladder.best,
        "beats_random": None if beaten is None else {name: _round(one) for name, one in beaten._asdict().items()},
        "luck_share": None if luck is None else _round(luck),
        "answers": _answers(balance),
        "numbers": [
            {"number": one.id, "rose": _round(one.rose), "fell": _round(one.fell), "apart": _finite(one.apart)}
            for one in balance.movements
        ],
        "contract": [
            {
                "clause": dotted(one.path[1:]),
                "bounds": one.bounds,
                "found": None if one.found is None else _round(one.found),
                "kept": one.kept,
                "declared": one.own,
                "runs": one.runs,
            }
            for one in balance.contract
        ],
        "findings": [finding_as_json(one, files) for one in findings],
    }


def _policies(balance: Balance) -> dict[str, Any]:
    ladder = balance.ladder
    told = {}
    for name, results in {**ladder.results, **ladder.constant}.items():
        page = summary(results)
        told[name] = {
            **{key: page[key] for key in ("mean", "sd", "p10", "p50", "p90", "runs")},
            "win_rate": _round(ladder.wins(results)),
            "endings": page["endings"],
            "constant": name in ladder.constant,
        }
    return told


def _answers(balance: Balance) -> list[dict[str, Any]]:
    return [
        {
            "decision": f"{verdict.kind}/{verdict.id}",
            "answer": one.id,
            "states": one.states,
            "best": _round(one.best),
            "level": _round(one.level),
            "margin": _round(one.margin),
            "mean": _round(one.mean),
            "naive": None if one.naive is None else _round(one.naive),
            "class": one.kind,
            "better": one.better,
            "gap": _round(one.gap),
            "decision_class": verdict.what,
        }
        for verdict in balance.verdicts
        for one in verdict.options
    ]


def _round(value: float) -> float:
    return round(value, DIGITS)


def _finite(value: float) -> float | None:
    """Standard deviations; null where no run of a policy differs from another."""
    return round(value, DIGITS) if value != float("inf") else None
