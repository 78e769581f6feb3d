"""The full-screen game as a process in a terminal: killed, ended, suspended, broken (S01, S02, S07, T02, U02, U04)."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from textual.geometry import Size

if os.name == "nt":
    pytest.skip("needs the signals and terminals of POSIX", allow_module_level=True)

from chosen import some
from terminal import Terminal, states
from tpmsim.game.desk import Desk
from tpmsim.game.journal import Journal, read
from tpmsim.game.records import Move, Undo, Week
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario
from tpmsim.tui.overrides import NOTICE, notice
from tui.poison import poisoned

MOVE = ("enter", "enter", "enter")
"""From the week to the first move of the tutorial: learn, interview, whom."""

ENDS = [("SIGTERM", 143), pytest.param("SIGHUP", 129, marks=pytest.mark.soak), ("SIGINT", 130)]
"""Signals and the codes that they end with; a closed window sends the one that the short suite leaves out."""

Open = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Open]:
    """Starts games in terminals of their own, and ends what is left of them."""
    running: list[Terminal] = []

    def opened(*arguments: str, code: str | None = None, **environment: str) -> Terminal:
        given = arguments or ("play", "first-product", "--seed", "7", "--saves", str(tmp_path / "saves"))
        made = Terminal(
            *(given if code is None else ()), code=code, XDG_DATA_HOME=str(tmp_path / "data"), **environment
        )
        running.append(made)
        return made

    yield opened
    for one in running:
        one.__exit__()


def begun(terminal: Terminal) -> Terminal:
    """Past the opening, with one move made."""
    terminal.wait_for("enter begins")
    for key, text in zip(
        ("enter", *MOVE), ("Target and problem", "Competitor teardown", "Small clinics", "12 h"), strict=True
    ):
        terminal.press(key)
        terminal.wait_until(lambda text=text: text in terminal.text and "enter begins" not in terminal.text, text)
    terminal.settle()
    return terminal


def confirmed(folder: Path) -> list[str]:
    (path,) = folder.glob("*.tpmrun")
    return [one.id for one in read(path).records if isinstance(one, Move)]


def test_it_opens_plays_and_leaves_a_clean_terminal(start: Open, tmp_path: Path) -> None:
    game = begun(start())
    assert game.full_screen
    assert confirmed(tmp_path / "saves") == ["interview:cafes"]
    game.press("ctrl+q")
    assert game.end() == 0
    assert game.dirt() == []
    assert "Go on with: tpmsim play" in game.text
    assert "tpmsim ..." not in game.text


@pytest.mark.parametrize(("name", "code"), ENDS)
def test_a_signal_ends_it_with_a_clean_terminal(start: Open, tmp_path: Path, name: str, code: int) -> None:
    """S02: in the middle of a week."""
    game = begun(start())
    game.process.send_signal(getattr(signal, name))
    assert game.end(5.0) == code
    assert game.dirt() == []
    assert b"Traceback" not in game.wire
    assert confirmed(tmp_path / "saves") == ["interview:cafes"]


def test_a_closed_window_ends_it(start: Open, tmp_path: Path) -> None:
    """S02."""
    game = begun(start())
    game.close()
    assert game.gone(10.0) == 129
    assert confirmed(tmp_path / "saves") == ["interview:cafes"]


NOT_TOLD = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from tpmsim.cli.main import main
main(["play", "first-product", "--seed", "7", "--saves", {folder!r}])
"""


def test_a_closed_window_ends_it_although_no_signal_comes(start: Open, tmp_path: Path) -> None:
    """S02: as under `make play`, where make gets the signal, and waits for the game."""
    folder = tmp_path / "saves"
    game = begun(start(code=NOT_TOLD.format(folder=str(folder))))
    game.close()
    assert game.gone(20.0) == 129
    assert confirmed(folder) == ["interview:cafes"]


BAD_KEY = """
import time
from textual.screen import Screen
def pressed(self):
    secret = "a local value"
    {body}
Screen.key_f9 = pressed
from tpmsim.cli.main import main
main(["play", {what}, "--seed", "7", "--saves", {folder}])
"""
F9 = "\x1b[20~"


def with_bad_key(start: Open, folder: Path, body: str, what: str = '"first-product"') -> Terminal:
    code = BAD_KEY.replace("{body}", body).replace("{folder}", repr(str(folder / "saves"))).replace("{what}", what)
    return start(code=code)


def test_a_handler_that_hangs_is_cut_off(start: Open, tmp_path: Path) -> None:
    """S02: SIGTERM ends it, and the terminal is put back by hand."""
    game = begun(with_bad_key(start, tmp_path, "\n    ".join(("while True:", "    time.sleep(1)"))))
    game.type(F9)
    game.settle(0.3)
    game.process.send_signal(signal.SIGTERM)
    assert game.end(30.0) == 143
    assert game.dirt() == []


