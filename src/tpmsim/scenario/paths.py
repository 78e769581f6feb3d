"""The tests of a scenario as their author writes them: scripted paths, and what must always hold.

Only the shape of the files `tests/*.yaml`; what their moves, names and words refer to is looked up by `path_reading`,
and `tpmsim.lab.trial` plays them.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from tpmsim.scenario.fields import ConditionText, Id, Meaning, Model
from tpmsim.text import SafeText

Weeks = Annotated[int, Field(ge=1, le=60)]
SeedText = Annotated[SafeText, Field(max_length=20)]

WITHIN: Final = 12
"""Weeks that `until` waits if the author does not say."""

ACTIONS: Final = ("move", "answer", "end", "until", "play", "expect", "refused")
"""The keys of which each step has exactly one."""


class Step(Model):
    """One thing that a path does or expects; exactly one of `ACTIONS` is written."""

    move: Annotated[
        str | tuple[str, ...] | None, Meaning("Make a move, or several; 'tpmsim docs moves SCENARIO' lists them.")
    ] = None
    times: Annotated[int | None, Field(ge=1, le=20), Meaning("How often `move` is made.", "times")] = None
    answer: Annotated[str | None, Meaning("Answer a card: its id, a slash, and the id of the answer.")] = None
    end: Annotated[Weeks | None, Meaning("End so many weeks.", "weeks")] = None
    until: Annotated[ConditionText | None, Meaning("End weeks until this holds.")] = None
    within: Annotated[Weeks | None, Meaning("How long `until` may take; left out: 12.", "weeks")] = None
    play: Annotated[Id | None, Meaning("Let a policy play.")] = None
    weeks: Annotated[Weeks | None, Meaning("How long `play` plays; left out: to the end.", "weeks")] = None
    expect: Annotated[ConditionText | None, Meaning("What must hold now.")] = None
    refused: Annotated[str | None, Meaning("A move that must not be legal now.")] = None

    @property
    def actions(self) -> tuple[str, ...]:
        """What the step does, by its key; one that can be read has one."""
        return tuple(name for name in ACTIONS if getattr(self, name) is not None)


class Path(Model):
    """A run that is played by a script."""

    says: Annotated[SafeText | None, Meaning("What it shows.")] = None
    seed: Annotated[SeedText | None, Meaning("Its world: a seed such as K7Q2-MX4D, or a whole number.")] = None
    steps: Annotated[tuple[Step, ...], Meaning("What is done and expected, in order.")]
    ending: Annotated[Id | None, Meaning("The ending that it must come to.")] = None


class Always(Model):
    """What must hold after every week of every run."""

    when: Annotated[ConditionText, Meaning("What must hold.")]
    says: Annotated[SafeText | None, Meaning("Why.")] = None


class PathsFile(Model):
    """One file of tests."""

    format: Annotated[Literal[1], Meaning("How to read the file.")] = 1
    paths: Annotated[dict[Id, Path], Meaning("Scripted runs.")] = Field(default_factory=dict)
    always: Annotated[dict[Id, Always], Meaning("What must hold in every run.")] = Field(default_factory=dict)
