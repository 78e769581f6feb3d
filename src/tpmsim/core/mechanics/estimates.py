"""Estimates: from size to effort, schedule and staff, and how wrong an estimate may be.

COCOMO II.2000 (Boehm et al. 2000, Software Cost Estimation with COCOMO II; Model Definition Manual 2.1, USC),
the cone of uncertainty (Boehm 1981; McConnell 2006) and the fat tail of projects (Flyvbjerg et al. 2022, J.
MIS 39:607-639). Used once for the committed plan; features share it by size.

Not for the progress of the work itself; that is `staffing` and `rework`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Floats, Number
from tpmsim.core.flows import Flows
from tpmsim.core.ledger import Trace
from tpmsim.core.readings import PERSON_DAY, overhead
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Rules
from tpmsim.core.state import Known, State, evolve
from tpmsim.core.telling import plan_padding

EFFORT_A = 2.94
"""pub (Boehm et al. 2000): person-months of one KSLOC."""

EXPONENT_B = 0.91
"""pub (Boehm et al. 2000): exponent without diseconomies."""

SCHEDULE_C = 3.67
"""pub (Boehm et al. 2000): months of one person-month."""

SCHEDULE_D = 0.28
"""pub (Boehm et al. 2000): exponent of the schedule."""

SCHEDULE_SLOPE = 0.2
"""pub (Boehm et al. 2000): how the diseconomies act on the schedule."""

LEVELS = ("VL", "L", "N", "H", "VH", "XH")
"""pub (Boehm et al. 2000): ratings, numbered 0 to 5."""

SCALE_FACTORS: Mapping[str, tuple[float | None, ...]] = MappingProxyType(
    {
        "PREC": (6.20, 4.96, 3.72, 2.48, 1.24, 0.0),
        "FLEX": (5.07, 4.05, 3.04, 2.03, 1.01, 0.0),
        "RESL": (7.07, 5.65, 4.24, 2.83, 1.41, 0.0),
        "TEAM": (5.48, 4.38, 3.29, 2.19, 1.10, 0.0),
        "PMAT": (7.80, 6.24, 4.68, 3.12, 1.56, 0.0),
    }
)
"""pub (Boehm et al. 2000): scale factors by level."""

EFFORT_MULTIPLIERS: Mapping[str, tuple[float | None, ...]] = MappingProxyType(
    {
        "RELY": (0.82, 0.92, 1.0, 1.10, 1.26, None),
        "DATA": (None, 0.90, 1.0, 1.14, 1.28, None),
        "CPLX": (0.73, 0.87, 1.0, 1.17, 1.34, 1.74),
        "RUSE": (None, 0.95, 1.0, 1.07, 1.15, 1.24),
        "DOCU": (0.81, 0.91, 1.0, 1.11, 1.23, None),
        "TIME": (None, None, 1.0, 1.11, 1.29, 1.63),
        "STOR": (None, None, 1.0, 1.05, 1.17, 1.46),
        "PVOL": (None, 0.87, 1.0, 1.15, 1.30, None),
        "ACAP": (1.42, 1.19, 1.0, 0.85, 0.71, None),
        "PCAP": (1.34, 1.15, 1.0, 0.88, 0.76, None),
        "PCON": (1.29, 1.12, 1.0, 0.90, 0.81, None),
        "APEX": (1.22, 1.10, 1.0, 0.88, 0.81, None),
        "PLEX": (1.19, 1.09, 1.0, 0.91, 0.85, None),
        "LTEX": (1.20, 1.09, 1.0, 0.91, 0.84, None),
        "TOOL": (1.17, 1.09, 1.0, 0.90, 0.78, None),
        "SITE": (1.22, 1.09, 1.0, 0.93, 0.86, 0.80),
        "SCED": (1.43, 1.14, 1.0, 1.0, 1.0, None),
    }
)
"""pub (Boehm et al. 2000): effort multipliers by level; None where a level is not defined."""

SCED_PERCENT = (75.0, 85.0, 100.0, 130.0, 160.0)
"""pub (Boehm et al. 2000): promised over nominal schedule, %, at the levels VL to VH of SCED."""

CONE_BANDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "initial concept": (0.25, 4.0),
        "approved product definition": (0.5, 2.0),
        "requirements specification": (0.67, 1.5),
        "product design specification": (0.8, 1.25),
        "detailed design specification": (0.9, 1.1),
        "accepted product": (1.0, 1.0),
    }
)
"""pub (Boehm 1981; McConnell 2006): true over estimated effort, low and high, by phase."""

BAND_WIDTH = 2.0 * exact.Z_80
"""assumption: a band of the cone is read as an 80 % interval; its width in standard deviations."""

TAIL_CHANCE = 0.0
"""assumption: weight of the fat tail (its shape is pub, Flyvbjerg et al. 2022); a scenario sets it."""

TAIL_START = 1.5
"""assumption: ratio at which the tail begins; a scenario sets it."""

TAIL_EXPONENT = 1.5
"""assumption: exponent of the tail; a scenario sets it."""

WORST_RATIO = 10.0
"""assumption: no project is allowed more than ten times its estimate."""

WORK_DAYS = 65.0 / 3.0
"""assumption: working days of a month, without holidays."""


def driver(name: str, level: Number) -> Floats:
    """A scale factor or effort multiplier at a rating from 0 (VL) to 5 (XH), linear between the levels.

    Beyond the last level that is defined for the driver it keeps that level's value.

    Args:
        name: four letters, such as `TEAM`.
        level: rating, any shape.
    """
    values = SCALE_FACTORS[name] if name in SCALE_FACTORS else EFFORT_MULTIPLIERS[name]
    defined = [(float(at), value) for at, value in enumerate(values) if value is not None]
    return exact.interpolate(level, [at for at, _ in defined], [value for _, value in defined])


def sced_level(percent: Number) -> Floats:
    """The rating of SCED at a promised schedule of so many % of the nominal one, linear between levels."""
    return exact.interpolate(percent, SCED_PERCENT, [0.0, 1.0, 2.0, 3.0, 4.0])


def scale_exponent(sum_sf: Floats) -> Floats:
    """E = 0.91 + 0.01 sum(SF): above 1, effort grows faster than size (Boehm et al. 2000)."""
    return EXPONENT_B + 0.01 * sum_sf


def effort_pm(ksloc: Floats, exponent: Number, multiplier_product: Number = 1.0) -> Floats:
    """PM = 2.94 KSLOC^E prod(EM), person-months of 152 hours (Boehm et al. 2000).

    Args:
        ksloc: size, thousand lines of code, above 0.
        exponent: E of `scale_exponent`.
        multiplier_product: product of the effort multipliers.
    """
    return EFFORT_A * exact.pow(ksloc, exponent) * multiplier_product


def schedule_months(pm_ns: Floats, exponent: Number, sced_percent: Number = 100.0) -> Floats:
    """TDEV = 3.67 PM_ns^(0.28 + 0.2 (E - 0.91)) SCED%/100, months (Boehm et al. 2000).

    Args:
        pm_ns: effort in person-months without the multiplier SCED.
        exponent: E of `scale_exponent`.
        sced_percent: promised over nominal schedule, %.
    """
    power = SCHEDULE_D + SCHEDULE_SLOPE * (exponent - EXPONENT_B)
    return SCHEDULE_C * exact.pow(pm_ns, power) * sced_percent / 100.0


def planned_staff(pm: Floats, tdev: Floats) -> Floats:
    """Mean number of people of a plan, PM/TDEV."""
    return pm / tdev


def cone_sigma(low: Number, high: Number) -> Floats:
    """Standard deviation of the log of true over estimated effort if low to high is an 80 % interval."""
    return (exact.log(high) - exact.log(low)) / BAND_WIDTH


CONE: Mapping[str, float] = MappingProxyType(
    {phase: float(cone_sigma(low, high)) for phase, (low, high) in CONE_BANDS.items()}
)
"""assumption: `cone_sigma` of each band of CONE_BANDS, by phase."""


def true_ratio(
    z: Floats,
    sigma: Number,
    u_tail: Number = 1.0,
    u: Number = 0.5,
    chance: Number = TAIL_CHANCE,
    start: Number = TAIL_START,
    exponent: Number = TAIL_EXPONENT,
) -> Floats:
    """True over estimated effort: log-normal, or with some chance from a fat (Pareto) tail.

    exp(sigma z); in the tail min(10, x0 exp(-ln(u)/alpha)), Flyvbjerg et al. 2022.

    Args:
        z: standard normal draw.
        sigma: standard deviation of the log, from CONE.
        u_tail: uniform draw that decides about the tail.
        u: uniform draw in the tail, above 0.
        chance: weight of the tail.
        start: x0, where it begins.
        exponent: alpha; the smaller, the fatter.
    """
    tail = np.minimum(WORST_RATIO, start * exact.exp(-exact.log(u) / exponent))
    return np.where(u_tail < chance, tail, exact.exp(sigma * z))


def work_units(pm: Floats, overhead: Number) -> Floats:
    """Scope in the work units of `staffing`: the planned team of experienced people needs just TDEV.

    Args:
        pm: effort, person-months.
        overhead: share of time that the planned team loses to communication, `staffing.overhead(n_plan)`.
    """
    return pm * WORK_DAYS * PERSON_DAY * (1.0 - overhead)


NOMINAL_FACTORS = float(driver("FLEX", 2.0) + driver("RESL", 2.0) + driver("PMAT", 2.0))
"""definition: sum of the scale factors of which a scenario says nothing, at their nominal level."""


def estimates(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Engineering looks at the plan; features that are opened for work get their estimate, once."""
    known = state.known
    opened = (known.committed > 0.0) & (known.nominal <= 0.0) & rules.works[known.stage]
    if opened.any():
        known = evolve(known, nominal=np.where(opened, plan_work(rules, known), known.nominal))
    if trace.on:
        trace.mark("progress", "the plan", known.progress)
    return replace(state, known=known)


