"""State: Truth (drawn at the start, constant), Hidden (moves, unseen) and Known (all a player may know).

Every array ends with the batch axis N, one column a run; there is no scalar form. States are frozen: `evolve` makes
the next one. Rows follow the ids of `Rules`. Axes: S segments, D needs, J features, I instruments, R rivals,
A stakeholders, C cohorts (by the week in which they signed), E cards.

What may be seen is decided by where a field stands: policies, conditions, gates and screens are handed `Known`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

import numpy as np

from tpmsim.core import exact
from tpmsim.core.arrays import Bools, Floats, Ints, Keys
from tpmsim.core.rules import EndedBy

NOBODY = -1
"""In rows that name an entity: none chosen."""

UNBOUNDED = 9.0
"""In `leaning`: further out than any leaning, so that no vote has told anything."""

NO_CRITERIA = -9.0
"""In `criteria`: nothing was written down."""


def group(name: str) -> Any:
    """A field of the known state, under the heading that fingerprints and debriefs use."""
    return field(metadata={"group": name})


@dataclass(frozen=True, slots=True)
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
    """

    worth: Floats
    bias: Floats
    spike_bias: Floats
    ratio: Floats
    error: Floats
    pace: Floats
    lean: Floats


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Known:
    """All that a player may know. See `docs/glossary.md` for the words."""

    # clock
    week: Ints = group("clock")  # (N,) 0 is the planning week
    stage: Ints = group("clock")  # (N,) row of Rules.stages
    stage_weeks: Ints = group("clock")  # (N,) weeks spent in it
    hours: Floats = group("clock")  # (N,) focus hours left
    ended: Ints = group("clock")  # (N,) EndedBy
    trigger: Ints = group("clock")  # (N,) Trigger asked for this week
    changed: Floats = group("clock")  # (N,) 1 where last week's gate opened, -1 where it was refused
    # evidence
    found: Floats = group("evidence")  # (D, N) 1 where the need is known
    held: Floats = group("evidence")  # (S, N) answers of discovering instruments so far
    queue: Floats = group("evidence")  # (I, S, N) uses under way
    spiking: Floats = group("evidence")  # (J, N) spikes under way
    looking: Floats = group("evidence")  # (R, N) teardowns under way
    asked: Floats = group("evidence")  # (I, S, D, N) answers heard
    heard: Floats = group("evidence")  # (I, S, D, N) their mean, less the published tilt
    mean: Floats = group("evidence")  # (S, D, N) belief of the worth
    sd: Floats = group("evidence")  # (S, D, N)
    spiked: Floats = group("evidence")  # (J, N) answers of spikes
    spike_mean: Floats = group("evidence")  # (J, N) their mean log ratio, less the tilt
    reports: Floats = group("evidence")  # (J, N) progress reports that bore on the effort
    report_mean: Floats = group("evidence")  # (J, N) their mean log ratio
    rival_seen: Floats = group("evidence")  # (R, N) week of the move that a teardown saw coming, 0 none
    # plan
    target: Ints = group("plan")  # (N,) row of the target segment or NOBODY
    problem: Ints = group("plan")  # (N,) row of the need to solve or NOBODY
    committed: Floats = group("plan")  # (J, N) 1 where in the plan
    rank: Floats = group("plan")  # (J, N) order of work, lowest first
    nominal: Floats = group("plan")  # (J, N) estimated work units; 0 until the plan is fixed
    kept: Floats = group("plan")  # (J, N) share of the scope kept after cuts
    due: Ints = group("plan")  # (J, N) promised week, 0 none
    word: Floats = group("plan")  # (J, N) confidence of the promise, 0..1
    promised_to: Ints = group("plan")  # (J, N) row of the stakeholder
    moved: Floats = group("plan")  # (J, N) weeks by which a promise is put off this week, -1 withdrawn
    plan_weeks: Floats = group("plan")  # (N,) weeks of work left in the plan, as engineering saw it; 0 unseen
    promises_kept: Floats = group("plan")  # (N,)
    promises_broken: Floats = group("plan")  # (N,)
    # team
    experienced: Floats = group("team")  # (N,) persons
    new: Floats = group("team")  # (N,)
    fresh: Floats = group("team")  # (2, N) by weeks since joining
    hiring: Floats = group("team")  # (N,) persons who start next week
    overtime: Floats = group("team")  # (N,) share above the normal week
    fatigue: Floats = group("team")  # (N,)
    profile: Ints = group("team")  # (N,) row of Rules.profiles
    # build
    worked: Floats = group("build")  # (J, N) work units spent
    exposed: Floats = group("build")  # (J, N) of these expected faulty at the usual error rate
    surfaced: Floats = group("build")  # (J, N) of these expected to have been found
    reported: Floats = group("build")  # (J, N) reported progress, 0..1
    complete: Floats = group("build")  # (J, N) 1 where nothing known is left to do
    shipped: Floats = group("build")  # (J, N) 1 where customers have it
    # launch
    claim: Floats = group("launch")  # (N,) how much of each shipped feature is claimed, 0..1
    wave: Ints = group("launch")  # (N,) waves opened
    wave_week: Ints = group("launch")  # (N,) week in which the last one was
    criteria: Floats = group("launch")  # (N,) sentiment below which we stop, or NO_CRITERIA
    tripped: Floats = group("launch")  # (N,) 1 where sentiment fell below it
    # market
    share: Floats = group("market")  # (S, N) share of the potential that has some product
    goodwill: Floats = group("market")  # (N,) stock of advertising
    ahead: Floats = group("market")  # (S, N) largest effect of price and advertising so far, years
    pace_weeks: Floats = group("market")  # (S, N) weeks from which the pace was read
    pace_mean: Floats = group("market")  # (S, N) mean log pace read
    rival_gain: Floats = group("market")  # (R, N) utility added by rivals' moves
    cohort: Floats = group("market")  # (S, C, N) customers
    cohort_claim: Floats = group("market")  # (C, N) what they were told
    cohort_price: Floats = group("market")  # (C, N) what they pay
    lost: Floats = group("market")  # (S, N) customers who left, over the run
    signing: Floats = group("market")  # (S, N) 1 where somebody signed up last week
    appeal: Floats = group("market")  # (S, N) utility of what we offered then, told by the share that took it
    sentiment: Floats = group("market")  # (S, N) satisfaction that customers report, -1..1
    brand: Floats = group("market")  # (S, N) utility of our name
    # money
    cash: Floats = group("money")  # (N,)
    price: Floats = group("money")  # (N,) a contract
    spend: Floats = group("money")  # (N,) marketing a week
    revenue: Floats = group("money")  # (N,) last week
    burn: Floats = group("money")  # (N,) what the last week cost, net
    # people
    kept_weight: Floats = group("people")  # (A, N) evidence of kept promises (r)
    broken_weight: Floats = group("people")  # (A, N) evidence of broken ones (s)
    satisfaction: Floats = group("people")  # (A, N) -1..1
    talked: Floats = group("people")  # (A, N) opinion on the gate without private leanings
    met: Floats = group("people")  # (A, N) 1 where they were seen this week
    evidence: Floats = group("people")  # (A, N) how fresh the evidence is that was shared with them, 0..1
    intent: Ints = group("people")  # (A, N) what they will do next week, a response
    intent_cell: Floats = group("people")  # (2, A, N) probabilities between which the intent lies
    acted: Ints = group("people")  # (A, N) what they did last week, NOBODY for nothing
    gone: Floats = group("people")  # (A, N) 1 where they left
    votes: Floats = group("people")  # (A, N) last gate: 1 yes, -1 no, 0 none
    leaning: Floats = group("people")  # (2, A, N) between which opinions without `talked` must lie, by all votes
    outcomes: Floats = group("people")  # (O, N) outcomes as last appraised
    # cards
    open: Floats = group("cards")  # (E, N) 1 where it waits for an answer
    came: Floats = group("cards")  # (E, N) times it has come

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
        return np.stack([exact.total(rows) for rows in self.cohort])

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
        """(N,) team health 0..100: none left at a fatigue of one half (assumption)."""
        left: Floats = 1.0 - np.minimum(1.0, self.fatigue / 0.5)
        return 100.0 * left

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
        used = [np.where(exact.total(exact.total(rows)) > 0.0, 1.0, 0.0) for rows in self.asked]
        return exact.total(np.stack(used)) if used else np.zeros(self.week.shape)

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
        """(N,) weeks that the cash lasts if every week costs what the last one did, at most 99."""
        return np.where(self.burn > 0.0, np.minimum(99.0, self.cash / np.maximum(self.burn, 1e-9)), 99.0)

    @property
    def widest(self) -> Floats:
        """(N,) half-width of the 80 % interval on the worth of the chosen problem in the target segment."""
        chosen = (self.target >= 0) & (self.problem >= 0)
        return np.where(chosen, 1.28155 * self.doubt, 9.0)

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
        return np.asarray(self.known.ended == EndedBy.NOTHING)

    @property
    def week(self) -> int:
        """The week of the runs that go on (they share it); of the last, if none does."""
        live = self.known.week[self.live]
        return int(live[0]) if live.shape[0] else int(self.known.week.max())


