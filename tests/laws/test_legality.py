"""`legal` never lies: what it allows can be paid for and applied; what it refuses has a reason in words."""

from functools import cache

import numpy as np
import pytest

from laws.players import MOST_MOVES, choose, steps, weeks
from tpmsim.core.batch import take
from tpmsim.core.moves import Reason, allowed, apply, legal
from tpmsim.core.observe import explain
from tpmsim.core.opening import initial
from tpmsim.core.state import NO_CRITERIA, evolve
from tpmsim.core.week import advance

RUNS = 60
MANY = 150


@cache
def reached(rules):
    """States that random play reaches, in mid-week too: about as many of a long scenario as of a short one."""
    every = 1 + rules.weeks // 4
    return tuple(one.after for number, one in enumerate(played(rules, RUNS, 0)) if number % every == 0)


def played(rules, runs, first):
    """Every step of random play, one after the other: too many to be kept."""
    return steps(rules, initial(rules, np.arange(first, first + runs, dtype=np.uint64)))


def test_each_legal_move_can_be_paid_for(rules):
    for state in reached(rules):
        mask, _ = legal(rules, state.known)
        for row, move in enumerate(rules.moves):
            able = mask[row]
            if not able.any():
                continue
            after = apply(rules, state, np.where(able, row, -1))
            assert (after.known.hours[able] >= 0.0).all(), move.id
            if move.cost > 0.0:
                assert (after.known.cash[able] >= 0.0).all(), move.id
            assert (after.known.hours[~able] == state.known.hours[~able]).all()


def test_each_refusal_has_a_reason_and_each_legal_move_none(rules):
    for state in reached(rules):
        mask, reasons = legal(rules, state.known)
        for run in range(0, state.size, 20):
            for row, move in enumerate(rules.moves):
                text = explain(rules, state.known, move, int(reasons[row, run]), run)
                assert bool(text.strip()) != bool(mask[row, run]), move.id


def test_one_move_is_asked_for_as_all_are(rules):
    for state in reached(rules):
        mask, _ = legal(rules, state.known)
        for row in range(len(rules.moves)):
            assert (allowed(rules, state.known, row) == mask[row]).all()


def test_moves_belong_to_their_stages_and_to_no_run_that_is_over(rules):
    for state in reached(rules):
        mask, reasons = legal(rules, state.known)
        belongs = np.array([move.stages for move in rules.moves])[:, state.known.stage]
        assert not (mask & ~belongs).any()
        assert not mask[:, ~state.live].any()
        assert (reasons[:, ~state.live] == Reason.ENDED).all()


def test_hours_and_cash_are_asked_for_exactly(rules):
    for state in reached(rules):
        _, reasons = legal(rules, state.known)
        hours = np.array([move.hours for move in rules.moves])[:, None]
        cost = np.array([move.cost for move in rules.moves])[:, None]
        past = (reasons == Reason.LEGAL) | (reasons == Reason.CASH)
        assert (np.where(past, state.known.hours - hours, 0.0) >= 0.0).all()
        assert (np.where(reasons == Reason.LEGAL, state.known.cash - cost, 0.0) >= 0.0)[cost[:, 0] > 0.0].all()
        assert (np.where(reasons == Reason.HOURS, state.known.hours - hours, -1.0) < 0.0).all()
        assert (np.where(reasons == Reason.CASH, state.known.cash - cost, -1.0) < 0.0).all()


def test_a_lack_of_time_or_money_is_named_only_where_nothing_else_stands_in_the_way(rules):
    """With all the time and money of the world, moves refused for want of them are legal, and no others become so."""
    for state in reached(rules):
        mask, reasons = legal(rules, state.known)
        plenty = np.full(state.size, 1e9)
        rich, _ = legal(rules, evolve(state.known, hours=plenty, cash=plenty))
        short = (reasons == Reason.HOURS) | (reasons == Reason.CASH)
        assert (rich == (mask | short)).all()


def test_answers_are_open_only_while_their_card_is(rules):
    for state in reached(rules):
        mask, _ = legal(rules, state.known)
        for e, card in enumerate(rules.cards):
            closed = state.known.open[e] <= 0.0
            for row in card.answers:
                assert not (mask[row] & closed).any(), rules.moves[row].id
                free = len(rules.moves[row].checks) == 1 and not rules.moves[row].cost
                paid = state.known.hours >= rules.moves[row].hours
                if free:
                    assert (mask[row] == (~closed & paid & state.live)).all(), rules.moves[row].id


def test_an_answered_card_is_closed(rules):
    for state in reached(rules):
        mask, _ = legal(rules, state.known)
        for e, card in enumerate(rules.cards):
            for row in card.answers:
                if mask[row].any():
                    after = apply(rules, state, np.where(mask[row], row, -1))
                    assert (after.known.open[e][mask[row]] == 0.0).all()


def test_the_week_can_always_be_ended(shipped):
    """A card that must be answered always has an answer, whatever was spent before it was read."""
    rules = shipped
    loud = [e for e, card in enumerate(rules.cards) if card.silence < 0]
    for one in played(rules, MANY, 800) if loud else ():
        state = one.after
        for e in loud:
            waits = (state.known.open[e] > 0.0) & state.live
            if waits.any():
                can = np.any([allowed(rules, state.known, row) for row in rules.cards[e].answers], axis=0)
                assert (can | ~waits).all(), rules.cards[e].id


def test_moves_roll_no_dice_and_touch_only_what_is_known(rules):
    for state in reached(rules):
        chosen = choose(rules, state, MOST_MOVES)
        after = apply(rules, state, chosen)
        assert after.truth is state.truth
        assert after.hidden is state.hidden
        assert after.future is state.future


def test_a_promise_can_come_due_before_the_run_ends(shipped):
    """A date is only offered if its week will be played."""
    rules = shipped
    offers = [row for row, move in enumerate(rules.moves) if move.kind == "commit"]
    for state in (week.after for week in weeks(rules, RUNS)):
        for row in offers:
            able = allowed(rules, state.known, row)
            if able.any():
                after = take(apply(rules, state, np.where(able, row, -1)), able)
                effects = rules.moves[row].effects
                due = next(after.known.due[effect.ref.row] for effect in effects if effect.ref.field == "due")
                assert (due <= rules.weeks).all(), rules.moves[row].id


def test_a_launch_that_is_gone_back_from_can_be_begun_again(rules):
    """No gate is shut for good: neither criteria that were met nor open waves outlast a step back."""
    recycled = "gate:launch/recycle"
    if recycled not in {move.id for move in rules.moves}:
        pytest.skip("nobody goes back from launch here")
    row, seen = rules.move(recycled), 0
    for state in (one.after for one in played(rules, MANY, 800)):
        able = allowed(rules, state.known, row)
        if not able.any():
            continue
        after = advance(rules, apply(rules, state, np.where(able, row, -1)))
        back = able & after.live
        seen += int(back.sum())
        assert (after.known.wave[back] == 0).all()
        assert (after.known.tripped[back] == 0.0).all()
        assert (after.known.criteria[back] == NO_CRITERIA).all()
    assert seen
