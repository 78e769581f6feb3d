"""SafeText, quoting, ids and slugs (cases T02, T03 and the file name part of T06)."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tpmsim.text import SafeText, TextRefused, is_id, is_reserved, quoted, shown, shown_path, slug

CANARY = "canary \x1b[31m"
CONTROLS = [
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x\x1b\\",
    "\x1b]52;c;AAAA\x07",
    "\x1bc",
    "\x7f",
    "\x9b31m",
    "\r",
    "\x85",
    "‎",
    "‮",
    "⁦",
    "؜",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\U000e0041",
]
UNSAFE = [
    *range(0x0A),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]


def is_harmless(text: str) -> bool:
    return not any(ord(char) in UNSAFE or 0xE0000 <= ord(char) <= 0xE007F for char in text)


@pytest.mark.parametrize(
    "made", [str, repr, "{}".format, "{0!s:>40}".format, lambda text: f"{text}", lambda t: f"{t:5}"]
)
def test_text_never_shows_itself(made):
    shown = made(SafeText.clean(CANARY))
    assert "canary" not in shown
    assert "<SafeText 12>" in shown


def test_percent_join_and_plus_do_not_leak():
    safe = SafeText.clean(CANARY)
    assert "canary" not in "%s" % safe  # noqa: UP031
    for use in (lambda: safe + "x", lambda: "x" + safe, lambda: "".join([safe])):
        with pytest.raises(TypeError):
            use()


def test_it_is_no_string_and_does_not_change():
    safe = SafeText.clean("a")
    assert not isinstance(safe, str)
    for name in ("_text", "other"):
        with pytest.raises(AttributeError):
            setattr(safe, name, "b")
    with pytest.raises(AttributeError):
        del safe._text
    with pytest.raises(TypeError):
        SafeText()


def test_equality_and_copies():
    safe = SafeText.clean("a\x1b")
    assert safe == SafeText.clean("a\ufffd")
    assert safe != "a\ufffd"
    assert hash(safe) == hash(SafeText.clean("a\ufffd"))
    for other in (copy.copy(safe), copy.deepcopy(safe), pickle.loads(pickle.dumps(safe))):
        assert other == safe
        assert other.changed


@pytest.mark.parametrize("control", CONTROLS)
def test_controls_are_replaced(control):
    safe = SafeText.clean(f"a{control}b")
    assert is_harmless(safe.plain())
    assert "\ufffd" in safe.plain()
    assert safe.changed


@pytest.mark.parametrize(
    "text", ["", "plain", "two\nlines\n", "no", "[@click=app.quit]x[/]", "ä 漢 🙂 e\u0301", "\ufffd"]
)
def test_ordinary_text_stays(text):
    safe = SafeText.clean(text)
    assert safe.plain() == text
    assert not safe.changed
    assert len(safe) == len(text)


def test_tab_is_four_spaces():
    assert SafeText.clean("a\tb").plain() == "a    b"
    assert not SafeText.clean("a\tb").changed


def test_combining_marks_in_a_row():
    assert SafeText.clean("a" + "\u0301" * 8).plain() == "a" + "\u0301" * 8
    piled = SafeText.clean("a" + "\u0301\u0489" * 900)
    assert piled.changed
    assert len(piled) == 1 + 8 + 1


@pytest.mark.parametrize("raw", ["a\0b", "\ud800", "a\udfff"])
def test_impossible_characters_refuse(raw):
    with pytest.raises(TextRefused, match="at character"):
        SafeText.clean(raw)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("\n" * 100_000, "longer than 4,000 characters"),
        ("w" * 1_000_000, "longer than 4,000 characters"),
        ("\\" * 32_000, "longer than 4,000 characters"),
        ("\t" * 1_001, "longer than 4,000 characters"),
        ("a\n" * 201, "longer than 200 lines"),
    ],
)
def test_long_text_refused(raw, message):
    with pytest.raises(TextRefused, match=message):
        SafeText.clean(raw)


def test_the_longest_legal_text():
    assert len(SafeText.clean("w" * 4_000)) == 4_000
    assert len(SafeText.clean("a\n" * 200)) == 400
    with pytest.raises(TextRefused, match="64 characters"):
        SafeText.clean("w" * 65, 64)


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(raw):
    try:
        once = SafeText.clean(raw)
    except TextRefused:
        return
    twice = SafeText.clean(once.plain())
    assert twice == once
    assert not twice.changed
    assert is_harmless(once.plain())


@given(st.text(alphabet=st.characters(), max_size=300))
def test_quoting_is_one_harmless_line_of_bounded_length(raw):
    for made in (quoted(raw)[1:-1], shown_path(raw)):
        assert len(made) <= 60
        assert is_harmless(made)
        assert "\n" not in made
        made.encode()
    assert len(shown(raw)) <= 240


def test_quoting():
    assert quoted("cost") == "'cost'"
    assert quoted("a\x1b[31m\n\u202e\ud800") == r"'a\x1b[31m\n\u202e\ud800'"
    assert quoted("x" * 61) == "'" + "x" * 57 + "...'"
    assert shown_path("/a" * 40 + "/whale.yaml").endswith("/whale.yaml")
    assert SafeText.clean("a\nb").quoted() == r"'a\nb'"


@pytest.mark.parametrize("text", ["a", "smb_2-x", "0", "x" * 64])
def test_ids(text):
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "A", "a b", "x" * 65, "a\n", "ä", "a.b", "../x", "a\0"])
def test_no_ids(text):
    assert not is_id(text)


@pytest.mark.parametrize(
    ("raw", "made"),
    [
        ("../../x", "x"),
        ("CON", "con_"),
        ("con.txt", "con-txt"),
        ("LPT1", "lpt1_"),
        ("console", "console"),
        ("Ana Lovelace", "ana-lovelace"),
        ("C:\\x", "c-x"),
        ("a" * 300, "a" * 40),
        ("🙂", ""),
        ("", ""),
        ("--x--", "x"),
        ("İK", "k"),
    ],
)
def test_slug(raw, made):
    assert slug(raw) == made


@given(st.text(max_size=400), st.integers(min_value=4, max_value=64))
def test_slugs_are_file_names(raw, limit):
    made = slug(raw, limit)
    assert made == "" or (is_id(made) and len(made) <= limit)
    assert not is_reserved(made)
    assert not is_reserved(f"{made}.tpmrun")
