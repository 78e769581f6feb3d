"""What leads to a goal and what away from it, and how far a run is from it."""

import numpy as np

from tpmsim.core.conditions import Ref
from tpmsim.core.opening import initial
from tpmsim.lab.trial.breaches import Checks
from tpmsim.lab.trial.goals import Goal, Want, leanings, wants
from tpmsim.lab.trial.nearness import distance
from tpmsim.lab.trial.playing import again
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.nodes import Scalar

LOADED = open_scenario("the-loud-whale")
RULES, NAMES = LOADED.rules, LOADED.names


def wanted(text: str) -> tuple[Want, ...]:
    expr = parse_condition(Scalar(text, True, 1, 1), NAMES).expr
    assert expr is not None
    return wants(expr)


def weight(goal: Goal, move: str) -> float:
    return float(leanings(RULES, goal)[RULES.move(move)])


def test_a_condition_tells_which_way_each_name_is_to_go() -> None:
    assert wanted("cash > 5 and 3 > week") == (Want(Ref("cash"), 1.0), Want(Ref("week"), -1.0))
    assert wanted("not (cash > 5)") == (Want(Ref("cash"), -1.0),)
    assert wanted("stage == build")[0].word == "build"


def test_moves_that_touch_what_is_wanted_lead_there() -> None:
    landed = Goal("cards", "landed")
    assert weight(landed, "answer:draft/sign") > 1.0 > weight(landed, "answer:draft/decline")
    assert weight(landed, "first:flow") > 1.0
    assert weight(Goal("endings", "good_kill"), "gate:research/kill") > 1.0
    assert (
        weight(Goal("endings", "broke"), "hire:engineer") > 1.0 > weight(Goal("endings", "broke"), "release:engineer")
    )
    assert weight(Goal("endings", "broke"), "gate:research/kill") < 1.0


def test_a_run_that_did_more_towards_a_goal_is_nearer_to_it() -> None:
    checks = Checks(RULES, NAMES)
    ask = RULES.move("interview:small")
    nearer, farther, week = Goal("endings", "good_kill"), (), ((ask, ask),)
    kill = ((RULES.move("gate:research/kill"),),)
    last = list(again(checks, [5, 5], [(*week, *kill), (farther, *kill)]))[-1]
    far = distance(RULES, nearer, last)
    assert far[0] < far[1]
    assert far[0] > 0.0


def test_a_card_that_waits_is_nearest() -> None:
    state = initial(RULES, np.zeros(1, dtype=np.uint64))
    assert state.size == 1
    week = next(again(Checks(RULES, NAMES), [5], [()]))
    goals = [Goal("cards", "demo"), Goal("cards", "draft"), Goal("cards", "kickoff")]
    demo, draft, kickoff = (float(distance(RULES, goal, week)[0]) for goal in goals)
    assert demo < draft < kickoff
