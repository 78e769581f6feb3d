"""The evaluation of whole runs: the sum is exact, the reference finds no fault with itself, nothing is forgotten."""

import pickle
import tempfile
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from judged_runs import FEW, analysis_of, evaluation_of, run_of
from kept import keep, scenario
from tpmsim.debrief.analysis import LEAVE
from tpmsim.debrief.chain import chain
from tpmsim.debrief.doubt import KNOWN_WELL, VALUE_WELL
from tpmsim.debrief.evaluate import Evaluation, _gambled, evaluated, quadrant
from tpmsim.debrief.hands import ALONE, Hands
from tpmsim.debrief.judging import careful, value
from tpmsim.debrief.steps import PLAN, digest, weeks
from tpmsim.errors import InputRefused, ProblemsFound
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.lab.executor import workers
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.text import SafeText

PLAYERS = ("steady", "naive", "random")


@pytest.mark.parametrize("player", PLAYERS)
def test_the_sum_of_start_decisions_and_luck_is_the_score(player):
    one = analysis_of(player)
    assert abs(one.residual) < 1e-9
    assert one.start + sum(each.gain for each in one.decisions) + sum(week.luck for week in one.weeks) == (
        pytest.approx(one.score, abs=1e-9)
    )
    assert one.score == run_of(player).position.result().points
    assert one.adjusted == pytest.approx(one.score - one.luck, abs=1e-9)
    assert one.low <= one.adjusted <= one.high


@pytest.mark.parametrize("player", PLAYERS)
def test_every_week_begins_where_the_one_before_ended(player):
    weeks = analysis_of(player).weeks
    assert [week.after for week in weeks[:-1]] == [week.before for week in weeks[1:]]
    gained = {week.week: week.decided - week.before for week in weeks}
    for number, points in gained.items():
        mine = [one.gain for one in analysis_of(player).decisions if one.week == number]
        assert sum(mine) == pytest.approx(points, abs=1e-9)


def test_who_plays_as_the_evaluator_loses_nothing():
    """The reference judged by itself: equal moves, equal worlds, equal scores."""
    one = analysis_of("steady")
    assert [each.gain for each in one.decisions] == [0.0] * len(one.decisions)
    assert not [each for each in one.decisions if each.mark in ("mistake", "blunder")]
    assert one.par == one.score
    assert one.quadrant in ("deserved success", "bad break")


def test_bad_play_is_told_from_good_play():
    good, bad = analysis_of("steady"), analysis_of("random")
    assert bad.gained < -10.0
    assert bad.adjusted < good.adjusted
    assert any(one.mark in ("mistake", "blunder") for one in bad.decisions)


def test_every_move_of_the_run_is_in_one_decision():
    run, one = run_of("naive"), analysis_of("naive")
    for before, _ in run.weeks:
        mine = [each for each in one.decisions if each.week == before.week]
        told = [each.move for each in mine if each.move not in (LEAVE, PLAN)]
        small = [move for each in mine for move in each.made]
        assert sorted([*told, *small]) == sorted(before.made)
        assert mine[-1].move == PLAN


def test_the_chosen_option_is_among_the_options_and_the_best_is_named():
    for one in analysis_of("naive").decisions:
        names = [option.move for option in one.options]
        assert one.move in names
        assert one.best in names
        values = [option.value for option in one.options]
        assert values == sorted(values, reverse=True)


def test_a_card_that_nobody_answered_is_a_decision():
    runs = (analysis_of("random", seed).decisions for seed in range(3))
    for one in next(filter(None, ([one for one in run if one.kind == "silence"] for run in runs))):
        assert one.about in {card.id for card in run_of("random").loaded.rules.cards}
        assert LEAVE in [option.move for option in one.options]


def test_a_better_plan_is_told_by_its_moves():
    """What the evaluator would have done is named, and not what the player did, too."""
    plans = [one for one in analysis_of("naive").decisions if one.instead]
    assert plans
    for one in plans:
        made = {each.move for each in analysis_of("naive").decisions if each.week == one.week} | set(one.made)
        assert one.best == LEAVE
        assert not made & set(one.instead)
        assert set(one.instead) <= {move.id for move in run_of("naive").loaded.rules.moves}


def test_more_rollouts_keep_those_that_were_played():
    """Whatever the steps in which it grows, world r of a branch is the same."""
    first, second = evaluation_of("naive"), evaluation_of("naive")
    for worlds in (8, 24):
        first.play(worlds)
    for worlds in (8, 16, 32):
        second.play(worlds)
    grown = 0
    for link in first.links:
        for node in link.nodes:
            both = min(first._played.count(node), second._played.count(node))
            assert (first._played[node][:both] == second._played[node][:both]).all()
            grown += both > 8
    assert grown > 0


