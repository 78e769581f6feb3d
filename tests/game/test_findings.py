"""Findings as pages: with the line that is meant, harmless whatever stands in it."""

from pathlib import Path

from tpmsim.errors import InputRefused
from tpmsim.game.findings import AROUND, with_source, without_source
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.loading import load


def one(text: str, column: int, folder: Path, line: int = 1, name: str = "scenario.yaml"):
    file = folder / "scenario.yaml"
    file.write_bytes(text.encode())
    return with_source([Diagnostic("TPM105", "error", "wrong", f"x/{name}", line, column, "Mend it.")], file)[0]


def test_a_refused_file_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("format: 1\ntitel: x\n")
    try:
        load(file)
    except InputRefused as error:
        found = with_source(error.findings, file)
    marked = [one for one in found if "titel" in one.message]
    assert [(page.source, page.at, page.error) for page in marked] == [("titel: x", 0, True)]
    assert marked[0].place.endswith("scenario.yaml:2:1")


def test_place_help_and_title(tmp_path: Path) -> None:
    page = one("a: 1\n", 4, tmp_path)
    assert (page.title, page.place, page.message, page.help) == (
        "error[TPM105]",
        "x/scenario.yaml:1:4",
        "wrong",
        "Mend it.",
    )
    assert (page.source, page.at) == ("a: 1", 3)


def test_a_long_line_is_shown_around_its_place(tmp_path: Path) -> None:
    page = one("x" * 500 + "HERE" + "y" * 500 + "\n", 501, tmp_path)
    assert page.source[page.at :].startswith("HERE")
    assert len(page.source) <= AROUND


def test_controls_are_shown_as_escapes(tmp_path: Path) -> None:
    page = one("a: \x1b]0;x\x07HERE\u202e\n", 10, tmp_path)
    assert page.source.isprintable()
    assert page.source[page.at :].startswith("HERE")


def test_lines_that_are_not_there(tmp_path: Path) -> None:
    assert one("a: 1\n", 1, tmp_path, line=9).source == ""
    assert one("a: 1\n", 1, tmp_path, name="words.en.yaml").source == ""
    assert one("a: 1\n", 1, tmp_path, name="../../etc/passwd").source == ""
    assert one("a: 1\n", 900, tmp_path).source == "a: 1"


def test_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "words.en.yaml").write_text("hello: there\n")
    assert one("a: 1\n", 8, tmp_path, name="words.en.yaml").source == "hello: there"


def test_without_a_file() -> None:
    (page,) = without_source([Diagnostic("TPM601", "warning", "odd", "x.yaml")])
    assert (page.error, page.place, page.source) == (False, "x.yaml", "")
