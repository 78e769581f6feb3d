"""How fast the game is, as ratios within one run on one core: `make bench`.

Nothing here passes or fails. Times are the best of some repetitions, as other work on the machine only ever adds.
"""

import itertools
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

import plain_twin as twin
from tpmsim.core import week
from tpmsim.core.mechanics.adoption import bass_step
from tpmsim.core.mechanics.choice import shares
from tpmsim.core.mechanics.discovery import hit_chance
from tpmsim.core.mechanics.instruments import evidence_precision, posterior
from tpmsim.core.mechanics.opinions import talk
from tpmsim.core.mechanics.promises import forget, reputation_step, trust
from tpmsim.core.mechanics.retention import renewal_share
from tpmsim.core.mechanics.rework import step
from tpmsim.core.mechanics.staffing import capacity
from tpmsim.core.opening import initial
from tpmsim.core.rules import Rules
from tpmsim.debrief.evaluate import evaluated
from tpmsim.debrief.hands import Hands
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.lab import rollout
from tpmsim.lab.balance.balance import balanced
from tpmsim.lab.executor import workers
from tpmsim.lab.jobs import batch_seeds
from tpmsim.lab.policies import POLICIES, get_policy
from tpmsim.lab.policy import Policy
from tpmsim.lab.recorded import record
from tpmsim.lab.rollout import simulate
from tpmsim.scenario.checking import checked
from tpmsim.scenario.library import folder, open_scenario
from tpmsim.scenario.loading import SCENARIO_FILE, Loaded, opened, parse
from tpmsim.scenario.yaml_reader import read

BATCH = 2026
POLICY = "steady"
SLOW = "lookahead"
QUICK = {name: policy for name, policy in POLICIES.items() if name != SLOW}
LARGEST = "the-loud-whale"
BALANCE_RUNS, BALANCE_STATES = 2000, 24
FUTURES = 256
SEGMENTS, FEATURES, PEOPLE, BELIEFS, COHORTS = 2, 4, 5, 8, 4
"""What a week of the yardstick works out, about as in the tutorial."""


def main() -> None:
    """Print every measure."""
    short = open_scenario("first-product").rules
    stretched = longer(open_scenario("first-product").data, 26)
    warm_up(short)
    heading("Full games a second, one core")
    games_a_second(short, stretched)
    heading("Blocks: games a second, 8 weeks, 16,384 runs")
    block_sizes(short)
    heading("Where the time goes, one block, 8 weeks")
    where_time_goes(short)
    heading("A week of some mechanics: weeks a second")
    yardstick()
    heading("One run: a week, moves and advance")
    one_run(short)
    heading("One run played by the policy, move by move: a week of a session")
    sessions()
    heading("Balance of the largest scenario, every policy and all decisions, two processes")
    balance()
    heading("Debrief of a long run, two processes")
    debrief()
    heading("Checking a scenario")
    checking()
    heading("Memory")
    print(f"{'peak of this process':<34}{peak_memory():>10.0f} MB")


def heading(words: str) -> None:
    print(f"\n{words}")


