"""Runs in files, for the tests of what is done with them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from seen import SEED, weeks_of
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
    told = weeks_of(name)
    with Session.start(scenario(name), SEED, path) as session:
        for made in told[:weeks]:
            for move in made:
                session.play(move)
            session.end_week()
        for move in told[weeks][:moves] if weeks < len(told) else ():
            session.play(move)
    return path


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
