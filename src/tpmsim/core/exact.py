"""The only special functions and reductions state may use: the same bits on every machine.

numpy's own `exp`, `log` and sums give other last bits on another processor, version or array length. What
IEEE 754 rounds exactly does not: `+ - * /`, square root, comparison and moving bits. Everything here is made
of these, one elementary step an array pass, so a value never depends on its place in a batch. A lint in the
tests keeps the rest of the core to it.

Arguments are floats or float64 arrays of any shape, which broadcast; a function of floats alone gives an
`np.float64`. Not for statistics over runs: those may use all of numpy.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Real = float | Floats

# exp: Freely distributable math library, e_exp.c (Sun Microsystems, 1993).
_LN2_HIGH = float.fromhex("0x1.62e42feep-1")  # ends in zero bits, so a whole number times it is exact
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
_INVERSE_LN2 = float.fromhex("0x1.71547652b82fep+0")
_EXP = (
    float.fromhex("0x1.6376972bea4d0p-25"),
    float.fromhex("-0x1.bbd41c5d26bf1p-20"),
    float.fromhex("0x1.1566aaf25de2cp-14"),
    float.fromhex("-0x1.6c16c16bebd93p-9"),
    float.fromhex("0x1.555555555553ep-3"),
)
_EXP_LIMIT = 700.0
_CACHED = 1 << 14  # larger arrays are worked piece by piece: the passes then stay in the cache, in half the time
_FEW = 4  # so few columns, as of a single run, Python adds in less time than a pass of numpy for each row takes
_TO_WHOLE = float.fromhex("0x1.8p52")  # adding it rounds to a whole number, left in the low bits of the sum

# log: e_log.c of the same library.
_LOG = (
    float.fromhex("0x1.2f112df3e5244p-3"),
    float.fromhex("0x1.39a09d078c69fp-3"),
    float.fromhex("0x1.7466496cb03dep-3"),
    float.fromhex("0x1.c71c51d8e78afp-3"),
    float.fromhex("0x1.2492494229359p-2"),
    float.fromhex("0x1.999999997fa04p-2"),
    float.fromhex("0x1.5555555555593p-1"),
)
_SMALLEST = float.fromhex("0x1p-1022")
_SQRT_HALF_BITS = 0x3FE6A09E_00000000
_FRACTION_MASK = 0x000FFFFF_FFFFFFFF
_FRACTION_LENGTH = 52

# Normal quantile: Wichura (1988), PPND16. Numerators and denominators, highest power first.
# fmt: off
_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)
_TAIL = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)
_FAR_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
     0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)
# fmt: on

# Normal distribution: Abramowitz & Stegun (1964), 26.2.17, highest power first.
_CDF = (1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530)
_CDF_SCALE = 0.2316419
_PDF_AT_ZERO = float.fromhex("0x1.9884533d43651p-2")  # 1 / sqrt(2 pi)
_PDF_LIMIT = 40.0  # further out exp has met its own limit; squares stay small

_RARE = 1e-7  # chance beyond which the tails of a normal are not told apart: the error of `normal_cdf`

Z_80 = 1.2815515655446004
"""rec: standard normal quantile of 0.9, half the width of an 80 % interval in standard deviations."""


def _horner(coefficients: Sequence[float], x: Floats) -> Floats:
    """The polynomial with these coefficients, highest power first, at `x`: shape of `x`."""
    y = np.multiply(x, coefficients[0], out=np.empty_like(x))
    for coefficient in coefficients[1:-1]:
        np.add(y, coefficient, out=y)
        np.multiply(y, x, out=y)
    return np.add(y, coefficients[-1], out=y)


def _in_pieces(function: Callable[[Floats], Floats], x: Floats) -> Floats:
    """The function of every element of a large array, worked out piece by piece: shape of `x`."""
    flat = x.reshape(-1)
    pieces = [function(flat[start : start + _CACHED]) for start in range(0, flat.shape[0], _CACHED)]
    return np.concatenate(pieces).reshape(x.shape)


def exp(x: Real) -> Floats:
    """The exponential of `x` cut to +-700: always positive and finite, `exp(0) = 1`, error below 1 ulp.

    `x = k ln 2 + r` with whole k and small r, a rational form of e**r, then k added to the exponent bits.
    Source: e_exp.c of the Freely Distributable Math Library (Sun Microsystems, 1993). NaN stays NaN.
    """
    return _exp_of_number(x) if isinstance(x, float) else _exp(x)


@lru_cache(maxsize=1 << 12)
def _exp_of_number(x: float) -> Floats:
    """Constants of a model come back every week, and a pass over one number costs as much as over hundreds."""
    return _exp(x)


def _exp(x: Real) -> Floats:
    high = np.array(x, dtype=np.float64)
    if high.size > _CACHED:
        return _in_pieces(_exp, high)
    np.minimum(high, _EXP_LIMIT, out=high)
    np.maximum(high, -_EXP_LIMIT, out=high)

    k = np.multiply(high, _INVERSE_LN2, out=np.empty_like(high))
    np.add(k, _TO_WHOLE, out=k)
    exponent = np.left_shift(k.view(np.int64), _FRACTION_LENGTH, out=np.empty(k.shape, np.int64))
    np.subtract(k, _TO_WHOLE, out=k)

    low = np.multiply(k, _LN2_HIGH, out=np.empty_like(high))
    np.subtract(high, low, out=high)
    np.multiply(k, _LN2_LOW, out=low)
    r = np.subtract(high, low, out=k)

    square = np.multiply(r, r, out=np.empty_like(high))
    c = _horner(_EXP, square)
    np.multiply(c, square, out=c)
    np.subtract(r, c, out=c)
    np.multiply(r, c, out=r)
    np.subtract(2.0, c, out=c)
    np.divide(r, c, out=r)

    np.subtract(low, r, out=r)
    np.subtract(r, high, out=r)
    np.subtract(1.0, r, out=r)
    bits = r.view(np.int64)
    np.add(bits, exponent, out=bits)
    return r[()]


def log(x: Real) -> Floats:
    """The natural logarithm of `x` > 0: `log(1) = 0`, error below 1 ulp.

    `x = 2**k (1 + f)` with 1 + f between sqrt(1/2) and sqrt(2), then a series in s = f / (2 + f).
    Source: e_log.c of the Freely Distributable Math Library (Sun Microsystems, 1993).
    Zero and subnormal numbers count as 2**-1022, so that a share of zero gives -708.4 and not minus infinity.
    A negative or infinite `x` and NaN give NaN, for the engine's check of finite state to find.
    """
    return _log_of_number(x) if isinstance(x, float) else _log(x)


@lru_cache(maxsize=1 << 12)
def _log_of_number(x: float) -> Floats:
    return _log(x)


def _log(x: Real) -> Floats:
    given = np.asarray(x, dtype=np.float64)
    if given.size > _CACHED:
        return _in_pieces(_log, given)
    m = np.maximum(given, _SMALLEST, out=np.empty_like(given))
    bits = m.view(np.int64)
    np.subtract(bits, _SQRT_HALF_BITS, out=bits)
    whole = np.right_shift(bits, _FRACTION_LENGTH, out=np.empty(bits.shape, np.int64))
    np.bitwise_and(bits, _FRACTION_MASK, out=bits)
    np.add(bits, _SQRT_HALF_BITS, out=bits)
    k = np.add(whole, 0.0, out=np.empty_like(m))

    f = np.subtract(m, 1.0, out=m)
    s = np.add(f, 2.0, out=np.empty_like(m))
    np.divide(f, s, out=s)
    z = np.multiply(s, s, out=np.empty_like(m))
    rest = _horner(_LOG, z)
    np.multiply(rest, z, out=rest)
    half = np.multiply(f, 0.5, out=z)
    np.multiply(half, f, out=half)

    np.add(rest, half, out=rest)
    np.multiply(rest, s, out=rest)
    np.multiply(k, _LN2_LOW, out=s)
    np.add(rest, s, out=rest)
    np.subtract(rest, half, out=rest)
    np.add(rest, f, out=rest)
    np.multiply(k, _LN2_HIGH, out=k)
    np.add(rest, k, out=rest)
    np.copyto(rest, np.nan, where=~((given >= 0.0) & (given < np.inf)))
    return rest[()]


def logistic(x: Real) -> Floats:
    """`1 / (1 + exp(-x))`: strictly between 0 and 1 for x below 36, where it rounds to 1."""
    return 1.0 / (1.0 + exp(np.negative(x)))


def logit(x: Real) -> Floats:
    """`log(x / (1 - x))` for 0 < x < 1: the inverse of `logistic`."""
    return log(x / (1.0 - x))


def pow(x: Real, y: Real) -> Floats:
    """`x` to the power `y`, as `exp(y log x)`, for x > 0; relative error below (1 + |y log x|) 3e-16.

    Write a square as `x * x`.
    """
    return exp(np.multiply(y, log(x)))


def clip(x: Real, lo: Real, hi: Real) -> Floats:
    """`min(max(x, lo), hi)`; a zero comes out positive."""
    # Of -0.0 and 0.0 a processor may call either the larger; adding 0.0 settles it.
    return np.minimum(np.maximum(x, lo), hi) + 0.0


def lag(x: Real, goal: Real, tau: Real, d: Real = 1.0) -> Floats:
    """Where `x` stands after a turn of drifting towards a constant `goal`: `g + (x - g) exp(-d / tau)`.

    Exact for a turn of any length `d` in the unit of the time constant `tau` > 0: two half turns make one.
    """
    return goal + np.subtract(x, goal) * exp(np.divide(np.negative(d), tau))


def lag_mean(x: Real, goal: Real, tau: Real, d: Real = 1.0) -> Floats:
    """The mean of `lag` over the turn: `g + (x - g) (tau / d) (1 - exp(-d / tau))`, units as in `lag`."""
    share = np.divide(tau, d) * (1.0 - exp(np.divide(np.negative(d), tau)))
    return goal + np.subtract(x, goal) * share


def _ratio(coefficients: tuple[Sequence[float], Sequence[float]], r: Floats) -> Floats:
    numerator, denominator = coefficients
    return _horner(numerator, r) / _horner(denominator, r)


def normal_quantile(p: Real) -> Floats:
    """The standard normal z with `P(Z <= z) = p`, 0 < p < 1; relative error about 1e-15.

    Source: Wichura (1988), Algorithm AS 241, PPND16, Applied Statistics 37:477-484.
    """
    given = np.asarray(p, dtype=np.float64)
    if given.size > _CACHED:
        return _in_pieces(normal_quantile, given)
    flat = given.ravel()
    q = flat - 0.5
    z = q * _ratio(_CENTRE, np.maximum(0.180625 - q * q, 0.0))
    # Only 15 % of the draws lie outside the centre: they alone pay for the logarithm and a second ratio.
    outside = np.flatnonzero((q < -0.425) | (q > 0.425))
    if outside.size:
        p_outside = flat[outside]
        r = np.sqrt(-log(np.minimum(p_outside, 1.0 - p_outside)))
        tail = _ratio(_TAIL, r - 1.6)
        far = np.flatnonzero(r > 5.0)
        if far.size:
            tail[far] = _ratio(_FAR_TAIL, r[far] - 5.0)
        z[outside] = np.where(q[outside] < 0.0, -tail, tail)
    return z.reshape(given.shape)[()]


def normal_pdf(x: Real) -> Floats:
    """The standard normal density at `x`; never below 4e-305."""
    z = clip(x, -_PDF_LIMIT, _PDF_LIMIT)
    return _PDF_AT_ZERO * exp(-0.5 * (z * z))


def normal_cdf(x: Real) -> Floats:
    """`P(Z <= x)` of a standard normal Z, absolute error below 7.5e-8.

    Source: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.2.17.
    """
    return normal_pdf_and_cdf(x)[1]


def normal_pdf_and_cdf(x: Real) -> tuple[Floats, Floats]:
    """`normal_pdf` and `normal_cdf` at `x`; the second needs the first."""
    given = np.asarray(x, dtype=np.float64)
    pdf = normal_pdf(given)
    t = np.asarray(1.0 / (1.0 + _CDF_SCALE * clip(np.maximum(given, -given), 0.0, _PDF_LIMIT)))
    upper = pdf * t * _horner(_CDF, t)
    return pdf, np.where(given < 0.0, upper, 1.0 - upper)[()]


def normal_within(mean: Real, sd: Real, low: Real, high: Real, u: Real) -> Floats:
    """A draw of N(mean, sd^2) between two bounds, by inversion; the nearer bound where almost nothing lies between."""
    below, above = normal_cdf((low - mean) / sd), normal_cdf((high - mean) / sd)
    place = clip(below + (above - below) * u, _RARE, 1.0 - _RARE)
    return clip(mean + sd * normal_quantile(place), low, high)


def total(x: Floats) -> Floats:
    """The sum over axis 0 from the left, `((0 + x[0]) + x[1]) + ...`: shape (K, ...) -> (...)."""
    if 0 < x.size <= _FEW * x.shape[0]:
        columns = x.reshape(x.shape[0], -1).T.tolist()
        return np.array([reduce(add, column, 0.0) for column in columns]).reshape(x.shape[1:])[()]
    result = np.zeros(x.shape[1:]) if not x.shape[0] else np.add(x[0], 0.0, out=np.empty(x.shape[1:]))
    for row in x[1:]:
        np.add(result, row, out=result)
    return result[()]


def product(x: Floats) -> Floats:
    """The product over axis 0 from the left, `((1 x[0]) x[1]) ...`: shape (K, ...) -> (...)."""
    result = np.ones(x.shape[1:])
    for row in x:
        np.multiply(result, row, out=result)
    return result[()]


def interpolate(x: Real, xs: Sequence[float] | Floats, ys: Sequence[float] | Floats) -> Floats:
    """The height at `x` of straight lines through the points (xs, ys), level beyond both ends: shape of `x`.

    `xs` and `ys` have shape (K,), K >= 2, `xs` strictly increasing. The given points are met exactly.
    """
    across, up = np.asarray(xs), np.asarray(ys)
    inside = clip(x, xs[0], xs[-1])
    line = np.searchsorted(across[1:-1], inside, side="right")
    left, low = across[line], up[line]
    y = low + (up[line + 1] - low) * ((inside - left) / (across[line + 1] - left))
    return np.where(inside >= xs[-1], ys[-1], y)[()]
