"""Policies: legal, deterministic, bound to no scenario, and of different worth."""

import re
from dataclasses import replace

import numpy as np
import pytest

from tpmsim.core.arrays import Ints
from tpmsim.core.moves import allowed
from tpmsim.core.opening import initial
from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.core.rolls import Luck, run_seed
from tpmsim.core.rules import EndedBy, Rules, Trigger
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.errors import UsageError
from tpmsim.lab.policies import LADDER, POLICIES, get_policy, reference
from tpmsim.lab.policy import END, Book, Ordered, Policy, Rule, always
from tpmsim.lab.rollout import Results, play, play_week, simulate
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse

RULES = open_scenario("first-product").rules
QUICK = {name: policy for name, policy in POLICIES.items() if name != "lookahead"}
"""Of the slow one: test_lookahead.py."""

QUICK_LADDER = {name: policy for name, policy in LADDER.items() if name in QUICK}

LADDER_RUNS = 600
SEEDS = [run_seed(2026, i) for i in range(LADDER_RUNS)]


def opened(rules: Rules, runs: int) -> State:
    return initial(rules, np.array(SEEDS[:runs], dtype=np.uint64))


class Watched:
    """A policy of which every single move is checked."""

    def __init__(self, policy: Policy) -> None:
        self.id, self.digest, self.policy = policy.id, policy.digest, policy
        self.moves = 0

    def bind(self, rules: Rules) -> "Watched":
        self.rules, self.bound = rules, self.policy.bind(rules)
        return self

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        chosen = self.bound.choose(known, luck, step)
        live = known.ended == EndedBy.NOTHING
        for row in np.unique(chosen[live]):
            if row >= 0:
                assert allowed(self.rules, known, int(row))[live & (chosen == row)].all()
        self.moves += int((chosen[live] >= 0).sum())
        return chosen


@pytest.mark.parametrize("name", QUICK)
def test_every_move_is_legal_and_every_run_ends(name: str) -> None:
    watched = Watched(get_policy(name))
    state = play(RULES, opened(RULES, 100), watched)
    assert not state.live.any()
    assert watched.moves > 500
    assert np.isfinite(state.known.cash).all()


class Idle:
    """A player who never does anything."""

    id, digest = "idle", ""

    def bind(self, rules: Rules) -> "Idle":
        return self

    def choose(self, known: Known, luck: Luck, step: int) -> Ints:
        return np.full(known.week.shape, END)


def test_a_card_without_silence_is_answered_for_a_policy_that_leaves_it() -> None:
    must = [e for e, card in enumerate(RULES.cards) if card.silence < 0]
    state = opened(RULES, 3)
    waiting = state.known.open.copy()
    waiting[must] = 1.0
    state = replace(state, known=replace(state.known, open=waiting))
    after = play_week(RULES, state, Idle())
    assert must
    assert not after.known.open[must].any()
    assert (after.known.hours == state.known.hours).all(), "the first legal answer of this card costs no hours"


def test_idleness_runs_out_of_time() -> None:
    assert (play(RULES, opened(RULES, 9), Idle()).known.ended == EndedBy.TIME).all()


# The block of which most are built


def rule(row: int, *runs: int) -> Rule:
    return Rule("", lambda rules, known: np.isin(np.arange(known.week.shape[0]), runs), row)


def test_the_first_legal_line_wins_run_by_run() -> None:
    rows = Book(RULES).rows
    talk, ask, wave = rows["talk:design"], rows["interview:cafes"], rows["wave:10"]
    lines = [rule(wave, 0, 1, 2), rule(talk, 1), rule(ask, 0, 1), Rule("nothing", always, END)]
    listed = Ordered("", lambda book: lines).bind(RULES)
    known = opened(RULES, 3).known
    assert listed.choose(known, Luck(opened(RULES, 3).future, 0), 0).tolist() == [ask, talk, END]
    assert len(listed.lines) == 3


def test_moves_are_found_by_what_they_do() -> None:
    book = Book(RULES)
    assert [RULES.moves[lever.row].id for lever in book.levers("talk", "met")] == [
        f"talk:{name}" for name in RULES.stakeholders
    ]
    assert book.levers("dance", "met") == ()
    assert book.gate(RULES.stage("research"), Trigger.GO) == book.rows["gate:research/go"]
    assert book.gate(RULES.stage("research"), Trigger.SUNSET) == END
    assert book.value(book.rows["claim:bold"], "claim") == 1.2
    assert book.value(book.rows["claim:bold"], "cash") is None


