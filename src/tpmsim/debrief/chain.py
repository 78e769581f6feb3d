"""What has to be played for an evaluation: the values that a run goes through, and the options of its decisions.

In each week the chain goes from the position at its start over the positions after its decisions to its end. Small
moves between decisions, and what was left undone, are the plan of the week; so its nodes are only where a decision, or
a question to the market, lies between them. The plan is judged as one, against a way on that is played, too: the
decisions of the week as they were made, and the evaluator in place of the small moves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tpmsim.core.moves import allowed, apply
from tpmsim.core.rules import Rules
from tpmsim.debrief.analysis import LEAVE
from tpmsim.debrief.futures import Branch
from tpmsim.debrief.steps import CLOSED, SILENCE, Step, Week

Span = tuple[Branch, Branch]
"""Branches before and after something."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision with the branches that judge it.

    Attributes:
        week: its place among the weeks.
        kind, about, move: as in `analysis.Decision`.
        before, after: branches of the positions between which it lies.
        options: ids of moves with the branch of each, the one chosen first.
    """

    week: int
    kind: str
    about: str
    move: str
    before: Branch
    after: Branch
    options: tuple[tuple[str, Branch], ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of a week.

    Attributes:
        week: its place among the weeks.
        made: ids of the small moves.
        spans: pairs of branches before and after some of them, and before and after the end of the week, last.
        otherwise: the branch with the decisions of the week alone, after which the evaluator goes on.
    """

    week: int
    made: tuple[str, ...]
    spans: tuple[Span, ...]
    otherwise: Branch


@dataclass(frozen=True, slots=True)
class Inquired:
    """A question to the market: the branches in which nobody asks it, and in which it was asked."""

    week: int
    move: str
    without: Branch
    asked: Branch


@dataclass(frozen=True, slots=True)
class Link:
    """One week of the chain.

    Attributes:
        start, end: branches of its first position, and of its end.
        decisions: in order.
        plan: of the week.
        inquiries: in order.
    """

    start: Branch
    end: Branch
    decisions: tuple[Asked, ...]
    plan: Planned
    inquiries: tuple[Inquired, ...]

    @property
    def told(self) -> tuple[tuple[Span, ...], ...]:
        """What is told of decisions, of the plan, of questions to the market: each the sum of what its spans change."""
        decided = [((one.before, one.after),) for one in self.decisions]
        planned = (self.plan.spans, ((self.plan.otherwise, self.end),))
        return (*decided, *planned, *(((one.without, one.asked),) for one in self.inquiries))

    @property
    def nodes(self) -> tuple[Branch, ...]:
        """The branches of the chain in this week, each once."""
        return tuple(
            dict.fromkeys([self.start, *(one for spans in self.told for span in spans for one in span), self.end])
        )


def chain(rules: Rules, weeks: Sequence[Week]) -> tuple[Link, ...]:
    """What has to be played for each week of a run."""
    return tuple(_link(rules, place, week) for place, week in enumerate(weeks))


def _link(rules: Rules, place: int, week: Week) -> Link:
    rows = tuple(step.row for step in week.steps)
    at = [Branch(place, rows[:count]) for count in range(len(rows) + 1)]
    decisions = [_asked(rules, week, at, count) for count, step in enumerate(week.steps) if step.question]
    silent = list(_silent(rules, week, at[-1]))
    last = silent[-1].after if silent else at[-1]
    end = Branch(place, rows, ends=True)
    tools = {tool.id for tool in rules.instruments}
    inquiries = tuple(
        Inquired(place, _id(rules, step.row), Branch(place, rows[:count], quiet=(step.row,)), at[count + 1])
        for count, step in enumerate(week.steps)
        if rules.moves[step.row].kind in tools
    )
    edges = [count + side for count, step in enumerate(week.steps) if _is_node(rules, step) for side in (0, 1)]
    small = [(at[a], at[b]) for a, b in _spans(week.steps, edges)]
    made = tuple(_id(rules, step.row) for step in week.steps if step.question is None)
    otherwise = Branch(place, _decided(rules, week), quiet=last.quiet)
    plan = Planned(place, made, (*small, (last, end)), otherwise)
    return Link(at[0], end, (*decisions, *silent), plan, inquiries)


def _decided(rules: Rules, week: Week) -> tuple[int, ...]:
    """Rows of the decisions of a week without its small moves; what only these made legal goes with them."""
    state, rows = week.start, []
    for step in week.steps:
        if step.question and allowed(rules, state.known, step.row)[0]:
            state = apply(rules, state, np.array([step.row]))
            rows.append(step.row)
    return tuple(rows)


def _is_node(rules: Rules, step: Step) -> bool:
    return step.question is not None or rules.moves[step.row].kind in {tool.id for tool in rules.instruments}


def _spans(steps: Sequence[Step], edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places between which small moves lie, cut at the edges."""
    cuts = sorted({0, len(steps), *edges})
    for first, last in pairwise(cuts):
        if steps[first].question is None:
            yield first, last


def _asked(rules: Rules, week: Week, at: Sequence[Branch], count: int) -> Asked:
    step = week.steps[count]
    assert step.question is not None
    kind, about = step.question
    before = at[count]
    options = [(_id(rules, row), Branch(before.week, (*before.moves, row))) for row in step.options]
    if kind not in CLOSED:
        options.append((LEAVE, before))
    return Asked(before.week, kind, about, _id(rules, step.row), before, at[count + 1], tuple(options))


def _silent(rules: Rules, week: Week, last: Branch) -> Iterator[Asked]:
    """Cards that nobody answered, one after the other."""
    before = last
    for one in week.silent:
        after = Branch(last.week, last.moves, quiet=(*before.quiet, *rules.cards[one.card].answers))
        answers = [(_id(rules, row), Branch(last.week, (*last.moves, row), quiet=before.quiet)) for row in one.options]
        if answers:
            card = rules.cards[one.card].id
            yield Asked(last.week, SILENCE, card, LEAVE, before, after, ((LEAVE, after), *answers))
            before = after


def _id(rules: Rules, row: int) -> str:
    return rules.moves[row].id
