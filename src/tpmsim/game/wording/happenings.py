"""Happenings: a sentence for every event of a week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tpmsim.core.observe import Observation, PersonSeen
from tpmsim.core.rules import Function, Rules
from tpmsim.game.events import Event
from tpmsim.game.wording.beliefs import belief, work
from tpmsim.game.wording.prose import line_of, listed, spoken
from tpmsim.game.wording.slack import complains, done, meant, taken
from tpmsim.game.wording.titles import Titles

ENDED = {
    "time": "The last week is over.",
    "kill": "The product is stopped.",
    "sunset": "The product is closed in good order.",
    "money": "The money is gone, and with it the product.",
    "fired": "The sponsor has left, and the product ends here.",
}

LEAVES = {
    Function.BUILD: "one experienced engineer leaves the team",
    Function.SPONSOR: "the sponsor gives the product up",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence may look at: rules, titles and what is known after the week."""

    rules: Rules
    titles: Titles
    after: Observation

    def function(self, person: str) -> Function:
        """What a stakeholder does for the product."""
        return Function(int(self.rules.people.function[self.rules.stakeholders.index(person)]))

    def person(self, person: str) -> PersonSeen:
        """How a stakeholder stands after the week."""
        return next(one for one in self.after.people if one.id == person)


def sentence(scene: Scene, event: Event) -> str:
    """What happened, in a sentence; a kind without one is spoken as words."""
    words = SENTENCES.get(event.kind)
    return words(scene, event) if words is not None else f"{spoken(event.kind)}: {spoken(event.subject)}."


def votes(scene: Scene) -> str:
    """How everybody voted at the gate of the week."""
    yes = [scene.titles.person(one.id) for one in scene.after.people if one.vote > 0 and not one.gone]
    no = [scene.titles.person(one.id) for one in scene.after.people if one.vote < 0 and not one.gone]
    parts = [f"{listed(names)} {word}" for names, word in ((yes, "for it"), (no, "against it")) if names]
    return f"The votes: {'; '.join(parts)}." if parts else ""


def _belief(scene: Scene, event: Event) -> str:
    for one in scene.after.beliefs:
        if (one.need, one.segment) == (event.subject, event.other):
            told = "Answers are in" if one.answers else "So far you can only guess"
            return f"{told}. {belief(scene.titles, one)}."
    return f"Answers are in about {scene.titles.need(event.subject)}."


def _estimate(scene: Scene, event: Event) -> str:
    """What a look into the work of a feature told."""
    feature = scene.titles.feature(event.subject)
    was, now = work(*event.before), work(*event.now)
    if was == now:
        return f"The engineers have looked into {feature}. It stays at {now} of work."
    return f"The engineers have looked into {feature}: {now} of work. Before, it was {was}."


def _voice(scene: Scene, event: Event) -> str:
    who = scene.titles.person(event.subject)
    if complains(scene.rules, scene.person(event.subject)):
        return f"{who} complains, and the sponsor hears of it."
    return f"{who} speaks up."


def _neglect(scene: Scene, event: Event) -> str:
    return f"{scene.titles.person(event.subject)} lets things slide: {done(scene.rules, scene.person(event.subject))}."


def _intends_neglect(scene: Scene, event: Event) -> str:
    then = meant(scene.rules, scene.person(event.subject))
    return (
        f"{scene.titles.person(event.subject)} means to let things slide next week, unless something changes"
        f"{f': {then}' if then else ''}."
    )


def _intends_voice(scene: Scene, event: Event) -> str:
    then = meant(scene.rules, scene.person(event.subject))
    return f"{scene.titles.person(event.subject)} means to speak up next week{f': {then}' if then else ''}."


def _exit(scene: Scene, event: Event) -> str:
    what = LEAVES.get(scene.function(event.subject), "a gap is left, and others fill it badly")
    return f"{scene.titles.person(event.subject)} has had enough: {what}."


def _stage(scene: Scene, event: Event) -> str:
    order = list(scene.rules.stages)
    now, then = scene.titles.stage(event.subject), scene.titles.stage(event.other)
    if order.index(event.subject) < order.index(event.other):
        return f"Back from {then} to {now}."
    return f"The gate opens: {then} is done, {now} begins."


def _promise(text: str) -> "Words":
    def words(scene: Scene, event: Event) -> str:
        whom = scene.titles.person(event.other) if event.other else "everybody"
        week = f"{event.amount:.0f}"
        return (
            text.replace("{feature}", scene.titles.feature(event.subject))
            .replace("{week}", week)
            .replace("{whom}", whom)
        )

    return words