def evolve(part: P, **changes: Any) -> P:
    """The same part with some rows new."""
    return replace(part, **changes)


def arrays(state: State) -> Iterator[tuple[str, str, Any]]:
    """Every array of a state as (group, field, array), in a fixed order."""
    for name in ("truth", "hidden", "known"):
        part = getattr(state, name)
        for entry in fields(part):
            yield entry.metadata.get("group", name), entry.name, getattr(part, entry.name)
    yield "clock", "future", state.future


def each(state: State, change: Any) -> State:
    """The state with `change(array)` in place of every array."""

    def part(old: P) -> P:
        return type(old)(**{entry.name: change(getattr(old, entry.name)) for entry in fields(old)})

    return State(part(state.truth), part(state.hidden), part(state.known), change(state.future))


def take(state: State, columns: Any) -> State:
    """The runs named by an index array, a mask or a slice, in that order (copied)."""
    places = np.arange(state.size)[columns]
    return each(state, lambda array: np.take(array, places, axis=-1))


def fork(state: State, copies: int) -> State:
    """Each run `copies` times, side by side: run i stands in columns i*copies .. (i+1)*copies - 1."""
    return each(state, lambda array: np.repeat(array, copies, axis=-1))


def join(states: list[State]) -> State:
    """One batch of all runs, in order."""

    def part(parts: list[P]) -> P:
        return type(parts[0])(
            **{
                entry.name: np.concatenate([getattr(one, entry.name) for one in parts], axis=-1)
                for entry in fields(parts[0])
            }
        )

    return State(
        part([one.truth for one in states]),
        part([one.hidden for one in states]),
        part([one.known for one in states]),
        np.concatenate([one.future for one in states]),
    )


