"""Logic: values that are each allowed and together make no game; each is found with its place."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from tpmsim.scenario.codes import Logic, Schema
from tpmsim.scenario.faults import Fault, fault
from tpmsim.scenario.positions import Path
from tpmsim.scenario.schema import Answer, Scenario

MOVE_KINDS = frozenset(
    (
        *("target", "problem", "commit", "plan", "drop", "first", "cut", "profile", "overtime", "hire", "release"),
        *("price", "claim", "spend", "criteria", "wave", "talk", "share", "credit", "escalate"),
        *("trade", "agents", "study", "read", "conference"),
        *("renegotiate", "withdraw", "gate", "answer", "end"),
    )
)
"""Words that begin the ids of moves, and so cannot name an instrument."""

LEVER_KINDS = frozenset(("trust", "satisfaction", "found", "committed", "kept", "brand", "rival", "memory", "skill"))
"""Words that begin the names of levers, and so cannot name an instrument either."""

LEAST_LEAN = 0.01
"""Less than that is none."""

NOBODY = "none"
"""What conditions call the absence of a choice."""


def nonsense(scenario: Scenario) -> Iterator[Fault]:
    """Everything in a scenario that cannot be played as it stands."""
    yield from _empty(scenario)
    yield from _taken_names(scenario)
    yield from _remembered(scenario)
    yield from _leaning(scenario)
    yield from _told(scenario)
    yield from _coming(scenario)
    yield from _orders(scenario)
    yield from _circles(scenario)
    yield from _goals(scenario)
    yield from _late(scenario)
    yield from _holding_up(scenario)
    yield from _pointless(scenario)


def _empty(game: Scenario) -> Iterator[Fault]:
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
            yield fault(Logic.NOTHING, *path, problem=f"'{path[-1]}' is empty")
    if "balanced" not in game.profiles:
        help = "The team starts in it; name one profile 'balanced'."
        yield fault(Logic.NOTHING, "profiles", help=help, problem="no profile 'balanced'")


def _taken_names(game: Scenario) -> Iterator[Fault]:
    for name in game.instruments:
        if name in MOVE_KINDS:
            problem = f"an instrument cannot be called '{name}': moves of another kind begin with it"
            yield fault(Logic.TAKEN, "instruments", name, problem=problem)
        if name in LEVER_KINDS:
            problem = f"an instrument cannot be called '{name}': levers of another kind begin with it"
            yield fault(Logic.TAKEN, "instruments", name, problem=problem)
    for path, ids in _chosen(game):
        if NOBODY in ids:
            problem = f"nothing can be called '{NOBODY}': conditions mean no choice by it"
            yield fault(Logic.TAKEN, *path, NOBODY, problem=problem)
    about = [name for name, tool in game.instruments.items() if tool.about == "effort"]
    for name in about[1:]:
        problem = f"a second instrument about effort; '{about[0]}' is the one"
        yield fault(Logic.TAKEN, "instruments", name, help="Keep one of them.", problem=problem)


def _chosen(game: Scenario) -> Iterator[tuple[Path, Iterable[str]]]:
    """The ids of which conditions may say that none was chosen."""
    yield ("market", "segments"), game.market.segments
    yield ("needs",), game.needs
    for name, card in game.cards.items():
        yield ("cards", name, "answers"), card.answers


def _remembered(game: Scenario) -> Iterator[Fault]:
    for name, one in game.memory.items():
        if not one.low <= one.start <= one.high:
            problem = f"'{name}' starts at {one.start:g}, outside its bounds {one.low:g} to {one.high:g}"
            yield fault(Schema.DO_NOT_FIT, "memory", name, help="Let it be: low <= start <= high.", problem=problem)
        elif one.low == one.high:
            problem = f"'{name}' can never change: low and high are the same"
            yield fault(Schema.DO_NOT_FIT, "memory", name, help="Let 'high' lie above 'low'.", problem=problem)


def _leaning(game: Scenario) -> Iterator[Fault]:
    """Beliefs take the errors of instruments as independent, which those of two that lean to one would not be."""
    for name, tool in game.instruments.items():
        path = ("instruments", name)
        if tool.lean > 0.0 and tool.loudest is None:
            help = "Add 'loudest:' with a segment, or leave 'lean' out."
            yield fault(Schema.DO_NOT_FIT, *path, "lean", help=help, problem=f"'{name}' leans, and not said to whom")
        if tool.loudest is not None and tool.lean < LEAST_LEAN:
            help = f"Let 'lean' be at least {LEAST_LEAN:g}, or leave 'loudest' out."
            problem = f"'{name}' does not lean, so nobody is the loudest"
            yield fault(Schema.DO_NOT_FIT, *path, "loudest", help=help, problem=problem)
        for key in ("lean", "segments"):
            if tool.about != "needs" and getattr(tool, key):
                problem = f"'{name}' is about {tool.about}; it asks no segment"
                yield fault(Schema.DO_NOT_FIT, *path, key, help=f"Leave '{key}' out.", problem=problem)
    leaning = [name for name, tool in game.instruments.items() if tool.lean > 0.0]
    for name in leaning[1:]:
        problem = f"a second instrument that leans; '{leaning[0]}' is the one"
        yield fault(Logic.TAKEN, "instruments", name, "lean", help="Keep one of them.", problem=problem)


def _told(game: Scenario) -> Iterator[Fault]:
    """A teardown looks for itself; nobody tells it."""
    for name, tool in game.instruments.items():
        if tool.told_by is not None and tool.about == "rivals":
            problem = f"'{name}' is about rivals; it comes through nobody"
            yield fault(Schema.DO_NOT_FIT, "instruments", name, "told_by", help="Leave 'told_by' out.", problem=problem)


def _coming(game: Scenario) -> Iterator[Fault]:
    """Trends that come too late for the run, or change what the end of the week sets anew."""
    for name, trend in game.trends.items():
        if trend.first > game.weeks:
            problem = f"'{name}' arrives in week {trend.first} at the earliest, and the run ends with week {game.weeks}"
            yield fault(Schema.DO_NOT_FIT, "trends", name, "first", help="Let it arrive sooner.", problem=problem)
        if "hours" in trend.then:
            help = "Leave 'hours' out; 'fatigue' or 'cash' last."
            problem = f"'{name}' arrives when the week ends, and its hours are over then"
            yield fault(Schema.DO_NOT_FIT, "trends", name, "then", "hours", help=help, problem=problem)


def _orders(game: Scenario) -> Iterator[Fault]:
    lists: tuple[tuple[str, tuple[float, ...], Path], ...] = (
        ("waves", game.market.waves, ("market", "waves")),
        ("prices", game.money.prices, ("money", "prices")),
        ("spends", game.money.spends, ("money", "spends")),
        ("horizons", game.horizons, ("horizons",)),
    )
    for name, values, path in lists:
        if any(later <= earlier for earlier, later in pairwise(values)):
            yield fault(Logic.ORDER, *path, name=name)


def _circles(game: Scenario) -> Iterator[Fault]:
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
        yield fault(Logic.CIRCLE, "features", circle[0], "depends", features=", ".join(circle))


def _goals(game: Scenario) -> Iterator[Fault]:
    for name, person in game.stakeholders.items():
        whole = sum(abs(weight) for weight in person.goals.values())
        if whole > 1.0 + 1e-9:
            yield fault(Logic.GOALS, "stakeholders", name, "goals", name=name, whole=f"{whole:g}")


def _late(game: Scenario) -> Iterator[Fault]:
    for card_id, card in game.cards.items():
        for answer_id, answer in card.answers.items():
            if answer.promise is not None and answer.promise.week > game.weeks:
                path = ("cards", card_id, "answers", answer_id, "promise", "week")
                yield fault(Logic.LATE, *path, week=answer.promise.week, weeks=game.weeks)


def _holding_up(game: Scenario) -> Iterator[Fault]:
    """Cards that can hold up a week for ever: what can always be given is missing."""
    for name, card in game.cards.items():
        if card.silence is not None:
            answer = card.answers.get(card.silence)
            if answer is not None and not _always_open(answer):
                problem = f"silence takes the answer '{card.silence}', which cannot always be given"
                help = "Let it have no hours, cost, when and promise."
                yield fault(Logic.HOLDS_UP, "cards", name, "silence", help=help, problem=problem)
        elif not any(_always_open(answer) for answer in card.answers.values()):
            problem = "the card must be answered, and none of its answers can always be given"
            help = "Add 'silence:', or an answer without hours, cost, when and promise."
            yield fault(Logic.HOLDS_UP, "cards", name, help=help, problem=problem)


def _always_open(answer: Answer) -> bool:
    return not answer.hours and not answer.cost and answer.when is None and answer.promise is None


def _pointless(game: Scenario) -> Iterator[Fault]:
    for name, objective in game.objectives.items():
        if objective.worst == objective.best:
            yield fault(Logic.NO_RANGE, "objectives", name, "best")
