"""The scenario's questions for a discussion, each with the player's own numbers beside it.

A question is the author's free text. What stands beside it is found by what it speaks of: weeks that it names, people
and features by their titles, and matters by the stems below; where it speaks of none, what cost most stands there.
"""

import re
from collections.abc import Callable, Iterator

from tpmsim.core.observe import Observation
from tpmsim.debrief.sheet import QuestionRow, Sheet
from tpmsim.debrief.wording.points import label, sentence
from tpmsim.debrief.wording.told import Told
from tpmsim.game.events import Event
from tpmsim.game.session import WeekReport
from tpmsim.game.standing import LEAST
from tpmsim.game.wording.prose import counted, line_of, listed, shortened
from tpmsim.text import SafeText

MOST = 4
"""Lines beside a question."""

SAID = 90
"""Characters of a choice."""

Beside = Callable[[Told, Sheet], Iterator[str]]

_WEEK = re.compile(r"\b(?:week|woche) (\d+|one|two|three|twelve|eins|zwei)\b", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "twelve": 12, "eins": 1, "zwei": 2}


def questions(told: Told, sheet: Sheet) -> tuple[QuestionRow, ...]:
    """Every question of the scenario; its evidence is read off the other parts of the sheet."""
    return tuple(_question(told, sheet, one) for one in told.view.scenario.debrief.questions)


def _question(told: Told, sheet: Sheet, asks: SafeText) -> QuestionRow:
    text = line_of(asks)
    found = [*_weeks(told, text), *_named(told, text)]
    lower = text.lower()
    for stems, beside in TOPICS:
        if any(re.search(rf"\b{stem}", lower) for stem in stems):
            found += beside(told, sheet)
    found = list(dict.fromkeys(one for one in found if one)) or list(_costly(told, sheet))
    return QuestionRow(text, tuple(found[:MOST]))


# What is named


def _weeks(told: Told, text: str) -> Iterator[str]:
    for match in _WEEK.finditer(text):
        week = _NUMBERS.get(match[1].lower()) or int(match[1])
        yield from (_done(told, report) for report in told.past.all_reports if report.week == week)


def _done(told: Told, report: WeekReport) -> str:
    made = listed([told.view.label(move, report.week) for move in report.made]) or "nothing"
    return sentence(f"{label(report.week)}: {shortened(made, 2 * SAID)}")


def _named(told: Told, text: str) -> Iterator[str]:
    view, seen = told.view, told.past.seen
    for person in seen.people:
        name = view.titles.person(person.id)
        if re.search(rf"\b{re.escape(name)}\b", text):
            yield f"{name}: {'gone' if person.gone else _trust(told, person.id, seen)}"
    for one in told.analysis.decisions:
        title = view.titles.feature(one.about)
        if one.kind == "promise" and title in text:
            yield f"{label(one.week)}: {view.label(one.move, one.week)}."


def _trust(told: Told, person: str, seen: Observation) -> str:
    number = f"trust.{person}"
    if number not in seen.numbers:
        return "still there."
    first = told.past.all_reports[0].before.numbers[number]
    return f"trust {told.view.figures.step(number, first, seen.numbers[number])}."


# What matters are spoken of


def _asked(told: Told, sheet: Sheet) -> Iterator[str]:
    for one in sheet.learned[: MOST - 1]:
        yield f"{one.when}: {one.asked} ({one.price}), worth {one.worth} points."
    if not sheet.learned:
        yield "You asked the market nothing."


def _promised(told: Told, sheet: Sheet) -> Iterator[str]:
    for one in sheet.calibration.promises[: MOST - 1]:
        yield f"{one.about}: {one.said}, {one.came}."
    if not sheet.calibration.promises:
        yield "No word of a promise came due."


def _changed(name: str) -> Beside:
    """A visible number from its first value to its last, with its largest cause."""

    def beside(told: Told, sheet: Sheet) -> Iterator[str]:
        part = next((one for one in sheet.ledger if one.number == name), None)
        if part is not None and part.rows:
            first = part.rows[0]
            yield f"{part.title}: {part.before} to {part.after}. Largest cause: {first.words} ({first.change})."

    return beside


