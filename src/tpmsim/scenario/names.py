"""The names that conditions, objectives and numbers of a scenario may use, with unit, range and meaning.

One table, made from the scenario's own ids: the parser resolves by it, the docs are printed from it. Every name stands
for something the player may know; nothing hidden has a name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tpmsim.core.conditions import Name, Names, Ref
from tpmsim.core.rules import EndedBy, Response, RivalMove, Trigger
from tpmsim.core.state import LONG_AGO, NOBODY
from tpmsim.scenario.schema import Memory, Scenario

FAR = 1e12


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a scenario, in the order of their rows.

    Attributes not told by their name: `answers` are those of each card, `memory` has what stands beside its ids.
    """

    segments: Sequence[str]
    needs: Sequence[str]
    features: Sequence[str]
    stakeholders: Sequence[str]
    rivals: Sequence[str]
    stages: Sequence[str]
    profiles: Sequence[str]
    cards: Sequence[str]
    answers: Sequence[Sequence[str]]
    memory: Mapping[str, Memory]
    trends: Sequence[str]

    @classmethod
    def of(cls, scenario: Scenario) -> "Ids":
        """The ids of a scenario that is completed by the defaults."""
        return cls(
            segments=tuple(scenario.market.segments),
            needs=tuple(scenario.needs),
            features=tuple(scenario.features),
            stakeholders=tuple(scenario.stakeholders),
            rivals=tuple(scenario.market.rivals),
            stages=(*scenario.lifecycle, "ended"),
            profiles=tuple(scenario.profiles),
            cards=tuple(scenario.cards),
            answers=tuple(tuple(card.answers) for card in scenario.cards.values()),
            memory=scenario.memory,
            trends=tuple(scenario.trends),
        )


def names(ids: Ids) -> Names:
    """Every name of a scenario with these ids."""
    return {**PLAIN, **_worded(ids), **_market(ids), **_plan(ids), **_people(ids), **_cards(ids), **_memory(ids)}


def _number(field: str, unit: str, low: float, high: float, doc: str, row: tuple[int, ...] = ()) -> Name:
    return Name(Ref(field, row), unit, low, high, None, doc)


def _flag(field: str, doc: str, row: tuple[int, ...] = ()) -> Name:
    return Name(Ref(field, row), "0 or 1", 0.0, 1.0, None, doc)


def _words(field: str, words: Iterable[str], doc: str, row: tuple[int, ...] = (), first: int = 0) -> Name:
    table = {word: float(place) for place, word in enumerate(words, start=first)}
    return Name(Ref(field, row), "", float(first), first + len(table) - 1.0, table, doc)


