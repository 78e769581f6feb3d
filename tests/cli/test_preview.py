"""`tpmsim preview` as it is typed: where it begins, what it refuses, what it prints in lines."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drafts import SCENARIO, replaced
from tpmsim.cli import preview_plain as plain
from tpmsim.cli.main import main
from tpmsim.game.editions import Basis, Editions
from tpmsim.game.preview import FRESH
from tpmsim.game.session import Session
from tpmsim.scenario.loading import load, parse

SEED = "K7Q2-MX4D"
COMMAND = [sys.executable, "-c", "from tpmsim.cli.main import main; main()"]

Result = tuple[int, str, str]
Command = Callable[..., Result]


class Closed:
    """An input that is closed."""

    def wait(self, seconds: float) -> bool:
        return True


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command with its input closed, so that it prints one block and ends."""
    monkeypatch.setattr(plain, "_closing", Closed)

    def run(*arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as left:
            main(["preview", *(str(one) for one in arguments)])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        assert not any((ord(one) < 32 and one != "\n") or 127 <= ord(one) < 160 for one in shown.out + shown.err)
        return int(left.value.code or 0), shown.out, shown.err

    return run


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    folder = tmp_path / "draft"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(SCENARIO, "utf-8")
    return folder


def test_a_sound_scenario(command: Command, draft: Path) -> None:
    code, out, err = command(draft, "--seed", SEED)
    assert (code, err) == (0, "")
    assert f"Planning week, stage Research; seed {SEED}" in out
    assert os.listdir(draft) == ["scenario.yaml"]


def test_the_scenario_of_this_folder_and_of_a_file(
    command: Command, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command(draft / "scenario.yaml")[0] == 0
    monkeypatch.chdir(draft)
    code, out, _ = command()
    assert code == 0
    assert out.startswith("scenario.yaml\n")


def test_a_shipped_one_by_its_name(command: Command) -> None:
    assert "stage Research" in command("first-product")[1]


@pytest.mark.parametrize(
    ("where", "stands"),
    [("week:4", "Week 4 of 8"), ("card:late", "! late: Ana (Engineering): May we rest?"), ("stage:roadmap", "Roadmap")],
)
def test_a_place_to_begin_at(command: Command, draft: Path, where: str, stands: str) -> None:
    code, out, _ = command(draft, "--at", where, "--seed", SEED)
    assert code == 0
    assert stands in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("nowhere",), 3, "no such file"),
        (("draft", "--at", "noon"), 2, "no place 'noon'"),
        (("draft", "--at", "card:lated"), 2, "there is no card 'lated'; did you mean 'late'?"),
        (("draft", "--at", "week:80"), 2, "the last is week 8"),
        (("draft", "--seed", "x"), 2, "A seed is"),
        (("draft", "--run", "r.tpmrun", "--seed", "7"), 2, "a run brings its seed"),
        (("draft", "--run", "r.tpmrun"), 3, "no such file"),
    ],
)
def test_what_it_refuses(
    command: Command, draft: Path, arguments: tuple[str, ...], code: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(draft.parent)
    found = command(*arguments)
    assert found[:2] == (code, "")
    assert says in found[2]


def test_a_scenario_that_is_not_sound(command: Command, draft: Path) -> None:
    (draft / "scenario.yaml").write_text(replaced(SCENARIO, "weeks: 8", "weeks: x"))
    code, out, _ = command(draft, "--at", "card:late")
    assert code == 3
    assert "error[TPM" in out
    assert re.search(r"scenario\.yaml:\d+:8", out)
    assert "not sound: 1 error" in out


def test_a_run_file(command: Command, draft: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(load(draft), SEED, path) as session:
        for _ in range(2):
            session.end_week()
        session.play("answer:early/yes")
        session.play("talk:boss")
        session.undo()
    before = path.read_bytes()
    (draft / "scenario.yaml").write_text(replaced(SCENARIO, "yes: {says", "maybe: {says"))
    code, out, _ = command(draft, "--run", path)
    assert code == 0
    assert f"Week 2 of 8, stage Research; seed {SEED}" in out
    assert "not possible in week 2: answer:early/yes (no such move)" in out
    assert "talk:boss" not in out
    code, out, _ = command("--run", path)
    assert code == 0
    assert "not possible" not in out
    assert "> " in out
    assert path.read_bytes() == before


def test_hostile_words_are_printed_harmless(command: Command, draft: Path) -> None:
    words = "\\e]0;x\\a\\x9b[31m\\u202e"
    (draft / "scenario.yaml").write_text(replaced(SCENARIO, "May we rest?", words), "utf-8")
    assert command(draft, "--at", "card:late")[0] == 0


def test_a_block_for_every_save(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter((SCENARIO, "format: 2\n", replaced(SCENARIO, "title: A draft", "title: Another")))
    editions = Editions(lambda: parse(next(texts).encode(), "s.yaml"), Basis(SEED, FRESH))
    editions.adopt(editions.attempt(editions.basis))
    saves = iter((True, True, False))

    monkeypatch.setattr(plain, "_closing", Closed)
    assert plain.preview_plain(editions, lambda now: next(saves), "s.yaml", only_ascii=True) == 0
    first, second, third, rest = capsys.readouterr().out.split("\n\n")
    assert first.startswith("s.yaml\nPlanning week")
    assert "not sound" in second
    assert "Planning week" not in second
    assert third.startswith("s.yaml\nPlanning week")
    assert rest == ""


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of POSIX")
def test_it_follows_saves_until_ctrl_c(draft: Path) -> None:
    import signal

    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    # whoever runs the tests may ignore the signal, and a child would inherit that
    heeds = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with subprocess.Popen([*COMMAND, "preview", str(draft), "--plain"], text=True, **pipes, **heeds) as process:

        def block() -> str:
            return "".join(iter(process.stdout.readline, "\n"))

        assert "Planning week, stage Research" in block()
        new = draft / "new"
        new.write_text("format: 2\n")
        new.replace(draft / "scenario.yaml")
        assert "not sound" in block()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130


def test_it_ends_with_its_input(draft: Path) -> None:
    """With the real input, of a process."""
    ended = subprocess.run(
        [*COMMAND, "preview", str(draft), "--plain"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60
    )
    assert ended.returncode == 0
