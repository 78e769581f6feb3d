"""The evaluation of a run: what each decision was worth under its player's beliefs, and what was luck.

Rounds of rollouts, each with more worlds, so that the first marks come at once and are refined. Every round asks only
for what is still in doubt: of the options of a decision the few that look best, and these until their difference is
known well enough. Which are dropped rests on the half of the worlds that chooses (`judging`), so that what the other
half says stays unbiased. The gains of a week are differences in worlds that both positions met, which are known long
before the value of either; so only the position at its start is played until its value is, and that of its end is told
from it: start and gains (a control variate; Lavenberg & Welch 1981, Management Science 27:322-335). The sum

    score = value of the start + gains of the decisions + luck of the weeks

holds exactly, whatever their errors (telescoping advantage sums: Zinkevich et al. 2006, AAAI 723-728).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rolls import parse_seed
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.core.state import join
from tpmsim.debrief.analysis import (
    LEAVE,
    Analysis,
    Calibration,
    Decision,
    Evaluator,
    Learned,
    Option,
    Quadrant,
    WeekValue,
)
from tpmsim.debrief.calibration import calibration
from tpmsim.debrief.chain import Asked, Link, Planned, chain
from tpmsim.debrief.futures import Branch, Question, asked, keys_of
from tpmsim.debrief.hands import ALONE, Hands
from tpmsim.debrief.instead import own_week
from tpmsim.debrief.judging import choosing_error, gain, gambles, half, judged, paired, spread, value
from tpmsim.debrief.steps import PLAN, Week, digest, weeks
from tpmsim.errors import InputRefused
from tpmsim.game.replay import Replayed
from tpmsim.lab.executor import as_sent, policy_of
from tpmsim.lab.own import Own
from tpmsim.lab.policies import reference
from tpmsim.lab.policy import Bound, Policy
from tpmsim.lab.rollout import simulate

FIRST = 8
"""Worlds of the first round, which looks at every option."""

STEP = 4
"""By how much a round has more worlds than the one before."""

KEPT = 4
"""Options of a decision, the one chosen among them, that are looked at after the first round."""

KNOWN_WELL = 0.5
"""assumption: standard error in points at which a difference is known well enough."""

VALUE_WELL = 0.75
"""assumption: the same of the value of a position, from which luck is told."""

HALF_MARK = 5.0
"""assumption: points by which a process may stay behind the evaluator's and still count as good: one inaccuracy."""

DISPUTE = ("naive", "evidence", "steady")
"""Policies that are asked about mistakes; the first two that are not the evaluator."""

SECOND_OPINION = 64
"""Worlds in which they are asked, from FRESH on: none of them has chosen what is asked about."""

FRESH = 1 << 20


@dataclass(slots=True)
class _Played:
    """What was played so far.

    Attributes:
        scores: of each branch, (n,) points in the worlds 0, 1, ...
    """

    scores: dict[Branch, Floats] = field(default_factory=dict)

    def add(self, branches: Sequence[Branch], points: Floats) -> None:
        for branch, row in zip(branches, points, strict=True):
            self.scores[branch] = np.concatenate([self.scores.get(branch, np.zeros(0)), row])

    def __getitem__(self, branch: Branch) -> Floats:
        return self.scores[branch]

    def gain(self, before: Branch, after: Branch) -> float:
        """Value after less value before."""
        return gain(self.scores[after], self.scores[before]).value


def evaluated(run: Replayed, n: int, policy: str | Own | None = None, hands: Hands = ALONE) -> Iterator[Analysis]:
    """Judge a run, again and again with more rollouts; the last one is the result.

    Args:
        run: replayed, exact and ended.
        n: most rollouts of an option.
        policy: who judges, by name or the user's own; None for the reference.
        hands: who does the work.

    Raises:
        InputRefused: the run has not ended, or cannot be re-simulated.
    """
    evaluation = Evaluation.of(run, policy, hands)
    worlds = min(FIRST, n)
    while True:
        evaluation.play(worlds)
        yield evaluation.analysis(last=worlds >= n)
        if worlds >= n:
            return
        worlds = min(n, worlds * STEP)