PLAIN: Names = {
    "week": _number("week", "weeks", 0, 520, "The week now played; 0 is the planning week."),
    "weeks.left": _number("weeks_left", "weeks", 0, 520, "Weeks of the run that remain, this one included."),
    "plan.weeks": _number(
        "plan_weeks",
        "weeks",
        0,
        999,
        "Weeks of work left in the plan as engineering saw it at the end of last week; 0 unseen.",
    ),
    "stage.weeks": _number("stage_weeks", "weeks", 0, 520, "Weeks spent in the present stage."),
    "hours": _number("hours", "hours", 0, 168, "Focus hours left this week."),
    "cash": _number("cash", "money", -FAR, FAR, "Money in the bank."),
    "price": _number("price", "money", 0, FAR, "Price of one contract."),
    "spend": _number("spend", "money a week", 0, FAR, "Marketing spend."),
    "revenue": _number("revenue", "money a week", 0, FAR, "Revenue of last week."),
    "runway": _number("runway", "weeks", 0, 99, "Weeks the cash lasts if every week costs what the last did."),
    "customers": _number("customers", "customers", 0, FAR, "Customers now."),
    "sentiment": _number("mean_sentiment", "-1 to 1", -1, 1, "What customers say of the product."),
    "retention": _number("retention", "share", 0, 1, "Share of all who ever signed up who are still here."),
    "progress": _number("progress", "per cent", 0, 100, "Reported progress of the plan."),
    "health": _number("health", "0 to 100", 0, 100, "Team health; falls with overtime."),
    "people": _number("headcount", "persons", 0, 1000, "Persons in the team."),
    "people.coming": _number("coming", "persons", 0, 1000, "Persons once all hires have started."),
    "people.experienced": _number("experienced", "persons", 0, 1000, "Experienced persons in the team."),
    "skill.technology": _number("technology", "0 to 1", 0, 1, "Your technical skill."),
    "skill.leadership": _number("leadership", "0 to 1", 0, 1, "Your skill in leading."),
    "stars": _number("stars", "stars", 1, 5, "Maintainability of the code; better code takes less upkeep."),
    "rebuild": _number("rebuild", "person-days", 0, FAR, "Work that it would take to build the code anew."),
    "interest": _number("upkeep", "share", 0, 1, "Share of the team's time that upkeep took last week."),
    "defects": _number("defects", "defects", 0, FAR, "Defects expected in what customers have."),
    "incidents": _number("incidents", "incidents", 0, 9999, "Incidents of the last four weeks."),
    "incidents.week": _number("incidents_week", "incidents", 0, 9999, "Incidents of last week."),
    "agents": _number("agents", "persons", 0, 99, "Agents who answer customers."),
    "tickets": _number("tickets", "tickets", 0, FAR, "Tickets of last week."),
    "backlog": _number("backlog", "tickets", 0, FAR, "Tickets that nobody has answered yet."),
    "wait": _number("wait", "hours", 0, FAR, "Hours that a customer waits for an answer."),
    "overtime": _number("overtime", "share", 0, 1, "Overtime above the normal week."),
    "planned": _number("planned", "features", 0, 99, "Features in the plan."),
    "completed": _number("completed", "features", 0, 99, "Features of the plan reported complete."),
    "released": _number("released", "features", 0, 99, "Features that customers have."),
    "sources": _number("sources", "instruments", 0, 99, "Different instruments that have brought answers."),
    "promises.open": _number("open_promises", "promises", 0, 99, "Promises not yet due."),
    "promises.kept": _number("promises_kept", "promises", 0, 999, "Promises kept so far."),
    "promises.broken": _number("promises_broken", "promises", 0, 999, "Promises broken so far."),
    "promises.share": _number("promise_share", "share", 0, 1, "Share of due promises kept; a half while none was due."),
    "trust": _number("mean_trust", "share", 0, 1, "Mean trust of all stakeholders in you."),
    "belief.width": _number(
        "widest",
        "worth",
        0,
        9,
        "Half-width of the 80 % interval on the chosen problem; 9 if none is chosen.",
    ),
    "belief.worth": _number("promising", "worth", -9, 9, "Believed worth of the chosen problem in the target segment."),
    "wave": _number("wave", "waves", 0, 9, "Launch waves opened."),
    "wave.week": _number("wave_week", "weeks", 0, 520, "Week in which the last wave was opened."),
    "claim": _number("claim", "share", 0, 1.5, "How much of each feature is claimed."),
    "criteria": _number(
        "criteria",
        "-1 to 1",
        -9,
        1,
        "Sentiment below which we said we stop; -9 while nothing is written down.",
    ),
    "tripped": _flag("tripped", "Whether sentiment has fallen below the kill criteria."),
    "gate.answer": _number("changed", "-1, 0, 1", -1, 1, "Last week's gate: 1 opened, -1 refused, 0 none."),
}
"""Names that every scenario has."""


def _worded(ids: Ids) -> Mapping[str, Name]:
    none = ("none",)
    return {
        "stage": _words("stage", ids.stages, "The present stage."),
        "profile": _words("profile", ids.profiles, "The capacity profile of the team."),
        "target": _words("target", (*none, *ids.segments), "The target segment.", first=-1),
        "problem": _words("problem", (*none, *ids.needs), "The need we set out to meet.", first=-1),
        "gate.asked": _words(
            "trigger", [trigger.name.lower() for trigger in Trigger], "The decision asked for this week."
        ),
        "ended": _words("ended", [by.name.lower() for by in EndedBy], "Why the run is over."),
    }


def _market(ids: Ids) -> Mapping[str, Name]:
    table: dict[str, Name] = {}
    for s, segment in enumerate(ids.segments):
        table[f"customers.{segment}"] = _number(
            "segment_customers", "customers", 0, FAR, "Customers in the segment.", (s,)
        )
        table[f"sentiment.{segment}"] = _number("sentiment", "-1 to 1", -1, 1, "What its customers say.", (s,))
        table[f"answers.{segment}"] = _number("held", "answers", 0, 9999, "Interview answers from the segment.", (s,))
        for d, need in enumerate(ids.needs):
            table[f"belief.{segment}.{need}"] = _number(
                "mean", "worth", -9, 9, "Believed worth of the need there.", (s, d)
            )
            table[f"doubt.{segment}.{need}"] = _number(
                "sd", "worth", 0, 9, "Standard deviation of that belief.", (s, d)
            )
    for d, need in enumerate(ids.needs):
        table[f"found.{need}"] = _flag("found", "Whether the need is known.", (d,))
    for r, rival in enumerate(ids.rivals):
        table[f"did.{rival}"] = _words(
            "rival_did", [one.name.lower() for one in RivalMove], "What it did last week.", (r,)
        )
        table[f"seen.{rival}"] = _number(
            "rival_seen", "weeks", 0, 520, "Week of its next move if a teardown saw it, else 0.", (r,)
        )
    for t, trend in enumerate(ids.trends):
        table[f"trend.{trend}"] = _number("trend", "share", 0, 1, "Believed chance that it is real and to come.", (t,))
        table[f"arrived.{trend}"] = _flag("arrived", "Whether it has come.", (t,))
    return table


