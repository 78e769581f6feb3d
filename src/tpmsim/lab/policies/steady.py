"""A sound process: ask before choosing, promise what is likely, look before each gate, launch in steps, stop in time.

What a careful person does without computing ahead. It trusts beliefs as they stand; how it judges features and dates
is `planning`. It is the reference that par is measured by.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.opening import usual_profile
from tpmsim.core.readings import HOURS
from tpmsim.core.rules import Move, Rules, Trigger
from tpmsim.core.state import Known
from tpmsim.lab.noted import Reading
from tpmsim.lab.policies import planning
from tpmsim.lab.policies.planning import (
    ahead,
    as_promised,
    best_of_segment,
    honest,
    may_fit,
    need_in_target,
    next_feature,
    offers,
    turns,
)
from tpmsim.lab.policy import (
    END,
    Book,
    Lever,
    Mask,
    Ordered,
    Pick,
    Rule,
    always,
    answers,
    both,
    everybody_in,
    first_of,
    no_criteria,
    per_entity,
    within,
)

HONEST_CLAIM = 0.85
"""Share of each feature that is claimed: what it will deliver."""

DEAR_UPKEEP = 0.2
"""Share of the team's time from which upkeep is worth bringing down."""

PAYS_BACK = 8
"""Weeks that must be left for it to pay back."""

BUSY_AGENTS = 0.75
"""Share of their time that agents may be busy."""

CRITERIA = -0.1
"""Sentiment below which a launch is stopped."""


def _lines(book: Book) -> Iterator[Rule]:
    yield from work(book)
    yield from people(book)


def work(book: Book) -> Iterator[Rule]:
    """All but the time for people."""
    yield from answers(book, kindness)
    yield from stop(book)
    yield from learn(book)
    yield from aim(book)
    yield from plan(book)
    yield from build(book)
    yield from launch(book)
    yield from gates(book)


def kindness(book: Book, move: Move) -> float:
    """What an answer does for people and for learning, less what it promises, costs and exaggerates."""
    worth = -0.02 * move.hours - 2.0 * move.cost / book.rules.money.cash
    for effect in move.effects:
        match effect.ref.field:
            case "kept_weight" | "satisfaction":
                worth += effect.value
            case "broken_weight" | "overtime":
                worth -= effect.value
            case "queue" | "spiking" | "looking":
                worth += 0.1
            case "due":
                worth -= 1.0
            case "kept":
                worth -= 0.5 * (1.0 - effect.value)
            case "claim":
                worth -= max(effect.value - HONEST_CLAIM, 0.0)
            case "spend":
                worth -= effect.value * book.rules.weeks / book.rules.money.cash
    return worth


# Learning


def learn(book: Book) -> Iterator[Rule]:
    """Each segment by two cheap instruments, those that can bring up new needs first; more rounds in a longer run."""
    tools = [i for i, tool in enumerate(book.rules.instruments) if tool.about == "needs"]
    tools.sort(key=lambda i: (not book.rules.instruments[i].discovers, price(book, i)))
    rounds = 1 + book.rules.weeks // 13
    research = within(book, "research")
    for i in tools[:2]:
        for lever in book.levers(book.rules.instruments[i].id, "queue"):
            yield Rule("ask", both(research, too_few(i, lever.place[1], rounds)), lever.row)


def price(book: Book, tool: int) -> float:
    """Hours of one use."""
    rows = [lever.row for lever in book.levers(book.rules.instruments[tool].id, "queue")]
    return min((book.rules.moves[row].hours for row in rows), default=0.0)


def too_few(tool: int, segment: int, rounds: int) -> Mask:
    """A segment that was not asked so often in this way, and is not being asked."""

    def mask(rules: Rules, known: Known) -> Bools:
        uses = known.asked[tool, segment].max(axis=0) / rules.instruments[tool].answers
        return np.asarray((known.queue[tool, segment] <= 0.0) & (uses < rounds))

    return mask


def aim(book: Book) -> Iterator[Rule]:
    """At the segment and the need that promise most."""
    yield Rule("target", always, _best(book.levers("target", "target"), best_of_segment, "target"))
    yield Rule("problem", always, _best(book.levers("problem", "problem"), need_in_target, "problem"))


def _best(levers: tuple[Lever, ...], worth: Reading, field: str) -> Pick:
    """The lever of the entity with the highest worth, unless it is chosen already."""
    rows = {int(lever.value): lever.row for lever in levers}
    table = np.array([rows.get(k, END) for k in range(max(rows, default=0) + 1)])

    def choose(rules: Rules, known: Known) -> Ints:
        best = np.argmax(worth(rules, known), axis=0)
        return np.where(best == getattr(known, field), END, table[best])

    return Pick(tuple(rows.values()), choose)


# Planning and building


