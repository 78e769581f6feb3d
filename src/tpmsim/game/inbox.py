"""The inbox: who wants something, what people mean to do next, and what is said right after a move."""

from collections.abc import Iterator, Sequence

from tpmsim.core.observe import Observation
from tpmsim.core.rules import Trigger
from tpmsim.game.narrator import Narrator
from tpmsim.game.pages import Message
from tpmsim.game.session import WeekReport
from tpmsim.game.view import View
from tpmsim.game.wording.prose import capital, listed
from tpmsim.game.wording.slack import taken


def messages(view: View, narrator: Narrator, reports: Sequence[WeekReport], seen: Observation) -> tuple[Message, ...]:
    """Cards first, then what is heard, then what is blocked, due or ready."""
    cards = (Message("card", view.card(card), view.scenario.cards[card].speaker, card) for card in seen.cards)
    voices = _voices(view, narrator, [*(report.before for report in reports), seen])
    return (*cards, *voices, *_chased(view, seen), *_blocked(view, seen), *_due(view, seen), *_ready(seen))


def after_move(view: View, narrator: Narrator, seen: Observation, move: str) -> tuple[str, ...]:
    """What was done; then the reply to an answer, what a decision at the gate means, the hours that are left."""
    left = f"{seen.hours:g} h left."
    label = view.label(move, seen.week)
    if move.startswith("answer:"):
        return tuple(text for text in (f"You: {label}", narrator.reply(move), left) if text)
    decided = ("It is decided when the week ends; u takes it back.",) if move.startswith("gate:") else ()
    return (f"Done: {label}. {left}", *decided)


def _voices(view: View, narrator: Narrator, history: Sequence[Observation]) -> Iterator[Message]:
    people = {one.id: one for one in history[-1].people}
    for line in narrator.lines(history):
        warns = view.people.warning(line.intent)
        why, then = view.people.because(people[line.person]), view.people.meant(people[line.person])
        means = f"{view.titles.person(line.person)} {view.people.intent(line.intent)}"
        comes = f". {capital(then)}" if then else ""
        end = f" ({means} next week, unless something changes{f': {why}' if why else ''}{comes}.)" if warns else ""
        yield Message("voice", f"{line.text}{end}", line.person, warns=warns)


def _chased(view: View, seen: Observation) -> Iterator[Message]:
    """Whose answers take hours of this week."""
    whom = listed(view.titles.person(one.id) for one in seen.people if one.chased)
    if whom:
        text = f"Chasing the answers of {whom} takes {taken(view.rules, seen.chasing)} this week."
        yield Message("chased", text, warns=True)


def _blocked(view: View, seen: Observation) -> Iterator[Message]:
    """Features of the plan that wait for one that is not in it."""
    for one in seen.features:
        missing = view.backlog.blocked_by(one, seen)
        if missing:
            what = view.titles.feature(one.id)
            yield Message("blocked", f"Nobody can work on {what}: it waits for {missing}, not in the plan.", warns=True)


def _due(view: View, seen: Observation) -> Iterator[Message]:
    """Promises that come due this week or next."""
    for one in seen.features:
        if one.due not in (seen.week, seen.week + 1) or one.complete or seen.week == 0:
            continue
        to = f" to {view.titles.person(one.to)}" if one.to else ""
        when = "this week" if one.due == seen.week else "next week"
        says = f"{view.titles.feature(one.id)} is promised{to} for {when}, and is not complete."
        yield Message("due", says, one.to or "", warns=True)


def _ready(seen: Observation) -> Iterator[Message]:
    """That a gate could be asked and was not yet, while there is a week left to go on in."""
    asked = seen.asked != Trigger.NONE
    if 0 < seen.week < seen.weeks and not asked and seen.requirements and all(seen.requirements.values()):
        yield Message("ready", "Everything that the gate asks for is there. You can ask it to open.")
