"""The vectorised equations against a twin in plain Python that was written from the same pages."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

import plain_twin as twin
from tpmsim.core.mechanics.adoption import bass_step
from tpmsim.core.mechanics.choice import shares
from tpmsim.core.mechanics.discovery import hit_chance
from tpmsim.core.mechanics.instruments import evidence_precision, posterior
from tpmsim.core.mechanics.opinions import talk
from tpmsim.core.mechanics.promises import forget, reputation_step, trust
from tpmsim.core.mechanics.retention import renewal_share
from tpmsim.core.mechanics.rework import step
from tpmsim.core.mechanics.staffing import capacity

Floats = NDArray[np.float64]
N = 500
CLOSE = 1e-12


def drawn(seed: int, low: float, high: float, *rows: int) -> Floats:
    return np.random.default_rng(seed).uniform(low, high, (*rows, N))


def agree(ours: Floats, theirs: Callable[[int], object]) -> None:
    """Column i of `ours` is what the twin says of run i."""
    for i in range(N):
        assert np.asarray(ours)[..., i].tolist() == pytest.approx(theirs(i), rel=CLOSE, abs=CLOSE)


def test_discovery() -> None:
    new = np.random.default_rng(1).integers(0, 12, N)
    held, a, b = drawn(2, 0, 40), drawn(3, 0.5, 4), drawn(4, 1, 12)
    agree(hit_chance(new, held, a, b), lambda i: twin.hit_chance(int(new[i]), held[i], a[i], b[i]))


def test_belief() -> None:
    prior, sd, heard = drawn(1, -1, 1), drawn(2, 0.1, 1), drawn(3, -2, 2, 3)
    counts, biases, errors = np.floor(drawn(4, 0, 9, 3)), drawn(5, 0.05, 0.4, 3), drawn(6, 0.4, 1.5, 3)
    precisions = np.stack([evidence_precision(biases[k], errors[k], counts[k]) for k in range(3)])
    agree(
        np.stack(posterior(prior, sd, heard, precisions)),
        lambda i: list(
            twin.belief(prior[i], sd[i], *([*rows[:, i].tolist()] for rows in (heard, counts, biases, errors)))
        ),
    )


def test_capacity() -> None:
    people = [drawn(1, 0, 5), drawn(2, 1, 30), drawn(3, 0, 3)]
    rest = [drawn(4, 0, 0.5), drawn(5, 0, 0.9), drawn(6, 0, 1)]
    agree(capacity(*people, *rest), lambda i: twin.capacity(*(each[i] for each in (*people, *rest))))


def test_rework() -> None:
    given = [drawn(1, 0, 9), drawn(2, 0, 9), drawn(3, 0, 4), drawn(4, 0, 6), drawn(5, 0.4, 1), drawn(6, 0.3, 13)]
    agree(np.stack(step(*given)), lambda i: twin.rework(*(each[i] for each in given)))


def test_adoption() -> None:
    given = [drawn(1, 0, 0.99), drawn(2, 0.005, 0.1), drawn(3, 0, 0.8), drawn(4, 0, 0.3)]
    agree(bass_step(*given), lambda i: twin.bass(*(each[i] for each in given)))


def test_choice() -> None:
    v = drawn(1, -4, 4, 5)
    agree(shares(v), lambda i: twin.shares(v[:, i].tolist()))


def test_renewal() -> None:
    a, b, shift = drawn(1, 0.2, 2), drawn(2, 1, 12), drawn(3, -3, 3)
    for number in (1, 2, 9):
        agree(
            renewal_share(number, a, b, shift),
            lambda i, number=number: twin.renewal(number, a[i], b[i], shift[i]),
        )


def test_reputation() -> None:
    given = [drawn(1, 0, 20), drawn(2, 0, 20), drawn(3, 0, 1), drawn(4, 0, 2)]
    r, s = reputation_step(*given, forget())
    agree(np.stack([r, s, trust(r, s)]), lambda i: list(twin.reputation(*(each[i] for each in given))))


def test_opinions() -> None:
    x, views, ties = drawn(1, -1, 1, 5), drawn(2, -1, 1, 5), drawn(3, 0.01, 1, 5, 5)
    weights = ties / ties.sum(axis=1, keepdims=True)
    agree(
        talk(x, views, weights),
        lambda i: twin.opinions(x[:, i].tolist(), views[:, i].tolist(), weights[:, :, i].tolist()),
    )
