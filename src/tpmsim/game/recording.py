"""What a run leaves in its journal at the end of a week: fingerprints of the state, and what could be seen.

The fingerprints prove a replay; the short observation lets a run be viewed even by a program that can no longer
re-simulate it. Only whole numbers and plain words go in.
"""

from collections.abc import Mapping
from typing import Any

from tpmsim.core.fingerprint import fingerprint
from tpmsim.core.observe import Observation
from tpmsim.game.position import Position
from tpmsim.game.records import End, Week


def week_record(ended: int, after: Position) -> Week:
    """The record of an ended week, from the position that it led to."""
    prints = {
        f"{group}.{name}": value for group, fields in fingerprint(after.state).items() for name, value in fields.items()
    }
    return Week(ended, prints, short(after.observation))


def end_record(after: Position) -> End:
    """The last record of a run that is over."""
    outcome = after.result()
    return End(outcome.score, outcome.ending, outcome.weeks)


def short(seen: Observation) -> Mapping[str, Any]:
    """An observation as whole numbers and ids; shares in basis points."""
    return {
        "week": seen.week,
        "stage": seen.stage,
        "ended": seen.ended,
        "gate": seen.gate_answer,
        "numbers": dict(seen.numbers),
        "found": list(seen.found),
        "target": seen.target,
        "problem": seen.problem,
        "profile": seen.profile,
        "wave": seen.wave,
        "cards": list(seen.cards),
        "features": {
            one.id: [int(one.committed), int(one.complete), int(one.shipped), _basis(one.reported), one.due]
            for one in seen.features
        },
        "people": {
            one.id: [
                _basis(one.trust),
                _basis(one.satisfaction),
                one.intent,
                one.acted,
                one.vote,
                int(one.gone),
            ]
            for one in seen.people
        },
        "beliefs": {f"{one.segment}/{one.need}": [_basis(one.mean), _basis(one.width)] for one in seen.beliefs},
    }


def _basis(share: float) -> int:
    return round(share * 10_000)
