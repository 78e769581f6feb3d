"""Many runs as jobs: a block of seeds each, for any executor of `concurrent.futures`, merged in the order of the runs.

A job holds the bytes of the scenario, the name of a policy and seeds; a worker parses the scenario itself and keeps it.
So results do not depend on how many workers there are, which one played what, or who was done first.
"""

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache

from tpmsim.core.rolls import run_seed
from tpmsim.core.rules import Rules
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import BLOCK, Results, blocks, merged, played
from tpmsim.scenario.loading import Loaded, parse

Progress = Callable[[int, int], None]
"""Told how many runs of how many are done."""


@dataclass(frozen=True, slots=True)
class Job:
    """A block of runs, as it travels to a worker.

    Attributes:
        data: bytes of the scenario file.
        policy: its name in `policies.POLICIES`.
        seeds: of the runs.
    """

    data: bytes
    policy: str
    seeds: tuple[int, ...]


@lru_cache(maxsize=8)
def _rules(data: bytes) -> Rules:
    return parse(data).rules


def work(job: Job) -> Results:
    """Play one block; what a worker runs."""
    return played(_rules(job.data), get_policy(job.policy), job.seeds)


def batch_seeds(batch: int, runs: int) -> tuple[int, ...]:
    """The seeds of the runs of a batch; the first is the batch's own."""
    return tuple(run_seed(batch, number) for number in range(runs))


def run(
    loaded: Loaded,
    policy: str,
    seeds: Sequence[int],
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    block: int = BLOCK,
) -> Results:
    """Play one run a seed.

    Args:
        loaded: the scenario.
        policy: name of the policy.
        seeds: of the runs.
        jobs: processes; 1 plays here.
        executor: takes the jobs instead, for instance a cluster; it is not shut down.
        progress: told after each block, in the calling thread.
        block: most runs a job.

    Raises:
        UsageError: no policy has this name.
        KeyboardInterrupt: handed on, after all waiting jobs were cancelled.
    """
    get_policy(policy)
    work_list = [Job(loaded.data, policy, tuple(part)) for part in blocks(seeds, _share(len(seeds), jobs, block))]
    if executor is not None:
        return merged(_spread(executor, work_list, progress), loaded.rules)
    if jobs <= 1 or len(work_list) <= 1:
        return merged(_here(work_list, loaded.rules, progress), loaded.rules)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(work_list)), context, _leave_interrupts_to_the_parent) as pool:
        return merged(_spread(pool, work_list, progress), loaded.rules)


def _share(runs: int, jobs: int, block: int) -> int:
    """Runs a job: a block, less where that would leave processes idle."""
    return max(1, min(block, -(-runs // max(jobs, 1))))


def _here(work_list: Sequence[Job], rules: Rules, progress: Progress | None) -> list[Results]:
    done, parts, runs = 0, [], sum(len(job.seeds) for job in work_list)
    for job in work_list:
        parts.append(played(rules, get_policy(job.policy), job.seeds))
        done += len(job.seeds)
        if progress is not None:
            progress(done, runs)
    return parts


def _spread(executor: Executor, work_list: Sequence[Job], progress: Progress | None) -> list[Results]:
    """The results of all jobs in the order of the jobs, however they come in."""
    futures: list[Future[Results]] = []
    done, runs = 0, sum(len(job.seeds) for job in work_list)
    try:
        futures += [executor.submit(work, job) for job in work_list]
        for future in as_completed(futures):
            done += len(future.result())
            if progress is not None:
                progress(done, runs)
        return [future.result() for future in futures]
    except BaseException:
        for future in futures:
            future.cancel()
        raise


def _leave_interrupts_to_the_parent() -> None:
    """In a worker: Ctrl+C reaches every process of a terminal, but only the parent is to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
