"""What the models of a scenario are made of: their base, the types of their fields, and the meaning of a key.

Every key says in its annotation what it means and, where it is a number, in which unit and where its default comes
from: reference, JSON Schema, hover texts and `tpmsim docs models` are made from nothing else. `binding` knows the
types. A field of type `SafeText` takes cleaned text (a `max_length` on it bounds the characters), a field of type
`ConditionText` the scalar with its place, to be parsed later. A plain `str` is a name: ids joined by `.`, `:` or `/`.
Not here: which keys there are (`schema` and its parts).
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, WithJsonSchema

from tpmsim.scenario.nodes import Scalar
from tpmsim.text import TEXT_CHARS, SafeText


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key means, as the last part of its annotation.

    Attributes:
        doc: a sentence or two, for the reference and for hover texts.
        unit: of the number, or of each number that the key holds; empty where there is none.
        status: of a default that is a number: `pub (source)`, `rec (source)`, `assumption` or `definition`.
        model: file of the model that the default belongs to; empty for a rule of the game.
    """

    doc: str
    unit: str = ""
    status: str = ""
    model: str = ""


class Model(BaseModel):
    """Frozen, strict about keys, and at home with our own text type.

    Attributes:
        later: keys younger than the first runs; where they have their default, no digest knows of them.
        apart: keys on which no run depends; no digest ever knows of them.
    """

    later: ClassVar[frozenset[str]] = frozenset()
    apart: ClassVar[frozenset[str]] = frozenset()

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True)


ConditionText = Annotated[Scalar, InstanceOf(), WithJsonSchema({"type": "string"})]
"""A condition as it was written: `text` and `place(offset)`."""

Text = Annotated[SafeText, InstanceOf(), WithJsonSchema({"type": "string", "maxLength": TEXT_CHARS})]
"""SafeText that also has a JSON schema; to the binding it is the same."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,64}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,8}$")]
Word = Literal["aim", "plan", "commit"]
StageId = Literal["research", "roadmap", "build", "launch", "live"]

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Signed = Annotated[float, Field(ge=-1.0, le=1.0)]
Amount = Annotated[float, Field(ge=0.0, le=1e9)]
Utility = Annotated[float, Field(ge=-5.0, le=5.0)]
Hours = Annotated[float, Field(ge=0.0, le=40.0)]
Shape = Annotated[float, Field(gt=0.0, le=100.0)]
WideShape = Annotated[float, Field(gt=0.0, le=1000.0)]
