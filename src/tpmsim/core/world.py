"""The world of a scenario in tables: its market, needs, instruments, features, people and money, as frozen arrays.

Axes: S segments, D needs (models.md: N), J features, A stakeholders, I instruments, R rivals, P profiles. `Rules` holds
one of each.
"""

from dataclasses import dataclass

from tpmsim.core.arrays import Floats, Ints
from tpmsim.core.conditions import Ref

ARTIFACTS = ("requirements", "design", "code")
"""definition: where a defect was made, in the order of axis 0 of `latent` and `removed`."""

RECENT = 4
"""assumption: weeks of which incidents are counted as recent."""

NOT_SHIPPED = -1.0
"""definition: in `Start.shipped`, customers do not have the feature at the start."""


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Segments and rivals.

    Attributes:
        size: (S,) potential customers of the category.
        innovation: (S,) Bass p a year.
        imitation: (S,) Bass q a year.
        begun: (S,) share of the potential that already has some product of the category.
        pace_sd: (S,) prior sd of the log of the market's speed against p and q.
        price_slope: (S,) utility of one unit of price.
        rival_pull: (R, S) utility of a rival at its price.
        rival_hazard: (R,) moves of a rival a year.
        rival_step: (R,) utility that a new feature adds.
        rival_kinds: (3, R) shares of its moves that are a feature, a price, a claim.
        price_response: change of effective years by the log of the category's price (b1).
        advert_response: the same for advertising (b2).
        advert_most: largest multiple of advertising above none.
        advert_half: goodwill at half of that.
        waves: share of the sign-ups that each wave lets in, first to last.
    """

    size: Floats
    innovation: Floats
    imitation: Floats
    begun: Floats
    pace_sd: Floats
    price_slope: Floats
    rival_pull: Floats
    rival_hazard: Floats
    rival_step: Floats
    rival_kinds: Floats
    price_response: float
    advert_response: float
    advert_most: float
    advert_half: float
    waves: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What customers want.

    Attributes:
        mean, sd: (S, D) prior of the worth.
        kano: (D,) class, an index of choice.KANO.
        better, worse: (D,) satisfaction when fully met and when not met at all.
        known: (D,) 1 where a need is known from the start.
        found_a, found_b: parameters of discovery by interviews.
    """

    mean: Floats
    sd: Floats
    kano: Ints
    better: Floats
    worse: Floats
    known: Floats
    found_a: float
    found_b: float


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to learn.

    Attributes:
        id: of the instrument.
        about: `needs` (asked of a segment), `effort` (of a feature) or `rivals` (of a rival).
        answers: how many answers one use brings.
        error: sd of one answer, in the unit of the worth (for effort: of its log).
        bias_sd: sd of the run's own bias.
        tilt: published mean tilt, which beliefs subtract.
        lean: share of an answer that is of the loudest segment, whoever is asked; below 1.
        loudest: row of that segment, or -1.
        discovers: whether its answers can bring up needs that nobody thought of.
        hit: for rivals, how often it sees what is there.
        told_by: row of the stakeholder through whom its answers come, or -1.
    """

    id: str
    about: str
    answers: int
    error: float
    bias_sd: float
    tilt: float
    lean: float
    loudest: int
    discovers: bool
    hit: float
    told_by: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The backlog.

    Attributes:
        ksloc: (J,) size in thousand lines.
        serves: (J, D) how far a finished feature fulfils a need, 0..1.
        depends: (J, J) 1 where the row must wait for the column.
        sponsor: (J,) row of the stakeholder who asks for it.
        effort_sd: (J,) prior sd of the log of true over estimated effort.
        error_sd: sd of the log of a feature's own error rate.
        report_sd: sd of the log of reported progress.
        cut: share of a feature that stays after its scope is cut.
    """

    ksloc: Floats
    serves: Floats
    depends: Floats
    sponsor: Ints
    effort_sd: Floats
    error_sd: float
    report_sd: float
    cut: float


