"""A class as plain data for other programs: one JSON object, or one row a run.

Aliases and names of files are only in it where they were asked for; else a run goes by its pseudonym.
"""

from collections.abc import Iterator
from typing import Any

from tpmsim.debrief.cohort import Cohort, Row
from tpmsim.debrief.forks import Fork, answers_of
from tpmsim.debrief.spreadsheet import Cell

DIGITS = 4
"""Decimals of what is computed."""


def as_json(one: Cohort, named: bool) -> dict[str, Any]:
    """The class, ready for `json.dumps`.

    Args:
        one: the class.
        named: whether aliases and names of files are told.
    """
    return {
        "scenario": one.scenario,
        "digest": one.digest,
        "verified": one.proved,
        "runs": [_run(row, named) for row in one.rows],
        "failed": [_failed(row, named) for row in one.failed],
        "scores": _scores(one),
        "widest_forks": [_fork(fork) for fork in one.widest],
        "decisions": [_fork(fork) for fork in one.forks],
        "calibration": _calibration(one),
        "objectives": [{"id": met.id, "mean_part": _short(met.mean), "met_in_full": met.full} for met in one.met],
        "branches": one.branches,
    }


def table(one: Cohort, named: bool) -> Iterator[list[Cell]]:
    """One row a run under a row of heads; those that could not be taken stand last, with the reason."""
    objectives = [met.id for met in one.met]
    asked = [(fork.kind, fork.about) for fork in one.forks]
    who = ["alias", "file"] if named else []
    facts = ["seed", "score", "ending", "weeks", "moves", "branch_week", "matchpoints", "cross_imp", "brier", "covered"]
    goals = [f"objective {name}" for name in objectives]
    yield ["run", *who, "status", "reason", *facts, *goals, *(f"{kind} {about}".strip() for kind, about in asked)]
    for row in (*one.rows, *one.failed):
        paper, came = row.paper, row.paper.came
        named_cells: list[Cell] = [paper.alias, paper.file] if named else []
        if paper.fault or came is None:
            blank: list[Cell] = [None] * (len(facts) + len(goals) + len(asked))
            yield [row.name, *named_cells, paper.fault, paper.why, *blank]
            continue
        given = answers_of(paper)
        parts = [_short(part) for part in came.parts] or [None] * len(goals)
        yield [
            *(row.name, *named_cells, "ok" if came.score is not None else "goes on", ""),
            *(paper.seed, _short(paper.points), came.ending, came.weeks, paper.moves, paper.branch),
            *((_short(row.standing.matchpoints), _short(row.standing.imps)) if row.standing else (None, None)),
            *(_short(row.brier), _short(row.covered)),
            *(parts[: len(goals)] if goals else ()),
            *(given.get(question, "") for question in asked),
        ]


def _run(row: Row, named: bool) -> dict[str, Any]:
    paper, came = row.paper, row.paper.came
    assert came is not None
    return {
        "run": row.name,
        **_who(row, named),
        "id": paper.run,
        "seed": paper.seed,
        "score": _short(paper.points),
        "ending": came.ending or None,
        "weeks": came.weeks,
        "moves": paper.moves,
        "branch_week": paper.branch,
        "objectives": [_short(part) for part in came.parts],
        "others_in_same_world": row.standing.others if row.standing else 0,
        "matchpoints": _short(row.standing.matchpoints) if row.standing else None,
        "cross_imp": _short(row.standing.imps) if row.standing else None,
        "promises": [
            {
                "week": word.week,
                "feature": word.feature,
                "due": word.due,
                "confidence": word.confidence,
                "kept": word.kept,
            }
            for word in came.words
        ],
        "brier": _short(row.brier),
        "forecasts": [
            {
                "week": held.week,
                "number": held.number,
                "low": held.low,
                "point": held.point,
                "high": held.high,
                "came": held.came,
                "held": held.low <= held.came <= held.high,
                "score": _short(held.score),
            }
            for held in came.ranges
        ],
        "covered": _short(row.covered),
        "notes": [{"week": week, "text": text.plain()} for week, text in paper.notes],
    }


def _failed(row: Row, named: bool) -> dict[str, Any]:
    return {"run": row.name, **_who(row, named), "fault": row.paper.fault, "reason": row.paper.why}


def _who(row: Row, named: bool) -> dict[str, str]:
    return {"alias": row.paper.alias.plain(), "file": row.paper.file} if named else {}


def _scores(one: Cohort) -> dict[str, Any]:
    told = one.scores
    return {
        "ended": told.ended,
        "mean": _short(told.mean),
        "sd": _short(told.sd),
        "p10": _short(told.low),
        "p50": _short(told.middle),
        "p90": _short(told.high),
        "bands": list(told.bands),
        "endings": dict(told.endings),
    }


def _fork(one: Fork) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "about": one.about,
        "spread": _short(one.spread),
        "never_came_up": one.left,
        "answers": [
            {"move": way.move, "runs": way.runs, "scored": way.scored, "mean": _short(way.mean)} for way in one.answers
        ],
    }


def _calibration(one: Cohort) -> dict[str, Any]:
    held = one.held
    return {
        "promises": [{"confidence": stated, "given": given, "kept": kept} for stated, given, kept in held.words],
        "brier": _short(held.brier),
        "forecasts": [{"number": name, "made": made, "held": right} for name, made, right in held.numbers],
        "covered": _short(held.covered),
        "foresaw": [{"run": name, "held": right, "made": made} for name, right, made in held.foresaw],
    }


def _short(value: float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)
