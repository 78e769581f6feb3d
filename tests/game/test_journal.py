"""Chain, damage, cuts and refusals of a journal (S08, S09, G02, and the bomb of G04), on bytes alone."""

import base64
import json
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journals import YAML, header, lines, sample, week
from tpmsim.errors import InputRefused, TooNew, TpmsimError
from tpmsim.game.journal import MAX_FILE, MAX_LINE, START, Tip, chain, encode, parse, read
from tpmsim.game.jsonl import LineRefused, canonical
from tpmsim.game.records import FORMAT, MAX_INFLATED, Embedded, Forecast, Header, Move, Note, Parent, Week
from tpmsim.text import SafeText


def forged(change: Callable[[dict[str, Any]], None], line: bytes, tip: Tip) -> bytes:
    """A changed record with a chain that holds again, as somebody makes it on purpose."""
    data = json.loads(line)
    data.pop("h")
    change(data)
    body = canonical(data)
    return canonical({**data, "h": chain(tip.h, body)}) + b"\n"


def forged_raw(body: bytes, tip: Tip) -> bytes:
    """A line of any bytes that begin with a brace, with a chain that holds."""
    return b'{"h":"' + chain(tip.h, body).encode() + b'",' + body[1:] + b"\n"


def refusal(raw: bytes, kind: type[TpmsimError] = InputRefused) -> str:
    with pytest.raises(kind) as caught:
        parse(raw, "run.tpmrun")
    return str(caught.value)


def test_all_kinds_come_back() -> None:
    records = sample()
    journal = parse(b"".join(lines(records)), "run.tpmrun")
    assert [journal.header, *journal.records] == records
    assert (journal.torn, journal.damage) == (b"", None)
    assert journal.tip.n == len(records)
    assert journal.good == sum(map(len, lines(records)))
    assert journal.run_id == json.loads(lines(records)[0])["h"]


def test_the_same_records_are_the_same_bytes() -> None:
    assert lines(sample()) == lines(sample())
    for line in lines(sample()):
        assert canonical(json.loads(line)) + b"\n" == line


def test_a_branch_and_several_files() -> None:
    files = {"scenario.yaml": YAML, "words.en.yaml": b"title: x\n" * 1000, "empty.yml": b""}
    scenario = replace(header().scenario, files=files)
    first = header(scenario=scenario, parent=Parent("a" * 32, 3), mode="assigned", alias="")
    assert parse(lines([first])[0], "x").header == first


def test_the_chain_ties_a_record_to_its_run() -> None:
    one, two = lines(sample()), lines([header("Team 4"), *sample()[1:]])
    assert one[1:] != two[1:]
    journal = parse(one[0] + two[1], "x")
    assert journal.damage
    assert journal.damage.message == "line 2, week 1: chain broken; line 1 good"


@pytest.mark.parametrize("change", ["swap", "drop", "twice", "edit"])
def test_lines_cannot_be_moved(change: str) -> None:
    good = lines(sample())
    bad = {
        "swap": [*good[:4], good[5], good[4], *good[6:]],
        "drop": [*good[:4], *good[5:]],
        "twice": [*good[:4], good[3], *good[4:]],
        "edit": [*good[:4], good[4].replace(b"cash", b"cost"), *good[5:]],
    }[change]
    journal = parse(b"".join(bad), "x")
    assert journal.damage
    assert journal.damage.line == 5
    assert journal.good == sum(map(len, good[:4]))
    assert list(journal.records) == sample()[1:4]


def found(raw: bytes, place: int, bit: int) -> bool:
    """S09: a flipped bit is damage, a torn tail (the last newline), or a refused first line."""
    flipped = bytearray(raw)
    flipped[place] ^= 1 << bit
    try:
        journal = parse(bytes(flipped), "run.tpmrun")
    except InputRefused as error:
        return error.line == 1 and place <= raw.index(b"\n")
    if place == len(raw) - 1:
        return journal.torn != b""
    line = raw[:place].count(b"\n") + 1
    return journal.damage is not None and journal.damage.line == line


def test_every_flipped_bit_of_a_small_file_is_found() -> None:
    raw = b"".join(lines([header(), Move("a"), week(1), Note(SafeText.clean("\u00e9J*"))]))
    assert all(found(raw, place, bit) for place in range(len(raw)) for bit in range(8))


