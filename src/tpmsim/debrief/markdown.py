"""The debrief as Markdown: the same chapters as the report, in text that survives every renderer.

Every word goes through `safe`, whether a stranger wrote it or not: it becomes no markup, no HTML, no link, no image,
and stays on its line.
"""

import re
from collections.abc import Iterator, Sequence

from tpmsim.debrief import text_charts
from tpmsim.debrief.sheet import DecisionRow, Sheet
from tpmsim.debrief.wording.evidence import HEADING
from tpmsim.debrief.wording.hidden import UNSEEN
from tpmsim.debrief.wording.signs import COMPARED, MARKS_MEAN

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$])")
_LINKED = re.compile(r":(?=//|\w)")
_BEGINS = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])(?=[-=\s]|$)")
JOINER = "&#8288;"
"""Nothing to see: what stands before `@` is no address any more."""


def safe(text: str) -> str:
    """A text as it is written in Markdown, so that it reads as itself."""
    line = " ".join(text.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _LINKED.sub(r"\\:", _SPECIAL.sub(r"\\\1", line))
    line = re.sub(r"\bwww\.", r"www\\.", line, flags=re.IGNORECASE).replace("@", f"{JOINER}@")
    return _BEGINS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def markdown(sheet: Sheet) -> str:
    """The debrief as a page."""
    return "\n\n".join(_blocks(sheet)) + "\n"


def _blocks(sheet: Sheet) -> Iterator[str]:
    top = sheet.overview
    yield f"# Debrief: {safe(top.title)}"
    yield safe(f"Seed {top.seed}{f', {top.player}' if top.player else ''}")
    yield f"**{safe(top.verdict)}.** {safe(top.means)}"
    yield _list(top.story)
    yield _table(("", "", "what it is"), [(one.title, one.value, one.says) for one in top.figures])
    yield safe(f"Judged by {top.evaluator}. {top.caution}")
    chapters = {
        "reactions": _reactions,
        "description": _description,
        "analysis": _analysis,
        "application": _application,
    }
    for count, phase in enumerate(sheet.phases, start=1):
        yield f"## {count}. {safe(phase.title)}"
        yield f"*{safe(phase.says)}*"
        yield _list(phase.prompts)
        yield from chapters[phase.id](sheet)


def _reactions(sheet: Sheet) -> Iterator[str]:
    page = sheet.ending
    yield f"### How it ended: {safe(page.title)}"
    yield from (safe(one) for one in page.text)
    rows = [
        (f"{one.got:.1f} of {one.weight:.1f}", one.says, one.value, f"{one.worst} to {one.full}") for one in page.parts
    ]
    yield _table(("points", "what for", "reached", "from nothing to full"), rows)
    if sheet.chapters:
        yield "### What you noted"
        yield _list([f"{one.when}: {one.text}" for one in sheet.chapters])


def _description(sheet: Sheet) -> Iterator[str]:
    yield "### The expected result, week by week"
    yield "D: your decisions moved it. L: luck did."
    drawn = text_charts.curve(sheet.weeks, sheet.analysis.score)
    yield "\n".join(f"    {line}" for line in drawn)
    rows = [(one.when, f"{one.before:.1f}", one.gain, one.luck, " / ".join(one.happened)) for one in sheet.weeks]
    yield _table(("week", "expected", "decisions", "luck", "what happened"), rows)
    yield "### Why the numbers are what they are"
    for part in sheet.ledger:
        yield f"#### {safe(f'{part.title}: {part.before} to {part.after}')}"
        yield _table(
            ("change", "cause", "which is", "weeks", "the move behind it"),
            [(one.change, one.words, one.turn, one.weeks, one.move) for one in part.rows],
        )
    yield "### What you did"
    yield _list([f"{one.title}: {'; '.join(one.made) or 'nothing'}" for one in sheet.log])


def _analysis(sheet: Sheet) -> Iterator[str]:
    yield "### From what was expected to the result"
    yield _table(("step", "points"), [(one.says, one.shown) for one in sheet.falls])
    yield "### Decisions"
    yield _table(
        ("week", "mark", "decision", "you chose", "best found", "loss", "then luck"),
        [_decision(one) for one in sheet.decisions],
    )
    yield safe(MARKS_MEAN)
    if sheet.notable:
        yield safe(COMPARED)
    for one in sheet.notable:
        yield f"#### {safe(f'{one.sign} {one.when}: {one.asked}')}"
        yield safe(one.says)
        rows = [
            (_named(way.says, way.chosen, way.best), way.value, way.against, f"{way.futures}") for way in one.options
        ]
        yield _table(("option", "value", "against yours", "futures"), rows)
    drawn = [(one.when, chance.says, chance.shown) for one in sheet.weeks for chance in one.chances]
    if drawn:
        yield "### Luck by what was drawn"
        yield _table(("week", "what was drawn", "points"), drawn)
    unseen = [
        (one.when, fact.about, fact.true, fact.believed, fact.could) for one in sheet.weeks for fact in one.hidden
    ]
    if unseen:
        yield "### What could not be known"
        yield safe(UNSEEN)
        yield _table(("week", "what", "how it was", "what you could believe", "what could have told"), unseen)
    yield from _confidence(sheet)
    yield from _evidence(sheet)


def _decision(one: DecisionRow) -> Sequence[str]:
    return (one.when, f"{one.sign} {one.mark}".strip(), one.asked, one.chose, one.best, one.loss, one.luck)


def _named(says: str, chosen: bool, best: bool) -> str:
    marks = [word for word, on in (("chosen", chosen), ("best found", best)) if on]
    return f"{says} ({', '.join(marks)})" if marks else says


def _confidence(sheet: Sheet) -> Iterator[str]:
    page = sheet.calibration
    yield "### How far your word can be believed"
    yield from (safe(one) for one in page.says)
    for title, rows in (("promise", page.promises), ("forecast", page.ranges)):
        if rows:
            yield _table(
                ("week", title, "what you said", "what came"),
                [(one.when, one.about, one.said, one.came) for one in rows],
            )
    if sheet.learned:
        yield "### What asking was worth"
        yield _table(
            ("week", "question", "price", "worth", "that is"),
            [(one.when, one.asked, one.price, one.worth, one.says) for one in sheet.learned],
        )


def _evidence(sheet: Sheet) -> Iterator[str]:
    page = sheet.evidence
    if page.rows:
        yield f"### {HEADING}"
        yield from (safe(one) for one in page.says)
        yield _table(
            ("competency", "decisions", "chance", "that is"),
            [(one.title, one.held, one.chance, one.says) for one in page.rows],
        )
        yield _table(
            ("competency", "week", "decision", "you chose", "it", "chance after it"),
            [
                (one.title, seen.when, seen.asked, seen.chose, seen.said, seen.chance)
                for one in page.rows
                for seen in one.observed
            ],
        )


def _application(sheet: Sheet) -> Iterator[str]:
    if sheet.questions:
        yield "### Questions to talk about, and your numbers beside them"
    for one in sheet.questions:
        yield f"**{safe(one.asks)}**"
        yield _list(one.beside)
    yield "### What is assumed"
    for part in sheet.assumptions:
        yield f"#### {safe(part.title)}"
        yield safe(part.says)
        yield _table(
            ("number", "value", "usual", "what it is"),
            [(one.name, one.value, one.usual, one.says) for one in part.rows],
        )


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {safe(one)}" for one in lines)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads)]
    body = [[safe(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [*lines, *body])
