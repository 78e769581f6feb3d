"""What is hidden in a run, in words: how its world is, and what chance holds for the end of the week.

For authors alone. The preview of a scenario shows it on request; the game never does, and nothing that plays or tells a
run to its player may import this module (a test sees to that). Everything here is read off the state of one run;
nothing is drawn that the week itself would not draw.
"""

from collections.abc import Iterator

import numpy as np

from tpmsim.core.mechanics.rework import scope
from tpmsim.core.mechanics.trends import NEVER
from tpmsim.core.observe import PERSON_WEEK, Belief, observe
from tpmsim.core.rules import Rules
from tpmsim.core.state import State
from tpmsim.core.week import advance
from tpmsim.game.events import events
from tpmsim.game.insight_draws import card_draws, demand_draws, intent_draws
from tpmsim.game.pages import Fact, Facts, Insight
from tpmsim.game.reveal import QUIET, happened
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.beliefs import worth
from tpmsim.game.wording.prose import capital, counted, listed, signed
from tpmsim.game.wording.truths import faults, moves_next, paced, stance, takes

NOTHING = 1e-9


def insight(session: Session) -> Insight:
    """What is hidden in a run as it stands."""
    view, state = View(session.loaded), session.position.state
    clock = view.clock(session.observation)
    draws = () if session.position.over else tuple(_draws(view, state))
    truth = (
        Facts("What needs are worth", tuple(_worths(view, state))),
        Facts("What instruments get wrong in this run", tuple(_biases(view, state))),
        Facts("What features take", tuple(_features(view, state))),
        Facts("What people think", tuple(_people(view, state))),
        Facts("The market", tuple(_market(view, state))),
    )
    return Insight(clock, _filled(draws), _filled(truth))


def _filled(parts: tuple[Facts, ...]) -> tuple[Facts, ...]:
    return tuple(one for one in parts if one.facts)


def _draws(view: View, state: State) -> Iterator[Facts]:
    """What would come if the week ended as it stands; later moves of the week can change it, never the draws."""
    after = advance(view.rules, state)
    old, new = observe(view.rules, state.known), observe(view.rules, after.known)
    lines = tuple(happened(view, events(old, new), new)) or (QUIET,)
    yield Facts("If the week ended now", tuple(Fact("", f"{'  ' * one.below}{one.text}") for one in lines))
    yield Facts("Cards", tuple(card_draws(view.rules, state, after)))
    yield Facts("What people will do", tuple(intent_draws(view, state)))
    yield Facts("Demand", tuple(demand_draws(view, state)))


def _worths(view: View, state: State) -> Iterator[Fact]:
    """True worth of every need beside the belief."""
    seen = {(one.segment, one.need): one for one in observe(view.rules, state.known).beliefs}
    for s, segment in enumerate(view.rules.segments):
        for d, need in enumerate(view.rules.needs):
            true = float(state.truth.worth[s, d, 0])
            yield Fact(
                f"{view.titles.segment(segment)}, {view.titles.need(need)}",
                f"{worth(true)}, {signed(true, 2)}",
                _believed(true, seen.get((segment, need))),
            )


def _believed(true: float, one: Belief | None) -> str:
    """A belief, and whether the truth lies in its interval."""
    if one is None:
        return "nobody has told of this need yet"
    inside = "inside" if abs(true - one.mean) <= one.width else "outside"
    low, high = signed(one.mean - one.width), signed(one.mean + one.width)
    return f"believed {signed(one.mean, 2)}, {low} to {high}: {inside}"


def _biases(view: View, state: State) -> Iterator[Fact]:
    """What repetition does not remove from the answers of each instrument."""
    for i, tool in enumerate(view.rules.instruments):
        if tool.about != "needs":
            continue
        for s, segment in enumerate(view.rules.segments):
            row = state.truth.bias[i, s, :, 0]
            wrong = (f"{view.titles.need(need)} {signed(float(row[d]), 2)}" for d, need in enumerate(view.rules.needs))
            yield Fact(f"{view.titles.instrument(tool.id)}, {view.titles.segment(segment)}", listed(wrong))


def _features(view: View, state: State) -> Iterator[Fact]:
    """True effort, faults, and how far the work is beside what is reported."""
    whole = scope(view.rules, state)
    for j, feature in enumerate(view.rules.features):
        work, wrong = takes(float(state.truth.ratio[j, 0])), faults(float(state.truth.error[j, 0]))
        spikes = f"spikes are off by {signed(float(state.truth.spike_bias[j, 0]) * 100, 0)} %"
        yield Fact(view.titles.feature(feature), listed((work, wrong, spikes)), _progress(state, whole, j))


def _progress(state: State, whole: np.ndarray, j: int) -> str:
    """True beside reported progress, and the rework that nobody has found; nothing before work began."""
    good, faulty, size = (float(rows[j, 0]) for rows in (state.hidden.good, state.hidden.faulty, whole))
    if not size or good + faulty <= NOTHING:
        return ""
    rework = counted(round(faulty / PERSON_WEEK, 1), "person-week")
    return (
        f"reported {float(state.known.reported[j, 0]) * 100:.0f} %, truly done {good / size * 100:.0f} %; "
        f"{rework} of rework not found yet"
    )


def _people(view: View, state: State) -> Iterator[Fact]:
    """Opinions of the coming gate."""
    for a, person in enumerate(view.rules.stakeholders):
        opinion, lean = float(state.hidden.opinion[a, 0]), float(state.truth.lean[a, 0])
        if state.known.gone[a, 0]:
            yield Fact(view.titles.introduced(person), "has left")
        else:
            told = f"{stance(opinion)} the gate, {signed(opinion, 2)}; own leaning {signed(lean, 2)}"
            yield Fact(view.titles.introduced(person), told)


def _market(view: View, state: State) -> Iterator[Fact]:
    """The speed of each segment, what its customers expect, and when rivals move."""
    for s, segment in enumerate(view.rules.segments):
        pace = paced(float(state.truth.pace[s, 0]))
        yield Fact(view.titles.segment(segment), pace, _expecting(view.rules, state, s))
    for r, rival in enumerate(view.rules.rivals):
        when = moves_next(int(state.hidden.rival_due[r, 0]), view.rules.weeks)
        yield Fact(view.titles.rival(rival), when)
    for t, trend in enumerate(view.rules.trends):
        week = float(state.truth.arrives[t, 0])
        yield Fact(view.titles.trend(trend.id), f"arrives in week {week:.0f}" if week < NEVER else "is not real")


def _expecting(rules: Rules, state: State, s: int) -> str:
    """What the cohorts of a segment expect and how they feel, those that still have customers."""
    told = [
        f"week {week} {state.hidden.expectation[s, week, 0] * 100:.0f} % (mood {signed(state.hidden.mood[s, week, 0])})"
        for week in range(rules.weeks + 1)
        if state.known.cohort[s, week, 0] >= 1.0
    ]
    return capital(f"cohorts expect: {'; '.join(told)}") if told else ""
