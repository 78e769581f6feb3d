"""State: Truth (drawn at the start, constant), Hidden (moves, unseen) and Known (all a player may know).

Every array ends with the batch axis N, one column a run; there is no scalar form. States are frozen: `evolve` makes
the next one. Rows follow the ids of `Rules`. Axes: S segments, D needs, J features, I instruments, R rivals,
A stakeholders, C cohorts (by the week in which they signed), E cards, V numbers that the author has remembered.

What may be seen is decided by where a field stands: policies, conditions, gates and screens are handed `Known`.
"""

from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints, Keys
from tpmsim.core.rules import EndedBy
from tpmsim.core.world import ARTIFACTS

NOBODY = -1
"""definition: in rows that name an entity: none chosen."""

UNBOUNDED = 9.0
"""definition: in `leaning`, further out than any leaning, so that no vote has told anything."""

NO_CRITERIA = -9.0
"""definition: in `criteria`, nothing was written down."""

PROMISES_PART, UNHEARD_PART, COMPLAINTS_PART = -3, -2, -1
"""definition: in `felt`, behind the outcomes: what became of promises, not being listened to, complaints of others."""

LONG_AGO = 999
"""definition: weeks since an answer that was never given."""

_GOES_ON = int(EndedBy.NOTHING)
"""definition: by nothing has a run ended that goes on."""

SPENT = 0.5
"""assumption: fatigue at which team health is 0."""


def team_health(fatigue: Floats) -> Floats:
    """Health of the team as players see it, 100 rested to 0 spent."""
    left: Floats = 1.0 - np.minimum(1.0, fatigue / SPENT)
    return 100.0 * left


def known(group: str, *axes: str | int) -> Any:
    """A field of the known state: the heading that fingerprints and debriefs use, and the axes before the runs."""
    return field(metadata={"group": group, "axes": axes})


@dataclass(frozen=True)
class Truth:
    """Drawn when the run starts, constant, never shown.

    Attributes:
        worth: (S, D, N) utility of a need fully met.
        bias: (I, S, D, N) an instrument's own error in this run, which repetition does not remove.
        spike_bias: (J, N) the same for estimates of effort, on the log.
        ratio: (J, N) true over estimated effort.
        error: (J, N) a feature's rate of faulty work over the usual one.
        pace: (S, N) speed of the market over the published one.
        lean: (A, N) private leaning of a stakeholder in the matter of the gate.
        arrives: (T, N) week in which a trend arrives; a week that no run has if it is not real.
    """

    worth: Floats
    bias: Floats
    spike_bias: Floats
    ratio: Floats
    error: Floats
    pace: Floats
    lean: Floats
    arrives: Floats


@dataclass(frozen=True)
class Hidden:
    """Moves, but is not seen.

    Attributes:
        good: (J, N) work done right, work units.
        faulty: (J, N) undiscovered rework, work units.
        expectation: (S, C, N) what a cohort expects, 0..1.
        mood: (S, C, N) satisfaction summed over the weeks of the contract now running.
        opinion: (A, N) on the coming gate, -1..1.
        die: (A, N) the uniform behind an intent.
        rival_due: (R, N) week of a rival's next move.
    """

    good: Floats
    faulty: Floats
    expectation: Floats
    mood: Floats
    opinion: Floats
    die: Floats
    rival_due: Floats