@dataclass(slots=True)
class Evaluation:
    """A run that is being judged; it grows with every round.

    Attributes:
        run: replayed.
        policy: who judges.
        weeks: of the run.
        links: what has to be played for each.
        hands: who does the work.
        bound: the policy in the scenario.
        calibration: of what the player said, which no rollout changes.
    """

    run: Replayed
    policy: Policy
    weeks: tuple[Week, ...]
    links: tuple[Link, ...]
    hands: Hands
    bound: Bound
    calibration: Calibration
    _played: _Played = field(default_factory=_Played)
    _par: float = math.nan
    _worlds: int = 0

    @classmethod
    def of(cls, run: Replayed, policy: str | Own | None, hands: Hands) -> "Evaluation":
        """The evaluation before anything was played.

        Raises:
            InputRefused: the run has not ended, or cannot be re-simulated.
        """
        run.raise_unless_exact()
        if not run.position.over:
            where = f"week {run.position.week}" if run.position.week else "the planning week"
            help = "Play it to its end: 'tpmsim play' goes on with it."
            raise InputRefused(f"the run is not over: it goes on in {where}", file=run.name, help=help)
        who = policy_of(policy) if policy is not None else reference()
        mine, rules = weeks(run), run.loaded.rules
        return cls(run, who, mine, chain(rules, mine), hands, who.bind(rules), calibration(run))

    def play(self, worlds: int) -> None:
        """Play what is in doubt up to so many worlds."""
        self._worlds = worlds
        wanted = dict.fromkeys(self._doubted())
        for done, branches in self._groups(wanted, worlds):
            self._ask(branches, done, worlds)
        if math.isnan(self._par):
            seed = parse_seed(self.run.journal.header.seed)
            self._par = float(simulate(self.run.loaded.rules, self.policy, [seed]).scores[0]) / SCORE_UNIT

    def _doubted(self) -> Iterator[Branch]:
        """The positions that are still in doubt, and the options there."""
        for link in self.links:
            yield from self._unsure(link)
            for one in link.decisions:
                yield from self._doubtful(one)

    def _unsure(self, link: Link) -> Iterator[Branch]:
        """Positions of a week: its start until its value is known well, others until the gains between them are."""
        if link.start not in self._played.scores:
            yield from link.nodes
            return
        if value(self._played[link.start]).error > VALUE_WELL:
            yield link.start
        for before, after in link.spans:
            if gain(self._played[after], self._played[before]).error > KNOWN_WELL:
                yield from (before, after)

    def _doubtful(self, one: Asked) -> Iterator[Branch]:
        """Options of a decision that are still in doubt, and the one chosen, which they are compared with."""
        others = [branch for _, branch in one.options[1:]]
        if any(branch not in self._played.scores for branch in others):
            yield from others
            return
        chosen = self._played[one.after]
        leads = {branch: choosing_error(self._played[branch], chosen) for branch in others}
        best = sorted(others, key=lambda branch: -leads[branch].value)[: KEPT - 1]
        doubted = [branch for branch in best if leads[branch].error > KNOWN_WELL]
        yield from (one.after, *doubted) if doubted else ()

    def _groups(self, wanted: Mapping[Branch, None], worlds: int) -> Iterator[tuple[int, tuple[Branch, ...]]]:
        """Branches by how many worlds they have, where that is too few."""
        groups: dict[int, list[Branch]] = {}
        for branch in wanted:
            done = self._played.scores.get(branch, np.zeros(0)).shape[0]
            if done < worlds:
                groups.setdefault(done, []).append(branch)
        for done, branches in sorted(groups.items()):
            yield done, tuple(branches)

    def _ask(self, branches: tuple[Branch, ...], done: int, worlds: int) -> None:
        scores = asked(
            self._question(as_sent(self.policy), branches, done, worlds), self.hands.jobs, self.hands.executor
        )
        self._played.add(branches, scores / SCORE_UNIT)

    def _question(self, policy: str | Own, branches: tuple[Branch, ...], first: int, last: int) -> Question:
        starts = join([week.start for week in self.weeks])
        keys = keys_of(starts.known, starts.future)
        return Question(self.run.loaded.data, policy, starts.known, keys, branches, first, last)

    # What it comes to

    def analysis(self, last: bool) -> Analysis:
        """What is known by now.

        Args:
            last: whether second opinions are asked for, which take longer.
        """
        decisions = self._decisions(last)
        course = self._course(decisions)
        start, score = course[0].before, self._score
        gained = math.fsum(one.gain for one in decisions)
        adjusted, doubt = start + gained, self._doubt()
        header = self.run.journal.header
        return Analysis(
            run=digest(self.run),
            scenario=header.scenario.id,
            seed=header.seed,
            evaluator=Evaluator(self.policy.id, self.policy.digest, RULES_NUMBER, self._worlds),
            score=score,
            start=start,
            gained=gained,
            luck=math.fsum(one.luck for one in course),
            adjusted=adjusted,
            low=adjusted - doubt,
            high=adjusted + doubt,
            par=self._par,
            quadrant=quadrant(gained, score - start),
            clear=abs(gained + HALF_MARK) > doubt,
            decisions=decisions,
            weeks=course,
            learned=tuple(self._learned()),
            calibration=self.calibration,
        )

    @property
    def _score(self) -> float:
        return self.run.position.result().points

    def _course(self, decisions: Sequence[Decision]) -> tuple[WeekValue, ...]:
        starts = [value(self._played[link.start]) for link in self.links]
        after = [*(one.value for one in starts[1:]), self._score]
        gained = {week.number: list[float]() for week in self.weeks}
        for one in decisions:
            gained[one.week].append(one.gain)
        return tuple(
            WeekValue(
                week.number, start.value, start.value + math.fsum(gained[week.number]), then, start.error, n=start.of
            )
            for week, start, then in zip(self.weeks, starts, after, strict=True)
        )

    def _doubt(self) -> float:
        """Half the 95 % interval of the luck-adjusted result: weeks are played in worlds of their own.

        The value of the first position and the gains of its week share worlds: at worst their errors add up.
        """
        gained = [gain(self._played[link.end], self._played[link.start]).error for link in self.links]
        first = value(self._played[self.links[0].start])
        errors = (first.error + gained[0], *gained[1:])
        return half(math.sqrt(math.fsum(error * error for error in errors)), first.of)

    def _decisions(self, last: bool) -> tuple[Decision, ...]:
        found: list[Decision] = []
        risks: dict[int, float] = {}
        for link in self.links:
            for one in link.decisions:
                before = spread(self._played[one.before])
                found.append(self._judged(one, len(found) + 1, last))
                if not found[-1].forced:
                    risks[len(found) - 1] = found[-1].spread - before
            found.append(self._plan(link.plan, len(found) + 1))
        bold = gambles(risks)
        return tuple(_gambled(one) if place in bold else one for place, one in enumerate(found))

    def _judged(self, one: Asked, number: int, last: bool) -> Decision:
        scores = [self._played[branch] for _, branch in one.options]
        verdict = judged(scores)
        best = one.options[verdict.best]
        forced = len(one.options) == 1
        disputed = last and verdict.mark in ("mistake", "blunder") and self._disputed(one.after, best[1])
        return Decision(
            week=self.weeks[one.week].number,
            stage=self.weeks[one.week].stage,
            number=number,
            kind=one.kind,
            about=one.about,
            move=one.move,
            made=(),
            options=_ranked([(name, self._played[branch]) for name, branch in one.options]),
            best=best[0],
            loss=verdict.loss,
            error=verdict.error,
            low=verdict.low,
            gain=self._played.gain(one.before, one.after),
            spread=spread(self._played[one.after]),
            forced=forced,
            close=verdict.close and not forced,
            mark="" if forced else verdict.mark,
            disputed=disputed,
        )

    def _plan(self, plan: Planned, number: int) -> Decision:
        """The small moves of a week against what the evaluator would have done in their place."""
        gained = [paired(self._played[after], self._played[before]) for before, after in plan.spans]
        met = min(one.shape[0] for one in gained)
        done = self._played[plan.spans[-1][1]][:met]
        otherwise = done - sum(one[:met] for one in gained)
        verdict = judged([done, otherwise])
        return Decision(
            week=self.weeks[plan.week].number,
            stage=self.weeks[plan.week].stage,
            number=number,
            kind=PLAN,
            about="",
            move=PLAN,
            made=plan.made,
            options=_ranked([(PLAN, done), (LEAVE, otherwise)]),
            best=LEAVE if verdict.best else PLAN,
            loss=verdict.loss,
            error=verdict.error,
            low=verdict.low,
            gain=math.fsum(self._played.gain(before, after) for before, after in plan.spans),
            spread=spread(done),
            forced=False,
            close=verdict.close,
            mark="" if verdict.only else verdict.mark,
            disputed=False,
            instead=self._instead(self.weeks[plan.week]) if verdict.best and not verdict.close else (),
        )

    def _instead(self, week: Week) -> tuple[str, ...]:
        rules = self.run.loaded.rules
        done = {rules.moves[step.row].id for step in week.steps}
        return tuple(one for one in own_week(rules, self.bound, week.start) if one not in done)

    def _disputed(self, chosen: Branch, best: Branch) -> bool:
        """Whether two other policies would rather go on from what was chosen."""
        others = [name for name in DISPUTE if name != self.policy.id][:2]
        for name in others:
            question = self._question(name, (chosen, best), FRESH, FRESH + SECOND_OPINION)
            scores = asked(question, self.hands.jobs, self.hands.executor)
            if scores[0].mean() <= scores[1].mean():
                return False
        return True

    def _learned(self) -> Iterator[Learned]:
        rules = self.run.loaded.rules
        for link in self.links:
            for one in link.inquiries:
                move, worth = (
                    rules.moves[rules.move(one.move)],
                    gain(self._played[one.asked], self._played[one.without]),
                )
                number = self.weeks[one.week].number
                yield Learned(number, one.move, worth.value, worth.error, move.hours, move.cost)


def quadrant(gained: float, above: float) -> Quadrant:
    """Of process and outcome.

    Args:
        gained: by decisions, against the evaluator's own.
        above: result less what was expected at the start. It is good by the same measure as the process: so a bad
            break takes bad luck, and dumb luck good luck.
    """
    if gained >= -HALF_MARK:
        return "deserved success" if above >= -HALF_MARK else "bad break"
    return "dumb luck" if above >= -HALF_MARK else "deserved setback"


def _ranked(scores: Sequence[tuple[str, Floats]]) -> tuple[Option, ...]:
    """The options, best first; one with fewer worlds by its lead over the one chosen in the worlds that both met."""
    chosen = value(scores[0][1])
    told = []
    for name, points in scores:
        lead, own = gain(points, scores[0][1]), value(points)
        told.append(Option(name, chosen.value + lead.value, own.error, own.of))
    return tuple(sorted(told, key=lambda one: -one.value))


def _gambled(one: Decision) -> Decision:
    """A decision that added much risk: a good gamble where it cost nothing."""
    if one.mark or one.best != one.move:
        return one
    return replace(one, mark="good gamble")
