"""What a scenario gets where its author wrote nothing: instruments, profiles, lifecycle and gates.

Sizes are assumptions unless a source is named.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tpmsim.core.mechanics.rework import RATING_TAU
from tpmsim.core.mechanics.staffing import PROFILES
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.schema import Gate, Instrument, Profile, Requirement, Scenario, Stage
from tpmsim.text import SafeText

TALKS = 2.0
"""assumption: interview answers that a person who does nothing but discovery brings in a week."""

PROFILE_LEVELS = MappingProxyType(
    {
        "ship": ("Ship", 1, 2.0),
        "balanced": ("Balanced", 2, 3.0),
        "harden": ("Harden", 4, 4.0),
        "paydown": ("Pay down", 1, 4.0),
        "discover": ("Discover", 2, 3.0),
    }
)
"""assumption: title, level of review and test, and maintainability of new work, by profile."""


INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {
        "interview": Instrument(
            title=SafeText.clean("Interviews"), hours=4, answers=4, error=0.8, bias=0.12, discovers=True
        ),
        "survey": Instrument(
            title=SafeText.clean("Survey"), hours=2, cost=1500, answers=40, error=1.2, bias=0.3, tilt=0.2
        ),
        "prototype": Instrument(
            title=SafeText.clean("Prototype test"), hours=6, cost=1000, answers=5, error=0.6, bias=0.15
        ),
        "spike": Instrument(
            title=SafeText.clean("Engineering spike"), about="effort", hours=3, answers=1, error=0.15, bias=0.08
        ),
        "teardown": Instrument(title=SafeText.clean("Competitor teardown"), about="rivals", hours=3, answers=1),
    }
)
"""assumption: all sizes. Surveys ask for stated, not real use, and so lean upwards; prototypes show few people."""


def completed(scenario: Scenario) -> Scenario:
    """The scenario with every default in its place; what the author wrote wins, entry by entry."""
    return scenario.model_copy(
        update={
            "instruments": {**INSTRUMENTS, **scenario.instruments},
            "profiles": scenario.profiles or _profiles(),
            "lifecycle": scenario.lifecycle or _lifecycle(),
            "gates": {**_gates(), **scenario.gates},
        }
    )


def _text(raw: str) -> SafeText:
    return SafeText.clean(raw)


def _profiles() -> dict[str, Profile]:
    """The shares of `staffing.PROFILES`.

    How soon faults surface, and how few defects escape, follows the share of test and review by its level.
    """
    made = {}
    for name, (title, level, stars) in PROFILE_LEVELS.items():
        features, _, debt, talks = PROFILES[name]
        made[name] = Profile(
            title=_text(title),
            features=features,
            delay=RATING_TAU[level],
            talks=round(TALKS * talks, 4),
            debt=debt,
            checks=level,
            stars=stars,
        )
    return made


def _lifecycle() -> dict[str, Stage]:
    return {
        "research": Stage(title=_text("Research"), go="roadmap"),
        "roadmap": Stage(title=_text("Roadmap"), go="build", recycle="research"),
        "build": Stage(title=_text("Build"), works=True, go="launch", recycle="roadmap"),
        "launch": Stage(title=_text("Launch"), works=True, sells=True, go="live", recycle="build"),
        "live": Stage(title=_text("Live"), works=True, sells=True, sunset=True),
    }


def _gates() -> dict[str, Gate]:
    return {
        "research": _gate(
            target=("target != none", "a target segment"),
            problem=("problem != none", "a problem to solve"),
            evidence=("sources >= 2", "answers from at least two instruments, as each has a bias of its own"),
        ),
        "roadmap": _gate(
            plan=("planned >= 1", "at least one feature in the plan"),
            seen=("plan.weeks > 0", "a week for engineering to look at the plan"),
            fits=("plan.weeks <= weeks.left", "a plan that fits the weeks that are left"),
        ),
        "build": _gate(
            scope=("completed >= 1 and completed == planned", "everything in the plan reported complete"),
            health=("health >= 40", "a team that is not burnt out"),
        ),
        "launch": _gate(
            waves=("wave == {last}", "the last wave open"),
            criteria=("tripped == 0", "kill criteria not met"),
        ),
    }


def _gate(**asked: tuple[str, str]) -> Gate:
    requires = {
        name: Requirement(when=Scalar(when, True, 1, 1), says=_text(says)) for name, (when, says) in asked.items()
    }
    return Gate(requires=requires)
