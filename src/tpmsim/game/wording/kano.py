"""Kano classes in words: what sort of need a feature serves, once somebody was asked about it."""

from tpmsim.core.observe import Observation
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.schema import Scenario

SORTS = {
    "must_be": "taken for granted (must-be): no thanks for it, anger without it",
    "one_dimensional": "the more the better (one-dimensional)",
    "attractive": "a delight (attractive): loved by those who get it, missed by nobody",
}

UNKNOWN = "of which sort shows when somebody is asked about it"


def sort_of(scenario: Scenario, seen: Observation, need: str) -> str:
    """The sort of a need that has been found; known from the first answers about it."""
    asked = any(one.answers for one in seen.beliefs if one.need == need)
    return SORTS[scenario.needs[need].kano] if asked else UNKNOWN


def sorts(scenario: Scenario, titles: Titles, seen: Observation, feature: str) -> tuple[str, ...]:
    """The found needs that a feature serves, each with its sort."""
    served = (need for need in scenario.features[feature].serves if need in seen.found)
    return tuple(f"{titles.need(need)}: {sort_of(scenario, seen, need)}" for need in served)
