"""From tree to model: cases Y04, Y06, Y10, T02 and T03 on fields, shapes, places, all findings in one run."""

from enum import Enum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, model_validator

from chosen import drawn
from tpmsim.errors import InputRefused
from tpmsim.scenario.binding import ConditionText, Text, bind
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.numbers import NumberRefused, boolean, decimal, whole
from tpmsim.scenario.yaml_reader import read
from tpmsim.text import SafeText

Id = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,64}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Sourced(Model):
    value: float
    source: SafeText


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Card(Model):
    when: ConditionText
    chance: Share = 1.0
    once: bool = True
    says: SafeText
    hint: ConditionText | None = None
    then: dict[str, float] = {}
    from_: Annotated[str | None, Field(alias="from")] = None


class Range(Model):
    low: float
    high: float

    @model_validator(mode="after")
    def ordered(self):
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Game(Model):
    format: Literal[1] = 1
    title: SafeText
    weeks: Annotated[int, Field(ge=4, le=60)] = 26
    cash: Annotated[float, Field(ge=0.0, le=1e9)] = 0.0
    p: float | Sourced = 0.03
    cards: dict[Id, Card] = {}
    waves: tuple[Annotated[float, Field(gt=0.0, le=1.0)], ...] = ()
    pair: tuple[int, Share] | None = None
    ids: list[Id] = []
    kano: Literal["attractive", "must_be"] = "must_be"
    contract: Literal[4, 13] = 4
    colour: Colour = Colour.RED
    ranges: Annotated[list[Range], Field(max_length=2)] = []
    lines: dict[Literal["loyalty", "voice"], tuple[SafeText, ...]] = {}
    note: SafeText | None = None
    short: Annotated[Text, Field(max_length=8)] = SafeText.clean("")
    mixed: int | Literal["none"] = 0


def bound(text):
    return bind(read(text.encode(), "whale.yaml").root, Game, "whale.yaml")


def good(text):
    result = bound("title: x\n" + text)
    assert result.findings == ()
    return result.require()


def findings(text):
    result = bound(text)
    assert result.model is None
    return [(one.code, one.line, one.column) for one in result.findings]


def field(text):
    found = bound("title: x\n" + text).findings
    assert len(found) == 1
    return found[0]


def test_everything_at_once():
    game = good(
        """
weeks: 30
p: {value: 0.05, source: "Sultan 1990"}
cards:
  whale:
    when: stage == research
    says: no
    then: {trust.sales: +0.1, interviews.smb: -4}
    from: sales
waves: [0.1, 1]
pair: [3, 0.5]
ids: [a, 1, on]
kano: attractive
contract: 13
colour: blue
ranges:
  - {low: 1, high: 2}
lines: {voice: [yes, 12:30]}
"""
    )
    assert game.p == Sourced(value=0.05, source=SafeText.clean("Sultan 1990"))
    card = game.cards["whale"]
    assert card.when == Scalar("stage == research", True, 7, 11, 0)
    assert card.says.plain() == "no"
    assert card.then == {"trust.sales": 0.1, "interviews.smb": -4.0}
    assert card.from_ == "sales"
    assert (game.waves, game.pair, game.ids) == ((0.1, 1.0), (3, 0.5), ["a", "1", "on"])
    assert (game.contract, game.colour) == (13, Colour.BLUE)
    assert [line.plain() for line in game.lines["voice"]] == ["yes", "12:30"]


