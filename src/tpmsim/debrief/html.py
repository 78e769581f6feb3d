"""The report: one HTML file that opens without a network, in a browser and on paper. No script, no form, no resource.

Its chapters are the phases of a structured debrief. It is built as a tree of elements, so that all text is escaped; the
first thing in its head is a policy that would keep a browser from loading anything, if there were anything to load.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from tpmsim.debrief import charts
from tpmsim.debrief.html_parts import (
    assumed,
    by_event,
    causes,
    chapters,
    confidence,
    could_not_be_known,
    decided,
    discussed,
    ended,
    evidence,
    figure,
    inquired,
    options,
    played,
    weekly,
)
from tpmsim.debrief.sheet import Figure, Overview, Phase, Sheet
from tpmsim.debrief.tags import document, tag

STYLE = Path(__file__).with_name("page.css")

QUADRANTS = ("Deserved success", "Bad break", "Dumb luck", "Deserved setback")


def html(sheet: Sheet) -> str:
    """The report of a debrief."""
    title = f"Debrief: {sheet.overview.title}"
    body = tag("body", _header(sheet), tag("main", *_main(sheet)), _footer(sheet.overview))
    return document(title, STYLE.read_text(encoding="utf-8"), body)


def _header(sheet: Sheet) -> Element:
    top = sheet.overview
    whose = f" · {top.player}" if top.player else ""
    links = [tag("a", phase.title, href=f"#{phase.id}") for phase in sheet.phases]
    return tag(
        "header",
        tag("p", f"Debrief · seed {top.seed}{whose}", class_="kicker"),
        tag("h1", top.title),
        tag("nav", tag("a", "In short", href="#short"), *links, aria_label="Chapters"),
    )


def _main(sheet: Sheet) -> Iterator[Element]:
    yield tag("section", *_short(sheet.overview), id="short")
    chapters_of = {
        "reactions": _reactions,
        "description": _description,
        "analysis": _analysis,
        "application": _application,
    }
    for count, phase in enumerate(sheet.phases, start=1):
        yield tag("section", *_opening(phase, count), *chapters_of[phase.id](sheet), id=phase.id)


def _short(top: Overview) -> Iterator[Element]:
    yield tag(
        "div",
        tag("div", tag("h2", top.verdict), tag("p", top.means, class_="means")),
        _square(top.quadrant),
        class_="verdict",
    )
    yield tag("ul", *[tag("li", line) for line in top.story], class_="story")
    yield tag("dl", *[_tile(one) for one in top.figures], class_="figures")
    yield tag("p", f"Judged by {top.evaluator}. {top.caution}", class_="aside")


def _square(here: str) -> Element:
    """The four quadrants, with the one in which the run lies."""
    cells = [tag("div", name, **({"class_": "here"} if name == here else {})) for name in QUADRANTS]
    heads = [tag("p"), tag("p", "good result"), tag("p", "poor result")]
    rows = [tag("p", "sound decisions"), *cells[:2], tag("p", "poor decisions"), *cells[2:]]
    return tag("div", *heads, *rows, class_="square")


def _tile(one: Figure) -> Element:
    first, _, rest = one.value.partition(" [")
    span = tag("span", f" [{rest}", class_="span") if rest else None
    value, says = tag("dd", first, span, class_="value"), tag("dd", one.says, class_="says")
    return tag("div", tag("dt", one.title), value, says, class_="broad" if rest else "tile")


def _opening(phase: Phase, count: int) -> Iterator[Element]:
    yield tag("h2", tag("span", f"{count}", class_="count"), phase.title)
    yield tag("p", phase.says, class_="lead")
    yield tag("div", tag("ul", *[tag("li", one) for one in phase.prompts]), class_="prompts")


def _reactions(sheet: Sheet) -> Iterator[Element]:
    yield from ended(sheet.ending)
    yield from chapters(sheet)


def _description(sheet: Sheet) -> Iterator[Element]:
    says = (
        "What the evaluator expected of the run, from what could be known then. Within a week your decisions move it "
        "first, then luck."
    )
    yield figure(charts.curve(sheet.weeks, sheet.analysis.score), says)
    yield from weekly(sheet)
    yield tag("h3", "The numbers")
    small = [figure(charts.course(one, f"course-{place}")) for place, one in enumerate(sheet.series)]
    yield tag("div", *small, class_="small")
    yield from causes(sheet)
    yield from played(sheet)


def _analysis(sheet: Sheet) -> Iterator[Element]:
    says = "Decisions are summed by the stage in which they were taken. The steps add up to the result exactly."
    yield tag("h3", "From what was expected to the result")
    yield figure(charts.waterfall(sheet.falls), says)
    yield tag("h3", "Decisions")
    says = (
        "Points lost by each decision, with its 95 % interval. These are biased towards the one who judges; the sums "
        "in the picture above are not."
    )
    yield figure(charts.losses(sheet.decisions), says)
    yield from decided(sheet)
    yield from options(sheet)
    yield tag("h3", "Luck")
    yield figure(charts.luck(sheet.weeks), "What the end of each week brought beyond what was to be expected.")
    yield from by_event(sheet)
    yield from could_not_be_known(sheet)
    yield from confidence(sheet)
    yield from inquired(sheet)
    yield from evidence(sheet)


def _application(sheet: Sheet) -> Iterator[Element]:
    yield from discussed(sheet)
    yield from assumed(sheet)


def _footer(top: Overview) -> Element:
    return tag(
        "footer",
        tag("p", f"Made by tpmsim. Judged by {top.evaluator}. How to read it: docs/debrief.md of the program."),
    )
