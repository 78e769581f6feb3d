"""What trade, credit and escalate give, what they cost elsewhere, and what the yes that is owed comes to."""

from dataclasses import replace

import numpy as np
import pytest

from tpmsim.core.batch import arrays
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Ledger, Silent
from tpmsim.core.mechanics.gates import gates
from tpmsim.core.mechanics.promises import (
    CREDIT,
    CREDIT_ELSEWHERE,
    DISAPPOINTS,
    ESCALATED,
    TRADED,
    TRADED_ELSEWHERE,
    WORDS,
    promise_cost,
    promises,
)
from tpmsim.core.moves import allowed, apply
from tpmsim.core.observe import values
from tpmsim.core.opening import initial
from tpmsim.core.readings import NEGLECTED, effort_of
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Function, Response, Rules, Trigger
from tpmsim.core.state import NOBODY, State, evolve
from tpmsim.core.week import advance
from tpmsim.scenario.library import open_scenario, shipped

pytestmark = pytest.mark.parametrize("rules", [open_scenario(slug).rules for slug in shipped()], ids=shipped())


def at(rules: Rules, stage: int, **changes: object) -> State:
    """A run in its third week that stands in a stage, with nothing planned, promised or done yet."""
    state = initial(rules, np.arange(1, dtype=np.uint64))
    nothing = {name: np.zeros_like(getattr(state.known, name)) for name in ("committed", "complete", "due")}
    begun = {"week": np.array([3]), "stage": np.array([stage]), "unheard": np.ones_like(state.known.unheard)}
    return replace(state, known=evolve(state.known, **{**nothing, **begun, **changes}))


def building(rules: Rules) -> int:
    """The first stage in which something is built."""
    return int(np.flatnonzero(rules.works)[0])


def made(rules: Rules, state: State, move: str) -> tuple[State, dict[str, int]]:
    """The state after a legal move, and what the ledger says that it changed."""
    row = rules.move(move)
    assert allowed(rules, state.known, row)[0], move
    ledger = Ledger({number.id: number.quantum for number in rules.numbers})
    ledger.start(values(rules, state.known))
    after = apply(rules, state, np.array([row]), ledger)
    assert {entry.cause for entry in ledger.entries} <= {move}
    return after, {entry.number: entry.change for entry in ledger.entries}


def changed(before: State, after: State) -> set[str]:
    both = zip(arrays(before), arrays(after), strict=True)
    return {name for (_, name, one), (_, _, other) in both if one.tobytes() != other.tobytes()}


def trades(rules: Rules) -> list[tuple[str, int, int]]:
    """Every trade, with the rows of who gets something and of the feature."""
    found = []
    for move in rules.moves:
        if move.kind == "trade":
            person, feature = move.id.partition(":")[2].split("/")
            found.append((move.id, rules.stakeholders.index(person), rules.features.index(feature)))
    return found


def first_trade(rules: Rules) -> tuple[str, int, int]:
    """One of them; where no gate follows there is none to test."""
    if not trades(rules):
        pytest.skip("no gate, no trade")
    return trades(rules)[0]


def trading(rules: Rules) -> int:
    """The first stage in which something can be traded."""
    return rules.moves[rules.move(first_trade(rules)[0])].stages.index(True)


def test_credit_earns_trust_of_one_and_costs_the_mood_of_all_others(rules):
    for a, name in enumerate(rules.stakeholders):
        before = at(rules, building(rules))
        after, told = made(rules, before, f"credit:{name}")
        assert changed(before, after) == {"hours", "met", "unheard", "kept_weight", "satisfaction"}
        assert after.known.hours == before.known.hours - 1.0
        gained = after.known.kept_weight - before.known.kept_weight
        assert gained[a] == pytest.approx(CREDIT)
        assert np.count_nonzero(gained) == 1
        mood = after.known.satisfaction - before.known.satisfaction
        assert mood[a] == 0.0
        assert np.delete(mood, a) == pytest.approx(CREDIT_ELSEWHERE)
        assert told[f"trust.{name}"] > 0
        assert set(told) - {f"trust.{name}"} >= {f"satisfaction.{one}" for one in rules.stakeholders if one != name}
        assert all(told[f"satisfaction.{one}"] < 0 for one in rules.stakeholders if one != name)
        assert not allowed(rules, after.known, rules.move(f"talk:{name}"))[0], "their ear is had once a week"


