"""The pages of plain mode: what can be looked up and what is told. Lists of paragraphs, not yet wrapped."""

from collections.abc import Iterable, Iterator, Mapping

from tpmsim.core.conditions import rows
from tpmsim.core.ledger import Entry
from tpmsim.core.observe import Observation
from tpmsim.game.events import Event
from tpmsim.game.narrator import Narrator
from tpmsim.game.position import Outcome
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.glossary import WORDS
from tpmsim.game.wording.prose import counted, line_of, listed

COMMANDS = "e end the week   w why   n numbers   p people   r features   k beliefs   ? help   q quit"

NEXT = "w why   n numbers   p people   r features   k beliefs   l log   q quit.   tpmsim play starts another run."
NEXT_HERE = "again the same world once more   new another world   w why   n numbers   p people   l log   q quit"

HELP = (
    "Type the number of a line to choose it; 0 or b goes back. Anywhere you can type:",
    "  e  end the week: only then does anything happen",
    "  w  why a number is what it is; w 1 or w cash for one of them",
    "  n  all numbers",
    "  p  people: trust, mood, what they want and what they mean to do",
    "  r  roadmap: features, effort, promises, progress",
    "  k  what we believe of the customers, and how sure we are",
    "  l  log of what happened so far",
    "  u  take back the last move of this week",
    "  f  forecast a number: f customers 50 80 120 (low, middle, high)",
    "  note TEXT, mark TEXT  keep a thought for the debriefing",
    "  again  show this page again;  words  what the words mean",
    "  q  quit; everything is saved as you go",
    "A move can also be typed by its id, such as interview:cafes, or by words of its line.",
)


def welcome(view: View, narrator: Narrator) -> list[str]:
    """The opening of a run."""
    title = line_of(view.scenario.title, 70)
    weeks, minutes = counted(view.rules.weeks, "week"), counted(view.scenario.minutes, "minute")
    told = [title, "=" * min(len(title), 70), "", *_spaced(narrator.brief())]
    return [
        *told,
        f"{weeks}, about {minutes}. Type the number of a line and press Enter. When you are done with a week, type e.",
        "? explains, w tells why a number moved, q quits. Everything is saved as you go.",
    ]


def resumed(view: View) -> str:
    """The first line of a run that goes on."""
    return f"{line_of(view.scenario.title, 60)}: on with it."


def header(view: View, seen: Observation) -> list[str]:
    """Week, stage, hours and the main numbers."""
    shown = dict.fromkeys((*view.main_numbers, *(["sentiment"] if seen.numbers.get("customers") else [])))
    main = [f"{view.figures.title(name)} {value_text(view, name, seen)}" for name in shown if name in seen.numbers]
    return [
        f"=== {view.clock(seen)} ===   {view.path(seen)}",
        f"You have {seen.hours:g} h. {'. '.join(main)}.",
    ]


def inbox(view: View, narrator: Narrator, session: Session) -> list[str]:
    """Who wants something, and what people mean to do next."""
    seen = session.observation
    told = []
    for card in seen.cards:
        told += [f"  ! {view.speaker(card)}: {view.card(card)}"]
    for line in narrator.lines([*(report.before for report in session.reports), seen]):
        end = f" ({view.titles.person(line.person)} {view.intent(line.intent)} next week, unless something changes.)"
        told.append(f"  * {line.text}{end if view.warning(line.intent) else ''}")
    told += [f"  * {line}" for line in (*_blocked(view, seen), *_due(view, seen), *_ready(seen))]
    return ["Inbox:", *told] if told else []


def numbers(view: View, seen: Observation) -> list[str]:
    """All visible numbers, numbered for `w`."""
    told = ["Numbers (w and the number tells why):"]
    for place, name in enumerate(view.all_numbers, start=1):
        told.append(f"{place:>3} {view.figures.title(name)}: {value_text(view, name, seen)}")
    return told


def value_text(view: View, name: str, seen: Observation) -> str:
    """A number as it stands; nothing is said of what customers say while there are none."""
    if name == "sentiment" and not seen.numbers.get("customers"):
        return "nobody to ask yet"
    return view.figures.value(name, seen.numbers[name])


def people(view: View, seen: Observation) -> list[str]:
    """Everybody with trust, mood, wishes and intent; then the promises."""
    told = ["People:"]
    for one in seen.people:
        wants = view.wants(one.id)
        told.append(f"  {view.titles.introduced(one.id)}: {view.person(one.id, seen)}.")
        told += [f"      wants: {wants}"] if wants and not one.gone else []
    promised = [one for one in seen.features if one.due]
    told.append("Promises:" if promised else "No promise is open.")
    for feature in promised:
        told.append(f"  {view.titles.feature(feature.id)}: {view.standing(feature)}")
    return told


