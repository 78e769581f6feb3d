"""Many runs as jobs: a block of seeds each, for any executor of `concurrent.futures`, merged in the order of the runs.

A job holds the bytes of the scenario, a policy and seeds; a worker parses the scenario itself and keeps it. A policy
that comes with the program travels as its name, one of the user's own as the bytes of its file.
So results do not depend on how many workers there are, which one played what, or who was done first.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

from tpmsim.core.rolls import run_seed
from tpmsim.core.rules import Rules
from tpmsim.errors import UsageError
from tpmsim.lab.own import Own
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import Policy
from tpmsim.lab.rollout import BLOCK, Results, blocks, merged, played
from tpmsim.scenario.loading import Loaded, parse
from tpmsim.text import quoted, shown

PATIENCE = 10
"""Seconds that a cluster may take to answer."""

J = TypeVar("J")
R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told how many runs of how many are done."""


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


def policy_of(sent: str | Own) -> Policy:
    """The policy that was sent."""
    return get_policy(sent) if isinstance(sent, str) else sent


def as_sent(policy: Policy) -> str | Own:
    """A policy as it travels: its name, or the user's own as it is."""
    return policy if isinstance(policy, Own) else policy.id


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


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """So many processes that take jobs; None where one is enough, as then everything is done here.

    Whatever ends it early ends them at once: a block can take many seconds.
    """
    if jobs <= 1:
        yield None
        return
    before = multiprocessing.active_children()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _leave_interrupts_to_the_parent) as pool:
        try:
            yield pool
        except BaseException:
            for worker in multiprocessing.active_children():
                if worker not in before:
                    worker.terminate()
            raise


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask cluster, and how many there are.

    Raises:
        UsageError: Dask is not installed, or nobody answers there.
    """
    try:
        connect: Any = import_module("distributed").Client
    except ImportError:
        raise UsageError("Dask is not installed", help="pip install 'tpmsim[dask]'") from None
    try:
        client = connect(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask cluster at {quoted(address)}: {shown(str(error))}") from None
    with client:
        yield client.get_executor(pure=False), max(1, sum(client.ncores().values()))


def share(runs: int, jobs: int, block: int) -> int:
    """Runs a job: a block, less where that would leave processes idle."""
    return max(1, min(block, -(-runs // max(jobs, 1))))


def each(
    task: Callable[[J], R],
    work_list: Sequence[J],
    sizes: Sequence[int],
    executor: Executor | None,
    progress: Progress | None = None,
) -> list[R]:
    """The results of all jobs in the order of the jobs, however they come in.

    Args:
        task: does one job; a function of a module, so that it can travel.
        work_list: the jobs.
        sizes: runs of each, for the progress.
        executor: takes them; None does them here.
        progress: told after each job, in the calling thread.
    """
    done, runs, told = 0, sum(sizes), progress or (lambda done, runs: None)
    if executor is None:
        results = []
        for job, size in zip(work_list, sizes, strict=True):
            results.append(task(job))
            done += size
            told(done, runs)
        return results
    futures: dict[Future[R], int] = {}
    try:
        for job, size in zip(work_list, sizes, strict=True):
            futures[executor.submit(task, job)] = size
        for future in as_completed(futures):
            future.result()
            done += futures[future]
            told(done, runs)
        return [future.result() for future in futures]
    except BaseException:
        # Processes of our own are ended by `workers`; Python 3.11 stumbles over futures that were cancelled before.
        for future in () if isinstance(executor, ProcessPoolExecutor) else futures:
            future.cancel()
        raise


def _leave_interrupts_to_the_parent() -> None:
    """In a worker: Ctrl+C reaches every process of a terminal, but only the parent is to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