@pytest.mark.parametrize("text", ["no", "on", "12:30", "1.10", "010", "1e3", "2026-01-01", "true", "null", "~"])
def test_y04_text_fields_keep_their_characters(text):
    assert good(f"note: {text}\n").note.plain() == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no", "expected a whole number, found 'no'"),
        ("on", "expected a whole number, found 'on'"),
        ("12:30", "expected a whole number, found '12:30'"),
        ("1.10", "expected a whole number, found '1.10'"),
        ("010", "expected a whole number; write 10"),
        ("1e1", "expected a whole number; write 10"),
        ("10.0", "expected a whole number; write 10"),
        ("1_0", "expected a whole number; write 10"),
        ("'10'", "expected a whole number; write 10"),
        ("0o12", "expected a whole number, found '0o12'"),
        ("2026-01-01", "expected a whole number, found '2026-01-01'"),
        ("true", "expected a whole number, found 'true'"),
        ("", "expected a whole number, found nothing"),
        ("1234567890123456", "expected a whole number of at most 15 digits"),
        ("[1]", "expected a single value, found a list"),
        ("9" * 3_000, "expected a whole number, found '"),
    ],
)
def test_y04_whole_numbers(text, message):
    found = field(f"weeks: {text}\n")
    assert found.message.startswith(message)
    assert (found.line, found.column) in ((2, 8), (2, 7))


@pytest.mark.parametrize(("text", "number"), [("1.10", 1.1), ("1e3", 1000.0), (".5", 0.5), ("5.", 5.0), ("+7", 7.0)])
def test_y04_decimals(text, number):
    assert good(f"cash: {text}\n").cash == number


@pytest.mark.parametrize(
    "text", ["no", "12:30", "010", "2026-01-01", "1e3'", "'1'", ".", "e3", "1__0", "0x1F", "1.2.3"]
)
def test_y04_no_decimals(text):
    text = text.replace("1e3'", "'1e3'")
    assert field(f"cash: {text}\n").code == "TPM205"


@pytest.mark.parametrize("text", [".nan", ".inf", "-.inf", "nan", "inf", "1e999", "-1e999", "1" * 16, "0." + "1" * 100])
def test_y06_not_finite(text):
    assert field(f"cash: {text}\n").code == "TPM205"


def test_y06_ranges():
    assert field("cash: -1\n").message == "'-1' is out of range; allowed is 0 to 1000000000"
    assert field("waves: [0.5, 0]\n").message == "'0' is out of range; allowed is more than 0 and at most 1"
    found = field("cards: {a: {when: w, says: x, chance: 1.0001}}\n")
    assert (found.code, found.line, found.column) == ("TPM207", 2, 39)
    assert str(good("cash: -0.0\n").cash) == "0.0"


@pytest.mark.parametrize("text", ["yes", "True", "on", "1", "'true'", ""])
def test_booleans(text):
    found = field(f"cards: {{a: {{when: w, says: x, once: {text}}}}}\n")
    assert found.code == "TPM206"
    assert found.message.startswith("expected true or false")


def test_booleans_read():
    assert good("cards: {a: {when: w, says: x, once: false}}\n").cards["a"].once is False


@given(st.text(max_size=30) | st.from_regex(r"[-+]?[0-9_.:eE]{0,20}", fullmatch=True))
def test_readers_of_numbers_return_or_refuse(text):
    for reader in (whole, decimal, boolean):
        for plain in (True, False):
            try:
                number = reader(Scalar(text, plain, 1, 1))
            except NumberRefused as refused:
                if refused.suggestion:
                    reader(Scalar(refused.suggestion, True, 1, 1))
            else:
                assert abs(number) <= 1.8e308
                assert plain


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_written_numbers_are_read_back(number, fraction):
    assert whole(Scalar(str(number), True, 1, 1)) == number
    assert decimal(Scalar(str(number), True, 1, 1)) == number
    if abs(fraction) < 1e15:
        assert decimal(Scalar(repr(fraction), True, 1, 1)) == fraction


def test_y10_unknown_key():
    found = field("cards: {a: {when: w, says: x, chnace: 0.5}}\n")
    assert found.code == "TPM201"
    assert found.message == "unknown key 'chnace' in 'cards.a'; did you mean 'chance'?"
    assert found.suggestion == "chance"
    assert found.help.startswith("Allowed here: chance, from, hint,")
    assert (found.line, found.column) == (2, 31)


