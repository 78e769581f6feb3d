"""Reads the check tables of tests/tables: CSV under `#` lines with title, source, status and tolerance."""

import csv
from pathlib import Path

TABLES = Path(__file__).parent / "tables"


def read_table(number):
    """The rows of a table such as `T02` as dictionaries; numbers as floats, empty cells as None."""
    (path,) = TABLES.glob(f"{number}_*.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert rows, f"{path.name} is empty"
    return [{name: _cell(text) for name, text in row.items()} for row in rows]


def _cell(text):
    if text is None or text == "":
        return None
    try:
        return float(text)
    except ValueError:
        return text
