"""The reveal of a week that ended: what happened, which numbers changed and by what, and how the forecasts went."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tpmsim.core.ledger import Entry
from tpmsim.core.observe import Observation
from tpmsim.game.events import Event
from tpmsim.game.pages import Happening, Judgement, Reveal, Step
from tpmsim.game.records import Forecast
from tpmsim.game.session import WeekReport
from tpmsim.game.standing import LEAST
from tpmsim.game.view import View
from tpmsim.game.why import by_cause, wishes
from tpmsim.game.wording.prose import listed

OTHERS_LEAST = 2.0
"""Changes, in shown units, from which a number that is no main one is told."""

MOST_CAUSES = 3

QUIET = Happening("A quiet week.")


def reveal(view: View, reports: Sequence[WeekReport], forecasts: Iterable[tuple[int, Forecast]]) -> Reveal:
    """The last of these weeks, of which there must be one; of the forecasts of a number for it the last counts."""
    report = reports[-1]
    made = {one.name: one for week, one in forecasts if week == report.week}
    return Reveal(
        title="The planning week ends." if report.week == 0 else f"Week {report.week} ends.",
        happened=tuple(happened(view, report.events, report.after)) or (QUIET,),
        steps=tuple(_steps(view, reports)),
        judged=tuple(_judged(view, report.after, one) for one in made.values()),
    )


def happened(view: View, events: Iterable[Event], after: Observation) -> Iterator[Happening]:
    """What is worth a line of a week; answers of one segment together, the votes before what they decided."""
    where = ""
    for event in events:
        if event.kind == "belief":
            one = next(one for one in after.beliefs if (one.need, one.segment) == (event.subject, event.other))
            if one.answers:
                if event.other != where:
                    yield Happening(f"{view.titles.segment(event.other)} have answered:")
                where = event.other
                yield Happening(f"{view.titles.need(one.need)}: {view.backlog.judged(one)}", below=True)
            continue
        if event.kind in ("stage", "gate-refused") and after.gate_answer:
            yield Happening(view.votes(after))
        if not event.kind.startswith(("intends-", "card")) and not _idle(event.kind, event.subject, after):
            yield Happening(view.event(event, after))


def _idle(kind: str, who: str, after: Observation) -> bool:
    """Whether an act is not worth a line: somebody content who waits or talks."""
    mood = next((one.satisfaction for one in after.people if one.id == who), 0.0)
    return kind == "acted-loyalty" or (kind == "acted-voice" and mood >= 0.0)


def _steps(view: View, reports: Sequence[WeekReport]) -> Iterator[Step]:
    """Each number that changed; of the smaller ones those that moved by two and more."""
    by_number: dict[str, list[Entry]] = {}
    for entry in reports[-1].entries:
        by_number.setdefault(entry.number, []).append(entry)
    for name in view.all_numbers:
        entries = by_number.get(name, [])
        change = sum(entry.change for entry in entries)
        least = LEAST if name in view.main_numbers else OTHERS_LEAST
        if abs(view.figures.shown(name, change)) < least:
            continue
        new = reports[-1].after.numbers[name]
        summed = by_cause(view, entries, wishes(view, reports, name, len(reports) - 1))
        yield Step(
            number=name,
            title=view.figures.title(name),
            step=view.figures.step(name, new - change, new),
            causes=_main_causes(view, name, summed),
            turn=view.figures.turn(name, change),
        )


def _main_causes(view: View, name: str, summed: Mapping[str, int]) -> str:
    """The causes that matter most, largest first."""
    order = sorted(summed.items(), key=lambda one: -abs(one[1]))
    digits = 0 if abs(view.figures.shown(name, order[0][1])) >= 1.0 else 2
    main = [one for one in order[:MOST_CAUSES] if abs(view.figures.shown(name, one[1])) >= 0.5 * 10.0**-digits]
    parts = [f"{cause} {view.figures.bare(name, change, digits, True)}" for cause, change in main]
    return listed(parts) + ("" if len(main) == len(order) else ", and smaller causes")


def _judged(view: View, after: Observation, one: Forecast) -> Judgement:
    figures, name, came = view.figures, one.name, after.numbers[one.name]
    low, point, high = (figures.bare(name, value) for value in (one.low, one.point, one.high))
    said = f"{low} to {high}, most likely {point}"
    return Judgement(figures.title(name), said, figures.bare(name, came), one.low <= came <= one.high)
