"""Beginning a run: a new one of a scenario, or one that branches off another. Commands and screens begin runs alike."""

import secrets
from pathlib import Path
from typing import Final

from tpmsim.core.rolls import SEED_BITS, parse_seed, seed_text
from tpmsim.errors import UsageError
from tpmsim.game.branch import branch
from tpmsim.game.files import run_path
from tpmsim.game.journal import read
from tpmsim.game.records import NAME_LENGTH
from tpmsim.game.replay import resimulated
from tpmsim.game.session import Session
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText, TextRefused, quoted, shown_path

TUTORIAL: Final = "first-product"
"""The scenario with which somebody new begins."""


def begin(loaded: Loaded, seed: str | None, name: str, folder: Path) -> Session:
    """A new run with a file of its own.

    Args:
        loaded: the scenario.
        seed: as it was typed; None rolls one.
        name: of the player, as it was typed; may be empty.
        folder: where runs are kept.

    Raises:
        UsageError: it is no seed, or the name cannot be used.
        StorageFailed: the file cannot be made.
    """
    world, alias = seed_text(seeded(seed)), called(name)
    return Session.start(loaded, world, run_path(folder, loaded.scenario.id, world, alias), alias=alias)


def branch_off(path: Path, week: int, language: str = "") -> Session:
    """A new run beside that at `path`, the same up to the start of a week, with the same luck after it.

    Raises:
        InputRefused: no run can be made of the file, or it never came to that week, or what was seen by then is not
            what the rules give.
        TooNew: made by a later format.
        StorageFailed: the file cannot be made.
    """
    found = resimulated(read(path), shown_path(path.name), language)
    header = found.journal.header
    target = run_path(path.absolute().parent, header.scenario.id, header.seed, f"week-{week}")
    return branch(found, week, target)


def in_language(loaded: Loaded, language: str) -> Loaded:
    """A scenario in a language that was asked for; in its own where none was.

    Raises:
        UsageError: it is not told in that language.
    """
    if language and language not in loaded.languages:
        raise UsageError(
            f"'{loaded.scenario.id}' is not told in {quoted(language)}",
            help=f"It is in: {', '.join(loaded.languages)}.",
        )
    return loaded.spoken(language)


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


def called(name: str) -> SafeText:
    """The name of a player on one line.

    Raises:
        UsageError: it holds what no text may hold.
    """
    try:
        return SafeText.clean(" ".join(name[:NAME_LENGTH].split()), NAME_LENGTH, 1)
    except TextRefused as error:
        raise UsageError(f"this name cannot be used: {error}", help="Choose another name.") from None
