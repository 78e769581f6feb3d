"""Examples of codes as whole scenarios: the first file of the docs, with the keys of an example in place of its own."""

import re
from functools import cache
from pathlib import Path

from tpmsim.scenario.loading import parse

DOCS = Path(__file__).parents[2] / "docs" / "scenario-format.md"


@cache
def first_file():
    """The keys at the top of the first file, each with its lines."""
    text = DOCS.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    return blocks(text)


def blocks(text):
    """A file as its keys at the top, each with its lines."""
    return {part.partition(":")[0]: part for part in re.split(r"(?m)^(?=\w)", text) if part.strip()}


def laid_over(example):
    """The first file with an example over it, opened."""
    return parse("".join({**first_file(), **blocks(example)}.values()).encode(), "example")
