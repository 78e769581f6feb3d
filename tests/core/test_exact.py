"""exact: accuracy against independent arithmetic, identities, and the same bits in every shape."""

import hashlib
import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tpmsim.core import exact

Floats = NDArray[np.float64]
EPSILON = 2.0**-53
DIGEST = "45bd7fd53d8cc613a51242b756984edaab948e5e3642c9eb7a84fb9a47287e4a"

modest = st.floats(-700.0, 700.0)
positive = st.floats(2.0**-1022, 1e300)
inner = st.floats(1e-300, 1.0, exclude_max=True)


def spread(low: float, high: float, n: int) -> Floats:
    """n values from low to high without a rounding that could differ: only exact operations."""
    return low + (high - low) * ((np.arange(n) + 0.5) / n)


def digest() -> str:
    """SHA-256 over the bits of every function at fixed arguments."""
    wide, shares = spread(-750.0, 750.0, 4097), spread(0.0, 1.0, 4097)
    small = spread(-9.0, 9.0, 1001)
    values = [
        exact.exp(wide),
        exact.exp(small),
        exact.log(exact.exp(wide)),
        exact.log(spread(0.0, 3.0, 4097)),
        exact.logistic(small),
        exact.logit(shares),
        exact.pow(spread(0.0, 9.0, 1001), small),
        exact.normal_quantile(shares),
        exact.normal_quantile(exact.exp(spread(-300.0, -0.01, 1001))),
        exact.normal_cdf(small),
        exact.normal_pdf(small),
        exact.lag(small, 1.5, 7.0),
        exact.lag_mean(small, 1.5, 7.0),
        exact.interpolate(small, [-2.0, 0.0, 5.0], [1.0, 3.0, 0.5]),
        exact.total(small.reshape(7, 143)),
        exact.product(small.reshape(7, 143)),
    ]
    return hashlib.sha256(b"".join(np.asarray(value, "<f8").tobytes() for value in values)).hexdigest()


def test_published_digest() -> None:
    assert digest() == DIGEST


# Accuracy


def relative_errors(ours: Floats, x: Floats, true: Callable[[Decimal], Decimal]) -> list[float]:
    with localcontext(prec=50):
        exactly = [true(Decimal(float(value))) for value in x]
        pairs = zip(ours.tolist(), exactly, strict=True)
        return [abs(float((Decimal(got) - want) / want)) for got, want in pairs]


def test_exp_is_within_an_ulp_of_the_true_value() -> None:
    x = np.concatenate([spread(-700.0, 700.0, 301), spread(-1.0, 1.0, 301), spread(-1e-9, 1e-9, 20)])
    assert max(relative_errors(exact.exp(x), x, Decimal.exp)) < 2 * EPSILON


def test_log_is_within_an_ulp_of_the_true_value() -> None:
    x = np.concatenate([exact.exp(spread(-700.0, 700.0, 300)), spread(0.5, 2.0, 302), 1.0 + spread(0, 1e-9, 20)])
    assert max(relative_errors(exact.log(x), x, Decimal.ln)) < 2 * EPSILON


@pytest.mark.parametrize(
    ("ours", "theirs", "x"),
    [
        (exact.exp, math.exp, spread(-700.0, 700.0, 50_000)),
        (exact.exp, math.exp, spread(-3.0, 3.0, 50_000)),
        (exact.log, math.log, spread(0.0, 3.0, 50_000)),
        (exact.log, math.log, spread(0.0, 1e12, 50_000)),
    ],
)
def test_near_the_library(ours: Callable[..., Floats], theirs: Callable[[float], float], x: Floats) -> None:
    library = np.array([theirs(value) for value in x])
    assert np.all(np.abs(ours(x) - library) <= 2 * np.spacing(np.abs(library)))


# Identities


def test_exact_points() -> None:
    assert exact.exp(0.0) == 1.0
    assert exact.exp(-0.0) == 1.0
    assert exact.log(1.0) == 0.0
    assert not np.signbit(exact.log(1.0))
    assert exact.logistic(0.0) == 0.5
    assert exact.logit(0.5) == 0.0
    assert exact.pow(1.0, 123.4) == 1.0
    assert exact.pow(7.0, 0.0) == 1.0
    assert exact.normal_quantile(0.5) == 0.0


def test_beyond_the_limits() -> None:
    assert exact.exp(1e9) == exact.exp(700.0) < np.inf
    assert exact.exp(-np.inf) == exact.exp(-700.0) > 0.0
    assert np.isnan(exact.exp(np.nan))
    assert exact.log(0.0) == exact.log(-0.0) == exact.log(5e-324) == exact.log(2.0**-1022)
    assert np.isnan(exact.log(np.array([-1.0, -np.inf, np.inf, np.nan]))).all()


@given(modest)
def test_log_undoes_exp(x: float) -> None:
    assert abs(exact.log(exact.exp(x)) - x) <= 2 * EPSILON * (1.0 + abs(x))