@dataclass(frozen=True)
class Known:
    """All that a player may know. See `docs/glossary.md` for the words."""

    # clock
    week: Ints = known("clock")  # 0 is the planning week
    stage: Ints = known("clock")  # row of Rules.stages
    stage_weeks: Ints = known("clock")  # weeks spent in it
    hours: Floats = known("clock")  # focus hours left
    ended: Ints = known("clock")  # EndedBy
    trigger: Ints = known("clock")  # Trigger asked for this week
    changed: Floats = known("clock")  # 1 where last week's gate opened, -1 where it was refused
    # evidence
    found: Floats = known("evidence", "D")  # 1 where the need is known
    held: Floats = known("evidence", "S")  # answers of discovering instruments so far
    queue: Floats = known("evidence", "I", "S")  # uses under way
    spiking: Floats = known("evidence", "J")  # spikes under way
    looking: Floats = known("evidence", "R")  # teardowns under way
    asked: Floats = known("evidence", "I", "S", "D")  # answers heard
    heard: Floats = known("evidence", "I", "S", "D")  # their mean, less the published tilt
    mean: Floats = known("evidence", "S", "D")  # belief of the worth
    sd: Floats = known("evidence", "S", "D")
    spiked: Floats = known("evidence", "J")  # answers of spikes
    spike_mean: Floats = known("evidence", "J")  # their mean log ratio, less the tilt
    reports: Floats = known("evidence", "J")  # progress reports that bore on the effort
    report_weight: Floats = known("evidence", "J")  # what these are worth, by how much they were trusted to be
    report_mean: Floats = known("evidence", "J")  # their mean log ratio
    rival_seen: Floats = known("evidence", "R")  # week of the move that a teardown saw coming, 0 none
    reading: Floats = known("evidence")  # looks at the feed under way
    trend_odds: Floats = known("evidence", "T")  # odds that a trend is real, by all that was read
    trend: Floats = known("evidence", "T")  # believed chance that it is real and still to come
    trend_told: Floats = known("evidence", "T")  # reports of last week
    arrived: Floats = known("evidence", "T")  # 1 where it has come
    # plan
    target: Ints = known("plan")  # row of the target segment or NOBODY
    problem: Ints = known("plan")  # row of the need to solve or NOBODY
    committed: Floats = known("plan", "J")  # 1 where in the plan
    rank: Floats = known("plan", "J")  # order of work, lowest first
    nominal: Floats = known("plan", "J")  # estimated work units; 0 until the plan is fixed
    kept: Floats = known("plan", "J")  # share of the scope kept after cuts
    due: Ints = known("plan", "J")  # promised week, 0 none
    word: Floats = known("plan", "J")  # confidence of the promise, 0..1
    promised_to: Ints = known("plan", "J")  # row of the stakeholder
    moved: Floats = known("plan", "J")  # weeks by which a promise is put off this week, -1 withdrawn
    plan_weeks: Floats = known("plan")  # weeks of work left in the plan, as engineering saw it; 0 unseen
    promises_kept: Floats = known("plan")
    promises_broken: Floats = known("plan")
    # team
    experienced: Floats = known("team")  # persons
    new: Floats = known("team")
    fresh: Floats = known("team", 2)  # by weeks since joining
    hiring: Floats = known("team")  # persons who start next week
    overtime: Floats = known("team")  # share above the normal week
    fatigue: Floats = known("team")
    profile: Ints = known("team")  # row of Rules.profiles
    technology: Floats = known("team")  # skills of the player, 0..1
    leadership: Floats = known("team")
    studying: Floats = known("team", 2)  # hours of study this week: technology, leadership
    # build
    worked: Floats = known("build", "J")  # work units spent
    exposed: Floats = known("build", "J")  # of these expected faulty at the usual error rate
    surfaced: Floats = known("build", "J")  # of these expected to have been found
    reported: Floats = known("build", "J")  # reported progress, 0..1
    complete: Floats = known("build", "J")  # 1 where nothing known is left to do
    shipped: Floats = known("build", "J")  # 1 where customers have it
    shipped_in: Ints = known("build", "J")  # week in which they got it; 0 if at the start, or not yet
    rebuild: Floats = known("build")  # person-days that it would take to build the code anew
    stars: Floats = known("build")  # maintainability of the code, 1 to 5
    upkeep: Floats = known("build")  # share of last week's capacity that upkeep took
    # field and support
    latent: Floats = known("field", len(ARTIFACTS), "J")  # defects that escaped, at the usual error rate
    removed: Floats = known("field", len(ARTIFACTS), "J")  # of these failed and mended
    tried: Floats = known("field", "J")  # failures expected so far, at the usual error rate
    met_in: Floats = known("field", "J")  # incidents so far
    incidents_week: Floats = known("field")  # incidents of last week
    incident_weeks: Floats = known("field", "C")  # incidents of each week
    incidents: Floats = known("field")  # of the last RECENT weeks
    fires: Floats = known("field")  # person-hours that last week's incidents take from this one
    agents: Floats = known("support")  # persons who answer customers
    asked_by: Floats = known("support", 3)  # tickets of last week: usual ones, of those let down, after incidents
    backlog: Floats = known("support")  # tickets not answered yet
    wait: Floats = known("support")  # hours that a customer waits
    waits: Floats = known("support", "C")  # the same of each week
    # launch
    claim: Floats = known("launch")  # how much of each shipped feature is claimed, 0..1
    wave: Ints = known("launch")  # waves opened
    wave_week: Ints = known("launch")  # week in which the last one was
    criteria: Floats = known("launch")  # sentiment below which we stop, or NO_CRITERIA
    tripped: Floats = known("launch")  # 1 where sentiment fell below it
    # market
    share: Floats = known("market", "S")  # share of the potential that has some product
    goodwill: Floats = known("market")  # stock of advertising
    ahead: Floats = known("market", "S")  # largest effect of price and advertising so far, years
    pace_weeks: Floats = known("market", "S")  # weeks from which the pace was read
    pace_mean: Floats = known("market", "S")  # mean log pace read
    rival_gain: Floats = known("market", "R")  # utility added by rivals' moves
    rival_claim: Floats = known("market", "R")  # utility that their claims add for a while
    rival_did: Ints = known("market", "R")  # what each did last week, a RivalMove
    cohort: Floats = known("market", "S", "C")  # customers
    cohort_claim: Floats = known("market", "C")  # what they were told
    cohort_price: Floats = known("market", "C")  # what they pay
    lost: Floats = known("market", "S")  # customers who left, over the run
    signing: Floats = known("market", "S")  # 1 where somebody signed up last week
    appeal: Floats = known("market", "S")  # utility of what we offered then, told by the share that took it
    sentiment: Floats = known("market", "S")  # satisfaction that customers report, -1..1
    brand: Floats = known("market", "S")  # utility of our name
    # money
    cash: Floats = known("money")
    price: Floats = known("money")  # a contract
    spend: Floats = known("money")  # marketing a week
    revenue: Floats = known("money")  # last week
    burn: Floats = known("money")  # what the last week cost, net
    # people
    kept_weight: Floats = known("people", "A")  # evidence of kept promises (r)
    broken_weight: Floats = known("people", "A")  # evidence of broken ones (s)
    satisfaction: Floats = known("people", "A")  # -1..1
    talked: Floats = known("people", "A")  # opinion on the gate without private leanings
    felt: Floats = known("people", "A", "F")  # satisfaction due to each outcome, then the parts above
    met: Floats = known("people", "A")  # 1 where they were seen this week
    unheard: Floats = known("people", "A")  # weeks since they were listened to
    backing: Floats = known("people", "A")  # 1 where they owe a yes at the next gate
    word_kept: Floats = known("people", "A")  # promises to them that were kept
    word_broken: Floats = known("people", "A")  # promises to them that were broken
    broken_feature: Ints = known("people", "A")  # row of the last one broken, or NOBODY
    broken_week: Ints = known("people", "A")  # week in which that was
    evidence: Floats = known("people", "A")  # how fresh the evidence is that was shared with them, 0..1
    intent: Ints = known("people", "A")  # what they will do next week, a response
    intent_cell: Floats = known("people", 2, "A")  # probabilities between which the intent lies
    acted: Ints = known("people", "A")  # what they did last week, NOBODY for nothing
    chased: Floats = known("people", "A")  # 1 where chasing their answers takes hours of this week
    gone: Floats = known("people", "A")  # 1 where they left
    votes: Floats = known("people", "A")  # last gate: 1 yes, -1 no, 0 none
    leaning: Floats = known("people", 2, "A")  # between which opinions without `talked` must lie, by all votes
    outcomes: Floats = known("people", "O")  # outcomes as last appraised
    # cards
    open: Floats = known("cards", "E")  # 1 where it waits for an answer
    came: Floats = known("cards", "E")  # times it has come
    answered: Ints = known("cards", "E")  # which of its answers was given last, by silence too, or NOBODY
    answered_week: Ints = known("cards", "E")  # week in which that was
    memory: Floats = known("cards", "V")  # numbers of the author, changed by answers and trends only

    @property
    def live(self) -> Bools:
        """(N,) runs that go on."""
        return np.asarray(self.ended == _GOES_ON)

    @property
    def trust(self) -> Floats:
        """(A, N) expected reliability of the player's word, 0..1 (beta reputation, Josang & Ismail 2002)."""
        trusted: Floats = (self.kept_weight + 1.0) / (self.kept_weight + self.broken_weight + 2.0)
        return trusted

    @property
    def mean_trust(self) -> Floats:
        """(N,) mean trust of all stakeholders."""
        mean: Floats = exact.total(self.trust) / self.trust.shape[0]
        return mean

    @property
    def customers(self) -> Floats:
        """(N,) customers now."""
        return exact.total(exact.total(self.cohort))

    @property
    def segment_customers(self) -> Floats:
        """(S, N) customers now, by segment."""
        return exact.total(np.moveaxis(self.cohort, 1, 0))

    @property
    def weeks_left(self) -> Ints:
        """(N,) weeks of the run that remain, this one included."""
        left: Ints = self.cohort.shape[1] - self.week
        return left

    @property
    def coming(self) -> Floats:
        """(N,) persons in the team once all hires have started."""
        return self.headcount + self.hiring

    @property
    def headcount(self) -> Floats:
        """(N,) persons in the team."""
        people: Floats = self.experienced + self.new + self.fresh[0] + self.fresh[1]
        return people

    @property
    def health(self) -> Floats:
        """(N,) team health, 0 to 100."""
        return team_health(self.fatigue)

    @property
    def progress(self) -> Floats:
        """(N,) reported progress of the plan in per cent, features weighed by their estimate."""
        planned = self.nominal * self.committed
        whole = exact.total(planned)
        done = exact.total(planned * self.reported)
        return np.where(whole > 0.0, 100.0 * np.minimum(done / np.maximum(whole, 1e-9), 1.0), 0.0)

    @property
    def planned(self) -> Floats:
        """(N,) features in the plan."""
        return exact.total(self.committed)

    @property
    def completed(self) -> Floats:
        """(N,) features of the plan with nothing known left to do."""
        return exact.total(self.committed * self.complete)

    @property
    def released(self) -> Floats:
        """(N,) features that customers have."""
        return exact.total(self.shipped)

    @property
    def sources(self) -> Floats:
        """(N,) instruments that have brought answers on needs."""
        return exact.total(np.where((self.asked > 0.0).any(axis=(1, 2)), 1.0, 0.0))

    @property
    def tickets(self) -> Floats:
        """(N,) tickets of last week."""
        return exact.total(self.asked_by)

    @property
    def defects(self) -> Floats:
        """(N,) defects expected in what customers have, at the usual error rate."""
        left = np.maximum(exact.total(self.latent) - exact.total(self.removed), 0.0)
        return exact.total(left * self.shipped)

    @property
    def open_promises(self) -> Floats:
        """(N,) promises not yet due."""
        return exact.total(np.where(self.due > 0, 1.0, 0.0))

    @property
    def promise_share(self) -> Floats:
        """(N,) share of promises kept; one half while none has come due."""
        return (self.promises_kept + 0.5) / (self.promises_kept + self.promises_broken + 1.0)

    @property
    def mean_sentiment(self) -> Floats:
        """(N,) sentiment over all customers; 0 while there are none."""
        customers = self.segment_customers
        everybody = exact.total(customers)
        summed = exact.total(customers * self.sentiment)
        return np.where(everybody > 0.0, summed / np.maximum(everybody, 1e-9), 0.0)

    @property
    def retention(self) -> Floats:
        """(N,) share of all sign-ups who are still customers; 0 while there were none."""
        here = self.customers
        ever = here + exact.total(self.lost)
        return np.where(ever > 0.0, here / np.maximum(ever, 1e-9), 0.0)

    @property
    def runway(self) -> Floats:
        """(N,) weeks that the cash lasts if every week costs what the last one did, 0 to 99."""
        left = np.minimum(99.0, np.maximum(0.0, self.cash) / np.maximum(self.burn, 1e-9))
        return np.where(self.burn > 0.0, left, 99.0)

    @property
    def since(self) -> Ints:
        """(E, N) weeks since each card was last answered; LONG_AGO while it never was."""
        return np.where(self.answered == NOBODY, LONG_AGO, self.week - self.answered_week)

    @property
    def widest(self) -> Floats:
        """(N,) half-width of the 80 % interval on the worth of the chosen problem in the target segment."""
        chosen = (self.target >= 0) & (self.problem >= 0)
        return np.where(chosen, exact.Z_80 * self.doubt, 9.0)

    @property
    def doubt(self) -> Floats:
        """(N,) standard deviation of the worth of the chosen problem in the target segment; 1 without one."""
        runs = np.arange(self.week.shape[0])
        chosen = (self.target >= 0) & (self.problem >= 0)
        return np.where(chosen, self.sd[np.maximum(self.target, 0), np.maximum(self.problem, 0), runs], 1.0)

    @property
    def promising(self) -> Floats:
        """(N,) believed worth of the chosen problem in the target segment; 0 without one."""
        runs = np.arange(self.week.shape[0])
        chosen = (self.target >= 0) & (self.problem >= 0)
        return np.where(chosen, self.mean[np.maximum(self.target, 0), np.maximum(self.problem, 0), runs], 0.0)