def test_an_escalation_ends_the_neglect_of_the_week_and_costs_trust(rules):
    working = [a for a, one in enumerate(rules.people.function) if one not in (Function.NONE, Function.SPONSOR)]
    for a in working:
        name, function = rules.stakeholders[a], Function(int(rules.people.function[a]))
        acted = np.full((len(rules.stakeholders), 1), NOBODY)
        calm = at(rules, building(rules), acted=acted.copy())
        assert not allowed(rules, calm.known, rules.move(f"escalate:{name}"))[0], "nobody drags their feet"
        acted[a] = Response.NEGLECT
        lax = at(rules, building(rules), acted=acted)
        after, told = made(rules, lax, f"escalate:{name}")
        assert effort_of(rules, lax.known, function)[0] == pytest.approx(NEGLECTED)
        assert effort_of(rules, after.known, function)[0] == effort_of(rules, calm.known, function)[0] == 1.0
        against = after.known.broken_weight - lax.known.broken_weight
        assert against[a] == pytest.approx(ESCALATED)
        assert np.count_nonzero(against) == 1
        assert after.known.trust[a] < lax.known.trust[a]
        assert told[f"trust.{name}"] < 0
        assert not [number for number in told if number.startswith("satisfaction.")], "moods stay"
        assert not allowed(rules, after.known, rules.move(f"escalate:{name}"))[0]
        assert not allowed(rules, after.known, rules.move(f"talk:{name}"))[0]


def test_an_escalation_of_engineering_brings_the_lost_work_back(rules):
    builders = np.flatnonzero(rules.people.function == Function.BUILD)
    planned = np.ones((len(rules.features), 1))
    acted = np.full((len(rules.stakeholders), 1), NOBODY)
    acted[builders] = Response.NEGLECT
    lax = at(rules, building(rules), acted=acted, committed=planned)
    state = lax
    for a in builders:
        state, _ = made(rules, state, f"escalate:{rules.stakeholders[a]}")
    calm = replace(lax, known=evolve(lax.known, acted=np.full(acted.shape, NOBODY)))
    late, mended, usual = (worked(rules, one) for one in (lax, state, calm))
    assert mended == pytest.approx(usual)
    assert late == pytest.approx(NEGLECTED * usual)


def worked(rules: Rules, state: State) -> float:
    """The work of a week, in work units."""
    return float((advance(rules, state).known.worked - state.known.worked).sum())


def gated(rules: Rules) -> list[bool]:
    """For each stage whether a gate leads out of it to another one."""
    return [bool(rules.next_stage[row, Trigger.GO] != row) for row in range(len(rules.stages))]


def test_a_trade_is_offered_where_a_yes_can_be_given_and_nowhere_else(rules):
    for move, _, _ in trades(rules):
        stages = rules.moves[rules.move(move)].stages
        assert any(stages)
        assert not any(offered and not votes for offered, votes in zip(stages, gated(rules), strict=True))
    assert bool(trades(rules)) == any(gated(rules))


def test_a_trade_promises_a_feature_and_is_paid_by_everybody_else(rules):
    for move, a, j in trades(rules):
        before = at(rules, trading(rules))
        after, told = made(rules, before, move)
        known = after.known
        assert known.committed[j] == 1.0
        assert known.word[j] == WORDS["plan"]
        assert known.promised_to[j] == a
        assert known.due[j] > before.known.week
        assert known.backing[a] == 1.0
        assert np.count_nonzero(known.backing) == 1
        mood = known.satisfaction - before.known.satisfaction
        assert mood[a] == pytest.approx(TRADED)
        assert np.delete(mood, a) == pytest.approx(TRADED_ELSEWHERE)
        assert (known.trust == before.known.trust).all(), "trust is earned by keeping it"
        names = rules.stakeholders
        assert told[f"satisfaction.{names[a]}"] > 0
        assert all(told[f"satisfaction.{one}"] < 0 for one in names if one != names[a])
        assert not allowed(rules, known, rules.move(move))[0]


def asked(state: State, trigger: Trigger, opinion: float) -> State:
    """A gate is asked, and everybody thinks the same of it."""
    known = evolve(state.known, trigger=np.array([trigger]))
    hidden = evolve(state.hidden, opinion=np.full(state.hidden.opinion.shape, opinion))
    return replace(state, known=known, hidden=hidden)


