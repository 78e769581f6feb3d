"""Play that looks for what was not reached yet, in rounds: each starts from the coverage of those before it.

While something is missing, the runs that came nearest to it are kept, and later runs take up their moves to some week
before that and go on otherwise. Everything follows from the seed of the batch and the number of runs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.batch import take
from tpmsim.core.opening import initial
from tpmsim.core.state import State
from tpmsim.lab.jobs import batch_seeds
from tpmsim.lab.trial.breaches import Breach, Checks
from tpmsim.lab.trial.coverage import ASKED, Coverage
from tpmsim.lab.trial.goals import Goal, leanings
from tpmsim.lab.trial.legality import Legality
from tpmsim.lab.trial.nearness import FAR, distance
from tpmsim.lab.trial.playing import Script, Week, script_of, weeks
from tpmsim.lab.trial.styles import STYLES, Styles

ROUND: Final = 200
"""Runs of a round while something is missing: each learns from those before it. Later ones are quicker if larger."""

WITNESSES: Final = 5
"""Runs of which every week is kept, one of each of the first rounds."""

LEADS: Final = 6
"""Runs near a goal that are kept for it."""

FEW: Final = 4
"""Missing goals from which on nearly all runs take up others."""

FRESH: Final = 3
"""Every so manyth turn starts afresh, as the runs near a goal may all stand in a blind alley."""

BACK: Final = (1, 2, 4, 8, 14, 20)
"""Weeks at the end of a kept run that are played anew, in turn."""

MOST_FAILURES: Final = 20
"""Faults that are kept; where there are more, the scenario has one trouble and not twenty."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A breach and the first run that had it.

    Attributes:
        breach: what did not hold.
        seed: of the run.
        week: after which it did not, or which could not end.
        script: the moves of the run, week by week.
        runs: how many runs had it.
    """

    breach: Breach
    seed: int
    week: int
    script: Script
    runs: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Lead:
    """A run that came near a goal, with its moves to there."""

    distance: float
    seed: int
    script: Script


@dataclass(slots=True)
class Witness:
    """A run with its state at the start of every week, taken out of its batch."""

    seed: int
    states: list[State]
    script: Script = ()


@dataclass(slots=True)
class Exploration:
    """What came of the rounds so far.

    Attributes:
        checks: of every week.
        coverage: what was reached.
        failures: by what did not hold.
        runs: how many were played.
        leads: by goal that was not reached, the nearest first.
        wishes: by goal (M,) the weights that lead there, as far as they were asked for.
        witnesses: some runs, for the synctest.
    """

    checks: Checks
    coverage: Coverage
    failures: dict[Breach, Failure] = field(default_factory=dict)
    runs: int = 0
    leads: dict[Goal, list[Lead]] = field(default_factory=dict)
    wishes: dict[Goal, Floats] = field(default_factory=dict)
    witnesses: list[Witness] = field(default_factory=list)

    def wish(self, goal: Goal) -> Floats:
        """(M,) the weights that lead to a goal."""
        if goal not in self.wishes:
            self.wishes[goal] = leanings(self.checks.rules, goal)
        return self.wishes[goal]

    @property
    def missing(self) -> tuple[Goal, ...]:
        """What is asked for and was not reached."""
        return tuple(Goal(group, name) for group in ASKED for name in self.coverage.missing(group))


def explore(
    checks: Checks, batch: int, runs: int, coverage: Coverage, progress: Callable[[int, int], None]
) -> Exploration:
    """So many runs, each with a style of its own.

    Args:
        checks: of every week.
        batch: seed of the batch, from which those of its runs are mixed.
        runs: how many.
        coverage: counted on from here.
        progress: told after each round.
    """
    found, seeds, legality = Exploration(checks, coverage), batch_seeds(batch, runs), Legality.of(checks.rules)
    while found.runs < runs:
        size = ROUND if found.missing else 4 * ROUND
        played, theirs = _round(legality, seeds[found.runs : found.runs + size], found)
        if found.runs < runs:
            _keep_leads(found, played, theirs)
        progress(found.runs, runs)
    return found


def _round(legality: Legality, fresh: Sequence[int], found: Exploration) -> tuple[list[Week], list[int]]:
    """One round, with these seeds where a run does not take up another; its weeks and the seeds of its runs."""
    rules, goals, first = found.checks.rules, _goals(found), found.runs
    mine = [goals[number // len(STYLES) % len(goals)] for number in range(first, first + len(fresh))]
    taken = [_taken_up(found, goal, first + number, len(goals)) for number, goal in enumerate(mine)]
    seeds = [seed if lead is None else lead.seed for seed, lead in zip(fresh, taken, strict=True)]
    begun = [() if lead is None else lead.script for lead in taken]
    player = Styles(legality, rules, found.coverage.uses(), [found.wish(goal) for goal in mine], first, begun)
    played, state = list[Week](), initial(rules, np.array(seeds, dtype=np.uint64))
    place = len(found.witnesses) % len(seeds)
    witness = Witness(seeds[place], [take(state, [place])])
    for week in weeks(found.checks, state, player):
        found.coverage.see(week, seeds)
        played.append(week)
        witness.states += [take(week.after, [at]) for at in np.flatnonzero((week.places == place) & week.sound)]
        for failure in _failures(week, played, seeds):
            _keep(found, failure)
    if len(found.witnesses) < WITNESSES:
        witness.script = script_of(played, place)
        found.witnesses.append(witness)
    found.runs += len(seeds)
    return played, seeds


def _goals(found: Exploration) -> tuple[Goal, ...]:
    """What was not reached yet; once all is, what was reached least."""
    hits = found.coverage.hits
    listed = [(hit.count, Goal(group, name)) for group in ASKED for name, hit in hits[group].items()]
    seldom = sorted(listed, key=lambda one: one[0])[: max(1, len(listed) // 3)]
    return found.missing or tuple(goal for _, goal in seldom)


def _taken_up(found: Exploration, goal: Goal, number: int, goals: int) -> Lead | None:
    """The run that run `number` takes up, cut back to some week; None where it starts afresh."""
    leads = found.leads.get(goal)
    if not leads or not (STYLES[number % len(STYLES)].after or (goals <= FEW and number % len(STYLES))):
        return None
    turn = number // len(STYLES) // goals
    if turn % FRESH == 0:
        return None
    lead = leads[turn % len(leads)]
    keep = max(0, len(lead.script) - BACK[(turn + number) % len(BACK)])
    return Lead(lead.distance, lead.seed, lead.script[:keep])


def _keep_leads(found: Exploration, played: Sequence[Week], seeds: Sequence[int]) -> None:
    """For each missing goal, the runs of this round that were nearest to it, beside those of before."""
    missing = found.missing
    found.leads = {goal: leads for goal, leads in found.leads.items() if goal in missing}
    for goal in missing:
        near = np.full(len(seeds), FAR)
        when = np.zeros(len(seeds), dtype=np.int64)
        for number, week in enumerate(played):
            far = distance(found.checks.rules, goal, week)
            better = far < near[week.places]
            when[week.places] = np.where(better, number, when[week.places])
            near[week.places] = np.where(better, far, near[week.places])
        best = [int(place) for place in np.argsort(near, kind="stable")[:LEADS] if near[place] < FAR]
        new = [Lead(float(near[place]), seeds[place], script_of(played[: when[place] + 1], place)) for place in best]
        found.leads[goal] = _nearest([*found.leads.get(goal, ()), *new])


def _nearest(leads: Sequence[Lead]) -> list[Lead]:
    """The nearest of some leads, at most half of them in one world, none of them twice."""
    kept: list[Lead] = []
    for lead in sorted(leads):
        same = [one for one in kept if one.seed == lead.seed]
        if len(same) < LEADS // 2 and lead.distance not in [one.distance for one in same]:
            kept.append(lead)
    return kept[:LEADS]


def _keep(found: Exploration, failure: Failure) -> None:
    old = found.failures.get(failure.breach)
    if old is not None:
        failure = Failure(old.breach, old.seed, old.week, old.script, old.runs + failure.runs)
    if old is not None or len(found.failures) < MOST_FAILURES:
        found.failures[failure.breach] = failure


def _failures(week: Week, played: Sequence[Week], seeds: Sequence[int]) -> Iterator[Failure]:
    for breach, mask in week.breaches:
        place = int(week.places[np.argmax(mask)])
        number = int(week.before.known.week[np.argmax(mask)])
        yield Failure(breach, seeds[place], number, script_of(played, place), int(np.count_nonzero(mask)))
