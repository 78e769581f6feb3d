"""What of a scenario is proved never to be reached, as trials list it; the proofs are `scenario.unreachable`."""

from collections.abc import Mapping

from tpmsim.scenario.loading import Loaded
from tpmsim.scenario.unreachable import unreachable


def proved(loaded: Loaded) -> Mapping[str, str]:
    """Why something can never be reached, by its table and id, such as `cards/demo`."""
    return {f"{one.what}s/{one.id}": one.reason for one in unreachable(loaded.scenario, loaded.rules)}
