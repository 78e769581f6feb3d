"""Negotiation: what a first offer, patience and several issues make of a deal.

A first offer draws the outcome towards itself (Galinsky & Mussweiler 2001, J. Personality and Social Psychology
81:657-669; Orr & Guthrie 2006, Ohio State J. Dispute Resolution 21:597-628), an absurd one hardly (Thorsteinson 2011,
J. Applied Social Psychology 41:1774-1792). Patience pays (Rubinstein 1982, Econometrica 50:97-109). Over several
issues the side that can less afford to fail gives way (Zeuthen 1930; Harsanyi 1956, Econometrica 24:144-157), which
leads to the largest product of gains (Nash 1950).

Two sides at a table and no dice; not for opinions on a gate (`opinions`).
"""

from dataclasses import dataclass, replace

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number

FIRST_OFFER = 0.5
"""assumption (from the correlation 0.497 of first offer and outcome, Orr & Guthrie 2006): weight of a first offer."""

ABSURD_OFFER = 0.043
"""rec (Thorsteinson 2011): weight of a first offer that nobody can mean."""

IN_MIND = 0.5
"""assumption (direction pub, Galinsky & Mussweiler 2001): what is left if the other has alternatives in mind."""


def settled_at(first: Floats, low: Number, high: Number, weight: Number = FIRST_OFFER) -> Floats:
    """Where one issue settles: clip(w first + (1 - w) middle of the zone, low, high).

    Args:
        first: offer that was named first.
        low: lower end of the zone in which both gain.
        high: upper end.
        weight: of the first offer; times IN_MIND where the other side has its alternatives in mind.
    """
    middle = (np.asarray(low) + high) / 2.0
    return exact.clip(weight * first + (1.0 - weight) * middle, low, high)


def implied_weight(without: Number, outcome: Number, anchor: Number) -> Number:
    """Weight of an anchor that moved the outcome from what it is without, (outcome - without)/(anchor - without)."""
    return (outcome - without) / (anchor - without)


def discount(rate: Number, dt: Number) -> Floats:
    """What a gain is worth after a wait, exp(-rate dt)."""
    return exact.exp(-np.asarray(rate) * dt)


def first_share(own: Number, other: Number) -> Number:
    """Share of the first mover, (1 - d2)/(1 - d1 d2) (Rubinstein 1982).

    Args:
        own: d1, worth of a gain after a round to who moves first; below 1.
        other: d2, the same of the other side.
    """
    return (1.0 - other) / (1.0 - own * other)


def nash_product(own: Floats, other: Floats, walk_own: Number, walk_other: Number, weight: Number = 0.5) -> Floats:
    """Log of the product of gains over walking away, with bargaining weights; very low where either gains nothing.

    Args:
        own: utility of a deal to the first.
        other: the same to the second.
        walk_own: utility of no deal to the first.
        walk_other: the same to the second.
        weight: bargaining power of the first, 0.5 for equals.
    """
    gains = np.maximum(own - walk_own, 0.0), np.maximum(other - walk_other, 0.0)
    return weight * exact.log(gains[0]) + (1.0 - weight) * exact.log(gains[1])


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the table.

    Attributes:
        values: for each issue the utility of each of its steps; utilities of issues add up.
        walkaway: utility of no deal.
    """

    values: tuple[tuple[float, ...], ...]
    walkaway: float

    def worth(self, offer: tuple[int, ...]) -> float:
        """Utility of an offer, a step for each issue."""
        worth = 0.0
        for steps, step in zip(self.values, offer, strict=True):
            worth = worth + steps[step]
        return worth

    @property
    def best(self) -> tuple[int, ...]:
        """The offer that it likes most; of equal steps the first."""
        return tuple(max(range(len(steps)), key=lambda step: steps[step]) for steps in self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """Where the sides stand.

    Attributes:
        sides: both.
        offers: what each offers, a step for each issue.
    """

    sides: tuple[Side, Side]
    offers: tuple[tuple[int, ...], tuple[int, ...]]

    @classmethod
    def laid(cls, one: Side, other: Side) -> "Table":
        """Both begin with what they like most."""
        return cls((one, other), (one.best, other.best))

    def risk(self, side: int) -> float:
        """The largest chance of failing that a side can bear rather than take the other's offer (Zeuthen 1930).

        (U(own) - U(other's))/(U(own) - walkaway); 0 if the other's offer is as good.
        """
        own, theirs = (self.sides[side].worth(self.offers[number]) for number in (side, 1 - side))
        gain = own - self.sides[side].walkaway
        return (own - theirs) / gain if own > theirs and gain > 0.0 else 0.0

    def agreed(self) -> tuple[int, ...] | None:
        """The offer that one side takes, as it is no worse to it than its own; None while there is none."""
        for side in (0, 1):
            theirs = self.offers[1 - side]
            if self.sides[side].worth(theirs) >= self.sides[side].worth(self.offers[side]):
                return theirs
        return None

    def conceded(self, side: int) -> "Table":
        """After one step of a side towards the other's offer, where it costs least for what the other gains.

        The table as it was where no step leaves the side more than walking away.
        """
        mine, theirs = self.offers[side], self.offers[1 - side]
        best, price = mine, 0.0
        for issue, (here, there) in enumerate(zip(mine, theirs, strict=True)):
            if here == there:
                continue
            step = here + (1 if there > here else -1)
            offer = (*mine[:issue], step, *mine[issue + 1 :])
            cost = self.sides[side].worth(mine) - self.sides[side].worth(offer)
            gain = self.sides[1 - side].worth(offer) - self.sides[1 - side].worth(mine)
            ratio = cost / gain if gain > 0.0 else 1e12 + cost
            if self.sides[side].worth(offer) > self.sides[side].walkaway and (best == mine or ratio < price):
                best, price = offer, ratio
        offers = (best, theirs) if side == 0 else (theirs, best)
        return replace(self, offers=offers)


def negotiated(one: Side, other: Side) -> tuple[int, ...] | None:
    """The deal that two sides come to, a step for each issue; None if there is none that both prefer to walking away.

    Each round the side with the lower risk limit concedes a step, both where the limits are equal (Zeuthen 1930;
    Harsanyi 1956). The rule by which the issue is chosen is ours.
    """
    table = Table.laid(one, other)
    while (deal := table.agreed()) is None:
        limits = table.risk(0), table.risk(1)
        after = table
        if limits[0] <= limits[1]:
            after = after.conceded(0)
        if limits[1] <= limits[0] and after.agreed() is None:
            after = after.conceded(1)
        if after == table:
            after = table.conceded(0 if limits[0] > limits[1] else 1)
        if after == table:
            return None
        table = after
    worths = one.worth(deal), other.worth(deal)
    return deal if worths[0] >= one.walkaway and worths[1] >= other.walkaway else None
