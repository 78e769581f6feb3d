"""The balance of a scenario: the ladder is played, decisions are audited, and the contract is compared with both."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from tpmsim.lab.balance.audit import Verdict, judged
from tpmsim.lab.balance.branches import branched
from tpmsim.lab.balance.contract import Clause, clauses
from tpmsim.lab.balance.decisions import Sample
from tpmsim.lab.balance.findings import found
from tpmsim.lab.balance.ladder import Ladder, climb
from tpmsim.lab.balance.numbers import Movement, movements
from tpmsim.lab.executor import Progress
from tpmsim.lab.jobs import batch_seeds
from tpmsim.scenario.faults import Fault
from tpmsim.scenario.loading import Loaded


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """What many runs tell of a scenario.

    Attributes:
        loaded: the scenario.
        batch: seed of the runs.
        runs: of each policy.
        ladder: what came of playing.
        verdicts: on every decision; none where they were not audited.
        movements: of the visible numbers.
        contract: what the author asks for, and what is asked of every scenario.
        faults: what is not as it should be.
    """

    loaded: Loaded
    batch: int
    runs: int
    ladder: Ladder
    verdicts: tuple[Verdict, ...]
    movements: tuple[Movement, ...]
    contract: tuple[Clause, ...]
    faults: tuple[Fault, ...]


def balanced(
    loaded: Loaded,
    policies: Sequence[str],
    batch: int,
    runs: int,
    states: int,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Balance:
    """Measure a scenario; the result does not depend on who did which part of the work.

    Args:
        loaded: the scenario.
        policies: names of those who play.
        batch: seed of the runs.
        runs: of each policy.
        states: most states that are looked at for each decision; 0 leaves decisions out.
        jobs: how many work at the same time.
        executor: takes the work; None does it here.
        progress: told how many runs of how many are done, first of the ladder, then of the audit.
    """
    ladder = climb(loaded.data, policies, batch_seeds(batch, runs), states, jobs, executor, progress)
    samples = spread(ladder.samples, states)
    tables = branched(loaded.data, samples, jobs, executor, progress) if states else ()
    verdicts = tuple(judged(ladder.rules, table) for table in tables)
    numbers = movements(ladder)
    contract = clauses(loaded.scenario.balance, ladder, verdicts)
    faults = found(loaded.scenario, ladder, verdicts, numbers, contract)
    return Balance(loaded, batch, runs, ladder, verdicts, numbers, contract, faults)


def spread(samples: Sequence[Sample], most: int) -> list[Sample]:
    """At most so many of each decision, by turns from every policy that came there, each policy's in its order."""
    groups: dict[int, dict[str, list[Sample]]] = {}
    for one in samples:
        groups.setdefault(one.decision, {}).setdefault(one.policy, []).append(one)
    chosen: list[Sample] = []
    for decision in sorted(groups):
        lists = list(groups[decision].values())
        longest = max(map(len, lists))
        turns = [group[turn] for turn in range(longest) for group in lists if turn < len(group)]
        chosen += turns[:most]
    return chosen
