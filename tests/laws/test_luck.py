"""Luck is addressable: what a move or an edit does not touch meets the same draws as before."""

import numpy as np
import pytest

from tpmsim.core.batch import arrays
from tpmsim.core.moves import apply, legal
from tpmsim.core.opening import initial
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.scenario.loading import Loaded, parse

RUNS = 64
SEEDS = np.arange(RUNS, dtype=np.uint64)


def branch(rules: Rules, state: State, *moves: str) -> State:
    """The state after these moves, in the runs where they are legal, and the week."""
    for move in moves:
        row = rules.move(move)
        mask, _ = legal(rules, state.known)
        state = apply(rules, state, np.where(mask[row], row, -1))
    return advance(rules, state)


def after(rules: Rules, weeks: int) -> State:
    state = initial(rules, SEEDS)
    for _ in range(weeks):
        state = advance(rules, state)
    return state


def asking(rules: Rules) -> list[str]:
    """One move of each instrument that asks about needs, each in another segment where there are several."""
    kinds = [tool.id for tool in rules.instruments if tool.about == "needs"]
    moves = [[move.id for move in rules.moves if move.kind == kind] for kind in kinds]
    return [ways[place % len(ways)] for place, ways in enumerate(moves) if ways]


def test_a_talk_changes_neither_market_nor_rivals_nor_moods(rules):
    state = after(rules, 2)
    one = branch(rules, state)
    other = branch(rules, state, f"talk:{rules.stakeholders[0]}")
    for name in ("share", "pace_mean", "rival_gain", "cohort", "found", "heard"):
        assert (getattr(one.known, name) == getattr(other.known, name)).all(), name
    assert (one.hidden.die == other.hidden.die).all()
    assert (one.hidden.rival_due == other.hidden.rival_due).all()
    assert (one.known.kept_weight != other.known.kept_weight).any()


def test_what_is_asked_elsewhere_changes_no_answer_here(rules):
    """Two instruments used at once hear what each would have heard alone."""
    state = after(rules, 1)
    first, second = asking(rules)[:2]
    alone, both = branch(rules, state, first), branch(rules, state, first, second)
    tool = [one.id for one in rules.instruments].index(first.split(":")[0])
    segment = rules.segments.index(first.split(":")[1])
    before = state.known.found > 0.0
    heard = alone.known.heard[tool, segment], both.known.heard[tool, segment]
    assert (heard[0] == heard[1])[before].all()
    assert (both.known.found >= alone.known.found).all()


def test_more_interviews_find_all_that_fewer_find(rules):
    """The same draw decides whether a need comes up: more effort can only turn a miss into a hit."""
    state = after(rules, 1)
    discovering = [tool.id for tool in rules.instruments if tool.discovers]
    if not discovering:
        pytest.skip("nothing discovers needs here")
    move = next(move.id for move in rules.moves if move.kind == discovering[0])
    once, twice = branch(rules, state, move), branch(rules, state, move, move)
    assert (twice.known.found >= once.known.found).all()
    assert (twice.known.found > once.known.found).any() or (once.known.found == 1.0).all()


def test_the_order_of_moves_that_do_not_meet_does_not_matter(rules):
    state = after(rules, 1)
    moves = [f"talk:{rules.stakeholders[0]}", *asking(rules)[:1], f"target:{rules.segments[-1]}"]
    one, other = branch(rules, state, *moves), branch(rules, state, *moves[::-1])
    for (_, name, first), (_, _, second) in zip(arrays(one), arrays(other), strict=True):
        assert (first == second).all(), name


def test_the_future_does_not_change_the_world(rules):
    state = initial(rules, SEEDS)
    other = State(state.truth, state.hidden, state.known, fork_key(state.future, 1))
    one, two = advance(rules, state), advance(rules, other)
    assert (one.truth.worth == two.truth.worth).all()
    assert (one.known.share == two.known.share).all()  # the planning week stands still
    one, two = advance(rules, one), advance(rules, two)
    assert (one.known.share != two.known.share).all()


def edited(loaded: Loaded, old: str, new: str) -> Rules:
    text = loaded.data.decode()
    assert old in text
    return parse(text.replace(old, new, 1).encode()).rules


CARD = """cards:
  a_new_card:
    when: "week >= 1"
    from: {speaker}
    says: "Nothing depends on this."
    silence: nothing
    answers:
      nothing: {{says: "Quite."}}
      nothing_else: {{says: "Indeed."}}
"""


def test_a_new_card_moves_no_luck(loaded):
    """It may stand above all others: the world and every other draw stay as they were."""
    rules = loaded.rules
    new = edited(loaded, "cards:\n", CARD.format(speaker=rules.stakeholders[0]))
    one, other = initial(rules, SEEDS), initial(new, SEEDS)
    while one.live.any():
        for (_, name, first), (_, _, second) in zip(arrays(one), arrays(other), strict=True):
            old_cards = second[1:] if name in ("open", "came", "answered", "answered_week") else second
            assert first.tobytes() == old_cards.tobytes(), f"{name} in week {one.week}"
        one, other = advance(rules, one), advance(new, other)


def test_a_new_answer_above_the_others_moves_no_luck(loaded):
    if not loaded.rules.cards or loaded.data.decode().count("    answers:\n") == 0:
        pytest.skip("no cards in block form")
    new = edited(loaded, "    answers:\n", '    answers:\n      brand_new: {says: "Or so."}\n')
    one, other = initial(loaded.rules, SEEDS), initial(new, SEEDS)
    while one.live.any():
        for (_, name, first), (_, _, second) in zip(arrays(one), arrays(other), strict=True):
            if name == "answered":
                assert (np.where(first[0] >= 0, first[0] + 1, first[0]) == second[0]).all()
                first, second = first[1:], second[1:]
            assert first.tobytes() == second.tobytes(), f"{name} in week {one.week}"
        one, other = advance(loaded.rules, one), advance(new, other)


def test_the_place_of_an_entity_in_the_file_moves_no_luck(loaded):
    """A need put in front of all others leaves the truth about these as it was."""
    rules = loaded.rules
    worth = ", ".join(f"{one}: {{mean: 0, sd: 0.3}}" for one in rules.segments)
    new = edited(loaded, "\nneeds:\n", f"\nneeds:\n  in_front: {{title: New, worth: {{{worth}}}}}\n")
    one, other = initial(rules, SEEDS), initial(new, SEEDS)
    assert (one.truth.worth == other.truth.worth[:, 1:]).all()
    assert (one.truth.bias == other.truth.bias[:, :, 1:]).all()
    for name in ("ratio", "error", "pace", "lean", "spike_bias"):
        assert (getattr(one.truth, name) == getattr(other.truth, name)).all(), name


def test_every_seed_is_another_world_and_another_future(rules):
    state = initial(rules, SEEDS)
    assert len(np.unique(state.future)) == RUNS
    for row in state.truth.worth.reshape(-1, RUNS):
        assert len(np.unique(row)) == RUNS