def remaining(rules: Rules, state: State, flows: Flows, luck: Luck, trace: Trace) -> State:
    """Engineering says how many weeks the plan still takes, after what was reported this week."""
    known = state.known
    planned = known.committed > 0.0
    if not planned.any():
        return replace(state, known=evolve(known, plan_weeks=np.zeros(state.size)))
    guess = np.where(known.nominal > 0.0, known.nominal, plan_work(rules, known))
    open_work = exact.total(np.where(planned, guess * known.kept * (1.0 - known.reported), 0.0))
    pace = usual_capacity(rules, known) * rules.team.feature_share[known.profile]
    weeks = open_work / np.maximum(pace, 1e-9) * (1.0 + plan_padding(rules, known))
    return replace(state, known=evolve(known, plan_weeks=np.minimum(weeks, 999.0)))


def usual_capacity(rules: Rules, known: Known) -> Floats:
    """(N,) work units a week of this team once everybody knows their way, without overtime, after upkeep."""
    people = known.coming
    return 5.0 * PERSON_DAY * people * (1.0 - overhead(people)) * (1.0 - known.upkeep)


def plan_work(rules: Rules, known: Known) -> Floats:
    """(J, N) estimated work units of each feature within the committed plan, or alone beside it if it is not in it.

    The plan is estimated once and features share it by size: with an exponent above 1 a larger plan makes each
    of its features dearer. TEAM follows mean trust, PREC and APEX the player's technical skill (assumption).
    """
    sizes = rules.backlog.ksloc[:, None]
    plan = np.maximum(exact.total(sizes * known.committed), rules.backlog.ksloc[0])
    exponent = scale_exponent(_scale_factors(rules, known))
    multiplier = driver("APEX", 4.0 * known.technology)
    months = effort_pm(plan, exponent, multiplier)
    people = planned_staff(months, schedule_months(months, exponent))
    whole = work_units(months, overhead(people))
    shares: Floats = sizes * whole / plan
    return shares


def _scale_factors(rules: Rules, known: Known) -> Floats:
    return NOMINAL_FACTORS + driver("PREC", 4.0 * known.technology) + driver("TEAM", 4.0 * known.mean_trust)
