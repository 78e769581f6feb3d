"""A scenario tried out: what its author expects, what breaks in play, and what is reached."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from small_trial import opened, written
from tpmsim.core.batch import take
from tpmsim.core.conditions import Names
from tpmsim.core.opening import initial
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.game.replay import replay
from tpmsim.lab.trial import playing
from tpmsim.lab.trial.breaches import Breach, Checks
from tpmsim.lab.trial.coverage import ASKED, Coverage
from tpmsim.lab.trial.explore import explore
from tpmsim.lab.trial.keeping import kept
from tpmsim.lab.trial.synctest import synctest
from tpmsim.lab.trial.trial import Trial, tried
from tpmsim.scenario.library import place_of, shipped


def path(*steps: str, more: str = "") -> str:
    return "format: 1\npaths:\n  way:\n    steps:\n" + "".join(f"      - {one}\n" for one in steps) + more


def nothing(done: int, of: int) -> None:
    pass


def tried_out(place: Path, tests: str, runs: int = 0, seed: int = 3) -> Trial:
    return tried(*opened(written(place / "small", tests)), seed, runs, "small")


@pytest.mark.parametrize(
    ("steps", "more", "said"),
    [
        (("end: 1", "expect: trust.boss > 0.9 and stage == build"), "", "TPM711]: {}:6:17: path 'way': expected "
         "trust.boss > 0.9 and stage == build; trust.boss is 0.5, stage is research. Seed 0000-0000, week 1."),
        (("move: gate:research/kill",), "", "TPM712]: {}:5:15: path 'way': 'gate:research/kill' is refused: "
         "the planning week comes first. Seed 0000-0000, week 0."),
        (("refused: interview:shops",), "", "TPM713]: {}:5:18: path 'way': 'interview:shops' is legal here"),
        (("end: 3",), "", "TPM714]: {}:5:14: path 'way': the week cannot end: hello must be answered. "
         "Add 'answer: hello/...' before this step. Seed 0000-0000, week 1."),
        (("until: open.never == 1\n        within: 1",), "",
         "TPM715]: {}:5:16: path 'way': after 1 weeks still not open.never == 1; open.never is 0."),
        (("end: 1", "play: naive"), "    ending: other\n", "TPM716]: {}:7:13: path 'way': expected the ending "
         "'other', and it is 'launched'. Seed 0000-0000, week 8."),
        (("end: 1",), "    ending: other\n", "TPM716]: {}:6:13: path 'way': expected the ending "
         "'other', and the run goes on"),
        (("play: naive", "end: 1"), "", "TPM717]: {}:6:14: path 'way': the run has ended before this step, with '"),
    ],
)  # fmt: skip
def test_a_step_that_does_not_go_as_expected_is_one_problem_at_its_place(
    tmp_path: Path, steps: tuple[str, ...], more: str, said: str
) -> None:
    trial = tried_out(tmp_path, path(*steps, more=more))
    (problem,) = trial.problems
    file = problem.found.file
    assert said.format(file) in problem.found.short()


def test_a_path_that_goes_as_expected_is_no_problem(tmp_path: Path) -> None:
    steps = ("move: interview:shops", "end: 1", "answer: hello/aye", "play: steady", "expect: sources >= 1")
    trial = tried_out(tmp_path, path(*steps))
    assert not trial.problems
    assert trial.coverage.hits["answers"]["hello/aye"].count == 1


ALWAYS = """\
format: 1
always:
  one_way: {when: sources < 2, says: One way of asking is enough.}
