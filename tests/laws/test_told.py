"""What is told, read and learned: answers by trust, a trend feed, rivals of three kinds, study. No shipped scenario has
it all, so the usual one is given it, with people who trust nobody and tell little.
"""

from functools import cache

import numpy as np
import pytest

from laws.players import steps, weeks
from laws.test_ledger import summed, watched
from laws.test_mean_luck import luck_of, zero, zero_in_each_week
from tpmsim.core.batch import arrays, fork, take
from tpmsim.core.imagine import imagine
from tpmsim.core.mechanics.instruments import effort_belief
from tpmsim.core.mechanics.trends import NEVER
from tpmsim.core.moves import apply
from tpmsim.core.observe import numbers
from tpmsim.core.opening import initial
from tpmsim.core.rolls import fork_key
from tpmsim.core.rules import RivalMove, Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.scenario.library import folder
from tpmsim.scenario.loading import parse

SOURCE = (folder() / "first-product" / "scenario.yaml").read_text(encoding="utf-8")
TRENDS = """
trends:
  kiosks:
    title: Kiosks at the door
    says: Everybody will sign in by kiosk.
    chance: 0.6
    first: 2
    last: 6
    hit: 0.7
    false_alarm: 0.3
    then: {brand.cafes: -0.8, satisfaction.sales: -0.2, cash: -20000}
  tariff:
    title: A new tariff
    says: The tariff will ask for rotas on paper.
    chance: 0.4
    first: 3
    last: 3
    hit: 0.9
    false_alarm: 0.1
    then: {brand.clinics: 1.0, interview.clinics: 1, skill.technology: 0.1}
  gossip:
    title: Talk of the town
    says: Somebody has heard something.
    chance: 0.5
    first: 7
    last: 14
    hit: 0.6
    false_alarm: 0.4
    then: {satisfaction.sponsor: 0.2}
"""
SPIKE = """\
  spike:
    title: Spike
    about: effort
    hours: 2
    answers: 1
    error: 0.2
    bias: 0.1
  anecdotes:
    title: What sales hears
    hours: 1
    answers: 1
    error: 0.6
    bias: 0.1
    told_by: sales
"""


@cache
def told() -> Rules:
    text = SOURCE.replace("\nfeatures:\n", f"{SPIKE}\nfeatures:\n", 1)
    text = text.replace("      hazard: 4\n", "      hazard: 20\n", 1).replace(
        "  technology: 0.5\n", "  technology: 0.1\n", 1
    )
    people, mark, rest = text.partition("\nstakeholders:\n")
    people_only, gates, after = rest.partition("\ngates:\n")
    lines = [line for line in people_only.splitlines() if not line.startswith("    trust:")]
    distrustful = "\n".join(f"{line}\n    trust: 0.15" if line.startswith("    function:") else line for line in lines)
    return parse(f"{people}{mark}{distrustful}{gates}{after}{TRENDS}".encode(), "told").rules


@pytest.fixture
def rules() -> Rules:
    return told()


def seeds(count: int, first: int = 0) -> np.ndarray:
    return np.arange(first, first + count, dtype=np.uint64)


def making(rules: Rules, state: State, *moves: str) -> State:
    """The batch a week later, every run having made these moves."""
    for move in moves:
        state = apply(rules, state, np.full(state.size, rules.move(move)))
    return advance(rules, state)


def test_mean_luck_is_zero(rules: Rules) -> None:
    zero(luck_of(rules, "steady", 300))


@pytest.mark.soak
@pytest.mark.parametrize("player", ["steady", "naive", "random"])
def test_mean_luck_is_zero_in_each_week(rules: Rules, player: str) -> None:
    zero_in_each_week(luck_of(rules, player, 4000))


# Answers


