"""The environment for learners: Gymnasium's own check, masks that are true, and the same run for the same seed."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest

from chosen import scenarios
from tpmsim.core.outcome import score
from tpmsim.core.rolls import seed_text
from tpmsim.lab.rollout import MOST_MOVES

checker = pytest.importorskip("gymnasium.utils.env_checker", reason="gymnasium is not installed (extra `gym`)")
from tpmsim.lab.gym_env import TpmsimEnv  # noqa: E402

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", scenarios())
def test_gymnasium_accepts_it(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=".*not created by.*|.*env.spec.*|.*render.*")
        checker.check_env(TpmsimEnv(name), skip_render_check=True)


def played(env: TpmsimEnv, seed: int) -> tuple[list[int], float]:
    """A whole run of masked dice."""
    _, info = env.reset(seed=seed)
    dice, over, actions, reward = np.random.default_rng(3), False, list[int](), 0.0
    while not over:
        actions.append(int(dice.choice(np.flatnonzero(info["action_mask"]))))
        observation, reward, over, cut, info = env.step(np.int64(actions[-1]))
        assert observation in env.observation_space
        assert not cut
        assert over or reward == 0.0
    return actions, reward


def test_an_episode_is_a_run_and_is_paid_with_its_score() -> None:
    env = TpmsimEnv()
    actions, reward = played(env, 11)
    assert (actions, reward) == played(TpmsimEnv(), 11)
    assert reward == score(env.rules, env._known)[0] / 100.0
    assert 0.0 < reward <= 1.0


def test_the_seed_is_that_of_runs() -> None:
    env = TpmsimEnv()
    assert env.reset(seed=7)[1]["seed"] == seed_text(7)
    following = env.reset()[1]["seed"]
    env.reset(seed=7)
    assert env.reset()[1]["seed"] == following != seed_text(7)


def test_what_is_not_legal_changes_nothing_but_takes_a_step() -> None:
    env = TpmsimEnv()
    before, info = env.reset(seed=1)
    refused = np.int64(np.flatnonzero(~info["action_mask"])[0])
    for step in range(MOST_MOVES):
        after, _, _, _, info = env.step(refused)
        same = all(np.array_equal(before[name], after[name]) for name in before)
        assert (same, info["week"]) == ((True, 0) if step < MOST_MOVES - 1 else (False, 1))


def test_the_example_of_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / "policies.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    exec(next(block for block in blocks if "gym_env" in block), {})
    assert re.fullmatch(r"score \d+\.\d\n", capsys.readouterr().out)
