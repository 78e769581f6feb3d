"""Every change of every visible number is the exact sum of its named causes, and watching changes nothing."""

from collections import Counter

import numpy as np
import pytest

from laws.players import steps
from tpmsim.core.batch import arrays
from tpmsim.core.ledger import Ledger, Silent
from tpmsim.core.moves import apply
from tpmsim.core.observe import numbers, values
from tpmsim.core.opening import initial
from tpmsim.core.week import advance
from tpmsim.scenario.library import open_scenario

SEEDS = range(6)


def watched(rules, state) -> Ledger:
    ledger = Ledger({number.id: number.quantum for number in rules.numbers})
    ledger.start(values(rules, state.known))
    return ledger


def summed(entries) -> Counter:
    total: Counter = Counter()
    for entry in entries:
        total[entry.number] += entry.change
    return total


@pytest.mark.parametrize("seed", SEEDS)
def test_entries_add_up_to_the_change_of_each_number(rules, seed):
    state = initial(rules, np.array([seed], dtype=np.uint64))
    ledger = watched(rules, state)
    for played in steps(rules, state, ledger):
        before, after = numbers(rules, played.before.known), numbers(rules, played.after.known)
        told = summed(ledger.entries)
        where = f"week {played.before.known.week[0]}, move {played.chosen}"
        assert {name: told[name] for name in after} == {name: after[name] - before[name] for name in after}, where
        ledger.entries.clear()


@pytest.mark.parametrize("seed", SEEDS)
def test_watching_changes_nothing(rules, seed):
    state = initial(rules, np.array([seed], dtype=np.uint64))
    for played in steps(rules, state):
        ledger = watched(rules, played.before)
        if played.chosen is None:
            silent, traced = advance(rules, played.before, Silent()), advance(rules, played.before, ledger)
        else:
            silent = apply(rules, played.before, played.chosen, Silent())
            traced = apply(rules, played.before, played.chosen, ledger)
        for (_, name, one), (_, _, other) in zip(arrays(silent), arrays(traced), strict=True):
            assert one.tobytes() == other.tobytes(), name


def test_no_entry_is_empty_and_each_cause_has_a_name(rules):
    state = initial(rules, np.array([3], dtype=np.uint64))
    ledger = watched(rules, state)
    for _ in steps(rules, state, ledger):
        pass
    assert ledger.entries
    assert all(entry.change and entry.cause for entry in ledger.entries)


def test_a_move_is_named_as_the_cause_of_what_it_did(rules):
    """What a move changes at once stands in the ledger under its own id."""
    ids = {move.id for move in rules.moves}
    for seed in range(2):
        state = initial(rules, np.array([seed], dtype=np.uint64))
        ledger = watched(rules, state)
        for played in steps(rules, state, ledger):
            if played.chosen is not None:
                assert {entry.cause for entry in ledger.entries} <= ids
            ledger.entries.clear()


def told_in(slug: str, seed: int, weeks: int) -> list[Counter]:
    """Changes by number and cause in each of the first weeks of a run in which nobody does anything."""
    rules = open_scenario(slug).rules
    state = initial(rules, np.array([seed], dtype=np.uint64))
    told = []
    for _ in range(weeks):
        ledger = watched(rules, state)
        state = advance(rules, state, ledger)
        told.append(Counter({(one.number, one.cause): one.change for one in ledger.entries}))
    return told


@pytest.mark.parametrize("slug", ["sunset", "quiet-debt"])
def test_what_reviews_err_by_is_not_told_apart(slug):
    """Whoever added it up would know what customers feel, which nobody may know; bots know no more than players."""
    planning, *_ = told_in(slug, 1, 1)
    assert {cause for name, cause in planning if name == "sentiment"} == {"reviews"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_that_errs_is_not_told_as_work(seed):
    """Nobody works in the planning week; a feature that was begun is reported anew all the same."""
    for number, week in enumerate(told_in("sunset", seed, 3)):
        kinds = {cause.partition(":")[0] for name, cause in week if name == "progress"}
        assert "report" in kinds
        assert ("build" in kinds) == (number > 0)
        assert all(change > 0 for (_, cause), change in week.items() if cause.startswith("build:"))
        assert all(change < 0 for (_, cause), change in week.items() if cause.startswith("found:"))
