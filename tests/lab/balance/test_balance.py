"""The balance of a small scenario with planted faults: each is found at its line, and none where there is none."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import small_balance
from tpmsim.cli.balance_page import _contract
from tpmsim.lab.balance.audit import REAL, TOO_FEW, Verdict
from tpmsim.lab.balance.balance import Balance, balanced, spread
from tpmsim.lab.balance.branches import branched
from tpmsim.lab.balance.contract import Clause, clauses
from tpmsim.lab.balance.findings import found
from tpmsim.lab.balance.ladder import FEWEST_RUNS, Ladder, climb, pieces, runs_of
from tpmsim.lab.balance.numbers import Movement
from tpmsim.lab.balance.report import as_json
from tpmsim.lab.jobs import batch_seeds
from tpmsim.lab.policies import CONSTANTS, LADDER
from tpmsim.lab.rollout import Results
from tpmsim.scenario.checking import Checked, check

POLICIES = ("random", "naive", "steady")
RUNS, STATES = 60, 16


def checked(place: Path) -> Checked:
    result = check(place, POLICIES)
    assert result.loaded is not None
    return result


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checked, Balance]:
    place = small_balance.written(tmp_path_factory.mktemp("planted") / "it")
    result = checked(place)
    assert result.loaded is not None
    return place, result, balanced(result.loaded, POLICIES, 0, RUNS, STATES)


def found_at(result: Checked, balance: Balance, code: str) -> list[int]:
    return [one.line or 0 for one in result.placed(balance.faults) if one.code == code]


@pytest.mark.parametrize(
    ("code", "start"),
    [("TPM811", "one_way:"), ("TPM812", "loss:"), ("TPM815", "no_matter:"), ("TPM822", "numbers:")],
)
def test_each_planted_fault_is_found_at_its_line(planted: tuple[Path, Checked, Balance], code: str, start: str) -> None:
    place, result, balance = planted
    lines = found_at(result, balance, code)
    assert small_balance.line_of(place, start) in lines
    if code != "TPM822":
        assert len(lines) == 1


def test_the_scenario_without_them_has_no_finding_about_its_cards(tmp_path: Path) -> None:
    result = checked(small_balance.written(tmp_path / "clean", small_balance.PAIR))
    assert result.loaded is not None
    balance = balanced(result.loaded, POLICIES, 0, RUNS, STATES)
    assert {one.what for one in balance.verdicts if one.kind == "card"} == {"real"}
    assert not [one for one in result.placed(balance.faults) if one.code in ("TPM811", "TPM812", "TPM813", "TPM815")]


def test_the_parts_of_the_work_do_not_matter(planted: tuple[Path, Checked, Balance]) -> None:
    """Blocks of runs and pieces of the audit, however they are cut, give the same samples and values."""
    _, result, balance = planted
    assert result.loaded is not None
    cut = climb(result.loaded.data, POLICIES, batch_seeds(0, RUNS), STATES, jobs=7)
    assert [(one.decision, one.policy, one.order, one.week, one.future, one.chosen) for one in cut.samples] == [
        (one.decision, one.policy, one.order, one.week, one.future, one.chosen) for one in balance.ladder.samples
    ]
    samples = spread(cut.samples, 4)
    for one, other in zip(
        branched(result.loaded.data, samples), branched(result.loaded.data, samples, jobs=5), strict=True
    ):
        assert np.array_equal(one.scores, other.scores)
        assert np.array_equal(one.soon, other.soon)
        assert np.array_equal(one.late, other.late)


def test_samples_come_by_turns_from_every_policy(planted: tuple[Path, Checked, Balance]) -> None:
    samples = planted[2].ladder.samples
    chosen = [one for one in spread(samples, 9) if one.decision == 0]
    assert len(chosen) == 9
    assert {sum(one.policy == name for one in chosen) for name in POLICIES} <= {2, 3, 4}
    assert len({one.future for one in chosen}) > 3


def test_the_report_is_plain_data_with_these_keys(planted: tuple[Path, Checked, Balance]) -> None:
    _, result, balance = planted
    page = json.loads(json.dumps(as_json(balance, result.placed(balance.faults), result.files)))
    assert {"policies", "beats_random", "luck_share", "answers", "numbers", "contract", "findings"} <= set(page)
    assert {"mean", "sd", "p10", "p50", "p90"} <= set(page["policies"]["steady"])
    assert sum(page["policies"]["naive"]["endings"].values()) == RUNS
    loss = next(one for one in page["answers"] if one["answer"] == "loss")
    assert (loss["decision"], loss["class"]) == ("card/luck_or_money", "dominated")
    assert page["findings"][0]["file"] == result.file


def test_the_ladder_against_its_own_runs(planted: tuple[Path, Checked, Balance]) -> None:
    ladder = planted[2].ladder
    best, random = ladder.results[ladder.best].scores, ladder.results["random"].scores
    beaten = ladder.beats_random
    assert beaten is not None
    assert beaten.share == pytest.approx(float((best > random).mean()))
    assert ladder.best != "random"
    everybody = np.concatenate([one.scores for one in ladder.results.values()]) / (1 << 20)
    assert float((everybody >= ladder.top).mean()) == pytest.approx(0.1, abs=0.02)


def test_slow_policies_play_fewer_runs() -> None:
    assert [runs_of("lookahead", 2000), runs_of("steady", 2000), runs_of("lookahead", 5)] == [200, 2000, 1]


# Contract and numbers

CONTRACT = """\
balance:
  scores:
    steady: {at_least: 99}
    naive: {at_least: 1, at_most: 100}
  win_rate: {random: {at_most: 0}}
  beats_random: {at_least: 1}
  luck_share: {at_most: 1}
  every_answer_best_somewhere: false
