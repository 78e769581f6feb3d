"""`tpmsim docs`: topics, those of one scenario, files, and what it does not know."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fragments import BASE
from tpmsim.cli import models_page
from tpmsim.scenario.reference import TOPICS

Command = Callable[..., tuple[int, str, str]]


def test_without_a_topic_it_lists_them(command: Command) -> None:
    code, out, _ = command("docs")
    assert code == 0
    assert all(f"  {topic} " in out for topic in [*TOPICS, "moves SCENARIO", "all"])


def test_a_topic_is_text_and_on_request_markdown(command: Command) -> None:
    _, text, _ = command("docs", "levers")
    _, page, _ = command("docs", "levers", "--markdown")
    assert "trust.STAKEHOLDER" in text
    assert "| `trust.STAKEHOLDER` | add |" in page
    assert "|" not in text


def test_with_a_scenario_the_ids_are_its_own(command: Command) -> None:
    _, names, _ = command("docs", "names", "first-product")
    _, moves, _ = command("docs", "moves", "first-product", "--markdown")
    assert "trust.sponsor" in names
    assert "| `interview:cafes` | 4 | 0 | research, roadmap, live |  |" in moves


def test_texts_are_listed_by_id_with_the_languages_they_are_missing_in(command: Command, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "words.de.yaml").write_text("language: de\ntexts:\n  title: Klein\n", encoding="utf-8")
    _, page, _ = command("docs", "texts", tmp_path, "--markdown")
    assert "| `title` | Small |  |" in page
    assert "| `brief` | A short text that sets the scene. | de |" in page


def test_all_of_it_goes_to_a_file_as_a_page(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "format.md"
    code, out, err = command("docs", "all", "--out", file)
    page = file.read_text(encoding="utf-8")
    assert (code, out) == (0, "")
    assert "format.md" in err
    assert all(f"### {topic.capitalize()}\n" in page for topic in TOPICS if topic != "keys")
    assert "### The file\n" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kes",), "did you mean 'keys'?"),
        (("moves",), "tpmsim docs moves SCENARIO"),
        (("codes", "first-product"), "the same in every scenario"),
    ],
)
def test_what_it_does_not_know_is_said_with_a_way_on(command: Command, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = command("docs", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_a_scenario_that_is_not_there_is_refused(command: Command) -> None:
    code, _, err = command("docs", "names", "first-prodct")
    assert code == 3
    assert "did you mean 'first-product'?" in err


def test_a_file_that_cannot_be_written_is_a_storage_fault(command: Command, tmp_path: Path) -> None:
    code, _, err = command("docs", "keys", "--out", tmp_path / "none" / "keys.md")
    assert code == 4
    assert "not saved" in err


def test_a_model_is_told_from_the_code(command: Command) -> None:
    code, out, _ = command("docs", "models", "support")
    assert code == 0
    assert "Erlang C (Erlang 1917)" in out
    assert "support.LET_DOWN" in out
    assert "assumption" in out
    _, page, _ = command("docs", "models", "--markdown")
    assert all(f"/{name}.py" in page for name in models_page.names() if name != models_page.RULES)
    assert "| `Support.tickets` | `0.05` | a week | assumption | Tickets of a content customer. |" in page
    code, out, err = command("docs", "models", "suport")
    assert (code, out) == (2, "")
    assert "did you mean 'support'?" in err


def test_defaults_that_a_model_reads_are_told_with_it(command: Command) -> None:
    _, out, _ = command("docs", "models", "incidents")
    assert "InUse.failures  default 0.5; unit a year; status assumption" in out
    _, out, _ = command("docs", "models", "adoption", "--markdown")
    assert "| `Market.q` | `0.38` | a year | pub (Sultan, Farley & Lehmann 1990) |" in out
    _, out, _ = command("docs", "models", "opening")
    assert "USUAL_CLAIM" in out
    assert "Begun.faulty" in out
    _, out, _ = command("docs", "models", "rules")
    assert "Player.focus_hours" in out