def roadmap(view: View, seen: Observation) -> list[str]:
    """The features with effort, fit, standing."""
    told = [f"Features. {view.plan(seen)}"]
    inside = sorted(seen.features, key=lambda one: (not one.committed, one.rank))
    for one in inside:
        told.append(f"  {view.feature(one, seen)}")
        waits = view.waits_for(one.id)
        if waits:
            told.append(f"      can only be built after {waits}")
    return told


def beliefs(view: View, seen: Observation) -> list[str]:
    """What we believe of each need in each segment, with bars."""
    told = [
        "What we believe. Each bar runs from -1 to +2; : is nothing, o the middle, and 8 times in 10 the truth is "
        "within the dashes."
    ]
    for one in sorted(seen.beliefs, key=lambda one: (one.segment, -one.mean)):
        told += [f"  {view.belief(one)}", f"      {view.bar(one)} {view.heard(one)}"]
    return told


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
                yield f"  {view.titles.need(one.need)}: {view.judged(one)}"
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
    """Each number that changed in the last week; of the smaller ones those that moved by three and more."""
    by_number: dict[str, list[Entry]] = {}
    after = session.reports[-1].after
    for entry in session.reports[-1].entries:
        by_number.setdefault(entry.number, []).append(entry)
    told = []
    for name in view.all_numbers:
        causes = by_number.get(name, [])
        change = sum(entry.change for entry in causes)
        least = 0.005 if name in view.main_numbers else 3.0
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
    felt = view.felt(person, session.reports[row - 1].after, session.reports[row].after)
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
        told.append(f"{view.titles.person(person)} wants: {view.wants(person)}.")
    return told if entries else [*told, "It has not changed yet."]


def _start(entries: list[Entry], some: list[Entry], now: int) -> int:
    """What the number was before these causes, which lie side by side among all of them."""
    later = entries[entries.index(some[-1]) + 1 :] if some[-1] is not entries[-1] else []
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
    causes = [line(change, f"{words} ({figures.turn(name, change).word})") for words, change in summed.items()]
    return [line(start, "before", signed), *causes, line(end, "after", signed)]


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


def words() -> list[str]:
    """The words of the game."""
    return ["The words:", *(f"  {word}: {says}" for word, says in WORDS)]


def ending(view: View, narrator: Narrator, session: Session, outcome: Outcome) -> list[str]:
    """How it ended, the score with its parts, and one question."""
    title, text = narrator.ending(outcome)
    told = ["", f"*** {title} ***", *_spaced(text), f"Your result: {outcome.points:.1f} of 100 points."]
    known, total = session.position.state.known, 0.0
    for objective, part in zip(view.rules.objectives, outcome.parts, strict=True):
        weight = 100.0 * objective.weight
        before, total = total, total + weight * part
        got = round(total, 1) - round(before, 1)
        says = line_of(view.scenario.objectives[objective.id].says, 60)
        named, value = view.scenario.objectives[objective.id].value, float(rows(known, objective.value)[0])
        worst, full = (view.objective(named, one) for one in (objective.worst, objective.best))
        told.append(
            f"  {got:5.1f} of {weight:4.1f}  {says}: {view.objective(named, value)} "
            f"({worst} counts nothing, {full} in full)"
        )
    question = narrator.question()
    return [*told, "", *([f"To think about: {question}"] if question else [])]


def after_move(view: View, narrator: Narrator, seen: Observation, move: str) -> list[str]:
    """What is said right after a move: the reply to an answer, and what a decision at the gate means."""
    left = f"{seen.hours:g} h left."
    reply = narrator.reply(move)
    last = "It is decided when the week ends; u takes it back." if move.startswith("gate:") else ""
    answered = move.startswith("answer:")
    done = f"You: {view.label(move, seen.week)}" if answered else f"Done: {view.label(move, seen.week)}. {left}"
    return [done, *(f"  {text}" for text in (reply, last, left if answered else "") if text)]


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


def _blocked(view: View, seen: Observation) -> Iterator[str]:
    """Features of the plan that wait for one that is not in it."""
    for one in seen.features:
        missing = view.blocked_by(one, seen)
        if missing:
            yield f"Nobody can work on {view.titles.feature(one.id)}: it waits for {missing}, not in the plan."


def _ready(seen: Observation) -> Iterator[str]:
    """That a gate could be asked."""
    if seen.week > 0 and seen.requirements and all(seen.requirements.values()):
        yield "Everything that the gate asks for is there. You can ask it to open."


def _due(view: View, seen: Observation) -> list[str]:
    """Promises that come due this week or next."""
    return [
        f"{view.titles.feature(one.id)} is promised{f' to {view.titles.person(one.to)}' if one.to else ''} for "
        f"{'this week' if one.due == seen.week else 'next week'}, and is not complete."
        for one in seen.features
        if one.due in (seen.week, seen.week + 1) and not one.complete and seen.week > 0
    ]


def _spaced(texts: Iterable[str]) -> list[str]:
    told = []
    for text in texts:
        told += [text, ""]
    return told
