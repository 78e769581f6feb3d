"""`tpmsim balance` as authors type it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import small_balance
from tpmsim.cli import balance as command_module
from tpmsim.lab.balance.ladder import runs_of
from tpmsim.lab.policies import POLICIES

Command = Callable[..., tuple[int, str, str]]
SMALL = ("--n", "40", "--states", "12")


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    return small_balance.written(tmp_path / "it")


def test_a_page_of_80_columns_with_every_part_and_findings_with_their_lines(command: Command, planted: Path) -> None:
    code, out, err = command("balance", planted, *SMALL)
    assert code == 1
    every = sum(runs_of(name, 40) for name in POLICIES)
    assert f"{every} of {every} runs" in err
    for part in (
        "policies by their scores",
        "beats random in",
        "luck is",
        "endings",
        "decisions",
        "best, level: share of the states",
        "numbers",
        "contract",
        "card answers that are never the best",
    ):
        assert part in out
    assert "warning[TPM811]: 'right' is always the best answer" in out
    assert f"scenario.yaml:{small_balance.line_of(planted, 'one_way:')}:3" in out
    page, _, _ = out.partition("note[")
    assert all(len(line) <= 80 for line in page.partition("warning[")[0].splitlines())


def test_few_runs_have_no_quantiles_and_are_told_as_too_few(command: Command, planted: Path) -> None:
    code, out, _ = command("balance", planted, "--n", "20", "--states", "0", "--policies", "random,steady,lookahead")
    assert code == 0
    rows = {line.split()[0]: line.split() for line in out.splitlines() if line.startswith("  ")}
    assert (rows["steady"][1], rows["lookahead"][1]) == ("20", "2")
    assert "-" not in rows["steady"][2:7]
    assert rows["lookahead"][4:7] == ["-"] * 3
    assert "too few runs" in out
    assert "kept" not in out
    assert out.endswith("Planted: too few runs to tell all\n")
    assert all(len(line) <= 80 for line in out.splitlines())


def test_two_processes_give_the_bytes_of_one(command: Command, planted: Path) -> None:
    few = ("--n", "16", "--states", "8", "--policies", "random,steady,agree-build", "--json")
    one = command("balance", planted, *few)
    two = command("balance", planted, *few, "--jobs", "2")
    assert one[:2] == two[:2]
    assert json.loads(one[1])["policies"]["steady"]["runs"] == 16


def test_only_some_policies_and_no_decisions(command: Command, planted: Path) -> None:
    code, out, _ = command("balance", planted, "--n", "40", "--states", "0", "--policies", "naive, random", "--json")
    page = json.loads(out)
    assert list(page["policies"]) == ["random", "naive"]
    assert page["answers"] == []
    assert code == 1


def test_a_scenario_that_keeps_its_contract_and_only_has_notes(
    command: Command, planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notes are no problem unless one is strict; it is measured once."""

    balanced = command_module.balanced

    measured: list[Any] = []

    def only_notes(*words: Any) -> Any:
        if not measured:
            measured.append(balanced(*words))
            notes = tuple(one for one in measured[0].faults if one.code.id == "TPM815")
            object.__setattr__(measured[0], "faults", notes)
        return measured[0]

    monkeypatch.setattr(command_module, "balanced", only_notes)
    assert command("balance", planted, *SMALL)[0] == 0
    assert command("balance", planted, *SMALL, "--strict")[0] == 1


def test_the_solver_prints_the_line_and_leaves_the_file(command: Command, planted: Path) -> None:
    file = planted / "scenario.yaml"
    before = file.read_bytes()
    words = ("--n", "8", "--target", "steady=60", "--vary", "objectives.cash.best", "--between", "100000,400000")
    code, out, err = command("balance", planted, *words)
    assert code == 0
    assert f"{file}:{small_balance.line_of(planted, 'cash: {value')}:" in out
    assert "cash: {value: cash, weight: 1, worst: 0, best: " in out
    assert "objectives.cash.best: 100000 gives" in err
    assert file.read_bytes() == before
    page = json.loads(command("balance", planted, *words, "--json")[1])
    assert page["met"] is True
    assert page["reached"] == pytest.approx(60.0, abs=1.0)
    assert command("balance", planted, "--n", "5", "--target", "steady=99.9", "--vary", "weeks")[0] == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--policies", "stedy"), 2, "did you mean 'steady'?"),
        (("--policies", ","), 2, "names nobody"),
        (("--target", "steady=50%"), 2, "go together"),
        (("--target", "steady", "--vary", "weeks"), 2, "no target"),
        (("--target", "steady=101", "--vary", "weeks"), 2, "at most 100"),
        (("--target", "steady=50", "--vary", "money.csh"), 2, "did you mean 'money.cash'?"),
        (("--target", "steady=50", "--vary", "money.cash", "--between", "9,1"), 2, "no range"),
        (("--target", "steady=50", "--vary", "money.cash", "--between", "1"), 2, "no range"),
        (("--seed", "hello!"), 2, "seed"),
    ],
)
def test_mistakes_are_one_line(command: Command, planted: Path, words: tuple[str, ...], code: int, said: str) -> None:
    got, out, err = command("balance", planted, *words)
    assert (got, out) == (code, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_scenario_that_cannot_be_played_is_refused_with_its_findings(command: Command, planted: Path) -> None:
    file = planted / "scenario.yaml"
    file.write_text(file.read_text("utf-8") + "balance: {scores: {steedy: {at_least: 60}}}\n", "utf-8")
    code, _, err = command("balance", planted)
    assert code == 3
    assert "no policy 'steedy'; did you mean 'steady'?" in err
    assert command("balance", "firs-product")[0] == 3


def test_ctrl_c_ends_it(command: Command, planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*words: Any, **named: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_module, "balanced", interrupted)
    code, out, _ = command("balance", planted)
    assert (code, out) == (130, "")


def test_a_cluster_that_is_not_there_is_said_so(command: Command, planted: Path) -> None:
    pytest.importorskip("distributed")
    code, _, err = command("balance", planted, "--dask", "nowhere")
    assert code == 2
    assert "no Dask cluster at 'nowhere'" in err
