"""The runs of a folder as papers that were handed in: read, re-simulated in batches, each good or with a reason.

Papers travel between processes, so they hold what a class needs of a run and nothing more: no scenario, no weeks. A
file that cannot be taken never stops the others. Not here: what the papers say together (`cohort`).
"""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from tpmsim.core.outcome import SCORE_UNIT
from tpmsim.debrief.columns import BLOCK, Came, came_of, resimulated
from tpmsim.errors import InputRefused, TooNew, TpmsimError
from tpmsim.game.files import SUFFIX, reason
from tpmsim.game.glancing import glance
from tpmsim.game.journal import other_rules
from tpmsim.game.records import ONE_FILE, Mark, Note
from tpmsim.game.replay import misnamed, replay
from tpmsim.game.saves import is_run
from tpmsim.game.skimming import Skimmed, skim
from tpmsim.lab.executor import Progress, each, share, workers
from tpmsim.scenario.loading import parse
from tpmsim.text import SafeText, shown_path

Fault = Literal["", "folder", "link", "refused", "damaged", "torn", "edited", "rules", "format", "scenario", "copy"]
"""Why a paper cannot be taken."""

PACKED: Final = (".gz", ".zip", ".xz", ".tar", ".tgz", ".bz2", ".7z", ".rar", ".zst")
"""Endings of files that hold a run which must be unpacked first."""


ANSWER: Final = "answer:"
"""How ids of moves begin that answer a card."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A run as it was handed in.

    Attributes:
        file: its name as it may be shown.
        fault, why: what keeps it from being taken, and one sentence about it; both empty if nothing does.
        run: id of its chain; empty where that cannot be told.
        alias: of the player.
        scenario, digest, seed: what was played.
        branch: week at whose start it left another run; None if it is no branch.
        weeks: of each the ids of the moves that stood.
        cards: ids of the cards that were open after some week.
        ended: how many weeks have ended.
        came: what the rules make of it, or what the file says where nothing was proved.
        notes: with their weeks.
    """

    file: str
    fault: Fault = ""
    why: str = ""
    run: str = ""
    alias: SafeText = SafeText.clean("")
    scenario: str = ""
    digest: str = ""
    seed: str = ""
    branch: int | None = None
    weeks: tuple[tuple[str, ...], ...] = ()
    cards: tuple[str, ...] = ()
    ended: int = 0
    came: Came | None = None
    notes: tuple[tuple[int, SafeText], ...] = ()

    @property
    def points(self) -> float | None:
        """W, 0 to 100; None while the run goes on."""
        return self.came.score / SCORE_UNIT if self.came is not None and self.came.score is not None else None

    @property
    def moves(self) -> int:
        """How many moves stood."""
        return sum(map(len, self.weeks))

    @property
    def told_apart(self) -> str:
        """What tells it from other runs.

        Players without an alias share the id of their run in the same world; so its moves tell, too. Of a file that
        is not sound its name does: it may hold the same moves as the run that it was before.
        """
        if self.fault not in ("", "rules") or not self.run:
            return self.file
        return "\n".join([self.run, *(" ".join(week) for week in self.weeks)])

    def refused(self, fault: Fault, why: str) -> "Paper":
        """The same paper, not taken."""
        return replace(self, fault=fault, why=why)


@dataclass(frozen=True, slots=True)
class Pile:
    """Some files as they travel to a worker.

    Attributes:
        files: paths.
        proving: whether they are simulated again.
    """

    files: tuple[str, ...]
    proving: bool


