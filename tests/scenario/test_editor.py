"""The real YAML language server with our schema: what it offers, explains and marks in a shipped scenario."""

from collections.abc import Iterator

import pytest

from language_server import Editor, editor, missing
from tpmsim.scenario.library import folder

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

FILE = folder() / "first-product" / "scenario.yaml"
TEXT = FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server() -> Iterator[Editor]:
    with editor(folder().parent) as one:
        yield one


def place(text: str, part: str) -> tuple[int, int]:
    """Line and character, from 0, at the end of a part of a text."""
    before = text[: text.index(part) + len(part)].split("\n")
    return len(before) - 1, len(before[-1])


def test_a_shipped_scenario_has_no_marks(server: Editor) -> None:
    assert server.opened(FILE, TEXT) == []


def test_inside_a_card_its_keys_are_offered(server: Editor) -> None:
    text = TEXT.replace("\ncards:\n", "\ncards:\n  mine:\n    \n", 1)
    server.opened(FILE, text)
    assert {"when", "chance", "once", "says", "answers", "silence"} <= set(
        server.offered(FILE, *place(text, "  mine:\n    "))
    )


def test_a_new_card_is_offered_as_a_whole(server: Editor) -> None:
    text = TEXT.replace("\ncards:\n", "\ncards:\n  \n", 1)
    server.opened(FILE, text)
    assert "new card" in server.offered(FILE, *place(text, "\ncards:\n  "))


def test_where_one_of_few_words_stands_they_are_offered(server: Editor) -> None:
    text = TEXT.replace("confidence: commit}", "confidence: }", 1)
    server.opened(FILE, text)
    assert set(server.offered(FILE, *place(text, "confidence: "))) == {"aim", "plan", "commit"}


def test_a_key_is_explained_with_its_unit(server: Editor) -> None:
    server.opened(FILE, TEXT)
    line, character = place(TEXT, "    chance")
    assert "unit probability; range" in server.explained(FILE, line, character - 2)


def test_a_misspelt_key_is_marked_on_its_line(server: Editor) -> None:
    text = TEXT.replace("    chance: 0.8", "    chanse: 0.8", 1)
    (mark,) = server.opened(FILE, text)
    assert "chanse" in mark["message"]
    assert mark["range"]["start"] == {"line": place(text, "    chanse")[0], "character": 4}
