"""The house style of files: what it looks like, that nothing is lost, and that a file in it stays as it is."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import strategies as st

from chosen import drawn, scenarios
from tpmsim.errors import InputRefused
from tpmsim.scenario.house_style import house_style
from tpmsim.scenario.library import folder
from tpmsim.scenario.loading import parse
from tpmsim.scenario.nodes import Mapping, Scalar
from tpmsim.scenario.nodes import Sequence as Items
from tpmsim.scenario.yaml_reader import read

ODD = """\
# yaml-language-server: $schema=x
# about

# of format
title: Odd   # beside title
format: 1
id: odd


version: 1
teaches:
- one
- "two: three"   # beside two
# above three
- three
brief: |
    Two lines
    here.
market:
    segments:
        # the shops
        shops: {title: Shops, size: 50000,   # beside size
           share: 0.2} # closing
        # after shops

    # after segments
    waves: [0.1, 1]
    # foot of market
needs:

  speed:
    worth: {shops: {sd: 0.4, mean: +0.60}}

    known: true
    title: 'Speed'
odds: {b: "12", a: "no", c: 'x, y', d: "it's"}
# last
"""
STYLED = """\
# yaml-language-server: $schema=x
# about

format: 1
id: odd

version: 1
# of format
title: Odd  # beside title
brief: |
  Two lines
  here.
teaches:
  - one
  - "two: three"  # beside two
  # above three
  - three

market:
  # after segments
  waves: [0.1, 1]
  # foot of market
  segments:
    # the shops
    shops:  # beside size
      title: Shops
      size: 50000
      share: 0.2  # closing
    # after shops

needs:
  speed:
    title: Speed

    known: true
    worth: {shops: {mean: +0.60, sd: 0.4}}

