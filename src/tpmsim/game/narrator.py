"""The narrator: picks among words that are there. What it says follows from the seed and the history of the run alone.

It keeps no state: asked twice at the same place of a run it says the same. The core never knows what was said.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tpmsim.core.conditions import holds
from tpmsim.core.observe import Observation
from tpmsim.core.state import Known
from tpmsim.game.position import Outcome
from tpmsim.game.wording.prose import line_of, paragraphs
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.loading import Loaded

LOUD = ("exit", "neglect")
"""Intents that are always told: nobody is punished without a warning."""

VOICES = 2
"""How many others are heard in a week."""

DEFAULT = {
    "loyalty": (
        "NAME has nothing to complain about, and says so.",
        "NAME gets on with it.",
        "A short message from NAME: all good here.",
        "NAME has done what was agreed, and told you so in one line.",
        "NAME has no news, which is the good kind.",
        "NAME answered before you had asked.",
        "NAME came to the meeting early, and stayed for all of it.",
        'NAME: "We are fine. I would tell you."',
    ),
    "voice": (
        "NAME has a question, and a follow-up question.",
        "NAME would like to be asked before, not after.",
        "NAME has thoughts. They will be shared.",
        'NAME: "Can we talk? Nothing bad. Well."',
        "NAME has written a long message, and sent a short one.",
        "NAME has read your last message again, with a pencil.",
        "NAME would have done it otherwise, and can show how.",
        'NAME: "I said so in the meeting. I say it again."',
    ),
    "neglect": (
        "NAME has become very good at being elsewhere.",
        "The updates from NAME are getting shorter.",
        "NAME is busy with something. It is not this.",
        "NAME will come back to you on that. NAME has not said when.",
        "What NAME promised for Monday is now called soon.",
        "NAME has put you down as 'optional'.",
        "NAME listens in, with the camera off.",
    ),
    "exit": (
        "NAME has started to speak of the product in the past tense.",
        "NAME has asked what the notice period is. For a friend.",
        "NAME has begun to write down who knows what.",
        "NAME took the plant home from the desk.",
        "NAME wants to know who will do this next year, and asks it of nobody in particular.",
        "NAME has had lunch outside, twice, in a jacket.",
    ),
}
"""Lines for those to whom a scenario gives none, and for when those are used up; NAME is the speaker."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the inbox: who, what they mean to do, and the words."""

    person: str
    intent: str
    text: str


class Narrator:
    """The words of one run."""

    def __init__(self, loaded: Loaded, seed: str) -> None:
        self._scenario = loaded.scenario
        self._titles = Titles(loaded.scenario)
        self._guide = loaded.guide
        self._seed = seed

    def lines(self, history: Sequence[Observation]) -> tuple[Line, ...]:
        """What is heard at the start of the week that the last observation shows.

        Args:
            history: what was known at the start of each week so far, the present one last.
        """
        said: Counter[str] = Counter()
        spoken: list[Line] = []
        for week, seen in enumerate(history):
            spoken = []
            for person, intent in self._speakers(week, seen):
                words, text = self.freshest(person, intent, said)
                said[words] += 1
                spoken.append(Line(person, intent, text))
        return tuple(spoken)

    def freshest(self, person: str, intent: str, said: Mapping[str, int]) -> tuple[str, str]:
        """Of the words for an intent those that were heard least in this run, own ones before others.

        Args:
            person: who speaks.
            intent: what they mean to do.
            said: how many times each words were heard, from anybody.

        Returns:
            The words, with NAME in those that anybody may say, and the line.
        """
        known = self._scenario.stakeholders.get(person)
        own = known.lines.get(intent, ()) if known is not None else ()  # type: ignore[call-overload]
        name = self._titles.person(person)
        spare = {text.replace("NAME", name): text for text in DEFAULT.get(intent, ("NAME is here.",))}
        texts = (
            *self._shuffled(tuple(line_of(text) for text in own), f"{person}/{intent}"),
            *self._shuffled(tuple(spare), f"{person}/{intent}/default"),
        )
        words = {text: spare.get(text, text) for text in texts}
        text = min(texts, key=lambda text: said.get(words[text], 0))
        return words[text], text

    def hints(self, known: Known) -> tuple[tuple[str, str], ...]:
        """Words of the guide whose condition holds, with their ids."""
        return tuple(
            (name, line_of(self._scenario.guide[name].says))
            for name, when in self._guide.items()
            if bool(holds(when, known)[0])
        )

    def reply(self, move: str) -> str:
        """What is said right after an answer; empty for other moves and where the author wrote nothing."""
        kind, _, rest = move.partition(":")
        card_id, _, answer_id = rest.partition("/")
        card = self._scenario.cards.get(card_id) if kind == "answer" else None
        answer = card.answers.get(answer_id) if card is not None else None
        return line_of(answer.reply) if answer is not None and answer.reply is not None else ""

    def brief(self) -> tuple[str, ...]:
        """The opening, in paragraphs."""
        return paragraphs(self._scenario.brief)

    def ending(self, outcome: Outcome) -> tuple[str, tuple[str, ...]]:
        """Title and text of an ending."""
        told = self._scenario.endings[outcome.ending]
        return line_of(told.title, 70), paragraphs(told.says)

    def question(self) -> str:
        """One question to think about afterwards; empty where there is none."""
        questions = tuple(line_of(one) for one in self._scenario.debrief.questions)
        return self._shuffled(questions, "question")[0] if questions else ""

    def _speakers(self, week: int, seen: Observation) -> Iterator[tuple[str, str]]:
        """Who is heard: everybody who means harm, and a few of the others, in turns."""
        if week == 0 or seen.ended != "nothing":
            return
        here = [(one.id, one.intent) for one in seen.people if not one.gone]
        yield from (one for one in here if one[1] in LOUD)
        others = [one for one in here if one[1] not in LOUD]
        if others:
            order = self._shuffled(tuple(person for person, _ in others), "speakers")
            start = (week - 1) * VOICES
            chosen = {order[(start + step) % len(order)] for step in range(VOICES)}
            yield from (one for one in others if one[0] in chosen)

    def _shuffled(self, items: tuple[str, ...], what: str) -> tuple[str, ...]:
        """The items in an order that depends on the seed alone."""
        return tuple(sorted(items, key=lambda item: _digest(f"{self._seed}/{what}/{item}")))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()