def _reported(told: Told, sheet: Sheet) -> Iterator[str]:
    """Reported progress before each vote of a gate, and what was found to be undone later."""
    for report in told.past.all_reports:
        if _events(report, "gate-refused", "stage") and "progress" in report.before.numbers:
            yield f"{label(report.week)}, at the gate: reported progress {_value(told, report)}."
    reopened = [one for report in told.past.all_reports for one in _events(report, "reopened")]
    if reopened:
        yield f"{counted(len(reopened), 'time')} something that was reported complete was found not to be."


def _value(told: Told, report: WeekReport) -> str:
    return told.view.figures.value("progress", report.before.numbers["progress"])


def _gates(told: Told, sheet: Sheet) -> Iterator[str]:
    for one in sheet.decisions:
        if told.analysis.decisions[one.number - 1].kind == "gate":
            yield f"{one.when}: {shortened(one.chose, SAID)} ({one.loss})."


def _broke(told: Told, sheet: Sheet) -> Iterator[str]:
    for report in told.past.all_reports:
        for event in _events(report, "incident"):
            yield f"{label(report.week)}: {told.view.event(event, report.after)}"


def _people(told: Told, sheet: Sheet) -> Iterator[str]:
    """Whose trust changed most, either way; and who left."""
    seen, first = told.past.seen, told.past.all_reports[0].before
    moved = {
        one.id: seen.numbers[f"trust.{one.id}"] - first.numbers[f"trust.{one.id}"]
        for one in seen.people
        if f"trust.{one.id}" in seen.numbers
    }
    figures = told.view.figures
    told_of = [name for name in moved if abs(figures.shown(f"trust.{name}", moved[name])) >= LEAST]
    order = sorted(told_of, key=lambda name: moved[name])
    for name in dict.fromkeys([*order[:1], *order[-1:]]):
        yield f"{told.view.titles.person(name)}: {_trust(told, name, seen)}"
    gone = [told.view.titles.person(one.id) for one in seen.people if one.gone]
    if gone:
        yield f"Left: {listed(gone)}."


def _stopping(told: Told, sheet: Sheet) -> Iterator[str]:
    written = [one for one in told.analysis.decisions if one.kind == "criteria"]
    for one in written:
        yield f"{label(one.week)}: {told.view.label(one.move, one.week)}."
    if not written:
        yield "You wrote down no kill criteria."


def _costly(told: Told, sheet: Sheet) -> Iterator[str]:
    order = sorted((one for one in sheet.decisions if one.counts), key=lambda one: -one.lost)
    for one in order[: MOST - 1]:
        yield f"{one.when}: {shortened(one.chose, SAID)} ({one.loss}); best found: {shortened(one.best, SAID)}."


def _events(report: WeekReport, *kinds: str) -> tuple[Event, ...]:
    return tuple(one for one in report.events if one.kind in kinds)


TOPICS: tuple[tuple[tuple[str, ...], Beside], ...] = (
    (("answers? changed", "asked? for", "belief", "notes of", "learn", "known\\b", "needs", "antwort"), _asked),
    (("word\\b", "promise", "dates?\\b", "sign\\b", "wort\\b", "versprech"), _promised),
    (("report", "per cent", "done'", "gemeldet"), _reported),
    (("gates?\\b", "yes\\b", "open\\b", "tor\\b"), _gates),
    (("serve", "customers?", "core\\b", "kunde", "gedient"), _changed("customers")),
    (("upkeep", "code\\b", "paying down", "built? on"), _changed("stars")),
    (("incident", "broke"), _broke),
    (("stop\\b", "closed?\\b"), _stopping),
    (("cost", "worth\\b", "gekostet"), _changed("cash")),
    (("whom\\b", "who\\b", "disappoint", "trust", "tell\\b", "wem\\b", "wer\\b"), _people),
    (("poster", "claim", "said\\b", "sentence"), _changed("sentiment")),
)
"""Stems by which a matter is known, in the languages of the shipped scenarios, and what stands beside it."""
