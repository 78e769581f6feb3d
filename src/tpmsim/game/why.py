"""Why a number is what it is: its causes between an old and a new value, in sums that add up as they are written."""

from collections.abc import Iterable, Sequence

from tpmsim.core.ledger import Entry
from tpmsim.core.observe import Observation
from tpmsim.game.pages import CauseRow, Sum, Why
from tpmsim.game.session import WeekReport
from tpmsim.game.standing import value
from tpmsim.game.view import View

STOPPED = ("kill", "sunset")
"""Ends with which a product loses its customers."""


def why(view: View, reports: Sequence[WeekReport], seen: Observation, entries: Iterable[Entry], name: str) -> Why:
    """The causes of a visible number, out of those of every change so far: this week, last week, over the run."""
    mine = [entry for entry in entries if entry.number == name]
    weeks = ((_so_far(seen), seen.week), (_week(seen.week - 1), seen.week - 1))
    sums = [_sum(view, name, title, mine, seen, week, wishes(view, reports, name, week)) for title, week in weeks]
    sums.append(_sum(view, name, "The whole run", mine, seen))
    return Why(
        number=name,
        title=view.figures.title(name),
        value=value(view, seen, name),
        says=view.figures.says(name),
        sums=tuple(one for one in sums if one is not None),
        more=(*_more(view, seen, name), *(() if mine else ("It has not changed yet.",))),
    )


def wishes(view: View, reports: Sequence[WeekReport], name: str, week: int) -> str:
    """What the appraisal of an ended week was about; empty for other numbers.

    Nor can it be told of the week in which a product was stopped: what is lost with it comes after the appraisal.
    """
    kind, _, person = name.partition(".")
    if kind != "satisfaction" or not 0 < week < len(reports) or reports[week].after.ended in STOPPED:
        return ""
    change = sum(one.change for one in reports[week].entries if (one.number, one.cause) == (name, "appraisal"))
    felt = view.people.felt(person, reports[week - 1].after, reports[week].after, glad=change > 0)
    return f"What they want ({felt})" if felt else "Feelings settling down"


def by_cause(view: View, entries: Iterable[Entry], wishes: str = "") -> dict[str, int]:
    """Changes summed by their cause in words; `wishes` are what an appraisal was about, where that is known."""
    summed: dict[str, int] = {}
    for entry in entries:
        words = wishes if entry.cause == "appraisal" and wishes else view.cause(entry.cause, entry.week)
        summed[words] = summed.get(words, 0) + entry.change
    return {words: change for words, change in summed.items() if change}


def _week(week: int) -> str:
    return f"Week {week}" if week > 0 else "Planning week"


def _so_far(seen: Observation) -> str:
    return f"{_week(seen.week)}{', so far' if seen.ended == 'nothing' else ''}"


def _sum(
    view: View,
    name: str,
    title: str,
    entries: list[Entry],
    seen: Observation,
    week: int | None = None,
    wishes: str = "",
) -> Sum | None:
    """The causes of a week, or of the whole run, between the old and the new value; None where there are none."""
    some = [entry for entry in entries if week in (None, entry.week)]
    if not some:
        return None
    figures, summed = view.figures, by_cause(view, some, wishes)
    later = sum(entry.change for entry in entries if week is not None and entry.week > week)
    end = seen.numbers[name] - later
    start = end - sum(summed.values())
    digits, signed = figures.digits(name, (start, end, *summed.values())), figures.figure(name).signed
    rows = (
        CauseRow(figures.bare(name, change, digits, True), words, figures.turn(name, change))
        for words, change in summed.items()
    )
    return Sum(title, figures.bare(name, start, digits, signed), tuple(rows), figures.bare(name, end, digits, signed))


def _more(view: View, seen: Observation, name: str) -> tuple[str, ...]:
    """What may lie behind a number besides its causes."""
    kind, _, person = name.partition(".")
    if kind == "satisfaction":
        return (f"{view.titles.person(person)} wants: {view.people.wants(person)}.",)
    return view.backlog.behind_sentiment(seen) if name == "sentiment" else ()
