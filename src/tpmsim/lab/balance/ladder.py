"""The ladder: every policy on the same seeds, weakest first, and what the comparison tells.

Constant policies, which decide one thing in advance, are played too and kept apart. Playing collects the states of
decisions on the way (`decisions`). Not here: what is made of those (`audit`), and words.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from tpmsim.core.arrays import Floats
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rules import Rules
from tpmsim.lab.balance.decisions import Listener, Sample, lowest
from tpmsim.lab.balance.statistics import Interval, luck_share, separation, wilson
from tpmsim.lab.executor import Progress, each, share
from tpmsim.lab.jobs import rules_of
from tpmsim.lab.policies import CONSTANTS, LADDER, POLICIES, get_policy
from tpmsim.lab.rollout import BLOCK, Results, blocks, merged, played

RANDOM = "random"
SLOWER: Mapping[str, int] = {"lookahead": 10}
"""Policies that play only one run of so many, as they think long."""

FEWEST_RUNS = 30
"""assumption: runs of a policy that a finding rests on at least."""

TOP = 0.1
"""definition: the share of the runs of the ladder that are its best."""


@dataclass(frozen=True, slots=True)
class Climb:
    """A block of runs of one policy, as it travels to a worker.

    Attributes:
        data: bytes of the scenario file.
        policy: its name.
        seeds: of the runs.
        samples: states that are kept of each decision.
    """

    data: bytes
    policy: str
    seeds: tuple[int, ...]
    samples: int


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """What came of playing.

    Attributes:
        rules: the scenario.
        results: of each policy of the ladder, weakest first.
        constant: of each constant policy.
        samples: states in which policies of the ladder decided.
    """

    rules: Rules
    results: Mapping[str, Results]
    constant: Mapping[str, Results]
    samples: tuple[Sample, ...]

    @property
    def best(self) -> str:
        """The policy with the best mean score; random play only where nobody else plays."""
        names = [name for name in self.results if name != RANDOM] or list(self.results)
        return max(names, key=lambda name: scores(self.results[name]).mean())

    @property
    def beats_random(self) -> Interval | None:
        """In which share of the seeds that one has a better score than random play; None where only one plays."""
        if RANDOM not in self.results or self.best == RANDOM:
            return None
        better, random = self.results[self.best].scores, self.results[RANDOM].scores
        count = min(better.shape[0], random.shape[0])
        return wilson(int((better[:count] > random[:count]).sum()), count)

    @property
    def luck_share(self) -> float | None:
        """The share of luck in the variance of scores; None with fewer than two policies."""
        return luck_share([scores(one) for one in self.results.values()]) if len(self.results) > 1 else None

    @property
    def whole(self) -> bool:
        """Whether every policy of the ladder played."""
        return all(name in self.results for name in LADDER)

    @property
    def top(self) -> float:
        """The score that one run in ten of the ladder reaches, each policy with the same weight."""
        every = np.concatenate([scores(one) for one in self.results.values()])
        weight = np.concatenate([np.full(len(one), 1.0 / len(one)) for one in self.results.values()])
        order = np.argsort(every, kind="stable")
        reached = np.cumsum(weight[order]) / weight.sum()
        return float(every[order][min(np.searchsorted(reached, 1.0 - TOP), every.shape[0] - 1)])

    @property
    def usual_at_top(self) -> float:
        """The share of the runs of the ladder that reach `top`: a tenth, or more where many have that very score."""
        return float(np.mean([self.at_top(one) for one in self.results.values()]))

    def at_top(self, results: Results) -> float:
        """The share of runs that reach `top`."""
        return float((scores(results) >= self.top).mean())

    @property
    def tricks(self) -> Mapping[str, float]:
        """The constant policies with more runs at the top than the ladder has, and which share of theirs that is."""
        usual = self.usual_at_top
        shares = {name: self.at_top(one) for name, one in self.constant.items()}
        return {name: share for name, share in shares.items() if share > usual}

    @property
    def most_runs(self) -> int:
        """How many runs those policies of the ladder played that played all."""
        return max(map(len, self.results.values()))

    def runs(self, *names: str) -> int:
        """The fewest runs that one of these policies played; of all of the ladder where none is named."""
        every = {**self.results, **self.constant}
        return min(len(every[name]) for name in names or self.results)

    def wins(self, results: Results) -> float:
        """The share of runs with a good ending."""
        good = np.array([one.good for one in self.rules.endings])
        return float(good[results.ending].mean())

    def apart(self, number: int) -> float:
        """The most that two policies differ in a visible number at the end, in standard deviations."""
        return separation([one.numbers[number].astype(np.float64) for one in self.results.values()])


def scores(results: Results) -> Floats:
    """(N,) scores in points."""
    points: Floats = results.scores / SCORE_UNIT
    return points


def runs_of(policy: str, runs: int) -> int:
    """How many runs a policy plays where others play `runs`."""
    return max(1, -(-runs // SLOWER.get(policy, 1)))


def pieces(policies: Sequence[str], seeds: Sequence[int], jobs: int) -> Iterator[tuple[str, Sequence[int]]]:
    """The runs of each policy in pieces, in the order in which they are begun.

    Small batches cost more a run, so pieces are as large as keeps all workers busy: many policies do so by themselves.
    One that plays slowly is half of the work; it begins it, and its last quarter is for whoever is free at the end.
    """
    slow = {name: seeds[: runs_of(name, len(seeds))] for name in policies if name in SLOWER}
    quick = [name for name in policies if name not in SLOWER]
    cut = {name: (3 * len(own) // 4 if quick and jobs > 1 else len(own)) for name, own in slow.items()}
    workers = -(-jobs // 2) if quick else jobs
    for name, own in slow.items():
        yield from ((name, part) for part in blocks(own[: cut[name]], share(cut[name], workers, BLOCK)))
    for name in quick:
        size = share(len(seeds), 1 if len(quick) >= 2 * jobs else jobs, BLOCK)
        yield from ((name, part) for part in blocks(seeds, size))
    for name, own in slow.items():
        left = own[cut[name] :]
        yield from ((name, part) for part in blocks(left, share(len(left), workers, BLOCK)))


def climbed(job: Climb) -> tuple[Results, list[Sample]]:
    """Play one block; what a worker runs."""
    rules, policy = rules_of(job.data), get_policy(job.policy)
    if not job.samples:
        return played(rules, policy, job.seeds), []
    listener = Listener(rules, job.policy, job.samples)
    results = played(rules, policy, job.seeds, listener.heed)
    return results, [one for kept in listener.samples for one in kept]


def climb(
    data: bytes,
    policies: Sequence[str],
    seeds: Sequence[int],
    samples: int,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Ladder:
    """Play every policy on the same seeds.

    Args:
        data: bytes of the scenario file.
        policies: names, those of constant policies included.
        seeds: of the runs.
        samples: states that are kept of each decision and policy.
        jobs: how many work at the same time.
        executor: takes the work; None does it here.
        progress: told how many runs of how many are done.
    """
    ordered = [name for name in POLICIES if name in policies]
    work = [
        Climb(data, name, tuple(part), 0 if name in CONSTANTS else samples)
        for name, part in pieces(ordered, seeds, jobs)
    ]
    done = each(climbed, work, [len(job.seeds) for job in work], executor, progress)
    rules = rules_of(data)
    results = {
        name: merged([part for job, (part, _) in zip(work, done, strict=True) if job.policy == name], rules)
        for name in ordered
    }
    return Ladder(
        rules,
        {name: one for name, one in results.items() if name not in CONSTANTS},
        {name: one for name, one in results.items() if name in CONSTANTS},
        tuple(lowest((one for _, kept in done for one in kept), samples)),
    )
