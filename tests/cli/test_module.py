"""`python -m tpmsim` is the program: the same words and the same exit codes. What is asked of it alone is imported."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tpmsim.cli.commands import COMMANDS
from tpmsim.cli.main import main, tpmsim
from tpmsim.scenario.library import shipped

CODE = "from tpmsim.cli.main import main; main()"
HELPED = """\
tpmsim.main(["--help"], standalone_mode=False)
print([one for one in ("numpy", "pydantic", "yaml", "textual", "rich") if one in sys.modules])
"""


def ran(*how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *how], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"), [(("list", "--help"), 0), (("explain", "TPM813"), 0), (("nothing",), 2)]
)
def test_the_module_is_the_program(arguments: tuple[str, ...], code: int) -> None:
    told, plain = ran("-m", "tpmsim", *arguments), ran("-c", CODE, *arguments)
    assert told.returncode == plain.returncode == code
    assert told.stdout.replace("python -m tpmsim", "tpmsim") == plain.stdout.replace("-c", "tpmsim")


def test_the_help_names_all_commands_in_their_own_words_and_imports_none() -> None:
    context = click.Context(tpmsim)
    for name, known in COMMANDS.items():
        assert known.says == known.imported().get_short_help_str(1_000), name
    page = tpmsim.get_help(context).partition("Commands:\n")[2]
    assert [line.split()[0] for line in page.splitlines() if line[2] != " "] == list(COMMANDS)
    told = " ".join(page.split())
    assert all(known.says in told for known in COMMANDS.values()), "none is cut"
    looked = ran("-c", "import sys\nfrom tpmsim.cli.main import tpmsim\n" + HELPED)
    assert looked.stdout.splitlines()[-1] == "[]", looked.stderr


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_help_fits_80_columns(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main([*name.split(), "--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize("words", [("--trash",), ("--trash", "--json")])
def test_scenarios_are_read_where_they_are_listed(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr("tpmsim.cli.listing._scenario", lambda name: read.append(name) or {})
    with pytest.raises(SystemExit):
        main(["list", "--saves", str(tmp_path), *words])
    assert read == ([*shipped()] if "--json" in words else [])
