"""The tables of a scenario: what its author wrote as frozen arrays, in the order of the ids. Nothing is checked."""

from collections.abc import Sequence

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats
from tpmsim.core.conditions import Names
from tpmsim.core.mechanics.appraisal import salience
from tpmsim.core.mechanics.choice import ATTRACTIVE, MUST_BE, ONE_DIMENSIONAL, price_slope
from tpmsim.core.mechanics.opinions import influence_matrix
from tpmsim.core.rules import Function, Objective, Requirement
from tpmsim.core.world import (
    NOT_SHIPPED,
    Features,
    Field,
    Instrument,
    Market,
    Money,
    Needs,
    People,
    Start,
    Support,
    Team,
)
from tpmsim.scenario.names import Ids
from tpmsim.scenario.schema import Debt, InUse, Parameter, RivalMoves, Scenario, Sourced
from tpmsim.scenario.schema import Support as Desk

KANO = {"attractive": ATTRACTIVE, "one_dimensional": ONE_DIMENSIONAL, "must_be": MUST_BE}
"""definition: the curves by the words of a scenario."""

TALKS = 60
"""definition: rounds after which opinions have settled for good."""

FAINT = 0.3
"""assumption: how much somebody is heard by those whom the scenario does not name."""


def market(game: Scenario, ids: Ids) -> Market:
    """Segments and rivals."""
    category = game.market
    places = list(category.segments.values())
    slopes = [price_slope(one.price_sensitivity, np.asarray(game.money.price), one.share) for one in places]
    rivals = list(category.rivals.values())
    return Market(
        size=frozen([one.size for one in places]),
        innovation=frozen([_value(category.p) for _ in places]),
        imitation=frozen([_value(category.q) for _ in places]),
        begun=frozen([one.begun for one in places]),
        pace_sd=frozen([one.pace for one in places]),
        price_slope=frozen(slopes),
        rival_pull=frozen([[one.strengths.get(s, one.strength) for s in ids.segments] for one in rivals]).reshape(
            len(rivals), len(places)
        ),
        rival_hazard=frozen([one.hazard for one in rivals]),
        rival_step=frozen([one.step for one in rivals]),
        rival_kinds=frozen([_shares(one.moves) for one in rivals]).reshape(len(rivals), 3).T,
        price_response=category.price_response,
        advert_response=category.advert_response,
        advert_most=category.advert_most,
        advert_half=category.advert_half,
        waves=tuple(category.waves),
    )


def _shares(moves: RivalMoves) -> list[float]:
    weights = [moves.feature, moves.price, moves.claim]
    return [one / sum(weights) for one in weights]


def needs(game: Scenario, ids: Ids) -> Needs:
    """What customers want."""
    wanted = list(game.needs.values())
    return Needs(
        mean=frozen([[need.worth[s].mean for need in wanted] for s in ids.segments]),
        sd=frozen([[need.worth[s].sd for need in wanted] for s in ids.segments]),
        kano=np.array([KANO[need.kano] for need in wanted], dtype=np.int64),
        better=frozen([need.better for need in wanted]),
        worse=frozen([need.worse for need in wanted]),
        known=frozen([1.0 if need.known else 0.0 for need in wanted]),
        found_a=game.discovery.a,
        found_b=game.discovery.b,
    )


def instruments(game: Scenario, ids: Ids) -> tuple[Instrument, ...]:
    """The ways to learn."""
    return tuple(
        Instrument(
            id=name,
            about=tool.about,
            answers=tool.answers,
            error=tool.error,
            bias_sd=tool.bias,
            tilt=tool.tilt,
            lean=tool.lean,
            loudest=-1 if tool.loudest is None else ids.segments.index(tool.loudest),
            discovers=tool.discovers,
            hit=tool.hit,
            told_by=-1 if tool.told_by is None else ids.stakeholders.index(tool.told_by),
        )
        for name, tool in game.instruments.items()
    )


def features(game: Scenario, ids: Ids) -> Features:
    """The backlog."""
    backlog = list(game.features.values())
    rows = list(ids.stakeholders)
    sponsor = next((a for a, one in enumerate(game.stakeholders.values()) if one.function == "sponsor"), 0)
    return Features(
        ksloc=frozen([one.size for one in backlog]),
        serves=frozen([[one.serves.get(need, 0.0) for need in ids.needs] for one in backlog]),
        depends=frozen([[1.0 if other in one.depends else 0.0 for other in ids.features] for one in backlog]),
        sponsor=np.array(
            [sponsor if one.sponsor is None else rows.index(one.sponsor) for one in backlog],
            dtype=np.int64,
        ),
        effort_sd=frozen([one.doubt for one in backlog]),
        error_sd=game.build.error_spread,
        report_sd=game.build.report_error,
        cut=game.build.cut,
    )


def team(game: Scenario) -> Team:
    """Who builds."""
    profiles = list(game.profiles.values())
    return Team(
        experienced=game.team.experienced,
        new=game.team.new,
        pay=game.team.pay,
        skill=game.player.technology,
        leadership=game.player.leadership,
        feature_share=frozen([one.features for one in profiles]),
        delay=frozen([one.delay for one in profiles]),
        talks=frozen([one.talks for one in profiles]),
        debt_share=frozen([one.debt for one in profiles]),
        checks=frozen([one.checks for one in profiles]),
        new_stars=frozen([one.stars for one in profiles]),
    )


