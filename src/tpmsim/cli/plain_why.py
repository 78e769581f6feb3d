"""What happened in plain mode, and why: the reveal of a week, the causes of a number, the log."""

from collections.abc import Iterable, Iterator, Mapping

from tpmsim.cli.plain_pages import value_text
from tpmsim.core.ledger import Entry
from tpmsim.core.observe import Observation
from tpmsim.game.events import Event
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.prose import line_of, listed


def reveal(view: View, session: Session) -> list[str]:
    """The week that ended, line by line, then the numbers with their causes."""
    report = session.reports[-1]
    after = report.after
    ended = "The planning week ends." if report.week == 0 else f"Week {report.week} ends."
    told = [_bullet(line) for line in happened(view, report.events, after)]
    figures = _changes(view, session)
    return [f"--- {ended} ---", *(told or ["  - A quiet week."]), *(["What changed:"] if figures else []), *figures]


def happened(view: View, events: Iterable[Event], after: Observation) -> Iterator[str]:
    """What is worth a line of a week; answers of one segment together, the votes before what they decided."""
    where = ""
    for event in events:
        if event.kind == "belief":
            one = next(one for one in after.beliefs if (one.need, one.segment) == (event.subject, event.other))
            if one.answers:
                if event.other != where:
                    yield f"{view.titles.segment(event.other)} have answered:"
                where = event.other
                yield f"  {view.titles.need(one.need)}: {view.backlog.judged(one)}"
            continue
        if event.kind in ("stage", "gate-refused") and after.gate_answer:
            yield view.votes(after)
        if not event.kind.startswith(("intends-", "card")) and not _idle(event.kind, event.subject, after):
            yield view.event(event, after)


def _bullet(line: str) -> str:
    """A line of what happened; one that belongs to the line above is set below it."""
    return f"    {line}" if line.startswith(" ") else f"  - {line}"


def _idle(kind: str, who: str, after: Observation) -> bool:
    """Whether an act is not worth a line: somebody content who waits or talks."""
    mood = next((one.satisfaction for one in after.people if one.id == who), 0.0)
    return kind == "acted-loyalty" or (kind == "acted-voice" and mood >= 0.0)


def _changes(view: View, session: Session) -> list[str]:
    """Each number that changed in the last week; of the smaller ones those that moved by two and more."""
    by_number: dict[str, list[Entry]] = {}
    after = session.reports[-1].after
    for entry in session.reports[-1].entries:
        by_number.setdefault(entry.number, []).append(entry)
    told = []
    for name in view.all_numbers:
        causes = by_number.get(name, [])
        change = sum(entry.change for entry in causes)
        least = 0.005 if name in view.main_numbers else 2.0
        if abs(view.figures.shown(name, change)) < least:
            continue
        new = after.numbers[name]
        wishes = _wishes(view, session, name, len(session.reports) - 1)
        step = view.figures.step(name, new - change, new)
        told.append(f"    {view.figures.title(name)} {step}: {_main_causes(view, name, causes, wishes)}")
    return told


def _wishes(view: View, session: Session, name: str, row: int) -> str:
    """What an appraisal of the week of a report was about; empty for other numbers."""
    kind, _, person = name.partition(".")
    if kind != "satisfaction" or not 0 < row < len(session.reports):
        return ""
    felt = view.people.felt(person, session.reports[row - 1].after, session.reports[row].after)
    return f"What they want ({felt})" if felt else "Feelings settling down"


def _main_causes(view: View, name: str, entries: list[Entry], wishes: str) -> str:
    """The causes that matter most, largest first."""
    summed = _by_cause(view, entries, wishes)
    order = sorted(summed.items(), key=lambda one: -abs(one[1]))
    digits = 0 if abs(view.figures.shown(name, order[0][1])) >= 1.0 else 2
    main = [one for one in order[:3] if abs(view.figures.shown(name, one[1])) >= 0.5 * 10.0**-digits]
    parts = [f"{cause} {view.figures.bare(name, change, digits, True)}" for cause, change in main]
    return listed(parts) + ("" if len(main) == len(order) else ", and smaller causes")