def voted(rules: Rules, state: State) -> State:
    return gates(rules, state, Flows.none(rules, 1), Luck(state.future, state.week), Silent())


def test_the_yes_is_given_once_against_their_own_mind_and_no_more(rules):
    move, a, _ = first_trade(rules)
    owing, _ = made(rules, at(rules, trading(rules)), move)
    against = voted(rules, asked(owing, Trigger.GO, -0.5)).known
    assert against.votes[a] == 1.0
    assert (np.delete(against.votes, a) == -1.0).all(), "others vote their mind"
    assert against.backing[a] == 0.0
    held = voted(rules, asked(owing, Trigger.HOLD, -0.5)).known
    assert held.backing[a] == 1.0, "a hold decides nothing, and costs no yes"
    again = replace(owing, known=evolve(against, week=owing.known.week))
    assert voted(rules, asked(again, Trigger.GO, -0.5)).known.votes[a] == -1.0
    free = replace(owing, known=evolve(owing.known, backing=np.zeros(owing.known.backing.shape)))
    assert voted(rules, asked(free, Trigger.GO, -0.5)).known.votes[a] == -1.0


def test_who_has_left_owes_no_vote(rules):
    move, a, _ = first_trade(rules)
    owing, _ = made(rules, at(rules, trading(rules)), move)
    gone = owing.known.gone.copy()
    gone[a] = 1.0
    left = replace(owing, known=evolve(owing.known, gone=gone))
    assert voted(rules, asked(left, Trigger.GO, 0.5)).known.votes[a] == 0.0


def settled(rules: Rules, state: State) -> State:
    return promises(rules, state, Flows.none(rules, 1), Luck(state.future, state.week), Silent())


def test_a_vote_tells_nothing_of_the_mind_of_who_owed_it(rules):
    move, a, _ = first_trade(rules)
    owing, _ = made(rules, at(rules, trading(rules)), move)
    after = voted(rules, asked(owing, Trigger.GO, -0.5)).known
    assert (after.leaning[:, a] == owing.known.leaning[:, a]).all()


@pytest.mark.parametrize("kind", ["withdraw", "renegotiate"])
def test_who_is_not_given_what_was_traded_owes_nothing(rules, kind):
    move, a, j = first_trade(rules)
    owing, _ = made(rules, at(rules, trading(rules)), move)
    warned, _ = made(rules, owing, f"{kind}:{rules.features[j]}")
    after = settled(rules, warned).known
    assert after.trust[a] < settled(rules, owing).known.trust[a]
    assert after.satisfaction[a] < owing.known.satisfaction[a]
    assert after.backing[a] == (0.0 if kind == "withdraw" else 1.0), "put off is not taken back"
    assert settled(rules, owing).known.backing[a] == 1.0


def test_a_trade_that_is_broken_comes_back(rules):
    move, a, j = first_trade(rules)
    owing, _ = made(rules, at(rules, trading(rules)), move)
    late = replace(
        owing, known=evolve(owing.known, week=owing.known.due[j], complete=np.zeros_like(owing.known.complete))
    )
    broken = settled(rules, late).known
    kept = replace(late, known=evolve(late.known, complete=np.ones_like(late.known.complete)))
    assert broken.broken_weight[a] - settled(rules, kept).known.broken_weight[a] == pytest.approx(
        float(promise_cost(np.array(WORDS["plan"])))
    )
    assert late.known.satisfaction[a] - broken.satisfaction[a] == pytest.approx(DISAPPOINTS * WORDS["plan"])
    assert broken.backing[a] == 0.0, "and the yes with it"
    assert broken.broken_feature[a] == j
    assert settled(rules, kept).known.backing[a] == 1.0


def test_another_persons_broken_promise_leaves_the_yes(rules):
    move, a, j = first_trade(rules)
    owing, _ = made(rules, at(rules, trading(rules)), move)
    whom = owing.known.promised_to.copy()
    whom[j] = (a + 1) % len(rules.stakeholders)
    late = replace(owing, known=evolve(owing.known, week=owing.known.due[j], promised_to=whom))
    assert settled(rules, late).known.backing[a] == 1.0
