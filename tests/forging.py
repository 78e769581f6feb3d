"""Journals edited on purpose, with a chain that holds again: only a replay can find what was changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tpmsim.game.journal import START, Tip, chain
from tpmsim.game.jsonl import canonical

Change = Callable[[dict[str, Any]], None]


def edited(source: Path, target: Path, line: int, change: Change) -> Path:
    """A copy of a journal with one line changed and every hash after it worked out anew."""
    tip, written = START, []
    for number, raw in enumerate(source.read_bytes().splitlines(), start=1):
        data = json.loads(raw)
        data.pop("h")
        if number == line:
            change(data)
        body = canonical(data)
        tip = Tip(number, chain(tip.h, body))
        written.append(canonical({**data, "h": tip.h}) + b"\n")
    target.write_bytes(b"".join(written))
    return target


def line_of(path: Path, kind: str, which: int = 0) -> int:
    """The line of the first, or of another, record of a kind."""
    kinds = [json.loads(raw)["kind"] for raw in path.read_bytes().splitlines()]
    return [number for number, found in enumerate(kinds, start=1) if found == kind][which]