class Here(Executor):
    """Does at once what it is given, as a worker would that got a copy of it."""

    def submit(self, task, /, *given, **named):
        done = Future()
        done.set_result(task(*pickle.loads(pickle.dumps(given)), **named))
        return done


def test_the_parts_of_several_hands_make_the_same_whole():
    (one,) = evaluated(run_of("random"), 8, hands=Hands(3, Here()))
    (other,) = evaluated(run_of("random"), 8)
    assert one == other


@pytest.mark.soak
def test_hands_do_not_change_the_result():
    with workers(2) as executor:
        *_, other = evaluated(run_of("naive"), FEW, hands=Hands(2, executor))
    assert other == analysis_of("naive")


def test_rounds_come_one_after_the_other():
    rounds = [one.evaluator.n for one in evaluated(run_of("random"), 40)]
    assert rounds == [8, 32, 40]


def test_options_that_fall_behind_are_played_less():
    one = analysis_of("naive", worlds=48)
    played = [option.n for each in one.decisions for option in each.options]
    assert min(played) == 8
    assert max(played) == 48
    assert {week.error <= VALUE_WELL for week in one.weeks} == {True, False}
    assert abs(one.residual) < 1e-9


def test_a_gain_that_is_known_well_is_not_played_on_while_its_week_is():
    evaluation = evaluation_of("naive")
    for worlds in (8, 32, 64):
        evaluation.play(worlds)
    unequal = 0
    for link in evaluation.links:
        played = {node: evaluation._played[node].shape[0] for node in link.nodes}
        assert played[link.start] == max(played.values()) or value(evaluation._played[link.start]).error <= VALUE_WELL
        unequal += len(set(played.values())) > 1
    assert unequal > 0
    assert abs(evaluation.analysis(last=False).residual) < 1e-9


def test_another_evaluator_can_be_named():
    *_, one = evaluated(run_of("random"), 8, "naive")
    assert one.evaluator.id == "naive"
    assert abs(one.residual) < 1e-9


def test_a_mistake_that_two_others_would_make_is_disputed(monkeypatch):
    """Second opinions count only where both would rather go on from what was chosen."""
    evaluation = evaluation_of("naive")
    evaluation.play(16)
    one = next(each for link in evaluation.links for each in link.decisions if len(each.options) > 2)
    opinions = {}

    def told(question, jobs=1, executor=None):
        return [np.array([opinions[question.policy]]), np.array([0])]

    monkeypatch.setattr("tpmsim.debrief.evaluate.asked", told)
    for naive, evidence, disputed in ((1, 1, True), (1, -1, False), (-1, 1, False), (0, 1, False)):
        opinions.update(naive=naive, evidence=evidence)
        assert evaluation._disputed(one.after, one.options[1][1]) is disputed


def test_a_run_that_goes_on_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="the run is not over"):
        next(evaluated(replay(keep(tmp_path, weeks=2)), 8))


def test_an_edited_run_is_refused():
    run = run_of("naive")
    other = replace(run, difference=_difference())
    with pytest.raises(ProblemsFound):
        next(evaluated(other, 8))


def _difference():
    from tpmsim.game.replay import Difference

    return Difference(3, 1, "week 1: cash: recorded 1, replay gives 2")


def test_what_was_taken_back_never_happened(tmp_path):
    runs = []
    for taken_back in (False, True):
        path = tmp_path / f"{taken_back}.tpmrun"
        with Session.start(scenario("first-product"), "0", path) as session:
            if taken_back:
                session.play(session.legal_moves[0])
                session.note(SafeText.clean("no"))
                session.undo()
            while session.outcome is None:
                for card in session.position.unanswered:
                    session.play(next(one for one in session.legal_moves if one.startswith(f"answer:{card}/")))
                session.end_week()
        runs.append(replay(path))
    assert digest(runs[0]) == digest(runs[1])
    plain, other = (next(evaluated(run, 8)) for run in runs)
    assert plain == other


@pytest.mark.parametrize(
    ("gained", "above", "where"),
    [
        (0.0, 3.0, "deserved success"),
        (-4.9, -4.9, "deserved success"),
        (-4.9, -9.0, "bad break"),
        (-20.0, -3.0, "dumb luck"),
        (-20.0, -30.0, "deserved setback"),
    ],
)
def test_the_quadrant_is_of_process_and_outcome(gained, above, where):
    assert quadrant(gained, above) == where


