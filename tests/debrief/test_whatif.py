"""What if: the other move in the place of the one that answered the same question, the same luck, and the fan."""

from pathlib import Path

import pytest

from kept import keep, of_other_rules
from tpmsim.debrief.compare import compared
from tpmsim.debrief.courses import course
from tpmsim.debrief.whatif import WITHOUT, _branches, others, turn, ways, what_if
from tpmsim.debrief.whatif_words import fan_page, offered, turned
from tpmsim.errors import IllegalMove, InputRefused, UsageError
from tpmsim.game.branch import journal_of
from tpmsim.game.replay import Replayed, replay, replayed
from tpmsim.game.view import View
from tpmsim.lab.policies import get_policy

HOLD, GO, STAMP = "gate:roadmap/hold", "gate:roadmap/go", "problem:stamp"
N = 12


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return replay(keep(tmp_path_factory.mktemp("whatif")))


def gate_week(run: Replayed, move: str) -> int:
    return next(before.week for before, _ in run.weeks if move in before.made)


def test_a_move_takes_the_place_of_the_one_that_answered_the_same_question(run: Replayed, tmp_path: Path) -> None:
    week = gate_week(run, GO)
    at = turn(run, week, HOLD)
    made = run.weeks[week][0].made
    assert at.replaced == GO
    assert (*at.kept, GO, *at.later) == made
    other = what_if(run, at, tmp_path / "branch.tpmrun", n=N)
    branch = replay(other.path)
    assert branch.exact
    assert branch.journal.header.parent is not None
    assert (branch.journal.header.parent.run, branch.journal.header.parent.week) == (run.journal.run_id, week)
    assert branch.journal.header.seed == run.journal.header.seed
    assert branch.weeks[week][0].made[: len(at.kept) + 1] == (*at.kept, HOLD)
    assert other.was.weeks[:week] == other.now.weeks[:week]
    assert other.way.dropped
    assert all(one.why for one in other.way.dropped)


def test_another_move_is_added_where_it_is_legal_last(run: Replayed) -> None:
    at = turn(run, 0, "talk:sales")
    assert at.replaced == ""
    assert (*at.kept, *at.later) == run.weeks[0][0].made


@pytest.mark.parametrize("left_out", [GO, "target:", "talk:"])
def test_what_is_left_out_is_not_made_by_the_policy_that_plays_on(run: Replayed, left_out: str) -> None:
    week, move = next((before.week, one) for before, _ in run.weeks for one in before.made if one.startswith(left_out))
    way = ways(run, turn(run, week, WITHOUT + move), get_policy("steady"))
    branch = replayed(journal_of(way.branch, "branch"), "branch")
    assert move not in branch.weeks[week][0].made
    assert way.way.since == week


def test_a_policy_can_play_on(run: Replayed, tmp_path: Path) -> None:
    at = turn(run, 1, "talk:sales")
    other = what_if(run, at, tmp_path / "branch.tpmrun", get_policy("naive"), N)
    assert (other.way.policy, other.way.since, other.way.dropped) == ("naive", 1, ())
    assert other.now.points is not None
    assert other.fan.policy == "naive"


def test_the_fan_compares_the_same_worlds(run: Replayed, tmp_path: Path) -> None:
    at = turn(run, gate_week(run, GO), "gate:roadmap/kill")
    fan = what_if(run, at, tmp_path / "branch.tpmrun", n=N).fan
    assert fan.with_.low <= fan.with_.middle <= fan.with_.high
    assert fan.gain.value == pytest.approx(fan.with_.mean - fan.without.mean)
    assert fan.gain.of == fan.n == N


def test_a_run_that_goes_on_stays_where_it_was(tmp_path: Path) -> None:
    run = replay(keep(tmp_path, weeks=3, moves=1))
    other = what_if(run, turn(run, 1, "talk:sales"), tmp_path / "branch.tpmrun", n=N)
    branch = replay(other.path)
    assert branch.position.week == run.position.week
    assert not branch.position.over


