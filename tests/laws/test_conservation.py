"""Nothing appears or vanishes: work, customers, people and money, in every week of random play."""

import numpy as np
import pytest

from laws.players import Played, weeks
from tpmsim.core.mechanics.choice import shares, utilities
from tpmsim.core.mechanics.launch import delivery, fulfilled
from tpmsim.core.mechanics.opinions import views
from tpmsim.core.mechanics.rework import SLACK, scope
from tpmsim.core.opening import initial
from tpmsim.core.rules import EndedBy, Response

RUNS = 150


def live(played: Played) -> np.ndarray:
    """The runs that lived through the week."""
    return played.before.live


def test_work_is_right_or_wrong_and_wrong_work_hidden_or_found(rules):
    for played in weeks(rules, RUNS):
        known, hidden, truth = played.after.known, played.after.hidden, played.after.truth
        np.testing.assert_allclose(hidden.good, known.worked - truth.error * known.exposed, rtol=0, atol=1e-9)
        wrong = truth.error * (known.exposed - known.surfaced)
        np.testing.assert_allclose(hidden.faulty, wrong, rtol=0, atol=1e-9)
        assert (hidden.good >= 0.0).all()
        assert (hidden.faulty >= -1e-12).all()


def test_no_more_is_done_than_there_is_unless_scope_was_cut(rules):
    for played in weeks(rules, RUNS):
        done = played.after.hidden.good + played.after.hidden.faulty
        full = played.after.known.nominal * played.after.truth.ratio
        assert (done <= full + 1e-9).all()
        uncut = played.after.known.kept >= 1.0
        assert (np.where(uncut, done - scope(rules, played.after), 0.0) <= 1e-9).all()


def test_good_work_and_work_spent_never_shrink(rules):
    for played in weeks(rules, RUNS):
        for name in ("worked", "exposed", "surfaced"):
            assert (getattr(played.after.known, name) >= getattr(played.before.known, name)).all(), name
        assert (played.after.hidden.good >= played.before.hidden.good).all()
        assert (played.after.known.surfaced <= played.after.known.exposed + 1e-12).all()


def test_only_complete_features_of_the_plan_are_shipped_and_they_stay_so(rules):
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        assert (after.shipped >= before.shipped).all()
        fresh = (after.shipped > before.shipped) & live(played)
        share = delivery(rules, played.after) + played.after.hidden.faulty / np.maximum(
            after.nominal * played.after.truth.ratio, 1e-9
        )
        assert (share[fresh & (after.kept >= 1.0)] >= 1.0 - SLACK - 1e-9).all()


def stopped(known):
    """(N,) runs that are over and whose books are closed: nobody has the product any more."""
    return np.isin(known.ended, (EndedBy.KILL, EndedBy.MONEY, EndedBy.FIRED))


def test_everybody_who_signed_up_is_here_or_has_left(rules):
    signed = np.zeros((len(rules.segments), RUNS))
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        ready = live(played)
        week = int(before.week[ready][0])
        signed = signed + np.where(ready, after.cohort[:, week], 0.0)
        signed = np.where(ready & stopped(after), after.lost, signed)  # who signed that week has left with the others
        here = after.cohort.sum(axis=1)
        np.testing.assert_allclose(here + after.lost, signed, rtol=1e-12, atol=1e-9)
        assert (after.lost >= before.lost).all()
        assert (after.cohort[:, week + 1 :] == 0.0).all()


def test_no_segment_has_more_customers_than_people(rules):
    """Some may be there at the start; who has a product then, ours or another, is counted in `begun`."""
    first = initial(rules, np.array([1], dtype=np.uint64)).known.segment_customers
    assert (first <= rules.market.begun[:, None] * rules.market.size[:, None] + 1e-6).all()
    for played in weeks(rules, RUNS):
        known = played.after.known
        assert (known.share >= played.before.known.share).all()
        assert (known.share <= 1.0).all()
        newcomers = (known.share - rules.market.begun[:, None]) * rules.market.size[:, None]
        assert (known.segment_customers + known.lost <= first + newcomers + 1e-6).all()


def test_people_are_hired_leave_or_stay(rules):
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        builders = (rules.people.function == 1)[:, None]
        walked = ((after.acted == Response.EXIT) & builders).sum(axis=0)
        running = live(played) & (before.week >= 1)
        expected = before.coming - np.where(running, np.minimum(walked, before.experienced + before.new), 0.0)
        plain = ~_costly_silence(rules, before)
        np.testing.assert_allclose(after.coming[plain], expected[plain], atol=1e-9)
        for people in (after.experienced, after.new, after.fresh, after.hiring):
            assert (people >= 0.0).all()


def test_cash_changes_by_its_named_causes(rules):
    money = rules.money
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        running = live(played) & (before.week >= 1)
        paid = before.headcount * rules.team.pay * (1.0 + 1.5 * before.overtime)
        earned = (after.cohort.sum(axis=0) * after.cohort_price).sum(axis=0) / money.contract
        helped = np.where(rules.sells[before.stage], after.agents * rules.support.pay, 0.0)
        amends = after.incidents_week * rules.field.amends
        week = earned - paid - after.spend - after.customers * money.hosting - amends - helped
        recycled = np.where((after.stage < before.stage) & (after.ended == 0), money.recycle, 0.0)
        come = played.before.truth.arrives == before.week
        brought = sum(
            (np.where(come[row], effect.value, 0.0) for row, effect in _money_of_trends(rules)), np.zeros(week.shape)
        )
        change = np.where(running, week + brought, 0.0) - np.where(live(played), recycled, 0.0)
        plain = ~_costly_silence(rules, before) & ~(live(played) & stopped(after))
        np.testing.assert_allclose((after.cash - before.cash)[plain], change[plain], atol=1e-6)


