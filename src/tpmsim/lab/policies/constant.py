"""Policies with one idea: agree with one function whatever is asked, ship early, or finish everything first.

They are there to lose: a scenario in which one of them is among the best has no choices. In what their idea does not
reach they play soundly, as `steady`, so that the idea is all that is tried.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from tpmsim.core.arrays import Bools
from tpmsim.core.rules import Function, Move, Op, Rules, Trigger
from tpmsim.core.state import Known
from tpmsim.lab.policies import planning, steady
from tpmsim.lab.policy import Book, Mask, Ordered, Rule, always, answers, both, everybody_in, no_criteria, within

# Agree


def _agree(function: Function, book: Book) -> Iterator[Rule]:
    """Answer, promise and put first as those with this function would like it; their time comes first, too."""
    theirs = book.rules.people.function == function
    yield from answers(book, partial(_pleases, theirs))
    wishes = _wishes(book.rules, theirs)
    for j in wishes:
        yield from _promise(book, j, boldly=True)
    for lever in book.levers("first", "rank"):
        if lever.place[0] in wishes[:1]:
            yield Rule("their wish first", _behind_others(lever.place[0]), lever.row)
    for lever in book.levers("talk", "met"):
        if theirs[lever.place[0]]:
            yield Rule("their time", always, lever.row)
    yield from steady.work(book)
    yield from steady.people(book)


def _pleases(theirs: Bools, book: Book, move: Move) -> float:
    """How much those people would like an answer: what it does to their mood and trust, and to what they want."""
    people, worth = book.rules.people, 0.0
    for effect in move.effects:
        field, place, value = effect.ref.field, effect.ref.row, effect.value
        if field in ("satisfaction", "kept_weight") and theirs[place[0]]:
            worth += value
        if field == "broken_weight" and theirs[place[0]]:
            worth -= value
        for o, outcome in enumerate(people.outcomes):
            if (outcome.field, outcome.row) == (field, place):
                change = value if effect.op is Op.ADD else value - _usual(book.rules, field)
                worth += float(people.goals[theirs, o].sum()) * change / float(people.scale[o])
    return worth


def _usual(rules: Rules, field: str) -> float:
    """From where a lever that sets a value moves it, in most weeks."""
    return {"price": rules.money.price, "kept": 1.0}.get(field, 0.0)


def _wishes(rules: Rules, theirs: Bools) -> list[int]:
    """Features that those people ask for, most wanted first."""
    want = np.where(theirs[rules.backlog.sponsor], 0.1, 0.0)
    for o, outcome in enumerate(rules.people.outcomes):
        if outcome.field == "committed":
            want[outcome.row[0]] += rules.people.goals[theirs, o].sum()
    return [int(j) for j in np.argsort(-want, kind="stable") if want[j] > 0.0]


def _behind_others(feature: int) -> Mask:
    return lambda rules, known: np.asarray(
        (known.rank[feature] > known.rank.min(axis=0)) & (known.committed[feature] > 0)
    )


def _promise(book: Book, feature: int, boldly: bool) -> Iterator[Rule]:
    """A feature into the plan: with the strongest word for the nearest week, or the weakest for the furthest."""
    offers = [lever.row for lever in book.levers("commit", "committed") if lever.place == (feature,)]
    sign = 1.0 if boldly else -1.0

    def boldness(row: int) -> tuple[float, float]:
        word, due = book.value(row, "word", (feature,)), book.value(row, "due", (feature,))
        return -sign * (word or 0.0), sign * (due or 0.0)

    planning_stages = within(book, "roadmap")
    for row in sorted(offers, key=boldness)[:1]:
        yield Rule("promise", planning_stages, row)
    for lever in book.levers("plan", "committed"):
        if lever.place == (feature,):
            yield Rule("plan what was promised", planning_stages, lever.row)


# Ship early


def _ship_early(book: Book) -> Iterator[Rule]:
    """Ask nobody, plan the smallest thing that waits for nothing, leap at every gate, let everybody in at once."""
    yield from answers(book, steady.kindness)
    yield from steady.aim(book)
    backlog = book.rules.backlog
    alone = np.asarray((backlog.depends <= 0.0).all(axis=1))
    for j in [int(j) for j in np.argsort(backlog.ksloc, kind="stable") if alone[j]]:
        for line in _promise(book, j, boldly=True):
            yield line._replace(when=both(line.when, _nothing_planned))
    for lever in book.levers("cut", "kept"):
        yield Rule("least scope", _unfinished(lever.place[0]), lever.row)
    fastest = int(np.argmax(book.rules.team.feature_share))
    for lever in book.levers("profile", "profile"):
        if lever.value == fastest:
            yield Rule("ship", within(book, "build"), lever.row)
    for lever in sorted(book.levers("criteria", "criteria"), key=lambda lever: lever.value)[:1]:
        yield Rule("write something down", both(within(book, "launch"), no_criteria), lever.row)
    for lever in book.levers("wave", "wave"):
        yield Rule("let them in", always, lever.row)
    ready: dict[str, Mask] = {"roadmap": _something_planned, "build": _something_done, "launch": everybody_in}
    for stage, name in enumerate(book.rules.stages):
        yield Rule(f"leap from {name}", ready.get(name, always), book.gate(stage, Trigger.LEAP))
    yield from steady.people(book)


def _nothing_planned(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.planned < 1.0)


def _something_planned(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.planned >= 1.0)


def _something_done(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.completed >= 1.0)


def _unfinished(feature: int) -> Mask:
    def mask(rules: Rules, known: Known) -> Bools:
        whole = (known.kept[feature] >= 1.0) & (known.complete[feature] <= 0.0)
        return np.asarray(whole & (known.committed[feature] > 0.0))

    return mask


# Gold plate


def _gold_plate(book: Book) -> Iterator[Rule]:
    """Plan everything, without haste, work carefully, and never launch before all of it is done."""
    yield from answers(book, steady.kindness)
    yield from steady.learn(book)
    yield from steady.aim(book)
    for j in range(len(book.rules.features)):
        yield from _promise(book, j, boldly=False)
    careful = int(np.argmin(book.rules.team.delay))
    for lever in book.levers("profile", "profile"):
        if lever.value == careful:
            yield Rule("harden", within(book, "build", "launch", "live"), lever.row)
    yield from steady.launch(book)
    finished = {"build": _all_done}
    for stage, name in enumerate(book.rules.stages):
        ready = finished.get(name, always)
        yield Rule(f"ask to leave {name}", ready, book.gate(stage, Trigger.GO))
        yield Rule(f"leap from {name}", both(ready, _waited), book.gate(stage, Trigger.LEAP))
    yield from steady.people(book)


def _waited(rules: Rules, known: Known) -> Bools:
    """A week has passed in which the gate was not asked, or stayed shut."""
    return np.asarray(known.stage_weeks >= 1)


def _all_done(rules: Rules, known: Known) -> Bools:
    return np.asarray((known.completed >= known.planned) & (known.planned >= 1.0))


def _constant(name: str, lines: Callable[[Book], Iterator[Rule]]) -> Ordered:
    return Ordered(name, lines, (planning.__name__, steady.__name__))


def agree_with_sell(book: Book) -> Iterator[Rule]:
    """Sales is right."""
    yield from _agree(Function.SELL, book)


def agree_with_build(book: Book) -> Iterator[Rule]:
    """Engineering is right."""
    yield from _agree(Function.BUILD, book)


def agree_with_sponsor(book: Book) -> Iterator[Rule]:
    """Whoever signs is right."""
    yield from _agree(Function.SPONSOR, book)


CONSTANT = (
    _constant("agree-sell", agree_with_sell),
    _constant("agree-build", agree_with_build),
    _constant("agree-sponsor", agree_with_sponsor),
    _constant("ship-early", _ship_early),
    _constant("gold-plate", _gold_plate),
)
"""One idea each."""
