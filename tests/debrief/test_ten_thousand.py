"""Ten thousand runs of the tutorial: read in seconds, verified in less than a minute on two free cores.

What was measured is printed. A machine that does other things at the same time takes longer by the clock, so the bounds
are on the time of the processors.
"""

import os
import time
from pathlib import Path

import pytest

from many import write_runs
from tpmsim.debrief.cohort import cohort
from tpmsim.debrief.papers import papers

RUNS, EACH = 10_000, 2_500
READ_SECONDS, PROVE_SECONDS = 10.0, 120.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thousands")
    for count in range(RUNS // EACH):
        policy = ("steady", "naive")[count % 2]
        write_runs(folder, [*range(count // 2 * EACH, (count // 2 + 1) * EACH)], policy, stem=f"{policy}-{count}")
    return folder


def _worked() -> float:
    """Seconds of processors so far, those of ended workers too."""
    return sum(os.times()[:4])


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("proving", "jobs", "most"), [(False, 1, READ_SECONDS), (True, 2, PROVE_SECONDS)])
def test_ten_thousand_runs(
    folder: Path, proving: bool, jobs: int, most: float, capsys: pytest.CaptureFixture[str]
) -> None:
    clock, worked = time.monotonic(), _worked()
    taken = papers(folder, proving, jobs)
    read, work = time.monotonic() - clock, _worked() - worked
    found = cohort(taken, folder, proving)
    whole = time.monotonic() - clock
    with capsys.disabled():
        what = "verified" if proving else "read"
        print(
            f"\n{RUNS:,} runs {what} with {jobs} processes in {read:.1f} s, {work:.1f} s of processors; "
            f"tabulated in {whole - read:.1f} s more; load {os.getloadavg()[0]:.1f}"
        )
    assert (len(found.rows), len(found.failed)) == (RUNS, 0)
    assert work < most
