"""The wheel holds everything: built, installed into an empty environment outside the checkout, and played there."""

import json
import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOVES = "interview:cafes\ne\nq\n"


def run(*command: str | Path, where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TPMSIM"))}
    return subprocess.run(
        [str(part) for part in command],
        cwd=where,
        env={**kept, **environment},
        input=environment.get("TYPED", ""),
        capture_output=True,
        text=True,
        timeout=240,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `tpmsim` command of an environment that holds the wheel; libraries are lent by this one."""
    place = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    built = run(*pip, "wheel", ROOT, "--no-deps", "--no-build-isolation", "--no-index", "-w", place, where=place)
    assert built.returncode == 0, built.stderr
    (wheel,) = place.glob("tpmsim-*.whl")
    venv.create(place / "env", with_pip=False, symlinks=os.name != "nt")
    folder = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = folder / "python"
    made = run(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel, where=place)
    assert made.returncode == 0, made.stderr
    asked = run(python, "-c", "import site; print(site.getsitepackages()[0])", where=place)
    lent = "\n".join(site.getsitepackages())
    (Path(asked.stdout.strip()) / "zz_lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return folder / "tpmsim"


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import tpmsim; print(tpmsim.__file__)"
    found = run(installed.parent / "python", "-c", code, where=tmp_path)
    assert str(installed.parent.parent) in found.stdout
    assert str(ROOT) not in found.stdout


def test_the_scenarios_are_inside(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, "list", "--json", where=tmp_path, XDG_DATA_HOME=str(tmp_path / "data"))
    assert listed.returncode == 0, listed.stderr
    assert "first-product" in [one["id"] for one in json.loads(listed.stdout)["scenarios"]]


def test_a_run_is_played_kept_in_the_data_folder_and_verified(installed: Path, tmp_path: Path) -> None:
    data = {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    played = run(installed, "play", "first-product", "--plain", where=tmp_path, TYPED=MOVES, **data)
    assert played.returncode == 0, played.stderr
    (kept,) = tmp_path.rglob("*.tpmrun")
    assert "tpmsim" in kept.parts
    assert ROOT not in kept.parents
    verified = run(installed, "verify", kept, where=tmp_path, **data)
    assert verified.returncode == 0, verified.stderr


def test_many_runs_and_the_golden_digest(installed: Path, tmp_path: Path) -> None:
    data = {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    many = run(installed, "run", "first-product", "--policy", "steady", "--runs", "3", "--json", where=tmp_path, **data)
    assert many.returncode == 0, many.stderr
    assert len(json.loads(many.stdout)["runs"]) == 3
    assert run(installed, "doctor", where=tmp_path, **data).returncode == 0


def test_a_scenario_is_begun_from_it(installed: Path, tmp_path: Path) -> None:
    data = {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    for command in (("new", "mine", "--from", "tour"), ("check", "mine", "--strict"), ("fmt", "mine", "--check")):
        done = run(installed, *command, where=tmp_path, **data)
        assert done.returncode == 0, done.stderr
