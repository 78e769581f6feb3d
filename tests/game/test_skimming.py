"""Skimming takes and refuses what reading a journal does; glancing tells the same of a sound file."""

from pathlib import Path

import pytest

from forging import edited, line_of
from kept import keep
from players import random_run
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import InputRefused, TooNew
from tpmsim.game.glancing import glance
from tpmsim.game.journal import parse
from tpmsim.game.records import End, Move, Undo, Week
from tpmsim.game.session import Session
from tpmsim.game.skimming import TAKEN_BACK, skim, skimmed
from tpmsim.scenario.library import open_scenario
from tpmsim.text import SafeText

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = [
    *sorted((GOLDEN / f"rules-{RULES_NUMBER}").glob("*-0.tpmrun"))[:6],
    *sorted((GOLDEN / "rules-1").glob("golden-*.tpmrun"))[:2],
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_skimmed_is_what_is_read(path: Path) -> None:
    found, read = skim(path), parse(path.read_bytes(), path.name)
    assert (found.header, found.run_id, found.damage, found.torn) == (read.header, read.run_id, None, 0)
    made = [one if one != TAKEN_BACK else None for week in found.weeks for one in week.made]
    assert made == [getattr(one, "id", None) for one in read.records if isinstance(one, Move | Undo)]
    assert [week.number for week in found.weeks if week.line] == [
        place for place, one in enumerate(read.records, start=2) if isinstance(one, Week)
    ]
    assert found.end == next((one for one in read.records if isinstance(one, End)), None)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_glance_tells_the_same(path: Path) -> None:
    seen, found = glance(path), skim(path)
    assert (seen.run_id, seen.end) == (found.run_id, found.end)
    assert seen.header.scenario.digest == found.header.scenario.digest
    assert [(week.made, week.cards) for week in seen.weeks] == [(week.made, week.cards) for week in found.weeks]


def test_what_is_beside_the_moves_is_found_by_both(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), "K7Q2-MX4D", path) as session:
        session.note(SafeText.clean("ask first"))
        random_run(session, 3)
        session.note(SafeText.clean("it ended"))
    found, seen = skim(path), glance(path)
    assert found == seen
    assert len(found.late) == 1
    assert found.weeks[0].asides


def test_torn_and_broken_lines_are_told(tmp_path: Path) -> None:
    raw = keep(tmp_path, weeks=3).read_bytes()
    assert skimmed(raw + b'{"h":"12', "x").torn == 8
    broken = raw.replace(b"talk:", b"talc:", 1)
    damage = skimmed(broken, "x").damage
    assert damage == parse(broken, "x").damage
    assert damage is not None


def test_a_record_that_is_none_is_refused(tmp_path: Path) -> None:
    path = keep(tmp_path, weeks=2)
    line = line_of(path, "move")
    bad = edited(path, tmp_path / "bad.tpmrun", line, lambda data: data.update(extra=1))
    with pytest.raises(InputRefused, match="extra"):
        skim(bad)


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    path = keep(tmp_path, weeks=1)
    with pytest.raises(TooNew):
        skim(edited(path, tmp_path / "later.tpmrun", 1, lambda data: data.update(format=9)))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.tpmrun"
    link.symlink_to(keep(tmp_path, weeks=1))
    for look in (skim, glance):
        with pytest.raises(InputRefused, match="link"):
            look(link)
