"""The program as a process: killed, ended by signals, without a terminal, with a closed output (S01, S02, S07, U04)."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chosen import some
from tpmsim.game.journal import read
from tpmsim.game.records import Move

fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-c", "from tpmsim.cli.main import main; main()"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs the signals and terminals of POSIX")


def killed(runs: int, folder: Path) -> dict[str, int]:
    bot = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "kill_bot.py"), str(runs), str(folder)],
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert bot.returncode == 0, bot.stderr
    return dict(json.loads(bot.stdout))


def test_a_killed_game_loses_nothing_confirmed(tmp_path: Path) -> None:
    """S01, the short form."""
    found = killed(25, tmp_path)
    assert found["opened"] == found["runs"] == 25
    assert found["lost"] == 0
    assert found["left"] == 0


@pytest.mark.soak
def test_a_thousand_killed_games_lose_nothing_confirmed(tmp_path: Path) -> None:
    """S01: 1,000 runs of the bot, each killed twice after 0 to 50 ms."""
    found = killed(1000, tmp_path)
    print(found)
    assert found["opened"] == found["runs"] == 1000
    assert found["moves"] > 1000
    assert found["lost"] == 0
    assert found["left"] == 0


def own_terminal(slave: int) -> None:
    """In the child: a session whose terminal this is, so that closing it sends SIGHUP; and Ctrl+C as usual."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """A game in a terminal of its own."""

    def __init__(self, *arguments: str, code: str | None = None, **environment: str) -> None:
        command = [sys.executable, "-c", code] if code else COMMAND
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=lambda: own_terminal(slave),
            env={**os.environ, **environment},
            close_fds=True,
        )
        os.close(slave)

    def wait_for(self, text: str, seconds: float = 30.0) -> str:
        seen, end = "", time.monotonic() + seconds
        while text not in seen:
            ready, _, _ = select.select([self.master], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{text!r} did not come; seen: {seen[-500:]}"
            seen += os.read(self.master, 65536).decode("utf-8", "replace")
        return seen

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def close(self) -> None:
        os.close(self.master)

    def end(self, seconds: float = 30.0) -> int:
        try:
            return self.process.wait(seconds)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()


@pytest.fixture
def game(tmp_path: Path):
    terminal = Terminal("play", "first-product", "--plain", "--seed", "7", "--saves", str(tmp_path))
    terminal.wait_for("> ")
    terminal.type("interview:cafes\n")
    terminal.wait_for("Done")
    yield terminal
    terminal.end()


def confirmed(folder: Path) -> list[str]:
    (path,) = folder.glob("*.tpmrun")
    return [one.id for one in read(path).records if isinstance(one, Move)]


@pytest.mark.parametrize(
    ("name", "code"), [("SIGTERM", 143), pytest.param("SIGHUP", 129, marks=pytest.mark.soak), ("SIGINT", 130)]
)
def test_a_signal_ends_it_in_good_order(game: Terminal, tmp_path: Path, name: str, code: int) -> None:
    """S02: exit codes, nothing confirmed lost, and no traceback."""
    game.process.send_signal(getattr(signal, name))
    assert game.end() == code
    assert confirmed(tmp_path) == ["interview:cafes"]


def test_a_closed_terminal_ends_it(game: Terminal, tmp_path: Path) -> None:
    """S02: the window is closed."""
    game.close()
    assert game.end() == 129
    assert confirmed(tmp_path) == ["interview:cafes"]


HANGING = """
import time
import tpmsim.cli.play as play
def hang(*given, **named):
    print("hanging", flush=True)
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
play.play_plain = hang
from tpmsim.cli.main import main
main(["play", "first-product", "--plain", "--saves", {folder!r}])
"""


def test_a_handler_that_hangs_is_cut_off(tmp_path: Path) -> None:
    """S02: SIGTERM while a handler hangs and swallows everything."""
    terminal = Terminal(code=HANGING.replace("{folder!r}", repr(str(tmp_path))))
    terminal.wait_for("hanging")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.end(10.0) == 143


WAITING = """
import signal, threading, time
import tpmsim.cli.play as play
def wait(*given, **named):
    threading.Timer(0.5, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)).start()
    time.sleep(3600)
