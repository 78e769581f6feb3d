"""Many runs as jobs: a block of seeds each, for any executor, merged in the order of the runs.

A job holds the bytes of the scenario, a policy and seeds; a worker parses the scenario itself and keeps it. A policy
that comes with the program travels as its name, one of the user's own as the bytes of its file.
So results do not depend on how many workers there are, which one played what, or who was done first.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache

from tpmsim.core.rolls import run_seed
from tpmsim.core.rules import Rules
from tpmsim.lab.executor import Progress, each, policy_of, share, workers
from tpmsim.lab.own import Own
from tpmsim.lab.rollout import BLOCK, Results, blocks, merged, played
from tpmsim.scenario.loading import Loaded, parse


@dataclass(frozen=True, slots=True)
class Job:
    """A block of runs, as it travels to a worker.

    Attributes:
        data: bytes of the scenario file.
        policy: its name in `policies.POLICIES`, or one of the user's own.
        seeds: of the runs.
    """

    data: bytes
    policy: str | Own
    seeds: tuple[int, ...]


@lru_cache(maxsize=8)
def rules_of(data: bytes) -> Rules:
    """The rules in the bytes of a scenario file; a worker keeps the last few."""
    return parse(data).rules


def work(job: Job) -> Results:
    """Play one block; what a worker runs."""
    return played(rules_of(job.data), policy_of(job.policy), job.seeds)


def batch_seeds(batch: int, runs: int) -> tuple[int, ...]:
    """The seeds of the runs of a batch; the first is the batch's own."""
    return tuple(run_seed(batch, number) for number in range(runs))


def run(
    loaded: Loaded,
    policy: str | Own,
    seeds: Sequence[int],
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    block: int = BLOCK,
) -> Results:
    """Play one run a seed.

    Args:
        loaded: the scenario.
        policy: name of the policy, or one of the user's own.
        seeds: of the runs.
        jobs: processes; 1 plays here.
        executor: takes the jobs instead, for instance a cluster; it is not shut down.
        progress: told after each block, in the calling thread.
        block: most runs a job.

    Raises:
        UsageError: no policy has this name.
        PolicyFailed: the user's own policy did.
        KeyboardInterrupt: handed on, after all waiting jobs were cancelled.
    """
    policy_of(policy)
    parts = [tuple(part) for part in blocks(seeds, share(len(seeds), jobs, block))]
    work_list = [Job(loaded.data, policy, part) for part in parts]

    def here(job: Job) -> Results:
        return played(loaded.rules, policy_of(job.policy), job.seeds)

    with workers(min(jobs, len(work_list)) if executor is None else 1) as pool:
        hands, sizes = executor or pool, list(map(len, parts))
        return merged(each(here if hands is None else work, work_list, sizes, hands, progress), loaded.rules)
