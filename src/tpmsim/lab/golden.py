"""Golden runs: a digest by which two machines can tell that they compute the same, bit for bit.

The scenario stands beside this file and is not for playing. The digest that the present rules give is kept in
`golden.sha256`; `make golden` writes it. `reference.txt` holds the reference policy in the same way: scores are told
against it, so under one rules number it stays as it is.
"""

import hashlib
from importlib import resources

import numpy as np

from tpmsim.core.fingerprint import fingerprint
from tpmsim.core.opening import initial
from tpmsim.core.rolls import run_seed
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.lab.policies import get_policy, reference
from tpmsim.lab.rollout import play
from tpmsim.scenario.loading import Loaded, parse

RUNS = 64
POLICY = "random"
BATCH = 2026


def golden_scenario() -> Loaded:
    """The scenario of the golden runs."""
    return parse(resources.files("tpmsim.lab").joinpath("golden.yaml").read_bytes(), "golden.yaml")


def digest() -> str:
    """SHA-256 over the whole final states of 64 runs; takes about a second."""
    rules = golden_scenario().rules
    seeds = np.array([run_seed(BATCH, number) for number in range(RUNS)], dtype=np.uint64)
    state = play(rules, initial(rules, seeds), get_policy(POLICY))
    whole = hashlib.sha256(f"rules {RULES_NUMBER}".encode())
    for run in range(RUNS):
        for group, fields in sorted(fingerprint(state, run).items()):
            whole.update(f"{group}:{sorted(fields.items())}".encode())
    return whole.hexdigest()


def expected() -> str:
    """The digest that the present rules give everywhere."""
    return resources.files("tpmsim.lab").joinpath("golden.sha256").read_text("ascii").strip()


def reference_line() -> str:
    """The rules number, and the id and the digest of the reference policy."""
    policy = reference()
    return f"{RULES_NUMBER} {policy.id} {policy.digest}"


def expected_reference() -> str:
    """The same, as it was when these rules were made."""
    return resources.files("tpmsim.lab").joinpath("reference.txt").read_text("ascii").strip()
