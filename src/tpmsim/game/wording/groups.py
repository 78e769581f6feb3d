"""Groups: the moves of a stage sorted into a short menu. What cannot help now is left out; the rest says why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from tpmsim.core.observe import Choice, Observation
from tpmsim.scenario.schema import Scenario

LONG = {"learn": 6}
"""From more entries than that, else USUAL, a group is opened in two steps."""

USUAL = 12

GROUPS = (
    ("answer", "Answer", ("answer",)),
    ("learn", "Learn", ()),
    ("aim", "Target and problem", ("target", "problem")),
    ("plan", "Plan", ("commit", "plan", "first", "cut", "drop")),
    ("promises", "Promises", ("renegotiate", "withdraw")),
    ("team", "Team", ("profile", "overtime", "hire", "release")),
    ("market", "Launch and market", ("criteria", "wave", "claim", "price", "spend", "agents")),
    ("people", "People", ("talk", "share", "credit", "trade", "escalate")),
    ("self", "Yourself", ("study", "read", "conference")),
    ("gate", "Gate", ("gate",)),
    ("other", "Other", ()),
)

QUIET = frozenset(("answer", "commit", "plan", "first", "cut", "drop", "escalate", "trade", "renegotiate", "withdraw"))
"""Kinds of which a refused move says nothing new; shown only when hours or money are all that is missing."""


@dataclass(frozen=True, slots=True)
class Group:
    """Moves that belong together.

    Attributes:
        id: one of the first column of GROUPS.
        title: for the menu.
        moves: in the order of the scenario, refused ones among them.
        order: of the subjects, where it is another than that of the moves.
    """

    id: str
    title: str
    moves: tuple[Choice, ...]
    order: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the moves are about, each once: the first step into a long group."""
        found = dict.fromkeys(subject(self.id, choice.id) for choice in self.moves)
        return tuple(sorted(found, key=self.order.index) if self.order else found)

    @property
    def stepwise(self) -> bool:
        """Whether it is opened in two steps."""
        return self.id == "plan" or (len(self.moves) > LONG.get(self.id, USUAL) and len(self.subjects) > 1)

    def about(self, what: str) -> tuple[Choice, ...]:
        """The moves about one subject."""
        return tuple(choice for choice in self.moves if subject(self.id, choice.id) == what)


def subject(group: str, move: str) -> str:
    """What a move is about: the instrument of a question, else the first word after the colon."""
    kind, _, rest = move.partition(":")
    return kind if group in ("learn", "team", "market") else rest.split("/")[0]


def offered(seen: Observation, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The moves worth listing now: those of the stage that are legal or whose refusal tells something."""
    return tuple(choice for choice in choices if choice.legal or (choice.here and _telling(seen, choice)))


def secret(seen: Observation, move: str) -> bool:
    """Whether the very name of a move would give away what nobody has told the player."""
    kind, _, rest = move.partition(":")
    if kind == "answer":
        return rest.partition("/")[0] not in seen.cards
    return kind == "problem" and rest not in seen.found


def groups(scenario: Scenario, seen: Observation, choices: Sequence[Choice]) -> tuple[Group, ...]:
    """The groups with something in them, in the order of the menu."""
    found: dict[str, list[Choice]] = {}
    for choice in offered(seen, choices):
        found.setdefault(_group(scenario, choice.kind), []).append(choice)
    features = tuple(scenario.features)
    return tuple(
        Group(name, title, _ordered(kinds, found[name]), features if name in ("plan", "promises") else ())
        for name, title, kinds in GROUPS
        if name in found
    )


def _ordered(kinds: tuple[str, ...], moves: list[Choice]) -> tuple[Choice, ...]:
    """By kind in the order of the group; within a kind as the scenario has them."""
    place = {kind: row for row, kind in enumerate(kinds)}
    return tuple(sorted(moves, key=lambda choice: place.get(choice.kind, 0)))


def _group(scenario: Scenario, kind: str) -> str:
    if kind in scenario.instruments:
        return "learn"
    return next((name for name, _, kinds in GROUPS if kind in kinds), "other")


def _telling(seen: Observation, choice: Choice) -> bool:
    """Whether the refusal of a move of this stage is worth a line."""
    if seen.ended != "nothing" or secret(seen, choice.id):
        return False
    return choice.kind not in QUIET or (choice.reason.startswith(("needs ", "costs ")) and _apt(seen, choice))


def _apt(seen: Observation, choice: Choice) -> bool:
    """Whether a quiet move would be legal with more hours or money, as far as the screen tells."""
    about, _, rest = choice.id.partition(":")[2].partition("/")
    if choice.kind == "answer":
        return about in seen.cards
    if choice.kind == "escalate":
        return any(one.id == about and one.acted == "neglect" and not one.chased for one in seen.people)
    feature = next((one for one in seen.features if one.id == about), None)
    if feature is None or feature.complete:
        return False
    free = not feature.committed
    return {
        "commit": free and not feature.due and seen.week + int(rest.rpartition("/in")[2] or 0) <= seen.weeks,
        "plan": free and feature.due > 0,
        "renegotiate": feature.due > seen.week,
        "withdraw": feature.due > seen.week,
    }.get(choice.kind, feature.committed)
