"""Negotiation: what a first offer, patience and several issues make of a deal.

A first offer draws the outcome towards itself (Galinsky & Mussweiler 2001, J. Personality and Social Psychology
81:657-669; Orr & Guthrie 2006, Ohio State J. Dispute Resolution 21:597-628), an absurd one hardly (Thorsteinson 2011,
J. Applied Social Psychology 41:1774-1792). Patience pays (Rubinstein 1982, Econometrica 50:97-109). Over several
issues the side that can less afford to fail gives way (Zeuthen 1930; Harsanyi 1956, Econometrica 24:144-157), which
leads to the largest product of gains (Nash 1950).

Two sides at a table and no dice; not for opinions on a gate (`opinions`).
"""

import itertools
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

    def gain(self, offer: tuple[int, ...]) -> float:
        """What an offer is worth above walking away."""
        return self.worth(offer) - self.walkaway


@dataclass(frozen=True, slots=True)
class Table:
    """Where the sides stand.

    Attributes:
        sides: both.
        packages: offers that both prefer to walking away and of which none is better for both, the first side's best
            first. A concession is a step on them, over all issues at once.
        stands: the place of what each offers.
    """

    sides: tuple[Side, Side]
    packages: tuple[tuple[int, ...], ...]
    stands: tuple[int, int]

    @classmethod
    def laid(cls, one: Side, other: Side) -> "Table":
        """Both begin with what they like most of what the other could take."""
        offers = itertools.product(*(range(len(steps)) for steps in one.values))
        zone = [offer for offer in offers if one.gain(offer) > 0.0 and other.gain(offer) > 0.0]
        packages: list[tuple[int, ...]] = []
        for offer in sorted(zone, key=lambda offer: (-one.worth(offer), -other.worth(offer))):
            if not packages or other.worth(offer) > other.worth(packages[-1]):
                packages.append(offer)
        return cls((one, other), tuple(packages), (0, max(len(packages) - 1, 0)))

    @property
    def agreed(self) -> bool:
        """Whether both offer the same."""
        return self.stands[0] == self.stands[1]

    def risk(self, side: int) -> float:
        """The largest chance of failing that a side can bear rather than take the other's offer (Zeuthen 1930).

        (U(own) - U(other's))/(U(own) - walkaway); 0 where they have agreed.
        """
        if self.agreed:
            return 0.0
        own, theirs = (self.sides[side].gain(self.packages[self.stands[number]]) for number in (side, 1 - side))
        return (own - theirs) / own

    def product(self, side: int) -> float:
        """Both gains from what a side offers, multiplied: lower where its risk limit is, without a division."""
        offer = self.packages[self.stands[side]]
        return self.sides[0].gain(offer) * self.sides[1].gain(offer)

    def conceded(self) -> "Table":
        """After a step of the side with the lower risk limit; of the first where the limits are equal."""
        one, other = self.stands
        stands = (one + 1, other) if self.product(0) <= self.product(1) else (one, other - 1)
        return replace(self, stands=stands)


def negotiated(one: Side, other: Side) -> tuple[int, ...] | None:
    """The deal that two sides come to, a step for each issue; None only if there is none that both prefer to none.

    Each round the side with the lower risk limit concedes a step (Zeuthen 1930). That limit is lower where the product
    of the gains is (Harsanyi 1956), so that nobody ever leaves the offer with the largest one, and the deal is that of
    Nash 1950, on any finite set of offers (Rosenschein & Zlotkin 1994, Rules of Encounter, MIT Press). Hence a better
    walkaway never hurts its owner: log(U - walkaway) falls the less in the walkaway the larger U is, so that it favours
    offers of a larger U. Ours are packages over all issues, and that the first concedes where limits are equal.
    """
    table = Table.laid(one, other)
    if not table.packages:
        return None
    while not table.agreed:
        table = table.conceded()
    return table.packages[table.stands[0]]
