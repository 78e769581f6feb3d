"""A Gymnasium environment of a scenario, for learners; imported only by who asks for it (`pip install tpmsim[gym]`).

One episode is one run, one action is one move or the end of the week. It shows what a player may know, as numbers in
fixed bounds, and rewards nothing but the score, at the end. Not for rollouts: one run at a time is slow.
"""

from typing import Any, cast

import gymnasium as gym
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from tpmsim.core.arrays import Bools, Floats
from tpmsim.core.conditions import rows
from tpmsim.core.moves import apply
from tpmsim.core.opening import initial
from tpmsim.core.outcome import score
from tpmsim.core.rolls import SEED_BITS, seed_text
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.rollout import MOST_MOVES, answer_what_must_be
from tpmsim.lab.trial.legality import Legality
from tpmsim.scenario.library import open_scenario

Observation = dict[str, NDArray[np.float32]]

STEPS = 100.0
"""Quanta of a number that starts at zero which count as much; of others it is where they start."""

SIGNED = ("numbers", "worth", "satisfaction")
"""Parts of an observation that can be below zero."""


class TpmsimEnv(gym.Env[Observation, np.int64]):
    """One scenario as an environment.

    Actions are the rows of the scenario's moves; the last action ends the week. `action_masks()` and
    `info["action_mask"]` tell which are legal. An action that is not changes nothing but takes one of the
    `MOST_MOVES` steps of a week, after which the week ends by itself.

    Args:
        scenario: id of a shipped scenario, or the path of one.
    """

    def __init__(self, scenario: str = "first-product") -> None:
        self.rules: Rules = open_scenario(scenario).rules
        self._legality = Legality.of(self.rules)
        self.action_space = spaces.Discrete(len(self.rules.moves) + 1)
        self._seed, self._made, self._state = 0, 0, self._opened(0)
        quanta = np.array([one.quantum for one in self.rules.numbers])
        self._scale = np.maximum(np.abs(self._numbers()), STEPS * quanta)
        boxes: dict[str, spaces.Space[Any]] = {
            name: spaces.Box(-1.0 if name in SIGNED else 0.0, 1.0, part.shape, np.float32)
            for name, part in self._observed().items()
        }
        self.observation_space = cast(spaces.Space[Observation], spaces.Dict(boxes))

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, Any]:
        """A new run: of this seed, the same world as `tpmsim run --seed`; else of one drawn from the last given."""
        super().reset(seed=seed)
        drawn = int(self.np_random.integers(1 << SEED_BITS))
        self._seed = drawn if seed is None else seed % (1 << SEED_BITS)
        self._made, self._state = 0, self._opened(self._seed)
        return self._observed(), self._info()

    def step(self, action: np.int64) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Make a move, or end the week."""
        legal, ends = bool(self.action_masks()[action]), int(action) == len(self.rules.moves)
        self._made += 1
        if legal and not ends:
            self._state = apply(self.rules, self._state, np.array([action], dtype=np.int64))
        if self._state.live[0] and (ends or self._made >= MOST_MOVES):
            self._state = advance(self.rules, answer_what_must_be(self.rules, self._state))
            self._made = 0
        over = not self._state.live[0]
        reward = float(score(self.rules, self._known)[0]) / 100.0 if over else 0.0
        return self._observed(), reward, over, False, self._info()

    def action_masks(self) -> Bools:
        """(M + 1,) the legal actions; the end of the week always is."""
        return np.append(self._legality.legal(self._known)[:, 0], True)

    @property
    def _known(self) -> Known:
        return self._state.known

    def _opened(self, seed: int) -> State:
        return initial(self.rules, np.array([seed], dtype=np.uint64))

    def _info(self) -> dict[str, Any]:
        return {"action_mask": self.action_masks(), "seed": seed_text(self._seed), "week": int(self._known.week[0])}

    def _numbers(self) -> Floats:
        return np.array([float(rows(self._known, one.value)[0]) for one in self.rules.numbers])

    def _observed(self) -> Observation:
        """What may be known, each within its bounds; a need that is not known shows nothing."""
        known, rules = self._known, self.rules
        found = known.found[:, 0] > 0.0
        told = {
            "clock": [known.week[0] / rules.weeks, known.hours[0] / rules.focus_hours],
            "stage": np.arange(len(rules.stages)) == known.stage[0],
            "numbers": _squashed(self._numbers(), self._scale),
            "worth": _squashed(np.where(found, known.mean[..., 0], 0.0).ravel(), 1.0),
            "doubt": _squashed(np.where(found, known.sd[..., 0], 0.0).ravel(), 1.0),
            "planned": known.committed[:, 0],
            "progress": known.reported[:, 0],
            "complete": known.complete[:, 0],
            "trust": known.trust[:, 0],
            "satisfaction": known.satisfaction[:, 0],
            "cards": known.open[:, 0],
        }
        return {name: np.clip(np.asarray(part, np.float32), -1.0, 1.0) for name, part in told.items()}


def _squashed(value: Floats, scale: Floats | float) -> Floats:
    """Any number between -1 and 1; the scale becomes one half."""
    return np.asarray(value / (np.abs(value) + scale))
