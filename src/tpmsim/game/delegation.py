"""Delegation: areas of decisions that a colleague can take over each week, and who takes them when.

Trust buys it: whoever is to decide in the player's place must count on the player's word, be there, and mean well.
What somebody who takes an area over then does is judged elsewhere (`tpmsim.lab.delegate`); here is only what may be
handed over. It never touches the state of a run.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tpmsim.core.observe import Observation, PersonSeen
from tpmsim.core.rules import Function, Response, Rules
from tpmsim.game.view import View
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.loading import Loaded

TRUSTED: Final = 0.45
"""Trust from which somebody takes decisions over."""

KEPT_SHARE: Final = 0.5
"""Share of a week's focus hours that is always left to the player: delegates use what is above it."""


@dataclass(frozen=True, slots=True)
class Area:
    """Decisions that belong together.

    Attributes:
        id: stable; it stands in journals.
        title: on screens.
        says: what a delegate does, in a few words.
        did: how it is told afterwards, behind a name.
        kinds: of the moves that belong to it; empty for the instruments of the scenario.
        function: of the colleague who takes it over.
    """

    id: str
    title: str
    says: str
    did: str
    kinds: tuple[str, ...]
    function: Function


AREAS: Final = (
    Area("building", "Building", "orders the work by promised weeks", "has arranged", ("first",), Function.BUILD),
    Area("market", "Market", "sets what marketing spends", "has decided", ("spend",), Function.MARKET),
    Area("contact", "Contact", "talks with whoever trusts you least", "has been round", ("talk",), Function.SELL),
    Area("learning", "Learning", "asks where we are unsure", "has asked", (), Function.DESIGN),
)
"""Every area, in the order in which delegates act: those that take least time first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an area stands.

    Attributes:
        area, title, says: of the area.
        person: id of the colleague who would take it, or empty.
        name: of that colleague, with role.
        on: whether it is handed over.
        reason: why it cannot be handed over now, or rests although it is; or empty.
    """

    area: str
    title: str
    says: str
    person: str
    name: str
    on: bool
    reason: str


def area(name: str) -> Area | None:
    """The area of this id, if there is one."""
    return next((one for one in AREAS if one.id == name), None)


def kinds(rules: Rules, one: Area) -> tuple[str, ...]:
    """The kinds of moves that belong to an area in a scenario."""
    return one.kinds or tuple(tool.id for tool in rules.instruments)


def deputy(rules: Rules, seen: Observation, one: Area) -> PersonSeen | None:
    """Who takes an area over: the first colleague of its function, of those who are still there if there are any."""
    fit = [
        person
        for person, function in zip(seen.people, rules.people.function, strict=True)
        if int(function) == one.function
    ]
    return next((person for person in fit if not person.gone), fit[0] if fit else None)


def refusal(rules: Rules, seen: Observation, one: Area) -> str:
    """Why an area cannot be in other hands now, as a code; empty where it can.

    Codes: over, planning, early, nobody, gone, unwilling, trust.
    """
    if seen.ended != "nothing":
        return "over"
    first, *later = (one for one in seen.stages if one != "ended")
    if later and seen.stage == first:
        return "early"
    if seen.week < 1:
        return "planning"
    person = deputy(rules, seen, one)
    if person is None:
        return "nobody"
    if person.gone:
        return "gone"
    if person.intent in _UNWILLING:
        return "unwilling"
    return "" if person.trust >= TRUSTED else "trust"


def reason(loaded: Loaded, seen: Observation, one: Area) -> str:
    """The same in words; empty where nothing stands against it."""
    code, person = refusal(loaded.rules, seen, one), deputy(loaded.rules, seen, one)
    name = Titles(loaded.scenario).person(person.id) if person is not None else ""
    match code:
        case "over":
            return "the run is over"
        case "planning":
            return "the planning week comes first"
        case "early":
            return "the first gate must open first"
        case "nobody":
            return "nobody here could do it"
        case "gone":
            return f"{name} has left"
        case "unwilling":
            return f"{name} {_UNWILLING[person.intent] if person else ''}"
        case "trust":
            trust = int(person.trust * 100) if person else 0
            return f"{name} does not trust you enough: {trust} of 100, it takes {TRUSTED * 100:.0f}"
    return ""


def accounts(view: View, seen: Observation, moves: Sequence[str]) -> tuple[str, ...]:
    """What delegates did, a sentence for each, such as: Tomasz has asked: Interview Small clinics.

    Args:
        view: the words of the run.
        seen: what the player knows now.
        moves: ids of what they made.
    """
    told = []
    for one in AREAS:
        own = [move for move in moves if move.partition(":")[0] in kinds(view.rules, one)]
        person = deputy(view.rules, seen, one)
        if own and person is not None:
            labels = "; ".join(view.label(move, seen.week) for move in own)
            told.append(f"{view.titles.person(person.id)} {one.did}: {labels}.")
    return tuple(told)


def standings(loaded: Loaded, seen: Observation, delegated: Collection[str]) -> tuple[Standing, ...]:
    """How every area stands.

    Args:
        loaded: the scenario.
        seen: what the player knows.
        delegated: ids of the areas that are handed over.
    """
    titles, told = Titles(loaded.scenario), []
    for one in AREAS:
        person = deputy(loaded.rules, seen, one)
        who, name = (person.id, titles.introduced(person.id)) if person is not None else ("", "nobody")
        told.append(Standing(one.id, one.title, one.says, who, name, one.id in delegated, reason(loaded, seen, one)))
    return tuple(told)


def resting(areas: Sequence[Standing]) -> tuple[str, ...]:
    """Which areas rest although they are handed over, a sentence for each with the reason."""
    return tuple(f"{one.title} rests: {one.reason}." for one in areas if one.on and one.reason)


_UNWILLING: Final = {
    Response.NEGLECT.name.lower(): "means to let things slide",
    Response.EXIT.name.lower(): "means to leave",
}
