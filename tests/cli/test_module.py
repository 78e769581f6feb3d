"""`python -m tpmsim` is the program: the same words and the same exit codes."""

import subprocess
import sys

import pytest

CODE = "from tpmsim.cli.main import main; main()"


def ran(*how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *how], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"), [(("list", "--help"), 0), (("explain", "TPM813"), 0), (("nothing",), 2)]
)
def test_the_module_is_the_program(arguments: tuple[str, ...], code: int) -> None:
    told, plain = ran("-m", "tpmsim", *arguments), ran("-c", CODE, *arguments)
    assert told.returncode == plain.returncode == code
    assert told.stdout.replace("python -m tpmsim", "tpmsim") == plain.stdout.replace("-c", "tpmsim")
