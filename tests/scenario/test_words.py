"""Texts by id, in several languages: what is missing or belongs to nothing, what a player reads, what a run keeps."""

from pathlib import Path

import pytest

from fragments import BASE, laid_over
from tpmsim.errors import InputRefused, UsageError
from tpmsim.game.opening_run import in_language
from tpmsim.game.past import Past, look_back
from tpmsim.game.session import Session
from tpmsim.scenario.checking import check
from tpmsim.scenario.library import folder, shipped
from tpmsim.scenario.loading import load, parse
from tpmsim.scenario.words import FILE, read_words, texts, translated

GERMAN = """\
format: 1
language: de
texts:
  title: Klein
  teaches.1: dass kleine Szenarien auch welche sind
  features.fast_path.title: Schneller Weg
  endings.other.says: Das war alles.
"""


def opened(words: str = GERMAN, base: str = BASE, name: str = "words.de.yaml"):
    return parse({"scenario.yaml": base.encode(), name: words.encode()}, "scenario.yaml")


def put(path: Path, words: str = GERMAN, base: str = BASE) -> Path:
    path.mkdir(exist_ok=True)
    (path / "scenario.yaml").write_text(base)
    (path / "words.de.yaml").write_text(words)
    return path


def codes(path: Path) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in check(path).findings if one.file.endswith("words.de.yaml")]


def test_every_text_has_an_id_and_stays_what_it_is_untranslated():
    scenario = opened().scenario
    named = texts(scenario)
    assert named["title"].plain() == "Small"
    assert named["teaches.1"].plain() == "that small scenarios are scenarios"
    assert named["endings.other.says"].plain() == "That was all."
    assert translated(scenario, {}) is scenario
    assert translated(scenario, named) == scenario


def test_a_language_is_read_where_it_has_something_to_say():
    loaded = opened()
    german = loaded.spoken("de").scenario
    assert loaded.languages == ("en", "de")
    assert german.title.plain() == "Klein"
    assert german.teaches[0].plain().startswith("dass kleine")
    assert german.endings["launched"].says.plain() == "It is out."
    assert loaded.spoken("fr") is loaded
    assert loaded.spoken("") is loaded


def test_what_is_played_does_not_depend_on_the_language():
    plain, both = parse(BASE.encode()), opened()
    assert plain.digest == both.digest
    assert plain.text_digest != both.text_digest
    assert len(plain.rules.moves) == len(both.rules.moves)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("title: Klein", "titel: Klein", "TPM310", 4),
        ("language: de", "language: fr", "TPM312", 2),
        ("language: de", "langauge: de", "TPM201", 2),
        ("Klein", '"Klein\\x07"', "TPM211", 4),
        ("Schneller Weg", "Ein Weg durch alle Abteilungen hindurch", "TPM503", 6),
    ],
)
def test_what_is_wrong_is_found_in_its_place(old, new, code, line, tmp_path):
    assert old in GERMAN
    found = codes(put(tmp_path, GERMAN.replace(old, new, 1)))
    assert (code, line) in found
    assert [one for one in found if one[0] not in (code, "TPM311")] == []


def test_missing_texts_are_listed(tmp_path):
    (missing,) = [one for one in check(put(tmp_path)).findings if one.code == "TPM311"]
    whole = [one for one in texts(opened().scenario) if not one.endswith(".name")]
    assert missing.message.startswith(f"{len(whole) - 4} texts are not in this file: brief, ")
    assert missing.severity == "note"


def test_an_orphan_is_told_with_what_was_meant(tmp_path):
    (orphan,) = [
        one for one in check(put(tmp_path, GERMAN + "  endings.othr.title: X\n")).findings if one.code == "TPM310"
    ]
    assert orphan.suggestion == "endings.other.title"


def test_the_language_of_the_scenario_itself_needs_no_file(tmp_path):
    words = GERMAN.replace("language: de", "language: en")
    with pytest.raises(InputRefused, match=r"language of scenario\.yaml"):
        opened(words, name="words.en.yaml")


def test_a_run_keeps_its_words_and_can_be_read_in_each_language(tmp_path):
    run = tmp_path / "a.tpmrun"
    with Session.start(load(put(tmp_path / "small")), "K7Q2-MX4D", run) as session:
        session.end_week()
    (tmp_path / "small" / "words.de.yaml").unlink()
    for language, title in (("", "Small"), ("de", "Klein"), ("fr", "Small")):
        page = look_back(run, language)
        assert isinstance(page, Past)
        assert page.title == title
        with Session.resume(run, language=language) as session:
            assert session.loaded.scenario.title.plain() == title


def test_a_language_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"not told in 'fr'\. It is in: en, de"):
        in_language(opened(), "fr")


def test_hostile_words_are_refused_or_made_harmless(tmp_path):
    for words in ("a: &x 1\nb: *x\n", "- 1\n", "", "language: de\ntexts: {a: [1]}\n", "language: [de]\ntexts: {}\n"):
        with pytest.raises(InputRefused):
            load(put(tmp_path, words))
        assert check(tmp_path).refused
    loaded = load(put(tmp_path, GERMAN.replace("Klein", '"\\x1b[31mKlein"')))
    assert "\x1b" not in loaded.spoken("de").scenario.title.plain()


TRANSLATED = [(slug, file.name) for slug in shipped() for file in sorted((folder() / slug).glob("words.*.yaml"))]


@pytest.mark.parametrize(("slug", "name"), TRANSLATED)
def test_shipped_translations_are_whole(slug, name):
    loaded = load(folder() / slug)
    match = FILE.fullmatch(name)
    assert match is not None
    read = read_words((folder() / slug / name).read_bytes(), name, match[1], loaded.scenario)
    assert read.findings == ()


def test_a_shipped_scenario_is_told_in_two_languages():
    assert ("first-product", "words.de.yaml") in TRANSLATED


def test_text_ids_of_memory_and_lines_are_whole_paths():
    loaded = parse(laid_over("memory: {heat: {says: How hot it is}}\n").encode())
    assert texts(loaded.scenario)["memory.heat.says"].plain() == "How hot it is"