def best(call: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some calls."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def longer(data: bytes, weeks: int) -> Rules:
    """The same scenario over more weeks, with the money to last."""
    data = re.sub(rb"(?m)^weeks: .*$", b"weeks: %d" % weeks, data)
    return parse(re.sub(rb"(?m)^  cash: .*$", b"  cash: %d" % (60_000 * weeks), data, count=1)).rules


def warm_up(rules: Rules) -> None:
    for policy in QUICK.values():
        simulate(rules, policy, batch_seeds(BATCH, 64))


# Games


def games_a_second(short: Rules, stretched: Rules) -> None:
    print(f"{'':<34}{'8 weeks':>10}{'26 weeks':>10}")
    for runs in (10_000, 4096, 64, 1):
        rates = [rate(rules, POLICY, runs) for rules in (short, stretched)]
        print(f"{f'{POLICY}, {runs:,} runs':<34}{rates[0]:>10,.0f}{rates[1]:>10,.0f}")
    for name in QUICK:
        if name != POLICY:
            rates = [rate(rules, name, 4096) for rules in (short, stretched)]
            print(f"{f'{name}, 4,096 runs':<34}{rates[0]:>10,.0f}{rates[1]:>10,.0f}")
    slow = [rate(rules, SLOW, 64, 1) for rules in (short, stretched)]
    print(f"{f'{SLOW}, 64 runs':<34}{slow[0]:>10,.1f}{slow[1]:>10,.1f}")


def rate(rules: Rules, policy: str, runs: int, times: int = 3) -> float:
    """Full games a second."""
    seeds = batch_seeds(BATCH, runs)
    return runs / best(lambda: simulate(rules, get_policy(policy), seeds), times)


def block_sizes(rules: Rules) -> None:
    seeds = batch_seeds(BATCH, 16_384)
    for block in (256, 1024, 2048, 4096, 8192, 16_384):
        taken = best(lambda block=block: simulate(rules, get_policy(POLICY), seeds, block), 2)
        print(f"{f'{block:,} runs a block':<34}{16_384 / taken:>10,.0f}")


def where_time_goes(rules: Rules) -> None:
    spent: Counter[str] = Counter()
    seeds = batch_seeds(BATCH, rollout.BLOCK)
    with measured(spent):
        whole = best(lambda: simulate(rules, get_policy(POLICY), seeds), 1)
    mechanics = {one.__name__: spent[one.__name__] for one in week.ORDER}
    shares_of_whole = Counter(
        {
            **mechanics,
            "policy and legality": spent["play_week"] - spent["apply"],
            "moves applied": spent["apply"],
            "advance, between mechanics": spent["advance"] - sum(mechanics.values()),
            "finished runs taken out": spent["take"] + spent["join"],
            "worlds drawn": spent["initial"],
        }
    )
    for name, seconds in shares_of_whole.most_common():
        print(f"{name:<34}{1000 * seconds:>10.1f} ms{seconds / whole:>8.1%}")
    print(f"{'all':<34}{1000 * whole:>10.1f} ms{rollout.BLOCK / whole:>10,.0f} games a second")


@contextmanager
def measured(spent: Counter[str]) -> Iterator[None]:
    """Every mechanic, and the parts of a rollout, with a stop-watch around it."""
    names = ("initial", "play_week", "apply", "advance", "take", "join")
    before, order = {name: getattr(rollout, name) for name in names}, week.ORDER
    try:
        week.ORDER = tuple(timed(spent, one.__name__, one) for one in order)
        for name, call in before.items():
            setattr(rollout, name, timed(spent, name, call))
        yield
    finally:
        week.ORDER = order
        for name, call in before.items():
            setattr(rollout, name, call)


def timed(spent: Counter[str], name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return call(*given, **named)
        finally:
            spent[name] += time.perf_counter() - begun

    wrapped.__name__ = name
    return wrapped


# The yardstick: the same equations in plain Python


def yardstick() -> None:
    dice = np.random.default_rng(BATCH)
    plain = best(lambda: [plain_week(dice.uniform) for _ in range(200)]) / 200
    print(f"{'plain Python, a run at a time':<34}{1 / plain:>10,.0f}")
    for runs in (1, 64, 4096):
        given = dice.uniform(0.2, 0.8, (12, 5, runs))
        taken = best(lambda given=given: vector_week(given), 20) / runs
        print(f"{f'vectorised, {runs:,} runs':<34}{1 / taken:>10,.0f}{plain / taken:>9.1f}x")


def plain_week(draw: Callable[..., Any]) -> None:
    """One run through the mechanics that have a twin."""
    x: list[list[float]] = draw(0.2, 0.8, (12, 5)).tolist()
    for _ in range(BELIEFS):
        twin.hit_chance(4, 8.0, 1.5, 7.5)
        twin.belief(x[0][0], x[0][1], x[1][:3], [4.0, 60.0, 5.0], x[2][:3], x[3][:3])
    twin.capacity(1.0, 8.0, 1.0, x[4][0], x[4][1], 0.5)
    for _ in range(FEATURES):
        twin.rework(x[5][0], x[5][1], x[5][2], x[5][3], x[5][4], 4.0)
    for n in range(SEGMENTS):
        twin.bass(x[6][n], 0.03, 0.38, 0.02)
        twin.shares(x[7][:3])
        for number in range(1, COHORTS + 1):
            twin.renewal(number, 0.5, 9.5, x[8][n])
    for n in range(PEOPLE):
        twin.reputation(x[9][n], x[10][n], 0.1, 0.2)
    twin.opinions(x[11], x[0], x[1:6])


def vector_week(x: Any) -> None:
    """A batch through the same mechanics."""
    for _ in range(BELIEFS):
        hit_chance(np.full(x.shape[-1], 4.0), 8.0, 1.5, 7.5)
        counts = (4.0, 60.0, 5.0)
        told = np.stack([evidence_precision(x[2, k], x[3, k], np.asarray(counts[k])) for k in range(3)])
        posterior(x[0, 0], x[0, 1], x[1, :3], told)
    capacity(np.ones(x.shape[-1]), 8.0, 1.0, x[4, 0], x[4, 1], 0.5)
    for _ in range(FEATURES):
        step(x[5, 0], x[5, 1], x[5, 2], x[5, 3], x[5, 4], np.asarray(4.0))
    for n in range(SEGMENTS):
        bass_step(x[6, n], 0.03, 0.38, 0.02)
        shares(x[7, :3])
        for number in range(1, COHORTS + 1):
            renewal_share(number, np.asarray(0.5), 9.5, x[8, n])
    trust(*reputation_step(x[9], x[10], 0.1, 0.2, forget()))
    talk(x[11], x[0], x[1:6])


# One run


def one_run(rules: Rules) -> None:
    """What a player waits for after the end of a week."""
    bound = get_policy(POLICY).bind(rules)
    state = initial(rules, np.array(batch_seeds(BATCH, 1), dtype=np.uint64))
    moves, weeks = [], []
    while state.live.any():
        begun = time.perf_counter()
        state = rollout.play_week(rules, state, bound)
        between = time.perf_counter()
        state = week.advance(rules, state)
        moves.append(between - begun)
        weeks.append(time.perf_counter() - between)
    print(f"{'advance, median of a run':<34}{1000 * float(np.median(weeks)):>10.1f} ms")
    print(f"{'the policy and its moves':<34}{1000 * float(np.median(moves)):>10.1f} ms")


def sessions() -> None:
    """A whole run through a session, without and with its journal on the disk, each move synced before it counts."""
    loaded, policy = open_scenario("first-product"), get_policy(POLICY)
    with tempfile.TemporaryDirectory() as folder:
        names = itertools.count()
        kept = best(lambda: played(loaded, policy, Path(folder) / f"{next(names)}.tpmrun"))
    bare = best(lambda: played(loaded, policy, None))
    weeks = loaded.rules.weeks + 1
    print(f"{'without a journal':<34}{1000 * bare / weeks:>10.1f} ms")
    print(f"{'with a journal':<34}{1000 * kept / weeks:>10.1f} ms   {kept / bare:.2f} times")


def played(loaded: Loaded, policy: Policy, path: Path | None) -> None:
    """One run by a policy."""
    with Session.start(loaded, "K7Q2-MX4D", path) as session:
        record(session, policy)


# The author's bench


def balance() -> None:
    """What an author waits for before a scenario is shipped; it is to be less than two minutes on two free cores."""
    loaded = open_scenario(LARGEST)
    print(f"{f'{POLICY}, 4,096 runs a core':<34}{rate(loaded.rules, POLICY, 4096, 1):>10,.0f} games a second")
    begun = time.perf_counter()
    with workers(2) as executor:
        balanced(loaded, tuple(POLICIES), BATCH, BALANCE_RUNS, BALANCE_STATES, 2, executor)
    print(f"{f'{BALANCE_RUNS:,} runs a policy':<34}{time.perf_counter() - begun:>10.0f} s")


def checking() -> None:
    """What an author waits for after each save: a long scenario through all layers, against reading its YAML alone."""
    files, name = opened(folder() / LARGEST)
    data = files[SCENARIO_FILE]
    reading = best(lambda: read(data))
    whole = best(lambda: checked(files, name))
    lines = data.count(b"\n")
    print(f"{f'reading {lines:,} lines of YAML':<34}{1000 * reading:>10.0f} ms")
    print(f"{'all layers of check':<34}{1000 * whole:>10.0f} ms   {whole / reading:.2f} times")


# The debrief


def debrief() -> None:
    """What a player waits for: the whole analysis of a naive run of the largest scenario, and its first figures."""
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "run.tpmrun"
        played(open_scenario(LARGEST), get_policy("naive"), path)
        run = replay(path)
        with workers(2) as executor:
            hands = Hands(2, executor)
            list(evaluated(run, 8, hands=hands))  # the processes have read the scenario
            begun = time.perf_counter()
            for one in evaluated(run, FUTURES, hands=hands):
                spent = time.perf_counter() - begun
                told = f"{len(run.weeks)} weeks, {one.evaluator.n} futures an option"
                print(f"{told:<34}{spent:>10.1f} s")


# Memory


def peak_memory() -> float:
    """Megabytes."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main()
