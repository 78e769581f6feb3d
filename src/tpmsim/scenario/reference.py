"""The reference of the scenario format by topic: keys, names, levers, moves, limits, defaults and codes.

Everything is read off the tables that the program itself uses, so a page cannot say anything else. `tpmsim docs`
prints these topics, and the pages of docs/ hold them. With a scenario at hand, names and levers are those of its ids.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from tpmsim.core.conditions import Name
from tpmsim.core.rules import Move, Rules
from tpmsim.scenario import condition_parser, condition_tokens, source, yaml_events, yaml_reader
from tpmsim.scenario.codes import LAYERS
from tpmsim.scenario.defaults import completed
from tpmsim.scenario.levers import levers
from tpmsim.scenario.loading import Loaded
from tpmsim.scenario.names import FAR, Ids, names
from tpmsim.scenario.reference_keys import key_tables, number
from tpmsim.scenario.reference_table import Table
from tpmsim.scenario.repertoire import MOST_MOVES
from tpmsim.scenario.schema import Memory, Scenario
from tpmsim.scenario.words import NAMES, texts
from tpmsim.text import TEXT_CHARS, TEXT_LINES, shown

TEXT_SHOWN: Final = 60
"""Characters of a text that its row shows."""

PLACEHOLDERS = Ids(
    segments=("SEGMENT",),
    needs=("NEED",),
    features=("FEATURE",),
    stakeholders=("STAKEHOLDER",),
    rivals=("RIVAL",),
    stages=("research", "roadmap", "build", "launch", "live", "ended"),
    profiles=("PROFILE",),
    cards=("CARD",),
    answers=(("ANSWER",),),
    memory={"NUMBER": Memory()},
    trends=("TREND",),
)
"""Words in capitals that stand for ids."""


def bare_scenario() -> Scenario:
    """What is there when an author has declared nothing that has a default."""
    empty: dict[str, Any] = {"instruments": {}, "profiles": {}, "lifecycle": {}, "gates": {}}
    return completed(Scenario.model_construct(**empty))


def names_table(ids: Ids = PLACEHOLDERS) -> Table:
    """The names that conditions can read."""
    rows = tuple((f"`{name}`", _unit(one), _span(one), one.doc) for name, one in sorted(names(ids).items()))
    return Table(("name", "unit", "range or words", "meaning"), rows)


def levers_table(scenario: Scenario | None = None, ids: Ids = PLACEHOLDERS) -> Table:
    """The levers of answers."""
    rows = tuple(
        (f"`{name}`", one.op.name.lower(), one.unit, f"{_bound(one.low)} to {_bound(one.high)}", shown(one.doc))
        for name, one in levers(scenario or bare_scenario(), ids).items()
    )
    return Table(("lever", "does", "unit", "bounds", "meaning"), rows)


def texts_table(loaded: Loaded) -> Table:
    """The texts of a scenario by id, and the languages they are missing in; names stay if nobody translates them."""
    languages = sorted(loaded.words)
    rows = tuple(
        (f"`{one}`", shown(text.plain(), TEXT_SHOWN), ", ".join(_without(loaded, one, languages)))
        for one, text in texts(loaded.scenario).items()
    )
    return Table(("text", "says", "missing in"), rows)


def _without(loaded: Loaded, text: str, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        if text not in loaded.words[language].texts and not text.endswith(NAMES):
            yield language


def moves_table(rules: Rules) -> Table:
    """The moves of a scenario, with what they take and when they are refused."""
    return Table(
        ("move", "hours", "cost", "stages", "refusals"), tuple(_move(one, rules.stages) for one in rules.moves)
    )


def codes_table() -> Table:
    """Every diagnostic."""
    rows = tuple(
        (code.id, layer, code.page.severity, code.page.title, code.page.cause)
        for layer, codes in LAYERS.items()
        for code in codes
    )
    return Table(("code", "layer", "severity", "what", "cause"), rows)


def limits_table() -> Table:
    """Limits of a scenario file."""
    rows = (
        ("file", f"{source.SCENARIO_BYTES:,} bytes, {yaml_reader.MAX_LINES:,} lines"),
        ("line", f"{yaml_reader.MAX_LINE:,} characters"),
        ("keys, values and lists", f"{yaml_events.MAX_NODES:,}, nested {yaml_events.MAX_DEPTH} deep"),
        ("one value", f"{yaml_events.MAX_SCALAR_BYTES:,} bytes"),
        ("text", f"{TEXT_CHARS:,} characters, {TEXT_LINES} lines"),
        ("condition", f"{condition_tokens.MAX_TOKENS} tokens, nested {condition_parser.MAX_DEPTH} deep"),
        ("moves", f"{MOST_MOVES}"),
    )
    return Table(("what", "at most"), rows)


def default_tables() -> tuple[Table, ...]:
    """What `completed` puts where the author wrote nothing."""
    game = bare_scenario()
    sizes = ("hours", "cost", "answers", "error", "bias", "tilt")
    tools = tuple(
        (
            f"`{name}`",
            one.about,
            *(number(getattr(one, size)) for size in sizes),
            "yes" if one.discovers else "",
            number(one.hit) if one.about == "rivals" else "",
        )
        for name, one in game.instruments.items()
    )
    parts = ("features", "debt", "delay", "talks", "checks", "stars")
    profiles = tuple(
        (f"`{name}`", *(number(getattr(one, part)) for part in parts)) for name, one in game.profiles.items()
    )
    gates = tuple(
        (f"`{stage}`", f"`{item}`", f"`{one.when.text}`", one.says.plain())
        for stage, gate in game.gates.items()
        for item, one in gate.requires.items()
    )
    return (
        Table(("id", "about", *sizes, "discovers", "hit"), tools, says="Instruments (assumptions):"),
        Table(("id", *parts), profiles, says="Profiles (assumptions):"),
        Table(
            ("stage", "requirement", "when", "says"),
            gates,
            says="Gates (`{last}` stands for the number of launch waves):",
        ),
    )


TOPICS: Mapping[str, tuple[str, Callable[[], tuple[Table, ...]]]] = {
    "keys": ("every key of a scenario: type, unit, range, default, meaning", key_tables),
    "names": ("the names that conditions can read", lambda: (names_table(),)),
    "levers": ("what the answers to a card can change", lambda: (levers_table(),)),
    "defaults": ("instruments, profiles and gates of a scenario that declares none", default_tables),
    "limits": ("how large a scenario may be", lambda: (limits_table(),)),
    "codes": ("every finding of the checks, with its cause", lambda: (codes_table(),)),
}
"""What each topic is about, and its tables."""

OF_A_SCENARIO: Mapping[str, Callable[[Loaded], Table]] = {
    "names": lambda loaded: names_table(Ids.of(loaded.scenario)),
    "levers": lambda loaded: levers_table(loaded.scenario, Ids.of(loaded.scenario)),
    "moves": lambda loaded: moves_table(loaded.rules),
    "texts": lambda loaded: texts_table(loaded),
}
"""The topics that differ between scenarios, with the ids of one."""


def _unit(name: Name) -> str:
    return "word" if name.words is not None else name.unit


def _span(name: Name) -> str:
    if name.words is not None:
        return ", ".join(name.words)
    return f"{_bound(name.lowest)} to {_bound(name.highest)}"


def _bound(value: float) -> str:
    return "any" if abs(value) >= FAR else f"{value:g}"


def _move(move: Move, stages: tuple[str, ...]) -> tuple[str, ...]:
    inside = [stage for stage, there in zip(stages, move.stages, strict=True) if there]
    everywhere = len(inside) >= len(stages) - 1
    return (
        f"`{move.id}`",
        number(move.hours),
        number(move.cost),
        "all" if everywhere else ", ".join(inside),
        shown(f"refused: {'; '.join(check.reason for check in move.checks)}") if move.checks else "",
    )
