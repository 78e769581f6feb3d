"""The policies that come with the program, by the name under which they are asked for."""

from collections.abc import Mapping
from types import MappingProxyType

from tpmsim.errors import UsageError
from tpmsim.lab.policies.constant import CONSTANT
from tpmsim.lab.policies.evidence import EVIDENCE
from tpmsim.lab.policies.lookahead import LOOK_AHEAD
from tpmsim.lab.policies.naive import NAIVE
from tpmsim.lab.policies.random_ import RANDOM
from tpmsim.lab.policies.steady import STEADY
from tpmsim.lab.policy import Policy
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.text import quoted


def _by_id(*policies: Policy) -> Mapping[str, Policy]:
    return MappingProxyType({one.id: one for one in policies})


LADDER: Mapping[str, Policy] = _by_id(RANDOM, NAIVE, STEADY, EVIDENCE, LOOK_AHEAD)
"""Weakest first. Each step takes more thought, and more time: `lookahead` some hundred times that of `steady`."""

CONSTANTS: Mapping[str, Policy] = _by_id(*CONSTANT)
"""One idea each; checked apart from the ladder."""

POLICIES: Mapping[str, Policy] = _by_id(*LADDER.values(), *CONSTANTS.values())
"""Everything that has a name."""

REFERENCE = STEADY.id
"""Who plays where a decision is judged, par is measured or a value is told; see `reference`."""


def reference() -> Policy:
    """The policy that others are measured by. It changes only with the rules number (`lab/golden.py`)."""
    return POLICIES[REFERENCE]


def get_policy(name: str) -> Policy:
    """The policy of this name.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    if name in POLICIES:
        return POLICIES[name]
    close = did_you_mean(nearest(name, POLICIES))
    raise UsageError(f"no policy {quoted(name)}{close}", help=f"There are: {', '.join(POLICIES)}.")
