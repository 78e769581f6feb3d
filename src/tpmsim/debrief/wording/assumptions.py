"""The assumptions of the model in force: what no source carries, in the scenario, the models and the debrief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tpmsim.debrief.constants import PACKAGE, Constant, constants
from tpmsim.debrief.sheet import Assumption, Assumptions
from tpmsim.debrief.wording.told import Told
from tpmsim.scenario.reference_keys import held_models, meaning
from tpmsim.scenario.usual import is_numeric

STORY = frozenset(
    {"minutes", "cards", "objectives", "balance", "numbers", "memory", "format", "version", "weeks", "horizons"}
)
"""Keys that are the story and its aims, not the model."""

CONTRACT = "schema_balance"
"""The file of the contract of a scenario, on which no run depends."""

OURS = ("judging.py", "evaluate.py", "hidden.py", "evidence.py")
"""Modules of the debrief with assumptions of its own."""


def assumptions(told: Told) -> tuple[Assumptions, ...]:
    """Of the scenario, of what it leaves as it is, of the models, and of the debrief."""
    found = tuple(_numbers(told.view.scenario))
    models, ours = _of_code()
    return (
        Assumptions(
            "Numbers of this scenario",
            "Set away from the usual value, by its author or with an instrument, a profile or a gate that every "
            "scenario has, without a source.",
            tuple(_set(found)),
        ),
        Assumptions(
            "Usual values that this scenario leaves as they are",
            "A * stands for each of its kind; `tpmsim docs models` has the model that reads each.",
            tuple(_left(found)),
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
    models = [one for one in constants() if one.module != CONTRACT]
    return tuple(_constants(models)), tuple(_constants(constants(ours)))


def _constants(found: list[Constant]) -> Iterator[Assumption]:
    for one in found:
        if one.status == "assumption":
            yield Assumption(f"{one.module}.{one.name}", one.value.strip("`"), "", one.said)


@dataclass(frozen=True, slots=True)
class _Number:
    """A key of a scenario that holds a number, or several: where it stands, by id and with a * for any; its value."""

    path: str
    every: str
    value: Any
    info: FieldInfo

    @property
    def says(self) -> str:
        """What it is, with its unit."""
        said = meaning(self.info)
        return f"{said.doc} ({said.unit})" if said.unit else said.doc


def _numbers(model: BaseModel, path: str = "", every: str = "") -> Iterator[_Number]:
    """The numbers of a scenario that have a default; one that names its source is a model of its own and no number."""
    for name, info in type(model).model_fields.items():
        if path or name not in STORY:
            yield from _value(getattr(model, name), info, f"{path}{name}", f"{every}{name}")


def _value(value: Any, info: FieldInfo, path: str, every: str) -> Iterator[_Number]:
    if value is None:  # a section that is left out has its defaults
        for held in held_models(info.annotation):
            yield from _numbers(held(), f"{path}.", f"{every}.")
    elif isinstance(value, BaseModel):
        if "source" not in type(value).model_fields:
            yield from _numbers(value, f"{path}.", f"{every}.")
    elif isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, BaseModel):
                yield from _numbers(one, f"{path}.{name}.", f"{every}.*.")
    elif is_numeric(value) and not info.is_required():
        yield _Number(path, every, value, info)


def _set(found: Sequence[_Number]) -> Iterator[Assumption]:
    """Those away from their default."""
    for one in found:
        if one.value != one.info.default:
            usual = _shown(one.info.default) if is_numeric(one.info.default) else ""
            yield Assumption(one.path, _shown(one.value), usual, one.says)


def _left(found: Sequence[_Number]) -> Iterator[Assumption]:
    """Defaults in force that are assumptions, each once however many things have it."""
    left = [one for one in found if one.value == one.info.default and meaning(one.info).status.startswith("assumption")]
    for every in dict.fromkeys(one.every for one in left):
        same = [one for one in left if one.every == every]
        times = f" In force for {len(same)} of them." if len(same) > 1 else ""
        yield Assumption(every, _shown(same[0].value), "", f"{same[0].says}{times}")


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
