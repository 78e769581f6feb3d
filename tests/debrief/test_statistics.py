"""What the debrief claims of many runs, measured: luck that is none on average, intervals that hold, fair marks.

Long: only in `make soak`, which tells the figures at its end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from fragments import laid_over
from judged_runs import evaluation_of, run_of
from measured import MEASURED
from tpmsim.core.rolls import Luck, fork_key
from tpmsim.debrief.evaluate import Evaluation, evaluated
from tpmsim.debrief.futures import Branch, Piece
from tpmsim.debrief.hands import ALONE
from tpmsim.debrief.judging import MARKS, NOTHING, SLIGHT_RISK, careful, half, judged
from tpmsim.game.journal import START, Journal
from tpmsim.game.position import moved, opening, week_ended
from tpmsim.game.replay import Replayed
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import MOST_MOVES, POLICY_FORK
from tpmsim.scenario.loading import parse

pytestmark = pytest.mark.soak

Note = Callable[[str, object], None]

RUNS = 2_000
WORLDS = 4
"""Of a mean over many runs the noise of each matters little."""

SMALL = parse(
    laid_over(
        """\
weeks: 4
start:
  stage: live
  shipped: {fast_path: 0.05}
  customers: {shops: 300}
cards:
  call:
    when: week >= 1
    chance: 0.5
    from: boss
    says: Is it going well?
    silence: later
    answers:
      later: {says: Ask me later.}
      soon: {says: It is., hours: 2}
