"""What came of trying out scenarios as plain data, ready for JSON: equal arguments give equal bytes.

One scenario is one object:

    scenario, title    id and title
    paths              ids of the scripted paths that were played
    seed, runs         of the runs that looked around
    complete           whether every card, answer and ending was reached or is proved unreachable
    problems           each with code, message, file, line, column, help, path, runs, seed, week, moves (a list of ids
                       a week), ended (whether the last week could end), run (its file)
    missing            by table what was not reached; `proved` gives the reasons for what never can be, by table/id
    hits               by table and id `count` and `first_seed` (null where nothing came): `cards`, `answers` (named
                       card/answer), `endings`, `kinds` of moves, `moves`, `stages` (named `research>roadmap by go`)

Several scenarios are one object with the list of theirs under `scenarios`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tpmsim.core.rolls import seed_text
from tpmsim.lab.trial.coverage import ASKED, GROUPS
from tpmsim.lab.trial.trial import Problem, Trial


def as_json(trials: Sequence[tuple[Trial, Mapping[int, str]]]) -> dict[str, Any]:
    """All that was found.

    Args:
        trials: each with the run files of its problems, by their places.
    """
    pages = [_page(trial, files) for trial, files in trials]
    return pages[0] if len(pages) == 1 else {"scenarios": pages}


def moves_of(trial: Trial, problem: Problem) -> list[list[str]]:
    """The moves of a problem's run by their ids, week by week."""
    return [[trial.loaded.rules.moves[row].id for row in week] for week in problem.script]


def _page(trial: Trial, files: Mapping[int, str]) -> dict[str, Any]:
    return {
        "scenario": trial.loaded.scenario.id,
        "title": trial.loaded.scenario.title.plain(),
        "paths": list(trial.paths),
        "seed": seed_text(trial.batch),
        "runs": trial.runs,
        "complete": trial.complete,
        "problems": [_problem(trial, one, files.get(number)) for number, one in enumerate(trial.problems)],
        "missing": {group: list(trial.missing(group)) for group in (*ASKED, "stages", "moves")},
        "proved": dict(trial.proved),
        "hits": {
            group: {
                name: {"count": hit.count, "first_seed": None if hit.first_seed is None else seed_text(hit.first_seed)}
                for name, hit in trial.coverage.hits[group].items()
            }
            for group in GROUPS
        },
    }


def _problem(trial: Trial, problem: Problem, file: str | None) -> dict[str, Any]:
    found = problem.found
    return {
        "code": found.code,
        "message": found.message,
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "help": found.help,
        "path": problem.path,
        "runs": problem.runs,
        "seed": seed_text(problem.seed),
        "week": problem.week,
        "moves": moves_of(trial, problem),
        "ended": problem.ended,
        "run": file,
    }