def test_200_flipped_bits_of_a_long_file_are_found() -> None:
    raw, draw = b"".join(lines(sample(weeks=20))), random.Random(9)
    assert all(found(raw, draw.randrange(len(raw)), draw.randrange(8)) for _ in range(200))


def test_damage_says_line_week_and_what_is_good() -> None:
    good = lines(sample(weeks=6))
    good[36] = good[36].replace(b'"n":37', b'"n":38')
    journal = parse(b"".join(good), "run.tpmrun")
    assert journal.damage
    assert journal.damage.message == "line 37, week 6: chain broken; lines 1-36 good"


def test_cut_at_each_byte_of_the_last_record() -> None:
    good = lines(sample())
    whole, last = b"".join(good), good[-1]
    for count in range(1, len(last)):
        journal = parse(whole[:-count], "x")
        assert journal.torn == last[:-count]
        assert journal.damage is None
        assert list(journal.records) == sample()[1:-1]
    assert parse(whole[: -len(last)], "x").torn == b""


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"\xff", b'{"n":', b" "])
def test_any_tail_without_newline_is_torn(tail: bytes) -> None:
    journal = parse(b"".join(lines(sample())) + tail, "x")
    assert (journal.torn, journal.damage) == (tail, None)


def test_a_file_without_a_whole_first_line_is_refused() -> None:
    first = lines([header()])[0]
    for raw in (b"", b"\n", first[:-1], b"\0" * 100, b"hello\n", b"\n" + first):
        assert refusal(raw).startswith("tpmsim: error: run.tpmrun:1: ")


FIRST = lines([header()])[0]
TIP = encode(header(), START)[1]
MOVE = encode(Move("a"), TIP)[0]
WEEK = encode(week(1), TIP)[0]

EDITED: dict[str, tuple[Callable[[dict[str, Any]], None], bytes, str]] = {
    "unknown": (lambda d: d.update(cots=1), MOVE, "unknown field 'cots' in move"),
    "unknown week": (lambda d: d.update(mood=1), WEEK, "unknown field 'mood' in week"),
    "missing": (lambda d: d.pop("id"), MOVE, "field 'id' of move is missing"),
    "true for 1": (lambda d: d.update(week=True), WEEK, "field 'week' of week must be a whole number"),
    "text for 1": (lambda d: d.update(week="1"), WEEK, "field 'week' of week must be a whole number"),
    "negative": (lambda d: d.update(week=-1), WEEK, "field 'week' of week must be from 0"),
    "true for n": (lambda d: d.update(n=True), MOVE, "field 'n' must be 2"),
    "n": (lambda d: d.update(n=3), MOVE, "field 'n' must be 2"),
    "no n": (lambda d: d.pop("n"), MOVE, "field 'n' must be 2"),
    "kind": (lambda d: d.update(kind="Move"), MOVE, "unknown kind 'Move'"),
    "kind is a list": (lambda d: d.update(kind=[]), MOVE, "unknown kind"),
    "no kind": (lambda d: d.pop("kind"), MOVE, "field 'kind' of the record is missing"),
    "id": (lambda d: d.update(id="A b"), MOVE, "field 'id' of move must be an id"),
    "id with newline": (lambda d: d.update(id="a\n"), MOVE, "field 'id' of move must be an id"),
    "id null": (lambda d: d.update(id=None), MOVE, "field 'id' of move must be an id"),
    "fp": (
        lambda d: d["fp"].update(market="xyz"),
        WEEK,
        "field 'market' of week.fp must be 8 to 64 hex digits",
    ),
    "fp list": (lambda d: d.update(fp=[]), WEEK, "field 'fp' of week must be an object"),
    "markup": (lambda d: d["obs"].update(a="[b]x"), WEEK, "text '[b]x' in week.obs is not a plain word"),
    "escape": (
        lambda d: d["obs"].update(a=["\x1b[2J"]),
        WEEK,
        r"text '\x1b[2J' in week.obs is not a plain word",
    ),
    "key": (lambda d: d["obs"].update({"[x]": 1}), WEEK, "key '[x]' of week.obs is not an id"),
    "long": (lambda d: d["obs"].update(a=["b" * 200] * 400), WEEK, "the line is longer than 65,536 bytes"),
}