def test_a_second_signal_cuts_off_at_once(start: Open, tmp_path: Path) -> None:
    game = begun(with_bad_key(start, tmp_path, "\n    ".join(("while True:", "    time.sleep(1)"))))
    game.type(F9)
    game.settle(0.3)
    game.process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    game.process.send_signal(signal.SIGINT)
    assert game.end(30.0) == 130
    assert game.dirt() == []


@pytest.mark.parametrize("keys", some([("enter",), (), ("enter", "n"), ("enter", "question_mark")], 2))
def test_a_bug_ends_it_with_one_line(start: Open, tmp_path: Path, keys: tuple[str, ...]) -> None:
    """U02: on the play screen and in dialogs; the crash file holds no local, no message and no path."""
    game = with_bad_key(start, tmp_path, "raise ValueError(secret)")
    game.wait_for("enter begins")
    for key in keys:
        game.press(key)
        game.settle(0.2)
    game.type(F9)
    assert game.end() == 70
    assert game.dirt() == []
    assert "tpmsim: error: our bug (ValueError)." in game.text
    assert b"a local value" not in game.wire
    assert b"Traceback" not in game.wire
    (crash,) = (tmp_path / "data").rglob("crash*.txt")
    page = crash.read_text()
    assert "ValueError" in page
    assert "a local value" not in page
    assert str(tmp_path) not in page
    assert crash.stat().st_mode & 0o777 == 0o600


def test_ctrl_z_suspends_and_nothing_is_lost(start: Open, tmp_path: Path) -> None:
    game = begun(start())
    before = game.text
    game.press("ctrl+z")
    for _ in range(100):
        game.read(0.05)
        if states(game.process) == "T":
            break
    assert states(game.process) == "T"
    game.settle(0.2)
    assert game.dirt() == []
    game.process.send_signal(signal.SIGCONT)
    game.settle(0.5)
    assert game.full_screen
    assert game.text == before
    game.press("ctrl+q")
    assert game.end() == 0
    assert game.dirt() == []


def test_ctrl_c_asks_and_twice_leaves(start: Open) -> None:
    game = begun(start())
    game.press("ctrl+c")
    game.wait_for("Leave the game?")
    game.press("n")
    game.settle(0.2)
    assert "Leave the game?" not in game.text
    game.press("ctrl+c")
    game.wait_for("Leave the game?")
    game.press("ctrl+c")
    assert game.end() == 0
    assert game.dirt() == []


@pytest.mark.soak
def test_a_window_may_have_any_size(start: Open) -> None:
    """U01, on the wire, whatever size the environment claims: a notice replaces all, growing brings all back."""
    game = begun(start(COLUMNS="80", LINES="24"))
    game.press("n")
    before = game.settle()
    for width, height in ((3, 3), (1, 1), (59, 16), (300, 2), (5, 60), (1, 100)):
        game.resize(width, height)
        shown = "".join(notice(Size(width, height))).replace(" ", "")
        game.wait_until(lambda shown=shown: "".join(game.text.split()) == shown, f"the notice at {width}x{height}")
    game.resize(80, 24)
    game.wait_until(lambda: game.text == before, "what was there before")
    game.resize(59, 16)
    game.wait_for(NOTICE)
    game.resize(60, 16)
    game.wait_until(lambda: NOTICE not in game.text, "the game, without the notice")
    game.press("ctrl+q")
    assert game.end() == 0
    assert game.dirt() == []


def test_a_second_instance_is_told_who_plays(start: Open, tmp_path: Path) -> None:
    """S07: it leaves with 5 before the screen is taken; the first one plays on."""
    game = begun(start())
    (path,) = (tmp_path / "saves").glob("*.tpmrun")
    second = start("play", str(path))
    assert second.end() == 5
    assert str(game.process.pid) in second.text
    assert b"\x1b[?1049h" not in second.wire
    game.press("u")
    assert "Taken back" in game.settle()


@pytest.mark.soak
def test_a_game_that_is_gone_on_with_begins_with_a_recap(start: Open, tmp_path: Path) -> None:
    game = begun(start())
    game.process.kill()
    game.process.wait()
    (path,) = (tmp_path / "saves").glob("*.tpmrun")
    again = start("play", str(path))
    again.wait_for("go on")
    again.press("enter", "ctrl+q")
    assert again.end() == 0
    home = start("play", "--saves", str(tmp_path / "saves"))
    home.wait_for("What shall it be?")
    home.press("q")
    assert home.end() == 0
    assert home.dirt() == []


