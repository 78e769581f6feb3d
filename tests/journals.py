"""Small journals for tests of files: made by the same functions as in the game, with nothing simulated."""

from tpmsim.core.rules import RULES_NUMBER
from tpmsim.game.journal import START, Tip, encode
from tpmsim.game.records import Embedded, End, Forecast, Header, Mark, Move, Note, Record, Undo, Week
from tpmsim.text import SafeText

YAML = b"id: the-loud-whale\nname: The Loud Whale\n"


def header(alias: str = "Team 3", **changes: object) -> Header:
    scenario = Embedded("the-loud-whale", "1", "ab" * 16, "cd" * 16, {"scenario.yaml": YAML})
    values: dict[str, object] = {
        "engine": "0.1.0",
        "rules": RULES_NUMBER,
        "rng": "splitmix-1",
        "scenario": scenario,
        "seed": "K7Q2-MX4D",
        "mode": "free",
        "parent": None,
        "alias": SafeText.clean(alias),
    }
    return Header(**{**values, **changes})  # type: ignore[arg-type]


def week(number: int) -> Week:
    return Week(number, {"market": f"{number:016x}", "h": "0" * 32}, {"cash": -120, "cards": ["a", None, True]})


def sample(weeks: int = 2) -> list[Record]:
    """A whole run with a record of every kind."""
    records: list[Record] = [header()]
    for number in range(1, weeks + 1):
        records += [Move("interview:smb"), Move("price/3"), Undo(), Forecast("cash", -5, 0, 7)]
        records += [
            Note(SafeText.clean('why "not" \u00e9\n\U0001f40b')),
            Mark(SafeText.clean("here")),
            week(number),
        ]
    return [*records, End(61 << 20, "launched", weeks)]


def lines(records: list[Record], tip: Tip = START) -> list[bytes]:
    result = []
    for record in records:
        line, tip = encode(record, tip)
        result.append(line)
    return result
