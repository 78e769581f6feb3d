"""The opening: a world drawn from the priors of a scenario, and what is known of it before the first week."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Keys
from tpmsim.core.mechanics.choice import rival_wait
from tpmsim.core.mechanics.defects import escaped
from tpmsim.core.mechanics.estimates import plan_work, true_ratio
from tpmsim.core.mechanics.instruments import leaning_bias, measured
from tpmsim.core.mechanics.launch import REVIEW_SD, fulfilled, satisfaction, weighed
from tpmsim.core.mechanics.opinions import settled
from tpmsim.core.mechanics.rework import SLACK
from tpmsim.core.mechanics.trends import NEVER, arrival
from tpmsim.core.rolls import Luck, future_key, world_key
from tpmsim.core.rules import Response, Rules
from tpmsim.core.state import (
    NO_CRITERIA,
    NOBODY,
    PROMISES_PART,
    UNBOUNDED,
    Hidden,
    Known,
    State,
    Truth,
    evolve,
)
from tpmsim.core.world import ARTIFACTS, NOT_SHIPPED, Instrument

ERROR_LEAST, ERROR_MOST = 0.4, 1.8
"""assumption: bounds of a feature's error rate over the usual one."""

ALMOST = float(exact.log(1.0 - SLACK))
"""definition: log of the share of its work at which a feature is reported complete."""

FAR = 1e3
"""definition: a bound beyond everything, in the unit of what is drawn."""

USUAL_CLAIM = 0.8
"""assumption: how much is claimed of each feature until somebody says otherwise."""

USUAL_PROFILE = "balanced"
"""definition: how a team works at the start; of a scenario without this profile, by its first."""


def initial(rules: Rules, seeds: Keys) -> State:
    """The planning week of one run a seed.

    Args:
        rules: the scenario.
        seeds: (N,) seeds of the runs.
    """
    keys = world_key(seeds)
    luck = Luck(keys, 0)
    truth = draw_truth(rules, luck)
    known = _opening(rules, seeds.shape[0])
    if rules.start.begun:
        known = with_start(rules, known, truth)
    hidden = _unseen(rules, truth, known, luck)
    if known.cohort.any():
        known = _heard(rules, known, hidden, luck)
    return State(truth, hidden, known, future_key(seeds))


def draw_truth(rules: Rules, luck: Luck) -> Truth:
    """(N,) worlds from the priors of the scenario."""
    needs, market, people = rules.worth, rules.market, rules.people
    spike = rules.effort_instrument
    spread = rules.instruments[spike].bias_sd if spike >= 0 else 0.0

    lanes = tuple(f"{segment}/{need}" for segment in rules.segments for need in rules.needs)
    z = luck.normals("truth:worth", lanes).reshape(*needs.mean.shape, luck.key.shape[0])
    worths = needs.mean[:, :, None] + needs.sd[:, :, None] * z

    def bias(tool: Instrument) -> Floats:
        own = tool.bias_sd * luck.normals("truth:bias", tuple(f"{tool.id}/{lane}" for lane in lanes)).reshape(z.shape)
        loud = worths[tool.loudest] - needs.mean[tool.loudest, :, None]
        leans = [measured(tool, s).lean for s in range(len(rules.segments))]
        return np.stack([leaning_bias(lean, loud, row) if lean else row for lean, row in zip(leans, own, strict=True)])

    return Truth(
        worth=worths,
        bias=np.stack([bias(tool) for tool in rules.instruments]),
        spike_bias=spread * luck.normals("truth:spike", rules.features),
        ratio=by(rules.features, lambda j, one: _ratio(rules, j, luck.uniform("truth:effort", one))),
        error=draw_error(rules, luck),
        pace=exact.exp(market.pace_sd[:, None] * luck.normals("truth:pace", rules.segments)),
        lean=people.lean_sd[:, None] * luck.normals("truth:lean", rules.stakeholders),
        arrives=draw_arrivals(rules, luck, "truth:trend", None),
    )


