"""Write the golden digest, the reference policy and the golden journals of the present rules number (`make golden`).

Journals that are there are never touched: they show that old runs still open. Those of a new scenario are added. The
reference policy is written once for each rules number.
"""

import sys
from pathlib import Path

from tpmsim.core.rolls import run_seed, seed_text
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.game.session import Session
from tpmsim.lab.golden import BATCH, digest, golden_scenario, reference_line
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.loading import Loaded

HERE = Path(__file__).resolve().parent
DIGEST = HERE.parent.parent / "src" / "tpmsim" / "lab" / "golden.sha256"
REFERENCE = DIGEST.with_name("reference.txt")
POLICIES = ("random", "naive", "steady")
GOLDEN_RUNS, SHIPPED_RUNS = 4, 1
"""Journals by each policy: of the golden scenario, and of each that comes with the program."""


def write(loaded: Loaded, folder: Path, name: str, runs: int) -> None:
    """A few journals of a scenario by every policy."""
    for policy in POLICIES:
        for number in range(runs):
            path = folder / f"{name}-{policy}-{number}.tpmrun"
            if path.exists():
                continue
            with Session.start(loaded, seed_text(run_seed(BATCH, number)), path) as session:
                record(session, get_policy(policy))
            for left in folder.glob(f"{path.name}.*"):
                left.unlink()


def main() -> int:
    """Write all; says what changed."""
    folder = HERE / f"rules-{RULES_NUMBER}"
    folder.mkdir(exist_ok=True)
    new = digest()
    old = DIGEST.read_text().strip() if DIGEST.exists() else "none"
    DIGEST.write_text(new + "\n")
    if not REFERENCE.exists() or REFERENCE.read_text().split()[:1] != [str(RULES_NUMBER)]:
        REFERENCE.write_text(reference_line() + "\n")
    write(golden_scenario(), folder, "golden", GOLDEN_RUNS)
    for name in shipped():
        write(open_scenario(name), folder, name, SHIPPED_RUNS)
    print(f"golden digest {new[:16]} (was {old[:16]}), {len(list(folder.glob('*.tpmrun')))} journals in {folder.name}")
    if old not in ("none", new):
        print("Results moved: if a version with this rules number was released, raise RULES_NUMBER in core/rules.py.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