@pytest.mark.parametrize("name", QUICK)
def test_a_scenario_with_other_ids_and_fewer_moves(name: str) -> None:
    """Only what every scenario has: moves of other kinds are gone, ids are not those of the tutorial."""
    bare = ("gate", "answer", "commit", "talk", "end")
    moves = tuple(replace(move, id=f"x:{move.id}") for move in RULES.moves)
    other = replace(
        RULES,
        segments=("s1", "s2"),
        stakeholders=tuple(f"p{a}" for a in range(len(RULES.stakeholders))),
        features=tuple(f"f{j}" for j in range(len(RULES.features))),
        moves=tuple(move if move.kind in bare else replace(move, kind="other") for move in moves),
    )
    watched = Watched(get_policy(name))
    assert not play(other, opened(other, 20), watched).live.any()


@pytest.mark.parametrize("weeks", [6, 26])
@pytest.mark.parametrize("name", QUICK_LADDER)
def test_shorter_and_longer_runs(name: str, weeks: int) -> None:
    data = re.sub(rb"(?m)^weeks: .*$", b"weeks: %d" % weeks, open_scenario("first-product").data)
    rules = parse(data).rules
    assert not play(rules, opened(rules, 30), Watched(get_policy(name))).live.any()


# The registry


def test_a_policy_by_its_name() -> None:
    assert all(get_policy(name).id == name for name in POLICIES)
    with pytest.raises(UsageError, match="did you mean 'steady'"):
        get_policy("stedy")


def test_the_reference_has_a_name() -> None:
    assert reference() is POLICIES["steady"]


def test_digests_tell_policies_apart() -> None:
    digests = {policy.digest for policy in POLICIES.values()}
    assert len(digests) == len(POLICIES)
    assert all(re.fullmatch("[0-9a-f]{32}", digest) for digest in digests)
    assert digests == {policy.digest for policy in POLICIES.values()}


# The ladder


@pytest.fixture(scope="module")
def ladder() -> dict[str, Results]:
    return {name: simulate(RULES, policy, SEEDS) for name, policy in QUICK_LADDER.items()}


def test_the_ladder(ladder: dict[str, Results]) -> None:
    mean = {name: float(results.scores.mean()) / SCORE_UNIT for name, results in ladder.items()}
    assert mean["steady"] > mean["naive"] + 15.0
    assert mean["naive"] > mean["random"] + 4.0
    assert 55.0 <= mean["steady"] <= 75.0


def test_weighing_loses_nothing_and_decides_otherwise(ladder: dict[str, Results]) -> None:
    lead = (ladder["evidence"].scores - ladder["steady"].scores) / SCORE_UNIT
    assert lead.mean() > -3.0 * lead.std() / np.sqrt(LADDER_RUNS)
    assert np.mean(lead != 0.0) > 0.5


def test_steady_beats_random_on_the_same_seed(ladder: dict[str, Results]) -> None:
    assert np.mean(ladder["steady"].scores > ladder["random"].scores) >= 0.9


def test_a_sound_process_gets_there_and_luck_tells_it_apart(ladder: dict[str, Results]) -> None:
    endings = {name: {results.endings[row] for row in np.unique(results.ending)} for name, results in ladder.items()}
    steady = ladder["steady"]
    assert np.mean(steady.ending == steady.endings.index("growing")) > 0.6
    assert len(endings["steady"]) >= 4
    assert len(set().union(*endings.values())) >= 6


def promising(slug: str) -> tuple[float, float, Known]:
    """Promises given by `steady` in 200 runs, those put off in the week they were given, and what is known at last."""
    rules = open_scenario(slug).rules
    bound, state = get_policy("steady").bind(rules), opened(rules, 200)
    given, taken_back = 0, 0
    while state.live.any():
        after = play_week(rules, state, bound)
        new = (after.known.due > 0) & (state.known.due == 0) & state.live
        given, taken_back = given + int(new.sum()), taken_back + int((new & (after.known.moved != 0.0)).sum())
        state = advance(rules, after)
    return given, taken_back, state.known


@pytest.mark.parametrize("slug", ["ninety-percent-done", "the-demo-that-lied", "the-loud-whale", "two-bosses"])
def test_what_is_promised_is_not_put_off_in_the_same_breath(slug: str) -> None:
    """A promise of a feature whose turn comes early is no word too much because the plan goes on behind it."""
    given, taken_back, _ = promising(slug)
    assert taken_back < 0.05 * given


def test_what_comes_much_later_than_any_week_that_can_be_named_is_not_promised_yet() -> None:
    """In Quiet Debt all seven features were promised at once, and four of these promises broken."""
    _, _, known = promising("quiet-debt")
    assert known.promises_kept.mean() > 1.5 * known.promises_broken.mean()
