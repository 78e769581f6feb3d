"""The opening: a world drawn from the priors of a scenario, and what is known of it before the first week."""

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Ints, Keys
from tpmsim.core.mechanics.choice import rival_wait
from tpmsim.core.mechanics.opinions import settled
from tpmsim.core.rolls import Luck, future_key, world_key
from tpmsim.core.rules import EndedBy, Response, Rules
from tpmsim.core.state import NO_CRITERIA, NOBODY, UNBOUNDED, Hidden, Known, State, Truth


def initial(rules: Rules, seeds: Keys) -> State:
    """The planning week of one run a seed.

    Args:
        rules: the scenario.
        seeds: (N,) seeds of the runs.
    """
    keys = world_key(seeds)
    truth = draw_truth(rules, Luck(keys, 0))
    known = _opening(rules, seeds.shape[0])
    return State(truth, _unseen(rules, truth, known, Luck(keys, 0)), known, future_key(seeds))


def draw_truth(rules: Rules, luck: Luck) -> Truth:
    """(N,) worlds from the priors of the scenario."""
    needs, market, backlog, people = rules.worth, rules.market, rules.backlog, rules.people
    worth = np.stack(
        [
            np.stack(
                [
                    needs.mean[s, d] + needs.sd[s, d] * luck.normal("truth:worth", f"{segment}/{need}")
                    for d, need in enumerate(rules.needs)
                ]
            )
            for s, segment in enumerate(rules.segments)
        ]
    )
    bias = np.stack(
        [
            np.stack(
                [
                    np.stack(
                        [
                            tool.bias_sd * luck.normal("truth:bias", f"{tool.id}/{segment}/{need}")
                            for need in rules.needs
                        ]
                    )
                    for segment in rules.segments
                ]
            )
            for tool in rules.instruments
        ]
    )
    spike = rules.effort_instrument
    spread = rules.instruments[spike].bias_sd if spike >= 0 else 0.0
    return Truth(
        worth=worth,
        bias=bias,
        spike_bias=np.stack([spread * luck.normal("truth:spike", name) for name in rules.features]),
        ratio=np.stack(
            [
                exact.exp(backlog.effort_sd[j] * luck.normal("truth:effort", name))
                for j, name in enumerate(rules.features)
            ]
        ),
        error=draw_error(rules, luck),
        pace=np.stack(
            [exact.exp(market.pace_sd[s] * luck.normal("truth:pace", name)) for s, name in enumerate(rules.segments)]
        ),
        lean=np.stack(
            [people.lean_sd[a] * luck.normal("truth:lean", name) for a, name in enumerate(rules.stakeholders)]
        ),
    )


def draw_error(rules: Rules, luck: Luck) -> Floats:
    """(J, N) error rates of features over the usual one, between 0.4 and 1.8, mean about 1."""
    spread = rules.backlog.error_sd
    drawn = [exact.exp(spread * luck.normal("truth:error", name) - spread * spread / 2.0) for name in rules.features]
    return exact.clip(np.stack(drawn), 0.4, 1.8)


def _unseen(rules: Rules, truth: Truth, known: Known, luck: Luck) -> Hidden:
    n = known.week.shape[0]
    return Hidden(
        good=np.zeros((len(rules.features), n)),
        faulty=np.zeros((len(rules.features), n)),
        expectation=np.zeros((len(rules.segments), rules.weeks + 1, n)),
        mood=np.zeros((len(rules.segments), rules.weeks + 1, n)),
        opinion=known.talked + settled(rules, truth.lean),
        die=np.full((len(rules.stakeholders), n), 0.5),
        rival_due=np.stack([rival_wait(rules, luck, row) for row in range(len(rules.rivals))])
        if rules.rivals
        else np.zeros((0, n)),
    )


def _opening(rules: Rules, n: int) -> Known:
    s, d, j, i = len(rules.segments), len(rules.needs), len(rules.features), len(rules.instruments)
    r, a, e, c = len(rules.rivals), len(rules.stakeholders), len(rules.cards), rules.weeks + 1

    def zeros(*shape: int) -> Floats:
        return np.zeros((*shape, n))

    def whole(value: int, *shape: int) -> Ints:
        return np.full((*shape, n), value, dtype=np.int64)

    def rows(values: Floats) -> Floats:
        return np.repeat(np.asarray(values, dtype=np.float64)[..., None], n, axis=-1)

    return Known(
        week=whole(0),
        stage=whole(0),
        stage_weeks=whole(0),
        hours=np.full(n, rules.focus_hours),
        ended=whole(EndedBy.NOTHING),
        trigger=whole(0),
        changed=zeros(),
        found=rows(rules.worth.known),
        held=zeros(s),
        queue=zeros(i, s),
        spiking=zeros(j),
        looking=zeros(r),
        asked=zeros(i, s, d),
        heard=zeros(i, s, d),
        mean=rows(rules.worth.mean),
        sd=rows(rules.worth.sd),
        spiked=zeros(j),
        spike_mean=zeros(j),
        reports=zeros(j),
        report_mean=zeros(j),
        rival_seen=zeros(r),
        target=whole(NOBODY),
        problem=whole(NOBODY),
        committed=zeros(j),
        rank=rows(np.arange(j, dtype=np.float64)),
        nominal=zeros(j),
        kept=zeros(j) + 1.0,
        due=whole(0, j),
        word=zeros(j),
        promised_to=whole(NOBODY, j),
        moved=zeros(j),
        plan_weeks=zeros(),
        promises_kept=zeros(),
        promises_broken=zeros(),
        experienced=zeros() + rules.team.experienced,
        new=zeros() + rules.team.new,
        fresh=zeros(2),
        hiring=zeros(),
        overtime=zeros(),
        fatigue=zeros(),
        profile=whole(rules.profiles.index("balanced")),
        worked=zeros(j),
        exposed=zeros(j),
        surfaced=zeros(j),
        reported=zeros(j),
        complete=zeros(j),
        shipped=zeros(j),
        claim=zeros() + 0.8,
        wave=whole(0),
        wave_week=whole(0),
        criteria=zeros() + NO_CRITERIA,
        tripped=zeros(),
        share=rows(rules.market.begun),
        goodwill=zeros(),
        ahead=zeros(s),
        pace_weeks=zeros(s),
        pace_mean=zeros(s),
        rival_gain=zeros(r),
        cohort=zeros(s, c),
        cohort_claim=zeros(c),
        cohort_price=zeros(c),
        lost=zeros(s),
        signing=zeros(s),
        appeal=zeros(s),
        sentiment=zeros(s),
        brand=zeros(s),
        cash=zeros() + rules.money.cash,
        price=zeros() + rules.money.price,
        spend=zeros(),
        revenue=zeros(),
        burn=zeros(),
        kept_weight=rows(rules.people.kept),
        broken_weight=rows(rules.people.broken),
        satisfaction=rows(rules.people.base),
        talked=zeros(a),
        met=zeros(a),
        evidence=zeros(a),
        intent=whole(Response.LOYALTY, a),
        intent_cell=zeros(2, a),
        acted=whole(NOBODY, a),
        gone=zeros(a),
        votes=zeros(a),
        leaning=np.stack([zeros(a) - UNBOUNDED, zeros(a) + UNBOUNDED]),
        outcomes=zeros(len(rules.people.outcomes)),
        open=zeros(e),
        came=zeros(e),
    )
