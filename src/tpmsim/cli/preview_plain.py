"""The preview in lines: where it stands after every save, or what is wrong with it. For scripts and plain terminals."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import click

from tpmsim.errors import InputRefused
from tpmsim.game.desk import Desk
from tpmsim.game.editions import Editions
from tpmsim.game.pages import Saved
from tpmsim.game.wording.prose import counted

LOOKS = 0.1
"""Seconds between two looks at the files."""

CHUNK = 4_096


def preview_plain(editions: Editions, changed: Callable[[float], bool], name: str, *, only_ascii: bool = False) -> int:
    """Print a block for every save, until the input is closed; the exit code tells whether the last one was sound.

    Args:
        editions: of the scenario; the first one is adopted already.
        changed: whether there is a newer edition to open, at a time in seconds.
        name: of the scenario, as it may be shown.
        only_ascii: print nothing beyond ASCII.
    """
    closed = _closing()
    while True:
        for line in (name, *block(editions)):
            click.echo(line.encode("ascii", "replace").decode() if only_ascii else line)
        while not changed(time.monotonic()):
            if closed.wait(LOOKS):
                return 0 if editions.saved.sound else InputRefused.exit_code
        editions.adopt(editions.attempt(editions.basis))


def block(editions: Editions) -> Iterator[str]:
    """What became of a save: findings, and where the preview stands; an empty line ends it."""
    yield from _findings(editions.saved)
    if editions.edition is not None and editions.saved.sound:
        yield from _standing(Desk(editions.edition.session), editions.edition.session.header.seed)
    yield ""


def _findings(saved: Saved) -> Iterator[str]:
    for one in saved.findings:
        yield f"{one.title}: {one.place}: {one.message}{f'  {one.help}' if one.help else ''}"
    yield from (f"- {text}" for text in saved.told)
    yield from (f"  not possible in {text}" for text in saved.skipped)
    if not saved.sound:
        yield f"not sound: {counted(sum(one.error for one in saved.findings), 'error')}"


def _standing(desk: Desk, seed: str) -> Iterator[str]:
    """Where the run stands: week, stage, numbers, this week's moves, cards that wait."""
    view, seen = desk.view, desk.seen
    ended = "; the run is over" if desk.over else ""
    yield f"{view.clock(seen)}, stage {view.titles.stage(seen.stage)}{ended}; seed {seed}"
    yield "; ".join(f"{row.title} {row.value}" for row in desk.numbers() if row.main)
    yield from (f"> {view.label(move, desk.week)}" for move in desk.made)
    yield from (f"! {card}: {view.speaker(card)}: {view.card(card)}" for card in seen.cards)


def _closing() -> threading.Event:
    """Set when the input is closed; what is typed there means nothing."""
    closed = threading.Event()

    def read() -> None:
        try:
            while os.read(0, CHUNK):
                pass
        except OSError:
            pass
        closed.set()

    threading.Thread(target=read, daemon=True).start()
    return closed
