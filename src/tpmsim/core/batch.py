"""Batches of runs: some of them, copies of them, several joined, or one of two column by column."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from tpmsim.core.arrays import Bools, Ints
from tpmsim.core.state import P, State, evolve


def arrays(state: State) -> Iterator[tuple[str, str, Any]]:
    """Every array of a state as (group, field, array), in a fixed order."""
    for name in ("truth", "hidden", "known"):
        part = getattr(state, name)
        for entry in fields(part):
            yield entry.metadata.get("group", name), entry.name, getattr(part, entry.name)
    yield "clock", "future", state.future


def each(state: State, change: Callable[[Any], Any]) -> State:
    """The state with `change(array)` in place of every array."""

    def part(old: P) -> P:
        return evolve(old, **{name: change(array) for name, array in old.__dict__.items()})

    return State(part(state.truth), part(state.hidden), part(state.known), change(state.future))


def of_places(part: P, places: Ints) -> P:
    """The part of the runs at these places, in that order (copied)."""
    return evolve(part, **{name: array.take(places, axis=-1) for name, array in part.__dict__.items()})


def take(state: State, columns: Any) -> State:
    """The runs named by an index array, a mask or a slice, in that order (copied)."""
    places = np.arange(state.size)[columns]
    return each(state, lambda array: array.take(places, axis=-1))


def fork(state: State, copies: int) -> State:
    """Each run `copies` times, side by side: run i stands in columns i*copies .. (i+1)*copies - 1."""
    return each(state, lambda array: np.repeat(array, copies, axis=-1))


def join(states: list[State]) -> State:
    """One batch of all runs, in order."""

    def part(parts: list[P]) -> P:
        rows = {name: [one.__dict__[name] for one in parts] for name in parts[0].__dict__}
        return evolve(parts[0], **{name: np.concatenate(arrays, axis=-1) for name, arrays in rows.items()})

    return State(
        part([one.truth for one in states]),
        part([one.hidden for one in states]),
        part([one.known for one in states]),
        np.concatenate([one.future for one in states]),
    )


def merge(mask: Bools, new: State, old: State) -> State:
    """Column by column `new` where the mask (N,) holds, else `old`."""

    def part(fresh: P, stale: P) -> P:
        changed = ((name, array, stale.__dict__[name]) for name, array in fresh.__dict__.items())
        return evolve(stale, **{name: _chosen(mask, after, before) for name, after, before in changed})

    return State(
        part(new.truth, old.truth),
        part(new.hidden, old.hidden),
        part(new.known, old.known),
        _chosen(mask, new.future, old.future),
    )


def _chosen(mask: Bools, new: Any, old: Any) -> Any:
    return new if new is old else np.where(mask, new, old)