@pytest.mark.parametrize(
    ("week", "move", "error", "said"),
    [
        (0, "talk:sails", IllegalMove, "did you mean 'talk:sales'"),
        (0, "gate:live/sunset", IllegalMove, "belongs to"),
        (99, "talk:sales", InputRefused, "weeks 0 to"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    run: Replayed, week: int, move: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        turn(run, week, move)


def test_the_move_that_was_made_is_no_other_way(run: Replayed) -> None:
    with pytest.raises(UsageError, match="is what was done"):
        turn(run, gate_week(run, GO), GO)


def test_a_move_can_be_left_out(run: Replayed, tmp_path: Path) -> None:
    week = gate_week(run, GO)
    at = turn(run, week, WITHOUT + GO)
    assert (*at.kept, GO, *at.later) == run.weeks[week][0].made
    assert (at.move, at.replaced) == ("", GO)
    other = what_if(run, at, tmp_path / "branch.tpmrun", n=N)
    branch = replay(other.path)
    assert branch.exact
    assert GO not in branch.weeks[week][0].made
    assert branch.weeks[week][0].made[: len(at.kept)] == at.kept
    assert turned(at, View(run.loaded)).endswith('", left out.')
    page = fan_page(other.fan)
    assert [name for name, _ in page.spreads] == ["as done", "left out"]
    assert page.gain.startswith("Without the move ")
    assert page.share.startswith("Leaving it out brings more in ")


def test_what_was_left_out_stays_so_in_the_futures_of_its_week(run: Replayed) -> None:
    week = gate_week(run, GO)
    done, left = _branches(run, turn(run, week, WITHOUT + GO))
    rules = run.loaded.rules
    assert done.moves == (*left.moves, rules.move(GO))
    assert {rules.move(GO), rules.move(HOLD)} <= set(left.quiet)


def test_only_what_was_made_and_need_not_be_can_be_left_out(run: Replayed) -> None:
    with pytest.raises(UsageError, match="was not made in week 0"):
        turn(run, 0, WITHOUT + GO)
    with pytest.raises(IllegalMove, match="did you mean 'talk:sales'"):
        turn(run, 0, f"{WITHOUT}talk:sails")
    must = {card.id for card in run.loaded.rules.cards if card.silence < 0}
    found = [
        (before.week, one)
        for before, _ in run.weeks
        for one in before.made
        if one.startswith("answer:") and one.removeprefix("answer:").split("/")[0] in must
    ]
    assert found
    week, answer = found[0]
    with pytest.raises(UsageError, match="has to be answered"):
        turn(run, week, WITHOUT + answer)
    assert WITHOUT + answer not in [one.move for one in others(run, week)]


def test_the_list_has_what_was_made_only_to_be_left_out(run: Replayed) -> None:
    for before, _ in run.weeks:
        found = [one.move for one in others(run, before.week)]
        assert len(set(found)) == len(found)
        again = set(found) & set(before.made)
        assert all(turn(run, before.week, one).kept.count(one) for one in again)
        twice = {one.move for one in offered(run, before.week) if one.says.endswith(", once more")}
        assert twice == again
        left = [one for one in found if one.startswith(WITHOUT)]
        assert found[: len(left)] == left
        assert {one.removeprefix(WITHOUT) for one in left} <= set(before.made)
        for move in found:
            turn(run, before.week, move)
        assert [one.move for one in offered(run, before.week)][: len(left)] == left


def test_a_small_move_that_was_made_is_no_other_way_where_it_cannot_be_made_twice(run: Replayed) -> None:
    week, talk = next((before.week, one) for before, _ in run.weeks for one in before.made if one.startswith("talk:"))
    with pytest.raises(UsageError, match="is what was done"):
        turn(run, week, talk)


def test_a_branch_differs_from_its_run_where_it_turned(run: Replayed, tmp_path: Path) -> None:
    week = gate_week(run, GO)
    other = what_if(run, turn(run, week, HOLD), tmp_path / "branch.tpmrun", n=N)
    found = compared(other.was, course(other.path))
    assert (found.same_scenario, found.same_seed, found.parent) == (True, True, 2)
    assert found.parting is not None
    assert (found.parting.week, found.parting.one, found.parting.other) == (week, GO, HOLD)
    gate = next(one for one in found.decisions if (one.kind, one.about) == ("gate", "roadmap"))
    assert gate.one[0] == (week, GO)
    assert gate.other[0] == (week, HOLD)


def test_a_run_is_like_itself_and_a_recorded_view_like_its_run(run: Replayed, tmp_path: Path) -> None:
    path = keep(tmp_path)
    assert compared(course(path), course(path)).parting is None
    found = compared(course(path), course(of_other_rules(path)))
    assert found.parting is None
    assert not found.same_rules
    assert "made by rules 999" in found.other.problem
    assert found.other.weeks[0].points is None
    assert found.other.points == found.one.points


def test_a_shorter_run_parts_where_it_ends(tmp_path: Path) -> None:
    found = compared(course(keep(tmp_path, weeks=2)), course(keep(tmp_path, weeks=4)))
    assert found.parting is not None
    assert (found.parting.week, found.parting.one) == (2, "")
    assert len(found.weeks) == 4
