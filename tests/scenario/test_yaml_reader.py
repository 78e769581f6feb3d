"""The reader of strangers' YAML: cases Y01 to Y03, Y05, Y07, Y08, T02, and fuzz the net never sees."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chosen import drawn
from tpmsim.errors import InputRefused
from tpmsim.scenario.codes import Yaml
from tpmsim.scenario.nodes import Mapping, Scalar, Sequence
from tpmsim.scenario.yaml_reader import read

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{key}: &{key} [{','.join([f'*{before}'] * 9)}]\n" for before, key in zip("abcdefgh", "bcdefghi", strict=True)
)
SAMPLE = """\
format: 1
title: "Loud \\u00e9 Whale"   # a comment
weeks: 26
list: [1, 'two', {three: 3}]
cards:
  whale:
    when: stage == research and week >= 3
    says: |
      Globex signs.
      Can I tell them yes?
    then: {trust.sales: -0.1}
  -
"""


def short(value):
    return repr(value)[:30]


def codes(data, file="whale.yaml"):
    with pytest.raises(InputRefused) as caught:
        read(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), file)
    return [one.code for one in caught.value.findings]


def root(text):
    return read(text.encode(), "a.yaml").root


def scalar(text):
    return root(text).entries[0][1]


def test_positions_and_shapes():
    tree = root("a: 1\nb:\n  - x\n  - {c: 'd'}\n")
    (a, one), (_, items) = tree.entries
    assert (a.text, a.line, a.column) == ("a", 1, 1)
    assert one == Scalar("1", True, 1, 4, 0)
    assert isinstance(items, Sequence)
    assert (items.line, items.column) == (3, 3)
    inner = items.items[1]
    assert isinstance(inner, Mapping)
    assert inner.entries[0][1] == Scalar("d", False, 4, 9, 1)


@pytest.mark.parametrize(
    "text", ["no", "on", "12:30", "1.10", "010", "1e3", "2026-01-01", "~", "null", ".nan", "0x1F", "="]
)
def test_plain_scalars_keep_their_characters(text):
    assert scalar(f"a: {text}\n") == Scalar(text, True, 1, 4, 0)
    assert scalar(f"a: '{text}'\n") == Scalar(text, False, 1, 4, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: week > 3\n", (1, 9)),
        ("a: 'week > 3'\n", (1, 10)),
        ('a: "week\\x20> 3"\n', (1, 4)),
        ("a: week\n  > 3\n", (1, 4)),
        ("a: |\n  week > 3\n", (1, 4)),
        ("a:\n  week > 3\n", (2, 8)),
    ],
)
def test_places_inside_a_scalar(text, place):
    assert scalar(text).place(5) == place


def test_y01_anchors_and_aliases():
    assert codes(BOMB) == ["TPM106"]
    assert codes("a: *b\n") == ["TPM106"]
    with pytest.raises(InputRefused, match=r"whale.yaml:1:4: anchors and aliases are not allowed"):
        read(BOMB.encode(), "whale.yaml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "TPM115"),
        ("[\n" * 19_000, "TPM111"),
        ("[\n" * 100_000, "TPM114"),
        ("".join(f"{' ' * n}a:\n" for n in range(1_000)), "TPM111"),
        ("".join(f"{' ' * n}a:\n" for n in range(3_000)), "TPM113"),
        ("? " * 50_000, "TPM115"),
        ("? " * 1_900, "TPM117"),
        ("?\n" * 50_000, "TPM114"),
        ("a: " + "{a: " * 900 + "\n", "TPM111"),
        ("- " * 1_900, "TPM111"),
    ],
    ids=short,
)
def test_y02_deep(text, code):
    assert codes(text) == [code]


def test_depth_32_is_read_and_33_is_not():
    assert root("a: " + "[" * 31 + "]" * 31 + "\n")
    assert codes("a: " + "[" * 32 + "]" * 32 + "\n") == ["TPM111"]


@pytest.mark.parametrize(
    "text",
    [
        "cost: 1\nb: 2\ncost: 3\n",
        "a:\n  - {cost: 1, cost: 2}\n",
        "cost: 1\n'cost': 2\n",
        'cost: 1\n"c\\x6fst": 2\n',
    ],
)
def test_y03_key_twice(text):
    with pytest.raises(InputRefused) as caught:
        read(text.encode(), "whale.yaml")
    assert caught.value.code == "TPM105"
    assert "key 'cost' appears twice (first on line" in str(caught.value)


def test_every_doubled_key_is_reported_in_one_run():
    with pytest.raises(InputRefused) as caught:
        read(b"a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n", "whale.yaml")
    assert [(one.line, one.column) for one in caught.value.findings] == [(2, 1), (3, 11), (4, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['touch made']\n",
        "a: !!python/name:os.system\n",
        "a: !x 1\n",
        "!!map\na: 1\n",
        "a: !<tag:yaml.org,2002:str> 1\n",
    ],
)
def test_y05_tags(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert codes(text) == ["TPM107"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("title: caf\xe9\n".encode("latin-1"), "TPM101"),
        ("a: 1\n".encode("utf-16"), "TPM101"),
        ("a: 1\n".encode("utf-16-le"), "TPM118"),
        (b"a: \xed\xa0\x80\n", "TPM101"),
        (b'a: "\\ud800"\n', "TPM118"),
        (b'a: "\\0"\n', "TPM118"),
        (b'a: "\\U00110000"\n', "TPM118"),
        (b'a: "\\UFFFFFFFF"\n', "TPM118"),
        (b"a: b\0\n", "TPM118"),
    ],
)
def test_y07_encodings_refused(data, code):
    assert codes(data) == [code]


def test_y07_says_which_byte():
    with pytest.raises(InputRefused, match=r"whale\.yaml:2: not UTF-8 at byte 6"):
        read(b"a: 1\n\xff", "whale.yaml")


def test_y07_bom_and_crlf():
    tree = read(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n").root
    assert tree.entries[0][0] == Scalar("a", True, 1, 1, 0)
    assert tree.entries[1][1].text == "x\ny\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "TPM102"),
        ("# only\n# comments\n", "TPM102"),
        ("- a\n- b\n", "TPM103"),
        ("hello\n", "TPM103"),
        ("---\n", "TPM103"),
        ("a: 1\n---\nb: 1\n", "TPM110"),
        ("a: 1\n...\n---\nb: 1\n", "TPM110"),
        ("x" * (1 << 20) + "\n", "TPM113"),
        ("".join(f"k{n}: 1\n" for n in range(100_000)), "TPM114"),
        ("".join(f"k{n}:\n" for n in range(100_000)), "TPM114"),
        ("".join(f"k{n}: {{a: 1}}\n" for n in range(9_999)), "TPM112"),
        ("a: " + "x" * 4_000, "TPM115"),
        ("a: |\n" + ("  " + "x" * 3_990 + "\n") * 5, "TPM116"),
        ("%YAML 1.2\n---\na: 1\n", "TPM108"),
        ("%TAG ! tag:x\n---\na: 1\n", "TPM108"),
        ("a: {<<: {b: 1}}\n", "TPM109"),
        ("? [a]\n: 1\n", "TPM117"),
        ("a: 'x\n", "TPM127"),
        ("a:\n\t- x\n", "TPM120"),
        ("a: b: c\n", "TPM123"),
        ("a: @b\n", "TPM131"),
        ('a: "\\q"\n', "TPM132"),
    ],
    ids=short,
)
def test_y08_and_other_limits(text, code):
    assert codes(text) == [code]


def test_large_files_are_refused_before_parsing(monkeypatch):
    monkeypatch.setattr(yaml.SafeLoader, "check_event", lambda *_: pytest.fail("parsed"))
    for text in ("x" * (1 << 20) + "\n", "k:\n" * 20_001, "a: " + "x" * 4_000):
        assert codes(text)


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x7f", "\x9b", "\x85", "\u2028", "\u2029", "\r", "\ufffe"])
def test_t02_raw_control_characters_are_replaced_with_a_warning(char):
    document = read(f"# c{char}b: 1\na: x{char}y\nb: z\n".encode(), "whale.yaml")
    assert [(one.code, one.line, one.severity) for one in document.warnings] == [
        ("TPM119", 1, "warning"),
        ("TPM119", 2, "warning"),
    ]
    assert [key.text for key, _ in document.root.entries] == ["a", "b"]
    assert document.root.entries[0][1].text == "x\ufffdy"
    assert "control character replaced" in document.warnings[0].short()


def test_messages_are_one_harmless_line():
    for text in ("'\x1b]0;x\x07\\n': 1\n'\x1b]0;x\x07\\n': 2\n", 'a: "\\\u202e"\n', "a: @\x9b\n"):
        with pytest.raises(InputRefused) as caught:
            read(text.encode(), "whale.yaml")
        assert all("\n" not in str(one.message) and "\x1b" not in one.short() for one in caught.value.findings)


HOSTILE = [
    BOMB,
    "[\n" * 19_999,
    "? a\n" * 19_999,
    "- [{\n" * 10_000,
    "a: " + "'" * 3_990,
    ("a" * 1_000 + "\n") * 1_000,
    ("{" + "a: 1, " * 600 + "\n") * 250,
    ("'" + "a" * 50 + "\n") * 15_000,
    "a: |\n" + "  \n" * 19_000,
    ("#" * 50 + "\n") * 19_000,
    "".join(f"k{n}: {{}}\n" for n in range(9_000)) + "k: [",
    "a: [" + "[],\n" * 19_000,
    ("a:" + " " * 3_900 + "\n") * 260,
    'a: "' + "\\\n" * 19_000,
    "\x1b" * 3_000 + ("\n" + "\x1b" * 50) * 15_000,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.timeout(120)
def test_hostile_files_are_decided_in_time(number):
    assert Yaml.UNFORESEEN.id not in outcome(HOSTILE[number].encode())


def outcome(data):
    try:
        read(data, "fuzz.yaml")
    except InputRefused as refused:
        return [one.code for one in refused.findings]
    return []


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    assert Yaml.UNFORESEEN.id not in outcome(data)


YAMLISH = st.lists(
    st.sampled_from(
        [
            *"ab01 \n\n:-?,[]{}#&*!|>'\"%@`~\\<=.+\t\x1b\ufeff\u2028é",
            "  ",
            "- ",
            ": ",
            "? ",
            "---",
            "...",
            "<<",
            "\\x",
            "\\U0011",
            *[
                "\\u",
                "%YAML 1.1\n",
                "%TAG ! !\n",
                "&a ",
                "*a",
                "!!",
                "!<",
                "|2",
                ">-",
                "\r\n",
                "\n  ",
                "\n- ",
            ],
        ]
    ),
    max_size=60,
).map("".join)


@drawn(300, 1_500, YAMLISH)
def test_any_yamlish_text(text):
    assert Yaml.UNFORESEEN.id not in outcome(text.encode())


@drawn(200, 800, st.integers(0, len(SAMPLE)), st.integers(0, 12), YAMLISH)
def test_mutated_scenarios(start, length, text):
    assert Yaml.UNFORESEEN.id not in outcome((SAMPLE[:start] + text + SAMPLE[start + length :]).encode())


SHIPPED = sorted(Path(__file__).parents[2].glob("scenarios/**/*.yaml"))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_mutated_shipped_scenarios(data):
    if not SHIPPED:
        return
    text = data.draw(st.sampled_from(SHIPPED)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    assert Yaml.UNFORESEEN.id not in outcome((text[:start] + data.draw(YAMLISH) + text[start:]).encode())


TREES = st.recursive(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"),
        max_size=20,
    ),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=15,
)


def as_python(node):
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [as_python(item) for item in node.items]
    return {key.text: as_python(value) for key, value in node.entries}


@drawn(50, 200, st.dictionaries(st.text("abcxyz", min_size=1, max_size=4), TREES, min_size=1, max_size=4))
def test_what_another_program_writes_is_read_back(tree):
    text = yaml.safe_dump(tree, allow_unicode=True, default_style='"')
    assert as_python(read(text.encode()).root) == tree


def test_the_net_reports_and_has_a_code_of_its_own(monkeypatch):
    monkeypatch.setattr("tpmsim.scenario.yaml_reader.TreeBuilder", lambda *_: 1 / 0)
    assert codes("a: 1\n") == [Yaml.UNFORESEEN.id]
