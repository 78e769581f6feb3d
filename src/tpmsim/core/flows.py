"""Flows: this week's quantities on their way from one mechanic to the next. They die with the week.

Nothing here is state: what must survive the week belongs in `state`.
"""

from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.rules import Rules


@dataclass(slots=True)
class Flows:
    """What mechanics hand on within a week; each is filled by the mechanic named.

    Attributes:
        answers: (I, S, N) answers brought in this week (discovery).
        capacity: (N,) work units the team can build (staffing).
        fatigue: (N,) mean fatigue over the week (staffing).
        work: (J, N) work units spent on each feature (rework).
        delivered: (D, N) how far each need is fulfilled (launch).
        expected: (D, N) how far a newcomer expects it to be (launch).
        quality: (S, N) delivered fulfilment in a segment's own weights (launch).
        expectation: (S, N) the same of what a newcomer expects (launch).
        adopters: (S, N) newcomers to the category (adoption).
    """

    answers: Floats
    capacity: Floats
    fatigue: Floats
    work: Floats
    delivered: Floats
    expected: Floats
    quality: Floats
    expectation: Floats
    adopters: Floats

    @classmethod
    def none(cls, rules: Rules, n: int) -> "Flows":
        """Nothing has flowed yet."""
        s, d, i = len(rules.segments), len(rules.needs), len(rules.instruments)
        return cls(
            answers=np.zeros((i, s, n)),
            capacity=np.zeros(n),
            fatigue=np.zeros(n),
            work=np.zeros((len(rules.features), n)),
            delivered=np.zeros((d, n)),
            expected=np.zeros((d, n)),
            quality=np.zeros((s, n)),
            expectation=np.zeros((s, n)),
            adopters=np.zeros((s, n)),
        )
