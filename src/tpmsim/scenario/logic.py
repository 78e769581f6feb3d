"""Logic: values that are each allowed and together make no game; each is found with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tpmsim.scenario.positions import Path
from tpmsim.scenario.schema import Scenario

MOVE_KINDS = frozenset(
    (
        *("target", "problem", "commit", "plan", "drop", "first", "cut", "profile", "overtime", "hire", "release"),
        *("price", "claim", "spend", "criteria", "wave", "talk", "share", "credit", "escalate"),
        *("renegotiate", "withdraw", "gate", "answer", "end"),
    )
)
"""Words that begin the ids of moves, and so cannot name an instrument."""

LEAST_LEAN = 0.01
"""Less than that is none."""

NOBODY = "none"
"""What conditions call the absence of a choice."""


@dataclass(frozen=True, slots=True)
class Nonsense:
    """One finding before it has a line: code, message, where, and what to do."""

    code: str
    message: str
    path: Path
    help: str


def nonsense(scenario: Scenario) -> Iterator[Nonsense]:
    """Everything in a scenario that cannot be played as it stands."""
    yield from _empty(scenario)
    yield from _taken_names(scenario)
    yield from _leaning(scenario)
    yield from _orders(scenario)
    yield from _circles(scenario)
    yield from _goals(scenario)
    yield from _late(scenario)


def _empty(game: Scenario) -> Iterator[Nonsense]:
    parts: tuple[tuple[Path, int], ...] = (
        (("market", "segments"), len(game.market.segments)),
        (("market", "waves"), len(game.market.waves)),
        (("needs",), len(game.needs)),
        (("features",), len(game.features)),
        (("stakeholders",), len(game.stakeholders)),
        (("objectives",), len(game.objectives)),
        (("endings",), len(game.endings)),
        (("horizons",), len(game.horizons)),
    )
    for path, count in parts:
        if not count:
            yield Nonsense("TPM405", f"'{path[-1]}' is empty", path, "A scenario needs at least one.")
    if "balanced" not in game.profiles:
        help = "The team starts in it; name one profile 'balanced'."
        yield Nonsense("TPM405", "no profile 'balanced'", ("profiles",), help)


def _taken_names(game: Scenario) -> Iterator[Nonsense]:
    for name in game.instruments:
        if name in MOVE_KINDS:
            message = f"an instrument cannot be called '{name}': moves of another kind begin with it"
            yield Nonsense("TPM406", message, ("instruments", name), "Choose another id.")
    for path, ids in ((("market", "segments"), game.market.segments), (("needs",), game.needs)):
        if NOBODY in ids:
            message = f"nothing can be called '{NOBODY}': conditions mean no choice by it"
            yield Nonsense("TPM406", message, (*path, NOBODY), "Choose another id.")
    about = [name for name, tool in game.instruments.items() if tool.about == "effort"]
    for name in about[1:]:
        message = f"a second instrument about effort; '{about[0]}' is the one"
        yield Nonsense("TPM406", message, ("instruments", name), "Keep one of them.")


def _leaning(game: Scenario) -> Iterator[Nonsense]:
    """Beliefs take the errors of instruments as independent, which those of two that lean to one would not be."""
    for name, tool in game.instruments.items():
        path = ("instruments", name)
        if tool.lean > 0.0 and tool.loudest is None:
            help = "Add 'loudest:' with a segment, or leave 'lean' out."
            yield Nonsense("TPM212", f"'{name}' leans, and not said to whom", (*path, "lean"), help)
        if tool.loudest is not None and tool.lean < LEAST_LEAN:
            help = f"Let 'lean' be at least {LEAST_LEAN:g}, or leave 'loudest' out."
            yield Nonsense("TPM212", f"'{name}' does not lean, so nobody is the loudest", (*path, "loudest"), help)
        for key in ("lean", "segments"):
            if tool.about != "needs" and getattr(tool, key):
                message = f"'{name}' is about {tool.about}; it asks no segment"
                yield Nonsense("TPM212", message, (*path, key), f"Leave '{key}' out.")
    leaning = [name for name, tool in game.instruments.items() if tool.lean > 0.0]
    for name in leaning[1:]:
        message = f"a second instrument that leans; '{leaning[0]}' is the one"
        yield Nonsense("TPM406", message, ("instruments", name, "lean"), "Keep one of them.")


def _orders(game: Scenario) -> Iterator[Nonsense]:
    lists: tuple[tuple[str, tuple[float, ...], Path], ...] = (
        ("waves", game.market.waves, ("market", "waves")),
        ("prices", game.money.prices, ("money", "prices")),
        ("spends", game.money.spends, ("money", "spends")),
        ("horizons", game.horizons, ("horizons",)),
    )
    for name, values, path in lists:
        if any(later <= earlier for earlier, later in pairwise(values)):
            yield Nonsense("TPM407", f"{name} must rise, each above the one before", path, "Sort them; no value twice.")


def _circles(game: Scenario) -> Iterator[Nonsense]:
    done: set[str] = set()
    while True:
        free = [
            name
            for name, one in game.features.items()
            if name not in done and all(other in done or other not in game.features for other in one.depends)
        ]
        if not free:
            break
        done.update(free)
    circle = [name for name in game.features if name not in done]
    if circle:
        message = f"features wait for each other: {', '.join(circle)}"
        yield Nonsense("TPM408", message, ("features", circle[0], "depends"), "One of them must not wait.")


def _goals(game: Scenario) -> Iterator[Nonsense]:
    for name, person in game.stakeholders.items():
        whole = sum(abs(weight) for weight in person.goals.values())
        if whole > 1.0 + 1e-9:
            message = f"goals of '{name}' sum to {whole:g}; at most 1 in size"
            yield Nonsense("TPM409", message, ("stakeholders", name, "goals"), f"Divide each by {whole:g}.")


def _late(game: Scenario) -> Iterator[Nonsense]:
    for card_id, card in game.cards.items():
        for answer_id, answer in card.answers.items():
            if answer.promise is not None and answer.promise.week > game.weeks:
                path = ("cards", card_id, "answers", answer_id, "promise", "week")
                message = f"promised for week {answer.promise.week}; the run has {game.weeks}"
                yield Nonsense("TPM410", message, path, f"At most {game.weeks}.")