def draw_arrivals(rules: Rules, luck: Luck, stream: str, known: Known | None) -> Floats:
    """(T, N) weeks in which trends arrive, from what is believed of them; from the priors before anything is known."""
    rows = []
    for row, trend in enumerate(rules.trends):
        u = luck.uniform(stream, trend.id)
        chance = np.full(u.shape, trend.chance) if known is None else known.trend[row]
        first = np.full(u.shape, float(trend.first)) if known is None else np.maximum(known.week, float(trend.first))
        # One draw serves both: below the chance it is real, and where below says when.
        week = arrival(np.minimum(u / np.maximum(chance, 1e-12), 1.0 - 1e-12), first, float(trend.last))
        rows.append(np.where(u < chance, week, NEVER))
    return np.stack(rows) if rows else np.zeros((0, luck.key.shape[0]))


def _ratio(rules: Rules, j: int, u: Floats) -> Floats:
    """(N,) true over estimated effort of a feature; of one in work no less than was spent, as it is not complete."""
    sd, spent = rules.backlog.effort_sd[j], rules.start.spent[j]
    if spent <= 0.0:
        return true_ratio(exact.normal_quantile(u), sd)
    return exact.exp(exact.normal_within(0.0, sd, exact.log(spent) - ALMOST, FAR, u))


def by(names: Iterable[str], draw: Callable[[int, str], Floats]) -> Floats:
    """One row a name: `draw(row, name)`, stacked."""
    return np.stack([draw(row, name) for row, name in enumerate(names)])


def draw_error(rules: Rules, luck: Luck) -> Floats:
    """(J, N) error rates of features over the usual one, within their bounds, mean about 1."""
    spread = rules.backlog.error_sd
    drawn = exact.exp(spread * luck.normals("truth:error", rules.features) - spread * spread / 2.0)
    return exact.clip(drawn, ERROR_LEAST, ERROR_MOST)


def with_start(rules: Rules, known: Known, truth: Truth) -> Known:
    """What was there before: features that customers have or that are in work, and the customers.

    Of a complete feature its work tells its effort; the faults in it are expected at the usual error rate.
    """
    start, columns = rules.start, known.week.shape[0]
    shipped, begun = start.shipped > NOT_SHIPPED, start.spent > 0.0
    has = np.repeat(np.where(shipped, 1.0, 0.0)[:, None], columns, axis=1)
    known = evolve(known, committed=np.where((shipped | begun)[:, None], 1.0, known.committed))
    nominal = np.where(known.committed > 0.0, plan_work(rules, known), 0.0)
    worked = nominal * np.where(shipped[:, None], truth.ratio, start.spent[:, None])
    faulty = np.where(shipped, start.shipped, start.faulty)[:, None]
    level = rules.team.checks[known.profile]
    written = rules.backlog.ksloc[:, None] * np.where(nominal > 0.0, worked / np.maximum(nominal, 1e-9), 0.0)
    escapes = np.stack([escaped(artifact, 1.0, level, level, level) for artifact in ARTIFACTS])
    cohort = known.cohort.copy()
    cohort[:, 0] = start.customers[:, None]
    sold = (start.customers > 0.0).any()
    return evolve(
        known,
        nominal=nominal,
        worked=worked,
        exposed=worked * faulty,
        reported=known.reported + np.where(shipped, 1.0, start.reported)[:, None],
        complete=has,
        shipped=has,
        latent=escapes[:, None] * written,
        cohort=cohort,
        wave=np.full(columns, len(rules.market.waves) if sold else 0),
        brand=known.brand + start.brand[:, None],
        revenue=known.revenue + float(exact.total(start.customers)) * known.price / rules.money.contract,
    )


def _heard(rules: Rules, known: Known, hidden: Hidden, luck: Luck) -> Known:
    """What customers of the start are heard to say; they have come to expect what they have."""
    said = known.sentiment.copy()
    for s, segment in enumerate(rules.segments):
        felt = satisfaction(hidden.expectation[s, 0], hidden.expectation[s, 0])
        noisy = exact.clip(felt + REVIEW_SD * luck.normal("truth:reviews", segment), -1.0, 1.0)
        said[s] = np.where(known.cohort[s, 0] > 0.0, noisy, said[s])
    return evolve(known, sentiment=said)


