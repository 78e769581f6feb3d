"""Causes: what the ledger names, as words. A move is called by its label, everything else stands here."""

from collections.abc import Mapping

from tpmsim.game.wording.labels import KINDS, label
from tpmsim.game.wording.prose import spoken
from tpmsim.game.wording.titles import Titles
from tpmsim.scenario.schema import Scenario

PLAIN: Mapping[str, str] = {
    "pay": "Salaries",
    "revenue": "What customers paid",
    "marketing": "Marketing",
    "hosting": "Hosting",
    "support": "Support agents",
    "desk": "Those who answer, and what still waits for them",
    "questions": "How many customers ask",
    "let down": "Customers who are let down ask more",
    "after incidents": "Incidents make customers ask",
    "new work": "What was newly written",
    "pay-down": "Paying down debt",
    "not heard": "Not being listened to for too long",
    "recycle": "The price of going back a stage",
    "sign-ups": "New customers",
    "churn": "Contracts that some never renew",
    "felt": "Staying or leaving by how it was for them",
    "waited": "Leaving after waits for support",
    "broken": "Leaving after incidents",
    "amends": "What incidents cost beside the work",
    "price": "Leaving for the price",
    "stopped": "The product was stopped",
    "claim": "What newcomers had been told against what they got",
    "reviews": "What they get, as told by those who happened to write",
    "overtime": "Overtime",
    "rest": "Rest",
    "the plan": "A change of the plan",
    "time": "Time: what was long ago counts less",
    "appraisal": "How the week went for what they want",
    "complaints": "Complaints of others that reached them",
    "the gate": "Waiting at the gate",
    "overruled at the gate": "Being overruled at the gate",
}

FEATURE = {
    "build": "Work on {}",
    "found": "Faults found in {}",
    "report": "A new report on {}; reports err",
    "warning": "Your warning that {} comes later or not at all",
    "promise-kept": "The promise of {}, kept",
    "promise-broken": "The promise of {}, broken",
    "incident": "Incidents in {}",
}
"""Causes that belong to a feature, by what stands before the colon."""


def cause(scenario: Scenario, titles: Titles, name: str, week: int | None = None) -> str:
    """What moved a number, in words.

    Args:
        scenario: it belongs to.
        titles: of the scenario.
        name: the cause as the ledger has it.
        week: in which it acted.
    """
    if name in PLAIN:
        return PLAIN[name]
    kind, _, rest = name.partition(":")
    if kind in FEATURE:
        return FEATURE[kind].replace("{}", titles.feature(rest))
    if kind == "trend" and rest in scenario.trends:
        return f"It came: {titles.trend(rest)}"
    if kind == "answer":
        card = scenario.cards.get(rest.partition("/")[0])
        whom = f" {titles.person(card.speaker)}" if card is not None else ""
        return f"Answering{whom} {label(scenario, titles, name, week)}"
    if kind in KINDS or kind in scenario.instruments:
        return label(scenario, titles, name, week)
    return spoken(name)
