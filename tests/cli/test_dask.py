"""`tpmsim balance --dask` with a real cluster: a scheduler and two workers in processes of their own, on loopback.

Long, and only where the extra `dask` is installed, which `make soak` sees to. Nothing is left behind: the cluster is
ended after the tests, and ends by itself where nobody asks it for anything.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from tpmsim.lab.executor import PATIENCE

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed (extra `dask`)"),
]

DOCS = Path(__file__).resolve().parents[2] / "docs" / "scenario-format.md"
WORKERS = 2
COMMAND = [sys.executable, "-c", "from tpmsim.cli.main import main; main()"]
WORDS = ("balance", "first-product", "--n", "40", "--policies", "random,steady", "--json")

SCHEDULER = ["distributed.cli.dask_scheduler", "--port", "0", "--idle-timeout", "180s"]
WORKER = ["distributed.cli.dask_worker", "--nworkers", str(WORKERS), "--nthreads", "1", "--death-timeout", "60"]
LOOPBACK = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]

LOOK = """\
import json, os, sys
from distributed import Client
with Client(scheduler_file=sys.argv[1], timeout=60) as client:
    client.wait_for_workers(int(sys.argv[2]), timeout=60)
    found = client.run(lambda: dict(os.environ))
    print(json.dumps([client.scheduler.address, *found.values()]))
"""
"""Once all workers are there: where the scheduler is, and the environment of each worker."""


@dataclass(frozen=True)
class Cluster:
    """Where it is, and the variables that its workers have."""

    address: str
    environments: tuple[dict[str, str], ...]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dask")
    file = str(folder / "scheduler.json")
    with _running(folder, SCHEDULER, file), _running(folder, WORKER, file, **advised()):
        seen = subprocess.run(
            [sys.executable, "-c", LOOK, file, str(WORKERS)], capture_output=True, text=True, timeout=180
        )
        assert seen.returncode == 0, seen.stderr
        address, *environments = json.loads(seen.stdout)
        yield Cluster(address, tuple(environments))


@contextmanager
def _running(folder: Path, module: list[str], file: str, **environment: str) -> Iterator[None]:
    """A part of the cluster, which is ended whatever a test does; with a part end the processes that it started."""
    words = [sys.executable, "-m", *module, *LOOPBACK, "--scheduler-file", file]
    with open(folder / f"{module[0]}.log", "wb") as log:
        part = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, env={**os.environ, **environment})
    try:
        yield
    finally:
        part.terminate()
        try:
            part.wait(timeout=30)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


def advised() -> dict[str, str]:
    """The variables with which the docs say that workers are to be started."""
    _, _, part = DOCS.read_text("utf-8").partition("**Work.**")
    return dict(re.findall(r"`(\w+)=(\w+)`", part.partition("\n\n")[0]))


def told(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=300)


def test_a_cluster_gives_the_bytes_of_one_process(cluster: Cluster) -> None:
    here, there = told(*WORDS), told(*WORDS, "--dask", cluster.address)
    assert here.stdout == there.stdout
    assert (here.returncode, json.loads(here.stdout)["policies"]["steady"]["runs"]) == (there.returncode, 40)


def test_workers_keep_memory_as_the_docs_say(cluster: Cluster) -> None:
    """Dask has variables of its own for workers, which must not win."""
    assert set(advised()) == {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"}
    assert len(cluster.environments) == WORKERS
    for one in cluster.environments:
        assert {name: one[name] for name in advised()} == advised()


def test_where_nobody_listens_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        tried = told(*WORDS, "--dask", address)
    assert (tried.returncode, tried.stdout) == (2, "")
    assert tried.stderr.startswith(f"tpmsim: error: no Dask cluster at '{address}': ")
    assert tried.stderr.count("\n") == 1


def test_a_cluster_without_workers_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    with _running(tmp_path, SCHEDULER, str(file)):
        address = _written(file)["address"]
        tried = told(*WORDS, "--dask", address)
    assert (tried.returncode, tried.stdout) == (2, "")
    assert tried.stderr == f"tpmsim: error: the Dask cluster at '{address}' has no workers after {PATIENCE} s\n"


def _written(file: Path) -> dict[str, str]:
    """What a scheduler says of itself once it is there."""
    for _ in range(600):
        with suppress(FileNotFoundError, json.JSONDecodeError):
            written: dict[str, str] = json.loads(file.read_text("utf-8"))
            return written
        time.sleep(0.1)
    raise AssertionError("no scheduler")
