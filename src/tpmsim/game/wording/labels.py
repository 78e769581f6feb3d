"""Labels: what each move is called, in at most 70 characters; an answer by all that is said in it."""

from collections.abc import Callable, Mapping

from tpmsim.core.mechanics.promises import WORDS
from tpmsim.game.wording.prose import capital, clip, counted, line_of, spoken
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.repertoire import CLAIMS, CRITERIA, OVERTIME
from tpmsim.scenario.schema import Scenario

LABEL = 70

ANSWER = 200
"""Characters of an answer; what is cut here could be read nowhere else."""

QUOTES = ("'", '"', "\u2018", "\u201c")

VERBS = {
    ("interview", "Interviews"): "Interview {}",
    ("survey", "Survey"): "Survey {}",
    ("prototype", "Prototype test"): "Test a prototype with {}",
    ("spike", "Engineering spike"): "Let engineers try out {} (spike)",
    ("teardown", "Competitor teardown"): "Take apart what {} sells",
}
"""Instruments with their usual titles; one with a title of its own is called by it."""

GATE = {
    "go": "Ask the gate to open (votes are counted)",
    "leap": "Go ahead whatever the votes say",
    "hold": "Hold: tell everybody that it stays in {here}",
    "recycle": "Go back to {back}",
    "kill": "Stop the product for good",
    "sunset": "Close the product in good order",
}


def label(scenario: Scenario, titles: Titles, move: str, week: int | None = None) -> str:
    """What a move is called.

    Args:
        scenario: it belongs to.
        titles: of the scenario.
        move: its id.
        week: the week now played, from which weeks ahead are counted; None names the distance.

    An id of a recorded run that no scenario could make is spoken as words.
    """
    kind, _, rest = move.partition(":")
    try:
        if kind in scenario.instruments:
            text = _instrument(scenario, titles, kind, rest)
        else:
            text = KINDS[kind](titles, rest, week) if kind in KINDS else spoken(move)
    except ValueError:
        text = spoken(move)
    return capital(text) if kind == "answer" else clip(capital(text), LABEL)


def confidence(word: str) -> str:
    """A word of a promise with what it means: 'plan' (70 %)."""
    return f"'{word}' ({WORDS[word]:.0%})".replace("%", " %") if word in WORDS else f"'{word}'"


def word_of(share: float) -> str:
    """The word of a promise by its probability."""
    return min(WORDS, key=lambda word: abs(WORDS[word] - share))


def _instrument(scenario: Scenario, titles: Titles, kind: str, target: str) -> str:
    about = scenario.instruments[kind].about
    whom = {"needs": titles.segment, "effort": titles.feature, "rivals": titles.rival}[about](target)
    title = titles.instrument(kind)
    verb = VERBS.get((kind, title))
    return verb.replace("{}", whom) if verb else f"{title}: {whom}"


def promise(titles: Titles, move: str, week: int) -> str:
    """A promise by its id, with what tells it from others of the same feature first.

    Args:
        titles: of the scenario.
        move: its id.
        week: in which it is made.
    """
    feature, word, weeks = _promised(move.partition(":")[2])
    return f"Week {week + weeks}, {confidence(word)}: {titles.feature(feature)}"


def _promised(rest: str) -> tuple[str, str, int]:
    """Feature, word and weeks ahead."""
    feature, word, ahead = (*rest.split("/"), "", "")[:3]
    return feature, word, int(ahead.removeprefix("in") or 0)


def _commit(titles: Titles, rest: str, week: int | None) -> str:
    feature, word, weeks = _promised(rest)
    when = f"in {weeks} weeks" if week is None else f"for week {week + weeks}"
    return f"Promise {titles.feature(feature)} {when}, with {confidence(word)}"


def _gate(titles: Titles, rest: str, week: int | None) -> str:
    here, _, word = rest.partition("/")
    stage = next((spec for name, spec in titles.scenario.lifecycle.items() if name == here), None)
    back = titles.stage(stage.recycle) if stage is not None and stage.recycle is not None else "the stage before"
    return GATE.get(word, spoken(word)).replace("{here}", titles.stage(here)).replace("{back}", back)