@dataclass(frozen=True, slots=True, eq=False)
class Team:
    """The people who build.

    Attributes:
        experienced, new: persons at the start.
        pay: a person and week.
        skill: technical skill of the player at the start, 0..1.
        leadership: of the player at the start, 0..1.
        feature_share: (P,) share of the capacity that builds, by profile.
        delay: (P,) mean weeks until rework is discovered, by profile.
        talks: (P,) interview answers a person and week brings from the target segment, by profile.
        debt_share: (P,) share of the capacity that pays down debt, by profile.
        checks: (P,) level of review and test, 0 (VL) to 4 (VH), by profile.
        new_stars: (P,) maintainability of new work, by profile.
    """

    experienced: float
    new: float
    pay: float
    skill: float
    leadership: float
    feature_share: Floats
    delay: Floats
    talks: Floats
    debt_share: Floats
    checks: Floats
    new_stars: Floats


@dataclass(frozen=True, slots=True)
class Field:
    """What customers may meet, and the code behind it.

    Attributes:
        failures: of a defect and year at full use.
        full_load: customers at which use is full.
        recovery: person-hours that an incident takes, by level of review and test VL to VH.
        stars: maintainability of the code at the start.
        rebuild: person-days that it would take to build that code anew.
        amends: money that an incident costs beside the work: refunds, penalties, visits.
    """

    failures: float
    full_load: float
    recovery: tuple[float, ...]
    stars: float
    rebuild: float
    amends: float


@dataclass(frozen=True, slots=True)
class Support:
    """Who answers customers.

    Attributes:
        agents: at the start.
        most: that there can be.
        pay: an agent and week.
        handling: hours a ticket.
        target: hours that customers accept to wait.
        tickets: of a content customer and week.
    """

    agents: int
    most: int
    pay: float
    handling: float
    target: float
    tickets: float


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The stakeholders.

    Attributes:
        base: (A,) satisfaction to which each drifts.
        kept, broken: (A,) evidence of kept and of broken promises at the start.
        goals: (A, O) weight of a change of each outcome, rows sum to at most 1 in size.
        outcomes: what the columns of goals speak of.
        outcome_names: their names.
        patience: (A,) weeks without being heard that they bear.
        scale: (O,) change of the outcome that counts as 1.
        influence: (A, A) who listens to whom, rows sum to 1.
        settled: (A, A) how a private leaning ends up in everybody's opinion after long talk.
        weight: (A,) vote, from salience.
        cares: (A, G) 1 where a stakeholder minds a requirement of a gate (G counts all gates' requirements).
        investment, alternatives: (A,) 0..1.
        lean_sd: (A,) sd of a private leaning.
        function: (A,) what each does for the product, a Function.
    """

    base: Floats
    kept: Floats
    broken: Floats
    goals: Floats
    outcomes: tuple[Ref, ...]
    outcome_names: tuple[str, ...]
    patience: Floats
    scale: Floats
    influence: Floats
    settled: Floats
    weight: Floats
    cares: Floats
    investment: Floats
    alternatives: Floats
    lean_sd: Floats
    function: Ints


@dataclass(frozen=True, slots=True)
class Money:
    """Cash and what moves it.

    Attributes:
        cash: at the start.
        price: of a contract at the start; the reference of the price slope.
        hosting: a customer and week.
        contract: weeks of a contract.
        churn_a, churn_b: shifted beta-geometric at no shift.
        recycle: price of going back one stage.
    """

    cash: float
    price: float
    hosting: float
    contract: int
    churn_a: float
    churn_b: float
    recycle: float


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What there is before the planning week.

    Attributes:
        stage: row of the stage in which a run begins.
        customers: (S,) at the start.
        renewals: contracts that these have renewed before.
        brand: (S,) utility of our name.
        shipped: (J,) share of the work that is faulty and not found, of features that customers have; else NOT_SHIPPED.
        spent: (J,) work done on features that are begun, as a share of their estimate; 0 where nothing is.
        faulty: (J,) share of that work that is faulty and not found, at the usual error rate.
        reported: (J,) progress that was reported of them.
    """

    stage: int
    customers: Floats
    renewals: int
    brand: Floats
    shipped: Floats
    spent: Floats
    faulty: Floats
    reported: Floats

    @property
    def begun(self) -> bool:
        """Whether anything was done before."""
        return bool((self.shipped > NOT_SHIPPED).any() or (self.spent > 0.0).any() or (self.customers > 0.0).any())
