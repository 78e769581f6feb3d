"""What a run remembers for its author: answers, weeks since, numbers; and cards that come of them."""

import re
from pathlib import Path

import numpy as np
import pytest

from tpmsim.core.conditions import holds
from tpmsim.core.moves import apply
from tpmsim.core.observe import observe
from tpmsim.core.opening import initial
from tpmsim.core.rules import EndedBy, Rules
from tpmsim.core.state import LONG_AGO, State
from tpmsim.core.week import advance
from tpmsim.errors import InputRefused
from tpmsim.game.branch import branch
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.loading import Loaded, parse
from tpmsim.scenario.names import Ids, names
from tpmsim.scenario.nodes import Scalar

DOCS = Path(__file__).parents[2] / "docs" / "scenario-format.md"
BASE, EXAMPLE, *_ = re.findall(r"^```yaml\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
TEXT = BASE + EXAMPLE


def edited(*pairs: tuple[str, str]) -> Loaded:
    text = TEXT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return parse(text.encode(), "remembered.yaml")


LOADED = edited()
RULES = LOADED.rules


def after(rules: Rules, state: State, *answers: str) -> State:
    """The state after these answers in every run, and the week."""
    return advance(rules, given(rules, state, *answers))


def given(rules: Rules, state: State, *answers: str) -> State:
    for answer in answers:
        state = apply(rules, state, np.full(state.size, rules.move(f"answer:{answer}")))
    return state


def begun(rules: Rules, weeks: int = 1, runs: int = 3) -> State:
    """Runs in which nothing was done for some weeks; the first card lies there after one."""
    state = initial(rules, np.arange(runs, dtype=np.uint64))
    for _ in range(weeks):
        state = advance(rules, state)
    return state


def says(loaded: Loaded, state: State, condition: str) -> bool:
    """Whether a condition holds, the same in all runs."""
    parsed = parse_condition(Scalar(condition, True, 1, 1), names(Ids.of(loaded.scenario)))
    assert parsed.expr is not None, parsed.findings
    answer = holds(parsed.expr, state.known)
    assert answer.all() or not answer.any()
    return bool(answer[0])


def waiting(state: State) -> tuple[str, ...]:
    return observe(RULES, state.known).cards


def test_before_any_answer_there_is_none_and_it_is_long_ago() -> None:
    for state in (initial(RULES, np.arange(3, dtype=np.uint64)), begun(RULES)):
        assert says(LOADED, state, f"answered.demo == none and since.demo == {LONG_AGO}")
        assert says(LOADED, state, "memory.let_down == 0 and not memory.let_down")
        assert observe(RULES, state.known).answered == {}


def test_a_given_answer_is_known_at_once_and_its_weeks_are_counted() -> None:
    state = given(RULES, begun(RULES), "demo/promise")
    assert says(LOADED, state, "answered.demo == promise and since.demo == 0 and answered.reminder == none")
    for weeks in (1, 2, 3):
        state = advance(RULES, state)
        assert says(LOADED, state, f"answered.demo == promise and since.demo == {weeks}")
    assert observe(RULES, state.known).answered == {"demo": "promise"}


def test_silence_is_an_answer_of_the_week_that_ends() -> None:
    """It counts as if it had been given by hand in that week."""
    silent, spoken = after(RULES, begun(RULES)), after(RULES, begun(RULES), "demo/later")
    for state in (silent, spoken):
        assert says(LOADED, state, "answered.demo == later and since.demo == 1 and memory.let_down == 1")
    for name in ("answered", "answered_week", "memory"):
        assert (getattr(silent.known, name) == getattr(spoken.known, name)).all()


def test_a_card_that_waits_for_an_answer_and_weeks_comes_then_and_only_then() -> None:
    state, seen = after(RULES, begun(RULES), "demo/promise"), {}
    while state.live.any():
        seen[state.week] = waiting(state)
        state = advance(RULES, state)
    assert {week: cards for week, cards in seen.items() if cards} == {4: ("reminder",), 5: ("complaint",)}
    state = after(RULES, begun(RULES), "demo/later")
    while state.live.any():
        assert waiting(state) == ()
        state = advance(RULES, state)


def test_the_chain_ends_where_the_promise_is_kept() -> None:
    state = after(RULES, begun(RULES), "demo/promise")
    state = advance(RULES, advance(RULES, state))
    assert waiting(state) == ("reminder",)
    state = after(RULES, state, "reminder/here")
    assert waiting(state) == ()
    assert says(LOADED, state, "memory.let_down == 0")


def test_in_one_batch_each_run_remembers_its_own() -> None:
    rows = [RULES.move("answer:demo/promise"), -1, RULES.move("answer:demo/later")]
    state = advance(RULES, apply(RULES, begun(RULES), np.array(rows)))
    assert [observe(RULES, state.known, run).answered["demo"] for run in range(3)] == ["promise", "later", "later"]
    assert [observe(RULES, state.known, run).memory["let_down"] for run in range(3)] == [0.0, 1.0, 1.0]


def test_a_memory_stays_within_its_bounds() -> None:
    wide = edited(
        ("{high: 3, says: that sales was let down}", "{start: 1.5, low: -1, high: 3}"),
        ("memory.let_down: 1}", "memory.let_down: 40}"),
    )
    state = begun(wide.rules)
    assert says(wide, state, "memory.let_down == 1.5")
    state = after(wide.rules, state)
    assert says(wide, state, "memory.let_down == 3 and open.complaint")
    emptied = edited(("memory.let_down: -3}", "memory.let_down: -1e6}"), ("memory.let_down: 1}", "memory.let_down: 2}"))
    state = after(emptied.rules, after(emptied.rules, begun(emptied.rules)), "complaint/noted")
    assert says(emptied, state, "memory.let_down == 0 and answered.complaint == noted")


def test_a_card_that_comes_again_keeps_its_answer_until_the_next() -> None:
    again = edited(("  demo:\n    when", "  demo:\n    once: false\n    when"))
    state = after(again.rules, begun(again.rules), "demo/promise")
    assert says(again, state, "open.demo and answered.demo == promise and since.demo == 1")
    state = given(again.rules, state, "demo/later")
    assert says(again, state, "answered.demo == later and since.demo == 0")


def test_an_answer_in_the_last_week_is_of_that_week() -> None:
    """The week does not turn when the run ends; endings read what was answered in it."""
    told = edited(("endings:\n", 'endings:\n  sorry: {when: "answered.demo == later", title: Sorry, says: Sorry.}\n'))
    state = begun(told.rules)
    state = apply(told.rules, state, np.full(3, told.rules.move("gate:research/kill")))
    state = advance(told.rules, state)
    assert (state.known.ended == EndedBy.KILL).all()
    assert says(told, state, "answered.demo == later and since.demo == 0")
    session = Session.start(told, "1")
    session.end_week()
    session.play("gate:research/kill")
    session.end_week()
    assert session.outcome is not None
    assert session.outcome.ending == "sorry"


def test_memory_can_be_used_wherever_a_number_can() -> None:
    used = edited(
        ("objectives:\n", "objectives:\n  kept: {value: memory.let_down, worst: 3, best: 0, says: Nobody let down}\n"),
        ("goals: {customers: 0.6, cash: 0.4}", "goals: {customers: 0.6, memory.let_down: -0.4}"),
        ("endings:\n", 'guide:\n  one: {when: "answered.demo == later", says: Hm.}\nendings:\n'),
        ("memory:\n", 'gates:\n  research: {requires: {one: {when: "since.demo < 9", says: An answer}}}\nmemory:\n'),
        ('"answered.demo == promise and since.demo == 3"', '"since.demo > since.complaint"'),
    )
    state = begun(used.rules)
    assert holds(used.guide["one"], after(used.rules, state).known).all()
    assert [observe(used.rules, one.known).requirements["one"] for one in (state, after(used.rules, state))] == [0, 1]


def test_taking_an_answer_back_takes_back_what_is_remembered(tmp_path: Path) -> None:
    with Session.start(LOADED, "1", tmp_path / "run.tpmrun") as session:
        session.end_week()
        before = session.observation
        session.play("answer:demo/later")
        assert (session.observation.answered, session.observation.memory) == ({"demo": "later"}, {"let_down": 1.0})
        session.undo()
        assert session.observation == before
        assert (session.position.state.known.since == LONG_AGO).all()


def test_a_replay_and_a_branch_remember_the_same(tmp_path: Path) -> None:
    with Session.start(LOADED, "1", tmp_path / "run.tpmrun") as session:
        session.end_week()
        session.play("answer:demo/promise")
        for _ in range(4):
            session.end_week()
        memory = session.observation.memory
    assert memory == {"let_down": 2.0}
    run = replay(tmp_path / "run.tpmrun")
    assert run.exact
    assert run.position.observation.memory == memory
    with branch(run, 4, tmp_path / "branch.tpmrun") as session:
        assert session.observation.answered == {"demo": "promise"}
        session.play("answer:reminder/here")
        session.end_week()
        assert session.observation.memory == {"let_down": 0.0}
    assert replay(tmp_path / "branch.tpmrun").exact


def test_players_are_told_of_a_memory_only_in_words_of_its_author() -> None:
    def preview(loaded: Loaded) -> str:
        return View(loaded).preview("answer:demo/later", observe(loaded.rules, begun(loaded.rules).known))

    assert preview(LOADED) == "remembered more: that sales was let down"
    assert preview(edited((", says: that sales was let down", ""))) == "nothing that shows at once"


@pytest.mark.parametrize(
    ("amount", "high", "told"),
    [("1", "3", "remembered more"), ("-1", "3", "remembered less"), ("1", "1", "remembered"), ("-1", "1", "forgotten")],
)
def test_the_preview_of_an_answer_says_which_way_a_memory_goes(amount: str, high: str, told: str) -> None:
    loaded = edited(("{high: 3,", f"{{high: {high},"), ("memory.let_down: 1}", f"memory.let_down: {amount}}}"))
    preview = View(loaded).preview("answer:demo/later", observe(loaded.rules, begun(loaded.rules).known))
    assert preview == f"{told}: that sales was let down"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{high: 3,", "{high: 0,", "TPM212"),
        ("{high: 3,", "{start: 4, high: 3,", "TPM212"),
        ("{high: 3,", "{low: 1, high: 3,", "TPM212"),
        ("{high: 3,", "{high: 2e6,", "TPM207"),
        ("memory.let_down: 1}", "memory.let_dwn: 1}", "TPM303"),
        ("memory.let_down >= 2", "memory.let_dwn >= 2", "TPM301"),
        ("answered.demo == promise", "answered.demo == promised", "TPM302"),
        ("answered.demo == promise", "answered.demo >= promise", "TPM224"),
        ("      noted: {", "      none: {", "TPM406"),
        ("memory:\n", "instruments:\n  memory: {title: Diary}\nmemory:\n", "TPM406"),
    ],
)
def test_what_cannot_be_remembered_is_found_in_its_line(old: str, new: str, code: str) -> None:
    text = TEXT.replace(old, new, 1).replace("silence: noted", "silence: none" if "none:" in new else "silence: noted")
    with pytest.raises(InputRefused) as refused:
        parse(text.encode(), "remembered.yaml")
    (found,) = refused.value.findings
    first = text[: text.index(new)].count("\n") + 1
    assert found.code == code
    assert first <= found.line <= first + new.count("\n")


def test_a_scenario_without_memory_has_the_digest_it_had() -> None:
    bare = parse(BASE.encode())
    assert bare.digest == parse((BASE + "memory: {}\n").encode()).digest
    assert bare.digest != parse((BASE + "memory: {one: {}}\n").encode()).digest
    assert LOADED.digest != edited(("{high: 3,", "{high: 4,")).digest
    assert LOADED.digest == edited((", says: that sales was let down", ", says: that it was late")).digest
