"""`tpmsim play`: a new run, or on with one. Full screen comes with a later version; this is plain mode."""

import io
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size

import click

from tpmsim.cli.choosing import Choice, choose
from tpmsim.cli.lines import Lines
from tpmsim.cli.plain import play_plain
from tpmsim.cli.signals import INTERRUPTED, EndedBySignal, end_on
from tpmsim.core.rolls import SEED_BITS, parse_seed, seed_text
from tpmsim.errors import UsageError
from tpmsim.game.files import run_path, saves_folder
from tpmsim.game.records import NAME_LENGTH
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText, TextRefused

RUN_SUFFIX = ".tpmrun"
TUTORIAL = "first-product"


@click.command()
@click.argument("what", required=False, metavar="[SCENARIO or RUN]")
@click.option("--seed", metavar="S", help="The world: a seed such as K7Q2-MX4D, or a whole number.")
@click.option("--plain", is_flag=True, help="Numbered lines, for screen readers, scripts and plain terminals.")
@click.option("--name", default="", help="Your name as reports show it; no real name is needed.")
@click.option("--saves", metavar="FOLDER", help="Where runs are kept.")
@click.option("--ascii", "only_ascii", is_flag=True, help="No character beyond ASCII.")
def play(what: str | None, seed: str | None, plain: bool, name: str, saves: str | None, only_ascii: bool) -> int:
    """Play a scenario, or go on with a run file.

    Without an argument: goes on with a run if there is one, else starts the tutorial. Every move is on the disk
    before you see what it does; close the window whenever you like.

    \b
    Examples:
      tpmsim play
      tpmsim play first-product --seed K7Q2-MX4D
      tpmsim play saves/first-product-K7Q2-MX4D.tpmrun
    """
    end_on("SIGINT")
    write = _writer(only_ascii)
    folder = saves_folder(saves)
    with Lines() as lines:
        chosen = choose(folder, TUTORIAL, lines.read, write) if what is None else _named(what)
        if chosen is None:
            return 0
        with _session(chosen, seed, name, folder) as session:

            def begin(world: str | None) -> Session:
                return _new(session.loaded, world, name, folder)

            try:
                return play_plain(session, lines.read, write, width=_width(), ascii=only_ascii, begin=begin)
            except EndedBySignal as ended:
                if ended.exit_code == INTERRUPTED:
                    write(f"\nEverything you confirmed is saved. Go on with: tpmsim play {session.path}")
                raise


def _named(what: str) -> Choice:
    if what.endswith(RUN_SUFFIX) or ".tpmrun." in what:
        return Choice(run=Path(what))
    return Choice(scenario=what)


def _session(chosen: Choice, seed: str | None, name: str, folder: Path) -> Session:
    if chosen.run is not None:
        if seed is not None:
            raise UsageError("a run keeps its seed", help="Leave out --seed, or name a scenario.")
        return Session.resume(chosen.run)
    return _new(open_scenario(chosen.scenario), seed, name, folder)


def _new(loaded: Loaded, seed: str | None, name: str, folder: Path) -> Session:
    world = seed_text(seeded(seed))
    alias = _alias(name)
    return Session.start(loaded, world, run_path(folder, loaded.scenario.id, world, alias), alias=alias)


def seeded(text: str | None) -> int:
    """The seed that was named, or a fresh one.

    Raises:
        UsageError: it is neither a seed nor a whole number.
    """
    if text is None:
        return secrets.randbits(SEED_BITS)
    try:
        return parse_seed(text)
    except ValueError as error:
        raise UsageError(str(error), help="Write a seed such as K7Q2-MX4D, or a whole number.") from None


def _alias(name: str) -> SafeText:
    try:
        return SafeText.clean(" ".join(name[:NAME_LENGTH].split()), NAME_LENGTH, 1)
    except TextRefused as error:
        raise UsageError(f"--name: {error}", help="Choose another name.") from None


def _writer(only_ascii: bool) -> Callable[[str], None]:
    """Print lines so that no terminal's encoding can stop the game."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")

    def write(line: str) -> None:
        print(line.encode("ascii", "replace").decode() if only_ascii else line, flush=True)

    return write


def _width() -> int:
    return max(40, min(100, get_terminal_size((78, 24)).columns - 2))
