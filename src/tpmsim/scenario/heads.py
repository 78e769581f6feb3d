"""Heads: what a list tells of scenarios, without reading all of them. Reading a whole one takes twenty times as long.

House style puts the keys of `Head` first. A file in which they stand elsewhere, or that is not sound as far as it is
read, is opened as a whole, which tells what is wrong with it.
"""

import re
from pathlib import Path
from typing import Final

from tpmsim.errors import InputRefused
from tpmsim.scenario.binding import bind
from tpmsim.scenario.loading import SCENARIO_FILE, load
from tpmsim.scenario.schema import Head
from tpmsim.scenario.source import member, read_bytes
from tpmsim.scenario.upgrade import brought_up, refuse_newer
from tpmsim.scenario.yaml_reader import read

_KEY: Final = re.compile(rb"^([a-z_]+):", re.MULTILINE)


def head_of(folder: Path) -> Head:
    """The head of the scenario in a folder.

    Raises:
        InputRefused: with every finding, each with its place.
    """
    data = read_bytes(member(folder, SCENARIO_FILE), follow_links=False)
    return _first(data) or load(folder).scenario


def _first(data: bytes) -> Head | None:
    """The head as it stands before all else; None where it has to be looked for."""
    keys = [(match[1].decode(), match.start()) for match in _KEY.finditer(data)]
    rest = next((row for row, (key, _) in enumerate(keys) if key not in Head.model_fields), len(keys))
    if rest == len(keys) or any(key in Head.model_fields for key, _ in keys[rest:]):
        return None
    try:
        root = read(data[: keys[rest][1]]).root
        refuse_newer(root, SCENARIO_FILE)
        bound = bind(brought_up(root), Head)
    except InputRefused:
        return None
    return None if bound.findings else bound.draft
