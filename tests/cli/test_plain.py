"""Plain mode, by transcripts: a whole game, every page, every way to go, and everything that can go wrong.

With TPMSIM_WRITE_TRANSCRIPTS=1 the stored transcripts are written anew.
"""

import os
import random
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from chosen import some
from faulty_os import Twin
from tpmsim.cli.plain import play_plain
from tpmsim.cli.plain_text import columns, harmless, to_ascii, wrapped
from tpmsim.game.journal import read
from tpmsim.game.records import End, Mark, Move, Note
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.scenario.library import folder, open_scenario
from tpmsim.scenario.loading import SCENARIO_FILE, Loaded, parse

TRANSCRIPTS = Path(__file__).parent / "transcripts"
SEED = "K7Q2-MX4D"

WHOLE_GAME = """
1 1 1
survey:cafes
interview:clinics
e
target:cafes
problem:swap
k
3
0
answer:mill_street/later
gate:research/go
e
r
answer:the_estimate/width
answer:nine_bars/pilot
commit:swap_board/plan/in3
u
commit:swap_board/plan/in3
commit:fair_weeks/plan/in5
share:sponsor
gate:roadmap/go
note the clinics want it as much
e
p
talk:engineering
f progress 20 50 90
e
answer:crunch/holds
gate:build/go
e
e
n
answer:watching/watch
gate:build/go
e
answer:headline/plain
criteria:fair
wave:10
n
e
answer:copied/use_it
wave:100
w
w 3
e
gate:launch/go
w cash
e
y
w sentiment
l
q
"""


@cache
def loaded() -> Loaded:
    return open_scenario("first-product")


class Player:
    """A script at the keyboard: keeps what is written, prompts and answers with it."""

    def __init__(self, lines: Iterable[str | None], echo: bool = True) -> None:
        self._lines = iter(lines)
        self._echo = echo
        self.out: list[str] = []

    def read(self, prompt: str) -> str | None:
        line = next(self._lines, None)
        if self._echo:
            self.out.append(f"{prompt}{line if line is not None else '(end)'}")
        return line

    @property
    def text(self) -> str:
        return "\n".join(self.out) + "\n"


def play(lines: str | Iterable[str | None], session: Session | None = None, **options: Any) -> tuple[int, Player]:
    player = Player(lines.strip("\n").split("\n") if isinstance(lines, str) else lines, options.pop("echo", True))
    session = session or Session.start(options.pop("game", None) or loaded(), SEED)
    return play_plain(session, player.read, player.out.append, **options), player