def test_the_analysis_is_finite():
    one = analysis_of("random")
    numbers = [
        one.low,
        one.high,
        one.par,
        *(each.error for each in one.decisions),
        *(each.low for each in one.decisions),
    ]
    assert np.isfinite(numbers).all()


def test_what_is_told_of_a_plan_is_played_until_it_is_known():
    """A plan between questions to the market has parts; all of them meet the same worlds, and their sum is known."""
    evaluation, most = evaluation_of("naive"), 64
    for worlds in (8, 32, *[most] * 3):
        evaluation.play(worlds)
    for link in evaluation.links:
        plan = evaluation._played.change(link.plan.spans)
        assert careful(plan).error <= KNOWN_WELL or plan.shape[0] == most
        done, otherwise = evaluation._played.together(link.end, link.plan.otherwise)
        assert careful(done - otherwise).error <= KNOWN_WELL or done.shape[0] == most


WEEKS_OF_A_TRADE = (
    ("interview:small", "interview:mid", "survey:small", "survey:mid", "calls:small", "target:small"),
    (
        *("answer:demo/what_is", "answer:support_list/read", "answer:counter_day/send", "problem:deposits"),
        *("gate:research/go", "share:sponsor", "share:sales", "talk:marketing"),
    ),
    (
        *("answer:loud_count/count", "commit:card_link/plan/in8", "trade:design/photos", "trade:engineering/scan"),
        *("commit:board/aim/in8", "commit:reminders/commit/in4", "talk:marketing"),
    ),
)
"""In the last of these a feature is traded for a vote that cannot be built before another, which is promised next."""


@cache
def evaluation_of_a_trade():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trade.tpmrun"
        with Session.start(scenario("the-loud-whale"), "0000-0007", path) as session:
            for made in WEEKS_OF_A_TRADE:
                for move in made:
                    session.play(move)
                session.end_week()
            record(session, get_policy("steady"))
        evaluation = Evaluation.of(replay(path), None, ALONE)
    evaluation.play(8)
    return evaluation


def test_a_plan_is_judged_against_what_was_played():
    """What a decision mends that a small move had broken is no loss of the small moves."""
    evaluation = evaluation_of_a_trade()
    one = evaluation.analysis(last=False)
    assert abs(one.residual) < 1e-9
    plans = [each for each in one.decisions if each.kind == PLAN]
    for link, plan in zip(evaluation.links, plans, strict=True):
        values = {each.move: each.value for each in plan.options}
        assert values[LEAVE] == pytest.approx(evaluation._played[link.plan.otherwise].mean())
        assert all(0.0 <= each <= 100.0 for each in values.values())
    traded = plans[2]
    assert set(traded.made) == {"trade:design/photos", "trade:engineering/scan", "talk:marketing"}
    assert traded.loss < 15.0
    assert traded.mark != "blunder"


def test_in_place_of_a_plan_the_decisions_of_its_week_stand():
    evaluation = evaluation_of_a_trade()
    rules = evaluation.run.loaded.rules
    decided = [rules.moves[row].id for row in evaluation.links[2].plan.otherwise.moves]
    assert decided == [move for move in WEEKS_OF_A_TRADE[2] if move.startswith(("answer", "commit"))]
    assert evaluation.links[2].plan.otherwise.ends is False


def test_a_decision_that_only_a_small_move_made_legal_goes_with_it(tmp_path):
    """Who trades for a feature and then drops it from the plan: without the trade there is nothing to drop."""
    path = tmp_path / "dropped.tpmrun"
    with Session.start(scenario("the-loud-whale"), "0000-0007", path) as session:
        for made in WEEKS_OF_A_TRADE[:2]:
            for move in made:
                session.play(move)
            session.end_week()
        session.play("answer:loud_count/count")
        session.play("trade:design/photos")
        session.play(next(move for move in session.legal_moves if move in ("drop:photos", "withdraw:photos")))
        session.end_week()
        run = replay(path)
    week = weeks(run)[2]
    plan = chain(run.loaded.rules, weeks(run))[2].plan
    decided = [run.loaded.rules.moves[row].id for row in plan.otherwise.moves]
    assert len(week.steps) == 3
    assert decided == ["answer:loud_count/count"]


@pytest.mark.parametrize(("close", "mark"), [(False, "good gamble"), (True, "")])
def test_a_close_call_gets_no_mark(close, mark):
    """However much was at stake: of what cannot be told from the rest nobody knows that it cost nothing."""
    one = replace(analysis_of("steady").decisions[0], mark="", close=close)
    assert _gambled(replace(one, best=one.move)).mark == mark