def _by_cause(view: View, entries: Iterable[Entry], wishes: str = "") -> dict[str, int]:
    """Changes summed by their cause in words; `wishes` are what an appraisal was about, where that is known."""
    summed: dict[str, int] = {}
    for entry in entries:
        words = view.cause(entry.cause, entry.week)
        if entry.cause == "appraisal" and wishes:
            words = wishes
        summed[words] = summed.get(words, 0) + entry.change
    return {words: change for words, change in summed.items() if change}


def why(view: View, session: Session, name: str) -> list[str]:
    """The causes of a number: this week, last week, and over the run; each list adds up exactly."""
    seen, week = session.observation, session.position.week
    entries = [entry for entry in session.position.entries if entry.number == name]
    now = seen.numbers[name]
    told = [f"{view.figures.title(name)}: {value_text(view, name, seen)}. {view.figures.says(name)}"]
    last = f"Week {week - 1}:" if week > 1 else "Planning week:"
    parts = (
        (f"Week {week}{'' if seen.ended != 'nothing' else ', so far'}:", week),
        (last, week - 1),
        ("The whole run:", None),
    )
    for title, when in parts:
        some = [entry for entry in entries if when in (None, entry.week)]
        wishes = "" if when is None else _wishes(view, session, name, when)
        if some:
            told += [title, *_sum(view, name, some, _start(entries, some, now), wishes)]
    kind, _, person = name.partition(".")
    if kind == "satisfaction":
        told.append(f"{view.titles.person(person)} wants: {view.people.wants(person)}.")
    if name == "sentiment":
        told += view.backlog.behind_sentiment(seen)
    return told if entries else [*told, "It has not changed yet."]


def _start(entries: list[Entry], some: list[Entry], now: int) -> int:
    """What the number was before these causes, which lie side by side among all of them."""
    last = max(place for place, entry in enumerate(entries) if entry == some[-1])
    later = entries[last + 1 :]
    return now - sum(entry.change for entry in later) - sum(entry.change for entry in some)


def _sum(view: View, name: str, entries: list[Entry], start: int, wishes: str) -> list[str]:
    """A list of causes between the old and the new value."""
    figures = view.figures
    summed = _by_cause(view, entries, wishes)
    end = start + sum(summed.values())
    digits = figures.digits(name, (start, end, *summed.values()))
    width = max(len(figures.bare(name, one, digits, True)) for one in (start, end, *summed.values()))

    def line(value: int, text: str, sign: bool = True) -> str:
        return f"  {figures.bare(name, value, digits, sign):>{width}}  {text}"

    signed = figures.figure(name).signed
    causes = [line(change, _turned(words, figures.turn(name, change).word)) for words, change in summed.items()]
    return [line(start, "before", signed), *causes, line(end, "after", signed)]


def _turned(words: str, word: str) -> str:
    """A cause with whether it is for the better, once."""
    return words if words.endswith((": better)", ": worse)")) else f"{words} ({word})"


def judged(view: View, after: Observation, forecasts: Mapping[str, tuple[int, int, int]]) -> list[str]:
    """How the forecasts of the week went."""
    told = []
    figures = view.figures
    for name, (low, point, high) in forecasts.items():
        came = after.numbers[name]
        verdict = "within" if low <= came <= high else "outside"
        said = f"{figures.bare(name, low)} to {figures.bare(name, high)}, most likely {figures.bare(name, point)}"
        told.append(f"  You forecast {figures.title(name)} at {said}. It is {figures.bare(name, came)}: {verdict}.")
    return told


def log(view: View, session: Session, made: dict[int, list[str]]) -> list[str]:
    """What was done and what happened, week by week."""
    told = ["Log:"]
    weeks = {report.week: report for report in session.reports}
    for week in sorted({*weeks, *made, *(week for week, _ in session.notes)}):
        told.append(f"  {'Planning week' if week == 0 else f'Week {week}'}")
        told += [f"    - you: {view.label(move, week)}" for move in made.get(week, ())]
        if week in weeks:
            after = weeks[week].after
            told += [f"  {_bullet(line)}" for line in happened(view, weeks[week].events, after)]
        told += [f"    - note: {line_of(text)}" for when, text in session.notes if when == week]
    return told if len(told) > 1 else ["Nothing has happened yet."]
