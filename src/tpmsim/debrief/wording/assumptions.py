"""The assumptions of the model in force: what no source carries, in the scenario, the models and the debrief."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic.fields import FieldInfo

from tpmsim.debrief.constants import PACKAGE, Constant, constants, modules_of_models
from tpmsim.debrief.sheet import Assumption, Assumptions
from tpmsim.debrief.wording.told import Told
from tpmsim.scenario.fields import Meaning, Model

STORY = frozenset({"minutes", "cards", "objectives", "balance", "numbers", "memory", "format", "version", "weeks"})
"""Keys that are the story and its aims, not the model."""

OURS = ("judging.py", "evaluate.py", "hidden.py", "evidence.py")
"""Modules of the debrief with assumptions of its own."""


def assumptions(told: Told) -> tuple[Assumptions, ...]:
    """Of the scenario, of the models, and of the debrief."""
    own = tuple(_scenario(told.view.scenario))
    models, ours = _of_code()
    return (
        Assumptions(
            "Numbers of this scenario",
            "Set by its author away from the usual value, without a source.",
            own,
        ),
        Assumptions(
            "Numbers of the models",
            "The same in every scenario that does not set them; no source gives their value.",
            models,
        ),
        Assumptions("Numbers of this debrief", "What gets a name, and when a difference counts.", ours),
    )


@lru_cache(maxsize=1)
def _of_code() -> tuple[tuple[Assumption, ...], tuple[Assumption, ...]]:
    """Those of the models and of the debrief; the code stays as it is while the program runs."""
    ours = [PACKAGE / "debrief" / name for name in OURS]
    return tuple(_constants(constants(modules_of_models()))), tuple(_constants(constants(ours)))


def _constants(found: list[Constant]) -> Iterator[Assumption]:
    for one in found:
        if one.status == "assumption":
            yield Assumption(f"{one.module}.{one.name}", one.value.strip("`"), "", one.said)


def _scenario(model: Model, path: str = "") -> Iterator[Assumption]:
    """Numbers that differ from their default; one that names its source is a model of its own and no number."""
    for name, info in type(model).model_fields.items():
        if path or name not in STORY:
            yield from _value(getattr(model, name), info, f"{path}{name}")


def _value(value: Any, info: FieldInfo, path: str) -> Iterator[Assumption]:
    if isinstance(value, Model):
        if "source" not in type(value).model_fields:
            yield from _scenario(value, f"{path}.")
    elif isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, Model):
                yield from _scenario(one, f"{path}.{name}.")
    elif _is_number(value) and not info.is_required() and value != info.default:
        usual = _shown(info.default) if _is_number(info.default) else ""
        meaning = next((one for one in info.metadata if isinstance(one, Meaning)), Meaning(""))
        unit = f" ({meaning.unit})" if meaning.unit else ""
        yield Assumption(path, _shown(value), usual, f"{meaning.doc}{unit}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _shown(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
