"""Types for the fields of a scenario's models that pydantic does not have; `binding` knows them.

A field of type `SafeText` takes cleaned text (a `max_length` on it bounds the characters), a field of type
`ConditionText` the scalar with its place, to be parsed later. A plain `str` is a name: ids joined by `.`, `:`
or `/`.
"""

from typing import Annotated

from pydantic import InstanceOf, WithJsonSchema

from tpmsim.scenario.nodes import Scalar
from tpmsim.text import TEXT_CHARS, SafeText

ConditionText = Annotated[Scalar, InstanceOf(), WithJsonSchema({"type": "string"})]
"""A condition as it was written: `text` and `place(offset)`."""

Text = Annotated[SafeText, InstanceOf(), WithJsonSchema({"type": "string", "maxLength": TEXT_CHARS})]
"""SafeText that also has a JSON schema; to the binding it is the same."""
