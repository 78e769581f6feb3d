"""A class: what the papers of one scenario say together.

Everything is seen from afar: how results lie, where decisions parted, whether words could be believed. Nobody is
ranked: rows stand in the order of their pseudonyms, and what compares a run with others is said to that run alone.
"""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tpmsim.debrief.calibration import covered, holds, mean_brier
from tpmsim.debrief.forks import Fork, forks, widest
from tpmsim.debrief.papers import Paper
from tpmsim.debrief.pseudonyms import pseudonyms
from tpmsim.debrief.standing import Standing, standings
from tpmsim.errors import TpmsimError
from tpmsim.game.journal import read
from tpmsim.game.records import ONE_FILE
from tpmsim.scenario.loading import Loaded, parse

BAND = 10
"""Points of W in a band of the distribution."""

MET = 1.0
"""definition: part of an objective from which it is met."""


@dataclass(frozen=True, slots=True)
class Row:
    """A run of the class, or one that could not be taken.

    Attributes:
        name: its pseudonym.
        paper: as it was handed in.
        standing: among the runs in the same world; None where it has no company, or has not ended.
    """

    name: str
    paper: Paper
    standing: Standing | None = None

    @property
    def brier(self) -> float | None:
        """Mean score of its words of promises as forecasts; None where none came due."""
        words = self.paper.came.words if self.paper.came is not None else ()
        return mean_brier(words)

    @property
    def covered(self) -> float | None:
        """Share of its forecasts that held what came."""
        ranges = self.paper.came.ranges if self.paper.came is not None else ()
        return covered(ranges)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How results lie.

    Attributes:
        ended: how many runs have.
        mean, sd: of W; None where that cannot be told.
        low, middle, high: quantiles at 10, 50 and 90 %; None where no run has ended.
        bands: how many runs lie in each ten points of W.
        endings: ids with how many ended so, the most frequent first.
    """

    ended: int
    mean: float | None
    sd: float | None
    low: float | None
    middle: float | None
    high: float | None
    bands: tuple[int, ...]
    endings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How far what the class said could be believed.

    Attributes:
        words: of each confidence how often it was given, and how often it came true.
        brier: mean score of all words of promises that came due; None where there are none.
        numbers: of each number how often it was forecast, and how often the range held what came.
        covered: share of all ranges that did, which should be 0.8; None where none tells (see `calibration`).
        foresaw: pseudonyms with how many of their forecasts held what came, and how many they made.
    """

    words: tuple[tuple[float, int, int], ...]
    brier: float | None
    numbers: tuple[tuple[str, int, int], ...]
    covered: float | None
    foresaw: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Met:
    """An objective: its id, its mean part, 0..1, and how many runs met it in full."""

    id: str
    mean: float
    full: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class.

    Attributes:
        scenario, digest: what was played.
        loaded: the scenario itself; None where it could not be read.
        proved: whether the runs were simulated again.
        rows: the runs that count, in the order of their pseudonyms.
        failed: the others, likewise.
        scores: how results lie.
        forks: decisions, those that the class split over most first.
        held: promises and forecasts; empty where nothing was proved.
        met: objectives; empty where nothing was proved.
        branches: how many runs branch off another one.
    """

    scenario: str
    digest: str
    loaded: Loaded | None
    proved: bool
    rows: tuple[Row, ...]
    failed: tuple[Row, ...]
    scores: Distribution
    forks: tuple[Fork, ...]
    held: Held
    met: tuple[Met, ...]
    branches: int

    @property
    def widest(self) -> tuple[Fork, ...]:
        """The few decisions that the class split over most."""
        return widest(self.forks)


def cohort(papers: Sequence[Paper], folder: Path, proved: bool) -> Cohort:
    """What some papers say together.

    Args:
        papers: in the order of their names.
        folder: where they are, to read the scenario from.
        proved: whether they were simulated again.
    """
    digest = _played_most(papers)
    called = pseudonyms([one.told_apart for one in papers])
    names = {one.file: name for one, name in zip(papers, called, strict=True)}
    taken = tuple(_first_of_each(_of(digest, papers), names))
    good = [one for one in taken if not one.fault]
    places = _standings(good)
    ordered = sorted(taken, key=lambda one: (names[one.file], one.file))
    rows = tuple(Row(names[one.file], one, places.get(one.file)) for one in ordered if not one.fault)
    loaded = _scenario(folder, good)
    return Cohort(
        scenario=next((one.scenario for one in good), ""),
        digest=digest,
        loaded=loaded,
        proved=proved,
        rows=rows,
        failed=tuple(Row(names[one.file], one) for one in ordered if one.fault),
        scores=_distribution(good),
        forks=forks(good),
        held=_held(rows),
        met=_met(good, loaded) if proved and loaded is not None else (),
        branches=sum(one.branch is not None for one in good),
    )


def _played_most(papers: Sequence[Paper]) -> str:
    """The digest of what most papers play; of several the first in order."""
    counts = Counter(one.digest for one in papers if not one.fault)
    return min(counts, key=lambda one: (-counts[one], one), default="")


def _of(digest: str, papers: Sequence[Paper]) -> Iterator[Paper]:
    """The papers, those of other scenarios refused."""
    mine = next((one.scenario for one in papers if not one.fault and one.digest == digest), "")
    for one in papers:
        if one.fault or one.digest == digest:
            yield one
        else:
            other = "another edition of it" if one.scenario == mine else f"'{one.scenario}'"
            yield one.refused("scenario", f"most runs here play '{mine}', this one plays {other}")


def _first_of_each(papers: Iterator[Paper], names: Mapping[str, str]) -> Iterator[Paper]:
    """The papers, copies of an earlier one refused. Nobody can tell who played first: the first by its name stands."""
    seen: dict[object, Paper] = {}
    for one in papers:
        if one.fault:
            yield one
            continue
        first = seen.setdefault((one.seed, one.weeks), one)
        if first is one:
            yield one
        else:
            yield one.refused(
                "copy", f"the same moves in the same world, week by week, as the run of {names[first.file]}"
            )


def _scenario(folder: Path, good: Sequence[Paper]) -> Loaded | None:
    """What was played, from the first file that holds it; only for its words."""
    for one in good[:1]:
        try:
            return parse(read(folder / one.file).header.scenario.files, ONE_FILE)
        except TpmsimError:
            return None
    return None


def _standings(good: Sequence[Paper]) -> dict[str, Standing]:
    worlds: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in good:
        if one.came is not None and one.came.score is not None:
            worlds[one.seed].append((one.file, one.came.score))
    return standings(worlds)


def _distribution(good: Sequence[Paper]) -> Distribution:
    points = sorted(one.points for one in good if one.points is not None)
    bands = Counter(min(int(one // BAND), 100 // BAND - 1) for one in points)
    endings = Counter(one.came.ending for one in good if one.came is not None and one.came.score is not None)
    return Distribution(
        ended=len(points),
        mean=math.fsum(points) / len(points) if points else None,
        sd=statistics.stdev(points) if len(points) > 1 else None,
        low=_quantile(points, 0.1),
        middle=_quantile(points, 0.5),
        high=_quantile(points, 0.9),
        bands=tuple(bands[band] for band in range(100 // BAND)),
        endings=tuple(sorted(endings.items(), key=lambda one: (-one[1], one[0]))),
    )


def _quantile(ordered: Sequence[float], share: float) -> float | None:
    """The value that this share lies below, between neighbours in proportion."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _held(rows: Sequence[Row]) -> Held:
    came = [(row.name, row.paper.came) for row in rows if row.paper.came is not None]
    words = [one for _, each in came for one in each.words]
    ranges = [one for _, each in came for one in each.ranges]
    given, numbers = Counter(one.confidence for one in words), Counter(one.number for one in ranges)
    kept = Counter(one.confidence for one in words if one.kept)
    held = Counter(one.number for one in ranges if holds(one))
    return Held(
        words=tuple((stated, given[stated], kept[stated]) for stated in sorted(given)),
        brier=mean_brier(words),
        numbers=tuple((name, numbers[name], held[name]) for name in sorted(numbers)),
        covered=covered(ranges),
        foresaw=tuple((name, sum(map(holds, each.ranges)), len(each.ranges)) for name, each in came if each.ranges),
    )


def _met(good: Sequence[Paper], loaded: Loaded) -> tuple[Met, ...]:
    parts = [one.came.parts for one in good if one.came is not None and one.came.parts]
    if not parts:
        return ()
    return tuple(
        Met(objective.id, math.fsum(column) / len(column), sum(part >= MET for part in column))
        for objective, column in zip(loaded.rules.objectives, zip(*parts, strict=True), strict=True)
    )