def papers(
    folder: Path,
    proving: bool = True,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> tuple[Paper, ...]:
    """All runs of a folder, in the order of their names.

    Args:
        folder: where they are; folders in it are not looked into.
        proving: whether they are simulated again; else they are taken at their word.
        jobs: processes.
        executor: takes the work in their place.
        progress: told how many files of how many are done.

    Raises:
        InputRefused: the folder cannot be read.
    """
    files = handed_in(folder)
    size = share(len(files), jobs, BLOCK)
    piles = [Pile(tuple(files[start : start + size]), proving) for start in range(0, len(files), size)]
    with workers(min(jobs, len(piles)) if executor is None else 1) as pool:
        found = each(looked_at, piles, [len(pile.files) for pile in piles], executor or pool, progress)
    return tuple(paper for part in found for paper in part)


def handed_in(folder: Path) -> list[str]:
    """Paths of the files of a folder that are, or hold, a run by their name, in order.

    Raises:
        InputRefused: it cannot be read.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        message = "no such folder" if isinstance(error, FileNotFoundError) else reason(error)
        raise InputRefused(message, file=shown_path(str(folder)), help="Name the folder with the runs.") from None
    return [str(folder / name) for name in names if is_run(Path(name)) or (SUFFIX in name and name.endswith(PACKED))]


# What a worker does


def looked_at(pile: Pile) -> list[Paper]:
    """Read one pile, and prove it if that is wanted."""
    read = [_read(Path(file), pile.proving) for file in pile.files]
    found: list[Paper] = []
    runs: dict[int, Skimmed] = {}
    for place, one in enumerate(read):
        if isinstance(one, Paper):
            found.append(one)
            continue
        paper = _paper(Path(pile.files[place]).name, one)
        found.append(paper)
        if not paper.fault:
            runs[place] = one
    if pile.proving:
        for place, paper in _proved(pile.files, found, runs):
            found[place] = paper
    return found


def _read(path: Path, proving: bool) -> Skimmed | Paper:
    """The file, or the paper that says why there is none."""
    name = shown_path(path.name)
    try:
        if path.is_symlink():
            return Paper(name, "link", "it is a link; the file itself is needed")
        if path.is_dir():
            return Paper(name, "folder", "it is a folder, not a run")
        return skim(path) if proving else glance(path)
    except TooNew as error:
        return Paper(name, "format", _said(error))
    except TpmsimError as error:
        return Paper(name, "refused", _said(error))
    except OSError as error:
        return Paper(name, "refused", f"it cannot be read: {reason(error)}")


def _said(error: TpmsimError) -> str:
    """An error in one sentence; the name of the file stands beside it anyway."""
    findings = getattr(error, "findings", (error,))
    first = findings[0]
    place = f"line {first.line}: " if first.line else ""
    return f"{place}{first.message}"


def _paper(name: str, run: Skimmed) -> Paper:
    """What a file tells, and what is wrong with it before anything is simulated."""
    header = run.header
    notes = [(number, one) for number, week in enumerate(run.weeks) for one in week.asides]
    told = None if run.end is None else Came(run.end.score, run.end.ending, run.ended, (), (), ())
    paper = Paper(
        shown_path(name),
        run=run.run_id,
        alias=header.alias,
        scenario=header.scenario.id,
        digest=header.scenario.digest,
        seed=header.seed,
        branch=header.parent.week if header.parent is not None else None,
        weeks=tuple(tuple(map(sys.intern, week.stood)) for week in run.weeks),
        cards=_cards(run),
        ended=run.ended,
        came=told or Came(None, "", run.ended, (), (), ()),
        notes=tuple((number, one.text) for number, one in notes if isinstance(one, Note | Mark)),
    )
    if other := other_rules(header):
        return paper.refused("rules", other)
    if run.damage is not None:
        return paper.refused("damaged", run.damage.message)
    if run.torn:
        why = f"the last record is unfinished ({run.torn} bytes), as after a crash; 'tpmsim play' mends that"
        return paper.refused("torn", why)
    return paper


def _cards(run: Skimmed) -> tuple[str, ...]:
    """Cards that were open after some week, and those that were answered in their first."""
    open_ = {card for week in run.weeks for card in week.cards}
    given = {move for week in run.weeks for move in week.made if move.startswith(ANSWER)}
    open_.update(move.removeprefix(ANSWER).partition("/")[0] for move in given)
    return tuple(map(sys.intern, sorted(open_)))


def _proved(files: Sequence[str], found: Sequence[Paper], runs: dict[int, Skimmed]) -> list[tuple[int, Paper]]:
    """The papers with what came of them, or with what is wrong; those of one scenario are one batch."""
    groups: dict[tuple[tuple[str, bytes], ...], list[int]] = {}
    for place, run in runs.items():
        groups.setdefault(tuple(run.header.scenario.files.items()), []).append(place)
    proved = []
    for scenario, places in groups.items():
        try:
            loaded = parse(dict(scenario), ONE_FILE)
        except InputRefused as error:
            why = f"the scenario in it is not sound: {_said(error)}"
            proved += [(place, found[place].refused("refused", why)) for place in places]
            continue
        mine = [place for place in places if not misnamed(loaded, runs[place].header)]
        came = dict(zip(mine, resimulated(loaded.rules, [runs[place] for place in mine]), strict=True))
        proved += [(place, _judged(Path(files[place]), found[place], came.get(place))) for place in places]
    return proved


def _judged(path: Path, paper: Paper, came: Came | None) -> Paper:
    """A paper with what came of it; where the batch found it odd, by itself and in words."""
    if came is not None:
        return replace(paper, came=came)
    try:
        run = replay(path)
    except TpmsimError as error:
        return paper.refused("refused", _said(error))
    if run.exact:
        return replace(paper, came=came_of(run))
    line = f"line {run.difference.line}, " if run.difference else ""
    return paper.refused("edited", f"{line}{run.problem()}")
