"""What a delegate does in an area of decisions: lists of rules that stay within it and take nothing irreversible on.

Sound habits, no computing ahead, made of the same judgements as `steady`. Delegates leave the player half of the
week's focus hours (`delegation.KEPT_SHARE`), and never promise, drop, cut, open a gate or stop anything.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from tpmsim.core.arrays import Bools, Floats, Ints
from tpmsim.core.mechanics.instruments import TEARDOWN_SIGHT
from tpmsim.core.readings import unblocked
from tpmsim.core.rules import Rules
from tpmsim.core.state import NOBODY, Known
from tpmsim.game.delegation import KEPT_SHARE
from tpmsim.lab.policies import planning, steady
from tpmsim.lab.policies.steady import disliked, liked, price, too_few
from tpmsim.lab.policy import END, Book, Mask, Ordered, Pick, Policy, Rule, both, everybody_in, per_entity

UNSURE = 0.25
"""Standard deviation of a worth from which it is asked about once more."""

LAST_USE = 2
"""Weeks before the end from which an answer comes too late to change anything."""

NOT_PROMISED = 1e6
"""In place of the week of a promise, for what is promised for no week."""


def time_for(book: Book, rows: tuple[int, ...]) -> Mask:
    """Runs in which the longest of these moves leaves the player's share of the week untouched."""
    hours = max((book.rules.moves[row].hours for row in rows), default=0.0)
    kept = KEPT_SHARE * book.rules.focus_hours
    return lambda rules, known: np.asarray(known.hours - hours >= kept)


def _line(book: Book, name: str, when: Mask, move: int | Pick) -> Rule:
    line = Rule(name, when, move)
    return line._replace(when=both(time_for(book, line.rows), when))


# Building


def _building(book: Book) -> Iterator[Rule]:
    """First what is promised first, and what that waits for."""
    rules = book.rules
    levers = book.levers("first", "rank")
    table = per_entity(levers, len(rules.features))

    def choose(rules: Rules, known: Known) -> Ints:
        feature = most_urgent(rules, known)
        return np.where(feature >= 0, table[np.maximum(feature, 0)], END)

    yield _line(book, "first", _something_promised, Pick(tuple(lever.row for lever in levers), choose))


def _something_promised(rules: Rules, known: Known) -> Bools:
    return np.asarray((_under_way(known) & (known.due > 0)).any(axis=0))


def _under_way(known: Known) -> Bools:
    return np.asarray((known.committed > 0.0) & (known.complete <= 0.0))


def most_urgent(rules: Rules, known: Known) -> Ints:
    """(N,) the feature that ought to be worked on before all others; NOBODY where it is, or where none is promised."""
    ready = _under_way(known) & unblocked(rules, known)
    due = np.where(ready, _wanted_by(rules, known), NOT_PROMISED)
    rank = np.where(ready, known.rank, NOT_PROMISED)
    best = np.argmin(due + known.rank / NOT_PROMISED, axis=0)
    at = np.arange(best.shape[0])
    turn = (due[best, at] < NOT_PROMISED) & (due[best, at] < due[np.argmin(rank, axis=0), at])
    return np.where(turn, best, NOBODY)


def _wanted_by(rules: Rules, known: Known) -> Floats:
    """(J, N) the week by which a feature is promised, or something under way that waits for it."""
    due = np.where(_under_way(known) & (known.due > 0), known.due, NOT_PROMISED)
    for _ in rules.features:
        waits = [np.where(row[:, None] > 0.0, due, NOT_PROMISED).min(axis=0) for row in rules.backlog.depends.T]
        due = np.minimum(due, np.stack(waits))
    return np.asarray(due)


# Market


def _market(book: Book) -> Iterator[Rule]:
    """A little money once everybody is in, none where it is disliked; whom to let in stays the player's."""
    spends = sorted(book.levers("spend", "spend"), key=lambda lever: lever.value)
    for lever in [one for one in spends if one.value > 0.0][:1]:
        yield _line(book, "spend", both(_no_spend, both(everybody_in, liked)), lever.row)
    for lever in spends[:1]:
        yield _line(book, "save", both(_spends, disliked), lever.row)


def _no_spend(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.spend <= 0.0)


def _spends(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.spend > 0.0)


# Contact


def _contact(book: Book) -> Iterator[Rule]:
    """Whoever trusts the player least, one after the other."""
    rows = book.levers("talk", "met")
    table = per_entity(rows, len(book.rules.stakeholders))

    def choose(rules: Rules, known: Known) -> Ints:
        free = (known.met <= 0.0) & (known.gone <= 0.0)
        least: Ints = np.argmin(np.where(free, known.trust, NOT_PROMISED), axis=0)
        return np.asarray(table[least])

    if rows:
        yield _line(book, "talk", _anybody_free, Pick(tuple(lever.row for lever in rows), choose))


def _anybody_free(rules: Rules, known: Known) -> Bools:
    return np.asarray(((known.met <= 0.0) & (known.gone <= 0.0)).any(axis=0))


# Learning


def _learning(book: Book) -> Iterator[Rule]:
    """The segment that it is for while its beliefs are wide; what is planned, once; each rival now and then."""
    rules = book.rules
    tools = [i for i, tool in enumerate(rules.instruments) if tool.about == "needs"]
    tools.sort(key=lambda i: (price(book, i), i))
    rounds = 2 + rules.weeks // 13
    for i in tools[:2]:
        for lever in book.levers(rules.instruments[i].id, "queue"):
            segment = lever.place[1]
            when = both(_in_time, both(_unsure(segment), too_few(i, segment, rounds)))
            yield _line(book, "ask", when, lever.row)
    for tool in rules.instruments:
        for lever in book.levers(tool.id, "spiking"):
            yield _line(book, "try out", _untried(lever.place[0]), lever.row)
        for lever in book.levers(tool.id, "looking"):
            yield _line(book, "look", both(_in_time, _look_again(lever.place[0])), lever.row)


def _in_time(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.weeks_left > LAST_USE)


def _unsure(segment: int) -> Mask:
    """It is the target, and something that is known to matter there is not known well."""

    def mask(rules: Rules, known: Known) -> Bools:
        wide = ((known.sd[segment] > UNSURE) & (known.found > 0.0)).any(axis=0)
        return np.asarray(wide & (known.target == segment))

    return mask


def _untried(feature: int) -> Mask:
    """It is planned, hardly begun, and nobody has tried it out."""

    def mask(rules: Rules, known: Known) -> Bools:
        new = (known.spiked[feature] <= 0.0) & (known.spiking[feature] <= 0.0)
        return np.asarray(new & _under_way(known)[feature] & (known.reported[feature] <= 0.0))

    return mask


def _look_again(rival: int) -> Mask:
    """As far as the last look could see has passed."""

    def mask(rules: Rules, known: Known) -> Bools:
        again = known.week % TEARDOWN_SIGHT == 0
        return np.asarray(again & (known.looking[rival] <= 0.0) & (known.rival_seen[rival] < known.week))

    return mask


RESTS_ON = (planning.__name__, steady.__name__)

DELEGATES: Mapping[str, Policy] = MappingProxyType(
    {
        "building": Ordered("delegate-building", _building, RESTS_ON),
        "market": Ordered("delegate-market", _market, RESTS_ON),
        "contact": Ordered("delegate-contact", _contact, RESTS_ON),
        "learning": Ordered("delegate-learning", _learning, RESTS_ON),
    }
)
"""Who acts in an area, by its id."""