@pytest.mark.parametrize("name", EDITED)
def test_a_forged_record_is_refused_with_its_place(name: str) -> None:
    change, line, words = EDITED[name]
    message = refusal(FIRST + forged(change, line, TIP))
    assert message.startswith(f"tpmsim: error: run.tpmrun:2: {words}")


RAW = {
    "NaN": (b'{"id":NaN,"kind":"move","n":2}', "NaN is not allowed"),
    "1e999": (b'{"id":"a","kind":"move","n":1e999}', "floats are not allowed"),
    "key twice": (b'{"id":"a","id":"b","kind":"move","n":2}', "key 'id' appears twice"),
    "deep": (b'{"id":' + b"[" * 100_000, "longer than 65,536 bytes"),
    "deep and short": (b'{"id":' + b"[" * 60_000, "nested deeper than 32"),
    "surrogate": (b'{"id":"\\ud800","kind":"move","n":2}', "surrogate"),
    "blanks": (b'{"id": "a","kind":"move","n":2}', "not in canonical form"),
    "order": (b'{"kind":"move","id":"a","n":2}', "not in canonical form"),
    "escapes": (b'{"id":"\\u0061","kind":"move","n":2}', "not in canonical form"),
    "minus zero": (b'{"id":"a","kind":"move","n":-0}', "not in canonical form"),
}


@pytest.mark.parametrize("name", RAW)
def test_a_line_that_is_not_strict_is_refused_with_its_place(name: str) -> None:
    body, words = RAW[name]
    message = refusal(FIRST + forged_raw(body, TIP))
    assert message.startswith("tpmsim: error: run.tpmrun:2: ")
    assert words in message


