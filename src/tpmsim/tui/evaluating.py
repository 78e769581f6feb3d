"""The evaluation of a run in a process of its own: keys answer as ever, and leaving ends it at once, whatever it does.

What is done here is done in that process: figures and words, round after round, kept beside the run and told over a
line to the one who asked (`tui/judge.py`). When the line is cut, as nobody is there any more, the process ends itself.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.cache import keep, kept
from tpmsim.debrief.doubt import FIRST
from tpmsim.debrief.evaluate import STEP, evaluated
from tpmsim.debrief.hands import Hands
from tpmsim.debrief.luck import explained
from tpmsim.debrief.sheet import Sheet
from tpmsim.debrief.whatif import fan, turn, ways
from tpmsim.debrief.whatif_words import FanPage, WaysPage, fan_page, ways_page
from tpmsim.debrief.worded import worded
from tpmsim.errors import TpmsimError
from tpmsim.game.files import nowhere
from tpmsim.game.replay import Replayed, replay
from tpmsim.lab.executor import workers
from tpmsim.lab.policies import reference

MOST_HANDS = 4
"""Processes of an evaluation; one processor is left to the screen."""

PIECES = 10
"""Pieces of the work of a fan, so that its progress can be told; what comes of them does not depend on it."""

EXIT = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: what is being done, and how much of how much is."""

    says: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A debrief in words, and whether its figures are the last ones."""

    sheet: Sheet
    final: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there are no figures, and what to do about it."""

    says: str


News = Progress | Figures | WaysPage | FanPage | Refused
Tell = Callable[[News], None]
Job = Callable[[Tell], None]


def evaluate(path: Path, language: str, futures: int, tell: Tell) -> None:
    """Judge a run in rounds, and keep and tell what comes of each; a worse judgement than was told before is not.

    Args:
        path: of its file.
        language: of the texts.
        futures: of an option, at most.
        tell: takes the news.
    """
    run = replay(path, language)
    best = looked_up(run, path, 1)
    known, worlds = best.evaluator.n if best is not None else 0, min(FIRST, futures)
    with _hands(tell) as (hands, count):
        count.begin(_round(worlds))
        for analysis in evaluated(run, futures, None, hands):
            if analysis.evaluator.n > known:
                keep(path, analysis)
                tell(Figures(worded(run, analysis), analysis.evaluator.n >= futures))
            worlds = min(futures, worlds * STEP)
            count.begin(_round(worlds))


def explain(path: Path, language: str, analysis: Analysis, tell: Tell) -> None:
    """Find the named draws behind the luck of each week; kept and told.

    Args:
        path: of the file of the run.
        language: of the texts.
        analysis: of that run.
        tell: takes the news.
    """
    run = replay(path, language)
    with _hands(tell) as (hands, count):
        count.begin("luck by event")
        more = explained(run, analysis, None, hands)
    keep(path, more)
    tell(Figures(worded(run, more), final=True))


def part(path: Path, language: str, week: int, move: str, futures: int, tell: Tell) -> None:
    """Play a run another way from a move on: both ways are told first, as they take a moment alone, then the fan.

    Args:
        path: of its file.
        language: of the texts.
        week: of the move.
        move: its id.
        futures: of each in the fan.
        tell: takes the news.
    """
    run = replay(path, language)
    at = turn(run, week, move)
    tell(ways_page(ways(run, at)))
    with _hands(tell) as (hands, count):
        count.begin("the fan")
        found = fan(run, at, futures, None, replace(hands, jobs=max(hands.jobs, PIECES)))
    tell(fan_page(found))


def looked_up(run: Replayed, path: Path, futures: int) -> Analysis | None:
    """What was kept of a run, with at least so many futures."""
    return kept(path, run, reference(), futures)


def refused(error: TpmsimError) -> Refused:
    """What went wrong in ordinary life, as a sentence or two."""
    return Refused(f"{error.message[:1].upper()}{error.message[1:]}. {error.help}".strip())


def child(line: Connection, job: Job) -> None:
    """What the process does: its job, whose news go over the line; a bug goes there as well, to fail where it is seen.

    Args:
        line: to the one who asked.
        job: the work.
    """
    _silent()
    _ends_with(line)
    lock = threading.Lock()

    def tell(news: Any) -> None:
        with lock:
            line.send(news)

    try:
        job(tell)
    except TpmsimError as error:
        tell(refused(error))
    except Exception as error:  # a bug: told in full where it can be reported, as this process has no screen
        error.add_note(traceback.format_exc())
        tell(error)
    tell(None)


def _silent() -> None:
    """Write nothing: the terminal shows the screen."""
    silence = nowhere()
    for descriptor in (1, 2):
        os.dup2(silence, descriptor)


def _ends_with(line: Connection) -> None:
    """End this process, and those that help it, when it is told to or when the line is cut."""

    def end(*_: object) -> None:
        for helper in multiprocessing.active_children():
            helper.terminate()
        os._exit(EXIT)

    def watch() -> None:
        with contextlib.suppress(EOFError, OSError):
            line.recv()
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the screen to answer
    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=watch, daemon=True).start()


def _round(worlds: int) -> str:
    return f"{worlds} futures"


@contextmanager
def _hands(tell: Tell) -> Iterator[tuple[Hands, "_Counted"]]:
    """Who does the work, as many as there are processors to spare; and the count of it."""
    jobs = max(1, min(MOST_HANDS, (os.cpu_count() or 1) - 1))
    with workers(jobs) as pool, ThreadPoolExecutor(1) as here:
        counted = _Counted(pool or here, tell)
        yield Hands(jobs, counted), counted


class _Counted(Executor):
    """An executor that tells how much of what it was given is done.

    Args:
        hands: who does it.
        tell: takes the news.
    """

    def __init__(self, hands: Executor, tell: Tell) -> None:
        self._hands, self._tell = hands, tell
        self.begin("")

    def begin(self, says: str) -> None:
        """Count from 0 again."""
        self._says, self._done, self._of = says, 0, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """As any executor does."""
        self._of += 1
        self._tell(Progress(self._says, self._done, self._of))
        future = self._hands.submit(fn, *args, **kwargs)
        future.add_done_callback(self._count)
        return future

    def _count(self, future: "Future[Any]") -> None:
        self._done += 1
        self._tell(Progress(self._says, self._done, self._of))
