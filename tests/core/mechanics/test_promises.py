import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from table_reader import read_table
from tpmsim.core.mechanics import promises

quick = settings(max_examples=50, deadline=None)
evidence = st.floats(0.0, 30.0)
word = st.sampled_from(sorted(promises.WORDS.values()))


def test_kept_and_broken_promises_give_table_23():
    for column, lam, kappa in (
        ("trust_lambda1_kappa1", 1.0, 1.0),
        ("trust_lambda0.9_kappa1", 0.9, 1.0),
        ("trust_lambda0.9_kappa2.25", 0.9, promises.LOSS_WEIGHT),
    ):
        r, s = np.zeros(()), np.zeros(())
        for row in read_table("T23"):
            kept = 1.0 if row["event"] > 0 else 0.0
            r, s = promises.reputation_step(r, s, kept, kappa * (1.0 - kept), lam)
            assert promises.trust(r, s) == pytest.approx(row[column], abs=1e-6)


def test_words_earn_and_cost_what_they_should():
    words = np.array([promises.WORDS[name] for name in ("aim", "plan", "commit")])
    assert promises.promise_gain(words) == pytest.approx([0.25, 0.61, 0.79], abs=0.005)
    assert promises.promise_cost(words) == pytest.approx([0.56, 1.10, 1.82], abs=0.005)


@quick
@given(st.floats(0.0, 1.0), st.floats(0.5, 4.0), st.floats(0.0, 1.0))
def test_an_honest_word_is_the_best_one_in_expectation(chance, kp, other):
    def expected(c):
        return chance * promises.promise_gain(c, kp) - (1 - chance) * promises.promise_cost(c, kp)

    assert expected(chance) >= expected(other) - 1e-12


def test_the_nearest_word_is_the_best_of_the_three():
    words = np.array(sorted(promises.WORDS.values()))
    for chance in np.linspace(0.41, 0.99, 59):
        value = chance * promises.promise_gain(words) - (1 - chance) * promises.promise_cost(words)
        nearest = abs(words - chance)
        if np.sort(nearest)[1] - nearest.min() > 1e-9:
            assert np.argmax(value) == np.argmin(nearest)


@quick
@given(evidence, evidence, word)
def test_trust_lies_within_bounds_keeping_raises_and_breaking_lowers_it(r, s, c):
    lam = promises.forget()
    silent = promises.trust(*promises.reputation_step(r, s, 0.0, 0.0, lam))
    kept = promises.trust(*promises.reputation_step(r, s, promises.promise_gain(c), 0.0, lam))
    broken = promises.trust(*promises.reputation_step(r, s, 0.0, promises.promise_cost(c), lam))
    assert 0.0 < broken < silent < kept < 1.0


@quick
@given(word, st.floats(0.0, 6.0), st.floats(0.0, 6.0))
def test_an_earlier_warning_costs_less(c, one, other):
    late, early = min(one, other), max(one, other)
    assert promises.promise_cost(c) * promises.softened(early) <= promises.promise_cost(c) * promises.softened(late)
    assert promises.softened(0.0) == 1.0
    assert promises.softened(early) >= 0.25


@quick
@given(evidence, evidence)
def test_without_events_trust_drifts_to_the_middle(r, s):
    lam, away = promises.forget(), abs(promises.trust(r, s) - 0.5)
    for _ in range(300):
        r, s = promises.reputation_step(r, s, 0.0, 0.0, lam)
        now = abs(promises.trust(r, s) - 0.5)
        assert now <= away + 1e-15
        away = now
    assert away < 0.01


@quick
@given(evidence, evidence)
def test_four_weeks_of_forgetting_are_the_same_in_one_two_and_four_turns(r, s):
    ends = []
    for weeks in (1, 2, 4):
        kept, broken = r, s
        for _ in range(4 // weeks):
            kept, broken = promises.reputation_step(kept, broken, 0.0, 0.0, promises.forget(weeks))
        ends.append(float(promises.trust(kept, broken)))
    assert ends == pytest.approx([ends[0]] * 3, abs=1e-12)


def test_half_is_forgotten_in_half_a_year():
    assert promises.forget(26.0) == pytest.approx(0.5, rel=1e-12)
    assert promises.forget() ** 26 == pytest.approx(0.5, rel=1e-12)
