"""What an answer to a card may change: who goes up, who goes down, what is promised. Directions, no sums."""

from collections.abc import Callable, Mapping

from tpmsim.core.mechanics.finance import OVERTIME_PAY
from tpmsim.game.wording.labels import confidence
from tpmsim.game.wording.prose import line_of, listed
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.schema import Answer, Memory

CLEARLY = {"trust": 0.2, "satisfaction": 0.1}
"""Amounts from which a change is more than a little."""

NOTED = 80
"""Characters of a memory that are shown."""

FEELINGS = {"trust": "trust", "satisfaction": "mood"}


def answer(titles: Titles, rest: str) -> str:
    """The consequences of `card/answer` as far as they can be seen."""
    card_id, _, answer_id = rest.partition("/")
    card = titles.scenario.cards.get(card_id)
    one = card.answers.get(answer_id) if card is not None else None
    if card is None or one is None:
        return ""
    parts = [_promise(titles, card.speaker, one), *_people(titles, one), *_things(titles, one)]
    return "; ".join(part for part in parts if part) or "nothing that shows at once"


def _promise(titles: Titles, speaker: str, one: Answer) -> str:
    if one.promise is None:
        return ""
    promised = one.promise
    word = confidence(promised.confidence)
    return f"a promise to {titles.person(speaker)}: {titles.feature(promised.feature)} by week {promised.week}, {word}"


def _people(titles: Titles, one: Answer) -> list[str]:
    felt: dict[str, list[str]] = {}
    for name, amount in one.then.items():
        kind, _, whose = name.partition(".")
        if kind in FEELINGS and amount:
            little = "" if abs(amount) >= CLEARLY[kind] else " a little"
            way = "up" if amount > 0 else "down"
            felt.setdefault(whose, []).append(f"{FEELINGS[kind]} {way}{little}")
    return [f"{titles.person(whose)}: {listed(changes)}" for whose, changes in felt.items()]


def _things(titles: Titles, one: Answer) -> list[str]:
    told = []
    for name, amount in one.then.items():
        kind, _, rest = name.partition(".")
        if kind in titles.scenario.instruments:
            told.append(f"{titles.instrument(kind).lower()} on top, at no more hours of yours")
        elif kind in THINGS:
            told.append(THINGS[kind](titles, rest, amount))
    return list(dict.fromkeys(told))


def overtime_pay(share: float) -> str:
    """What overtime costs, which is known beforehand."""
    return f"pay {OVERTIME_PAY * share * 100:.0f} % above that of a normal week"


def _more(up: str, down: str) -> "Words":
    return lambda titles, rest, amount: up if amount > 0 else down


def _remembered(one: Memory, amount: float) -> str:
    """What is kept in mind, and which way it goes, if its author lets players know."""
    if one.says is None or not amount:
        return ""
    return f"{_kept_in_mind(amount, one.high - one.low)}: {line_of(one.says, NOTED)}"


def _kept_in_mind(amount: float, span: float) -> str:
    """From one bound to the other is all or nothing, as with a flag; less than that is up or down."""
    if amount > 0:
        return "remembered" if amount >= span else "remembered more"
    return "forgotten" if -amount >= span else "remembered less"


Words = Callable[[Titles, str, float], str]

THINGS: Mapping[str, Words] = {
    "cash": _more("cash up", "cash down"),
    "hours": _more("some of your hours back", "costs hours"),
    "people": _more("somebody joins the team", "somebody leaves the team"),
    "fatigue": _more("the team gets tired", "the team gets some rest"),
    "spend": lambda titles, rest, amount: f"marketing spends {amount:,.0f} a week from now on",
    "claim": lambda titles, rest, amount: f"we claim {amount * 100:.0f} % of what it could do",
    "overtime": lambda titles, rest, amount: (
        f"{amount * 100:.0f} % overtime from now on: more done at first, team health down, {overtime_pay(amount)}"
        if amount > 0
        else "overtime ends"
    ),
    "skill": lambda titles, rest, amount: f"your skill in {rest} goes {'up' if amount > 0 else 'down'}",
    "stars": _more("the code gets easier to maintain", "the code gets harder to maintain"),
    "found": lambda titles, rest, amount: "you hear of something new",
    "committed": lambda titles, rest, amount: (
        f"{titles.feature(rest)} goes {'into' if amount > 0 else 'out of'} the plan"
    ),
    "kept": lambda titles, rest, amount: f"{titles.feature(rest)} is cut to {amount * 100:.0f} % of its scope",
    "brand": lambda titles, rest, amount: f"our name {'gains' if amount > 0 else 'loses'} with {titles.segment(rest)}",
    "memory": lambda titles, rest, amount: _remembered(titles.scenario.memory[rest], amount),
    "rival": lambda titles, rest, amount: f"{titles.rival(rest)} gets {'stronger' if amount > 0 else 'weaker'}",
}