def test_beliefs_are_as_sure_as_they_should_be_however_little_is_told(rules: Rules) -> None:
    """Distance of the truth from the belief, in its standard deviations: mean 0, mean square 1; one answer or two."""
    runs, row = 8000, [tool.id for tool in rules.instruments].index("anecdotes")
    state = initial(rules, seeds(runs, 90_000))
    for week in range(2):
        state = making(rules, state, "anecdotes:cafes", "spike:rest_rules", "spike:swap_board")
        known = state.known
        s, d, j = rules.segments.index("cafes"), rules.needs.index("swap"), rules.features.index("rest_rules")
        assert (known.asked[row, s, d] < week + 1.0).all(), "of somebody who distrusts you an answer is less than one"
        mean, sd = effort_belief(rules, known)
        away = {
            "worth": (state.truth.worth[s, d] - known.mean[s, d]) / known.sd[s, d],
            "effort": (np.log(state.truth.ratio[j]) - mean[j]) / sd[j],
        }
        for what, one in away.items():
            assert abs(one.mean()) < 4.0 / np.sqrt(runs), (week, what)
            assert abs((one**2).mean() - 1.0) < 4.0 * np.sqrt(2.0 / runs), (week, what)


def test_imagined_errors_fit_answers_that_count_less_than_one(rules: Rules) -> None:
    """What an instrument said less the worth and bias imagined is an error of the size that it should have."""
    runs, row = 8000, [tool.id for tool in rules.instruments].index("anecdotes")
    state = making(rules, initial(rules, seeds(runs, 90_000)), "anecdotes:cafes", "spike:rest_rules")
    world = imagine(rules, state.known, fork_key(state.future, 3))
    s, d, j = rules.segments.index("cafes"), rules.needs.index("swap"), rules.features.index("rest_rules")
    known, tool, spike = state.known, rules.instruments[row], rules.instruments[rules.effort_instrument]
    said = known.heard[row, s, d] - world.truth.worth[s, d] - world.truth.bias[row, s, d]
    found = known.spike_mean[j] - np.log(world.truth.ratio[j]) - world.truth.spike_bias[j]
    for error, size, count in ((said, tool.error, known.asked[row, s, d]), (found, spike.error, known.spiked[j])):
        scaled = error * np.sqrt(count) / size
        assert abs((scaled**2).mean() - 1.0) < 4.0 * np.sqrt(2.0 / runs)


# Trends


def test_the_imagined_share_of_real_trends_is_the_belief(rules: Rules) -> None:
    worlds = 4000
    for played in weeks(rules, 60)[:6]:
        early = take(played.after, played.after.live)
        early = take(early, [int(np.argmax(early.known.trend_told.sum(axis=0)))])
        many = fork(early, worlds)
        arrives = imagine(rules, many.known, fork_key(many.future, np.arange(worlds))).truth.arrives
        for row, trend in enumerate(rules.trends):
            real, belief = arrives[row] < NEVER, float(early.known.trend[row, 0])
            assert abs(real.mean() - belief) <= 4.0 * np.sqrt(belief * (1.0 - belief) / worlds) + 1e-12
            when = arrives[row][real]
            first = max(early.known.week[0], trend.first)
            assert ((when >= first) & (when <= trend.last)).all()
            if when.size > 400:
                even = when.size / (trend.last - first + 1)
                counts = np.bincount(when.astype(int) - first, minlength=trend.last - first + 1)
                assert (abs(counts - even) < 5.0 * np.sqrt(even)).all(), "each week that is left with equal chance"


def test_the_belief_is_as_often_right_as_it_says(rules: Rules) -> None:
    """Over runs with looks: of trends believed at about p, a share p is real and still to come, week by week."""
    state, runs = initial(rules, seeds(6000, 40_000)), 6000
    for week in range(5):
        state = making(rules, state, *(("read:trends",) if week % 2 else ("conference:trends",)))
        ahead = (state.truth.arrives >= state.known.week) & (state.truth.arrives < NEVER)
        for row in range(len(rules.trends)):
            belief = state.known.trend[row]
            assert abs((ahead[row] - belief).mean()) < 4.0 * 0.5 / np.sqrt(runs)
            for low in np.arange(0.0, 1.0, 0.2):
                some = (belief >= low) & (belief <= low + 0.2)
                if some.sum() > 300:
                    assert abs(ahead[row][some].mean() - belief[some].mean()) < 2.2 / np.sqrt(some.sum()), (week, low)