def merge(mask: Bools, new: State, old: State) -> State:
    """Column by column `new` where the mask (N,) holds, else `old`."""

    def part(fresh: P, stale: P) -> P:
        return type(fresh)(
            **{
                entry.name: _chosen(mask, getattr(fresh, entry.name), getattr(stale, entry.name))
                for entry in fields(fresh)
            }
        )

    return State(
        part(new.truth, old.truth),
        part(new.hidden, old.hidden),
        part(new.known, old.known),
        _chosen(mask, new.future, old.future),
    )


def _chosen(mask: Bools, new: Any, old: Any) -> Any:
    return new if new is old else np.where(mask, new, old)


def fingerprint(state: State, run: int = 0) -> dict[str, dict[str, str]]:
    """A hash of every field of one run, under its group: equal states and only they have equal ones.

    Bytes are little-endian, -0.0 counts as 0.0, so that every machine agrees.
    """
    groups: dict[str, dict[str, str]] = {}
    for heading, name, array in arrays(state):
        row = np.ascontiguousarray(array[..., run])
        plain = (row + 0.0).astype("<f8") if row.dtype.kind == "f" else row.astype(f"<{row.dtype.kind}8")
        groups.setdefault(heading, {})[name] = hashlib.sha256(plain.tobytes()).hexdigest()[:12]
    return groups