@given(st.floats(-600, 600), st.integers(-90, 90))
def test_exp_turns_sums_into_products(x: float, y: int) -> None:
    assert exact.exp(x + y) == pytest.approx(exact.exp(x) * exact.exp(y), rel=1e-13)


@given(st.floats(1e-150, 1e150), st.floats(-2.0, 2.0))
def test_pow(x: float, y: float) -> None:
    bound = (1.0 + abs(y * math.log(x))) * 3e-16
    assert exact.pow(x, y) == pytest.approx(math.pow(x, y), rel=bound, abs=1e-303)


@given(st.floats(-36.0, 36.0))
def test_logistic_stays_inside_and_is_symmetric(x: float) -> None:
    share = exact.logistic(x)
    assert 0.0 < share < 1.0
    assert share + exact.logistic(-x) == pytest.approx(1.0, abs=1e-15)


@given(st.floats(1e-12, 1.0 - 1e-12))
def test_logistic_undoes_logit(p: float) -> None:
    assert exact.logistic(exact.logit(p)) == pytest.approx(p, rel=1e-13)


# Monotone, neighbour by neighbour


@pytest.mark.parametrize("start", [-700.0, -0.5, -1e-8, 0.34657359027997264, 1.0, 10.5 * math.log(2), 699.0])
def test_exp_never_falls(start: float) -> None:
    assert np.all(np.diff(exact.exp(neighbours(start))) >= 0.0)


@pytest.mark.parametrize("start", [1e-300, 0.1, math.sqrt(0.5), 1.0 - 1e-13, math.sqrt(2.0), 3.0, 1e300])
def test_log_never_falls(start: float) -> None:
    assert np.all(np.diff(exact.log(neighbours(start))) >= 0.0)


def neighbours(start: float, n: int = 4000) -> Floats:
    """The n floats that follow each other, half of them below `start`."""
    bits = np.float64(abs(start)).view(np.int64) + np.arange(-n // 2, n // 2)
    x = bits.view(np.float64)
    assert x[1] == np.nextafter(x[0], np.inf)
    return x if start > 0 else -x[::-1]


@pytest.mark.parametrize("curve", [exact.exp, exact.logistic, exact.normal_cdf])
def test_curves_never_fall(curve: Callable[..., Floats]) -> None:
    assert np.all(np.diff(curve(spread(-30.0, 30.0, 50_000))) >= 0.0)


def test_quantile_never_falls() -> None:
    assert np.all(np.diff(exact.normal_quantile(spread(0.0, 1.0, 50_000))) > 0.0)


# Normal distribution


@pytest.mark.parametrize(
    ("p", "z"),
    [  # the check values printed with AS 241
        (0.25, -0.6744897501960817),
        (0.001, -3.090232306167814),
        (1e-20, -9.262340089798408),
    ],
)
def test_published_quantiles(p: float, z: float) -> None:
    assert exact.normal_quantile(p) == pytest.approx(z, rel=1e-15)


@given(st.one_of(st.floats(0.001, 0.999), st.floats(1e-300, 0.01)))
def test_quantile_near_the_library_and_back(p: float) -> None:
    z = float(exact.normal_quantile(p))
    assert z == pytest.approx(NormalDist().inv_cdf(p), rel=1e-14, abs=1e-15)
    if p > 1e-9:
        assert NormalDist().cdf(z) == pytest.approx(p, rel=1e-6)


@given(st.floats(0.0, 0.5, exclude_min=True))
def test_quantile_is_odd(distance: float) -> None:
    p = 1.0 - (1.0 - distance)  # so that p and 1 - p are both exact
    if p > 0.0:
        assert exact.normal_quantile(p) == -exact.normal_quantile(1.0 - p)


def test_cdf_error_is_as_published() -> None:
    x = spread(-9.0, 9.0, 20_001)
    true = np.array([NormalDist().cdf(value) for value in x])
    assert np.max(np.abs(exact.normal_cdf(x) - true)) <= 7.5e-8
    assert exact.normal_cdf(-1e300) == pytest.approx(0.0, abs=1e-300)
    assert exact.normal_cdf(np.inf) == 1.0


def test_pdf() -> None:
    x = spread(-30.0, 30.0, 2001)
    assert exact.normal_pdf(x) == pytest.approx([NormalDist().pdf(value) for value in x], rel=1e-13)


# Lags, folds, lines


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(0.1, 100.0), st.floats(0.1, 50.0))
def test_two_half_turns_are_one_turn(x: float, goal: float, tau: float, d: float) -> None:
    half = exact.lag(x, goal, tau, d / 2)
    assert exact.lag(half, goal, tau, d / 2) == pytest.approx(exact.lag(x, goal, tau, d), rel=1e-12, abs=1e-9)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(0.5, 100.0))
def test_lag_mean_is_the_mean_of_lag(x: float, goal: float, tau: float) -> None:
    moments = (np.arange(2000) + 0.5) / 2000
    mean = np.mean(exact.lag(x, goal, tau, moments))
    assert exact.lag_mean(x, goal, tau) == pytest.approx(mean, rel=1e-6, abs=1e-3)