"""
    ).encode()
)
"""A world of four weeks that begins live, so that much can turn out well or badly at once."""


@dataclass(frozen=True)
class Came:
    """What a debrief says of one run: the result, the luck in it, and the result without it."""

    score: float
    luck: float

    @property
    def adjusted(self) -> float:
        return self.score - self.luck


def small_run(player: str, seed: int) -> Replayed:
    """As its file would tell it, but none is written and read again: that takes longer than all the rest."""
    rules, bound, header = SMALL.rules, get_policy(player).bind(SMALL.rules), Session.start(SMALL, str(seed)).header
    position = opening(rules, header.seed)
    run = Replayed(Journal(header, (), b"", None, START, 0, ""), "run", SMALL, position)
    while not position.over:
        luck = Luck(fork_key(position.state.future, POLICY_FORK), position.week)
        for step in range(MOST_MOVES):
            row = int(bound.choose(position.state.known, luck, step)[0])
            if row < 0:
                break
            position = moved(position, rules.moves[row].id)
        before, position = position, week_ended(position)
        run.weeks.append((before, position))
    run.position = position
    return run


def came_of(run: Replayed) -> Came:
    """As `evaluated` has it, but only what luck rests on is played: the two ends of each week."""
    evaluation = Evaluation.of(run, None, ALONE)
    ends = dict.fromkeys(node for link in evaluation.links for node in (link.start, link.end))
    evaluation.ask(tuple(Piece(node, 0, WORLDS) for node in ends))
    return Came(run.position.result().points, sum(week.luck for week in evaluation._course()))


def test_the_luck_of_a_run_is_that_of_its_debrief() -> None:
    run = small_run("random", 3)
    *_, whole = evaluated(run, WORLDS)
    assert came_of(run).luck == pytest.approx(whole.luck)
    assert came_of(run).adjusted == pytest.approx(whole.adjusted)
    assert abs(whole.residual) < 1e-9


@pytest.mark.parametrize("player", ["steady", "random"])
def test_on_average_nobody_is_lucky(player: str, record_property: Note) -> None:
    """Neither who plays well nor who plays badly; so luck-adjusted results have the mean of the raw ones."""
    found = [came_of(small_run(player, 5_000 + seed)) for seed in range(RUNS)]
    luck = np.array([one.luck for one in found])
    error = luck.std(ddof=1) / np.sqrt(len(luck))
    raw, adjusted = (float(np.mean([getattr(one, name) for one in found])) for name in ("score", "adjusted"))
    record_property(
        MEASURED,
        f"mean luck {luck.mean():+.3f}, SE {error:.3f}, sd {luck.std():.1f}, in {RUNS} runs; "
        f"mean result {raw:.2f}, luck-adjusted {adjusted:.2f}",
    )
    assert luck.std() > 1.0, "there is luck in it"
    assert abs(luck.mean()) <= 3.0 * error
    assert abs(raw - adjusted) <= 3.0 * error


INACCURACY = min(points for _, points in MARKS)
"""Points from which a loss has a name."""

PIECES, PIECE = 32, 64
"""Each decision in so many times so many worlds."""


@cache
def played() -> tuple[tuple[np.ndarray, ...], ...]:
    """Of each decision of a few runs the scores of its options in all worlds, the one chosen first."""
    found = []
    for seed in range(4):
        evaluation = evaluation_of("naive", seed)
        evaluation.ask(tuple(Piece(one, 0, PIECES * PIECE) for one in dict.fromkeys(_branches(evaluation))))
        for link in evaluation.links:
            for one in link.decisions:
                ways = (one.after, *(branch for _, branch in one.options[1:]))
                found.append(tuple(evaluation._played[way] for way in ways))
    return tuple(found)


def _branches(evaluation: Evaluation) -> Iterator[Branch]:
    for link in evaluation.links:
        for one in link.decisions:
            yield one.after
            yield from (branch for _, branch in one.options[1:])


def test_intervals_hold_for_decisions_of_runs(record_property: Note) -> None:
    """How often the interval of a piece holds what all of them say; paired differences as they really come.

    What a debrief allows for worlds of a kind that it did not see (`judging.careful`) outweighs what it saw where two
    options differ by much the same in all worlds. Such an interval holds always, which is meant, as long as it is
    narrow beside the losses that have a name; so the two kinds are asked apart.
    """
    told = [
        (bool(lead.std() >= SLIGHT_RISK), abs(one.value - lead.mean()), half(one.error, one.of))
        for options in played()
        for lead in (other - options[0] for other in options[1:])
        if abs(lead.mean()) > NOTHING or lead.std() >= SLIGHT_RISK
        for one in map(careful, lead.reshape(PIECES, PIECE))
    ]
    varied, alike = ([(off, wide) for varies, off, wide in told if varies is kind] for kind in (True, False))
    held, surely = (float(np.mean([off <= wide for off, wide in kind])) for kind in (varied, alike))
    widest = max(wide for _, wide in alike)
    record_property(
        MEASURED,
        f"{held:.2%} of {len(varied)} intervals of paired differences hold; where options differ by much the same in "
        f"all worlds {surely:.2%} of {len(alike)}, the widest {widest:.2f} points to either side",
    )
    assert 0.93 <= held <= 0.97
    assert surely >= 0.97
    assert widest <= INACCURACY / 2.0


def test_options_that_are_equal_get_no_mark(record_property: Note) -> None:
    """The same option twice, in other worlds: as it scores in runs, and no better than itself."""
    marked = of = 0
    for options in played():
        for scores in options:
            pieces = scores.reshape(PIECES, PIECE)
            marked += sum(judged(pair).mark != "" for pair in zip(pieces[0::2], pieces[1::2], strict=True))
            of += PIECES // 2
    record_property(MEASURED, f"{marked / of:.2%} of {of} pairs of equal options have a mark")
    assert marked <= 0.03 * of


def test_who_weighs_what_can_be_known_is_no_blunderer(record_property: Note) -> None:
    """A policy that weighs the value of information, in worlds whose truth is hidden from it and from the evaluator."""
    found = [list(evaluated(run_of("evidence", 5_000 + seed), 64))[-1] for seed in range(20)]
    marks = [one.mark for each in found for one in each.counted]
    blunders, mistakes = marks.count("blunder"), marks.count("mistake")
    record_property(
        MEASURED, f"{blunders} blunders, {mistakes} mistakes in {len(marks)} decisions of {len(found)} runs"
    )
    assert blunders <= 0.01 * len(marks)
    assert blunders + mistakes <= 0.03 * len(marks)
