"""The shelf: what can be played. The scenarios, the runs that are kept, and the opening of either.

The engine is imported with the first question, never with this module, so that the first screen stands before it.
Everything that can go wrong in ordinary life (a damaged file, a full disk, a run played elsewhere) is a value.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tpmsim.errors import TpmsimError
from tpmsim.game.wording.prose import clip, line_of, paragraphs, spoken
from tpmsim.text import shown_path

if TYPE_CHECKING:
    from tpmsim.game.past import Past
    from tpmsim.game.recorded import Recorded
    from tpmsim.game.saves import KnownRun
    from tpmsim.game.session import Session
    from tpmsim.scenario.loading import Loaded
    from tpmsim.tui.judge import Judge
    from tpmsim.tui.otherwise import Otherwise
    from tpmsim.tui.table import Table

Given = TypeVar("Given")

TITLE = 40
"""Characters of a scenario's title in a list."""

TEACHES = 90
"""Characters of a line about what a scenario teaches."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A scenario that can be played.

    Attributes:
        id: with which it is started; the path of one that does not come with the program.
        scenario: its own id, by which runs know it.
        title: what it is called.
        weeks, minutes: how long it is.
        teaches: what can be learned, line by line.
        brief: the opening, in paragraphs.
        problem: why it cannot be played; then nothing else is known of it.
    """

    id: str
    scenario: str
    title: str
    weeks: int = 0
    minutes: int = 0
    teaches: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that is kept.

    Attributes:
        path: of its file.
        file: its name, harmless to show.
        scenario, title: id and title of what is played.
        seed, alias: of the run; the name of the player may be empty.
        week, weeks: where it stands, and how long it is; 0 where that cannot be told.
        score: once it has ended.
        problem: why it cannot be gone on with, or empty.
        branched: the week in which it left another run; None where it is no branch.
    """

    path: Path
    file: str
    scenario: str
    title: str
    seed: str
    alias: str
    week: int
    weeks: int
    score: float | None
    problem: str
    branched: int | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it can be played on."""
        return self.score is None and not self.problem

    @property
    def origin(self) -> str:
        """Where a branch left its run; empty where it is none."""
        if self.branched is None:
            return ""
        return f"branch from week {self.branched}" if self.branched else "branch from the planning week"

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        if self.problem:
            return "cannot be gone on with"
        if self.score is not None:
            return f"ended, {self.score:.1f} points"
        of = f" of {self.weeks}" if self.weeks else ""
        return f"week {self.week}{of}" if self.week else "planning week"


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be done: why, and what to do about it."""

    message: str
    help: str

    @property
    def says(self) -> str:
        """Both as sentences."""
        end = "" if self.message.endswith((".", "?", "!")) else "."
        return f"{self.message[:1].upper()}{self.message[1:]}{end} {self.help}".strip()


class Shelf:
    """What can be played.

    Args:
        folder: where runs are kept.
        scenarios: ids or paths of what is offered; None offers what comes with the program.
        seed, name: what a new run has unless its player types something else.
        language: of the texts, where a scenario has it.
        futures: of an option or in a fan, that are played at most; None takes as many as are usual.
    """

    def __init__(
        self,
        folder: Path,
        scenarios: Iterable[str] | None = None,
        *,
        seed: str = "",
        name: str = "",
        language: str = "",
        futures: int | None = None,
    ) -> None:
        self._futures = futures
        self.folder, self.seed, self.name = folder, seed, name
        self._language = language
        self._scenarios = None if scenarios is None else tuple(scenarios)
        self._opened: dict[str, Loaded] = {}

    def runs(self) -> tuple[Kept, ...]:
        """The runs that are kept, the last played first."""
        from tpmsim.game.saves import known_runs

        return tuple(_kept(run) for run in known_runs(self.folder))

    def offers(self) -> Iterator[Offer]:
        """The scenarios, the first to be played first; each takes a moment, as it is compiled."""
        from tpmsim.game.opening_run import TUTORIAL
        from tpmsim.scenario.library import shipped

        names = tuple(shipped()) if self._scenarios is None else self._scenarios
        for name in sorted(names, key=lambda one: one != TUTORIAL):
            yield _offer(name, self._compiled(name))

    def start(self, scenario: str, seed: str | None = None, name: str = "") -> "Table | Failed":
        """Begin a new run.

        Args:
            scenario: id of an offer.
            seed: as it was typed; None rolls one.
            name: of the player, as it was typed; may be empty.
        """
        from tpmsim.game.opening_run import begin

        return _tried(lambda: _table(begin(self._open(scenario), seed, name, self.folder)))

    def resume(self, path: Path) -> "Table | Failed":
        """Go on with a run."""
        from tpmsim.game.session import Session

        return _tried(lambda: _table(Session.resume(path, language=self._language)))

    def past(self, path: Path) -> "Past | Recorded | Failed":
        """A run to be looked at week by week; of one that cannot be simulated again, what its file tells."""
        from tpmsim.game.past import look_back

        return _tried(lambda: look_back(path, self._language))

    def judge(self, path: Path) -> "Judge | Failed":
        """The judge of a run that is over; of another, why there is none."""
        from tpmsim.tui.judge import FUTURES, Judge

        return _tried(lambda: Judge.of(path, self._language, self._futures or FUTURES))

    def otherwise(self, path: Path, past: "Past") -> "Otherwise":
        """What could have been done otherwise in a run that is looked at."""
        from tpmsim.tui.otherwise import FUTURES, Otherwise

        return Otherwise(path, past.run, self._language, min(self._futures or FUTURES, FUTURES))

    def branch(self, path: Path, week: int) -> "Table | Failed":
        """Begin a new run that is the same as another up to the start of a week."""
        from tpmsim.game.opening_run import branch_off

        return _tried(lambda: _table(branch_off(path, week, self._language)))

    def renamed(self, path: Path, name: str) -> Path | Failed:
        """Give a run another name; where it is now."""
        from tpmsim.game.saves import rename

        return _tried(lambda: rename(path, name))

    def delete(self, path: Path) -> Path | Failed:
        """Put a run into the trash; where it is now."""
        from tpmsim.game.saves import delete

        return _tried(lambda: delete(path, saves=self.folder))

    def wrong(self, seed: str, name: str) -> str:
        """What is wrong with a seed and a name as they were typed; empty if nothing is."""
        from tpmsim.game.opening_run import called, seeded

        found = _tried(lambda: (seeded(seed or None), called(name)))
        return found.says if isinstance(found, Failed) else ""

    def _compiled(self, name: str) -> "Loaded | Failed":
        return _tried(lambda: self._open(name))

    def _open(self, name: str) -> "Loaded":
        """A scenario, compiled once."""
        from tpmsim.scenario.library import open_scenario

        if name not in self._opened:
            self._opened[name] = open_scenario(name).spoken(self._language)
        return self._opened[name]


def best(runs: Iterable[Kept]) -> Mapping[str, float]:
    """The player's best score by scenario; a branch does not count, as its luck was known when it was played."""
    found: dict[str, float] = {}
    for run in runs:
        if run.score is not None and not run.problem and run.branched is None:
            found[run.scenario] = max(run.score, found.get(run.scenario, 0.0))
    return found


def _tried(action: Callable[[], Given]) -> Given | Failed:
    try:
        return action()
    except TpmsimError as error:
        return Failed(error.message, error.help)


def _table(session: "Session") -> "Table":
    from tpmsim.tui.table import Table

    return Table(session)


def _offer(name: str, found: "Loaded | Failed") -> Offer:
    if isinstance(found, Failed):
        return Offer(name, "", clip(spoken(shown_path(name)), TITLE), problem=found.says)
    scenario = found.scenario
    return Offer(
        id=name,
        scenario=scenario.id,
        title=line_of(scenario.title, TITLE),
        weeks=scenario.weeks,
        minutes=scenario.minutes,
        teaches=tuple(line_of(one, TEACHES) for one in scenario.teaches),
        brief=paragraphs(scenario.brief),
    )


def _kept(run: "KnownRun") -> Kept:
    file = shown_path(run.path.name)
    return Kept(
        path=run.path,
        file=file,
        scenario=run.scenario,
        title=line_of(run.title, TITLE) or file,
        seed=run.seed,
        alias=line_of(run.alias, TITLE),
        week=run.week,
        weeks=run.weeks,
        score=run.score,
        problem=run.problem,
        branched=run.branched,
    )
