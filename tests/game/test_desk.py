"""The pages of a run: what they say adds up, nothing is left out, and reading changes nothing."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from chosen import USUAL
from tpmsim.core.observe import Observation
from tpmsim.game.desk import Desk
from tpmsim.game.menus import Menu, answers, group_menu, home
from tpmsim.game.pages import GateItem, Message, NumberRow, Reveal, Why
from tpmsim.game.session import Session, WeekReport
from tpmsim.game.standing import LEAST
from tpmsim.game.why import wishes
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText

SCENARIOS = (USUAL, "the-loud-whale")
POLICIES = ("naive", "random")
SEED = "K7Q2-MX4D"


@dataclass(frozen=True)
class Look:
    """All pages after a week, and what they were made from."""

    seen: Observation
    report: WeekReport
    over: bool
    inbox: tuple[Message, ...]
    numbers: tuple[NumberRow, ...]
    whys: tuple[Why, ...]
    reveal: Reveal
    gate: tuple[GateItem, ...]


class Watched(Session):
    """A session that is looked at whenever a week has ended."""

    looks: tuple[Look, ...] = ()

    def end_week(self) -> WeekReport:
        report = super().end_week()
        desk = Desk(self)
        look = Look(
            seen=self.observation,
            report=report,
            over=desk.over,
            inbox=desk.inbox(),
            numbers=desk.numbers(),
            whys=tuple(desk.why(name) for name in desk.view.all_numbers),
            reveal=desk.reveal(),
            gate=desk.gate(),
        )
        self.looks = (*self.looks, look)
        return report


@cache
def loaded(name: str) -> Loaded:
    return open_scenario(name)


@cache
def played(name: str, policy: str) -> Watched:
    session = Watched.start(loaded(name), SEED)
    record(session, get_policy(policy))
    return session


def looks() -> tuple[tuple[Desk, Look], ...]:
    runs = [played(name, policy) for name in SCENARIOS for policy in POLICIES]
    return tuple((Desk(run), look) for run in runs for look in run.looks)


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def test_an_appraisal_is_not_told_by_what_was_lost_when_the_product_was_stopped() -> None:
    """Customers are worth nothing to anybody once it is over; how they were before that moved the mood."""
    told = 0
    for name in SCENARIOS:
        run = played(name, "naive")
        desk, moods = Desk(run), [f"satisfaction.{one}" for one in run.loaded.rules.stakeholders]
        last = len(desk.reports) - 1
        for ended in ("time", "kill"):
            reports = [
                *desk.reports[:-1],
                replace(desk.reports[-1], after=replace(desk.reports[-1].after, ended=ended)),
            ]
            words = [wishes(desk.view, reports, mood, last) for mood in moods]
            assert any(words) == (ended == "time")
            told += sum(map(bool, words))
    assert told > 0


def test_what_moved_a_mood_moved_it_the_same_way() -> None:
    """A mood that rose is not told by a wish that went worse, and what is said of the plan is so."""
    told = 0
    for name in SCENARIOS:
        run = played(name, "naive")
        desk = Desk(run)
        for person in run.loaded.rules.stakeholders:
            mood = f"satisfaction.{person}"
            for week in range(1, len(desk.reports)):
                before, report = desk.reports[week - 1].after, desk.reports[week]
                words = wishes(desk.view, desk.reports, mood, week)
                change = sum(one.change for one in report.entries if (one.number, one.cause) == (mood, "appraisal"))
                if change:
                    assert (": worse" if change > 0 else ": better") not in words
                    told += ":" in words
                for old, new in zip(before.features, report.after.features, strict=True):
                    if bool(old.committed) != bool(new.committed):
                        title = desk.view.titles.feature(new.id)
                        assert f"{title} {'out of' if new.committed else 'in'} the plan" not in words
    assert told > 20


def test_every_sum_adds_up_as_it_is_written() -> None:
    sums = 0
    for _, look in looks():
        for why in look.whys:
            assert why.sums or why.more[-1] == "It has not changed yet."
            for one in why.sums:
                assert figure(one.before) + sum(figure(row.change) for row in one.rows) == figure(one.after), one
                sums += 1
    assert sums > 100


def test_the_last_sum_of_a_number_ends_where_the_number_stands() -> None:
    for desk, look in looks():
        for why in look.whys:
            if why.sums:
                shown = desk.view.figures.shown(why.number, look.seen.numbers[why.number])
                assert float(figure(why.sums[-1].after)) == pytest.approx(shown, abs=1e-3)
                assert why.sums[-1].title == "The whole run"


def test_a_cause_is_judged_once() -> None:
    rows = [row for _, look in looks() for why in look.whys for one in why.sums for row in one.rows]
    assert not [row for row in rows if not row.judged.endswith((f" ({row.turn.word})", f": {row.turn.word})"))]
    assert not [row for row in rows if row.judged.endswith(f": {row.turn.word}) ({row.turn.word})")]
    assert {row.turn.word for row in rows} == {"better", "worse"}


def test_the_inbox_tells_of_every_card_and_everybody_who_means_harm() -> None:
    for desk, look in looks():
        assert [one.card for one in look.inbox if one.kind == "card"] == list(look.seen.cards)
        assert all(one.person in desk.view.scenario.stakeholders for one in look.inbox if one.kind == "card")
        harm = {one.id for one in look.seen.people if not one.gone and desk.view.people.warning(one.intent)}
        told = {one.person for one in look.inbox if one.kind == "voice" and one.warns}
        assert told == (set() if look.over else harm)
    kinds = {one.kind for _, look in looks() for one in look.inbox}
    assert {"card", "voice", "due"} <= kinds


def test_what_is_blocked_and_what_is_ready_is_told() -> None:
    session = Session.start(loaded("first-product"), SEED)
    desk = Desk(session)
    session.end_week()
    for move in ("target:cafes", "problem:swap", "gate:research/leap"):
        session.play(move)
    session.end_week()
    assert {one.kind for one in desk.inbox()} == {"card", "voice"}
    session.play("commit:fair_weeks/aim/in3")
    last = {one.kind: one for one in desk.inbox()}
    assert last["blocked"].text == "Nobody can work on Fair weekends: it waits for Swap board, not in the plan."
    assert last["blocked"].warns
    assert not last["ready"].warns
    assert all(one.met for one in desk.gate())


def test_the_reveal_names_every_main_number_that_changed() -> None:
    for desk, look in looks():
        named = {step.number for step in look.reveal.steps}
        for number in desk.view.main_numbers:
            change = sum(entry.change for entry in look.report.entries if entry.number == number)
            if abs(desk.view.figures.shown(number, change)) >= LEAST:
                assert number in named
        assert look.reveal.happened
        assert all(step.turn.word in step.step and step.causes for step in look.reveal.steps)
        assert look.reveal.title == f"Week {look.report.week} ends." or look.report.week == 0


def test_the_change_of_a_number_is_the_one_of_the_reveal() -> None:
    for _, look in looks():
        rows = {row.id: row for row in look.numbers}
        assert [row.main for row in look.numbers] == sorted((row.main for row in look.numbers), reverse=True)
        for step in look.reveal.steps:
            assert f", {rows[step.number].change}, {step.turn.word}" in step.step
            assert rows[step.number].turn == step.turn


def test_before_the_first_week_has_ended_no_number_has_changed() -> None:
    desk = Desk(Session.start(loaded("first-product"), SEED))
    assert all(row.turn is None and row.change == "" for row in desk.numbers())
    assert {row.id: row.value for row in desk.numbers()}["sentiment"] == "nobody to ask yet"
    assert desk.log() == ()
    assert desk.title == "First Product"
    assert desk.brief


def test_the_gate_asks_for_what_is_observed() -> None:
    for desk, look in looks():
        assert [one.met for one in look.gate] == list(look.seen.requirements.values())
        says = [desk.view.requirement(look.seen.stage, item) for item in look.seen.requirements]
        assert [one.says for one in look.gate] == says
    assert any(look.gate for _, look in looks())


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("policy", POLICIES)
def test_the_parts_of_the_ending_sum_to_the_points(name: str, policy: str) -> None:
    page = Desk(played(name, policy)).ending()
    assert sum(part.got for part in page.parts) == pytest.approx(page.points, abs=0.051)
    assert sum(part.weight for part in page.parts) == pytest.approx(100.0)
    assert all(-0.051 <= part.got <= part.weight + 0.051 for part in page.parts)
    assert page.title
    assert page.text


def test_the_log_holds_the_moves_after_a_resume_too(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(loaded("first-product"), SEED, path) as session:
        session.play("interview:cafes")
        session.end_week()
        session.play("interview:clinics")
        session.note(SafeText.clean("why\nnot"))
        told = Desk(session).log()
    with Session.resume(path) as session:
        assert Desk(session).log() == told
    assert [week.title for week in told] == ["Planning week", "Week 1"]
    assert [len(week.made) for week in told] == [1, 1]
    assert told[0].happened
    assert told[1].notes == ("why not",)


def test_forecasts_are_judged() -> None:
    session = Session.start(loaded("first-product"), SEED)
    session.end_week()
    cash = session.observation.numbers["cash"]
    session = Session.start(loaded("first-product"), SEED)
    session.forecast("cash", cash, cash, cash)
    session.forecast("customers", 0, 0, 0)
    session.forecast("customers", 100, 200, 300)
    session.end_week()
    judged = Desk(session).reveal().judged
    assert [one.within for one in judged] == [True, False]
    assert judged[0].title == "Cash"


def test_what_is_said_after_a_move() -> None:
    session = Session.start(loaded("first-product"), SEED)
    desk = Desk(session)
    session.play("interview:cafes")
    assert desk.made == ("interview:cafes",)
    assert desk.after_move("interview:cafes") == (f"Done: Interview Cafés and bars. {desk.seen.hours:g} h left.",)
    assert "when the week ends" in desk.after_move("gate:research/go")[1]
    assert desk.after_move("answer:mill_street/later")[0] == 'You: "Not now."'


def test_a_hint_goes_once_it_was_followed() -> None:
    session = Session.start(loaded("first-product"), SEED)
    desk = Desk(session)
    assert [name for name, _ in desk.hints()] == ["planning"]
    session.play("interview:cafes")
    assert [name for name, _ in desk.hints()] == ["left_over"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_menus_lead_to_every_move_that_is_worth_a_line(name: str) -> None:
    desk = Desk(Session.start(loaded(name), SEED))
    entries, refused = set(), {}
    menus = [home(desk)]
    while menus:
        menu = menus.pop()
        refused.update({one.move: one.reason for one in menu.refused})
        for entry in menu.entries:
            assert bool(entry.move) == bool(entry.price)
            entries.add(entry.move)
            if not entry.move:
                below = group_menu(desk, *entry.opens)
                assert below is not None
                menus.append(below)
    legal = {choice.id for choice in desk.choices if choice.legal}
    assert entries - {""} == legal
    reasons = {choice.id: choice.reason for choice in desk.choices}
    assert refused
    assert all(reason == reasons[move] for move, reason in refused.items())


def test_reading_never_changes_the_run() -> None:
    session = Session.start(loaded("first-product"), SEED)
    desk = Desk(session)
    for _ in range(2):
        read_all(desk, session)
        session.play("interview:cafes")
        read_all(desk, session)
        session.end_week()
    finished = played("first-product", "naive")
    read_all(Desk(finished), finished)


def read_all(desk: Desk, session: Session) -> None:
    """Read every page twice; it says the same and the run stays as it was."""
    position, entries, known = session.position, session.position.entries, repr(session.position.state)
    assert pages_of(desk) == pages_of(desk)
    assert session.position is position
    assert session.position.entries == entries
    assert repr(session.position.state) == known
    assert not session.pending
    assert desk.seen == session.observation
    assert desk.choices == session.choices


def pages_of(desk: Desk) -> list[object]:
    menu: Menu | None = home(desk)
    told: list[object] = [desk.inbox(), desk.numbers(), desk.log(), desk.gate(), desk.hints(), desk.week, menu]
    told += [desk.why(name) for name in desk.view.all_numbers]
    told += [answers(desk, card) for card in desk.seen.cards]
    told += [desk.after_move(choice.id) for choice in desk.choices]
    return [*told, *([desk.reveal()] if desk.reports else []), *([desk.ending()] if desk.over else [])]


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_counts_at_the_end_is_told_as_it_stands(name: str) -> None:
    """At the end of a run the value of now is the one that was judged."""
    desk = Desk(played(name, "naive"))
    judged = [part.value.removesuffix(", taken as +0") for part in desk.ending().parts]
    assert [one.now for one in desk.goals] == judged
    first = Desk(Session.start(loaded(name), SEED)).goals
    assert all(one.line.endswith(f", now {one.now}") and one.now for one in first)