def _answer(titles: Titles, rest: str, week: int | None) -> str:
    card, _, answer = rest.partition("/")
    one = titles.scenario.cards.get(card)
    if one is None or answer not in one.answers:
        return clip(f"Answer: {spoken(answer)}", LABEL)
    says = line_of(one.answers[answer].says, ANSWER)
    return says if says[:1] in QUOTES else f'"{says}"'


def _wave(titles: Titles, rest: str, week: int | None) -> str:
    return "Open it to everybody" if rest == "100" else f"Open it to {rest} % of those who would sign up"


def _spend(titles: Titles, rest: str, week: int | None) -> str:
    amount = float(rest)
    return f"Spend {amount:,.0f} a week on marketing" if amount > 0 else "Spend nothing on marketing"


def _overtime(titles: Titles, rest: str, week: int | None) -> str:
    share = OVERTIME.get(rest, 0.0)
    return f"Overtime: {rest}, {share * 100:.0f} % more hours" if share > 0 else "No overtime"


STUDY = {"technology": "Study how things are built", "leadership": "Study how teams are led"}


def _trade(titles: Titles, rest: str, week: int | None) -> str:
    person, _, feature = rest.partition("/")
    return f"Trade: {titles.feature(feature)} comes in, {titles.person(person)} votes yes once"


Wording = Callable[[Titles, str, int | None], str]

KINDS: Mapping[str, Wording] = {
    "target": lambda titles, rest, _: f"Make it for {titles.segment(rest)}",
    "problem": lambda titles, rest, _: f"Solve: {titles.need(rest)}",
    "commit": _commit,
    "plan": lambda titles, rest, _: f"Put {titles.feature(rest)} in the plan, as it was promised",
    "drop": lambda titles, rest, _: f"Drop {titles.feature(rest)} from the plan",
    "first": lambda titles, rest, _: f"Work on {titles.feature(rest)} first",
    "cut": lambda titles, rest, _: f"Cut the scope of {titles.feature(rest)}",
    "profile": lambda titles, rest, _: f"Way of working: {titles.profile(rest)}",
    "overtime": _overtime,
    "hire": lambda titles, rest, _: f"Hire another {spoken(rest).lower()}",
    "release": lambda titles, rest, _: f"Let one {spoken(rest).lower()} go",
    "price": lambda titles, rest, _: f"Set the price to {float(rest):,g}",
    "claim": lambda titles, rest, _: f"Claim: {rest}, {CLAIMS.get(rest, 0.0) * 100:.0f} % of what it could do",
    "spend": _spend,
    "criteria": lambda titles, rest, _: f"Kill criteria: {rest}, stop below {CRITERIA.get(rest, 0.0) * 100:+.0f}",
    "wave": _wave,
    "talk": lambda titles, rest, _: f"Talk with {titles.person(rest)} in private",
    "share": lambda titles, rest, _: f"Show {titles.person(rest)} the evidence",
    "credit": lambda titles, rest, _: f"Give {titles.person(rest)} credit in public",
    "escalate": lambda titles, rest, _: f"Escalate over the head of {titles.person(rest)}",
    "trade": _trade,
    "study": lambda titles, rest, _: STUDY.get(rest, f"Study {spoken(rest).lower()}"),
    "read": lambda titles, rest, _: "Read the trend feed",
    "conference": lambda titles, rest, _: "Go to a conference and ask around about trends",
    "agents": lambda titles, rest, _: f"Have {counted(float(rest), 'support agent')}",
    "renegotiate": lambda titles, rest, _: f"Put off the promise of {titles.feature(rest)}",
    "withdraw": lambda titles, rest, _: f"Take back the promise of {titles.feature(rest)}",
    "gate": _gate,
    "answer": _answer,
}
