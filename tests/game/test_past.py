"""The past: at each stop it reads as the desk read there, nothing can be done, and looking changes no file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chosen import scenarios
from kept import keep, of_other_rules, scenario
from seen import SEED, weeks_of
from tpmsim.errors import InputRefused, UsageError
from tpmsim.game.desk import Desk
from tpmsim.game.opening_run import TUTORIAL, begin, branch_off, seeded
from tpmsim.game.past import Past, look_back
from tpmsim.game.recorded import OPEN, Recorded
from tpmsim.game.session import Session
from tpmsim.game.view import View

PAGES: tuple[Callable[[Desk], Any], ...] = (
    lambda desk: desk.seen,
    lambda desk: desk.made,
    lambda desk: (desk.week, desk.over, desk.title, desk.brief),
    Desk.numbers,
    Desk.inbox,
    Desk.log,
    Desk.gate,
    lambda desk: [desk.why(name) for name in desk.view.all_numbers],
)


@dataclass(frozen=True)
class Look:
    pages: list[Any]
    reveal: Any
    whys: list[Any]


@cache
def played(name: str) -> tuple[list[Look], Any]:
    """What lay on the desk before each week ended, what came of it, and the ending."""
    session = Session.start(scenario(name), SEED)
    desk = Desk(session)
    looks = []
    for moves in weeks_of(name):
        for move in moves:
            session.play(move)
        pages = [page(desk) for page in PAGES]
        session.end_week()
        looks.append(Look(pages, desk.reveal(), [desk.why(one) for one in desk.view.all_numbers]))
    return looks, desk.ending()


@pytest.fixture
def past(tmp_path: Path) -> Past:
    found = look_back(keep(tmp_path))
    assert isinstance(found, Past)
    return found


@pytest.mark.parametrize("name", scenarios())
def test_each_stop_reads_as_the_desk_did(tmp_path: Path, name: str) -> None:
    path = keep(tmp_path, name=name)
    before = path.read_bytes()
    past = look_back(path)
    assert isinstance(past, Past)
    looks, ending = played(name)
    assert past.stops == len(looks) + 1
    for stop in (*range(len(looks)), len(looks) // 2, 0):
        past.go(stop)
        assert [page(past) for page in PAGES] == looks[stop].pages
        assert past.came() == looks[stop].reveal
        assert [past.why_came(one) for one in past.view.all_numbers] == looks[stop].whys
    past.go(len(looks))
    assert past.over
    assert past.ending() == ending
    assert past.came() is None
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.torn"))


def test_nothing_can_be_done_in_the_past(past: Past) -> None:
    for stop in range(past.stops):
        past.go(stop)
        assert past.choices == ()
        assert past.hints() == ()


def test_a_stop_beyond_the_ends_is_the_end(past: Past) -> None:
    past.go(-5)
    assert (past.stop, past.place, past.week) == (0, "planning week", 0)
    past.go(3)
    assert past.place == "week 3"
    past.go(999)
    assert (past.stop, past.place) == (past.stops - 1, "end")


def test_a_run_that_goes_on_ends_where_it_stands(tmp_path: Path) -> None:
    past = look_back(keep(tmp_path, weeks=3, moves=2))
    assert isinstance(past, Past)
    past.go(999)
    assert not past.over
    assert past.made == weeks_of(TUTORIAL)[3][:2]
    assert past.came() is None
    assert past.why_came("cash") == past.why("cash")
    past.go(0)
    assert past.log()[-1].title == "Planning week"


def test_a_run_of_other_rules_is_told_as_it_was_written_down(tmp_path: Path) -> None:
    found = look_back(of_other_rules(keep(tmp_path, weeks=2, moves=1)))
    assert isinstance(found, Recorded)
    assert "made by rules 999" in found.problem
    assert [week.week for week in found.weeks] == [0, 1, -1]
    view, made = View(scenario("first-product")), weeks_of(TUTORIAL)[1]
    assert all(told.startswith(view.label(move, 1)) for told, move in zip(found.weeks[1].made, made, strict=True))
    assert "(to Dana (Sales): The café on Mill Street" in found.weeks[1].made[0], "what it answers is told with it"
    assert found.weeks[-1].title == OPEN
    assert found.ending == ""
    assert look_back(of_other_rules(keep(tmp_path))).ending.startswith("Recorded ending: ")  # type: ignore[union-attr]


def test_a_damaged_run_is_told_up_to_the_damage(tmp_path: Path) -> None:
    path = keep(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"kind":"end"', b'"kind":"eND"'))
    found = look_back(path)
    assert isinstance(found, Recorded)
    assert "chain broken" in found.problem
    assert found.ending == ""


def test_a_branch_stands_at_the_start_of_its_week(tmp_path: Path) -> None:
    path = keep(tmp_path)
    with branch_off(path, 4) as session:
        assert session.position.week == 4
        assert session.position.made == ()
        assert session.path is not None
        assert session.path.parent == tmp_path
    with pytest.raises(InputRefused, match="can be branched from week 0 to 7"):
        branch_off(path, 8)


def test_a_run_begins_with_what_was_typed(tmp_path: Path) -> None:
    with begin(scenario(TUTORIAL), "k7q2mx4d", "  Team   3 ", tmp_path) as session:
        assert session.header.seed == SEED
        assert session.header.alias.plain() == "Team 3"
        assert session.path is not None
        assert session.path.name == "first-product-k7q2-mx4d-team-3.tpmrun"
    with pytest.raises(UsageError, match="A seed is a text such as"):
        begin(scenario(TUTORIAL), "no seed", "", tmp_path)
    with pytest.raises(UsageError, match="cannot be used"):
        begin(scenario(TUTORIAL), None, "a\0b", tmp_path)
    assert seeded(None) != seeded(None)
