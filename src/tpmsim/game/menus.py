"""Menus as data: numbered entries, each a move or a door to more, and moves that cannot be made, with the reason."""

from collections import Counter
from dataclasses import dataclass

from tpmsim.core.observe import Choice, Observation
from tpmsim.game.desk import Desk
from tpmsim.game.view import View
from tpmsim.game.wording.groups import Group

HINTS = {
    "learn": "ask customers, engineers or the market; answers come when the week ends",
    "aim": "who it is for, and which problem it solves",
    "plan": "what gets built, by which week, in which order",
    "promises": "put off or take back a promise before it is due",
    "team": "how the team works, overtime, hiring",
    "people": "talk with somebody, show evidence, give credit",
    "gate": "stop the product, or close it in good order",
    "other": "everything else",
}

ASK = {"learn": "How do you want to learn?", "plan": "Which feature?", "people": "Whom?"}


@dataclass(frozen=True, slots=True)
class Above:
    """A line above the entries of a menu.

    Attributes:
        text: of the line.
        below: whether it belongs below the line before it.
        met: whether what a gate asks for is there; None where the line names nothing of the kind.
    """

    text: str
    below: bool = False
    met: bool | None = None

    @property
    def told(self) -> str:
        """The line in words alone."""
        if self.met is None:
            return self.text
        return f"{'there' if self.met else 'missing'}: {self.text}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered line: a move to make, or a menu to open.

    Attributes:
        text: what it is called.
        detail: what it may do or how it stands, or empty.
        price: hours and money that a move takes; empty for a door.
        move: id of the move, or empty.
        opens: (group, subject) of the menu behind a door.
        number: of a move, its place among all moves of the menu, those that are refused included; 0 for a door.
    """

    text: str
    detail: str = ""
    price: str = ""
    move: str = ""
    opens: tuple[str, str] = ("", "")
    number: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A move that cannot be made now: its id, what it is called, why not, and what it does where that is told."""

    move: str
    text: str
    reason: str
    detail: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be chosen just now.

    Attributes:
        title: above the entries.
        before: lines that belong above them, such as what a card says.
        entries: numbered from 1.
        refused: what cannot be done, with the reason.
        home: whether it is the menu of the week.
    """

    title: str
    before: tuple[Above, ...] = ()
    entries: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()
    home: bool = False


def home(desk: Desk) -> Menu:
    """The menu of the week: the groups that have something in them."""
    view, seen = desk.view, desk.seen
    entries = tuple(
        Entry(_group_title(view, group), _status(view, group, seen), opens=(group.id, ""))
        for group in view.groups(seen, desk.choices)
    )
    return Menu("What do you do?", entries=entries, home=True)


def group_menu(desk: Desk, name: str, subject: str = "") -> Menu | None:
    """The menu of a group, or of one subject in it; None where there is nothing in it any more."""
    view, seen = desk.view, desk.seen
    group = next((one for one in view.groups(seen, desk.choices) if one.id == name), None)
    if group is None:
        return None
    if subject:
        moves = group.about(subject)
        about = (view.about(name, subject, seen),) if name == "people" else ()
        above = tuple(Above(text) for text in (view.backlog.commitment(subject, seen) if name == "plan" else about))
        return _moves(view, seen, moves, view.subject(name, subject, seen), above) if moves else None
    if name == "answer" and len(group.subjects) == 1:
        return group_menu(desk, name, group.subjects[0])
    if name == "answer":
        entries = tuple(Entry(f"Answer {view.speaker(one)}", opens=(name, one)) for one in group.subjects)
        return Menu("Who gets an answer?", entries=entries)
    if group.stepwise:
        return Menu(ASK.get(name, f"{group.title}: which?"), _above(desk, name), _subjects(view, group, seen))
    return _moves(view, seen, group.moves, _group_title(view, group), _above(desk, name))


def answers(desk: Desk, card: str) -> Menu:
    """The answers to one card, below its words."""
    moves = tuple(one for one in desk.choices if one.id.startswith(f"answer:{card}/"))
    return _moves(desk.view, desk.seen, moves, "A card waits for an answer.", _spoken(desk.view, card))


def gate_lines(desk: Desk) -> tuple[Above, ...]:
    """What the gate asks for, and what of it is there; nothing where there is no gate."""
    asked = tuple(
        Above(f"{one.says}{f' ({one.lookers} will look)' if one.lookers else ''}", below=True, met=one.met)
        for one in desk.gate()
    )
    if not asked:
        return ()
    votes = "Votes follow from that, from trust and from mood. Some weigh more."
    return (Above("The gate asks for:"), *asked, Above(votes))


def _spoken(view: View, card: str) -> tuple[Above, ...]:
    """Who asks, and what."""
    return (Above(f"{view.speaker(card)}:"), Above(view.card(card), below=True))


def _subjects(view: View, group: Group, seen: Observation) -> tuple[Entry, ...]:
    """The doors of the first step; what has only refused moves is told in the second."""
    told = []
    for name in group.subjects:
        feature = next((one for one in seen.features if group.id == "plan" and one.id == name), None)
        text = view.backlog.feature(feature, seen) if feature is not None else view.subject(group.id, name, seen)
        told.append(Entry(text, view.about(group.id, name, seen), opens=(group.id, name)))
    return tuple(told)


def _moves(view: View, seen: Observation, moves: tuple[Choice, ...], title: str, above: tuple[Above, ...]) -> Menu:
    entries = tuple(
        Entry(
            view.label(one.id, seen.week),
            view.preview(one.id, seen) if one.kind != "commit" else "",
            view.price(one),
            one.id,
            number=number,
        )
        for number, one in enumerate(moves, start=1)
        if one.legal
    )
    refused = tuple(_refused(view, seen, one, number) for number, one in enumerate(moves, start=1) if not one.legal)
    if moves and moves[0].kind == "answer" and not above:
        above = _spoken(view, moves[0].id.partition(":")[2].partition("/")[0])
        title = "Your answer?"
    return Menu(title, above, entries, refused)


def _refused(view: View, seen: Observation, one: Choice, number: int) -> Refused:
    """A move that cannot be made, and why; of the way of working that is in use also what it does."""
    does = view.preview(one.id, seen) if one.kind == "profile" else ""
    return Refused(one.id, view.label(one.id, seen.week), one.reason, does, number)


def _above(desk: Desk, name: str) -> tuple[Above, ...]:
    """What is good to know above the moves of a group."""
    view = desk.view
    if name == "learn":
        asked = Counter(view.label(move) for move in desk.made if move.partition(":")[0] in view.scenario.instruments)
        told = "; ".join(label if times == 1 else f"{label}, {times} times" for label, times in asked.items())
        return (Above(f"Under way this week: {told}."),) if asked else ()
    if name == "plan":
        return (Above(view.backlog.plan(desk.seen)),)
    return gate_lines(desk) if name == "gate" else ()


def _group_title(view: View, group: Group) -> str:
    if group.id == "answer":
        names = [view.speaker(card) for card in group.subjects]
        return f"Answer {names[0]}" if len(names) == 1 else f"Answer ({len(names)} wait)"
    if group.id == "market" and set(group.subjects) == {"price"}:
        return "Price"
    return group.title


def _status(view: View, group: Group, seen: Observation) -> str:
    """A line about a group: what stands now, else what it is for."""
    if group.id == "aim":
        whom = view.titles.segment(seen.target) if seen.target else "nobody yet"
        what = view.titles.need(seen.problem) if seen.problem else "nothing yet"
        return f"now for: {whom}; to solve: {what}"
    if group.id == "plan":
        return view.backlog.plan(seen)
    if group.id == "gate" and seen.requirements:
        met = sum(seen.requirements.values())
        return f"{met} of {len(seen.requirements)} things it asks for are there"
    if group.id == "market":
        kinds = set(group.subjects)
        return "; ".join(text for kind, text in view.market(seen).items() if kind in kinds)
    if group.id == "team":
        overtime = f", {seen.overtime * 100:.0f} % overtime" if seen.overtime else ""
        title, way = view.titles.profile(seen.profile), view.preview(f"profile:{seen.profile}", seen)
        return f"now {seen.headcount:g} people{overtime}; {title}: {way}"
    return HINTS.get(group.id, "")