def test_lag_does_not_use_the_library_for_plain_floats() -> None:
    alone = exact.lag(2.0, 1.0, 7.0)
    assert alone == exact.lag(np.array([2.0]), np.array([1.0]), np.array([7.0]))[0]
    assert alone == 1.0 + exact.exp(-1.0 / 7.0)


@given(st.floats(allow_nan=False), st.floats(-5, 0), st.floats(0, 5))
def test_clip(x: float, lo: float, hi: float) -> None:
    assert exact.clip(x, lo, hi) == min(max(x, lo), hi)
    assert not np.signbit(exact.clip(np.array([-0.0, 0.0] * 9), 0.0, 1.0)).any()


@given(st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_total_and_product_fold_from_the_left(x: list[float]) -> None:
    added, multiplied = 0.0, 1.0
    for value in x:
        added, multiplied = added + value, multiplied * max(0.5, min(value, 2.0))
    rows = np.array(x, dtype=np.float64)
    assert exact.total(rows) == added
    assert exact.product(np.minimum(np.maximum(rows, 0.5), 2.0)) == multiplied
    for width in (1, 4, 5):
        many = np.repeat(rows[:, np.newaxis], width, axis=1)
        assert (exact.total(many) == added).all()
        assert exact.total(many).shape == (width,)


def test_folds_over_no_and_over_true_rows() -> None:
    assert exact.total(np.zeros((0, 3))).tolist() == [0.0, 0.0, 0.0]
    assert exact.product(np.zeros((0, 3))).tolist() == [1.0, 1.0, 1.0]
    assert exact.total(np.array([[True, False], [True, True]])).tolist() == [2.0, 1.0]


def test_folds_leave_their_argument_alone() -> None:
    rows = np.ones((3, 4))
    exact.total(rows)
    exact.product(rows * 2.0)
    assert (rows == 1.0).all()


XS, YS = [-1.0, 0.1, 0.7, 4.0], [0.3, 0.1, 0.9, 0.7]


@given(st.floats(-10.0, 10.0))
def test_interpolate(x: float) -> None:
    assert exact.interpolate(x, XS, YS) == pytest.approx(np.interp(x, XS, YS), rel=1e-12)


def test_interpolate_meets_its_points_and_keeps_nan() -> None:
    assert exact.interpolate(np.array(XS), XS, np.array(YS)).tolist() == YS
    assert exact.interpolate(np.array([-np.inf, np.inf]), XS, YS).tolist() == [YS[0], YS[-1]]
    assert exact.interpolate(0.5, [0.0, 1.0], [1.0, 2.0]) == 1.5
    assert np.isnan(exact.interpolate(np.nan, XS, YS))


# The same bits in every shape and place

FUNCTIONS: dict[str, tuple[Callable[..., Floats], Floats]] = {
    "exp": (exact.exp, spread(-720.0, 720.0, 4097)),
    "log": (exact.log, spread(0.0, 40.0, 4097)),
    "logistic": (exact.logistic, spread(-40.0, 40.0, 4097)),
    "logit": (exact.logit, spread(0.0, 1.0, 4097)),
    "pow": (lambda x: exact.pow(x, 1.1), spread(0.0, 40.0, 4097)),
    "clip": (lambda x: exact.clip(x, 0.0, 1.0), spread(-1.0, 2.0, 4097)),
    "lag": (lambda x: exact.lag(x, 3.0, 7.0, 2.0), spread(0.0, 40.0, 4097)),
    "lag_mean": (lambda x: exact.lag_mean(1.0, 3.0, x), spread(0.0, 40.0, 4097)),
    "normal_quantile": (exact.normal_quantile, exact.logistic(spread(-30.0, 30.0, 4097))),
    "normal_pdf": (exact.normal_pdf, spread(-9.0, 9.0, 4097)),
    "normal_cdf": (exact.normal_cdf, spread(-9.0, 9.0, 4097)),
    "interpolate": (lambda x: exact.interpolate(x, XS, YS), spread(-9.0, 9.0, 4097)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_same_bits_in_every_shape_and_place(name: str) -> None:
    function, x = FUNCTIONS[name]
    before = x.copy()
    whole = function(x)
    assert whole.dtype == np.float64
    assert (x == before).all(), "the argument was changed"
    for i in range(0, len(x), 97):
        alone = function(float(x[i]))
        assert isinstance(alone, np.float64)
        assert alone == whole[i] == function(x[i : i + 1])[0] == function(np.array(x[i]))
    for place in (slice(1, None), slice(3, 1000), slice(None, None, 7), slice(None, None, -1), slice(0, 0)):
        assert function(x[place]).tobytes() == whole[place].tobytes()
    square = x[:4096].reshape(64, 64)
    assert function(square.T).tobytes() == whole[:4096].reshape(64, 64).T.tobytes()
    assert function(np.asfortranarray(square)[::3, 5::2]).tolist() == whole[:4096].reshape(64, 64)[::3, 5::2].tolist()