def in_use(game: Scenario) -> Field:
    """What customers may meet, and the code behind it."""
    use, code = game.field or InUse(), game.debt or Debt()
    return Field(use.failures, use.full_load, use.recovery, code.stars, code.rebuild, use.amends)


def support(game: Scenario) -> Support:
    """Who answers customers."""
    desk = game.support or Desk()
    return Support(
        agents=desk.agents,
        most=max(desk.agents, *desk.choices, 1),
        pay=desk.pay,
        handling=desk.handling,
        target=desk.target,
        tickets=desk.tickets,
    )


def money(game: Scenario) -> Money:
    """Cash and what moves it."""
    cash = game.money
    return Money(
        cash=cash.cash,
        price=cash.price,
        hosting=cash.hosting,
        contract=cash.contract,
        churn_a=cash.churn.a,
        churn_b=cash.churn.b,
        recycle=cash.recycle,
    )


def start(game: Scenario, ids: Ids) -> Start:
    """What there is before the planning week."""
    one = game.start
    begun = [one.begun.get(name) for name in ids.features]
    return Start(
        stage=0 if one.stage is None else ids.stages.index(one.stage),
        customers=frozen([one.customers.get(s, 0.0) for s in ids.segments]),
        renewals=one.renewals,
        brand=frozen([one.brand.get(s, 0.0) for s in ids.segments]),
        shipped=frozen([one.shipped.get(name, NOT_SHIPPED) for name in ids.features]),
        spent=frozen([0.0 if work is None else work.spent for work in begun]),
        faulty=frozen([0.0 if work is None else work.faulty for work in begun]),
        reported=frozen([0.0 if work is None else work.reported for work in begun]),
    )


def people(game: Scenario, ids: Ids, names: Names, gates: Sequence[Sequence[Requirement]]) -> People:
    """The stakeholders."""
    each = list(game.stakeholders.values())
    outcomes = list(dict.fromkeys(name for one in each for name in one.goals)) or ["cash"]
    asked = [item.id for gate in gates for item in gate]
    _, weight = salience(
        np.array([one.power for one in each]),
        np.array([one.legitimacy for one in each]),
        np.array([one.urgency for one in each]),
    )
    edges = frozen(
        [
            [1.0 if b == a else other.influences.get(a, FAINT) for b, other in game.stakeholders.items()]
            for a in ids.stakeholders
        ]
    )
    influence = influence_matrix(edges, weight.astype(np.float64), frozen([one.stubborn for one in each]))
    return People(
        base=frozen([one.satisfaction for one in each]),
        kept=frozen([max(one.trust * (one.evidence + 2.0) - 1.0, 0.0) for one in each]),
        broken=frozen([max((1.0 - one.trust) * (one.evidence + 2.0) - 1.0, 0.0) for one in each]),
        goals=frozen([[one.goals.get(name, 0.0) for name in outcomes] for one in each]),
        outcomes=tuple(names[name].ref for name in outcomes),
        outcome_names=tuple(outcomes),
        patience=frozen([one.patience for one in each]),
        scale=frozen([_scale(game, names, name) for name in outcomes]),
        influence=influence,
        settled=_settled(influence),
        weight=weight.astype(np.float64),
        cares=frozen([[1.0 if not one.cares or item in one.cares else 0.0 for item in asked] for one in each]).reshape(
            len(each), len(asked)
        ),
        investment=frozen([one.investment for one in each]),
        alternatives=frozen([one.alternatives for one in each]),
        lean_sd=frozen([one.leaning for one in each]),
        function=np.array([Function[one.function.upper()] for one in each], dtype=np.int64),
    )


def _scale(game: Scenario, names: Names, name: str) -> float:
    """Change of an outcome that counts as 1: the span of the objective on it, else of the name."""
    for one in game.objectives.values():
        if one.value == name:
            return abs(one.best - one.worst)
    meaning = names[name]
    return meaning.highest - meaning.lowest if meaning.highest - meaning.lowest < 1e6 else 1e5


def objectives(game: Scenario, names: Names) -> tuple[Objective, ...]:
    """The parts of the score; their weights sum to 1."""
    parts = game.objectives
    whole = sum(one.weight for one in parts.values())
    return tuple(
        Objective(name, names[one.value].ref, one.weight / whole, one.worst, one.best) for name, one in parts.items()
    )


def frozen(values: object) -> Floats:
    """The values as a float array that cannot be written to."""
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def _value(parameter: Parameter) -> float:
    return parameter.value if isinstance(parameter, Sourced) else parameter


def _settled(influence: Floats) -> Floats:
    """(A, A) what private leanings come to after long talk: rounds of Friedkin-Johnsen until they stand still."""
    count = influence.shape[0]
    eye = np.where(np.arange(count)[:, None] == np.arange(count), 1.0, 0.0)
    opinion = eye
    for _ in range(TALKS):
        rows = []
        for a in range(count):
            heard = exact.total(influence[a][:, None] * opinion)
            open_mind = 1.0 - influence[a, a]
            rows.append(open_mind * heard + (1.0 - open_mind) * eye[a])
        opinion = np.stack(rows)
    return opinion
