"""Work spread over any executor of `concurrent.futures`: processes of our own, or a cluster.

Nothing here knows what the work is. Runs of a scenario as work are `jobs`; a worker that is given rules needs nothing
of the scenario language, and starts in half the time.
"""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from tpmsim.errors import UsageError
from tpmsim.lab.own import Own
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import Policy
from tpmsim.text import quoted, shown

PATIENCE = 10
"""Seconds that a cluster may take to answer, and then to have a worker."""

J = TypeVar("J")
R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told how many runs of how many are done."""


def policy_of(sent: str | Own) -> Policy:
    """The policy that was sent."""
    return get_policy(sent) if isinstance(sent, str) else sent


def as_sent(policy: Policy) -> str | Own:
    """A policy as it travels: its name, or the user's own as it is."""
    return policy if isinstance(policy, Own) else policy.id


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
        UsageError: Dask is not installed, nobody answers there, or nobody there works.
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
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise UsageError(f"the Dask cluster at {quoted(address)} has no workers after {PATIENCE} s") from None
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