odds: {b: "12", a: "no", c: "x, y", d: it's}
# last
"""


def styled(text: str, **kept: Any) -> str:
    made = house_style(text.encode(), **kept)
    assert made.problem == ""
    return made.data.decode()


def test_order_indents_quotes_blank_lines_and_comments() -> None:
    assert styled(ODD) == STYLED


def test_a_file_in_house_style_stays_as_it_is() -> None:
    assert styled(STYLED) == STYLED


WORDS = "It was more than anybody had thought at first, or in the middle, or later than that, on a Thursday. " * 2


def test_a_long_text_is_folded_and_a_long_condition_is_not() -> None:
    condition = " and ".join(["week >= 1"] * 20)
    text = styled(f'cards:\n  one:\n    says: "{WORDS.strip()}"\n    when: "{condition}"\n')
    head, card, when, says, *more = text.splitlines()
    assert (head, card, when, says) == ("cards:", "  one:", f"    when: {condition}", "    says: >-")
    assert " ".join(line.strip() for line in more) == WORDS.strip()
    assert [len(line) <= 120 for line in more] == [True, True]


def test_a_map_that_does_not_fit_on_its_line_gets_lines() -> None:
    texts = ", ".join(f'voice{number}: "{number} words in a row"' for number in range(6))
    assert "\n  voice0: 0 words in a row\n" in styled(f"lines: {{{texts}}}\n", model=None)


def test_a_text_with_two_paragraphs_keeps_them() -> None:
    text = f"brief: |\n  {WORDS.strip()}\n\n  Short.\ntitle: T\n"
    made = styled(text)
    assert max(map(len, made.splitlines())) <= 120
    assert contents(made) == contents(styled(made))


def keys_in(node: object) -> set[int]:
    """The lines on which a key stands: prose may have a word with a colon at the start of a line, too."""
    if isinstance(node, Mapping):
        return {key.line for key, _ in node.entries}.union(*(keys_in(part) for _, part in node.entries))
    if isinstance(node, Items):
        return set().union(*(keys_in(part) for part in node.items))
    return set()


@pytest.mark.parametrize("name", scenarios())
def test_a_shipped_scenario_written_otherwise_comes_back_with_its_digests(name: str) -> None:
    """Indented by four, each map of the top level turned round, every entry with a comment."""
    text = (folder() / name / "scenario.yaml").read_text(encoding="utf-8")
    wide = re.sub(r"^( +)", lambda match: match[1] * 2, text, flags=re.MULTILINE)
    entries = keys_in(read(text.encode()).root)
    noted = "\n".join(
        re.sub(r"^( *)(\w+:) ?(.*[^>|-])$", r"\1#~ about \2\n\1\2 \3", line) if number in entries else line
        for number, line in enumerate(wide.split("\n"), 1)
    )
    made = styled(noted)
    old, new = parse(text.encode()), parse(made.encode())
    assert (old.digest, old.text_digest) == (new.digest, new.text_digest)
    assert comments(made) == comments(noted)
    assert styled(made) == made


def test_what_our_reader_refuses_is_not_formatted() -> None:
    with pytest.raises(InputRefused, match="anchors"):
        house_style(b"a: &b 1\n")


def test_a_file_with_control_characters_is_left_alone() -> None:
    data = b"title: a\x07b\n"
    made = house_style(data)
    assert made.data == data
    assert "control characters" in made.problem


def test_windows_line_ends_and_the_mark_at_the_start_go() -> None:
    assert styled("\ufeffid: a\r\ntitle:   T\r\n") == "id: a\ntitle: T\n"


ids = st.text("abcdefgh_-12", min_size=1, max_size=6)
odd_texts = st.text(st.sampled_from("ab c:#,[]{}'\"&*!|>%@`-?.é–\n\t\\/0=<"), max_size=60)
long_texts = st.lists(st.text("abc,.:'", min_size=1, max_size=9), min_size=20, max_size=60).map(" ".join)
plain = st.sampled_from(["12", "+0.5", "1e3", "no", "true", "null", "~", "12:30", "a b", "2026-01-01", "", "x >= 1"])
quoted = st.one_of(odd_texts, long_texts).map(lambda text: json.dumps(text, ensure_ascii=False))
scalars = st.one_of(plain, quoted)
remarks = st.sampled_from(["#~ a", "#~ b: c", "#~d", "#~ 'e' \"f\""])


@st.composite
def blocks(draw: Any, depth: int = 0) -> list[str]:
    """The lines of a map, with blank lines and comments in all places."""
    lines: list[str] = []
    for key in draw(st.lists(ids, min_size=1, max_size=4, unique=True)):
        lines += draw(st.lists(st.one_of(st.just(""), remarks), max_size=2))
        beside = draw(st.one_of(st.just(""), remarks.map(lambda one: f"  {one}")))
        kind = draw(st.integers(0, 5 if depth < 3 else 3))
        if kind <= 1:
            lines.append(f"{key}: {draw(scalars)}{beside}")
        elif kind == 2:
            items = ", ".join(draw(st.lists(quoted, max_size=4)))
            lines.append(f"{key}: [{items}]{beside}")
        elif kind == 3:
            mark = draw(st.sampled_from(["|", "|-", ">", ">-", "|+"]))
            body = draw(st.lists(st.sampled_from(["some words", "# no comment", "", "more: of it"]), min_size=1))
            lines += [f"{key}: {mark}{beside}", "  first", *(f"  {one}" if one else "" for one in body)]
        elif kind == 4:
            lines += [f"{key}:{beside}", *("   " + line if line else "" for line in draw(blocks(depth + 1)))]
        else:
            inner = [f"- {draw(scalars)}{beside}" for _ in range(draw(st.integers(1, 3)))]
            lines += [f"{key}:", *(f" {line}" for line in inner)]
    return lines + draw(st.lists(st.one_of(st.just(""), remarks), max_size=1))


@drawn(30, 100, blocks())
def test_any_file_keeps_its_content_and_its_comments_and_is_then_in_house_style(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    made = styled(text, model=None)
    assert contents(made) == contents(text)
    assert comments(made) == comments(text)
    assert styled(made, model=None) == made


def contents(text: str) -> Any:
    """Keys and values by our reader."""
    return _contents(read(text.encode()).root)


def _contents(node: Any) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return [(key.text, _contents(value)) for key, value in node.entries]
    return [_contents(item) for item in node.items]


def comments(text: str) -> Counter[str]:
    """The comments that the tests have put into a file."""
    return Counter(match.strip() for match in re.findall(r"#~[^\n]*", text))
