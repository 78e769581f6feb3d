"""The menus of plain mode as data: numbered entries, each a move or a door to more, and lines that say why not."""

from dataclasses import dataclass

from tpmsim.core.observe import Choice, Observation
from tpmsim.game.session import Session
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
class Entry:
    """One numbered line: a move to make, or a menu to open as (group, subject)."""

    text: str
    detail: str = ""
    move: str = ""
    opens: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Menu:
    """What a number stands for just now.

    Attributes:
        title: above the entries.
        before: lines that belong above them, such as what a card says.
        entries: numbered from 1.
        refused: lines of what cannot be done, with the reason.
        home: whether it is the menu of the week.
    """

    title: str
    before: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    refused: tuple[str, ...] = ()
    home: bool = False

    def lines(self) -> list[str]:
        """The menu, one entry a line, with what it may do below it."""
        told = [self.title, *self.before]
        for number, entry in enumerate(self.entries, start=1):
            told.append(f"{number:>3} {entry.text}")
            if entry.detail:
                told.append(f"      {entry.detail}")
        told += [f"  - {line}" for line in self.refused]
        return told if self.home else [*told, "  0 back"]

    def short(self) -> tuple[str, ...]:
        """The menu in few words."""
        return tuple(f"{number} {entry.text}" for number, entry in enumerate(self.entries, start=1))


def home(session: Session, view: View) -> Menu:
    """The menu of the week: the groups that have something in them."""
    seen = session.observation
    entries = tuple(
        Entry(_group_title(view, group, seen), _status(view, group, seen), opens=(group.id, ""))
        for group in view.groups(seen, session.choices)
    )
    return Menu("What do you do?", entries=entries, home=True)


def group_menu(session: Session, view: View, name: str, subject: str = "") -> Menu | None:
    """The menu of a group, or of one subject in it; None where there is nothing in it any more."""
    seen = session.observation
    group = next((one for one in view.groups(seen, session.choices) if one.id == name), None)
    if group is None:
        return None
    if subject:
        moves = group.about(subject)
        about = (view.about(name, subject, seen),) if name == "people" else ()
        above: tuple[str, ...] = view.backlog.commitment(subject, seen) if name == "plan" else about
        return _moves(view, seen, moves, view.subject(name, subject, seen), above) if moves else None
    if name == "answer" and len(group.subjects) == 1:
        return group_menu(session, view, name, group.subjects[0])
    if name == "answer":
        entries = tuple(Entry(f"Answer {view.speaker(one)}", opens=(name, one)) for one in group.subjects)
        return Menu("Who gets an answer?", entries=entries)
    if group.stepwise:
        return Menu(ASK.get(name, f"{group.title}: which?"), _above(session, view, name), _subjects(view, group, seen))
    return _moves(view, seen, group.moves, _group_title(view, group, seen), _above(session, view, name))


def answers(session: Session, view: View, card: str) -> Menu:
    """The answers to one card, below its words."""
    seen = session.observation
    moves = tuple(one for one in session.choices if one.id.startswith(f"answer:{card}/"))
    spoken = (f"{view.speaker(card)}:", f"  {view.card(card)}")
    return _moves(view, seen, moves, "A card waits for an answer.", spoken)


def _subjects(view: View, group: Group, seen: Observation) -> tuple[Entry, ...]:
    """The doors of the first step; what has only refused moves is told in the second."""
    told = []
    for name in group.subjects:
        feature = next((one for one in seen.features if group.id == "plan" and one.id == name), None)
        text = view.backlog.feature(feature, seen) if feature is not None else view.subject(group.id, name, seen)
        told.append(Entry(text, view.about(group.id, name, seen), opens=(group.id, name)))
    return tuple(told)


def _moves(view: View, seen: Observation, moves: tuple[Choice, ...], title: str, above: tuple[str, ...]) -> Menu:
    entries = tuple(
        Entry(
            f"{view.label(one.id, seen.week)} ({view.price(one)})",
            view.preview(one.id, seen) if one.kind != "commit" else "",
            move=one.id,
        )
        for one in moves
        if one.legal
    )
    refused = tuple(_refused(view, seen, one) for one in moves if not one.legal)
    if moves and moves[0].kind == "answer" and not above:
        card = moves[0].id.partition(":")[2].partition("/")[0]
        above = (f"{view.speaker(card)}:", f"  {view.card(card)}")
        title = "Your answer?"
    return Menu(title, above, entries, refused)


def _refused(view: View, seen: Observation, one: Choice) -> str:
    """A move that cannot be made, and why; of the way of working that is in use also what it does."""
    does = f" ({view.preview(one.id, seen)})" if one.kind == "profile" else ""
    return f"{view.label(one.id, seen.week)}: {one.reason}{does}"


def _above(session: Session, view: View, name: str) -> tuple[str, ...]:
    """What is good to know above the moves of a group."""
    seen = session.observation
    if name == "learn":
        asked = [move for move in session.position.made if move.partition(":")[0] in view.scenario.instruments]
        return (f"Under way this week: {'; '.join(view.label(move) for move in asked)}.",) if asked else ()
    if name == "plan":
        return (view.backlog.plan(seen),)
    if name == "gate":
        return gate_lines(view, seen)
    return ()


def gate_lines(view: View, seen: Observation) -> tuple[str, ...]:
    """What the gate asks for, and what of it is there."""
    if not seen.requirements:
        return ()
    asked = tuple(
        f"  - {'there' if met else 'missing'}: {view.requirement(seen.stage, item)}{_lookers(view, item)}"
        for item, met in seen.requirements.items()
    )
    return ("The gate asks for:", *asked, "Votes follow from that, from trust and from mood. Some weigh more.")


def _lookers(view: View, item: str) -> str:
    """Who looks at a requirement, in brackets; empty where nobody does."""
    names = view.people.minders(item)
    return f" ({names} will look)" if names else ""


def _group_title(view: View, group: Group, seen: Observation) -> str:
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
        return f"now: {view.titles.profile(seen.profile)}, {seen.headcount:g} people{overtime}"
    return HINTS.get(group.id, "")