def same(name: str, text: str) -> None:
    path = TRANSCRIPTS / name
    if os.environ.get("TPMSIM_WRITE_TRANSCRIPTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; see the docstring of this file"


# A whole game


def test_a_whole_game(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Session.start(loaded(), SEED, Path("run.tpmrun")) as session:
        code, player = play(WHOLE_GAME, session)
    assert code == 0
    assert session.position.over
    assert "Your result: " in player.text
    same("first-product.txt", player.text)


def test_the_same_game_twice_says_the_same() -> None:
    assert play(WHOLE_GAME)[1].text == play(WHOLE_GAME)[1].text


@pytest.mark.parametrize("width", some((30, 40, 78, 100), 2))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    _, player = play(WHOLE_GAME, width=width, echo=False)
    assert max(columns(line) for line in player.out) <= width


def test_nothing_but_ascii_where_that_is_asked_for() -> None:
    _, player = play(WHOLE_GAME, ascii=True, echo=False)
    assert player.text.isascii()
    assert "Interview Cafes and bars" in player.text
    assert "Ines" in player.text


def test_ending_every_week_at_once_ends_the_game() -> None:
    code, player = play(["e", "y"] * 40)
    assert code == 0
    assert "*** " in player.text


def test_the_moves_are_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(loaded(), SEED, path) as session:
        play("interview:cafes\nu\nsurvey:cafes\nnote why not\nmark here\nq", session)
    records = read(path).records
    assert [one.id for one in records if isinstance(one, Move)] == ["interview:cafes", "survey:cafes"]
    assert [one.text.plain() for one in records if isinstance(one, Note | Mark)] == ["why not", "here"]


# Going and coming back


def test_quit_says_how_to_go_on_and_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(loaded(), SEED, path) as session:
        code, player = play("interview:cafes\ne\ninterview:clinics\nq", session)
    assert code == 0
    assert f"tpmsim play {path}" in player.text
    with Session.resume(path) as session:
        code, player = play("l\nu\nq", session)
    assert "First Product. Week 1 of 8" in player.text
    assert "You are in Research." in player.text
    assert "Done already this week: Interview Small clinics." in player.text
    assert "Week 1 of 8" in player.text
    assert "Taken back: Interview Small clinics" in player.text
    assert "payroll" not in player.text


@pytest.mark.parametrize("step", [12, pytest.param(4, marks=pytest.mark.soak)])
def test_end_of_input_at_every_prompt(step: int) -> None:
    lines: list[str | None] = [*WHOLE_GAME.strip().split("\n")]
    for count in (*range(6), *range(6, len(lines), step)):
        code, player = play(lines[:count])
        assert code == 0
        assert "Traceback" not in player.text


def test_end_of_input_at_a_question(tmp_path: Path) -> None:
    with Session.start(loaded(), SEED, tmp_path / "run.tpmrun") as session:
        until_card(session)
        code, player = play(["e"], session)
    assert code == 0
    assert "(y/n)" in player.text
    assert "Everything is saved." in player.text


def test_several_cards_without_an_answer_are_asked_about_once() -> None:
    session = Session.start(loaded(), SEED)
    while len(session.observation.cards) < 2:
        until_card(session)
        session.end_week()
    first, second = session.observation.cards[:2]
    view, week = View(loaded()), session.position.week
    code, player = play(["e", "y", "q"], session)
    assert code == 0
    assert player.text.count("(y/n)") == 1
    assert "2 still wait. Silence will be taken as" in player.text
    for card in (first, second):
        assert f"to {view.speaker(card)}" in " ".join(player.text.split())
    assert session.position.week == week + 1


def test_another_world_and_the_same_again() -> None:
    begun: list[str | None] = []

    def begin(seed: str | None) -> Session:
        begun.append(seed)
        return Session.start(loaded(), seed or "1")

    code, player = play([*["e", "y"] * 12, "again", *["e", "y"] * 12, "new", "q"], begin=begin)
    assert code == 0
    assert begun == [SEED, None]
    assert player.text.count("Harrow & Finch made") == 3


def test_a_finished_run_is_told_again(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(loaded(), SEED, path) as session:
        play(["e", "y"] * 20, session)
    with Session.resume(path) as session:
        code, player = play("note late\nu\ngate:live/kill\nagain\nnew\n3\nq", session)
    assert code == 0
    assert "Your result: " in player.text
    assert player.text.count("The run is over. w, n, p") == 4


# What a stranger types


def test_help_words_and_pages() -> None:
    _, player = play("?\nwords\nn\np\nr\nk\nl\nagain\n\n1\n\nw\nw 99\nw nothing\nw trust of dana\nq")
    for part in (
        "Anywhere you can type",
        "focus hours",
        "Trust of Dana",
        "No promise is open.",
        "Features.",
        "What we believe.",
    ):
        assert part in " ".join(player.text.split())
    assert player.text.count("No number") == 2


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("interview:caves", "Did you mean interview:cafes?"),
        ("intervew", "is not understood"),
        ("nubmers", "Did you mean numbers?"),
        ("99", "There is no line 99 here; choose 1 to 5."),
        ("interview", "Which one? Interview Cafés and bars: interview:cafes; Interview Small clinics: "),
        ("wave:100", "Not now: belongs to launch, live."),
        ("gate:research/go", "Not now: the planning week comes first."),
        ("u", "Not now: nothing to take back"),
        ("f", "Write: f"),
        ("f cash a b c", "plain numbers"),
        ("f cash 1 2 1e999", "plain numbers"),
        ("note", "Write the thought"),
        ("new", "The run is not over."),
        ("1 1 9", "There is no line 9 here"),
        ("sur small", "Done: Survey Small clinics."),
        ("2 1", "Done: Make it for"),
        ("problem:rest", "is not understood"),
        ("x" * 1_000_000, "is not understood"),
        ("note " + "x" * 1_000_000, "Kept."),
        ("9" * 1_000_000, "There is no line 999999 here"),
        ("\x1b]0;owned\x07", r"'\x1b]0;owned\x07' is not understood"),
        ("note a\x00b", "Not kept: a NUL character"),
        ("note \ud800", "Not kept: a lone surrogate"),
        ("\ud800", r"'\ud800' is not understood"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "is not understood"),
        ("b", "What do you do?"),
    ],
)
def test_whatever_is_typed_is_answered(typed: str, answer: str) -> None:
    code, player = play([typed, "q"], echo=False)
    assert code == 0
    assert answer in " ".join(" ".join(player.out).split())
    assert no_controls(player.text)


def test_a_hidden_need_is_not_given_away() -> None:
    _, player = play("pro\nproblem:\nsolve\n2\nq")
    assert "rest" not in player.text.replace("interest", "").replace("Typing", "").lower().split()
    assert "inspection" not in player.text


def test_forecasts_are_kept_and_judged() -> None:
    _, player = play("f cash 300000 310,000 330000\ne\nq")
    assert "You forecast Cash at 300,000 to 330,000, most likely 310,000. It is 320,000: within." in " ".join(
        player.text.split()
    )


def test_no_forecast_of_a_person_stops_the_game() -> None:
    _, player = play("f trust 1 2 3\nf trust of dana 1 2 3\nq")
    assert player.text.count("Write: f, a number such as cash") == 2


def test_without_hours_no_card_and_no_promise_of_later_is_told() -> None:
    _, player = play("interview:cafes\ninterview:cafes\ninterview:cafes\ninterview:cafes\n0\nanswer\nq")
    assert "0 h left" in player.text
    assert "Answer (" not in player.text
    assert "Promises" not in player.text
    assert "answer:" not in player.text


def test_a_word_that_fits_many_numbers_asks_back() -> None:
    _, player = play("w trust\nw dana\nq")
    assert "Which number? Trust of Mirela, " in player.text
    assert "\nTrust of Dana: " in player.text
    assert "\nMood of Dana: " in player.text


def test_a_menu_opens_by_its_name_and_a_refused_move_says_why() -> None:
    _, player = play("gate\nshow ruth\nq")
    assert "The gate asks for:" in player.text
    assert "Not now: there is no evidence to share yet." in player.text


def test_another_line_at_the_question_about_a_card_is_obeyed() -> None:
    _, player = play("e\ne\nn\ne\nk\nq")
    assert "A card waits for an answer." in player.text
    assert "What we believe." in player.text


def test_a_card_can_be_left_without_an_answer() -> None:
    session = Session.start(loaded(), SEED)
    card = until_card(session)
    week = session.position.week
    _, player = play(["e", "n", "e", "y", "q"], session)
    assert "Silence will be taken as" in player.text
    assert "A card waits for an answer." in player.text
    assert session.position.week == week + 1
    assert card not in session.observation.cards


def test_random_keys_never_stop_the_game() -> None:
    for seed in range(6):
        dice = random.Random(seed)
        keys = ["e", "e", "y", "w", "p", "r", "k", "l", "u", "0", "f cash 1 2 3", "w 12", *map(str, range(1, 10))]
        lines = [
            " ".join(dice.choices(keys[12:], k=3)) if dice.random() < 0.4 else dice.choice(keys) for _ in range(150)
        ]
        code, player = play(lines, Session.start(loaded(), str(seed)), echo=False)
        assert code == 0
        assert max(map(columns, player.out)) <= 78
        assert "Traceback" not in player.text
        assert "<SafeText" not in player.text


# Storage


def broken(path: Path, forever: bool = True) -> tuple[Session, Twin]:
    twin = Twin(only="write")
    session = Session.start(loaded(), SEED, path, system=twin.system)
    twin._fail_at, twin._forever = twin.calls + 1, forever
    return session, twin


def test_not_saved_then_tried_again(tmp_path: Path) -> None:
    session, _ = broken(tmp_path / "run.tpmrun", forever=False)
    with session:
        code, player = play("interview:cafes\n1\ne\nq", session)
    assert code == 0
    assert "not saved: disk full" in player.text
    assert "Saved." in player.text
    assert [one.id for one in read(tmp_path / "run.tpmrun").records if isinstance(one, Move)] == ["interview:cafes"]


def test_not_saved_then_saved_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, twin = broken(tmp_path / "run.tpmrun")
    monkeypatch.chdir(tmp_path)

    def lines() -> Iterable[str]:
        yield from ("e", "1", "2 other.tpmrun", "7", "2 a\x1bb")
        twin.heal()
        yield from ("2", "run.tpmrun", "2 other.tpmrun", "q")

    with session:
        code, player = play(lines(), session)
    assert code == 0
    assert "that is not the name of a file" in player.text
    assert "the file exists already" in player.text
    assert "The run goes on in:\n  other.tpmrun" in player.text
    assert "The planning week ends." in player.text
    with Session.resume(tmp_path / "other.tpmrun") as again:
        assert again.position.week == 1


@pytest.mark.parametrize("end", [["4"], []])
def test_not_saved_then_gone(tmp_path: Path, end: list[str]) -> None:
    session, _ = broken(tmp_path / "run.tpmrun")
    with session:
        code, player = play(["interview:cafes", *end], session)
    assert code == 4
    assert "something unsaved" in player.text


def test_not_saved_then_taken_back(tmp_path: Path) -> None:
    session, twin = broken(tmp_path / "run.tpmrun")

    def lines() -> Iterable[str]:
        yield from ("interview:cafes", "3", "e", "3", "note x", "3", "f cash 1 2 3", "3")
        twin.heal()
        yield from ("survey:cafes", "q")

    with session:
        code, player = play(lines(), session)
    assert code == 0
    assert player.text.count("Taken back; nothing has changed.") == 4
    assert [one.id for one in read(tmp_path / "run.tpmrun").records if isinstance(one, Move)] == ["survey:cafes"]


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_every_call_of_the_system_fails_in_turn(tmp_path: Path, step: int) -> None:
    """One fault anywhere after the start never loses a game that is tried again; in the short suite at every third."""
    for number in range(1, 60, step):
        twin = Twin()
        path = tmp_path / str(number) / "run.tpmrun"
        with Session.start(loaded(), SEED, path, system=twin.system) as session:
            twin._fail_at = twin.calls + number

            def lines() -> Iterable[str]:
                for line in ("interview:cafes", "e", "target:cafes", "u", "note a", "answer:mill_street/later", "e"):
                    yield line
                    while session.pending:
                        yield "1"

            code, player = play(lines(), session)
            assert code == 0
            assert session.position.week == 2
            assert "Traceback" not in player.text
        if not twin.faults:
            break
    assert not twin.faults


# Text of strangers


CANARY = "\x1b[31m\x1b]0;owned\x07\x1b]8;;http://x\x1b\\\x1b]52;c;AA==\x07\x1bc\x7f\x9b31m\u202eabc\u2028"
TEXTS = {"title", "brief", "says", "reply", "name", "role", "source"}


def poisoned(node: Any, key: str = "") -> Any:
    """A scenario with the canary in every text."""
    if isinstance(node, dict):
        return {name: poisoned(value, name) for name, value in node.items()}
    if isinstance(node, list):
        lists = {"teaches", "questions", "loyalty", "voice", "neglect", "exit"}
        return [f"{CANARY}{one}" if key in lists else poisoned(one, key) for one in node]
    return f"{CANARY}{node}" if key in TEXTS and isinstance(node, str) else node


def test_no_byte_of_a_stranger_reaches_the_terminal() -> None:
    tree = yaml.safe_load((folder() / "first-product" / SCENARIO_FILE).read_bytes())
    game = parse(yaml.safe_dump(poisoned(tree), sort_keys=False, width=3_000).encode())
    code, player = play(WHOLE_GAME, game=game, echo=False)
    assert code == 0
    assert "\N{REPLACEMENT CHARACTER}" in player.text
    assert no_controls(player.text)
    _, player = play(WHOLE_GAME, game=game, ascii=True, echo=False)
    assert player.text.isascii()


def test_lines() -> None:
    assert list(wrapped("aaa bbb ccc", 7)) == ["aaa bbb", "ccc"]
    assert list(wrapped("  12 aaa bbb", 9)) == ["  12 aaa", "     bbb"]
    assert list(wrapped("  + aaa bbb", 8)) == ["  + aaa", "    bbb"]
    assert list(wrapped("  t  aaa bbb", 9)) == ["  t  aaa", "     bbb"]
    assert list(wrapped("      4 answers", 10)) == ["      4", "      answ", "      ers"]
    assert list(wrapped("1 Learn   2 Plan it   ? help", 18)) == ["1 Learn", "2 Plan it   ? help"]
    assert list(wrapped("", 10)) == [""]
    assert list(wrapped("\u4e2d\u6587\u4e2d\u6587 a", 6)) == ["\u4e2d\u6587\u4e2d", "\u6587 a"]
    assert to_ascii("Caf\u00e9 \u2026 \u201cx\u201d \u2014 \u4e2d") == 'Cafe ... "x" - ?'
    assert harmless("a\x1b[2J\nb") == "a\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}b"


def no_controls(text: str) -> bool:
    return not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


def until_card(session: Session) -> str:
    """Play on until a card waits that may be left without an answer."""
    while True:
        for card in session.observation.cards:
            if card not in session.position.unanswered:
                return card
        session.end_week()
        if session.position.week == 1:
            for move in ("survey:cafes", "target:cafes", "problem:swap", "gate:research/leap"):
                session.play(move)


def test_causes_that_are_alike_are_all_counted() -> None:
    """The same move twice makes two equal entries; both are in the sum."""
    _, player = play("survey:cafes\nsurvey:cafes\ne\nw cash\nq")
    lines = [line.split() for line in player.text.splitlines()]
    assert ["320,000", "before"] in lines
    assert ["-3,000", "Survey", "Cafés", "and", "bars", "(worse)"] in lines
    assert ["317,000", "after"] in lines


def test_a_forecast_is_judged_though_the_game_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "run.tpmrun"
    with Session.start(loaded(), SEED, path) as session:
        play("f cash 300000 310000 330000\nq", session)
    with Session.resume(path) as session:
        _, player = play("e\ne\nq", session)
    assert player.text.count("You forecast Cash at 300,000 to 330,000") == 1


def test_the_name_of_a_run_that_is_saved_elsewhere_gets_its_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, twin = broken(tmp_path / "run.tpmrun")
    monkeypatch.chdir(tmp_path)

    def lines() -> Iterable[str]:
        yield "interview:cafes"
        twin.heal()
        yield from ("2 other", "q")

    with session:
        _, player = play(lines(), session)
    assert "The run goes on in:\n  other.tpmrun" in player.text
    assert (tmp_path / "other.tpmrun").exists()


def test_the_last_week_that_could_not_be_saved_is_told_after_the_retry(tmp_path: Path) -> None:
    twin = Twin(only="write")
    with Session.start(loaded(), SEED, tmp_path / "run.tpmrun", system=twin.system) as session:
        play("e\nanswer:mill_street/later\ngate:research/kill", session)

        def lines() -> Iterable[str]:
            twin.break_from_now_on()
            yield "e"
            twin.heal()
            yield from ("1", "q")

        _, player = play(lines(), session)
    assert "Week 1 ends." in player.text
    assert "tpmsim replay" in player.text
    assert isinstance(read(tmp_path / "run.tpmrun").records[-1], End)
