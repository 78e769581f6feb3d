"""Doubt: what is not known well enough yet, and in how many worlds each branch is to be played next.

The rule. First everything is played in a few worlds. Then whatever is known well enough is left alone, and all else is
played in as many worlds as its error so far says that it takes, error falling with the root of their number (two-stage
sampling: Stein 1945, Annals of Mathematical Statistics 16:243-258):

- the start of a week, until its value is known: luck is told from it;
- all positions of a week, until the gains between them are. These are differences in worlds that both positions met,
  which are known long before the value of either; so only the start is played until its value is, and the value of the
  end is told from it: start and gains (a control variate; Lavenberg & Welch 1981, Management Science 27:322-335). The
  gain of the whole week is what the result is told from, so it is played furthest; those of its decisions are known
  less well, and the plan of the week has what is left;
- of the options of a decision the few that look best, until their lead over the one chosen is known, or until they are
  beaten. Which are dropped rests on the half of the worlds that chooses (`judging`), so that what the other half says
  stays unbiased.

Not here: in how many worlds at most, round by round (`evaluate`).
"""

import math
from collections.abc import Iterator, Sequence

from tpmsim.debrief.chain import Asked, Link
from tpmsim.debrief.futures import Branch, Piece
from tpmsim.debrief.judging import careful, choosing_error, value
from tpmsim.debrief.played import Played
from tpmsim.lab.balance.statistics import Mean

FIRST = 8
"""Worlds in which everything is played first."""

KEPT = 4
"""Options of a decision, the one chosen among them, that are looked at after that."""

WEEK_WELL = 0.5
"""assumption: standard error in points at which the gain of a week is known well enough."""

VALUE_WELL = 0.75
"""assumption: the same of the value of a position, from which luck is told."""

KNOWN_WELL = 1.0
"""assumption: the same of what a decision changed, and of the lead of an option over the one chosen."""

BEATEN_WELL = 2.0
"""assumption: the same of the lead of an option that is beaten."""

BEATEN = 3.0
"""assumption: standard errors by which an option must trail the best to be beaten."""

GRAIN = 8
"""Worlds are asked for by so many: fewer would be no batch."""


def doubted(links: Sequence[Link], played: Played, most: int) -> tuple[Piece, ...]:
    """What is to be played next.

    Args:
        links: the weeks of a run.
        played: so far.
        most: worlds of a branch.
    """
    wanted: dict[Branch, int] = {}
    for link in links:
        for branch, many in _asked_for(link, played):
            wanted[branch] = max(wanted.get(branch, 0), min(many, most))
    return tuple(Piece(branch, done, many) for branch, many in wanted.items() if (done := played.count(branch)) < many)


def takes(found: Mean, well: float) -> int:
    """Worlds that it takes to know a mean with this standard error, told from what was found so far."""
    if found.error <= well:
        return 0
    if found.of < 2:
        return FIRST
    return GRAIN * math.ceil(found.of * (found.error / well) ** 2 / GRAIN)


def _asked_for(link: Link, played: Played) -> Iterator[tuple[Branch, int]]:
    """The positions of a week and the options there that are in doubt, each with the worlds that it takes."""
    yield from _positions(link, played)
    for one in link.decisions:
        yield from _options(one, played)


def _positions(link: Link, played: Played) -> Iterator[tuple[Branch, int]]:
    """Positions of a week: its start until its value is known well, others until the gains between them are."""
    if link.start not in played:
        yield from ((one, FIRST) for one in link.nodes)
        return
    yield link.start, takes(value(played[link.start]), VALUE_WELL)
    for spans, well in [(((link.start, link.end),), WEEK_WELL), *((one, KNOWN_WELL) for one in link.told)]:
        many = takes(careful(played.change(spans)), well)
        yield from ((branch, many) for span in spans for branch in span)


def _options(one: Asked, played: Played) -> Iterator[tuple[Branch, int]]:
    """Options of a decision that are still in doubt, and the one chosen, which they are compared with."""
    others = [branch for _, branch in one.options[1:]]
    if any(branch not in played for branch in others):
        yield from ((branch, FIRST) for branch in others)
        return
    chosen = played[one.after]
    leads = {branch: choosing_error(played[branch], chosen) for branch in others}
    best = sorted(others, key=lambda branch: -leads[branch].value)[: KEPT - 1]
    front = max([0.0, *(lead.value for lead in leads.values())])
    for branch in best:
        beaten = leads[branch].value + BEATEN * leads[branch].error < front
        many = 2 * takes(leads[branch], BEATEN_WELL if beaten else KNOWN_WELL)
        yield from ((branch, many), (one.after, many))
