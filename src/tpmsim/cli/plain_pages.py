"""The pages of plain mode: what can be looked up, the inbox, the ending. Lists of paragraphs, not yet wrapped."""

from collections.abc import Iterable, Iterator

from tpmsim.core.conditions import rows
from tpmsim.core.observe import Observation
from tpmsim.game.narrator import Narrator
from tpmsim.game.position import Outcome
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.glossary import WORDS
from tpmsim.game.wording.prose import counted, line_of

COMMANDS = "e end the week   w why   n numbers   p people   r features   k beliefs   ? help   q quit"

NEXT = "w why   n numbers   p people   r features   k beliefs   l log   q quit.   tpmsim play starts another run."
NEXT_HERE = "again the same world once more   new another world   w why   n numbers   p people   l log   q quit"

HELP = (
    "Type the number of a line to choose it; 0 or b goes back. Anywhere you can type:",
    "  e  end the week: only then does the world move",
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
        who = view.titles.person(line.person)
        end = f" ({who} {view.people.intent(line.intent)} next week, unless something changes.)"
        told.append(f"  * {line.text}{end if view.people.warning(line.intent) else ''}")
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
        wants = view.people.wants(one.id)
        told.append(f"  {view.titles.introduced(one.id)}: {view.people.person(one.id, seen)}.")
        told += [f"      wants: {wants}"] if wants and not one.gone else []
    promised = [one for one in seen.features if one.due]
    told.append("Promises:" if promised else "No promise is open.")
    for feature in promised:
        told.append(f"  {view.titles.feature(feature.id)}: {view.backlog.standing(feature)}")
    return told


def roadmap(view: View, seen: Observation) -> list[str]:
    """The features with effort, fit, standing."""
    told = [f"Features. {view.backlog.plan(seen)}"]
    inside = sorted(seen.features, key=lambda one: (not one.committed, one.rank))
    for one in inside:
        told.append(f"  {view.backlog.feature(one, seen)}")
        waits = view.backlog.waits_for(one.id)
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
        told += [f"  {view.backlog.belief(one)}", f"      {view.backlog.bar(one)} {view.backlog.heard(one)}"]
    return told


def words() -> list[str]:
    """The words of the game."""
    return ["The words:", *(f"  {word}: {says}" for word, says in WORDS)]


def ending(view: View, narrator: Narrator, session: Session, outcome: Outcome) -> list[str]:
    """How it ended, the score with its parts, and one question."""
    title, text = narrator.ending(outcome)
    told = ["", f"*** {title} ***", *_spaced(text), f"Your result: {outcome.points:.1f} of 100 points."]
    known, total = session.position.state.known, 0.0
    asked = session.observation.numbers.get("customers") or session.observation.numbers.get("sentiment")
    for objective, part in zip(view.rules.objectives, outcome.parts, strict=True):
        weight = 100.0 * objective.weight
        before, total = total, total + weight * part
        got = round(total, 1) - round(before, 1)
        says = line_of(view.scenario.objectives[objective.id].says, 60)
        named, value = view.scenario.objectives[objective.id].value, float(rows(known, objective.value)[0])
        worst, full = (view.objective(named, one) for one in (objective.worst, objective.best))
        silent = "nobody to ask, taken as " if named == "sentiment" and not asked else ""
        told.append(f"  {got:5.1f} of {weight:4.1f}  {says}: {silent}{view.objective(named, value)}")
        told.append(f"                 {worst} counts nothing, {full} in full")
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


def _blocked(view: View, seen: Observation) -> Iterator[str]:
    """Features of the plan that wait for one that is not in it."""
    for one in seen.features:
        missing = view.backlog.blocked_by(one, seen)
        if missing:
            yield f"Nobody can work on {view.titles.feature(one.id)}: it waits for {missing}, not in the plan."


def _ready(seen: Observation) -> Iterator[str]:
    """That a gate could be asked, while there is a week left to go on in."""
    if 0 < seen.week < seen.weeks and seen.requirements and all(seen.requirements.values()):
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
