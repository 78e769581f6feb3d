"""The section `balance` of a scenario: read strictly, and no part of what a run depends on."""

import pytest

from fragments import laid_over
from tpmsim.scenario.checking import Checked, checked
from tpmsim.scenario.loading import SCENARIO_FILE, parse
from tpmsim.scenario.references import unknown_policies


def looked_at(fragment: str) -> Checked:
    return checked({SCENARIO_FILE: laid_over(fragment).encode()}, SCENARIO_FILE)


SECTION = "balance: {scores: {steady: {at_least: 60, at_most: 90}}, win_rate: {random: {at_most: 15}}}\n"


def test_no_digest_knows_of_it() -> None:
    bare, with_it = parse(laid_over("").encode()), parse(laid_over(SECTION).encode())
    assert (bare.digest, bare.text_digest) == (with_it.digest, with_it.text_digest)
    assert with_it.scenario.balance.scores["steady"].at_most == 90.0


def test_it_is_sound_without_anything() -> None:
    balance = parse(laid_over("balance: {}\n").encode()).scenario.balance
    assert (balance.beats_random.at_least, balance.luck_share.at_most) == (90.0, 35.0)
    assert balance.every_answer_best_somewhere


@pytest.mark.parametrize(
    ("inside", "code", "said"),
    [
        ("luck_share: {}", "TPM212", "neither at_least nor at_most"),
        ("luck_share: {at_least: 30, at_most: 20}", "TPM212", "at_least is above at_most"),
        ("beats_random: {at_least: 120}", "TPM207", "0 to 100"),
        ("luck: {at_most: 20}", "TPM201", "unknown key 'luck'"),
    ],
)
def test_faults_of_it_have_their_place(inside: str, code: str, said: str) -> None:
    (found,) = [one for one in looked_at(f"balance:\n  {inside}\n").findings if one.is_error]
    assert (found.code, said in found.message) == (code, True)
    assert found.line is not None
    assert found.line > 1


def test_a_policy_that_does_not_exist_is_found_at_its_line() -> None:
    result = looked_at("balance:\n  scores:\n    steedy: {at_least: 60}\n  win_rate:\n    random: {at_most: 15}\n")
    assert result.loaded is not None
    (found,) = result.placed(unknown_policies(result.loaded.scenario, ("random", "steady")))
    assert (found.code, found.suggestion) == ("TPM303", "steady")
    assert (
        laid_over("balance:\n  scores:\n    steedy: {at_least: 60}\n")
        .splitlines()[(found.line or 0) - 1]
        .startswith("    steedy")
    )