play.play_plain = wait
from tpmsim.cli.main import main
main(["play", "first-product", "--plain", "--saves", {folder!r}])
"""


def test_a_signal_is_heard_although_the_main_thread_waits(tmp_path: Path) -> None:
    """S02: another thread takes the signal, or it comes just before the wait: no call of the system is interrupted."""
    assert Terminal(code=WAITING.replace("{folder!r}", repr(str(tmp_path)))).end() == 143


def test_a_second_instance_is_told_who_plays(game: Terminal, tmp_path: Path) -> None:
    """S07: the second leaves with 5; after the first was killed a third plays."""
    (path,) = tmp_path.glob("*.tpmrun")
    second = subprocess.run([*COMMAND, "play", str(path)], input="q\n", capture_output=True, text=True, timeout=60)
    assert second.returncode == 5
    assert str(game.process.pid) in second.stderr
    assert "Traceback" not in second.stderr
    game.process.kill()
    game.process.wait()
    third = subprocess.run([*COMMAND, "play", str(path)], input="q\n", capture_output=True, text=True, timeout=60)
    assert third.returncode == 0, third.stderr


@pytest.mark.parametrize(
    "environment",
    some([{}, {"TERM": "dumb"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], 2),
)
def test_without_a_terminal_it_is_plain_and_does_not_hang(tmp_path: Path, environment: dict[str, str]) -> None:
    """U04."""
    ran = subprocess.run(
        [*COMMAND, "play", "first-product", "--saves", str(tmp_path)],
        input=b"interview:cafes\ne\nq\n",
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert b"First Product" in ran.stdout
    assert b"Traceback" not in ran.stderr
    assert b"\x1b" not in ran.stdout


@pytest.mark.parametrize(
    "arguments", some([["play", "first-product"], ["list"], ["run", "first-product", "--policy", "steady"]], 2)
)
def test_a_closed_output_does_not_hang(tmp_path: Path, arguments: list[str]) -> None:
    """U04: nobody reads; the program ends, and says at most one sentence."""
    code = "import os, sys; os.close(1); os.execv(sys.argv[1], sys.argv[1:])"
    saves = ["--saves", str(tmp_path)] if arguments[0] != "run" else []
    ran = subprocess.run(
        [sys.executable, "-c", code, *COMMAND, *arguments, *saves],
        input=b"q\n",
        stderr=subprocess.PIPE,
        timeout=60,
    )
    assert ran.returncode == 0
    assert ran.stderr.count(b"\n") <= 1
    assert b"Traceback" not in ran.stderr


def test_a_closed_input_is_the_end_of_it(tmp_path: Path) -> None:
    """U04: without an input nothing is waited for, and no file of the game takes its place."""
    code = "import os, sys; os.close(0); os.execv(sys.argv[1], sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", code, *COMMAND, "play", "first-product", "--saves", str(tmp_path)],
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode == 0
    assert b"Everything is saved." in ran.stdout
    assert confirmed(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", some([["--help"], ["list"], ["play", "first-product"]], 2))
def test_an_output_on_a_full_disk_is_no_bug_of_ours(tmp_path: Path, arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [*COMMAND, *arguments, *(["--saves", str(tmp_path)] if len(arguments) > 1 else [])],
            input=b"q\n",
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert ran.returncode == 4
    assert ran.stderr == b"tpmsim: error: the output could not be written: disk full. Write it elsewhere.\n"


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    command = " ".join(
        f"'{part}'" for part in [*COMMAND, "run", "first-product", "--policy", "random", "--runs", "500"]
    )
    ran = subprocess.run(f"{command} --json | head -c 10", shell=True, capture_output=True, timeout=60)
    assert b"Traceback" not in ran.stderr
    assert b"our bug" not in ran.stderr
