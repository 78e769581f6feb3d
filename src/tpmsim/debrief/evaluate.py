"""The evaluation of a run: what each decision was worth under its player's beliefs, and what was luck.

Rounds of rollouts, each with more worlds, so that the first marks come at once and are refined; every round plays only
what is still in doubt (`doubt`). The sum

    score = value of the start + gains of the decisions + luck of the weeks

holds exactly, whatever their errors (telescoping advantage sums: Zinkevich et al. 2006, AAAI 723-728).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tpmsim.core.arrays import Floats
from tpmsim.core.batch import join
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rolls import parse_seed
from tpmsim.core.rules import RULES_NUMBER
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
from tpmsim.debrief.doubt import FIRST, doubted
from tpmsim.debrief.futures import Branch, Piece, Question, asked, keys_of
from tpmsim.debrief.hands import ALONE, Hands
from tpmsim.debrief.instead import own_moves
from tpmsim.debrief.judging import gain, gambles, half, judged, spread, value
from tpmsim.debrief.played import Played
from tpmsim.debrief.steps import PLAN, Week, digest, weeks
from tpmsim.errors import InputRefused
from tpmsim.game.replay import Replayed
from tpmsim.lab.executor import as_sent, policy_of
from tpmsim.lab.own import Own
from tpmsim.lab.policies import reference
from tpmsim.lab.policy import Bound, Policy

STEP = 4
"""By how much a round has more worlds than the one before."""

HALF_MARK = 5.0
"""assumption: points by which a process may stay behind the evaluator's and still count as good: one inaccuracy."""

DISPUTE = ("naive", "evidence", "steady")
"""Policies that are asked about mistakes; the first two that are not the evaluator."""

SECOND_OPINION = 64
"""Worlds in which they are asked, from FRESH on: none of them has chosen what is asked about."""

FRESH = 1 << 20


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
    _played: Played = field(default_factory=Played)
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
        seeds = (parse_seed(self.run.journal.header.seed),) if math.isnan(self._par) else ()
        self.ask(doubted(self.links, self._played, worlds), seeds)

    def ask(self, pieces: tuple[Piece, ...], seeds: tuple[int, ...] = ()) -> None:
        """Play pieces that were not played before, and the run of par by its seed."""
        scores = self._asked(as_sent(self.policy), pieces, seeds)
        self._played.add(pieces, scores[: len(pieces)])
        if seeds:
            self._par = float(scores[-1][0])

    def _asked(self, policy: str | Own, pieces: tuple[Piece, ...], seeds: tuple[int, ...] = ()) -> list[Floats]:
        """(worlds,) points of each piece, and (1,) of each seed."""
        if not pieces and not seeds:
            return []
        starts = join([week.start for week in self.weeks])
        keys = keys_of(starts.known, starts.future)
        question = Question(self.run.loaded.rules, policy, starts.known, keys, pieces, seeds)
        return [units / SCORE_UNIT for units in asked(question, self.hands.jobs, self.hands.executor)]

    # What it comes to

    def analysis(self, last: bool) -> Analysis:
        """What is known by now.

        Args:
            last: whether second opinions are asked for, which take longer.
        """
        decisions = self._decisions(last)
        course = self._course()
        start, score = course[0].before, self._score
        gained = math.fsum(one.gain for one in decisions)
        adjusted, width = start + gained, self._half()
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
            low=adjusted - width,
            high=adjusted + width,
            par=self._par,
            quadrant=quadrant(gained, score - start),
            clear=abs(gained + HALF_MARK) > width,
            decisions=decisions,
            weeks=course,
            learned=tuple(self._learned()),
            calibration=self.calibration,
        )

    @property
    def _score(self) -> float:
        return self.run.position.result().points

    def _course(self) -> tuple[WeekValue, ...]:
        starts = [value(self._played[link.start]) for link in self.links]
        after = [*(one.value for one in starts[1:]), self._score]
        return tuple(
            WeekValue(
                week.number,
                start.value,
                start.value + self._played.gain(link.start, link.end),
                then,
                start.error,
                n=start.of,
            )
            for week, link, start, then in zip(self.weeks, self.links, starts, after, strict=True)
        )

    def _half(self) -> float:
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
            left = self._played.gain(link.start, link.end)
            for one in link.decisions:
                before = spread(self._played[one.before])
                found.append(self._judged(one, len(found) + 1, last))
                left -= found[-1].gain
                if not found[-1].forced:
                    risks[len(found) - 1] = found[-1].spread - before
            found.append(self._plan(link.plan, len(found) + 1, left))
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

    def _plan(self, plan: Planned, number: int, left: float) -> Decision:
        """The small moves of a week against what the evaluator would have done in their place.

        Args:
            plan: of the week.
            number: among the decisions of the run.
            left: of the gain of the week, less those of its decisions.
        """
        done, otherwise = self._played.together(plan.spans[-1][1], plan.otherwise)
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
            gain=left,
            spread=spread(done),
            forced=False,
            close=verdict.close,
            mark="" if verdict.only else verdict.mark,
            disputed=False,
            instead=self._instead(plan) if verdict.best and not verdict.close else (),
        )

    def _instead(self, plan: Planned) -> tuple[str, ...]:
        rules, week = self.run.loaded.rules, self.weeks[plan.week]
        made = {rules.moves[step.row].id for step in week.steps}
        return tuple(one for one in own_moves(rules, self.bound, week.start, plan.otherwise) if one not in made)

    def _disputed(self, chosen: Branch, best: Branch) -> bool:
        """Whether two other policies would rather go on from what was chosen."""
        others = [name for name in DISPUTE if name != self.policy.id][:2]
        for name in others:
            pieces = tuple(Piece(one, FRESH, FRESH + SECOND_OPINION) for one in (chosen, best))
            scores = self._asked(name, pieces)
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
    """A decision that added much risk: a good gamble where it cost nothing, and that can be told."""
    if one.mark or one.close or one.best != one.move:
        return one
    return replace(one, mark="good gamble")