def _plan(ids: Ids) -> Mapping[str, Name]:
    table: dict[str, Name] = {}
    for j, feature in enumerate(ids.features):
        table[f"committed.{feature}"] = _flag("committed", "Whether the feature is in the plan.", (j,))
        table[f"complete.{feature}"] = _flag("complete", "Whether it is reported complete.", (j,))
        table[f"shipped.{feature}"] = _flag("shipped", "Whether customers have it.", (j,))
        table[f"reported.{feature}"] = _number("reported", "share", 0, 1, "Its reported progress.", (j,))
        table[f"kept.{feature}"] = _number("kept", "share", 0, 1, "Share of its scope kept after cuts.", (j,))
        table[f"moved.{feature}"] = _number(
            "moved", "weeks", -1, 60, "Weeks by which its promise is put off this week; -1 withdrawn.", (j,)
        )
        table[f"incidents.{feature}"] = _number("met_in", "incidents", 0, 9999, "Incidents in it over the run.", (j,))
        table[f"due.{feature}"] = _number("due", "weeks", 0, 520, "Week for which it is promised, else 0.", (j,))
    return table


def _people(ids: Ids) -> Mapping[str, Name]:
    table: dict[str, Name] = {}
    responses = [response.name.lower() for response in Response]
    for a, name in enumerate(ids.stakeholders):
        table[f"trust.{name}"] = _number("trust", "share", 0, 1, "Their trust in you.", (a,))
        table[f"satisfaction.{name}"] = _number(
            "satisfaction", "-1 to 1", -1, 1, "How they feel about the product.", (a,)
        )
        table[f"intent.{name}"] = _words("intent", responses, "What they will do next week.", (a,))
        table[f"acted.{name}"] = _words("acted", ("none", *responses), "What they did last week.", (a,), first=-1)
        table[f"unheard.{name}"] = _number("unheard", "weeks", 0, 520, "Weeks since you listened to them.", (a,))
        table[f"backing.{name}"] = _flag("backing", "Whether they owe a yes at the next gate.", (a,))
        table[f"promises.kept.{name}"] = _number("word_kept", "promises", 0, 999, "Promises to them kept.", (a,))
        table[f"promises.broken.{name}"] = _number("word_broken", "promises", 0, 999, "Promises to them broken.", (a,))
        table[f"met.{name}"] = _flag("met", "Whether you had their ear this week.", (a,))
        table[f"chased.{name}"] = _flag("chased", "Whether chasing their answers takes hours of this week.", (a,))
        table[f"gone.{name}"] = _flag("gone", "Whether they have left.", (a,))
    return table


def _cards(ids: Ids) -> Mapping[str, Name]:
    table: dict[str, Name] = {}
    for e, (card, answers) in enumerate(zip(ids.cards, ids.answers, strict=True)):
        table[f"open.{card}"] = _flag("open", "Whether the card waits for an answer.", (e,))
        table[f"came.{card}"] = _number("came", "times", 0, 999, "How often the card has come.", (e,))
        table[f"answered.{card}"] = _words(
            "answered", ("none", *answers), "The last answer to the card, by you or by silence.", (e,), first=NOBODY
        )
        table[f"since.{card}"] = _number(
            "since",
            "weeks",
            0,
            LONG_AGO,
            f"Weeks since the last answer to the card, 0 in its week; {LONG_AGO} while there was none.",
            (e,),
        )
    return table


def _memory(ids: Ids) -> Mapping[str, Name]:
    doc = "A number of the author's own, changed by answers and trends only."
    return {
        f"memory.{name}": _number("memory", "number", one.low, one.high, doc, (v,))
        for v, (name, one) in enumerate(ids.memory.items())
    }