def test_the_first_start_leads_into_the_tutorial(start: Open, tmp_path: Path) -> None:
    game = start("play", "--saves", str(tmp_path / "none"))
    game.wait_for("enter begins")
    assert "First Product" in game.text


@pytest.mark.parametrize("term", some(["dumb", ""], 2))
def test_a_terminal_that_cannot_show_it_gets_plain_lines(start: Open, term: str) -> None:
    """U04."""
    game = start(TERM=term)
    game.wait_for("> ")
    assert b"\x1b" not in game.wire
    game.type("q\n")
    assert game.end() == 0


def test_without_colours_none_are_sent(start: Open) -> None:
    """NO_COLOR: no colour of any kind, and no grey; what is chosen is still told apart."""
    game = begun(start(NO_COLOR="1"))
    codes = {code for part in game.wire.split(b"\x1b[")[1:] for code in _sgr(part)}
    assert not codes & ({*range(30, 39)} | {*range(40, 49)} | {*range(90, 98)} | {*range(100, 108)})
    assert 7 in codes
    assert any("Interview" in game.underlined_in(row) for row in range(24))


def _sgr(part: bytes) -> list[int]:
    head = part.split(b"m", 1)[0]
    return [int(one) for one in head.split(b";") if one.isdigit()] if head.replace(b";", b"").isdigit() else []


@pytest.mark.soak
def test_with_ascii_nothing_else_is_sent(start: Open, tmp_path: Path) -> None:
    game = begun(start("play", "first-product", "--ascii", "--seed", "7", "--saves", str(tmp_path / "saves")))
    assert game.full_screen
    game.press("2")
    game.settle()
    assert game.wire.isascii()


CANARY = "\x1b]0;CANARY\x07\x1b]8;;http://c\x1b\\\x1b]52;c;Q0FOQVJZ\x07\x1bc\x7f\x9b31m"


def test_no_control_sequence_of_a_scenario_reaches_the_terminal(start: Open, tmp_path: Path) -> None:
    """T02."""
    source = tmp_path / "poison.yaml"
    source.write_bytes(poisoned(CANARY)[1])
    game = start("play", str(source), "--seed", "7", "--saves", str(tmp_path / "saves"))
    game.wait_for("enter begins")
    for key in ("enter", "enter", "escape", "2", "3", "4", "5", "6", "7", "1", "e", "space", "enter", "w", "q"):
        game.press(key)
        game.settle(0.15)
    for part in (b"\x1b]0", b"\x1b]8", b"\x1b]52", b"\x1bc", b"\x7f", b"\xc2\x9b", b"\x9b31"):
        assert part not in game.wire.replace("\N{REPLACEMENT CHARACTER}".encode(), b"")
    assert "\N{REPLACEMENT CHARACTER}".encode() in game.wire
    assert b"CANARY" in game.wire


KEYS = (MOVE, ("e", "space", "enter"), ("1", "j"), ("y",), ("u",), ("escape",))
STATUS = re.compile(r"(Planning week|Week \d+/\d+) .* ([\d.]+ h) ")
"""The week and the hours in the first row: what is confirmed changes at least one of them."""
LEAST = 3
"""Things that the screen must have told before the game is killed."""


def killed_at_random(start: Open, folder: Path, seed: int) -> None:
    """Play by keys, kill it at some moment; all that the screen told until then is in the journal, to the last."""
    dice = random.Random(seed)
    game = start("play", "first-product", "--seed", str(seed), "--saves", str(folder))
    game.wait_for("enter begins")
    game.press("enter")
    told = [told_on(game.wait_until(lambda: told_on(game.text) != "", "the first row"))]
    left, last = dice.randrange(25), time.monotonic() + 60.0
    while left > 0 or (len(told) < LEAST and time.monotonic() < last):
        left -= 1
        game.press(*dice.choice(KEYS))
        game.settle(0.03, 0.5)
        if (now := told_on(game.text)) not in ("", told[-1]):
            told.append(now)
    game.press(*dice.choice(KEYS))
    time.sleep(0.1 * dice.random())
    game.process.kill()
    game.process.wait()
    assert len(told) >= LEAST
    (path,) = folder.glob("*.tpmrun")
    before = read(path)
    Session.resume(path).close()
    after = read(path)
    assert after.records[: len(before.records)] == before.records
    assert in_order(told, passed(after, seed)), (told, passed(after, seed))
    assert not list(folder.glob("*.tpmtmp"))


def told_on(screen: str) -> str:
    """The week and the hours on a screen; empty if it shows none."""
    found = STATUS.search(screen.partition("\n")[0])
    return f"{found[1]}, {found[2]}" if found else ""


