"""`tpmsim play`: a new run, or on with one; on the whole screen where the terminal can show it, else in plain lines."""

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shutil import get_terminal_size

import click

from tpmsim.cli.choosing import Choice, choose
from tpmsim.cli.lines import Lines
from tpmsim.cli.plain import play_plain
from tpmsim.cli.plain_storage import typeable
from tpmsim.cli.signals import INTERRUPTED, EndedBySignal, end_on
from tpmsim.errors import UsageError
from tpmsim.game.files import saves_folder
from tpmsim.game.opening_run import TUTORIAL, begin, called, in_language, seeded
from tpmsim.game.saves import is_run
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.ending import UNSAVED
from tpmsim.tui.start import fits, play_on_screen

RUN_SUFFIX = ".tpmrun"


@click.command()
@click.argument("what", required=False, metavar="[SCENARIO or RUN]")
@click.option("--seed", metavar="S", help="The world: a seed such as K7Q2-MX4D, or a whole number.")
@click.option("--plain", is_flag=True, help="Numbered lines, for screen readers, scripts and plain terminals.")
@click.option("--name", default="", help="Your name as reports show it; no real name is needed.")
@click.option("--saves", metavar="FOLDER", help="Where runs are kept.")
@click.option("--ascii", "only_ascii", is_flag=True, help="No character beyond ASCII.")
@click.option("--lang", "language", default="", metavar="L", help="Language of the texts, such as de.")
def play(
    what: str | None, seed: str | None, plain: bool, name: str, saves: str | None, only_ascii: bool, language: str
) -> int:
    """Play a scenario, or go on with a run file.

    Without an argument: goes on with a run if there is one, else starts the tutorial. Every move is on the disk
    before you see what it does; close the window whenever you like.

    \b
    Examples:
      tpmsim play
      tpmsim play first-product --seed K7Q2-MX4D
      tpmsim play first-product --lang de
      tpmsim play saves/first-product-K7Q2-MX4D.tpmrun
    """
    end_on("SIGINT")
    write = _writer(only_ascii)
    folder = saves_folder(saves)
    on_screen = fits() and not plain
    chosen = _chosen(what, folder, write, on_screen)
    if chosen is None:
        return 0
    if on_screen:
        return _on_screen(chosen, seed, name, folder, write, only_ascii, language)
    lines = Lines()
    with _session(chosen, seed, name, folder, language) as session:

        def again(world: str | None) -> Session:
            return begin(session.loaded, world, name, folder)

        try:
            return play_plain(session, lines.read, write, width=_width(), ascii=only_ascii, begin=again)
        except EndedBySignal as ended:
            if ended.exit_code == INTERRUPTED:
                write(f"\nEverything you confirmed is saved. Go on with: tpmsim play {session.path}")
            raise


def _chosen(what: str | None, folder: Path, write: Callable[[str], None], on_screen: bool) -> Choice | None:
    """What is to be played; None if nothing is. On the screen an empty choice is the first screen's matter."""
    if what is not None:
        return _named(what)
    if on_screen:
        return Choice() if any(is_run(path) for path in _listed(folder)) else Choice(scenario=TUTORIAL)
    return choose(folder, TUTORIAL, Lines().read, write)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _on_screen(
    chosen: Choice,
    seed: str | None,
    name: str,
    folder: Path,
    write: Callable[[str], None],
    only_ascii: bool,
    language: str,
) -> int:
    """Play on the whole screen; afterwards a line for the shell says how it stands."""
    seeded(seed)
    first = partial(_session, chosen, seed, name, folder, language) if chosen != Choice() else None
    alias = called(name).plain()
    left = play_on_screen(
        folder,
        first,
        resumed=chosen.run is not None,
        only_ascii=only_ascii,
        seed=seed or "",
        name=alias,
        language=language,
    )
    if left.code == UNSAVED:
        write("You leave with something unsaved. What was confirmed before is on the disk.")
    if left.path is not None and left.code in (0, UNSAVED):
        write(f"Go on with: tpmsim play {typeable(left.path)}")
    return left.code


def _named(what: str) -> Choice:
    if what.endswith(RUN_SUFFIX) or ".tpmrun." in what:
        return Choice(run=Path(what))
    return Choice(scenario=what)


def _session(chosen: Choice, seed: str | None, name: str, folder: Path, language: str) -> Session:
    if chosen.run is not None:
        if seed is not None:
            raise UsageError("a run keeps its seed", help="Leave out --seed, or name a scenario.")
        return Session.resume(chosen.run, language=language)
    return begin(in_language(open_scenario(chosen.scenario), language), seed, name, folder)


def _writer(only_ascii: bool) -> Callable[[str], None]:
    """Print lines so that no terminal's encoding can stop the game."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")

    def write(line: str) -> None:
        print(line.encode("ascii", "replace").decode() if only_ascii else line, flush=True)

    return write


def _width() -> int:
    return max(40, min(100, get_terminal_size((78, 24)).columns - 2))
