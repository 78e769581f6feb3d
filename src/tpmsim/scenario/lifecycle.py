"""The lifecycle as a state machine: built with `transitions`, validated, compiled for the batch, drawn for the docs.

This is the only module that knows `transitions`. The core sees a table `next_stage[stage, trigger]`; a test walks the
machine and the table side by side.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from transitions import Machine

from tpmsim.core.arrays import Ints
from tpmsim.core.rules import Trigger

ENDED = "ended"
"""The stage after which there is none; always present, always last."""

ENDING_TRIGGERS = (Trigger.KILL, Trigger.SUNSET, Trigger.MONEY, Trigger.FIRED, Trigger.TIME)


@dataclass(frozen=True, slots=True)
class StageSpec:
    """Where the triggers of one stage lead.

    Attributes:
        go: the next stage, or None where no gate opens.
        recycle: the stage gone back to, or None.
        sunset: whether the product can be closed here in good order.
    """

    go: str | None = None
    recycle: str | None = None
    sunset: bool = False


class LifecycleError(ValueError):
    """A lifecycle that cannot be played; names the stage."""

    def __init__(self, stage: str, message: str) -> None:
        super().__init__(message)
        self.stage = stage


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """A validated lifecycle.

    Attributes:
        stages: their ids, the first is where a run starts, the last is `ended`.
        machine: the `transitions` machine behind it.
    """

    stages: tuple[str, ...]
    machine: Machine

    @classmethod
    def build(cls, specs: Mapping[str, StageSpec]) -> "Lifecycle":
        """The machine of these stages.

        Raises:
            LifecycleError: a stage leads to one that does not exist, or cannot be reached, or never ends.
        """
        stages = (*specs, ENDED)
        _known(specs, stages)
        machine = Machine(
            model=None,
            states=list(stages),
            initial=stages[0],
            transitions=list(_edges(specs)),
            auto_transitions=False,
        )
        lifecycle = cls(stages, machine)
        lifecycle._all_reached()
        return lifecycle

    def triggers(self, stage: str) -> tuple[Trigger, ...]:
        """What a stage offers, in the order of Trigger."""
        offered = self.machine.get_triggers(stage)
        return tuple(trigger for trigger in Trigger if trigger.name.lower() in offered)

    def target(self, stage: str, trigger: Trigger) -> str:
        """Where a trigger leads; the stage itself where it is not offered."""
        edges = self.machine.get_transitions(trigger.name.lower(), source=stage)
        return str(edges[0].dest) if edges else stage

    def table(self) -> Ints:
        """(stages, triggers) row of the next stage."""
        rows = [[self.stages.index(self.target(stage, trigger)) for trigger in Trigger] for stage in self.stages]
        return np.array(rows, dtype=np.int64)

    def mermaid(self) -> str:
        """The lifecycle as a Mermaid state diagram, one line an edge."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.stages[0]}"]
        for stage in self.stages[:-1]:
            edges: dict[str, list[str]] = {}
            for trigger in self.triggers(stage):
                edges.setdefault(self.target(stage, trigger), []).append(trigger.name.lower())
            lines += [f"    {stage} --> {target}: {', '.join(by)}" for target, by in edges.items()]
        return "\n".join([*lines, f"    {ENDED} --> [*]"]) + "\n"

    def _all_reached(self) -> None:
        reached, frontier = {self.stages[0]}, deque([self.stages[0]])
        while frontier:
            stage = frontier.popleft()
            for trigger in self.triggers(stage):
                target = self.target(stage, trigger)
                if target not in reached:
                    reached.add(target)
                    frontier.append(target)
        for stage in self.stages:
            if stage not in reached:
                raise LifecycleError(stage, f"stage '{stage}' can never be reached; let another stage go to it")


def _known(specs: Mapping[str, StageSpec], stages: tuple[str, ...]) -> None:
    for stage, spec in specs.items():
        for target in (spec.go, spec.recycle):
            if target is not None and target not in stages:
                raise LifecycleError(stage, f"stage '{stage}' leads to '{target}', which is no stage")


def _edges(specs: Mapping[str, StageSpec]) -> list[dict[str, str]]:
    edges = []
    for stage, spec in specs.items():
        ways = {trigger: ENDED for trigger in ENDING_TRIGGERS if trigger is not Trigger.SUNSET or spec.sunset}
        if spec.go is not None:
            ways |= {Trigger.GO: spec.go, Trigger.LEAP: spec.go, Trigger.HOLD: stage}
        if spec.recycle is not None:
            ways[Trigger.RECYCLE] = spec.recycle
        edges += [
            {"trigger": trigger.name.lower(), "source": stage, "dest": target}
            for trigger, target in sorted(ways.items())
        ]
    return edges
