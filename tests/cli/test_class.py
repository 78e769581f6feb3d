"""`tpmsim class`: 200 files of which 20 are bad in different ways (case G05), its pages and its exports."""

import csv
import gzip
import io
import json
import lzma
import re
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from forging import edited, line_of
from kept import keep, of_other_rules, scenario
from many import write_runs
from players import random_run
from tpmsim.cli.class_page import CHOSE
from tpmsim.game.session import Session
from tpmsim.text import SafeText

Result = tuple[int, str, str]
GOOD = 180


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """180 runs that are good and 20 that are not, each in another way."""
    folder = tmp_path_factory.mktemp("class") / "runs"
    folder.mkdir()
    write_runs(folder, [*range(GOOD // 2)], "steady", stem="a")
    write_runs(folder, [*range(GOOD // 2)], "naive", stem="b")
    good = keep(folder.parent, file="good.tpmrun")
    _edits(folder, good)
    _files(folder, good)
    return folder


def _edits(folder: Path, good: Path) -> None:
    """Ten that can be read, or nearly."""

    def bad(name: str, kind: str, change: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
        edited(good, folder / f"bad-{name}.tpmrun", line_of(good, kind), change)

    bad("score", "end", lambda data: data.update(score=97 << 20))
    bad("cash", "week", lambda data: data["obs"]["numbers"].update(cash=1))
    bad("print", "week", lambda data: data["fp"].update({"money.cash": "0" * 12}))
    bad("move", "move", lambda data: data.update(id="gate:live/sunset"))
    bad("unknown", "move", lambda data: data.update(id="talk:nobody"))
    bad("field", "move", lambda data: data.update(extra=1))
    bad("true", "end", lambda data: data.update(weeks=True))
    bad("seed", "header", lambda data: data.update(seed="0000-0000"))
    bad("format", "header", lambda data: data.update(format=9))
    shutil.move(of_other_rules(good), folder / "bad-rules.tpmrun")


def _files(folder: Path, good: Path) -> None:
    """Ten that are no sound file of a run of this class."""
    raw = good.read_bytes()
    (folder / "bad-gzip.tpmrun").write_bytes(gzip.compress(raw))
    (folder / "bad-xz.tpmrun").write_bytes(lzma.compress(raw))
    with zipfile.ZipFile(folder / "bad-zip.tpmrun.zip", "w") as packed:
        packed.write(good, "good.tpmrun")
    with tarfile.open(folder / "bad-tar.tpmrun", "w", format=tarfile.USTAR_FORMAT) as tar:
        tar.add(good, "good.tpmrun")
    (folder / "bad-folder.tpmrun").mkdir()
    (folder / "bad-link.tpmrun").symlink_to(good)
    (folder / "bad-torn.tpmrun").write_bytes(raw[:-9])
    (folder / "bad-chain.tpmrun").write_bytes(raw.replace(b'"talk:', b'"talc:', 1))
    shutil.copy(folder / "a-00007.tpmrun", folder / "bad-copy.tpmrun")
    keep(folder, name="the-loud-whale", weeks=1, file="bad-other.tpmrun")
    (folder / "notes.txt").write_text("not a run")
    (folder / "a-00001.tpmrun.lock").write_text("")


def test_180_rows_and_20_reasons_twice_the_same(
    command: Callable[..., Result], handed_in: Path, tmp_path: Path
) -> None:
    before = sorted((path.name, path.lstat().st_size) for path in handed_in.iterdir())
    outputs = []
    for count in (1, 2):
        table, page = tmp_path / f"{count}.csv", tmp_path / f"{count}.html"
        code, out, _ = command("class", handed_in, "--json", "--names", "--csv", table, "--html", page)
        assert code == 1
        outputs.append((out, table.read_bytes(), page.read_bytes()))
    assert outputs[0] == outputs[1]
    assert sorted((path.name, path.lstat().st_size) for path in handed_in.iterdir()) == before
    found = json.loads(outputs[0][0])
    assert len(found["runs"]) == GOOD
    reasons = {one["file"].removeprefix("bad-").split(".")[0]: (one["fault"], one["reason"]) for one in found["failed"]}
    assert len(reasons) == 20
    assert {name: fault for name, (fault, _) in reasons.items()} == FAULTS
    for name, part in SAID.items():
        assert part in reasons[name][1], (name, reasons[name])
    assert [one["run"] for one in found["runs"]] == sorted(one["run"] for one in found["runs"])
    rows = list(csv.reader(io.StringIO(outputs[0][1].decode())))
    assert len(rows) == 1 + 200
    assert len({len(row) for row in rows}) == 1


FAULTS = {
    **dict.fromkeys(("score", "cash", "print", "move", "unknown", "seed"), "edited"),
    **dict.fromkeys(("field", "true", "gzip", "xz", "zip", "tar"), "refused"),
    "format": "format",
    "rules": "rules",
    "folder": "folder",
    "link": "link",
    "torn": "torn",
    "chain": "damaged",
    "copy": "copy",
    "other": "scenario",
}
SAID = {
    "score": "score: recorded 97.0000, replay gives",
    "cash": "cash: recorded 0.01, replay gives",
    "print": "field 'cash'",
    "move": "not legal",
    "unknown": "no move 'talk:nobody'",
    "field": "line 2: ",
    "gzip": "compressed",
    "zip": "compressed",
    "tar": "compressed",
    "xz": "compressed",
    "rules": "made by rules 999",
    "torn": "unfinished",
    "chain": "chain broken",
    "copy": "the same moves in the same world",
    "other": "this one plays 'the-loud-whale'",
}


def test_the_page_of_a_class(command: Callable[..., Result], handed_in: Path) -> None:
    code, out, err = command("class", handed_in, "--jobs", "1")
    assert code == 1
    assert "180 runs (verified by re-simulation), 20 left out" in out
    _, _, parted = out.partition("Where the class parted most")
    parted, _, _ = parted.partition("Who answered one way")
    answers = [row for row in parted.splitlines() if row.startswith("    ")]
    assert answers
    assert {row[4 + CHOSE] for row in answers} == {" "}, "the columns behind an answer stand below each other"
    assert "Brier score" in out
    assert "bad-gzip.tpmrun: refused: compressed file" in out
    assert "bad-copy.tpmrun" not in out, "beside the pseudonym of the run that it is like, it would tell whose that is"
    assert ": the same moves in the same world" in out
    assert "a-00001" not in out
    assert "200 of 200 runs" in err


def test_no_runs_no_folder(command: Callable[..., Result], tmp_path: Path) -> None:
    assert command("class", tmp_path)[0] == 3
    code, _, err = command("class", tmp_path / "nowhere")
    assert code == 3
    assert "no such folder" in err


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three players in one world; one has a hostile name, writes notes and forecasts, and one goes on."""
    folder = tmp_path / "small"
    folder.mkdir()
    for number, alias in enumerate(("=HYPERLINK(A1)", "<script>alert(1)</script>", "Ada")):
        path = folder / f"{number}.tpmrun"
        with Session.start(scenario("first-product"), "K7Q2-MX4D", path, alias=SafeText.clean(alias)) as session:
            session.note(SafeText.clean("<img src=x onerror=alert(1)> & 'why'"))
            session.forecast("cash", 0, 100, 90_000_000)
            if number < 2:
                random_run(session, number)
            else:
                session.end_week()
    return folder


def test_a_folder_of_other_rules_is_told_in_a_line(command: Callable[..., Result], tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    old = of_other_rules(keep(folder, file="mine.tpmrun"))
    (folder / "mine.tpmrun").unlink()
    page = tmp_path / "class.html"
    code, out, _ = command("class", folder, "--html", page)
    assert code == 1
    assert out.splitlines()[0] == "No run here counts: 1 was left out."
    assert out.splitlines()[1:3] == ["", "Left out"]
    assert "rules 999" in out
    assert old.name in out
    assert "no scenario" not in out
    assert "The runs, in the order" not in out
    told = page.read_text()
    assert "no scenario" not in told
    assert "No run here counts" in told
    assert "Matchpoints" not in told


def test_runs_in_one_world_are_compared_and_foresight_is_told(command: Callable[..., Result], small: Path) -> None:
    code, out, _ = command("class", small, "--json")
    assert code == 0
    found = json.loads(out)
    points = [one["matchpoints"] for one in found["runs"]]
    assert sorted(one for one in points if one is not None) == [0.0, 1.0]
    assert sum(one["cross_imp"] or 0.0 for one in found["runs"]) == 0.0
    assert sum(one["score"] is None for one in found["runs"]) == 1
    assert found["calibration"]["covered"] == 1.0
    assert [one["made"] for one in found["calibration"]["foresaw"]] == [1, 1, 1]
    assert "HYPERLINK" not in out
    assert "alias" not in out


def test_names_are_told_where_asked_and_harmless(command: Callable[..., Result], small: Path, tmp_path: Path) -> None:
    table = tmp_path / "class.csv"
    command("class", small, "--names", "--csv", table)
    raw = table.read_bytes()
    assert b"\r" not in raw
    assert '"\'=HYPERLINK(A1)"' in raw.decode()
    heads, *rows = csv.reader(io.StringIO(raw.decode()))
    assert all(float(row[heads.index("score")] or 0) >= 0 for row in rows)
    assert re.fullmatch(
        r"-?\d+\.\d", next(row for row in rows if row[heads.index("cross_imp")])[heads.index("cross_imp")]
    )


def test_a_damaged_file_does_not_go_by_the_pseudonym_of_its_intact_twin(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    """Torn, broken or edited where nothing of its moves is lost, it would else be two rows of one run."""
    folder = tmp_path / "twins"
    folder.mkdir()
    whole = keep(folder, file="whole.tpmrun")
    (alone,) = json.loads(command("class", folder, "--json")[1])["runs"]
    raw = whole.read_bytes()
    (folder / "torn.tpmrun").write_bytes(raw[:-9])
    (folder / "broken.tpmrun").write_bytes(raw[:-9] + b"?" + raw[-8:])
    edited(whole, folder / "score.tpmrun", line_of(whole, "end"), lambda data: data.update(score=97 << 20))
    edited(whole, folder / "cash.tpmrun", line_of(whole, "week"), lambda data: data["obs"]["numbers"].update(cash=1))
    found = json.loads(command("class", folder, "--json")[1])
    assert [one["run"] for one in found["runs"]] == [alone["run"]], "who is taken has the same one in every folder"
    assert sorted(one["fault"] for one in found["failed"]) == ["damaged", "edited", "edited", "torn"]
    assert len({one["run"] for one in (*found["runs"], *found["failed"])}) == 5


class Seen(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_html_page_holds_nothing_that_runs_or_loads(
    command: Callable[..., Result], small: Path, tmp_path: Path
) -> None:
    page = tmp_path / "class.html"
    command("class", small, "--names", "--html", page)
    text = page.read_text("utf-8")
    seen = Seen()
    seen.feed(text)
    names = [name for name, _ in seen.tags]
    assert names[:3] == ["html", "head", "meta"]
    assert seen.tags[2][1]["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not {"script", "form", "iframe", "object", "embed", "link", "img", "base", "input"} & set(names)
    attributes = {key for _, attrs in seen.tags for key in attrs}
    assert not {key for key in attributes if key.startswith("on") or key in ("src", "style", "href")}
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "url(" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_without_verification_files_are_taken_at_their_word(
    command: Callable[..., Result], handed_in: Path, small: Path
) -> None:
    code, out, _ = command("class", handed_in, "--no-verify", "--json", "--names")
    found = json.loads(out)
    assert code == 1
    assert not found["verified"]
    files = {one["file"] for one in found["failed"]}
    assert "bad-gzip.tpmrun" in files
    assert "bad-cash.tpmrun" not in files, "an edited number is not seen, and its moves are the first of their kind"
    assert found["calibration"]["brier"] is None
    assert found["objectives"] == []
    assert "not verified" in command("class", small, "--no-verify")[1]
