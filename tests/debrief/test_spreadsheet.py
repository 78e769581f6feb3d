"""CSV that a spreadsheet cannot be attacked with (case T04)."""

import csv as standard
import io

import pytest

from tpmsim.debrief.spreadsheet import cell, csv, harmless
from tpmsim.text import SafeText

ATTACKS = [
    "=HYPERLINK(A1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\N{ZERO WIDTH SPACE}=1",
    "\N{BYTE ORDER MARK}=1",
    "\N{NO-BREAK SPACE}@x",
    "\N{FULLWIDTH EQUALS SIGN}1",
    "\N{FULLWIDTH PLUS SIGN}1",
    "\N{FULLWIDTH HYPHEN-MINUS}1",
    "\N{FULLWIDTH COMMERCIAL AT}x",
    "\N{SMALL EQUALS SIGN}1",
    "\N{MINUS SIGN}1",
    "|cmd",
    "%x",
]
HARMLESS = ["Ada", "a=1", "1-2", "'quoted", 'say "yes"', "two\nlines", "a,b;c", "", "\N{SPOUTING WHALE}", "(=1)"]


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_other_text_stays(text: str) -> None:
    assert harmless(text) == text


def test_numbers_stay_numbers() -> None:
    assert [cell(-3.5), cell(-1), cell(0), cell(None)] == ['"-3.5"', '"-1"', '"0"', '""']


def test_it_reads_back_the_same() -> None:
    rows = [[SafeText.clean(text), 1.5, None] for text in (*ATTACKS, *HARMLESS)]
    written = csv(rows)
    assert "\r\n" not in written
    read = list(standard.reader(io.StringIO(written, newline="")))
    assert [one[0] for one in read] == [harmless(row[0].plain()) for row in rows]  # type: ignore[union-attr]
    assert {tuple(one[1:]) for one in read} == {("1.5", "")}