def plan(book: Book) -> Iterator[Rule]:
    """Commit the next feature with an honest word; if it is promised already, just plan it."""
    ways = offers(book)
    soonest = min((offer.weeks for offer in ways), default=0.0)
    yield Rule("commit", both(_time_to_plan(soonest), may_fit), honest(ways))
    yield Rule("plan", both(_promised_only, _time_to_plan(2.0)), as_promised(book))
    for stage, name in enumerate(book.rules.stages):
        if name == "roadmap":
            empty = both(within(book, name), both(_no_plan, _nothing_fits))
            yield Rule("kill", empty, book.gate(stage, Trigger.KILL))


def _time_to_plan(weeks: float) -> Mask:
    return lambda rules, known: (known.hours >= 1.0) & (known.weeks_left >= weeks)


def _no_plan(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.planned < 1.0)


def _nothing_fits(rules: Rules, known: Known) -> Bools:
    return np.asarray(next_feature(rules, known) < 0.0)


def _promised_only(rules: Rules, known: Known) -> Bools:
    return np.asarray(((known.due > 0) & (known.committed <= 0.0)).any(axis=0))


def build(book: Book) -> Iterator[Rule]:
    """Warn before a promise breaks, let go of what would cost the launch, harden what customers have, go home."""
    building = within(book, "build")
    yield Rule("warn", _promised, first_of(book.levers("renegotiate", "moved"), _promised_too_soon))
    yield Rule("let go", both(building, _half_there), first_of(book.levers("drop", "committed"), _better_dropped))
    yield from _debt(book)
    careful = int(np.argmin(book.rules.team.delay))
    for lever in book.levers("profile", "profile"):
        if lever.value == careful:
            yield Rule("harden", finished, lever.row)
    for lever in book.levers("overtime", "overtime"):
        if lever.value == 0.0:
            yield Rule("go home", always, lever.row)


def _debt(book: Book) -> Iterator[Rule]:
    """Pay down while upkeep takes much of the week and there are weeks in which it pays back; then build again."""
    payer, usual = int(np.argmax(book.rules.team.debt_share)), usual_profile(book.rules)
    for lever in book.levers("profile", "profile"):
        if lever.value == payer != usual:
            yield Rule("pay down", _indebted, lever.row)
    for lever in book.levers("profile", "profile"):
        if lever.value == usual != payer:
            paying = both(lambda rules, known: known.profile == payer, _not(_indebted))
            yield Rule("build again", paying, lever.row)


def _indebted(rules: Rules, known: Known) -> Bools:
    return np.asarray((known.upkeep > DEAR_UPKEEP) & (known.weeks_left >= PAYS_BACK))


def _not(mask: Mask) -> Mask:
    return lambda rules, known: ~mask(rules, known)


def _promised(rules: Rules, known: Known) -> Bools:
    """Runs in which something is promised that can still be warned of."""
    return np.asarray(_to_come(rules, known).any(axis=0))


def _to_come(rules: Rules, known: Known) -> Bools:
    """(J, N) what is promised and worked on, and not warned of."""
    early = (known.due > known.week) & (known.moved == 0.0) & (known.complete <= 0.0)
    return np.asarray(early & rules.works[known.stage])


def _promised_too_soon(rules: Rules, known: Known) -> Bools:
    """(J, N) what of it will clearly not be there in its week."""
    return np.asarray(_to_come(rules, known) & (known.week + turns(rules, known) - 1.0 > known.due + 0.3))


def _half_there(rules: Rules, known: Known) -> Bools:
    """Runs in which some of the plan is done, and some is not."""
    return np.asarray(_half_done(known).any(axis=0))


def _half_done(known: Known) -> Bools:
    """(J, N) what is missing where something else is done."""
    return np.asarray((known.committed > 0.0) & (known.complete <= 0.0) & (known.completed >= 1.0))


def _better_dropped(rules: Rules, known: Known) -> Bools:
    """(J, N) what is missing where waiting for the rest of the plan would cost the launch."""
    hopeless = ahead(rules, known) > known.weeks_left - 1.0 - len(rules.market.waves)
    return np.asarray(_half_done(known) & hopeless)


def finished(rules: Rules, known: Known) -> Bools:
    """Customers have it, and nothing new is planned."""
    return np.asarray(rules.sells[known.stage] & (known.completed >= known.planned))


# Launch and live


def launch(book: Book) -> Iterator[Rule]:
    """Claim what it does, write down when to stop, open the waves in steps, spend a little where it is liked."""
    for lever in _nearest(book.levers("claim", "claim"), HONEST_CLAIM):
        yield Rule("claim what it does", always, lever.row)
    for lever in _nearest(book.levers("criteria", "criteria"), CRITERIA):
        yield Rule("write down when to stop", no_criteria, lever.row)
    for lever in book.levers("wave", "wave"):
        yield Rule("open a wave", always, lever.row)
    spends = sorted(book.levers("spend", "spend"), key=lambda lever: lever.value)
    for lever in [one for one in spends if one.value > 0.0][:1]:
        yield Rule("spend", both(lambda rules, known: known.spend <= 0.0, both(everybody_in, liked)), lever.row)
    yield Rule("enough agents", always, _agents(book))
    for lever in spends[:1]:
        yield Rule("save", both(lambda rules, known: known.spend > 0.0, disliked), lever.row)