def _feature(text: str) -> "Words":
    def words(scene: Scene, event: Event) -> str:
        share = f"{event.amount * 100:.0f}"
        return text.replace("{share}", share).replace("{feature}", scene.titles.feature(event.subject))

    return words


MADE = {"requirements": "in what was asked for", "design": "in its design", "code": "in its code"}
"""Where a defect was made, in words."""


def _incident(scene: Scene, event: Event) -> str:
    what = "An incident" if event.amount < 2 else f"{event.amount:.0f} incidents"
    where = MADE.get(event.other, spoken(event.other).lower())
    return f"{what} in {scene.titles.feature(event.subject)}: what was wrong lay {where}."


def _trend(scene: Scene, event: Event) -> str:
    trend = scene.titles.scenario.trends[event.subject]
    return f"The feed says: {line_of(trend.says)} ({believed(event.amount)})"


def believed(chance: float) -> str:
    """How far a trend is believed, as a sentence."""
    return f"You believe it at {100.0 * chance:.0f} %."


def _came(scene: Scene, event: Event) -> str:
    trend = scene.titles.scenario.trends[event.subject]
    return line_of(trend.arrives) if trend.arrives is not None else f"It has come: {scene.titles.trend(event.subject)}."


def _rival(text: str) -> "Words":
    return lambda scene, event: text.replace("{}", scene.titles.rival(event.subject))


def _person(text: str) -> "Words":
    return lambda scene, event: text.replace("{}", scene.titles.person(event.subject))


Words = Callable[[Scene, Event], str]

SENTENCES: Mapping[str, Words] = {
    "need-found": lambda scene, event: f"Something new came up: {scene.titles.need(event.subject)}.",
    "belief": _belief,
    "rival-seen": lambda scene, event: (
        f"The teardown shows that {scene.titles.rival(event.subject)} will make a move in week {event.amount:.0f}."
    ),
    "rival-unseen": _rival("The teardown shows no move of {} to come."),
    "estimate": _estimate,
    "progress": _feature("{feature} is reported {share} % done."),
    "complete": _feature("{feature} is reported complete."),
    "reopened": _feature("{feature} is not complete after all: wrong work was found. Reported {share} % now."),
    "shipped": _feature("{feature} is released: whoever is let in gets it."),
    "tripped": lambda scene, event: "Your kill criteria are met: what customers say fell below what you wrote down.",
    "incident": lambda scene, event: _incident(scene, event),
    "fires": lambda scene, event: f"Mending that takes the team about {event.amount:.0f} hours of this week.",
    "rival-feature": _rival("{} has a new feature."),
    "rival-price": _rival("{} has got cheaper."),
    "rival-claim": _rival("{} makes a loud claim. It will fade."),
    "trend-told": lambda scene, event: _trend(scene, event),
    "trend-silent": lambda scene, event: (
        f"The feed says nothing of this: {scene.titles.trend(event.subject)}. ({believed(event.amount)})"
    ),
    "trend-arrived": lambda scene, event: _came(scene, event),
    "trend-over": lambda scene, event: f"It has not come, and will not: {scene.titles.trend(event.subject)}.",
    "promise-kept": _promise("You kept your word to {whom}: {feature} is there in time."),
    "promise-broken": _promise("You broke your word to {whom}: {feature} is not there in its week."),
    "promise-moved": _promise("{whom} has been told: {feature} is now promised for week {week}."),
    "promise-withdrawn": _promise("{whom} has been told: {feature} is promised no more."),
    "acted-loyalty": _person("{} stands by you."),
    "acted-voice": _voice,
    "acted-neglect": _neglect,
    "acted-exit": _exit,
    "intends-loyalty": _person("{} means to stand by you next week."),
    "intends-voice": _intends_voice,
    "intends-neglect": _intends_neglect,
    "intends-exit": _person("{} means to leave next week, unless something changes."),
    "chasing": lambda scene, event: f"Chasing answers takes {taken(scene.rules, event.amount)} next week.",
    "gate-refused": lambda scene, event: (
        f"The gate stays shut: the votes went against it. You stay in {scene.titles.stage(event.subject)}."
    ),
    "stage": _stage,
    "ended": lambda scene, event: ENDED.get(event.subject, "The run is over."),
    "card": lambda scene, event: _card(scene, event),
}


def _card(scene: Scene, event: Event) -> str:
    card = scene.titles.scenario.cards.get(event.subject)
    who = scene.titles.introduced(card.speaker) if card is not None else "Somebody"
    return f"{who} asks you something."
