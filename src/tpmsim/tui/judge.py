"""The judge of one run that is over: the only place of the screens where an evaluation is asked for.

The figures come from a process of their own (`tui/apart.py`); what was kept beside the run is there at once. Each
method that takes a while is called beside the screen. Notes and reports are written from here, too.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Self

from tpmsim.debrief.html import html
from tpmsim.debrief.sheet import Chapter, Sheet
from tpmsim.debrief.worded import worded
from tpmsim.debrief.wording.points import label
from tpmsim.errors import InputRefused, StorageFailed, TpmsimError
from tpmsim.game.files import PATH_CHARS, TRIES, exists, replace_file
from tpmsim.game.past import Past
from tpmsim.game.replay import Replayed, replay
from tpmsim.game.session import Session
from tpmsim.game.wording.prose import line_of
from tpmsim.scenario.source import read_bytes
from tpmsim.text import SafeText, TextRefused, shown_path
from tpmsim.tui.apart import Gone, heard
from tpmsim.tui.evaluating import Figures, News, Refused, evaluate, explain, looked_up, refused
from tpmsim.tui.otherwise import FUTURES as FAN
from tpmsim.tui.otherwise import Otherwise

FUTURES = 256
"""Futures of an option, at most, as `tpmsim debrief` has them where nothing else is said."""

REPORT = ".html"
"""What the name of a report has behind that of its run."""


class Judge:
    """A run and what is thought of it.

    Args:
        path: of its file.
        run: replayed, exact and over.
        language: of the texts.
        futures: of an option, at most.

    Attributes:
        past: the run, to be looked at.
        file: its name, harmless to show.
        points: its result.
        seed: of its world.
    """

    def __init__(self, path: Path, run: Replayed, language: str = "", futures: int = FUTURES) -> None:
        self._path, self._run = path, run
        self._language, self._futures = language, futures
        self.past = Past(run)
        self.file = shown_path(path.name)
        self.seed = run.journal.header.seed
        self.past.go(self.past.stops - 1)
        self.points = self.past.ending().points

    @classmethod
    def of(cls, path: Path, language: str = "", futures: int = FUTURES) -> Self:
        """The judge of a run file.

        Raises:
            InputRefused: no run can be made of it, or it is not over.
            ProblemsFound: it is damaged, or the replay differs.
            TooNew: made by other rules.
        """
        run = replay(path, language)
        run.raise_unless_exact()
        if not run.position.over:
            where = f"week {run.position.week}" if run.position.week else "the planning week"
            help = f"It goes on in {where}: play it to its end, then look at it here."
            raise InputRefused("only a run that is over has a debrief", file=run.name, help=help)
        return cls(path, run, language, futures)

    def figures(self, gone: Gone) -> Iterator[News]:
        """The figures, each time with more futures; what was kept comes first, and alone where it is enough."""
        best = looked_up(self._run, self._path, 1)
        final = best is not None and best.evaluator.n >= self._futures
        if best is not None:
            yield Figures(worded(self._run, best), final)
        if not final:
            yield from heard(partial(evaluate, self._path, self._language, self._futures), gone)

    @property
    def otherwise(self) -> Otherwise:
        """What could have been done otherwise in the run."""
        return Otherwise(self._path, self._run, self._language, min(self._futures, FAN))

    def luck(self, sheet: Sheet, gone: Gone) -> Iterator[News]:
        """The same figures, with the named draws behind the luck of each week."""
        yield from heard(partial(explain, self._path, self._language, sheet.analysis), gone)

    def note(self, text: str) -> Chapter | Refused:
        """Keep a note with the end of the run; the chapter that it makes, or why it is not kept."""
        try:
            clean = SafeText.clean(text)
            with Session.resume(self._path) as session:
                session.note(clean)
                week = session.position.week
        except TextRefused as error:
            return Refused(f"{error}.")
        except TpmsimError as error:
            return refused(error)
        return Chapter(week, label(week), line_of(clean))

    def export(self, sheet: Sheet) -> str | Refused:
        """Write the report beside the run; where it is, harmless to show, or why it is not there.

        What lies there stays: a number is added where the name is taken, unless by the very same report.
        """
        page = html(sheet).encode("utf-8")
        try:
            path = self._place_of(page)
            if not exists(path):
                replace_file(path, page)
        except TpmsimError as error:
            return refused(error)
        return shown_path(str(path), PATH_CHARS)

    def _place_of(self, page: bytes) -> Path:
        """Where this report is, or can be written."""
        for count in range(1, TRIES):
            path = self._path.with_name(f"{self._path.name}{f'-{count}' if count > 1 else ''}{REPORT}")
            if not exists(path) or _holds(path, page):
                return path
        raise StorageFailed(f"too many reports of {shown_path(self._path.name)} are there already")


def _holds(path: Path, page: bytes) -> bool:
    """Whether a file is this page, to the last byte."""
    try:
        return path.stat().st_size == len(page) and read_bytes(path, len(page)) == page
    except (OSError, InputRefused):
        return False
