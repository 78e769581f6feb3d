"""Digests of a scenario: one of all that a run depends on, one with its texts as well.

Formatting, comments and the order of the keys of a section do not matter to them, the order of ids does.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tpmsim.scenario.fields import Model
from tpmsim.scenario.nodes import Scalar
from tpmsim.scenario.schema import Scenario
from tpmsim.scenario.words import Words
from tpmsim.text import SafeText


def digest(scenario: Scenario) -> str:
    """SHA-256 over the scenario with its defaults, without texts."""
    return _hashed(_plain(scenario, texts=False))


def text_digest(scenario: Scenario, words: Mapping[str, Words]) -> str:
    """The same with all texts, in every language."""
    plain = _plain(scenario, texts=True)
    return _hashed([plain, _plain(dict(sorted(words.items())), texts=True)] if words else plain)


def _hashed(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _counts(value: Model, name: str) -> bool:
    """Whether a key goes into digests: the younger ones only if they say something, so that older runs still open."""
    if name in value.apart:
        return False
    return name not in value.later or getattr(value, name) != type(value).model_fields[name].default


def _plain(value: Any, texts: bool) -> Any:
    """The value as JSON; numbers by their shortest exact text, left-out texts as null."""
    if isinstance(value, Model):
        return {name: _plain(getattr(value, name), texts) for name in type(value).model_fields if _counts(value, name)}
    if isinstance(value, SafeText):
        return value.plain() if texts else None
    if isinstance(value, Scalar):
        return " ".join(value.text.split())
    if isinstance(value, Mapping):
        return [[key, _plain(one, texts)] for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(one, texts) for one in value]
    return repr(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
