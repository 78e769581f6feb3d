"""Runs simulated again as a batch: the same verdict, and the same result, as each replayed by itself."""

from pathlib import Path

import pytest

from forging import edited, line_of
from kept import keep
from many import write_runs
from players import random_run
from tpmsim.core.rules import RULES_NUMBER, Rules
from tpmsim.debrief.columns import Came, came_of, resimulated
from tpmsim.errors import IllegalMove
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.game.skimming import skim
from tpmsim.scenario.library import open_scenario

GOLDEN = Path(__file__).parent.parent / "golden" / f"rules-{RULES_NUMBER}"


def alone(path: Path) -> Came | None:
    run = replay(path)
    return came_of(run) if run.exact else None


def batched(*paths: Path) -> list[Came | None]:
    return resimulated(rules_of(paths[0]), [skim(path) for path in paths])


def rules_of(path: Path) -> Rules:
    return replay(path).loaded.rules


def noisy_run(path: Path, dice: int) -> Path:
    """A run with moves taken back, forecasts and a delegate."""
    with Session.start(open_scenario("first-product"), "K7Q2-MX4D", path) as session:
        session.forecast("cash", 0, 100, 30_000_000)
        random_run(session, dice)
    return path


def test_runs_with_everything_in_them(tmp_path: Path) -> None:
    paths = [noisy_run(tmp_path / f"{dice}.tpmrun", dice) for dice in range(6)]
    paths += [keep(tmp_path, weeks=2, moves=3), keep(tmp_path, weeks=0, moves=0, file="fresh.tpmrun"), keep(tmp_path)]
    assert any(b'"undo"' in path.read_bytes() for path in paths)
    came = batched(*paths)
    assert came == [alone(path) for path in paths]
    assert came[0] is not None
    assert came[0].ranges


@pytest.mark.parametrize("name", ["first-product", "golden", "the-loud-whale"])
def test_golden_runs(name: str) -> None:
    paths = sorted(GOLDEN.glob(f"{name}-*-0.tpmrun"))
    assert batched(*paths) == [alone(path) for path in paths]


def test_no_run_depends_on_those_beside_it(tmp_path: Path) -> None:
    paths = write_runs(tmp_path, [1, 2, 3], "random")
    assert batched(*paths) == [batched(path)[0] for path in paths]


def _score(data: dict[str, object]) -> None:
    data["score"] = 97 << 20


def _fingerprint(data: dict[str, dict[str, str]]) -> None:
    data["fp"]["money.cash"] = "0" * 12


def _cash(data: dict[str, dict[str, dict[str, int]]]) -> None:
    data["obs"]["numbers"]["cash"] += 100


def _move(data: dict[str, str]) -> None:
    data["id"] = "talk:sales"


def _illegal(data: dict[str, str]) -> None:
    data["id"] = "gate:live/sunset"


def _unknown(data: dict[str, str]) -> None:
    data["id"] = "talk:nobody"


@pytest.mark.parametrize(
    ("kind", "change"),
    [("end", _score), ("week", _fingerprint), ("week", _cash), ("move", _move), ("move", _illegal), ("move", _unknown)],
)
def test_what_was_edited_is_found(tmp_path: Path, kind: str, change: object) -> None:
    path = keep(tmp_path)
    forged = edited(path, tmp_path / "forged.tpmrun", line_of(path, kind), change)  # type: ignore[arg-type]
    sound, found = batched(path, forged)
    assert sound is not None
    assert found is None
    assert not replay(forged).exact


def test_moves_after_the_end_or_cut_files(tmp_path: Path) -> None:
    path = keep(tmp_path)
    raw = path.read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.tpmrun"
    cut.write_bytes(b"".join(raw[:-1]))
    shorter = tmp_path / "shorter.tpmrun"
    shorter.write_bytes(b"".join(raw[:-2]))
    assert batched(cut, shorter) == [alone(cut), alone(shorter)]


def test_taking_back_more_than_was_made(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(open_scenario("first-product"), "K7Q2-MX4D", path) as session:
        session.play("talk:sales")
        session.undo()
        with pytest.raises(IllegalMove):
            session.undo()
        session.end_week()
    line = line_of(path, "move")
    forged = edited(path, tmp_path / "forged.tpmrun", line, lambda data: (data.pop("id"), data.update(kind="undo")))
    assert batched(path, forged)[1] is None