def scenario_field(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["scenario"].update({name: value})


def packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode()


HEADERS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "unknown": (lambda d: d.update(path="/home/x"), "unknown field 'path' in header"),
    "unknown inside": (scenario_field("x", 1), "unknown field 'x' in header.scenario"),
    "parent": (lambda d: d.update(parent={"run": "a"}), "field 'week' of header.parent is missing"),
    "mode": (lambda d: d.update(mode="cheat"), "field 'mode' of header must be free or assigned"),
    "format": (lambda d: d.update(format=True), "field 'format' of header must be a whole number"),
    "alias": (
        lambda d: d.update(alias="x" * 65),
        "field 'alias' of header holds what is refused: longer than 64",
    ),
    "alias lines": (
        lambda d: d.update(alias="x\ny"),
        "field 'alias' of header holds what is refused: longer than 1",
    ),
    "not base64": (scenario_field("data", "*" * 8), "field 'data' of header.scenario cannot be unpacked"),
    "not packed": (scenario_field("data", "aGVsbG8="), "field 'data' of header.scenario cannot be unpacked"),
    "cut": (
        scenario_field("data", packed(YAML * 9)[:-8]),
        "field 'data' of header.scenario cannot be unpacked",
    ),
    "more behind": (
        scenario_field("data", base64.b64encode(zlib.compress(YAML) + b"x").decode()),
        "field 'data' of header.scenario cannot be unpacked",
    ),
    "no file": (scenario_field("data", {}), "field 'data' of header.scenario must be text"),
    "21 files": (
        scenario_field("data", {f"a{i}.yaml": "" for i in range(21)}),
        "field 'data' of header.scenario",
    ),
    "up": (scenario_field("data", {"../x.yaml": packed(YAML)}), "file name '../x.yaml' of header.scenario"),
    "not text": (scenario_field("data", {"x.yaml": 1}), "field 'data' of header.scenario must be text"),
    "a byte over": (
        scenario_field("data", packed(b"\n" * (MAX_INFLATED + 1))),
        "the scenario unpacks to more than",
    ),
    "two halves": (
        scenario_field("data", {f"{i}.yaml": packed(b"\n" * (MAX_INFLATED // 2 + 1)) for i in range(2)}),
        "the scenario unpacks to more than",
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_forged_header_is_refused(name: str) -> None:
    change, words = HEADERS[name]
    assert refusal(forged(change, FIRST, START)).startswith(f"tpmsim: error: run.tpmrun:1: {words}")


@pytest.mark.timeout(60)
def test_a_megabyte_that_would_grow_to_a_gigabyte() -> None:
    squeezer = zlib.compressobj(9)
    head = squeezer.compress(bytes(1 << 20)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    again = squeezer.compress(bytes(1 << 20)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    bomb = head + again * 1023  # after a full flush nothing refers to what was before, so that a part can be repeated
    raw = forged(scenario_field("data", base64.b64encode(bomb).decode()), FIRST, START)
    assert "the scenario unpacks to more than" in refusal(raw)


def test_a_full_scenario_is_read() -> None:
    scenario = Embedded("a", "1", "ab" * 16, "cd" * 16, {"scenario.yaml": b"\n" * MAX_INFLATED})
    first = header(scenario=scenario)
    assert parse(lines([first])[0], "x").header == first


def test_a_later_format_names_the_version() -> None:
    raw = forged(lambda d: d.update(format=FORMAT + 1, engine="1.4.0", mood=[]), FIRST, START) + b"what ever\n"
    message = refusal(raw, TooNew)
    assert f"journal format {FORMAT + 1}" in message
    assert message.endswith("Install tpmsim 1.4.0 or later.")
    with pytest.raises(TooNew) as caught:
        parse(forged(lambda d: d.update(format=FORMAT + 1, engine="\x1b"), FIRST, START), "x")
    assert caught.value.help == "Install a later tpmsim."
    assert caught.value.exit_code == 6


def test_a_second_header_and_a_first_move_are_refused() -> None:
    assert "run.tpmrun:2: a second header" in refusal(FIRST + encode(header(), TIP)[0])
    assert "run.tpmrun:1: the first record is not a header" in refusal(encode(Move("a"), START)[0])


def test_text_is_cleaned_when_it_is_read() -> None:
    note = encode(Note(SafeText.clean("x")), TIP)[0]
    journal = parse(FIRST + forged(lambda d: d.update(text="a\x1b[2J"), note, TIP), "x")
    assert journal.records == (Note(SafeText.clean("a\ufffd[2J")),)
    assert "NUL" in refusal(FIRST + forged(lambda d: d.update(text="a\0"), note, TIP))


def test_what_could_not_be_read_back_is_not_written() -> None:
    bad = [
        Move("A b"),
        Forecast("cash", 3, 2, 1),
        Forecast("cash", 0, 0, 10**15),
        Week(1, {}, {"a": "[x]"}),
        Week(1, {}, {"a": ["b" * 200] * (MAX_LINE // 200)}),
        Note(SafeText.clean("x" * 5000, 5000)),
    ]
    for record in bad:
        with pytest.raises(LineRefused):
            encode(record, TIP)
    with pytest.raises(TypeError):
        encode(Week(1, {}, {"a": 1.5}), TIP)


def test_limits_of_the_file(tmp_path: Path) -> None:
    assert "more than" in refusal(FIRST + b"\n" * 100_000)
    assert "more than" in refusal(FIRST + b"x" * MAX_FILE)
    path = tmp_path / "a.tpmrun"
    path.write_bytes(FIRST + b"x" * MAX_FILE)
    with pytest.raises(InputRefused, match="larger than"):
        read(path)
    path.write_bytes(zlib.compress(FIRST, wbits=31))
    with pytest.raises(InputRefused, match="compressed"):
        read(path)
    with pytest.raises(InputRefused, match="no such file"):
        read(tmp_path / "b.tpmrun")


def test_reading_never_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.tpmrun"
    path.write_bytes(b"".join(lines(sample())) + b"torn")
    before = path.stat()
    assert isinstance(read(path).header, Header)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.soak
@pytest.mark.timeout(120)
def test_100_000_records_are_read() -> None:
    tip, parts = TIP, [FIRST]
    for _ in range(99_999):
        body = canonical({"kind": "move", "id": "interview:smb", "n": tip.n + 1})
        tip = Tip(tip.n + 1, chain(tip.h, body))
        parts.append(b'{"h":"' + tip.h.encode() + b'",' + body[1:] + b"\n")
    assert len(parse(b"".join(parts), "x").records) == 99_999
