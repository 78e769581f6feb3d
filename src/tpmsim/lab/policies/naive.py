"""The naive way: whoever spoke last is right. Says yes to every card, promises everything at once, skips the gates.

Not a straw man: each single step is what a hurried beginner does for a reason that sounded good at the time.
"""

from collections.abc import Iterator

import numpy as np

from tpmsim.core.arrays import Bools
from tpmsim.core.rules import Function, Rules, Trigger
from tpmsim.core.state import Known
from tpmsim.lab.policy import (
    Book,
    Lever,
    Mask,
    Ordered,
    Rule,
    always,
    answers,
    both,
    everybody_in,
    no_criteria,
    within,
)


def _lines(book: Book) -> Iterator[Rule]:
    yield from answers(book)
    yield from _listen(book)
    yield from _promise(book)
    yield from _push(book)
    yield from _shout(book)
    yield from _leap(book)
    yield from _please(book)


def _listen(book: Book) -> Iterator[Rule]:
    """One quick question to the largest crowd, whose answer is believed; then the loudest wish is the problem."""
    rules = book.rules
    crowd = int(np.argmax(rules.market.size))
    for i, tool in enumerate(rules.instruments):
        for lever in book.levers(tool.id, "queue"):
            if lever.place == (i, crowd) and not tool.discovers:
                yield Rule("ask the crowd", _unasked(i, crowd), lever.row)
    wish = int(rules.backlog.serves[_wishes(rules)[0]].argmax())
    for lever in book.levers("target", "target"):
        if lever.value == crowd:
            yield Rule("aim at the crowd", always, lever.row)
    for lever in book.levers("problem", "problem"):
        if lever.value == wish:
            yield Rule("aim at the wish", always, lever.row)


def _unasked(tool: int, segment: int) -> Mask:
    def mask(rules: Rules, known: Known) -> Bools:
        heard = known.asked[:, segment].any(axis=(0, 1)) | (known.queue[:, segment] > 0.0).any(axis=0)
        return np.asarray((known.stage == 0) & ~heard)

    return mask


def _wishes(rules: Rules) -> list[int]:
    """Features, what sales wants most first: by the goals of sales, then by who asks for them."""
    sells = rules.people.function == Function.SELL
    want = np.where(sells[rules.backlog.sponsor], 0.1, 0.0)
    for o, ref in enumerate(rules.people.outcomes):
        if ref.field == "committed":
            want[ref.row[0]] += rules.people.goals[sells, o].sum()
    return [int(j) for j in np.argsort(-want, kind="stable")]


def _promise(book: Book) -> Iterator[Rule]:
    """Everything, with the strongest word and for the nearest week."""
    for j in _wishes(book.rules):
        offers = [lever.row for lever in book.levers("commit", "committed") if lever.place == (j,)]
        offers.sort(key=lambda row: (-(book.value(row, "word", (j,)) or 0), book.value(row, "due", (j,)) or 0))
        for row in offers[:1]:
            yield Rule("promise", within(book, "roadmap"), row)
        for lever in book.levers("plan", "committed"):
            if lever.place == (j,):
                yield Rule("plan what was promised", within(book, "roadmap"), lever.row)


def _push(book: Book) -> Iterator[Rule]:
    """Ship fast; long hours as soon as the week of a promise is near."""
    loudest = _wishes(book.rules)[0]
    for lever in book.levers("first", "rank"):
        if lever.place == (loudest,):
            yield Rule("the loudest first", _not_first(loudest), lever.row)
    fastest = int(np.argmax(book.rules.team.feature_share))
    for lever in book.levers("profile", "profile"):
        if lever.value == fastest:
            yield Rule("ship", within(book, "build"), lever.row)
    for lever in _most(book.levers("overtime", "overtime")):
        yield Rule("long hours", _behind, lever.row)


def _not_first(feature: int) -> Mask:
    return lambda rules, known: np.asarray(known.rank[feature] > known.rank.min(axis=0))


def _behind(rules: Rules, known: Known) -> Bools:
    late = ((known.due > 0) & (known.due <= known.week + 1) & (known.complete <= 0.0)).any(axis=0)
    return np.asarray(late & rules.works[known.stage])


def _shout(book: Book) -> Iterator[Rule]:
    for lever in _most(book.levers("claim", "claim")):
        yield Rule("claim everything", within(book, "launch", "live"), lever.row)
    for lever in _most(book.levers("spend", "spend")):
        yield Rule("spend", within(book, "launch", "live"), lever.row)
    for lever in _most(book.levers("criteria", "criteria"), -1.0):
        yield Rule("write something down", both(within(book, "launch"), no_criteria), lever.row)
    for lever in reversed(book.levers("wave", "wave")):
        yield Rule("let them in", always, lever.row)


def _leap(book: Book) -> Iterator[Rule]:
    """A gate is a formality: leap as soon as there is anything to take along."""
    ready = {"build": _started, "launch": everybody_in}
    for stage, name in enumerate(book.rules.stages):
        yield Rule(f"leap from {name}", ready.get(name, always), book.gate(stage, Trigger.LEAP))


def _started(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.completed >= 1.0)


def _please(book: Book) -> Iterator[Rule]:
    """Time for those who sell and those who sign."""
    dear = np.isin(book.rules.people.function, (Function.SELL, Function.SPONSOR))
    for lever in book.levers("talk", "met"):
        if dear[lever.place[0]]:
            yield Rule("talk", always, lever.row)


def _most(levers: tuple[Lever, ...], sign: float = 1.0) -> tuple[Lever, ...]:
    """The strongest of some levers, or nothing."""
    return tuple(sorted(levers, key=lambda lever: -sign * lever.value)[:1])


NAIVE = Ordered("naive", _lines)
