"""Who does the work of an evaluation."""

from concurrent.futures import Executor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hands:
    """So many at the same time, in an executor; without one the work is done here."""

    jobs: int = 1
    executor: Executor | None = None


ALONE = Hands()
