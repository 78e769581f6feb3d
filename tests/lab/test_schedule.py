"""Schedule confidence and aids: from what is known alone, the same when asked again, and right on average."""

from dataclasses import replace

import numpy as np

from tpmsim.core.batch import take
from tpmsim.core.imagine import imagine
from tpmsim.core.moves import apply
from tpmsim.core.opening import initial
from tpmsim.core.rolls import fork_key
from tpmsim.core.state import State, evolve
from tpmsim.core.week import advance
from tpmsim.lab.aids import asked, jobs
from tpmsim.lab.schedule import NOT_IN_TIME, STEP, schedule
from tpmsim.scenario.library import open_scenario

RULES = open_scenario("first-product").rules
RUNS = 60


def planned(runs: int = RUNS) -> State:
    """Runs in which something is promised for week 4 and building begins."""
    state = initial(RULES, np.arange(runs, dtype=np.uint64))
    known = evolve(
        state.known,
        stage=np.full(runs, RULES.stage("build")),
        target=np.zeros(runs, dtype=np.int64),
    )
    state = advance(RULES, State(state.truth, state.hidden, known, state.future))
    row = RULES.features.index("swap_board")
    changes = {name: getattr(state.known, name).copy() for name in ("committed", "due", "word")}
    changes["committed"][row], changes["due"][row], changes["word"][row] = 1.0, 4, 0.7
    return replace(state, known=evolve(state.known, **changes))


def one(state: State, run: int) -> State:
    return take(state, slice(run, run + 1))


def test_it_says_the_same_again_and_does_not_see_the_truth() -> None:
    state = one(planned(), 3)
    told = schedule(RULES, state.known, state.future)
    assert told == schedule(RULES, state.known, state.future)
    other = imagine(RULES, state.known, fork_key(state.future, 9))
    assert told == schedule(RULES, other.known, state.future), "another truth, the same knowledge"
    (date,) = told.dates
    assert date.feature == "swap_board"
    assert date.chance is not None
    assert date.chance % STEP == 0
    assert date.half <= date.likely <= date.sure


def test_chances_are_right_on_average() -> None:
    state = planned()
    said = [schedule(RULES, one(state, run).known, one(state, run).future).dates[0].chance for run in range(RUNS)]
    row, many = RULES.features.index("swap_board"), planned(2000)
    while int(many.known.week[0]) <= 4:
        many = advance(RULES, many)
    came = 100.0 * float((many.known.complete[row] > 0.0).mean())
    assert abs(np.mean([chance for chance in said if chance is not None]) - came) < 8.0


def test_later_is_never_less_likely_and_nothing_planned_has_no_date() -> None:
    state = one(planned(), 5)
    chances = []
    for due in (2, 4, 6, 8):
        weeks = state.known.due.copy()
        weeks[RULES.features.index("swap_board")] = due
        chances.append(schedule(RULES, evolve(state.known, due=weeks), state.future).dates[0].chance)
    assert chances == sorted(chances)  # type: ignore[type-var]
    bare = initial(RULES, np.arange(1, dtype=np.uint64))
    assert schedule(RULES, bare.known, bare.future).dates == ()


def test_what_cannot_be_built_is_not_in_time() -> None:
    state = one(planned(), 1)
    nobody = evolve(state.known, experienced=np.zeros(1), new=np.zeros(1))
    assert schedule(RULES, nobody, state.future).dates[0].half == NOT_IN_TIME


def test_aids_name_every_question_of_the_stage_and_every_feature() -> None:
    state = initial(RULES, np.arange(1, dtype=np.uint64))
    questions = {one.move for one in asked(RULES, state.known)}
    assert {"interview:cafes", "survey:clinics", "spike:swap_board"} <= questions
    values = [one.weeks for one in asked(RULES, state.known)]
    assert values == sorted(values, reverse=True)
    work = jobs(RULES, state.known)
    assert {one.feature for one in work} == set(RULES.features)
    assert all(0.0 <= part <= 1.0 for one in work for part in (one.delay, one.urgency, one.best))
    assert [one.urgency for one in work] == sorted((one.urgency for one in work), reverse=True)
    told = apply(RULES, state, np.array([RULES.move("interview:cafes")]))
    after = advance(RULES, told)
    again = {one.move: one.weeks for one in asked(RULES, after.known)}
    before = {one.move: one.weeks for one in asked(RULES, state.known)}
    assert again["interview:cafes"] < before["interview:cafes"], "the next answer is worth less"
