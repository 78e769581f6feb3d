"""Decisions in words: what was asked, what was chosen, what the evaluator would have done, and how sure that is."""

from tpmsim.debrief.analysis import LEAVE, Decision, Option
from tpmsim.debrief.judging import MARKS, ONLY_MOVE, half
from tpmsim.debrief.sheet import DecisionRow, OptionRow
from tpmsim.debrief.steps import PLAN, SILENCE
from tpmsim.debrief.whatif import WITHOUT
from tpmsim.debrief.wording.points import SIGNS, around, between, change, label, plain, quoted, step
from tpmsim.debrief.wording.told import Told
from tpmsim.game.wording.labels import promise
from tpmsim.game.wording.prose import capital, shortened, spoken

ASKED = 200
"""Characters of what a card asks."""

MATTERS = {
    "target": "Whom it is for",
    "problem": "Which problem to solve",
    "profile": "How the team works",
    "overtime": "Overtime",
    "price": "The price",
    "claim": "How much to claim",
    "spend": "Marketing",
    "agents": "Support agents",
    "criteria": "When to stop: kill criteria",
    "wave": "Whom to let in",
    PLAN: "The rest of the week: small moves, and what was left undone",
}
"""What is decided, by kind; those with an object stand in `asked`."""

SHORT = {
    "target": "Target",
    "problem": "Problem",
    "criteria": "Kill criteria",
    "spend": "Marketing",
    PLAN: "Rest of the week",
}
"""The same in a word or two, where the kind itself does not say it."""

SLIGHT = MARKS[-1][1]
"""Points below which a loss has no name, however sure it is."""


def decisions(told: Told) -> tuple[DecisionRow, ...]:
    """Every decision of a run."""
    course = {one.week: one for one in told.analysis.weeks}
    last = {one.week: one.number for one in told.analysis.decisions}
    return tuple(
        _row(told, one, step(course[one.week].decided, course[one.week].after) if last[one.week] == one.number else "")
        for one in told.analysis.decisions
    )


def asked(told: Told, one: Decision) -> str:
    """What was to be decided."""
    titles = told.view.titles
    match one.kind:
        case "card" | "silence":
            return shortened(f"{told.view.speaker(one.about)}: {told.view.card(one.about)}", ASKED)
        case "gate":
            return f"The gate at the end of {titles.stage(one.about)}"
        case "promise":
            return f"Whether to promise {titles.feature(one.about)}, when, and with which word"
        case "word":
            return f"What to do about the promise of {titles.feature(one.about)}"
        case "scope":
            return f"The scope of {titles.feature(one.about)}"
        case "team":
            return f"The team: {spoken(one.about).lower()}"
    return MATTERS.get(one.kind) or spoken(one.kind)


def matter(told: Told, one: Decision) -> str:
    """What was to be decided, in a word or two."""
    titles = told.view.titles
    match one.kind:
        case "card" | "silence":
            return titles.person(told.view.scenario.cards[one.about].speaker)
        case "gate":
            return f"Gate of {titles.stage(one.about)}"
        case "promise" | "word":
            return f"Promise: {titles.feature(one.about)}"
        case "scope":
            return f"Scope: {titles.feature(one.about)}"
    return SHORT.get(one.kind) or spoken(one.kind)


def option(told: Told, one: Decision, move: str) -> str:
    """What a way to decide is called."""
    if move == PLAN:
        made = [told.view.label(name, one.week) for name in one.made]
        return "; ".join(made) if made else "Nothing more"
    if move != LEAVE:
        return told.view.label(move, one.week)
    if one.kind == PLAN:
        others = [told.view.label(name, one.week) for name in one.instead]
        return f"As {told.judge}: {'; '.join(others)}" if others else f"What {told.judge} would do instead"
    return "No answer" if one.kind == SILENCE else "Nothing of the kind for now"


def _told(told: Told, one: Decision, move: str) -> str:
    """The same in the table of options, where a label may be cut: ways to promise differ at their ends."""
    if one.kind == "promise" and move != LEAVE:
        return promise(told.view.titles, move, one.week)
    return option(told, one, move)


def loss_half(one: Decision) -> float:
    """Half-width of the 95 % interval of a loss: it is measured in every other world that both options met."""
    met = {option.move: option.n for option in one.options}
    return half(one.error, min(met[one.best], met[one.move]) // 2)


def _row(told: Told, one: Decision, luck: str) -> DecisionRow:
    return DecisionRow(
        number=one.number,
        week=one.week,
        when=label(one.week),
        stage=told.view.titles.stage(one.stage),
        sign=SIGNS[one.mark],
        mark=one.mark,
        matter=matter(told, one),
        asked=asked(told, one),
        chose=option(told, one, one.move),
        best=option(told, one, one.best),
        loss=_loss(one),
        luck=luck,
        says=_says(told, one),
        lost=one.loss,
        half=loss_half(one),
        counts=not one.forced,
        plan=one.kind == PLAN,
        options=tuple(_option(told, one, way) for way in one.options),
    )


def _loss(one: Decision) -> str:
    if one.forced:
        return "forced"
    if one.mark == "only move":
        return "only move"
    if one.close:
        return "close call"
    return "best" if one.best == one.move else f"{change(-one.loss)} {around(loss_half(one))}"


def _option(told: Told, one: Decision, way: Option) -> OptionRow:
    mine = next(other for other in one.options if other.move == one.move)
    width = half(way.error, way.n)
    return OptionRow(
        move=_otherwise(one, way.move),
        says=_told(told, one, way.move),
        value=f"{plain(way.value)} {around(width)}",
        half=width,
        against="" if way.move == one.move else step(mine.value, way.value),
        futures=way.n,
        chosen=way.move == one.move,
        best=way.move == one.best,
    )


def _otherwise(one: Decision, move: str) -> str:
    """What a what-if calls a way to decide; empty for what was done, and for the small moves of a week."""
    if one.kind == PLAN or move == one.move:
        return ""
    return f"{WITHOUT}{one.move}" if move == LEAVE else move


def _says(told: Told, one: Decision) -> str:
    """The judgement, with how sure it is."""
    judge = told.judge
    if one.forced:
        return "Forced: one answer was legal. It counts neither way."
    if one.mark == "only move":
        return f"The only move: every other option that was looked at is worse by {ONLY_MOVE:g} points or more."
    if one.mark == "good gamble":
        return "A good gamble: nothing is better on average, and few of your decisions carried as much risk."
    if one.close:
        return "A close call: with so many futures no option can be told from this one. No mark."
    if one.best == one.move:
        return f"What {judge} thinks best, too."
    return f"{_lost(told, one)} {_named(judge, one)}"


def _lost(told: Told, one: Decision) -> str:
    instead = option(told, one, one.best)
    does = instead if one.kind == PLAN else quoted(instead)
    if plain(one.loss) == "0.0":
        return f"{capital(does)} looked better at first, and was not in fresh futures."
    span = between(one.low, one.loss + loss_half(one))
    return f"{capital(does)} brings {plain(one.loss)} more on average (95 % interval {span})."


def _named(judge: str, one: Decision) -> str:
    if one.mark:
        article = "an" if one.mark == "inaccuracy" else "a"
        named = f"{capital(judge)} thinks this {article} {one.mark}."
        return f"{named} Disputed: two other policies prefer what you did." if one.disputed else named
    return "Too little for a mark." if one.loss < SLIGHT else "Not sure enough for a mark."