@pytest.mark.parametrize("key", ["title", "weeks", "cards", "waves", "kano", "note"])
@pytest.mark.parametrize("spoil", [lambda key: key[1] + key[0] + key[2:], lambda key: key[:-1], str.upper])
def test_y10_one_finding_for_each_misspelt_key(key, spoil):
    entry = {"title": "x", "weeks": "5", "cards": "{}", "waves": "[]", "kano": "must_be", "note": "x"}
    text = "".join(f"{spoil(name) if name == key else name}: {value}\n" for name, value in entry.items())
    found = bound(text).findings
    assert [one.message for one in found] == [f"unknown key '{spoil(key)}'; did you mean '{key}'?"]


def test_a_comma_in_a_plain_text_is_explained():
    found = field("cards: {a: {when: w, says: first, then the rest}}\n")
    assert (found.code, found.help) == ("TPM201", "A text with a comma or a colon needs quotes.")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("20,000", "20000"), ("1,234,567", "1234567"), ("-4,500", "-4500"), ("0,6", "0.6"), ("1,50", "1.50")],
)
def test_a_comma_before_three_digits_parts_thousands_and_any_other_a_fraction(written, meant):
    for text in (f"ranges: [{{low: {written}, high: 1e9}}]\n", f"ranges: [{{high: 1e9, low: {written}}}]\n"):
        found = field(text)
        assert (found.code, found.help) == ("TPM217", f"Write {meant}.")
        assert found.message == f"'{written}' has a comma"


def test_a_point_between_thousands_is_told_where_thousands_are_usual():
    assert [(one.code, one.message, one.help) for one in bound("title: x\ncash: 20.250\n").findings] == [
        ("TPM218", "'20.250' is read as 20.25", "Write 20.25 or 20250.")
    ]
    assert [one.help for one in bound("title: x\ncash: 50.000\n").findings] == ["Write 50 or 50000."]
    assert not bound("title: x\ncash: 20.25\n").findings
    assert not bound("title: x\np: 1.125\n").findings


def test_a_point_between_thousands_is_not_mended_unasked_in_a_whole_number():
    found = field("weeks: 26.000\n")
    assert (found.code, found.suggestion) == ("TPM204", "")
    assert found.help == "It is read as 26; did you mean 26000?"


def test_missing_keys():
    assert findings("weeks: 5\ncards:\n  a:\n    once: true\n") == [
        ("TPM202", 1, 1),
        ("TPM202", 4, 5),
        ("TPM202", 4, 5),
    ]
    messages = [one.message for one in bound("title: x\ncards: {a: }\n").findings]
    assert messages == ["key 'says' is missing in 'cards.a'", "key 'when' is missing in 'cards.a'"]


def test_all_findings_in_one_run_in_order():
    text = """\
weeks: 3
titel: x
cards:
  Bad Id: {when: w, says: x, chance: 2}
  good: {when: [], says: {a: b}}
kano: must-be
contract: 5
ranges: [{low: 2, high: 1}, {low: no, high: 1}]
waves: 1
pair: [1]
"""
    assert findings(text) == [
        ("TPM207", 1, 8),
        ("TPM201", 2, 1),
        ("TPM209", 4, 3),
        ("TPM207", 4, 38),
        ("TPM203", 5, 16),
        ("TPM203", 5, 26),
        ("TPM208", 6, 7),
        ("TPM208", 7, 11),
        ("TPM212", 8, 10),
        ("TPM205", 8, 35),
        ("TPM203", 9, 8),
        ("TPM213", 10, 7),
    ]


def test_require_refuses_with_all_findings():
    with pytest.raises(InputRefused) as caught:
        bound("weeks: 3\n").require()
    assert caught.value.exit_code == 3
    assert len(caught.value.findings) == 2


