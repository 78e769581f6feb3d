"""The report: harmless whatever strangers wrote, without a network, and complete."""

import re
from html.parser import HTMLParser

import pytest

from judged import NASTY, drawn, other, poisonous, practised, sheet, unseen
from tpmsim.debrief.analysis import Chance
from tpmsim.debrief.html import html
from tpmsim.debrief.tags import POLICY, tag, written

LINKS = ("href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "srcset")
FORBIDDEN = {"script", "form", "iframe", "object", "embed", "link", "base", "img", "input", "button", "image", "use"}


class Seen(HTMLParser):
    """What a page is made of, as a browser reads it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def assert_harmless(page: str) -> None:
    seen = Seen(page)
    assert not {name for name, _ in seen.tags} & FORBIDDEN
    for name, attributes in seen.tags:
        assert not [key for key in attributes if key.startswith("on")], name
        for key in LINKS:
            value = attributes.get(key)
            assert value is None or value.startswith(("#", "data:")), (name, key, value)
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"url\(|@import|expression", style[0])


@pytest.mark.parametrize("text", NASTY)
def test_strangers_text_becomes_no_markup(text: str) -> None:
    page = html(poisonous(text))
    assert_harmless(page)
    assert text in Seen(page).text


@pytest.mark.parametrize("text", NASTY)
def test_names_of_hidden_facts_become_no_markup(text: str) -> None:
    page = html(unseen(text))
    assert_harmless(page)
    assert "What could not be known" in page


@pytest.mark.parametrize("text", NASTY)
def test_decisions_that_are_evidence_become_no_markup(text: str) -> None:
    page = practised(text)
    assert any(text in seen.asked for row in page.evidence.rows for seen in row.observed)
    assert_harmless(html(page))


def test_hidden_facts_stand_in_the_report() -> None:
    page = unseen()
    told = Seen(html(page)).text
    row = page.weeks[0].hidden[0]
    assert all(word in told for word in (row.about, row.true, row.believed, row.could))


def test_the_policy_is_the_first_thing_in_the_head() -> None:
    names = [(name, attributes) for name, attributes in Seen(html(sheet())).tags][:3]
    assert [name for name, _ in names] == ["html", "head", "meta"]
    assert names[2][1] == {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert POLICY == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_it_needs_nothing_from_elsewhere() -> None:
    page = html(sheet())
    assert_harmless(page)
    assert "http://" not in page
    assert "https://" not in page


def test_links_lead_to_chapters_that_are_there() -> None:
    seen = Seen(html(sheet()))
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    links = [attributes["href"] or "" for name, attributes in seen.tags if name == "a"]
    assert len(ids) == len(set(ids))
    assert [link.removeprefix("#") for link in links] == [
        "short",
        "reactions",
        "description",
        "analysis",
        "application",
    ]
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_every_row_of_the_sheet_is_in_it() -> None:
    page = sheet()
    text = Seen(html(page)).text
    told = [page.overview.verdict, page.overview.means, page.overview.caution, *page.overview.story]
    told += [one.value.partition(" [")[0] for one in page.overview.figures]
    told += [f"{part.got:.1f} of {part.weight:.1f}" for part in page.ending.parts]
    told += [word for one in page.decisions for word in (one.asked, one.chose, one.best, one.loss)]
    told += [way.says for one in page.decisions for way in one.options if one.counts]
    told += [word for one in page.questions for word in (one.asks, *one.beside)]
    told += [word for part in page.ledger for row in part.rows for word in (row.change, row.words, row.move)]
    told += [row.says for part in page.assumptions for row in part.rows]
    told += [one.says for one in page.learned] + [*page.calibration.says] + [one.shown for one in page.falls]
    assert not [word for word in told if word not in text]


def test_luck_by_event_is_told_where_it_is_known() -> None:
    assert "Luck by what was drawn" not in html(sheet())
    page = html(other(weeks=drawn(Chance("incident", -3.0), Chance("unknown", 1.0))))
    assert "Luck by what was drawn" in page
    assert "what broke" in page


def test_text_and_attributes_are_escaped_where_they_are_written() -> None:
    made = written(tag("p", "a < b & c", tag("b", "x"), " > y", title='"<&'))
    assert made == '<p title="&quot;<&amp;">a &lt; b &amp; c<b>x</b> &gt; y</p>'
