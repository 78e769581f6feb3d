"""What a week need not ask again, in plain mode: as last week, and the areas in which a colleague decides."""

from collections.abc import Sequence
from functools import partial

from tpmsim.cli.plain_console import Console
from tpmsim.cli.plain_storage import Keeper
from tpmsim.errors import IllegalMove
from tpmsim.game.delegation import AREAS, Standing, accounts, resting, standings
from tpmsim.game.desk import Desk
from tpmsim.game.routine import as_last_week
from tpmsim.game.session import Session
from tpmsim.lab.delegate import proposals
from tpmsim.text import quoted


class Habits:
    """Routine and delegates of one run."""

    def __init__(self, session: Session, desk: Desk, console: Console, keeper: Keeper) -> None:
        self._session = session
        self._desk = desk
        self._say = console.say
        self._keeper = keeper
        self._offered = False

    def week_begins(self) -> list[str]:
        """Let the delegates make their moves, unless they had their chance; what they did, and who rests and why."""
        if not self._session.week_begins:
            return []
        made = self._make(proposals(self._session.position, self._session.delegated))
        undo = ["u takes the last of it back."] if made else []
        return [*self._accounts(made), *undo, *resting(self._standings())]

    def offers(self) -> list[str]:
        """What could be had by one letter now; the delegates are offered once."""
        again = as_last_week(self._session)
        told = [f"a does as last week: {self._labels(again)}."] if again else []
        free = [one for one in self._standings() if not one.on and not one.reason]
        if free and not self._session.delegated and not self._offered:
            self._offered = True
            told.append("d lets a colleague decide in an area each week.")
        return told

    def as_last_week(self, rest: str) -> None:
        """Make last week's routine moves once more, as far as they can be made."""
        if rest.lower() not in ("", "last week"):
            self._say("a, or as last week, makes last week's routine moves again.")
            return
        moves = as_last_week(self._session)
        if not moves:
            self._say("There is nothing of last week that could be done again now.")
            return
        self._say(f"As last week: {self._labels(moves)}.")
        made = self._make(moves)
        self._say(f"Done: {len(made)} of {len(moves)}. {self._desk.seen.hours:g} h left; u takes back the last.")

    def delegate(self, rest: str) -> None:
        """Tell who could decide in which area; with the name of one hand it over, or take it back."""
        if not rest:
            self._say("Who decides (d and an area hands it over, or takes it back):", *map(_line, self._standings()))
            return
        wanted = [one for one in self._standings() if one.area.startswith(rest.lower())]
        if len(wanted) != 1:
            self._say(f"No area {quoted(rest)}: there are {', '.join(one.id for one in AREAS)}.")
            return
        self._toggle(wanted[0])

    def _toggle(self, one: Standing) -> None:
        try:
            done = self._keeper.keep(lambda: self._session.delegate(one.area, not one.on))
        except IllegalMove as error:
            self._say(f"Not now: {error.reason}.")
            return
        if done and one.on:
            self._say(f"{one.title} is yours again.")
        elif done:
            self._say(f"{one.title}: {one.name} {one.says}, from now on. Half of your hours stay yours.")
            self._say(*self._accounts(self._make(proposals(self._session.position, (one.area,)))))

    def _make(self, moves: Sequence[str]) -> list[str]:
        """Make moves one by one, up to the first that is not kept; those that were made."""
        made: list[str] = []
        for move in moves:
            if not self._keeper.keep(partial(self._session.play, move)):
                break
            made.append(move)
        return made

    def _standings(self) -> tuple[Standing, ...]:
        return standings(self._session.loaded, self._desk.seen, self._session.delegated)

    def _accounts(self, made: Sequence[str]) -> tuple[str, ...]:
        return accounts(self._desk.view, self._desk.seen, made)

    def _labels(self, moves: Sequence[str]) -> str:
        return "; ".join(self._desk.view.label(move, self._desk.week) for move in moves)


def _line(one: Standing) -> str:
    """An area: who has it, who could, or why not."""
    if one.on:
        return f"  {one.area}: {one.name} {one.says}{f'; rests now: {one.reason}' if one.reason else ''}"
    return f"  {one.area}: you. {f'Not now: {one.reason}.' if one.reason else f'{one.name} could: {one.says}.'}"
