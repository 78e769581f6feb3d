"""Markdown: strangers' text reads as itself in every renderer."""

import re

import pytest

from judged import NASTY, sheet, unseen
from tpmsim.debrief.markdown import markdown, safe


@pytest.mark.parametrize("text", NASTY)
def test_strangers_text_becomes_no_markup(text: str) -> None:
    page = markdown(unseen(text))
    assert not re.search(r"<[a-z/!]", page, re.IGNORECASE)
    assert not re.search(r"(?<!\\)\]\(", page)
    assert not re.search(r"(?<!\\)\[", page)
    assert not re.search(r"(?<!\\):(//|alert)", page)
    assert not re.search(r"^(?![#>|-]|    |\*|\d).*\bwww\.", page, re.MULTILINE)
    assert safe(text) in page


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("two\nlines", "two lines"),
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("12. no list", "12\\. no list"),
        ("---", "\\---"),
        ("-21.9", "-21.9"),
        ("63.0 points", "63.0 points"),
        ("a | b", "a \\| b"),
        ("*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"),
        ("http://x.y", "http\\://x.y"),
        ("www.x.y", "www\\.x.y"),
        ("me@x.y", "me&#8288;@x.y"),
        ("a & b < c", "a &amp; b &lt; c"),
        ("\\", "\\\\"),
    ],
)
def test_each_sign_that_could_be_markup_is_escaped(text: str, written: str) -> None:
    assert safe(text) == written


def test_tables_have_as_many_cells_in_every_row() -> None:
    for block in markdown(sheet()).split("\n\n"):
        if block.startswith("|"):
            counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(counts) == 1, block


def test_it_says_what_the_report_says() -> None:
    page = unseen()
    made = markdown(page)
    told = [page.overview.means, *page.overview.story, *page.calibration.says]
    told += [word for one in page.decisions for word in (one.asked, one.chose, one.best)]
    told += [f"{part.got:.1f} of {part.weight:.1f}" for part in page.ending.parts]
    told += [word for one in page.questions for word in (one.asks, *one.beside)]
    told += [row.says for part in page.assumptions for row in part.rows]
    told += [word for part in page.ledger for row in part.rows for word in (row.change, row.words)]
    told += [
        word for one in page.weeks for row in one.hidden for word in (row.about, row.true, row.believed, row.could)
    ]
    assert not [word for word in told if safe(word) not in made]
