"""The pages of plain mode: what can be looked up, the inbox, the ending. Lists of paragraphs, not yet wrapped."""

from collections.abc import Iterable

from tpmsim.core.observe import Observation
from tpmsim.game.desk import Desk
from tpmsim.game.menus import Above, Menu, Refused
from tpmsim.game.pages import Message, Recap
from tpmsim.game.view import View
from tpmsim.game.wording.glossary import WORDS
from tpmsim.game.wording.prose import counted

COMMANDS = "e end the week   w why   n numbers   p people   r features   k beliefs   ? help   q quit"

NEXT = "w why   n numbers   p people   r features   k beliefs   l log   q quit.   tpmsim play starts another run."
NEXT_HERE = "again the same world once more   new another world   w why   n numbers   p people   l log   q quit"

INBOX = {"card": "!", "voice": "*", "chased": "!", "due": "!", "blocked": "!", "ready": "+"}
"""The signs before the lines of the inbox, by their kind: what wants something, what is said, what can be done."""

HELP = (
    "Type the number of a line to choose it; 0 or b goes back. Anywhere you can type:",
    "  e  end the week: only then does the world move",
    "  w  why a number is what it is; w 1 or w cash for one of them",
    "  n  all numbers",
    "  p  people: trust, mood, what they want and what they mean to do",
    "  r  roadmap: features, effort, promises, progress",
    "  k  what we believe of the customers, and how sure we are",
    "  t  timetable: when the plan is likely to be done, and the chance of every promise",
    "  x  aids: what a question is worth, what waiting costs, in which order to work",
    "  l  log of what happened so far",
    "  u  take back the last move of this week",
    "  a  as last week: what is done week by week is done once more",
    "  d  who decides in which area; d learning lets a colleague decide, or takes it back",
    "  f  forecast a number: f customers 50 80 120 (low, middle, high)",
    "  note TEXT, mark TEXT  keep a thought for the debriefing",
    "  again  show this page again;  words  what the words mean",
    "  q  quit; everything is saved as you go",
    "A move can also be typed by its id, such as interview:cafes, or by words of its line.",
)


def welcome(desk: Desk) -> list[str]:
    """The opening of a run."""
    view, title = desk.view, desk.title
    weeks, minutes = counted(view.rules.weeks, "week"), counted(view.scenario.minutes, "minute")
    told = [title, "=" * len(title), "", *_spaced(desk.brief)]
    return [
        *told,
        "What counts at the end, of 100 points, from nothing to full:",
        *(f"  {one.line}" for one in desk.goals),
        "",
        f"{weeks}, about {minutes}. Type the number of a line and press Enter. When you are done with a week, type e.",
        "? explains, w tells why a number moved, q quits. Everything is saved as you go.",
    ]


def recap(page: Recap) -> list[str]:
    """The opening of a run that goes on."""
    below = {True: "      ", False: "  - "}
    last = ["Last week:", *(f"{below[one.below]}{one.text}" for one in page.last)] if page.last else []
    made = [f"Done already this week: {'; '.join(page.made)}."] if page.made else []
    waits = ["Open:", *(f"  - {line}" for line in page.open)] if page.open else []
    return [page.title, "", *page.story, "", *last, *made, *waits]


def header(desk: Desk) -> list[str]:
    """Week, stage, hours and the main numbers."""
    view, seen = desk.view, desk.seen
    shown = dict.fromkeys((*view.main_numbers, *(["sentiment"] if seen.numbers.get("customers") else [])))
    main = [f"{view.figures.title(name)} {desk.value(name)}" for name in shown if name in seen.numbers]
    return [
        f"=== {view.clock(seen)} ===   {view.path(seen)}",
        f"You have {seen.hours:g} h. {'. '.join(main)}.",
    ]


def inbox(desk: Desk) -> list[str]:
    """Who wants something, and what people mean to do next."""
    told = [f"  {INBOX[one.kind]} {_from(desk, one)}{one.text}" for one in desk.inbox()]
    return ["Inbox:", *told] if told else []


def _from(desk: Desk, one: Message) -> str:
    return f"{desk.view.speaker(one.card)}: " if one.card else ""


def menu(shown: Menu) -> list[str]:
    """A menu, one entry a line, with what it may do below it."""
    told = [shown.title, *(_above(one) for one in shown.before)]
    for number, entry in enumerate(shown.entries, start=1):
        told.append(f"{number:>3} {entry.text}{f' ({entry.price})' if entry.price else ''}")
        if entry.detail:
            told.append(f"      {entry.detail}")
    told += [f"  - {_refused(one)}" for one in shown.refused]
    return told if shown.home else [*told, "  0 back"]


def short(shown: Menu) -> list[str]:
    """A menu in few words."""
    return [f"{number} {entry.text}" for number, entry in enumerate(shown.entries, start=1)]


def numbers(desk: Desk) -> list[str]:
    """All visible numbers, numbered for `w`."""
    rows = enumerate(desk.numbers(), start=1)
    return ["Numbers (w and the number tells why):", *(f"{place:>3} {one.title}: {one.value}" for place, one in rows)]


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
    told += ["Trends:"] if seen.trends else []
    return [*told, *(f"  {view.titles.trend(one.id)}: {view.trend(one)}" for one in seen.trends)]


def words() -> list[str]:
    """The words of the game."""
    return ["The words:", *(f"  {word}: {says}" for word, says in WORDS)]


def ending(desk: Desk) -> list[str]:
    """How it ended, the score with its parts, and one question."""
    page = desk.ending()
    told = ["", f"*** {page.title} ***", *_spaced(page.text), f"Your result: {page.points:.1f} of 100 points."]
    for part in page.parts:
        told.append(f"  {part.got:5.1f} of {part.weight:4.1f}  {part.says}: {part.value}")
        told.append(f"                 {part.worst} counts nothing, {part.full} in full")
    return [*told, "", *([f"To think about: {page.question}"] if page.question else [])]


def after_move(desk: Desk, move: str) -> list[str]:
    """What is said right after a move."""
    done, *rest = desk.after_move(move)
    return [done, *(f"  {text}" for text in rest)]


def _above(one: Above) -> str:
    """A line above a menu; what a gate asks for is a list."""
    if one.met is not None:
        return f"  - {one.told}"
    return f"  {one.told}" if one.below else one.told


def _refused(one: Refused) -> str:
    return f"{one.text}: {one.reason}{f' ({one.detail})' if one.detail else ''}"


def _spaced(texts: Iterable[str]) -> list[str]:
    told = []
    for text in texts:
        told += [text, ""]
    return told
