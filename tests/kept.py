"""Runs in files, for the tests of what is done with them."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from seen import SEED, weeks_of
from tpmsim.game.files import FILE_MODE
from tpmsim.game.journal import START, encode, read
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded

ALL = 99


@cache
def scenario(name: str) -> Loaded:
    return open_scenario(name)


def keep(folder: Path, weeks: int = ALL, moves: int = 0, name: str = "first-product", file: str = "") -> Path:
    """A run in a file: after so many weeks, with so many moves of the next one."""
    path = folder / (file or f"{name}-{weeks}-{moves}.tpmrun")
    path.write_bytes(lived(weeks, moves, name))
    path.chmod(FILE_MODE)
    return path


@cache
def lived(weeks: int, moves: int, name: str) -> bytes:
    """What is in its file: the same bytes whenever it is played."""
    told = weeks_of(name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.tpmrun"
        with Session.start(scenario(name), SEED, path) as session:
            for made in told[:weeks]:
                for move in made:
                    session.play(move)
                session.end_week()
            for move in told[weeks][:moves] if weeks < len(told) else ():
                session.play(move)
        return path.read_bytes()


def of_other_rules(path: Path) -> Path:
    """The same run, as rules made it that are no longer here."""
    journal = read(path)
    tip, raw = START, b""
    for record in (replace(journal.header, rules=999), *journal.records):
        line, tip = encode(record, tip)
        raw += line
    other = path.with_name(f"old-{path.name}")
    other.write_bytes(raw)
    return other