def _agents(book: Book) -> Pick:
    """As few agents as have time for the tickets of last week, and some to spare."""
    levers = sorted(book.levers("agents", "agents"), key=lambda lever: lever.value)
    rows, counts = np.array([lever.row for lever in levers] + [END]), [lever.value for lever in levers]

    def choose(rules: Rules, known: Known) -> Ints:
        load = (known.tickets + known.backlog) * rules.support.handling / HOURS
        enough = np.stack([load <= BUSY_AGENTS * count for count in counts] + [np.ones(load.shape, dtype=np.bool_)])
        place = np.minimum(np.argmax(enough, axis=0), len(counts) - 1)
        same = known.agents == np.array(counts)[place]
        return np.where(same | (known.customers <= 0.0), END, rows[place])

    return Pick(tuple(lever.row for lever in levers), choose)


def _nearest(levers: Iterable[Lever], value: float) -> list[Lever]:
    return sorted(levers, key=lambda lever: abs(lever.value - value))[:1]


def liked(rules: Rules, known: Known) -> Bools:
    """Those who have it speak well of it, or nobody has it yet."""
    return np.asarray(known.mean_sentiment >= 0.0)


def disliked(rules: Rules, known: Known) -> Bools:
    """Those who have it speak ill of it."""
    return np.asarray(known.mean_sentiment < -0.1)


# Gates and people


def stop(book: Book) -> Iterator[Rule]:
    """Stop while it is cheap if nothing is worth building; keep one's word at launch; close what stays bad."""
    reasons = {"research": _worthless, "roadmap": _worthless, "launch": _tripped}
    for stage, name in enumerate(book.rules.stages):
        if name in reasons:
            yield Rule("kill", both(within(book, name), reasons[name]), book.gate(stage, Trigger.KILL))
        yield Rule("sunset", both(within(book, "live"), both(_lasting, _bad)), book.gate(stage, Trigger.SUNSET))


def _worthless(rules: Rules, known: Known) -> Bools:
    """Two instruments have spoken, and no known need gives hope."""
    hopeless = np.ones(known.week.shape, dtype=np.bool_)
    for mean, sd in zip(known.mean, known.sd, strict=True):
        hopeless &= ((mean + 0.5 * sd < 0.0) | (known.found <= 0.0)).all(axis=0)
    tools = sum(tool.about == "needs" for tool in rules.instruments)
    return hopeless & (known.sources >= min(2, tools)) if hopeless.any() else hopeless


def _tripped(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.tripped > 0.0)


def _lasting(rules: Rules, known: Known) -> Bools:
    return np.asarray((known.stage_weeks >= 3) & (known.weeks_left >= 3))


def _bad(rules: Rules, known: Known) -> Bools:
    return np.asarray(known.mean_sentiment < -0.3)


def gates(book: Book) -> Iterator[Rule]:
    """Ask; if the votes went against it in spite of all that is met, go all the same the week after."""
    for stage, name in enumerate(book.rules.stages):
        yield Rule(f"ask to leave {name}", always, book.gate(stage, Trigger.GO))
        yield Rule(f"leap from {name}", _refused, book.gate(stage, Trigger.LEAP))


def _refused(rules: Rules, known: Known) -> Bools:
    return np.asarray((known.changed < 0.0) & (known.stage_weeks >= 1))


def people(book: Book) -> Iterator[Rule]:
    """Evidence before the early gates, then the time that is left for those who trust least."""
    early = within(book, "research", "roadmap")
    yield Rule("listen", always, _longest_unheard(book, book.levers("talk", "met")))
    yield Rule("show evidence", early, _least_trusting(book, book.levers("share", "met")))
    yield Rule("talk", always, _least_trusting(book, book.levers("talk", "met")))


def _longest_unheard(book: Book, levers: tuple[Lever, ...]) -> Pick:
    """Whoever has nearly lost patience."""
    table = per_entity(levers, len(book.rules.stakeholders))

    def choose(rules: Rules, known: Known) -> Ints:
        waits = known.unheard - rules.people.patience[:, None] + 1.0
        waits = np.where((known.met <= 0.0) & (known.gone <= 0.0), waits, -1.0)
        return np.where(waits.max(axis=0) >= 0.0, table[np.argmax(waits, axis=0)], END)

    return Pick(tuple(lever.row for lever in levers), choose)


def _least_trusting(book: Book, levers: tuple[Lever, ...]) -> Pick:
    table = per_entity(levers, len(book.rules.stakeholders))

    def choose(rules: Rules, known: Known) -> Ints:
        free = (known.met <= 0.0) & (known.gone <= 0.0)
        return np.asarray(table[np.argmin(np.where(free, known.trust, 9.0), axis=0)])

    return Pick(tuple(lever.row for lever in levers), choose)


STEADY = Ordered("steady", _lines, (planning.__name__,))
