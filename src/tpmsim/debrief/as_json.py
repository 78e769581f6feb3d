"""The debrief for other programs: numbers and ids as they are, and the words of the sheet beside them."""

from dataclasses import asdict
from typing import Any

from tpmsim.debrief.analysis import Analysis, Decision
from tpmsim.debrief.evidence import Evidence
from tpmsim.debrief.sheet import Sheet


def as_json(sheet: Sheet) -> dict[str, Any]:
    """One object; `score == start + decisions + luck + residual`, exactly as floats sum from the left."""
    one = sheet.analysis
    return {
        "run": one.run,
        "scenario": one.scenario,
        "seed": one.seed,
        "score": one.score,
        "start": one.start,
        "decisions": one.gained,
        "luck": one.luck,
        "residual": one.residual,
        "luck_adjusted": {"value": one.adjusted, "low": one.low, "high": one.high},
        "par": one.par,
        "lost_per_decision": one.lost,
        "quadrant": one.quadrant,
        "clear": one.clear,
        "evaluator": asdict(one.evaluator),
        "moves": [_move(decision) for decision in one.decisions],
        "weeks": _weeks(one),
        "learned": [asdict(question) for question in one.learned],
        "calibration": asdict(one.calibration),
        "competencies": [_shown(competency) for competency in sheet.competencies],
        "words": _words(sheet),
    }


def _move(one: Decision) -> dict[str, Any]:
    return {
        "number": one.number,
        "week": one.week,
        "stage": one.stage,
        "kind": one.kind,
        "about": one.about,
        "move": one.move,
        "made": list(one.made),
        "best": one.best,
        "loss": one.loss,
        "se": one.error,
        "low": one.low,
        "gain": one.gain,
        "spread": one.spread,
        "mark": one.mark,
        "forced": one.forced,
        "close": one.close,
        "disputed": one.disputed,
        "options": [
            {"move": option.move, "value": option.value, "se": option.error, "n": option.n} for option in one.options
        ],
    }


def _weeks(one: Analysis) -> list[dict[str, Any]]:
    return [
        {
            "week": week.week,
            "before": week.before,
            "se": week.error,
            "decided": week.decided,
            "after": week.after,
            "luck": week.luck,
            "chances": [asdict(chance) for chance in week.chances],
            "unseen": [asdict(fact) for fact in week.unseen],
        }
        for week in one.weeks
    ]


def _shown(one: Evidence) -> dict[str, Any]:
    return {
        "competency": one.competency,
        "decisions": [asdict(seen) for seen in one.observed],
        "untold": list(one.untold),
        "right": one.right,
        "known": one.known,
        "enough": one.enough,
        "mastered": one.mastered,
    }


def _words(sheet: Sheet) -> dict[str, Any]:
    """The sheet without the numbers that stand above."""
    words = asdict(sheet)
    del words["analysis"], words["competencies"]
    return words
