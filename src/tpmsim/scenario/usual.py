"""The usual values: every default of a key that is a number, with its status and the model that reads it.

Read off the annotations of the keys, so that nothing is written twice. Not here: constants of the models
(`debrief.constants`), and which values a scenario has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tpmsim.scenario.fields import Meaning
from tpmsim.scenario.reference_keys import default_shown, meaning, models


@dataclass(frozen=True, slots=True)
class Usual:
    """A default that is a number, or several: its key, such as `Instrument.error`, its value, and what it means."""

    key: str
    value: Any
    meaning: Meaning

    @property
    def shown(self) -> str:
        """The value as tables show it."""
        if isinstance(self.value, BaseModel):
            parts = _own(self.value)
            return ", ".join(f"{name} {default_shown(number)}" for name, number in parts)
        return default_shown(self.value)


def usual_values() -> Iterator[Usual]:
    """All of them, in the order of the reference."""
    for model in models():
        for name, info in model.model_fields.items():
            if not info.is_required() and is_numeric(info.default):
                yield Usual(f"{model.__name__}.{info.alias or name}", info.default, meaning(info))


def is_numeric(value: Any) -> bool:
    """Whether a default is a number, some numbers, or a model that sets a number otherwise than its own defaults."""
    if isinstance(value, BaseModel):
        return any(is_numeric(one) for _, one in _own(value))
    if isinstance(value, tuple):
        return bool(value) and all(map(is_numeric, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _own(value: BaseModel) -> list[tuple[str, Any]]:
    """What a model sets otherwise than its own defaults."""
    fields = type(value).model_fields
    return [(name, one) for name, one in value if one != fields[name].default]
