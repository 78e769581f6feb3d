"""Scenarios with something nasty in every text field, and nothing else changed."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import yaml

from tpmsim.scenario.library import folder
from tpmsim.scenario.loading import Loaded, parse
from tpmsim.scenario.schema import Model
from tpmsim.text import SafeText

SOURCE = "first-product"

LONGEST = 3_900
"""Characters of the longest text on one line of a file, whose lines may have 4,000."""


@cache
def poisoned(text: str, longest: bool = False) -> tuple[Loaded, bytes]:
    """The tutorial with this text in front of every text of its author; and the bytes of its file.

    Args:
        text: goes into every text field, numbered.
        longest: fill every field up to the longest text.
    """
    data = (folder() / SOURCE / "scenario.yaml").read_bytes()
    tree = yaml.safe_load(data)
    count = iter(range(10_000))

    def said(old: str) -> str:
        new = f"{text}{next(count)} {old}"
        return (new * LONGEST)[:LONGEST] if longest else new

    changed = _changed(tree, parse(data).scenario, said)
    made = json.dumps(changed, indent=0).encode()
    return parse(made), made


def _changed(tree: Any, model: Any, said: Callable[[str], str]) -> Any:
    """The tree of a file, every text of the model in it said otherwise."""
    if isinstance(model, SafeText) and isinstance(tree, str):
        return said(tree)
    if isinstance(tree, dict) and isinstance(model, Model):
        return {key: _changed(one, getattr(model, key, None), said) for key, one in tree.items()}
    if isinstance(tree, dict) and isinstance(model, Mapping):
        return {key: _changed(one, model.get(key), said) for key, one in tree.items()}
    if isinstance(tree, list) and isinstance(model, tuple | list) and len(tree) == len(model):
        return [_changed(one, other, said) for one, other in zip(tree, model, strict=True)]
    return tree


def texts(value: Any) -> list[str]:
    """Every text of an author in a scenario."""
    if isinstance(value, SafeText):
        return [value.plain()]
    if isinstance(value, Model):
        return [one for name in type(value).model_fields for one in texts(getattr(value, name))]
    if isinstance(value, Mapping):
        return [one for part in value.values() for one in texts(part)]
    if isinstance(value, tuple | list):
        return [one for part in value for one in texts(part)]
    return []
