"""`tpmsim preview`: the game over a scenario that is being edited; it follows every save and keeps its place."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from tpmsim.cli.preview_plain import preview_plain
from tpmsim.cli.signals import end_on
from tpmsim.core.rolls import seed_text
from tpmsim.errors import InputRefused, UsageError
from tpmsim.game.editions import Attempt, Basis, Editions, Pages
from tpmsim.game.findings import with_source, without_source
from tpmsim.game.journal import Journal, read
from tpmsim.game.opening_run import seeded
from tpmsim.game.preview import FRESH, begun, track_of
from tpmsim.game.records import ONE_FILE
from tpmsim.game.watch import Watch
from tpmsim.lab.leading import Place, elsewhere, lead, place
from tpmsim.lab.policies import POLICIES
from tpmsim.scenario.checking import check
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.loading import Loaded, load, parse
from tpmsim.text import shown_path
from tpmsim.tui.preview.start import preview_on_screen
from tpmsim.tui.start import fits


@click.command()
@click.argument("path", required=False, metavar="[PATH]")
@click.option(
    "--at", "where", metavar="PLACE", help="Begin at week:4, stage:build or card:ID; the policy steady plays."
)
@click.option("--run", "run", type=click.Path(path_type=Path), help="Begin where this run file ends, with its seed.")
@click.option("--seed", metavar="S", help="The world: a seed such as K7Q2-MX4D, or a whole number.")
@click.option("--lang", "language", default="", metavar="L", help="Language of the texts, such as de, if it is there.")
@click.option("--plain", is_flag=True, help="Print where the preview stands on every save, until Ctrl+C.")
@click.option("--ascii", "only_ascii", is_flag=True, help="No character beyond ASCII.")
def preview(
    path: str | None,
    where: str | None,
    run: Path | None,
    seed: str | None,
    language: str,
    plain: bool,
    only_ascii: bool,
) -> int:
    """Play a scenario while you edit it: the folder or file PATH, or the scenario in this folder.

    Every save is played at once: the same moves in the same world, as far as they can still be made. While the
    scenario is not sound, its findings stand below the game. Nothing is written to the disk.

    With --run and without PATH, the scenario inside the run file is shown, which no edit changes.

    \b
    Examples:
      tpmsim preview my-scenario
      tpmsim preview my-scenario --at card:whale_demo
      tpmsim preview my-scenario --run saves/first-product-K7Q2-MX4D.tpmrun
      tpmsim preview my-scenario --plain
    """
    end_on("SIGINT")
    wanted = place(where) if where is not None else None
    if run is not None and (seed is not None or wanted is not None):
        raise UsageError("a run brings its seed and its place", help="Leave out --seed and --at, or --run.")
    journal = read(run) if run is not None else None
    source = _source(path, journal, shown_path(str(run)), language)
    first = partial(_first, source, _basis(journal, seed), wanted, seed is None)
    if fits() and not plain:
        return preview_on_screen(first, source.changed, source.name, only_ascii=only_ascii)
    return preview_plain(first(), source.changed, source.name, only_ascii=only_ascii)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the scenario comes from: what opens it, whether it has changed, how findings are told, its name."""

    opened: Callable[[], Loaded]
    changed: Callable[[float], bool]
    pages: Pages
    name: str


def _source(path: str | None, journal: Journal | None, run: str, language: str) -> Source:
    """The scenario that is named, that of the run, or that of this folder.

    Raises:
        InputRefused: there is none.
    """
    if path is None and journal is not None:
        files = journal.header.scenario.files
        return Source(
            lambda: parse(files, f"{run}/{ONE_FILE}").spoken(language), lambda now: False, without_source, run
        )
    name = path or "."
    named = folder() / name if name in shipped() else Path(name)
    watch = Watch(named)
    if not os.path.exists(watch.file):
        load(named)  # which says what is missing
    return Source(
        lambda: _looked_through(named).spoken(language),
        watch.changed,
        partial(with_source, file=watch.file),
        shown_path(str(watch.file)),
    )


def _looked_through(path: Path) -> Loaded:
    """A scenario with all that `tpmsim check` finds in it.

    Raises:
        InputRefused: it cannot be played, with every finding.
    """
    result = check(path, POLICIES)
    if result.loaded is None:
        raise InputRefused(result.findings)
    return replace(result.loaded, warnings=result.findings)


def _basis(journal: Journal | None, seed: str | None) -> Basis:
    """The world, and what is to be done in it at first."""
    if journal is not None:
        return Basis(journal.header.seed, track_of(journal.records))
    return Basis(seed_text(seeded(seed)), FRESH)


def _first(source: Source, basis: Basis, to: Place | None, any_world: bool) -> Editions:
    """The editions of a scenario, of which the first was opened.

    Args:
        source: where the scenario comes from.
        basis: the world, and what is to be done in it.
        to: where the preview begins.
        any_world: whether another world will do, if that place is not reached in this one.

    Raises:
        UsageError: the scenario is sound and has no such place.
    """
    editions = Editions(source.opened, basis, partial(lead, to=to) if to is not None else None, source.pages)
    source.changed(0.0)  # what stands there now is taken: later saves alone are news
    attempt = editions.attempt(basis)
    missing = to.missing(attempt.edition.session.loaded) if to is not None and attempt.edition is not None else ""
    if missing:
        raise UsageError(missing)
    if attempt.edition is not None and attempt.led and to is not None and any_world:
        session = elsewhere(attempt.edition.session.loaded, to, basis.seed)
        if session is not None:
            attempt = Attempt(Basis(session.header.seed, FRESH), begun(session), attempt.findings)
    editions.adopt(attempt)
    return editions
