"""Hidden facts behind what could not be known: those that surprise and matter, and what could have told of them."""

from dataclasses import replace

import numpy as np
import pytest

from judged import FACTS, analysis, run, unseen
from judged_runs import analysis_of, run_of
from tpmsim.core.imagine import imagine
from tpmsim.core.rolls import future_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import State, evolve
from tpmsim.debrief.analysis import UNKNOWN, Chance, Matter, Unseen
from tpmsim.debrief.hidden import MOST, NAMED_FROM, READ, SURPRISING, Bearing, bearings, named
from tpmsim.debrief.luck import explained
from tpmsim.debrief.steps import weeks
from tpmsim.debrief.worded import worded
from tpmsim.debrief.wording.hidden import NO_TOOL, TOGETHER, UNTOLD
from tpmsim.game.replay import Replayed

WORLDS = 400


def start_of(week: int, found: Replayed) -> tuple[Rules, State, State]:
    """A week of a run as it began, and worlds that fit what was known then."""
    state = weeks(found)[week].start
    rules = found.loaded.rules
    keys = future_key(np.arange(WORLDS))
    known = evolve(
        state.known,
        **{name: np.repeat(rows, WORLDS, axis=-1) for name, rows in vars(state.known).items()},
    )
    return rules, state, imagine(rules, known, keys)


def with_truth(state: State, name: str, place: tuple[int, ...], value: float) -> State:
    rows = getattr(state.truth, name).copy()
    rows[place] = value
    return replace(state, truth=evolve(state.truth, **{name: rows}))


def facts(rules: Rules, state: State, worlds: State, scores: np.ndarray) -> dict[tuple[Matter, str, str], Bearing]:
    found = bearings(rules, state, worlds, scores)
    return {(one.fact.matter, one.fact.about, one.fact.segment): one for one in found}


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_worth_that_is_far_off_and_matters_is_named(sign: float) -> None:
    """Four standard deviations above the belief, and every unit of it is 20 points of the result."""
    rules, state, worlds = start_of(1, run())
    s, d = 0, int(np.flatnonzero(state.known.found[:, 0])[0])
    mean, sd = float(state.known.mean[s, d, 0]), float(state.known.sd[s, d, 0])
    state = with_truth(state, "worth", (s, d, 0), mean + sign * 4.0 * sd)
    scores = 50.0 + 20.0 * worlds.truth.worth[s, d] + np.random.default_rng(1).normal(0.0, 3.0, WORLDS)
    found = facts(rules, state, worlds, scores)
    one = found["worth", rules.needs[d], rules.segments[s]]
    assert one.points == pytest.approx(sign * 4.0 * sd * 20.0, rel=0.1)
    assert one.fact.surprise == pytest.approx(4.0)
    assert named((one,), sign * 10.0) == (one.fact,)
    assert named((one,), -sign * 10.0) == (), "it went the other way"


def test_what_the_result_does_not_depend_on_is_not_named() -> None:
    rules, state, worlds = start_of(1, run())
    state = with_truth(state, "worth", (0, 0, 0), 9.0)
    assert bearings(rules, state, worlds, np.full(WORLDS, 50.0)) == ()
    ordinary = np.random.default_rng(2).normal(50.0, 10.0, WORLDS)
    many = sum(len(start.fact.about) > 0 for start in bearings(rules, state, worlds, ordinary))
    assert many <= 3, "one in twenty is taken for one that matters, of those that surprise"


def test_what_is_as_it_was_believed_is_not_named() -> None:
    rules, state, worlds = start_of(1, run())
    mean, sd = float(state.known.mean[0, 0, 0]), float(state.known.sd[0, 0, 0])
    state = with_truth(state, "worth", (0, 0, 0), mean + 0.5 * SURPRISING * sd)
    found = facts(rules, state, worlds, 50.0 + 20.0 * worlds.truth.worth[0, 0])
    assert ("worth", rules.needs[0], rules.segments[0]) not in found


def test_an_instrument_that_was_legal_is_named_and_none_that_was_not() -> None:
    rules, state, worlds = start_of(1, run())
    tools = {tool.id: tool for tool in rules.instruments}
    d = int(np.flatnonzero(state.known.found[:, 0])[0])
    state = with_truth(state, "worth", (0, d, 0), 9.0)
    scores = 20.0 * worlds.truth.worth[0, d]
    key: tuple[Matter, str, str] = ("worth", rules.needs[d], rules.segments[0])
    tool = facts(rules, state, worlds, scores)[key].fact.tool
    assert tools[tool.partition(":")[0]].about == "needs"
    assert tool.partition(":")[2] == rules.segments[0]
    broke = replace(state, known=evolve(state.known, hours=np.zeros(1)))
    assert facts(rules, broke, worlds, scores)[key].fact.tool == ""


