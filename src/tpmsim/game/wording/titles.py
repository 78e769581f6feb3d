"""Titles: the names that a scenario gives to its things, on one line and short enough for a menu."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tpmsim.game.wording.prose import line_of, spoken
from tpmsim.scenario.schema import Scenario
from tpmsim.text import SafeText

TITLE = 56
NAME = 24


class Titled(Protocol):
    """Anything with a title."""

    @property
    def title(self) -> SafeText:
        """The words of the author."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Names by id. An id that the scenario does not know is spoken as words, never refused."""

    scenario: Scenario

    def segment(self, name: str) -> str:
        """Title of a segment."""
        return _title(self.scenario.market.segments, name)

    def trend(self, name: str) -> str:
        """Title of a trend."""
        return _title(self.scenario.trends, name)

    def rival(self, name: str) -> str:
        """Title of a rival."""
        return _title(self.scenario.market.rivals, name)

    def need(self, name: str) -> str:
        """Title of a need."""
        return _title(self.scenario.needs, name)

    def feature(self, name: str) -> str:
        """Title of a feature."""
        return _title(self.scenario.features, name, 30)

    def instrument(self, name: str) -> str:
        """Title of an instrument."""
        return _title(self.scenario.instruments, name, 30)

    def profile(self, name: str) -> str:
        """Title of a capacity profile."""
        return _title(self.scenario.profiles, name, 30)

    def stage(self, name: str) -> str:
        """Title of a stage."""
        return _title(self.scenario.lifecycle, name, NAME)

    def person(self, name: str) -> str:
        """Name of a stakeholder."""
        one = self.scenario.stakeholders.get(name)
        return line_of(one.name, NAME) if one is not None else spoken(name)

    def role(self, name: str) -> str:
        """What a stakeholder is."""
        one = self.scenario.stakeholders.get(name)
        return line_of(one.role, NAME) if one is not None else ""

    def introduced(self, name: str) -> str:
        """A stakeholder with the role behind the name, unless both are the same."""
        person, role = self.person(name), self.role(name)
        return person if not role or role == person else f"{person} ({role})"

    def requirement(self, stage: str, item: str) -> str:
        """What a gate asks for."""
        gate = self.scenario.gates.get(stage)  # type: ignore[call-overload]
        asked = gate.requires.get(item) if gate is not None else None
        return line_of(asked.says, 160) if asked is not None else spoken(item).lower()


def _title(table: Mapping[Any, Titled], name: str, most: int = TITLE) -> str:
    one = table.get(name)
    return line_of(one.title, most) if one is not None else spoken(name)