def passed(journal: Journal, seed: int) -> list[str]:
    """The week and the hours after every record, as the first row would tell them."""
    session = Session.start(open_scenario("first-product"), str(seed))
    desk = Desk(session)
    told = []
    for record in (None, *journal.records):
        match record:
            case Move():
                session.play(record.id)
            case Undo():
                session.undo()
            case Week():
                session.end_week()
        told.append(f"{desk.view.clock(desk.seen).replace(' of ', '/')}, {desk.seen.hours:g} h")
    return told


def in_order(some: Iterable[str], among: Iterable[str]) -> bool:
    """Whether all of some come in this order among others; there may be more between them."""
    rest = iter(among)
    return all(one in rest for one in some)


def test_a_journal_that_lost_what_was_told_is_found_out() -> None:
    told = ["Week 1/16, 24 h", "Week 1/16, 12 h", "Week 2/16, 24 h"]
    assert in_order(told, [*told[:2], "Week 1/16, 24 h", told[2], told[0]])
    assert not in_order(told, told[:2])
    assert not in_order([*told, told[1]], told)


@pytest.mark.parametrize("seed", some(range(3), 3))
def test_a_killed_game_can_be_gone_on_with(start: Open, tmp_path: Path, seed: int) -> None:
    """S01, the short form."""
    killed_at_random(start, tmp_path / "saves", seed)


@pytest.mark.soak
def test_a_hundred_killed_games_can_be_gone_on_with(start: Open, tmp_path: Path) -> None:
    """S01, by keys."""
    for seed in range(100, 200):
        killed_at_random(start, tmp_path / f"saves-{seed}", seed)


def test_a_move_that_is_told_as_done_is_on_the_disk(start: Open, tmp_path: Path) -> None:
    """S01: killed the moment the screen says so."""
    game = start()
    game.wait_for("enter begins")
    for key in ("enter", "enter", "enter"):
        game.press(key)
        game.settle(0.2)
    hours = "12 h"
    assert hours not in game.lines[0]
    game.press("enter")
    game.wait_for(hours)
    game.process.kill()
    assert confirmed(tmp_path / "saves") == ["interview:cafes"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB, where we may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("may not make a file system here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def fill(place: Path) -> Path:
    """Use up all the room that is left, to the last byte."""
    stuff = place / "stuff"
    with open(stuff, "wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass
    return stuff


def test_a_full_disk_is_survived(start: Open, small_disk: Path) -> None:
    """S03: the dialog says so; a retry stores the move once; leaving with something unsaved is 4."""
    game = start("play", "first-product", "--seed", "7", "--saves", str(small_disk))
    game.wait_for("enter begins")
    stuff = fill(small_disk)
    failed = 0
    for row in range(400):
        game.press(*(("enter", *MOVE) if row == 0 else ("enter",)))
        if "Not saved" in game.settle(0.1):
            failed = row
            break
        game.press("u")
        game.settle(0.05)
    assert "Not saved" in game.text
    assert "disk full" in game.text
    stored = len(read(next(small_disk.glob("*.tpmrun"))).records)
    game.press("1")
    assert "Not saved" in game.settle()
    stuff.unlink()
    game.press("1")
    assert "Not saved" not in game.settle()
    assert len(read(next(small_disk.glob("*.tpmrun"))).records) == stored + 1, failed
    game.press("ctrl+q")
    assert game.end() == 0
    assert game.dirt() == []


def test_leaving_with_something_unsaved_is_4(start: Open, small_disk: Path) -> None:
    """S03."""
    game = start("play", "first-product", "--seed", "7", "--saves", str(small_disk))
    game.wait_for("enter begins")
    fill(small_disk)
    game.press("enter", *MOVE)
    for _ in range(400):
        if "Not saved" in game.settle(0.1):
            break
        game.press("u")
        game.settle(0.05)
        game.press("enter")
    stored = (small_disk / next(small_disk.glob("*.tpmrun"))).read_bytes()
    game.press("4")
    assert game.end() == 4
    assert game.dirt() == []
    assert "unsaved" in game.text
    assert next(small_disk.glob("*.tpmrun")).read_bytes() == stored


@pytest.mark.soak
def test_nothing_is_sent_while_nothing_happens(start: Open) -> None:
    game = begun(start())
    game.settle(1.0)
    sent = len(game.wire)
    game.read(2.0)
    assert len(game.wire) == sent


def test_the_screen_is_asked_for_only_with_a_terminal_everywhere(tmp_path: Path) -> None:
    """U04: a log on stderr would be drawn over."""
    code = "from tpmsim.tui.start import fits; import json; print(json.dumps(fits()))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    assert json.loads(ran.stdout) is False