def test_what_arrives_is_known_to_and_acts_in_its_week(rules: Rules) -> None:
    state = initial(rules, seeds(2000))
    tariff, clinics = [one.id for one in rules.trends].index("tariff"), rules.segments.index("clinics")
    for _ in range(3):
        state = advance(rules, state)
    before, state = state, advance(rules, state)
    came = before.truth.arrives[tariff] == 3.0
    assert 0.3 < came.mean() < 0.5
    assert np.array_equal(state.known.arrived[tariff] > 0.0, came)
    assert (state.known.trend[tariff] == 0.0).all(), "come, or too late to come"
    gained = state.known.brand[clinics] - before.known.brand[clinics]
    assert np.array_equal(gained > 0.9, came)
    assert np.array_equal(abs(gained) < 0.1, ~came)
    assert np.array_equal(state.known.held[clinics] > 0.0, came), "an instrument that it brings is heard in that week"
    assert np.array_equal(state.known.technology > before.known.technology, came)


def test_nothing_unread_is_told(rules: Rules) -> None:
    state = advance(rules, initial(rules, seeds(300)))
    assert (state.known.trend_told == 0.0).all()
    for row, trend in enumerate(rules.trends):
        assert np.unique(state.known.trend_odds[row]).tolist() == [trend.chance / (1.0 - trend.chance)]


# All of it


def test_one_run_equals_its_row_in_a_batch(rules: Rules) -> None:
    for played in weeks(rules, 120)[::3]:
        before = played.before
        alone = advance(rules, take(before, [7]))
        for (_, name, one), (_, _, other) in zip(arrays(alone), arrays(take(played.after, [7])), strict=True):
            assert one.tobytes() == other.tobytes(), name


@pytest.mark.parametrize("seed", range(8))
def test_every_change_has_its_causes(rules: Rules, seed: int) -> None:
    """The ledger adds up where trends act, and names them."""
    state = initial(rules, seeds(1, seed))
    ledger = watched(rules, state)
    for played in steps(rules, state, ledger):
        before, after = numbers(rules, played.before.known), numbers(rules, played.after.known)
        total = summed(ledger.entries)
        assert {name: total[name] for name in after} == {name: after[name] - before[name] for name in after}
        came = played.after.known.arrived[0, 0] > played.before.known.arrived[0, 0]
        cost = [entry.change for entry in ledger.entries if (entry.number, entry.cause) == ("cash", "trend:kiosks")]
        assert cost == ([-2_000_000] if came else []), "in cents"
        ledger.entries.clear()


def test_rivals_act_in_three_ways_and_each_is_told(rules: Rules) -> None:
    played = weeks(rules, 400)
    did = np.concatenate([one.after.known.rival_did[0] for one in played])
    moved = did[did != RivalMove.NONE]
    counts = np.bincount(moved, minlength=4)[1:]
    assert (abs(counts - counts.sum() / 3.0) < 4.0 * np.sqrt(counts.sum() / 3.0)).all()
    for one in played:
        known, before = one.after.known, one.before.known
        gained, claimed = known.rival_gain[0] - before.rival_gain[0], known.rival_claim[0] - before.rival_claim[0]
        kind = np.where(one.before.live, known.rival_did[0], RivalMove.NONE)
        assert (gained[kind == RivalMove.FEATURE] > gained[kind == RivalMove.PRICE].max(initial=0.0)).all()
        assert (gained[(kind == RivalMove.NONE) | (kind == RivalMove.CLAIM)] == 0.0).all()
        assert (claimed[kind == RivalMove.CLAIM] > 0.0).all()
        assert (claimed[kind != RivalMove.CLAIM] <= 0.0).all(), "claims fade"


def test_study_is_learned_at_the_end_of_the_week_and_fades(rules: Rules) -> None:
    state = initial(rules, seeds(3))
    start = state.known.technology
    state = making(rules, state, "study:technology", "study:technology")
    learned = state.known.technology
    assert learned == pytest.approx(1.0 - (1.0 - start) * np.exp(-8.0 / 60.0))
    assert (state.known.leadership == rules.team.leadership).all()
    after = advance(rules, state).known.technology
    assert ((after < learned) & (after > start)).all()
