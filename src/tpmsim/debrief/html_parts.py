"""Parts of the report as elements: tables, and what stands below their headings."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from tpmsim.debrief import charts
from tpmsim.debrief.sheet import DecisionRow, EvidenceRow, Sheet
from tpmsim.debrief.tags import Child, tag
from tpmsim.debrief.wording.evidence import HEADING
from tpmsim.debrief.wording.hidden import UNSEEN
from tpmsim.debrief.wording.signs import COMPARED, MARKS_MEAN
from tpmsim.game.pages import EndPage

Row = Sequence[Child]

NUMBERS = frozenset(
    (
        "loss",
        "then luck",
        "luck",
        "decisions",
        "expected",
        "points",
        "change",
        "worth",
        "value",
        "against yours",
        "futures",
        "chance",
        "chance after it",
    )
)
"""Heads of columns that stand at the right."""


def table(heads: Sequence[str], rows: Sequence[Row], kind: str = "stack", chosen: int | None = None) -> Element:
    """A table; on a narrow screen each row becomes a list with the heads before it."""
    head = tag("tr", *[tag("th", one, scope="col", class_=_class(one)) for one in heads])
    body = [
        tag("tr", *[_cell(one, cell) for one, cell in zip(heads, row, strict=True)], **_chosen(place == chosen))
        for place, row in enumerate(rows)
    ]
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body), class_=kind), class_="wide")


def _cell(head: str, cell: Child) -> Element:
    return tag("td", cell, data_label=head, class_=_class(head))


def _class(head: str) -> str:
    return "number" if head in NUMBERS else "when" if head == "week" else "text"


def _chosen(chosen: bool) -> dict[str, str]:
    return {"class_": "chosen"} if chosen else {}


def figure(picture: Element, says: str = "") -> Element:
    """A chart with its caption; without one its title serves."""
    title = picture[0].text or ""
    return tag("figure", picture, tag("figcaption", says or title))


def folded(says: str, *inside: Child, kind: str = "usual") -> Element:
    """Something that is opened by those who want it. On paper it is open, `fine` in small print, `deep` not there."""
    return tag("details", tag("summary", says), *inside, class_=kind)


def listed(items: Sequence[str], kind: str = "seen") -> Element:
    """Lines below each other."""
    return tag("ul", *[tag("li", one) for one in items], class_=kind)


# Reactions


def ended(page: EndPage) -> Iterator[Element]:
    """How the run ended, and the parts of the result."""
    yield tag("h3", f"How it ended: {page.title}")
    yield from (tag("p", one) for one in page.text)
    rows = [
        (f"{one.got:.1f} of {one.weight:.1f}", one.says, one.value, f"{one.worst} to {one.full}") for one in page.parts
    ]
    yield table(("points", "what for", "reached", "from nothing to full"), rows)


def chapters(sheet: Sheet) -> Iterator[Element]:
    """What the player noted while playing."""
    if sheet.chapters:
        yield tag("h3", "What you noted")
        for one in sheet.chapters:
            yield tag("blockquote", tag("p", tag("strong", f"{one.when}: "), one.text))


# Description


def weekly(sheet: Sheet) -> Iterator[Element]:
    """The two steps of each week, and what there was to see."""
    rows = [
        (one.when, f"{one.before:.1f}", one.gain, one.luck, listed(one.happened) if one.happened else "")
        for one in sheet.weeks
    ]
    yield folded(
        "The curve in numbers, and what happened in each week",
        table(("week", "expected", "decisions", "luck", "what happened"), rows),
    )


def causes(sheet: Sheet) -> Iterator[Element]:
    """Every visible number as the sum of its causes."""
    main = {one.number for one in sheet.series}
    yield tag("h3", "Why the numbers are what they are")
    says = "Each number from its first value to its last. The causes are exact: they add up as they are written."
    yield tag("p", says)
    for part in sheet.ledger:
        rows = [(one.change, one.words, one.turn, one.weeks, one.move) for one in part.rows]
        yield folded(
            f"{part.title}: {part.before} to {part.after}",
            tag("p", part.says, class_="aside"),
            table(("change", "cause", "which is", "weeks", "the move behind it"), rows),
            kind="usual" if part.number in main else "deep",
        )


def played(sheet: Sheet) -> Iterator[Element]:
    """What was done, week by week."""
    inside: list[Element] = []
    for one in sheet.log:
        inside += [tag("h4", one.title), listed(one.made or ("Nothing.",))]
    yield folded("What you did, week by week", *inside)


# Analysis


def decided(sheet: Sheet) -> Iterator[Element]:
    """The table of decisions: those with a mark first by themselves, all of them folded."""
    heads = ("week", "mark", "decision", "you chose", "best found", "loss", "then luck")
    notable = sheet.notable
    if notable:
        yield tag("h4", "Decisions with a mark")
        yield table(heads, [_decision(one) for one in notable])
    yield folded(f"All {len(sheet.decisions)} decisions", table(heads, [_decision(one) for one in sheet.decisions]))
    yield tag("p", MARKS_MEAN, class_="aside")


def _decision(one: DecisionRow) -> Row:
    return (one.when, _mark(one, f"{one.sign} {one.mark}"), one.asked, one.chose, one.best, one.loss, one.luck)


def _mark(one: DecisionRow, says: str) -> Element | None:
    kind = "good" if one.mark in ("only move", "good gamble") else "bad"
    return tag("span", says, class_=f"mark {kind}") if one.mark else None


def options(sheet: Sheet) -> Iterator[Element]:
    """The options of every decision where there was a choice."""
    if sheet.notable:
        yield tag("h4", "Their options")
        yield tag("p", COMPARED, class_="aside")
    yield from (_options(one) for one in sheet.notable)
    others = [_options(one) for one in sheet.decisions if one.counts and not one.notable]
    if others:
        yield folded("The options of all other decisions", *others, kind="deep")


def _options(one: DecisionRow) -> Element:
    heads = ("option", "value", "against yours", "futures")
    rows = [(_named(way.says, way.chosen, way.best), way.value, way.against, f"{way.futures}") for way in one.options]
    chosen = next((place for place, way in enumerate(one.options) if way.chosen), None)
    return tag(
        "div",
        tag("h4", _mark(one, one.sign), f"{one.when}: {one.asked}"),
        tag("p", one.says),
        table(heads, rows, chosen=chosen),
        class_="one",
    )


def _named(says: str, chosen: bool, best: bool) -> Element:
    marks = [tag("span", word, class_="badge") for word, on in (("chosen", chosen), ("best found", best)) if on]
    return tag("span", says, *marks)


def by_event(sheet: Sheet) -> Iterator[Element]:
    """The luck of each week by what was drawn, where that was asked for."""
    rows = [(one.when, chance.says, chance.shown) for one in sheet.weeks for chance in one.chances]
    if rows:
        yield tag("h4", "Luck by what was drawn")
        yield table(("week", "what was drawn", "points"), rows)


def could_not_be_known(sheet: Sheet) -> Iterator[Element]:
    """The hidden facts behind it, where it was much."""
    rows = [(one.when, fact.about, fact.true, fact.believed, fact.could) for one in sheet.weeks for fact in one.hidden]
    if rows:
        yield tag("h4", "What could not be known")
        yield tag("p", UNSEEN, class_="aside")
        yield table(("week", "what", "how it was", "what you could believe", "what could have told"), rows)


def confidence(sheet: Sheet) -> Iterator[Element]:
    """Promises and forecasts against what came."""
    page = sheet.calibration
    yield tag("h3", "How far your word can be believed")
    yield from (tag("p", one) for one in page.says)
    if page.bins:
        yield figure(charts.calibration(page.bins), "On the diagonal words are kept as often as they say.")
    for title, rows in (("promise", page.promises), ("forecast", page.ranges)):
        if rows:
            told = [(one.when, one.about, one.said, one.came) for one in rows]
            yield table(("week", title, "what you said", "what came"), told)


def inquired(sheet: Sheet) -> Iterator[Element]:
    """What each question to the market was worth."""
    if sheet.learned:
        yield tag("h3", "What asking was worth")
        says = (
            "How much a question raised the result to be expected before its answer was known, its price taken off. A "
            "question whose answer changes nothing that is done is worth nothing."
        )
        yield tag("p", says)
        rows = [(one.when, one.asked, one.price, one.worth, one.says) for one in sheet.learned]
        yield table(("week", "question", "price", "worth", "that is"), rows)


def evidence(sheet: Sheet) -> Iterator[Element]:
    """What decisions show of competencies."""
    page = sheet.evidence
    if not page.rows:
        return
    yield tag("h3", HEADING)
    yield from (tag("p", one) for one in page.says)
    told = [one for one in page.rows if one.enough]
    if told:
        yield figure(charts.evidence(told), "The chance that you have each, after all decisions that tell of it.")
    rows = [(one.title, one.held, one.chance, one.says) for one in page.rows]
    yield table(("competency", "decisions", "chance", "that is"), rows)
    yield folded("The decisions behind it", *[_observed(one) for one in page.rows if one.observed])


def _observed(one: EvidenceRow) -> Element:
    heads = ("week", "decision", "you chose", "it", "chance after it")
    rows = [(seen.when, seen.asked, seen.chose, seen.said, seen.chance) for seen in one.observed]
    return tag("div", tag("h4", one.title), table(heads, rows), class_="one")


# Application


def discussed(sheet: Sheet) -> Iterator[Element]:
    """The questions of the scenario, with the player's own numbers."""
    if sheet.questions:
        yield tag("h3", "Questions to talk about, and your numbers beside them")
    for one in sheet.questions:
        yield tag("div", tag("p", one.asks), listed(one.beside), class_="question")


def assumed(sheet: Sheet) -> Iterator[Element]:
    """What is assumed in the model in force."""
    yield tag("h3", "What is assumed")
    yield tag(
        "p",
        "The world of this run is a model. Most of its equations are published; these numbers are not, and with others "
        "the judgements above could be others.",
    )
    for part in sheet.assumptions:
        usual = any(one.usual for one in part.rows)
        heads = ("number", "value", *(("usual",) if usual else ()), "what it is")
        rows = [(one.name, one.value, *((one.usual,) if usual else ()), one.says) for one in part.rows]
        yield folded(
            f"{part.title} ({len(part.rows)})", tag("p", part.says, class_="aside"), table(heads, rows), kind="fine"
        )
