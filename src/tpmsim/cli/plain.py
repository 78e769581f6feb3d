"""Plain mode: the whole game as lines. It reads and writes through two functions and knows no terminal.

A number chooses a line of the menu, a letter is a command, a move can be typed by its id. Nothing is saved here: the
session has every move on the disk before its effect can be seen, and says so when it could not.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from tpmsim.cli import plain_pages as pages
from tpmsim.cli import plain_why as causes
from tpmsim.cli.plain_console import Console, NoMore, Read, Write
from tpmsim.cli.plain_habits import Habits
from tpmsim.cli.plain_lookups import LOOKUPS
from tpmsim.cli.plain_moves import forecast_of, move_named, thought_of
from tpmsim.cli.plain_storage import Keeper, Leave
from tpmsim.cli.plain_text import USUAL
from tpmsim.errors import IllegalMove
from tpmsim.game.desk import Desk
from tpmsim.game.menus import Menu, answers, group_menu, home
from tpmsim.game.recap import recap
from tpmsim.game.session import Session

Begin = Callable[[str | None], Session]

YES = ("y", "yes", "e", "end")
NO = ("n", "no", "b", "0", "")
"""What answers a question; anything else that is typed there is obeyed."""

MOST_PICKS = 4
"""Numbers on one line that are followed one after the other."""


class Restart(Exception):
    """Leads out of an ended run into another: of the same seed, or of a new one where it is None."""

    def __init__(self, seed: str | None) -> None:
        super().__init__(seed)
        self.seed = seed


def play_plain(
    session: Session, read: Read, write: Write, width: int = USUAL, ascii: bool = False, begin: Begin | None = None
) -> int:
    """Play a session to its end, or until the player goes.

    Args:
        session: to be played; the caller closes it.
        read: gives a line of input for a prompt; None where there is no more.
        write: takes one line of output, without its newline.
        width: columns of the terminal; 30 to 100 are used.
        ascii: write ASCII alone.
        begin: makes a new run for a seed, or for a new one; without it nobody is offered another run.

    Returns:
        The exit code: 0, or 4 where the player left with something unsaved.
    """
    console = Console(read, write, width, ascii)
    try:
        return Plain(session, console, begin).run()
    except Restart as restart:
        assert begin is not None
        with begin(restart.seed) as another:
            return play_plain(another, read, write, width, ascii, begin)


class Plain:
    """One run in plain mode."""

    def __init__(self, session: Session, console: Console, begin: Begin | None = None) -> None:
        self.session = session
        self.desk = Desk(session)
        self.view = self.desk.view
        self._say = console.say
        self._console = console
        self._keeper = Keeper(session, console)
        self._habits = Habits(session, self.desk, console, self._keeper)
        self._begin = begin
        self._menu = Menu("")
        self._hinted: set[str] = set()

    def run(self) -> int:
        """Play; the exit code.

        Raises:
            Restart: the player wants another run.
        """
        try:
            self._open()
            while not self.session.position.over:
                self._obey(self._console.ask("> "))
            self._close()
            while True:
                self._obey(self._console.ask("> "))
        except NoMore:
            self._say("")
            return self._keeper.goodbye().code
        except Leave as leave:
            return leave.code

    # The flow of a run

    def _open(self) -> None:
        position = self.session.position
        if self.session.reports or position.made:
            self._say(*pages.recap(recap(self.desk)))
        else:
            self._say(*pages.welcome(self.desk))
        if self.session.opening_note:
            self._say(self.session.opening_note)
        if not position.over:
            self._week_page(self._habits.week_begins())

    def _week_page(self, told: Sequence[str] = ()) -> None:
        """The page of a week; `told` are lines about what has happened in it already."""
        self._say("", *pages.header(self.desk), *told)
        self._say(*pages.inbox(self.desk))
        self._hints()
        self._say(*self._habits.offers())
        self._home()

    def _close(self) -> None:
        """The ending, and what can be done next."""
        self._say(*pages.ending(self.desk))
        file = self._keeper.file
        if file:
            self._say("The run is kept. See it again week by week with:")
            self._console.raw(f"  tpmsim replay {file}")
        self._say(pages.NEXT_HERE if self._begin is not None else pages.NEXT)

    def _hints(self) -> None:
        for name, text in self.desk.hints():
            if name not in self._hinted:
                self._hinted.add(name)
                self._say(f"Guide: {text}")

    # Input

    def _obey(self, line: str) -> None:
        """Do what a line says."""
        word, _, rest = line.partition(" ")
        command, lookup = self.COMMANDS.get(word.lower()), LOOKUPS.get(word.lower())
        if lookup is not None:
            self._say(*lookup(self.desk, rest.strip()))
        elif word.lower() in ("q", "quit", "exit"):
            raise self._keeper.goodbye()
        elif word.lower() in ("again", "new") and self.session.position.over:
            self._restart(word.lower())
        elif self.session.position.over:
            self._say("The run is over. w, n, p, r, k and l look things up; q quits.")
        elif command is not None:
            command(self, rest.strip())
        elif line.isascii() and line.replace(" ", "").isdecimal():
            self._numbers(line.split())
        else:
            self._typed(line)

    def _numbers(self, picks: list[str]) -> None:
        """Follow numbers through menus, one after the other; only the last menu is shown."""
        for pick in picks[:MOST_PICKS]:
            number, entries = int(pick[:6]), self._menu.entries
            if number == 0:
                self._home()
                return
            if number > len(entries):
                most = f"choose 1 to {len(entries)}" if entries else "0 goes back"
                self._say(f"There is no line {number} here; {most}.")
                return
            entry = entries[number - 1]
            if entry.move:
                self._make(entry.move)
                return
            if not self._open_menu(*entry.opens):
                return
        self._say(*pages.menu(self._menu))

    def _typed(self, line: str) -> None:
        """A menu by its name; a move by its id, the beginning of it, or words of its label; else the nearest thing."""
        for group in self.view.groups(self.desk.seen, self.desk.choices):
            if line.lower() in (group.id, group.title.lower()) and self._open_menu(group.id, ""):
                self._say(*pages.menu(self._menu))
                return
        found = move_named(self.session, self.view, line)
        if found.move:
            self._make(found.move)
        else:
            self._say(found.answer)

    def _restart(self, word: str) -> None:
        if self._begin is None:
            self._say("Type q to quit, then tpmsim play to start another run.")
        else:
            raise Restart(self.session.header.seed if word == "again" else None)

    # Menus

    def _home(self, short: bool = False) -> None:
        self._menu = home(self.desk)
        if short:
            self._say("   ".join((*pages.short(self._menu), "e end the week", "? help")))
        else:
            self._say(*pages.menu(self._menu), pages.COMMANDS)

    def _open_menu(self, group: str, subject: str) -> bool:
        """Go into a menu; false where nothing is in it any more."""
        menu = group_menu(self.desk, group, subject)
        if menu is None:
            self._say("There is nothing to do there now.")
            self._home(short=True)
            return False
        self._menu = menu
        return True

    def _show_menu(self, rest: str) -> None:
        self._say(*pages.menu(self._menu), *((pages.COMMANDS,) if self._menu.home else ()))

    # Moves

    def _make(self, move: str) -> None:
        try:
            done = self._keeper.keep(lambda: self.session.play(move))
        except IllegalMove as error:
            self._say(f"Not now: {error.reason}.")
            return
        if done:
            self._say(*pages.after_move(self.desk, move))
            self._hints()
        self._home(short=True)

    def _undo(self, rest: str) -> None:
        session, made = self.session, self.desk.made
        try:
            done = self._keeper.keep(session.undo)
        except IllegalMove as error:
            self._say(f"Not now: {error.reason}.")
            return
        if done:
            self._say(f"Taken back: {self.view.label(made[-1], self.desk.week)}. {self.desk.seen.hours:g} h left.")
        self._home(short=True)

    def _end(self, rest: str) -> None:
        """End the week, once every card has its answer or the player lets it be."""
        if not self._cards_settled():
            return
        ended = len(self.session.reports)
        self._keeper.keep(self.session.end_week)
        if len(self.session.reports) == ended:
            self._home(short=True)
            return
        self._say("", *causes.reveal(self.desk.reveal()))
        if not self.session.position.over:
            self._week_page(self._habits.week_begins())

    def _cards_settled(self) -> bool:
        """Whether the week may end although cards are open; asks."""
        unanswered, waiting = self.session.position.unanswered, self.desk.silence()
        if unanswered:
            self._say(f"{self.view.speaker(unanswered[0])} needs an answer before the week can end.")
        elif waiting:
            self._say(waiting)
            said = self._console.ask("End the week like that? (y/n) ")
            if said.lower() in YES:
                return True
            if said.lower() not in NO:
                self._obey(said)
                return False
        else:
            return True
        self._menu = answers(self.desk, (unanswered or self.desk.seen.cards)[0])
        self._say(*pages.menu(self._menu))
        return False

    def _habit(self, do: Callable[[str], None], rest: str) -> None:
        do(rest)
        self._hints()
        self._home(short=True)

    # Kept beside the run

    def _forecast(self, rest: str) -> None:
        found = forecast_of(self.view, rest)
        if isinstance(found, str):
            self._say(found)
            return
        name, low, point, high = found
        if self._keeper.keep(lambda: self.session.forecast(name, low, point, high)):
            self._say(f"Kept: your forecast of {self.view.figures.title(name)} for the end of this week.")

    def _note(self, rest: str, mark: bool = False) -> None:
        text = thought_of(rest)
        if isinstance(text, str):
            self._say(text)
        elif self._keeper.keep(lambda: self.session.note(text, mark)):
            self._say("Kept.")

    COMMANDS: ClassVar[dict[str, Callable[["Plain", str], object]]] = {
        **dict.fromkeys(("e", "end"), _end),
        **dict.fromkeys(("u", "undo"), _undo),
        **dict.fromkeys(("f", "forecast"), _forecast),
        **dict.fromkeys(("a", "as"), lambda plain, rest: plain._habit(plain._habits.as_last_week, rest)),
        **dict.fromkeys(("d", "delegate"), lambda plain, rest: plain._habit(plain._habits.delegate, rest)),
        **dict.fromkeys(("b", "back"), lambda plain, rest: plain._home()),
        "": _show_menu,
        "again": lambda plain, rest: plain._week_page(),
        "new": lambda plain, rest: plain._say("The run is not over. q quits; it can be gone on with."),
        "note": _note,
        "mark": lambda plain, rest: plain._note(rest, mark=True),
    }
