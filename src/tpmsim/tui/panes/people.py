"""Everybody the run depends on: trust, wishes, intents, promises."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content

from tpmsim.core.observe import FeatureSeen, PersonSeen
from tpmsim.game.desk import Desk
from tpmsim.game.menus import group_menu
from tpmsim.game.wording.bonds import bonds, last_act, last_vote
from tpmsim.game.wording.course import outlook, promise
from tpmsim.game.wording.prose import capital, counted, listed
from tpmsim.tui.messages import AskWhy
from tpmsim.tui.panes.listed import Grid, Listed, moves_of
from tpmsim.tui.shown import BAD, OUTLOOK, QUIET, STRONG, WARN, cell, joined, line, lines
from tpmsim.tui.widgets.band import spark
from tpmsim.tui.widgets.choices import Line
from tpmsim.tui.widgets.rows import Column, Row, Rows


class People(Listed):
    """Everybody the run depends on: trust, wishes, intents, promises."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "ask_why", "why this trust", show=False)]

    def __init__(self) -> None:
        super().__init__(id="people")

    def grid(self, desk: Desk, wide: bool) -> Grid:
        shape = (
            Column("person", "who", 40 if wide else 22, 1),
            Column("trust", "trust of 100", 23, 1),
            Column("mood", "mood", 14 if wide else 13, 1),
            Column("intent", "means to", 18),
            *((Column("promised", "promised", 20),) if wide else ()),
        )
        return shape, tuple(Row(one.id, _cells(desk, one)[: len(shape)]) for one in desk.seen.people)

    def told(self, desk: Desk, row: str) -> Content:
        seen, view = desk.seen, desk.view
        one = next(one for one in seen.people if one.id == row)
        if one.gone:
            return joined(line(view.titles.introduced(row), STRONG), " has left.")
        ended = [(report.week, report.after) for report in desk.reports]
        return lines(
            joined(line(view.titles.introduced(row), STRONG), line(f"  wants {view.people.wants(row)}")),
            *_said(desk, row),
            *_because(desk, one),
            *_promises(desk, row),
            _pair("Trust so far", trust_so_far(desk, row, bool(getattr(self.app, "only_ascii", False)))),
            _pair("Did last", f"{last_act(row, ended)}; last vote: {last_vote(row, seen)}"),
            _pair("Talk", bonds(view.scenario, view.titles, row)),
        )

    def doable(self, desk: Desk, row: str) -> tuple[str, tuple[Line, ...]]:
        name = desk.view.titles.person(row)
        given = moves_of(group_menu(desk, "people", row))
        return f"What to do about {name}", given or (Line("", "Nothing just now", reason="no move is about them"),)

    def action_ask_why(self) -> None:
        """Ask for the causes of the present person's trust."""
        person = self.query_one(Rows).present
        if person:
            self.post_message(AskWhy(f"trust.{person}"))

    def describe(self, desk: Desk) -> str:
        here = [one for one in desk.seen.people if not one.gone]
        if not here:
            return "Everybody has left."
        view = desk.view
        least = min(here, key=lambda one: one.trust)
        harm = [view.titles.person(one.id) for one in here if view.people.warning(one.intent)]
        risky = sum(outlook(view.backlog, one, desk.seen).risky for one in desk.seen.features if one.due)
        trust = view.figures.value(f"trust.{least.id}", desk.seen.numbers[f"trust.{least.id}"])
        return (
            f"{counted(len(here), 'person', 'people')}; least trust: {view.titles.person(least.id)}, {trust}; "
            f"{listed(harm) or 'nobody'} about to do harm; {counted(risky, 'promise')} at risk."
        )


def trust_so_far(desk: Desk, person: str, ascii: bool = False) -> str:
    """The trust of somebody at the start and after each ended week, as blocks and in figures."""
    number, figures = f"trust.{person}", desk.view.figures
    weeks = [*(report.before for report in desk.reports[:1]), *(report.after for report in desk.reports)]
    if not weeks:
        return f"{figures.value(number, desk.seen.numbers[number])}; no week has ended yet"
    quanta = [seen.numbers[number] for seen in weeks]
    blocks = spark([figures.shown(number, value) for value in quanta], len(quanta), ascii, (0.0, 100.0))
    low, high = figures.bare(number, min(quanta)), figures.bare(number, max(quanta))
    ends = f"{figures.bare(number, quanta[0])} at first, {figures.bare(number, quanta[-1])} after the last week"
    return f"{blocks} {ends} (from {low} to {high})"


def _cells(desk: Desk, one: PersonSeen) -> tuple[Text, ...]:
    view, numbers = desk.view, desk.seen.numbers
    who = cell(view.titles.introduced(one.id))
    if one.gone:
        return (who, cell("has left", "dim"), cell(""), cell(""), cell(""))
    trust, mood = f"trust.{one.id}", f"satisfaction.{one.id}"
    harm = view.people.warning(one.intent)
    intent = view.people.intent(one.intent).removeprefix("means to ")
    bar = "#" * round(one.trust * 5)
    return (
        who,
        cell(f"{bar:-<5} {view.figures.bare(trust, numbers[trust])} {view.figures.word(trust, numbers[trust])}"),
        cell(f"{view.figures.bare(mood, numbers[mood], sign=True)} {view.figures.word(mood, numbers[mood])}"),
        cell(f"! {intent}" if harm else f"  {intent}", "bold" if harm else ""),
        cell(_owed(desk, one.id)),
    )


def _owed(desk: Desk, person: str) -> str:
    """How many promises somebody waits for, and how many of them are at risk."""
    owed = _promised(desk, person)
    risky = sum(outlook(desk.view.backlog, one, desk.seen).risky for one in owed)
    return (f"! {risky} of {len(owed)} at risk" if risky else f"+ {len(owed)} on course") if owed else ""


def _promised(desk: Desk, person: str) -> list[FeatureSeen]:
    return [one for one in desk.seen.features if one.due and one.to == person]


def _because(desk: Desk, one: PersonSeen) -> Iterator[Content]:
    """Why they mean to do what they mean to do, and what they owe."""
    people = desk.view.people
    why, owes = people.because(one), "; owes you a yes at the next gate" if one.backing else ""
    then = people.meant(one)
    if why or owes or then:
        intent = people.intent(one.intent).removeprefix("means to ")
        yield _pair("Intent", f"{intent}{f' ({why})' if why else ''}{f', {then}' if then else ''}{owes}")


def _promises(desk: Desk, person: str) -> Iterator[Content]:
    owed = _promised(desk, person)
    for one in owed:
        sign = outlook(desk.view.backlog, one, desk.seen).sign
        yield joined(line("Promised: ", QUIET), line(promise(desk.view.backlog, one, desk.seen), OUTLOOK[sign]))
    if not owed:
        yield _pair("Promised", "nothing")


def _said(desk: Desk, person: str) -> Iterator[Content]:
    """What they say now: the card that waits, else their words in the inbox."""
    for message in desk.inbox():
        if message.person == person and message.kind in ("card", "voice"):
            asks = " (waits for an answer)" if message.kind == "card" else ""
            yield joined(line("Heard: ", QUIET), line(message.text, BAD if message.warns else ""), line(asks, WARN))


def _pair(what: str, text: str) -> Content:
    return joined(line(f"{capital(what)}: ", QUIET), line(text))
