"""Bonds: who listens to whom, what somebody did and how they voted, and how trust in you went."""

from collections.abc import Sequence

from tpmsim.core.observe import Observation, PersonSeen
from tpmsim.game.wording.prose import listed, spoken
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.schema import Scenario

DID = {
    "exit": "had enough and left",
    "neglect": "let things slide",
    "voice": "spoke up",
    "loyalty": "stood by you",
}

VOTES = {1: "for going on", 0: "none yet", -1: "against going on"}


def bonds(scenario: Scenario, titles: Titles, person: str) -> str:
    """Who listens to somebody, and to whom they listen; the strongest first."""
    ties = scenario.stakeholders
    hears = {name: one.influences[person] for name, one in ties.items() if one.influences.get(person, 0.0) > 0.0}
    heard = {name: share for name, share in ties[person].influences.items() if share > 0.0}
    told = (("is heard by", heard), ("listens to", hears))
    parts = [f"{words} {_people(titles, whom)}" for words, whom in told if whom]
    return "; ".join(parts) or "listens to nobody in particular"


def last_act(person: str, weeks: Sequence[tuple[int, Observation]]) -> str:
    """What somebody did last, and when.

    Args:
        person: id of a stakeholder.
        weeks: the ended weeks and what was known after each, oldest first.
    """
    for week, seen in reversed(weeks):
        acted = _seen(person, seen).acted
        if acted is not None:
            return f"{DID.get(acted, spoken(acted).lower())} (week {week})"
    return "nothing yet"


def last_vote(person: str, seen: Observation) -> str:
    """How somebody voted at the last gate that was asked."""
    return VOTES[_seen(person, seen).vote]


def _seen(person: str, seen: Observation) -> PersonSeen:
    return next(one for one in seen.people if one.id == person)


def _people(titles: Titles, ties: dict[str, float]) -> str:
    return listed(titles.person(name) for name, _ in sorted(ties.items(), key=lambda one: -one[1]))
