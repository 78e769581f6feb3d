"""The registry of diagnostics: the codes of all layers, each with its page.

TPM1xx YAML, TPM2xx schema, TPM3xx references, TPM4xx logic, TPM5xx craft, TPM6xx files, TPM7xx scripted paths,
TPM8xx balance.
"""

from typing import Final

from tpmsim.scenario.codes.balance import Balance
from tpmsim.scenario.codes.conditions import Never
from tpmsim.scenario.codes.craft import Craft
from tpmsim.scenario.codes.files import Files
from tpmsim.scenario.codes.logic import Logic
from tpmsim.scenario.codes.page import ERROR, NOTE, WARNING, Code, Page
from tpmsim.scenario.codes.paths import Paths, Runs
from tpmsim.scenario.codes.references import Names, References, Texts
from tpmsim.scenario.codes.schema import Conditions, Schema
from tpmsim.scenario.codes.yaml import Yaml

__all__ = [
    "ERROR",
    "LAYERS",
    "NOTE",
    "REGISTRY",
    "WARNING",
    "Balance",
    "Code",
    "Conditions",
    "Craft",
    "Files",
    "Logic",
    "Names",
    "Never",
    "Page",
    "Paths",
    "References",
    "Runs",
    "Schema",
    "Texts",
    "Yaml",
]

LAYERS: Final[dict[str, tuple[Code, ...]]] = {
    "yaml": tuple(Yaml),
    "schema": (*Schema, *Conditions),
    "references": (*Names, *References, *Texts),
    "logic": (*Logic, *Never),
    "craft": tuple(Craft),
    "files": tuple(Files),
    "tests": (*Paths, *Runs),
    "balance": tuple(Balance),
}
"""The codes of each layer, in order."""

REGISTRY: Final[dict[str, Code]] = {code.id: code for codes in LAYERS.values() for code in codes}
"""Every code by its id."""
