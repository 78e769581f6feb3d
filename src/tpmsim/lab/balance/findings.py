"""What was measured as findings: each at the part of the scenario that it is about."""

from collections.abc import Iterator, Sequence
from typing import Any

from tpmsim.lab.balance.audit import COIN_FLIP, DOMINATED, FALSE_CHOICE, NEVER_BEST, TRAP, Option, Verdict
from tpmsim.lab.balance.contract import ONE_TRICK, Clause
from tpmsim.lab.balance.decisions import CARD
from tpmsim.lab.balance.ladder import FEWEST_RUNS, Ladder, scores
from tpmsim.lab.balance.numbers import Movement
from tpmsim.lab.balance.statistics import Z_95, mean
from tpmsim.lab.policies import REFERENCE
from tpmsim.scenario.codes import Balance as Codes
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.schema import Scenario

WHOLE = ("id",)
"""Where a finding about the whole scenario is shown."""

APART = 0.5
"""definition: standard deviations by which a visible number is to tell two policies apart."""


def found(
    scenario: Scenario,
    ladder: Ladder,
    verdicts: Sequence[Verdict],
    movements: Sequence[Movement],
    clauses: Sequence[Clause],
) -> tuple[Fault, ...]:
    """Everything that is not as it should be."""
    several, enough = len(ladder.results) > 1, ladder.most_runs >= FEWEST_RUNS
    return (
        *(fault for clause in clauses for fault in _broken(clause, ladder)),
        *_better_than_reference(ladder),
        *(fault for verdict in verdicts for fault in _decision(scenario, verdict)),
        *(fault for movement in movements if enough for fault in _number(scenario, movement, several)),
    )


def _broken(clause: Clause, ladder: Ladder) -> Iterator[Fault]:
    """A clause about scores and shares that is not kept; what it asks of answers is told answer by answer."""
    if clause.kept is not False or clause.found is None or clause.path[1] == "every_answer_best_somewhere":
        return
    measured, asked = f"{clause.found:.1f}{clause.unit}", clause.bounds
    if clause.own:
        yield fault(Codes.BROKEN, *clause.path, what=clause.what, found=measured, asked=asked)
    elif clause.path[1] == ONE_TRICK:
        for name, share in ladder.tricks.items():
            said: dict[str, Any] = {
                "policy": f"'{name}'",
                "found": f"{share:.1%}",
                "top": f"{ladder.top:.1f}",
                "asked": asked,
            }
            yield fault(Codes.ONE_TRICK, "objectives", **said)
    elif clause.path[1] == "luck_share":
        yield fault(Codes.MUCH_LUCK, *WHOLE, found=measured, asked=asked)
    else:
        policy = f"'{ladder.best}'"
        yield fault(Codes.LITTLE_SKILL, *WHOLE, policy=policy, found=measured, asked=asked)


def _better_than_reference(ladder: Ladder) -> Iterator[Fault]:
    """Constant policies with a better mean than the reference policy, beyond noise, on the same seeds."""
    if REFERENCE not in ladder.results:
        return
    reference = ladder.results[REFERENCE]
    for name, results in ladder.constant.items():
        count = min(len(results), len(reference))
        lead = mean(scores(results)[:count] - scores(reference)[:count])
        low, high = lead.value - Z_95 * lead.error, lead.value + Z_95 * lead.error
        if count >= FEWEST_RUNS and low > 0.0:
            said: dict[str, Any] = {"policy": f"'{name}'", "other": f"'{REFERENCE}'", "margin": f"{lead.value:.1f}"}
            yield fault(Codes.BETTER_THAN_REFERENCE, "objectives", **said, low=f"{low:.1f}", high=f"{high:.1f}")


def _decision(scenario: Scenario, verdict: Verdict) -> Iterator[Fault]:
    """Findings of one decision; a false choice says all about its answers."""
    if verdict.kind != CARD:
        if verdict.what == FALSE_CHOICE:
            path = ("gates", verdict.id) if "gates" in scenario.model_fields_set else WHOLE
            yield fault(Codes.PLAIN_GATE, *path, stage=verdict.id, answer=f"'{verdict.winner}'")
        return
    path, real = ("cards", verdict.id), scenario.balance.every_answer_best_somewhere
    if verdict.what == COIN_FLIP:
        yield fault(Codes.COIN_FLIP, *path, stake=_points(verdict.stake))
    elif verdict.what == FALSE_CHOICE and real:
        behind = [f"'{one.id}' {one.gap:.1f}" for one in verdict.options if one.id != verdict.winner]
        others = f"points behind: {', '.join(behind)}"
        yield fault(Codes.FALSE_CHOICE, *path, answer=f"'{verdict.winner}'", others=others)
    elif verdict.what != FALSE_CHOICE:
        for option in verdict.options:
            yield from _answer(path, option, real)


def _answer(path: tuple[str, str], option: Option, real: bool) -> Iterator[Fault]:
    where = (*path, "answers", option.id)
    said: dict[str, Any] = {"answer": f"'{option.id}'", "other": f"'{option.better}'", "margin": _points(option.gap)}
    if option.kind == DOMINATED and real:
        yield fault(Codes.DOMINATED, *where, **said)
    elif option.kind == NEVER_BEST and real:
        yield fault(Codes.NEVER_BEST, *where, **said)
    elif option.kind == TRAP:
        yield fault(Codes.TRAP, *where, taken=f"{option.naive or 0.0:.0%}", **said)


def _number(scenario: Scenario, movement: Movement, several: bool) -> Iterator[Fault]:
    path = _place_of(scenario, movement.id)
    number = f"'{movement.id}'"
    if movement.rose == 0.0:
        yield fault(Codes.NEVER_RISES, *path, number=number)
    if movement.fell == 0.0:
        yield fault(Codes.NEVER_FALLS, *path, number=number)
    if several and movement.apart < APART:
        yield fault(Codes.TELLS_NOTHING, *path, number=number, found=f"{movement.apart:.2f}")


def _place_of(scenario: Scenario, number: str) -> tuple[str | int, ...]:
    """Where a visible number stands: in the list of them, with its stakeholder, or nowhere but in the whole."""
    if number in scenario.numbers and "numbers" in scenario.model_fields_set:
        return ("numbers", scenario.numbers.index(number))
    return ("stakeholders", number.partition(".")[2]) if "." in number else WHOLE


def _points(points: float) -> str:
    return f"{points:.1f} points"