P = TypeVar("P", Truth, Hidden, Known)
"""definition: a part of the state."""


@dataclass(frozen=True, slots=True)
class State:
    """A batch of runs.

    Attributes:
        truth, hidden, known: the three parts.
        future: (N,) keys of the luck still to come.
    """

    truth: Truth
    hidden: Hidden
    known: Known
    future: Keys

    @property
    def size(self) -> int:
        """N, the number of runs."""
        return int(self.future.shape[0])

    @property
    def live(self) -> Bools:
        """(N,) runs that go on."""
        return self.known.live

    @property
    def week(self) -> int:
        """The week of the runs that go on (they share it); of the last, if none does."""
        live = self.known.week[self.live]
        return int(live[0]) if live.shape[0] else int(self.known.week.max())


def evolve(part: P, **changes: Any) -> P:
    """The same part with some rows new.

    Every move and mechanic ends in this. Parts have no slots, so that their dictionary is copied in one go, forty times
    as fast as `dataclasses.replace`, which asks for each of the hundred fields by name.
    """
    fresh = object.__new__(type(part))
    fresh.__dict__.update(part.__dict__, **changes)
    if len(fresh.__dict__) > len(part.__dict__):
        raise TypeError(f"{type(part).__name__} has not all of {', '.join(changes)}")
    return fresh
