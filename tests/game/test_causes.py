"""Every intent that does harm is told with a cause, and the cause is the part of the mood that weighs most."""

from dataclasses import replace

import numpy as np
import pytest

from tpmsim.core.observe import COMPLAINTS, DEEDS, NOTHING, PROMISES, UNHARMED, UNHEARD, because
from tpmsim.core.opening import initial
from tpmsim.core.rolls import seed_text
from tpmsim.core.rules import Response
from tpmsim.core.state import COMPLAINTS_PART, PROMISES_PART, UNHEARD_PART, Known, evolve
from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario, shipped

RULES = open_scenario("first-product").rules
HARMFUL = ("voice", "neglect", "exit")
POLICIES = ("random", "naive", "steady")
SEEDS = (0,)


@pytest.mark.parametrize("slug", shipped())
def test_every_harmful_intent_has_a_cause_in_words(slug: str) -> None:
    told: list[str] = []
    for policy in POLICIES:
        for seed in SEEDS:
            with Session.start(open_scenario(slug), seed_text(seed)) as session:
                record(session, get_policy(policy))
                people = Desk(session).view.people
                for report in session.reports:
                    told += [people.because(one) for one in report.after.people if one.intent in HARMFUL]
    assert told
    assert all(told), f"{told.count('')} of {len(told)} have none"


def felt(intent: Response, deeds: float = 0.0, **parts: float) -> Known:
    """What is known of one run in which the first stakeholder feels so, and means to do that."""
    known = initial(RULES, np.arange(1, dtype=np.uint64)).known
    places = {"promises": PROMISES_PART, "unheard": UNHEARD_PART, "complaints": COMPLAINTS_PART, "outcome": 0}
    mood, intents = known.felt.copy(), known.intent.copy()
    for name, size in parts.items():
        mood[0, places[name]] = size
    intents[0] = intent
    content = known.satisfaction.copy()
    content[0] += deeds + sum(parts.values())
    return evolve(known, felt=mood, satisfaction=content, intent=intents)


@pytest.mark.parametrize("intent", [Response.VOICE, Response.NEGLECT, Response.EXIT])
@pytest.mark.parametrize(
    ("deeds", "parts", "cause"),
    [
        (0.0, {"promises": -0.2, "unheard": -0.1}, PROMISES),
        (0.3, {"unheard": -0.004, "complaints": -0.003}, UNHEARD),
        (0.0, {"complaints": -0.0002, "promises": 0.2}, COMPLAINTS),
        (-0.001, {}, DEEDS),
        (0.0, {"outcome": -0.01}, RULES.people.outcome_names[0]),
        (0.0, {}, NOTHING),
        (0.01, {"promises": 0.01}, NOTHING),
        (0.2, {}, UNHARMED),
        (0.0, {"promises": 0.1, "unheard": -0.00001}, UNHARMED),
    ],
)
def test_the_cause_is_what_weighs_most_however_little(intent, deeds, parts, cause) -> None:
    assert because(RULES, felt(intent, deeds, **parts), 0) == cause


def test_who_stands_by_you_may_do_so_for_no_reason() -> None:
    assert because(RULES, felt(Response.LOYALTY, 0.01), 0) == ""
    assert because(RULES, felt(Response.LOYALTY, 0.1, unheard=-0.2), 0) == DEEDS


def test_where_nothing_speaks_for_it_that_is_said() -> None:
    with Session.start(open_scenario("first-product"), "7") as session:
        people, one = Desk(session).view.people, session.observation.people[0]
        said = {name: people.because(replace(one, intent="voice", because=name)) for name in (NOTHING, UNHARMED)}
        assert said == {
            NOTHING: "nothing in particular was done for them lately",
            UNHARMED: "no complaint in particular",
        }