def _unseen(rules: Rules, truth: Truth, known: Known, luck: Luck) -> Hidden:
    n = known.week.shape[0]
    faulty = truth.error * known.exposed
    good = np.maximum(known.worked - faulty, 0.0)
    works = known.shipped * np.where(known.nominal > 0.0, good / np.maximum(known.nominal * truth.ratio, 1e-9), 0.0)
    expectation = np.zeros((len(rules.segments), rules.weeks + 1, n))
    expectation[:, 0] = np.where(known.cohort[:, 0] > 0.0, weighed(truth.worth, fulfilled(rules, works)), 0.0)
    return Hidden(
        good=good,
        faulty=faulty,
        expectation=expectation,
        mood=np.zeros((len(rules.segments), rules.weeks + 1, n)),
        opinion=known.talked + settled(rules, truth.lean),
        die=np.full((len(rules.stakeholders), n), 0.5),
        rival_due=np.stack([rival_wait(rules, luck, row) for row in range(len(rules.rivals))])
        if rules.rivals
        else np.zeros((0, n)),
    )


def usual_profile(rules: Rules) -> int:
    """Row of the profile that a run begins with: the usual one, or the first where a scenario has its own."""
    return rules.profiles.index(USUAL_PROFILE) if USUAL_PROFILE in rules.profiles else 0


def _opening(rules: Rules, n: int) -> Known:
    """Nothing has happened yet: zeros everywhere but for what the scenario starts with."""

    def rows(values: float | Floats) -> Floats:
        return np.repeat(np.asarray(values, dtype=np.float64)[..., None], n, axis=-1)

    def chosen(row: int, *axes: str) -> Ints:
        return np.full((*_shape(rules, axes), n), row, dtype=np.int64)

    boundless = np.full(len(rules.stakeholders), UNBOUNDED)
    return evolve(
        _blank(rules, n),
        stage=chosen(rules.start.stage),
        hours=rows(rules.focus_hours),
        found=rows(rules.worth.known),
        mean=rows(rules.worth.mean),
        sd=rows(rules.worth.sd),
        target=chosen(NOBODY),
        problem=chosen(NOBODY),
        promised_to=chosen(NOBODY, "J"),
        rank=rows(np.arange(len(rules.features), dtype=np.float64)),
        kept=rows(np.ones(len(rules.features))),
        experienced=rows(rules.team.experienced),
        new=rows(rules.team.new),
        profile=chosen(usual_profile(rules)),
        claim=rows(USUAL_CLAIM),
        criteria=rows(NO_CRITERIA),
        share=rows(rules.market.begun),
        technology=rows(rules.team.skill),
        leadership=rows(rules.team.leadership),
        trend_odds=rows(np.array([one.chance / (1.0 - one.chance) for one in rules.trends], dtype=np.float64)),
        trend=rows(np.array([one.chance for one in rules.trends], dtype=np.float64)),
        broken_feature=chosen(NOBODY, "A"),
        rebuild=rows(rules.field.rebuild),
        stars=rows(rules.field.stars),
        agents=rows(rules.support.agents),
        cash=rows(rules.money.cash),
        price=rows(rules.money.price),
        kept_weight=rows(rules.people.kept),
        broken_weight=rows(rules.people.broken),
        satisfaction=rows(rules.people.base),
        intent=chosen(Response.LOYALTY, "A"),
        acted=chosen(NOBODY, "A"),
        leaning=rows(np.stack([-boundless, boundless])),
        answered=chosen(NOBODY, "E"),
        memory=rows(np.array([one.start for one in rules.memory], dtype=np.float64)),
    )


def _blank(rules: Rules, n: int) -> Known:
    """Every field of the known state at zero, in the shape that it declares."""
    zeros: dict[str, Any] = {}
    for one in fields(Known):
        kind = np.int64 if one.type == Ints else np.float64
        zeros[one.name] = np.zeros((*_shape(rules, one.metadata["axes"]), n), dtype=kind)
    return Known(**zeros)


def _shape(rules: Rules, axes: Iterable[str | int]) -> tuple[int, ...]:
    """Lengths of axes given by letter or number; C has a place for every week, the planning week included."""
    lengths = {
        "S": len(rules.segments),
        "D": len(rules.needs),
        "J": len(rules.features),
        "I": len(rules.instruments),
        "R": len(rules.rivals),
        "A": len(rules.stakeholders),
        "E": len(rules.cards),
        "V": len(rules.memory),
        "O": len(rules.people.outcomes),
        "F": len(rules.people.outcomes) - PROMISES_PART,
        "T": len(rules.trends),
        "C": rules.weeks + 1,
    }
    return tuple(axis if isinstance(axis, int) else lengths[axis] for axis in axes)
