"""The contract of a scenario, its section `balance`, against what was measured.

Where the author says nothing, the bounds stand that hold for every scenario. Not here: measuring, and findings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tpmsim.lab.balance.audit import DOMINATED, FALSE_CHOICE, NEVER_BEST, TOO_FEW, Verdict
from tpmsim.lab.balance.decisions import CARD
from tpmsim.lab.balance.ladder import FEWEST_RUNS, RANDOM, TOP, Ladder, scores
from tpmsim.scenario.positions import Path
from tpmsim.scenario.schema import Balance, Bounds

ONE_TRICK = "one_trick"
"""The rule that no author can set otherwise: no policy that decides one thing in advance is among the best."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that the contract asks for.

    Attributes:
        path: in the scenario.
        what: it is about, in words.
        bounds: as they are read: `at least 60`.
        unit: of the measure, as it is written behind the number.
        found: the measure; None where it was not measured.
        kept: whether it lies within the bounds; None where it was not measured, or on too few runs.
        own: whether the author wrote it.
        untested: cards of which it says nothing, as they were reached too seldom.
        runs: that the policy with the fewest played, of those that were compared; None where no runs were.
    """

    path: Path
    what: str
    bounds: str
    unit: str
    found: float | None
    kept: bool | None
    own: bool
    untested: int = 0
    runs: int | None = None

    @property
    def too_few(self) -> bool:
        """Whether it was measured on too few runs to tell."""
        return self.runs is not None and self.runs < FEWEST_RUNS


def clauses(balance: Balance, ladder: Ladder, verdicts: Sequence[Verdict]) -> tuple[Clause, ...]:
    """Every clause with what was found of it."""
    return tuple(_clauses(balance, ladder, verdicts))


def _clauses(balance: Balance, ladder: Ladder, verdicts: Sequence[Verdict]) -> Iterator[Clause]:
    results = {**ladder.results, **ladder.constant}
    for name, bounds in balance.scores.items():
        mean = float(scores(results[name]).mean()) if name in results else None
        runs = ladder.runs(name) if name in results else None
        yield _clause(("scores", name), f"the mean score of '{name}'", bounds, "", mean, runs, own=True)
    for name, bounds in balance.win_rate.items():
        rate = 100.0 * ladder.wins(results[name]) if name in results else None
        runs = ladder.runs(name) if name in results else None
        yield _clause(("win_rate", name), f"the win rate of '{name}'", bounds, " %", rate, runs, own=True)
    written, beaten, luck = balance.model_fields_set, ladder.beats_random, ladder.luck_share
    share = 100.0 * beaten.share if beaten is not None else None
    own = "beats_random" in written
    runs = ladder.runs(ladder.best, RANDOM) if beaten is not None else None
    yield _clause(("beats_random",), "best beats random", balance.beats_random, " %", share, runs, own)
    part = 100.0 * luck if luck is not None else None
    own = "luck_share" in written
    runs = ladder.runs() if luck is not None else None
    yield _clause(("luck_share",), "the share of luck", balance.luck_share, " %", part, runs, own)
    yield _one_trick(ladder)
    if balance.every_answer_best_somewhere:
        yield _answers(verdicts, "every_answer_best_somewhere" in written)


def _one_trick(ladder: Ladder) -> Clause:
    """The rule about policies that decide one thing in advance; a part of the ladder does not tell who is the best."""
    path, what = ("balance", ONE_TRICK), "runs of one trick at the top"
    if not ladder.whole or not ladder.constant:
        return Clause(path, what, f"at most {100.0 * TOP:g} %", " %", None, None, own=False)
    bounds = f"at most {100.0 * ladder.usual_at_top:.1f} %"
    most = 100.0 * max(map(ladder.at_top, ladder.constant.values()))
    runs = ladder.runs(*ladder.results, *ladder.constant)
    kept = None if runs < FEWEST_RUNS else not ladder.tricks
    return Clause(path, what, bounds, " %", most, kept, own=False, runs=runs)


def _answers(verdicts: Sequence[Verdict], own: bool) -> Clause:
    """The clause about the answers of cards; nothing is found where every card was reached too seldom to say."""
    cards = [one for one in verdicts if one.kind == CARD]
    untested = sum(one.what == TOO_FEW for one in cards)
    tested = bool(verdicts) and (untested < len(cards) or not cards)
    bad = float(sum(map(_failing, cards))) if tested else None
    kept = None if bad is None else bad == 0.0
    path, what = ("balance", "every_answer_best_somewhere"), "card answers that are never the best"
    return Clause(path, what, "none", "", bad, kept, own, untested)


def _failing(verdict: Verdict) -> int:
    """How many answers of a card are never the best."""
    if verdict.what == FALSE_CHOICE:
        return sum(one.id != verdict.winner for one in verdict.options)
    return sum(one.kind in (NEVER_BEST, DOMINATED) for one in verdict.options)


def _clause(
    path: tuple[str, ...], what: str, bounds: Bounds, unit: str, found: float | None, runs: int | None, own: bool
) -> Clause:
    kept = None
    if found is not None and runs is not None and runs >= FEWEST_RUNS:
        low, high = bounds.at_least, bounds.at_most
        kept = (low is None or found >= low) and (high is None or found <= high)
    return Clause(("balance", *path), what, _words(bounds, unit), unit, found, kept, own, runs=runs)


def _words(bounds: Bounds, unit: str) -> str:
    low, high = bounds.at_least, bounds.at_most
    if low is not None and high is not None:
        return f"{low:g} to {high:g}{unit}"
    return f"at least {low:g}{unit}" if low is not None else f"at most {high:g}{unit}"
