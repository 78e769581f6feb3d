"""The policies that come with the program, by the name under which they are asked for."""

from collections.abc import Mapping
from types import MappingProxyType

from tpmsim.errors import UsageError
from tpmsim.lab.policies.naive import NAIVE
from tpmsim.lab.policies.random_ import RANDOM
from tpmsim.lab.policies.steady import STEADY
from tpmsim.lab.policy import Policy
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.text import quoted

POLICIES: Mapping[str, Policy] = MappingProxyType({one.id: one for one in (RANDOM, NAIVE, STEADY)})
"""Weakest first."""


def get_policy(name: str) -> Policy:
    """The policy of this name.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    if name in POLICIES:
        return POLICIES[name]
    close = did_you_mean(nearest(name, POLICIES))
    raise UsageError(f"no policy {quoted(name)}{close}", help=f"There are: {', '.join(POLICIES)}.")
