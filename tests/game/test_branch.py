"""A branch repeats the run up to its week and has the same luck afterwards."""

from pathlib import Path

import pytest

from players import random_run
from tpmsim.core.state import fingerprint
from tpmsim.errors import InputRefused
from tpmsim.game.branch import branch
from tpmsim.game.records import Move, Undo, Week
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), "K7Q2-MX4D", path) as session:
        random_run(session, 8)
    return path


@pytest.mark.parametrize("week", [0, 1, 4])
def test_a_branch_stands_where_the_run_stood(run: Path, tmp_path: Path, week: int) -> None:
    old = replay(run)
    with branch(old, week, tmp_path / "branch.tpmrun") as session:
        assert session.position.week == week
        assert session.header.parent is not None
        assert session.header.parent.run == old.journal.run_id
        if week:
            assert fingerprint(session.position.state) == fingerprint(old.weeks[week - 1][1].state)
    assert replay(tmp_path / "branch.tpmrun").exact


def test_the_same_moves_after_a_branch_give_the_same_end(run: Path, tmp_path: Path) -> None:
    old = replay(run)
    with branch(old, 3, tmp_path / "branch.tpmrun") as session:
        seen = 0
        for record in old.journal.records:
            if seen >= 3:
                if isinstance(record, Move):
                    session.play(record.id)
                elif isinstance(record, Undo):
                    session.undo()
                elif isinstance(record, Week):
                    session.end_week()
            if isinstance(record, Week):
                seen += 1
        assert session.outcome == old.position.outcome
        assert fingerprint(session.position.state) == fingerprint(old.position.state)


@pytest.mark.parametrize("week", [-1, 99])
def test_a_week_that_never_was_is_refused(run: Path, tmp_path: Path, week: int) -> None:
    with pytest.raises(InputRefused, match="can be branched from week 0 to"):
        branch(replay(run), week, tmp_path / "branch.tpmrun")
    assert not (tmp_path / "branch.tpmrun").exists()