def test_validators_of_models_have_a_place():
    found = field("ranges:\n  - {low: 0, high: 1}\n  - {low: 2, high: 1}\n")
    assert (found.code, found.message, found.line, found.column) == ("TPM212", "low is above high", 4, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("p: no", "TPM205"),
        ("p: [1]", "TPM203"),
        ("p: {value: no, source: x}", "TPM205"),
        ("p: {valeu: 1, source: x}", "TPM201"),
        ("p: {value: 1}", "TPM202"),
        ("ranges: [{low: 1, high: 2}, {low: 1, high: 2}, {low: 1, high: 2}]", "TPM213"),
        ("ids: [a b]", "TPM209"),
        ("ids: ['a\\n']", "TPM209"),
        ("lines: {exit: [x]}", "TPM208"),
        ("colour: rad", "TPM208"),
        ("contract: '13'", "TPM208"),
        ("cards: {a: {when: w, says: x, then: {A: 1}}}", "TPM209"),
        ("cards: x", "TPM203"),
        ("mixed: x", "TPM204"),
    ],
)
def test_shapes(text, code):
    assert field(text + "\n").code == code


def test_unions():
    assert good("p: 0.5\n").p == 0.5
    assert good("mixed: none\n").mixed == "none"
    assert good("mixed: 7\n").mixed == 7
    assert good("pair:\n").pair is None
    assert good("pair: null\n").pair is None
    assert good("note:\n").note is None
    assert good("cards:\nwaves:\nids: []\n").cards == {}


def test_t02_control_characters_warn():
    result = bound('title: "a\\x1b[31m\\x9b\\u202eb"\n')
    assert result.model.title.plain() == "a\ufffd[31m\ufffd\ufffdb"
    assert [(one.code, one.severity, one.message) for one in result.findings] == [
        ("TPM211", "warning", "control character replaced")
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("|\n" + "  x\n" * 201, "longer than 200 lines"),
        ("|\n" + ("  " + "x" * 3_000 + "\n") * 2, "longer than 4,000 characters"),
        ("'" + "\\" * 3_000 + "\n\n  " + "\\" * 3_000 + "'\n", "longer than 4,000 characters"),
    ],
    ids=["lines", "characters", "backslashes"],
)
def test_t03_long_texts(value, message):
    found = field(f"note: {value}")
    assert found.code == "TPM210"
    assert message in found.message


def test_limits_of_a_text_field():
    assert "longer than 8 characters" in field("short: 123456789\n").message
    assert good("short: '12345678'\n").short.plain() == "12345678"


def test_positions():
    positions = bound("title: x\ncards:\n  a:\n    when: w\n    says: x\n    then: {b.c: 1}\nids: [a, b]\n").positions
    assert positions.value("cards", "a", "when") == (4, 11)
    assert positions.key("cards", "a", "when") == (4, 5)
    assert positions.key("cards", "a", "then", "b.c") == (6, 12)
    assert positions.value("ids", 1) == (7, 10)
    assert positions.key("ids", 1) == (7, 10)
    assert positions.value("cards", "a", "chance") == (4, 5)
    assert positions.value("kano") == (1, 1)


def test_a_schema_can_be_made():
    class Small(BaseModel):
        title: Text
        when: ConditionText | None = None

    schema = Small.model_json_schema()
    assert schema["properties"]["title"] == {"type": "string", "maxLength": 4000, "title": "Title"}


NODES = st.recursive(
    st.sampled_from(["1", "x", "no", "0.5", "-1", "null", "''", "'a b'", '"\\e"']),
    lambda part: (
        st.lists(part, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(["value", "source", "when", "says", "low", "high", "a", "voice", "A", "<"]),
            part,
            max_size=3,
        ).map(lambda made: "{" + ", ".join(f"{key}: {value}" for key, value in made.items()) + "}")
    ),
    max_leaves=6,
)


@drawn(100, 400, st.dictionaries(st.sampled_from([*Game.model_fields, "tilte", "x"]), NODES, max_size=8))
def test_any_tree_gives_a_model_or_errors(tree):
    result = bound("".join(f"{key}: {value}\n" for key, value in tree.items()) or "x: 1\n")
    assert (result.model is None) == any(one.is_error for one in result.findings)
    assert all(one.line and one.column for one in result.findings)