"""


def test_broken_clauses_are_found_at_their_lines_and_kept_ones_are_not(tmp_path: Path) -> None:
    place = small_balance.written(tmp_path / "it", balance=CONTRACT)
    result = checked(place)
    assert result.loaded is not None
    balance = balanced(result.loaded, POLICIES, 0, RUNS, 0)
    lines = {small_balance.line_of(place, start) for start in ("steady: {at", "win_rate", "luck_share")}
    assert set(found_at(result, balance, "TPM801")) == lines
    assert not found_at(result, balance, "TPM802") + found_at(result, balance, "TPM803")
    kept = {one.path[1:]: one.kept for one in balance.contract}
    assert kept[("scores", "naive")] is True
    assert kept[("scores", "steady")] is False


def test_an_author_may_do_without_answers_that_are_best_somewhere(tmp_path: Path) -> None:
    text = "balance: {every_answer_best_somewhere: false}\n"
    result = checked(small_balance.written(tmp_path / "it", balance=text))
    assert result.loaded is not None
    balance = balanced(result.loaded, POLICIES, 0, RUNS, STATES)
    assert not found_at(result, balance, "TPM811") + found_at(result, balance, "TPM812")
    assert found_at(result, balance, "TPM815")


def test_a_clause_about_somebody_who_did_not_play_is_neither_kept_nor_broken(tmp_path: Path) -> None:
    result = checked(small_balance.written(tmp_path / "it", balance=CONTRACT))
    assert result.loaded is not None
    balance = balanced(result.loaded, ("naive",), 0, FEWEST_RUNS, 0)
    assert {one.path[-1]: one.kept for one in balance.contract} == {
        "steady": None,
        "naive": True,
        "random": None,
        "beats_random": None,
        "luck_share": None,
        "one_trick": None,
    }


def test_answers_of_cards_that_were_reached_too_seldom_are_not_tested(
    planted: tuple[Path, Checked, Balance],
) -> None:
    _, _, balance = planted
    rule = balance.loaded.scenario.balance

    def clause(*what: str) -> Clause:
        cards = (Verdict("card", f"c{place}", 9, one, "", 0.0, ()) for place, one in enumerate(what))
        return clauses(rule, balance.ladder, (*cards, Verdict("gate", "build", 9, TOO_FEW, "", 0.0, ())))[-1]

    told = [clause(TOO_FEW), clause(REAL, TOO_FEW), clause(REAL)]
    assert [(one.kept, one.found, one.untested) for one in told] == [(None, None, 1), (True, 0.0, 1), (True, 0.0, 0)]
    pages = ["\n".join(_contract(replace(balance, contract=(one,)))) for one in told]
    assert ["not tested" in page for page in pages] == [True, True, False]
    assert ["kept" in page for page in pages] == [False, True, True]


@pytest.mark.parametrize(
    ("movement", "codes"),
    [
        (Movement("cash", 0.5, 0.5, 1.0), []),
        (Movement("cash", 0.0, 0.5, 1.0), ["TPM821"]),
        (Movement("customers", 0.5, 0.0, 1.0), ["TPM822"]),
        (Movement("trust.boss", 0.5, 0.5, 0.4), ["TPM823"]),
    ],
)
def test_numbers_must_rise_fall_and_tell_policies_apart(
    planted: tuple[Path, Checked, Balance], movement: Movement, codes: list[str]
) -> None:
    _, result, balance = planted
    faults = found(balance.loaded.scenario, balance.ladder, (), (movement,), ())
    assert [one.code for one in result.placed(faults)] == codes


def with_constant(balance: Balance, scores: Sequence[float], only: Sequence[str] = tuple(LADDER)) -> Ladder:
    """A ladder whose policies score 0 to 99 by turns, the later the better, and a constant policy with these scores."""
    like = balance.ladder.results["naive"]

    def scored(points: Sequence[float]) -> Results:
        units = np.array([int(one * (1 << 20)) for one in points])
        return replace(like, seeds=like.seeds[: len(points)], scores=units)

    ladder = {name: scored([20.0 * place + run / 3.0 for run in range(RUNS)]) for place, name in enumerate(LADDER)}
    ladder = {name: one for name, one in ladder.items() if name in only}
    return Ladder(balance.ladder.rules, ladder, {"stubborn": scored(scores)}, ())


def one_trick(balance: Balance, ladder: Ladder) -> tuple[Clause, list[str]]:
    rules = clauses(balance.loaded.scenario.balance, ladder, ())
    clause = next(one for one in rules if one.path[-1] == "one_trick")
    return clause, [fault.code.id for fault in found(balance.loaded.scenario, ladder, (), (), (clause,))]


@pytest.mark.parametrize(("at_top", "kept"), [(0, True), (6, True), (7, False), (RUNS, False)])
def test_a_constant_policy_must_not_be_among_the_best_more_often_than_the_ladder(
    planted: tuple[Path, Checked, Balance], at_top: int, kept: bool
) -> None:
    """A mean that is low does not save it: what counts is how many of its runs are in the top tenth of all."""
    balance = planted[2]
    clause, codes = one_trick(balance, with_constant(balance, [95.0] * at_top + [1.0] * (RUNS - at_top)))
    assert clause.found == pytest.approx(100.0 * at_top / RUNS)
    assert clause.kept is kept
    assert ("TPM804" in codes) is not kept


def test_whoever_plays_as_the_best_policy_does_breaks_the_rule(planted: tuple[Path, Checked, Balance]) -> None:
    balance = planted[2]
    clause, codes = one_trick(balance, with_constant(balance, [80.0 + run / 3.0 for run in range(RUNS)]))
    assert clause.found == pytest.approx(50.0, abs=2.0)
    assert (clause.kept, "TPM804" in codes) == (False, True)


def test_a_part_of_the_ladder_does_not_tell_who_is_among_the_best(planted: tuple[Path, Checked, Balance]) -> None:
    balance = planted[2]
    clause, codes = one_trick(balance, with_constant(balance, [99.0] * RUNS, ("random", "naive", "steady")))
    assert (clause.found, clause.kept, "TPM804" in codes) == (None, None, False)


@pytest.mark.parametrize(("lead", "told"), [(-1.0, []), (0.0, []), (2.0, ["TPM805"])])
def test_a_constant_policy_that_beats_the_reference_policy_is_a_note(
    planted: tuple[Path, Checked, Balance], lead: float, told: list[str]
) -> None:
    balance = planted[2]
    scores = [40.0 + run / 3.0 + lead + 0.5 * (-1) ** run for run in range(RUNS)]
    ladder = with_constant(balance, scores)
    faults = found(balance.loaded.scenario, ladder, (), (), ())
    assert [one.code.id for one in faults] == told
    for one in planted[1].placed(faults):
        assert one.severity == "note"
        assert "'stubborn', which decides one thing in advance, scores 2.0 points more than 'steady'" in one.message
        assert "(1.9 to 2.1)" in one.message


def test_few_runs_are_measured_and_not_judged(tmp_path: Path) -> None:
    """The same scenario breaks its contract in sixty runs and keeps nothing and breaks nothing in twenty."""
    result = checked(small_balance.written(tmp_path / "it", balance=CONTRACT))
    assert result.loaded is not None
    few, many = (balanced(result.loaded, POLICIES, 0, runs, 0) for runs in (FEWEST_RUNS - 1, FEWEST_RUNS))
    assert {one.kept for one in few.contract} == {None}
    measured = [one for one in few.contract if one.path[-1] not in ("one_trick", "every_answer_best_somewhere")]
    assert all(one.too_few and one.found is not None for one in measured)
    assert few.faults == ()
    assert [one.code.id for one in many.faults if one.code.id == "TPM801"]
    page = "\n".join(_contract(few))
    assert page.count("too few runs") == len(measured) + 1
    assert "kept" not in page
    assert "broken" not in page


def test_a_comparison_with_a_policy_that_thinks_long_rests_on_its_runs(planted: tuple[Path, Checked, Balance]) -> None:
    balance = planted[2]
    whole = with_constant(balance, [1.0] * RUNS)
    slow = replace(whole.results["lookahead"], seeds=whole.results["lookahead"].seeds[:6])
    slow = replace(slow, scores=slow.scores[:6])
    ladder = replace(whole, results={**whole.results, "lookahead": slow})
    rested = {one.path[-1]: one.runs for one in clauses(balance.loaded.scenario.balance, ladder, ())}
    assert (rested["beats_random"], rested["luck_share"], rested["one_trick"]) == (6, 6, 6)


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
@pytest.mark.parametrize(
    "policies", [("lookahead",), ("steady",), ("random", "steady", "lookahead"), (*LADDER, *CONSTANTS)]
)
def test_every_run_is_in_one_piece_and_nobody_is_without_one(policies: tuple[str, ...], jobs: int) -> None:
    seeds = batch_seeds(0, 960)
    work = list(pieces(policies, seeds, jobs))
    for name in policies:
        runs = [seed for other, part in work if other == name for seed in part]
        assert runs == list(seeds[: runs_of(name, 960)])
    assert len(work) >= jobs
    assert all(part for _, part in work)