def test_of_a_need_that_nobody_told_of_only_what_brings_needs_up_could_tell() -> None:
    rules, state, worlds = start_of(0, run())
    d = int(np.flatnonzero(state.known.found[:, 0] <= 0.0)[0])
    state = with_truth(state, "worth", (0, d, 0), 9.0)
    one = facts(rules, state, worlds, 20.0 * worlds.truth.worth[0, d])["worth", rules.needs[d], rules.segments[0]].fact
    assert not one.told
    discovers = {tool.id for tool in rules.instruments if tool.discovers}
    assert one.tool == "" or one.tool.partition(":")[0] in discovers


def test_efforts_faults_leanings_and_rivals() -> None:
    """Each as far off as can be; the result of an imagined world depends on all of them."""
    rules, state, worlds = start_of(1, run_of("naive", name="the-loud-whale"))
    state = with_truth(state, "ratio", (0, 0), 3.0)
    state = with_truth(state, "error", (0, 0), 1.8)
    state = with_truth(state, "lean", (0, 0), 2.0)
    state = replace(state, hidden=evolve(state.hidden, rival_due=np.full_like(state.hidden.rival_due, 999.0)))
    truth = worlds.truth
    scores = 50.0 - 9.0 * np.log(truth.ratio[0]) - 20.0 * truth.error[0] + 20.0 * truth.lean[0]
    found = facts(rules, state, worlds, scores + 2.0 * np.minimum(worlds.hidden.rival_due[0], rules.weeks))
    assert found["effort", rules.features[0], ""].fact.truth == pytest.approx(np.log(3.0))
    assert found["faults", rules.features[0], ""].fact.tool == ""
    assert found["leaning", rules.stakeholders[0], ""].fact.mean == pytest.approx(0.0, abs=0.2)
    assert found["rival", rules.rivals[0], ""].fact.truth == rules.weeks + 1.0
    assert found["rival", rules.rivals[0], ""].fact.tool == "", "nothing sees a move that is so far away"
    assert all(
        one.fact.tool in ("", READ) or one.fact.tool in {move.id for move in rules.moves} for one in found.values()
    )


def test_at_most_three_are_named_and_none_where_little_could_not_be_known() -> None:
    found = tuple(
        Bearing(Unseen("worth", f"{place}", "x", float(place), 0.0, 1.0, told=True, tool=""), 1.0)
        for place in range(2, 8)
    )
    assert [one.about for one in named(found, 10.0)] == ["7", "6", "5"]
    assert len(named(found, 10.0)) == MOST
    assert named(found, 0.9 * NAMED_FROM) == ()


def test_a_debrief_names_them_where_much_could_not_be_known() -> None:
    found = explained(run_of("naive"), analysis_of("naive", worlds=48))
    for week in found.weeks:
        unknown = next(part.points for part in week.chances if part.stream == UNKNOWN)
        assert not week.unseen or abs(unknown) >= NAMED_FROM
    assert any(week.unseen for week in found.weeks)


def test_it_is_said_how_it_was_what_was_believed_and_what_could_have_told() -> None:
    first, second = unseen().weeks[0].hidden
    assert first.true == "would decide it, +1.9"
    assert first.believed == "you believed +0.9, +0.3 to +1.5"
    assert "could be asked that week" in first.could
    assert second.true == "takes 1.60 times the estimate"
    assert second.believed == "you believed 1.00, 0.83 to 1.21"
    assert second.could == NO_TOOL
    story = " ".join(unseen().overview.story)
    assert first.says in story


def test_a_need_that_nobody_told_of_was_not_believed_to_be_anything() -> None:
    one = replace(FACTS[0], told=False)
    first, *rest = unseen().analysis.weeks
    page = worded(run(), replace(analysis(), weeks=(replace(first, unseen=(one,)), *rest)))
    assert page.weeks[0].hidden[0].believed == UNTOLD


def test_much_that_no_single_fact_explains_is_said_to_be_so() -> None:
    first, *rest = unseen().analysis.weeks
    for points, rows in ((2.0 * NAMED_FROM, (TOGETHER,)), (0.5 * NAMED_FROM, ())):
        week = replace(first, unseen=(), chances=(Chance(UNKNOWN, points),))
        assert worded(run(), replace(analysis(), weeks=(week, *rest))).weeks[0].hidden == rows
