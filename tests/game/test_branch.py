"""A branch repeats the run up to its week and has the same luck afterwards."""

from pathlib import Path

import pytest

from players import random_run
from tpmsim.core.fingerprint import fingerprint
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.errors import InputRefused, StorageFailed
from tpmsim.game.branch import branch
from tpmsim.game.journal import START, encode, read
from tpmsim.game.opening_run import branch_off
from tpmsim.game.past import look_back
from tpmsim.game.recorded import Recorded
from tpmsim.game.records import Delegate, Forecast, Mark, Move, Note, Undo, Week
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.text import SafeText


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


def test_forecasts_notes_and_marks_go_along(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), "1", path) as session:
        session.forecast("customers", 1, 2, 3)
        session.note(SafeText.clean("a"))
        session.note(SafeText.clean("b"), mark=True)
        session.end_week()
        session.end_week()
    kept = read(path).records[:3]
    with branch(replay(path), 1, tmp_path / "branch.tpmrun") as session:
        assert session.forecasts == [(0, Forecast("customers", 1, 2, 3))]
    assert read(tmp_path / "branch.tpmrun").records[:3] == kept
    assert kept == (Forecast("customers", 1, 2, 3), Note(SafeText.clean("a")), Mark(SafeText.clean("b")))


def test_what_was_handed_over_is_not_judged_again(run: Path, tmp_path: Path) -> None:
    journal, tip, raw = read(run), START, b""
    for record in (journal.header, Delegate("market", True), *journal.records):
        line, tip = encode(record, tip)
        raw += line
    forged = tmp_path / "forged.tpmrun"
    forged.write_bytes(raw)
    assert replay(forged).exact
    with branch(replay(forged), 1, tmp_path / "branch.tpmrun") as session:
        assert session.delegated == ("market",)
    assert replay(tmp_path / "branch.tpmrun").exact


def test_a_branch_that_fails_leaves_no_file(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: Session) -> None:
        raise StorageFailed("not saved: disk full")

    monkeypatch.setattr(Session, "end_week", failing)
    with pytest.raises(StorageFailed):
        branch(replay(run), 1, tmp_path / "branch.tpmrun")
    assert sorted(path.name for path in tmp_path.glob("*.tpmrun*") if path.suffix != ".lock") == ["run.tpmrun"]


OLD = Path(__file__).parent.parent / "golden" / "rules-3" / "the-loud-whale-naive-0.tpmrun"
"""A run of other rules: until its product was stopped, all that was seen was as these rules have it."""


def test_a_run_of_other_rules_is_told_with_its_first_difference() -> None:
    seen = look_back(OLD)
    assert isinstance(seen, Recorded)
    assert "made by rules 3" in seen.problem
    assert seen.problem.endswith("differs first in week 17: customers: recorded 83.1, replay gives 0")


def test_a_run_of_other_rules_can_be_branched_from_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / OLD.name
    path.write_bytes(OLD.read_bytes())
    with branch_off(path, 17) as session:
        assert session.position.week == 17
        assert session.header.rules == RULES_NUMBER
        made = session.path
    assert made is not None
    assert replay(made).exact
    with pytest.raises(InputRefused, match="can be branched from week 0 to 17"):
        branch_off(path, 18)