"""


def test_what_must_always_hold_is_broken_by_a_short_list_of_moves_that_replays(tmp_path: Path) -> None:
    trial = tried_out(tmp_path, ALWAYS, runs=60)
    (problem,) = trial.problems
    moves = [[trial.loaded.rules.moves[row].id for row in week] for week in problem.script]
    assert sum(map(len, moves)) == 2
    assert problem.found.message == "sources < 2 does not hold; sources is 2 ('One way of asking is enough.')"
    assert problem.found.line == 3
    file = kept(trial.loaded, problem.seed, problem.script, problem.week, problem.ended, tmp_path / "saves")
    again = replay(file)
    again.raise_unless_exact()
    assert again.position.state.known.sources[0] == 2


def test_the_same_arguments_give_the_same_result(tmp_path: Path) -> None:
    one = tried_out(tmp_path / "a", ALWAYS, runs=40)
    other = tried_out(tmp_path / "b", ALWAYS, runs=40)
    assert one.coverage.hits == other.coverage.hits
    assert [(p.seed, p.script) for p in one.problems] == [(p.seed, p.script) for p in other.problems]


def test_what_cannot_be_reached_is_missing_until_it_is_proved(tmp_path: Path) -> None:
    loaded, tests = opened(written(tmp_path / "small", "format: 1\n"))
    trial = tried(loaded, tests, 1, 80)
    assert trial.missing("cards") == ("never",)
    assert trial.missing("answers") == ("never/later",)
    assert not trial.complete
    proved = {"cards/never": "week > 100 never holds", "answers/never/later": "its card never comes"}
    trial = tried(loaded, tests, 1, 80, proved=proved)
    assert trial.missing("cards") == trial.missing("answers") == ()
    assert trial.complete


def explored(rules: Rules, names: Names, runs: int = 20) -> set[Breach]:
    return set(explore(Checks(rules, names), 1, runs, Coverage(rules), nothing).failures)


def test_a_card_that_blocks_the_week_is_found(tmp_path: Path) -> None:
    """The loader refuses such a card, so the rules are bent here."""
    loaded, _ = opened(written(tmp_path / "small", "format: 1\n"))
    rules = loaded.rules
    dear = replace(rules.moves[rules.move("answer:hello/aye")], hours=1000.0)
    moves = tuple(dear if move.id == dear.id else move for move in rules.moves)
    bent = replace(rules, moves=tuple(replace(m, hours=1000.0) if m.kind == "answer" else m for m in moves))
    assert Breach("blocked", "hello") in explored(bent, loaded.names)
    assert explored(rules, loaded.names) == set()


def test_a_week_that_cannot_be_computed_is_found_with_the_runs_that_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, _ = opened(written(tmp_path / "small", "format: 1\n"))
    rules = loaded.rules
    sound = playing.advance

    def breaks(rules: Rules, state: State) -> State:
        if (state.known.queue > 1.0).any():
            raise ZeroDivisionError
        return sound(rules, state)

    monkeypatch.setattr(playing, "advance", breaks)
    checks = Checks(rules, loaded.names)
    found = explore(checks, 1, 40, Coverage(rules), nothing)
    failure = found.failures[Breach("crash", "ZeroDivisionError")]
    assert 0 < failure.runs < 40
    asked = [rules.moves[row].id for row in failure.script[failure.week]]
    assert any(asked.count(one) > 1 for one in asked)


def test_a_number_that_is_none_or_out_of_range_is_found(tmp_path: Path) -> None:
    loaded, _ = opened(written(tmp_path / "small", "format: 1\n"))
    rules = loaded.rules
    checks = Checks(rules, loaded.names)
    state = initial(rules, np.arange(3, dtype=np.uint64))
    assert list(checks.after_week(state)) == []
    state.known.fatigue[1] = np.nan
    state.known.satisfaction[0, 2] = 1.5
    found = {breach: mask.tolist() for breach, mask in checks.after_week(state)}
    assert found[Breach("finite", "fatigue")] == [False, True, False]
    assert found[Breach("range", "satisfaction.builder")] == [False, False, True]


def test_synctest_finds_a_state_that_the_moves_do_not_give(tmp_path: Path) -> None:
    loaded, _ = opened(written(tmp_path / "small", "format: 1\n"))
    rules = loaded.rules
    found = explore(Checks(rules, loaded.names), 1, 20, Coverage(rules), nothing)
    (witness,) = found.witnesses
    assert len(witness.states) > 3
    assert list(synctest(rules, witness)) == []
    last = take(witness.states[-1], [0])
    last.known.cash[0] += 1.0
    witness.states[-1] = last
    assert {failure.breach for failure in synctest(rules, witness)} == {Breach("twin", "cash")}


LOOKS = {"first-product": 40}
"""Runs that look around in the short suite."""

TURNS = 4
"""Of the author's paths the short suite walks one in so many, and the long suite the others; of the tutorial all."""


def by_turns() -> Iterator[object]:
    for name in shipped():
        turns = 1 if name in LOOKS else TURNS
        yield from (pytest.param(name, turn, turns, marks=pytest.mark.soak if turn else ()) for turn in range(turns))


@pytest.mark.parametrize(("name", "turn", "turns"), by_turns())
def test_the_tests_of_a_shipped_scenario_hold(name: str, turn: int, turns: int) -> None:
    """The author's paths, a whole game among them, end as written. Few runs look around here, many in the long runs."""
    loaded, tests = opened(place_of(name))
    runs = LOOKS.get(name, 0)
    trial = tried(loaded, replace(tests, paths=tests.paths[turn::turns]), 0, runs)
    assert len(tests.paths) >= 5
    assert any(one.ending == "good_kill" for one in tests.paths)
    assert [one.found.short() for one in trial.problems] == []
    if runs:
        reached = [hit.count > 0 for group in ASKED for hit in trial.coverage.hits[group].values()]
        assert sum(reached) / len(reached) > 0.5


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", shipped())
def test_a_trial_of_two_thousand_runs_reaches_all_that_a_shipped_scenario_offers(name: str) -> None:
    """What `tpmsim test NAME --runs 2000` does: the author's paths, and play that looks for what they did not reach."""
    trial = tried(*opened(place_of(name)), 0, 2000)
    assert [name for group in ASKED for name in trial.missing(group)] == []
    assert [one.found.short() for one in trial.problems] == []
