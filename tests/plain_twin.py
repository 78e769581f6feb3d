"""A twin of the riskier equations in plain Python, one run and one number at a time.

Written from the equations of docs/models.md, not from the code of the core, with `math` instead of `exact`: it is the
oracle of `laws/test_plain_twin.py` and the yardstick of `bench.py`. Slow on purpose, and short.
"""

import math

Row = list[float]


def hit_chance(new: int, held: float, a: float, b: float) -> float:
    """Chance that some interviews bring up a need (beta-binomial urn, Griffin & Hauser 1993)."""
    missed = 1.0
    for n in range(new):
        missed *= (b + held + n) / (a + b + held + n)
    return 1.0 - missed


def belief(prior: float, sd: float, heard: Row, counts: Row, biases: Row, errors: Row) -> tuple[float, float]:
    """Mean and sd of a normal belief after instruments with an own bias each (Raiffa & Schlaifer 1961)."""
    precision, weighted = 1.0 / sd**2, prior / sd**2
    for x, n, bias, error in zip(heard, counts, biases, errors, strict=True):
        if n > 0:
            variance = bias**2 + error**2 / n
            precision += 1.0 / variance
            weighted += x / variance
    return weighted / precision, precision**-0.5


def capacity(
    new: float, experienced: float, fresh: float, overtime: float, tired: float, leadership: float, days: float = 5
) -> float:
    """Work units of a turn (Madachy 2008; Abdel-Hamid & Madnick 1991; Oliva & Sterman 2001)."""
    share = days / 20.0
    learning = new * (1.0 - math.exp(-share)) / share
    skilled = new + experienced - learning
    people = new + experienced + fresh
    lost = min(0.0006 * people**2, 0.54) * (1.0 - 0.3 * leadership)
    hands = 0.8 * learning + 0.2 * fresh + 1.2 * max(skilled - 0.25 * learning - 0.5 * fresh, 0.0)
    return days * 0.1 * (1.0 - lost) * hands * (1.0 + overtime) * max(1.0 - 1.25 * tired, 0.0)


def rework(todo: float, good: float, hidden: float, cap: float, q: float, tau: float) -> Row:
    """A week of the rework cycle: to do, good, hidden, work, found (Cooper 1980; Lyneis & Ford 2007)."""
    old = 1.0 - math.exp(-1.0 / tau)
    fresh = 1.0 - tau * old
    work = min(cap, (todo + hidden * old) / (1.0 - (1.0 - q) * fresh))
    wrong = (1.0 - q) * work
    found = hidden * old + wrong * fresh
    return [max(todo - work + found, 0.0), good + q * work, hidden + wrong - found, work, found]


def bass(adopted: float, p: float, q: float, years: float) -> float:
    """Share adopted some years on, by way of the calendar time at which it would have stood (Bass 1969)."""
    rate = p + q
    odds = (1.0 - adopted) / (1.0 + q / p * adopted)
    faded = odds * math.exp(-rate * years)
    return max(adopted, (1.0 - faded) / (1.0 + q / p * faded))


def shares(utilities: Row) -> Row:
    """Shares of a multinomial logit (McFadden 1974)."""
    weights = [math.exp(one) for one in utilities]
    return [one / math.fsum(weights) for one in weights]


def renewal(number: int, a: float, b: float, shift: float) -> float:
    """Share that renews (shifted beta-geometric, Fader & Hardie 2007), the first log odds of leaving shifted."""
    odds = a / b * math.exp(shift)
    leaves = (a + b) * odds / (1.0 + odds)
    return 1.0 - leaves / (a + b + number - 1.0)


def reputation(r: float, s: float, kept: float, broken: float) -> tuple[float, float, float]:
    """Evidence for and against a week later, and the trust that follows (Josang & Ismail 2002)."""
    remembered = 2.0 ** (-1.0 / 26.0)
    r, s = r * remembered + kept, s * remembered + broken
    return r, s, (r + 1.0) / (r + s + 2.0)


def opinions(x: Row, views: Row, weights: list[Row]) -> Row:
    """A round of talk with lasting own views (Friedkin & Johnsen 1999)."""
    return [
        row[i] * view + (1.0 - row[i]) * math.fsum(w * other for w, other in zip(row, x, strict=True))
        for i, (row, view) in enumerate(zip(weights, views, strict=True))
    ]
