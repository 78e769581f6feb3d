"""What authors may see: it is what the state holds and what the week then does; players never see it."""

import ast
from functools import cache
from pathlib import Path

import pytest

import tpmsim
from tpmsim.core.observe import observe
from tpmsim.core.week import advance
from tpmsim.game.insight import insight
from tpmsim.game.journal import Tip
from tpmsim.game.pages import Insight
from tpmsim.game.position import Position
from tpmsim.game.session import Session
from tpmsim.lab.policies.steady import STEADY
from tpmsim.lab.recorded import record_until
from tpmsim.scenario.library import open_scenario

SOURCE = Path(tpmsim.__file__).parent
MAY = {"tui/preview/table.py"}
"""Who may import it."""


@cache
def run(name: str, weeks: int) -> tuple[Session, tuple[Position, ...]]:
    """A run of the reference policy, and where it stood at the start of each of its first weeks."""
    session, stood = Session.start(open_scenario(name), "7"), []
    record_until(session, STEADY, lambda: bool(stood.append(session.position)) or session.position.week >= weeks)
    return session, tuple(stood)


def in_week(week: int, name: str = "first-product") -> Session:
    """A run of its own that stands at the start of a week."""
    session, stood = run(name, 9)
    return Session(session.loaded, session.header, None, Tip(1, "0" * 32), stood[min(week, len(stood) - 1)])


def facts(page: Insight, title: str):
    return next((part.facts for part in (*page.draws, *page.truth) if part.title == title), ())


def test_nobody_but_the_preview_sees_it() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if any(name in ("tpmsim.game.insight", "tpmsim.game.insight_draws") for name in names):
                found.add(path.relative_to(SOURCE).as_posix())
    assert found - {"game/insight.py"} == MAY


def test_looking_changes_nothing() -> None:
    session = in_week(3)
    before = session.position
    first = insight(session)
    assert session.position is before
    assert insight(session) == first


@pytest.mark.parametrize("name", ["first-product", "the-loud-whale"])
def test_cards_come_as_foretold(name: str) -> None:
    came = 0
    for week in range(8):
        session = in_week(week, name)
        told = facts(insight(session), "Cards")
        foretold = {one.about for one in told if one.seen.endswith("comes at the end of this week")}
        before = session.position.state.known.came
        after = advance(session.loaded.rules, session.position.state).known.came
        assert foretold == {card.id for e, card in enumerate(session.loaded.rules.cards) if after[e, 0] > before[e, 0]}
        for one in told:
            if one.about in foretold:
                chance, draw = (float(part.split()[1]) for part in one.seen.split(":")[0].replace(" %", "").split(", "))
                assert draw <= chance
        came += len(foretold)
    assert came


def test_an_intent_that_is_foretold_to_last_is_acted_on() -> None:
    session = in_week(5)
    told = {one.about: one.true for one in facts(insight(session), "What people will do")}
    state, rules = session.position.state, session.loaded.rules
    assert len(told) == len(rules.stakeholders)
    seen = observe(rules, state.known)
    for person, one in zip(seen.people, told.values(), strict=True):
        assert one.startswith(f"means {person.intent};")


def test_what_happens_if_the_week_ends_is_what_happens() -> None:
    found = 0
    for week in (0, 1, 2, 3):
        session = in_week(week)
        for move in session.legal_moves:
            if move.startswith("interview:"):
                session.play(move)
                break
        told = " ".join(one.true for one in facts(insight(session), "If the week ended now"))
        for event in session.end_week().events:
            if event.kind == "need-found":
                assert session.loaded.scenario.needs[event.subject].title.plain() in told
                found += 1
    assert found


def test_truth_stands_beside_the_belief() -> None:
    session = in_week(5)
    rules, truth = session.loaded.rules, session.position.state.truth
    told = facts(insight(session), "What needs are worth")
    assert len(told) == len(rules.segments) * len(rules.needs)
    assert f"{truth.worth[0, 0, 0]:+.2f}" in told[0].true
    inside = sum("inside" in one.seen for one in told)
    assert 0 < inside <= len(told)


def test_effort_rework_and_rivals() -> None:
    session = in_week(5)
    page = insight(session)
    truth, rules = session.position.state.truth, session.loaded.rules
    features = facts(page, "What features take")
    assert f"{truth.ratio[0, 0]:.2f} times the estimate" in features[0].true
    assert any("of rework not found yet" in one.seen for one in features)
    rivals = [one for one in facts(page, "The market") if "moves" in one.true]
    assert len(rivals) == len(rules.rivals)


def test_of_a_run_that_is_over_there_is_nothing_to_draw() -> None:
    session = in_week(99)
    page = insight(session)
    assert page.draws == ()
    assert page.truth