def _money_of_trends(rules):
    """What trends bring or take: their rows, and the effects on cash."""
    return [(row, one) for row, trend in enumerate(rules.trends) for one in trend.effects if one.ref.field == "cash"]


def _costly_silence(rules, known) -> np.ndarray:
    """Runs in which an answer of silence changes money or the team before the week is paid for."""
    costly = np.zeros(known.week.shape, dtype=bool)
    for e, card in enumerate(rules.cards):
        if card.silence >= 0:
            move = rules.moves[card.silence]
            touched = {effect.ref.field for effect in move.effects}
            if move.cost or touched & {"experienced", "overtime", "cash"}:
                costly |= known.open[e] > 0.0
    return costly


def test_everything_stays_within_its_bounds(rules):
    stages, horizon = len(rules.stages), rules.weeks
    for played in weeks(rules, RUNS):
        known, hidden = played.after.known, played.after.hidden
        _within(known.trust, 0.0, 1.0, open_ends=True)
        for name in ("satisfaction", "sentiment", "talked", "changed", "votes"):
            _within(getattr(known, name), -1.0, 1.0, name=name)
        _within(known.mean_sentiment, -1.0, 1.0)
        for name in ("reported", "complete", "shipped", "committed", "kept", "found", "evidence"):
            _within(getattr(known, name), 0.0, 1.0, name=name)
        for name in ("health", "progress"):
            _within(getattr(known, name), 0.0, 100.0, name=name)
        for name in ("retention", "promise_share", "share", "open", "met", "tripped", "gone"):
            _within(getattr(known, name), 0.0, 1.0, name=name)
        for name in ("queue", "held", "asked", "cohort", "lost", "due", "goodwill", "spend", "price"):
            assert (getattr(known, name) >= 0.0).all(), name
        _within(known.claim, 0.0, 1.5)
        _within(known.fatigue, 0.0, 0.5)
        _within(known.stage, 0, stages - 1)
        _within(known.week, 0, horizon + 1)
        _within(known.wave, 0, len(rules.market.waves))
        _within(known.intent, 0, 3)
        assert (known.intent_cell[0] <= known.intent_cell[1]).all()
        _within(hidden.expectation, 0.0, 1.5)
        _within(hidden.die, 0.0, 1.0)
        assert (np.abs(hidden.mood) <= rules.money.contract).all()
        assert (known.sd <= rules.worth.sd[:, :, None] * (1.0 + 1e-12)).all()


def _within(array, low: float, high: float, open_ends: bool = False, name: str = "") -> None:
    if open_ends:
        assert ((array > low) & (array < high)).all(), name
    else:
        assert ((array >= low) & (array <= high)).all(), name


def test_in_which_week_customers_got_a_feature_is_remembered_for_good(rules):
    got = 0
    for played in weeks(rules, RUNS):
        before, after = played.before.known, played.after.known
        fresh = (after.shipped > before.shipped) & live(played)
        assert (after.shipped_in == np.where(fresh, before.week, before.shipped_in)).all()
        got += int(fresh.sum())
    assert got, "nothing was ever shipped"


def test_shares_of_choice_sum_to_one(rules):
    for played in weeks(rules, 50):
        met = fulfilled(rules, played.after.known.shipped * delivery(rules, played.after))
        for s in range(len(rules.segments)):
            part = shares(utilities(rules, played.after, met, s))
            assert (part > 0.0).all()
            np.testing.assert_allclose(part.sum(axis=0), 1.0, atol=1e-12)


def test_everybody_listens_with_a_weight_of_one(rules):
    np.testing.assert_allclose(rules.people.influence.sum(axis=1), 1.0, atol=1e-12)
    assert (rules.people.influence >= 0.0).all()


def test_opinions_are_what_is_heard_and_what_leanings_come_to(rules):
    """Private leanings are at rest from the start: they add the same to an opinion in every week."""
    for played in weeks(rules, 50):
        lean = np.stack([row @ played.after.truth.lean for row in rules.people.settled])
        np.testing.assert_allclose(played.after.hidden.opinion, played.after.known.talked + lean, atol=1e-9)


def test_opinions_stay_within_what_was_ever_thought(rules):
    low, high = np.zeros(50), np.zeros(50)
    for played in weeks(rules, 50):
        view = views(rules, played.before.known)
        low = np.minimum(low, np.minimum(view.min(axis=0), views(rules, played.after.known).min(axis=0)))
        high = np.maximum(high, np.maximum(view.max(axis=0), views(rules, played.after.known).max(axis=0)))
        # The view is taken in mid-week, after appraisal: a step of trust or mood more than either end shows.
        assert (played.after.known.talked >= low - 0.3).all()
        assert (played.after.known.talked <= high + 0.3).all()


@pytest.mark.parametrize("first", [0, 10_000])
def test_at_most_one_change_of_stage_a_week(rules, first):
    allowed = {(stage, int(target)) for stage, row in enumerate(rules.next_stage) for target in row}
    for played in weeks(rules, RUNS, first):
        before, after = played.before.known.stage, played.after.known.stage
        assert set(zip(before.tolist(), after.tolist(), strict=True)) <= allowed
        assert ((after == len(rules.stages) - 1) == (played.after.known.ended > 0)).all()


def test_a_plan_of_which_all_is_complete_takes_no_more_weeks(rules):
    """In the week in which it becomes so, not one later."""
    came = 0
    for played in weeks(rules, RUNS):
        known = played.after.known
        planned = known.committed > 0.0
        done = planned.any(axis=0) & np.where(planned, known.complete > 0.0, True).all(axis=0) & played.before.live
        assert (known.plan_weeks[done] == 0.0).all()
        came += int(done.sum())
    assert came > 0
