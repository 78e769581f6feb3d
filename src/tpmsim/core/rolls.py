"""Addressable luck: a draw is a pure function of seed, week, stream and lane.

No generator is advanced, so a draw that is not taken, or taken twice, changes no other; a new stream shifts
nothing; and every option of a decision can meet the same luck.

All words have 64 bits. `mix` is the finaliser of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA 453-472; the
constants are Stafford's variant 13): a bijection in which a flipped bit of the input flips half the bits of
the output. With G, the golden-ratio increment of the same paper, and the first 8 bytes of a name's SHA-256 as
its word:

    key     = mix(G seed + word("world" or "future"))         one a run
    key'    = mix(key + G (r + 1) + word("fork"))             rollout r of a key
    address = mix(mix(word(stream) + G week) + word(lane))    one a draw
    draw    = mix(mix(key + address) + key)                   one a run and draw

The key enters a draw twice: two addresses of one run can never give the same word, and two pairs with equal
key + address part again in the second round. Not for shuffling or for anything secret.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from tpmsim.core import exact

Keys = NDArray[np.uint64]

RNG = "splitmix64-1"
"""Name of this construction in run files; another name would mean other luck."""

SEED_BITS = 40
_SEEDS = 1 << SEED_BITS
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O or U
_TO_PYTHON = str.maketrans(_ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_CODE = re.compile(f"[{_ALPHABET}]{{4}}-?[{_ALPHABET}]{{4}}")

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_STEPS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST_SHIFT = 31
_BELOW_ONE = 1.0 - 1.0 / (1 << 53)


def seed_text(n: int) -> str:
    """The seed as players see it, such as `K7Q2-MX4D`: 40 bits in Crockford's base32."""
    code = "".join(_ALPHABET[n >> shift & 31] for shift in range(35, -1, -5))
    return f"{code[:4]}-{code[4:]}"


def parse_seed(text: str | int) -> int:
    """The seed that `seed_text` wrote, or a whole number below 2**40; digits alone are always a whole number.

    Letters may be small, the hyphen may be missing, I and L count as 1 and O as 0.

    Raises:
        ValueError: if it is neither; the message is one sentence for the player.
    """
    written = str(text).strip()
    if re.fullmatch("[0-9]{1,15}", written):
        number = int(written)
        if number < _SEEDS:
            return number
    code = written.upper().replace("I", "1").replace("L", "1").replace("O", "0")
    if written.isascii() and not written.isdigit() and _CODE.fullmatch(code):
        return int(code.replace("-", "").translate(_TO_PYTHON), 32)
    shown = written if len(written) <= 20 else written[:20] + "..."
    raise ValueError(f"A seed is a text such as K7Q2-MX4D or a whole number below {_SEEDS}, not {shown!r}.")


def run_seed(batch: int, i: int) -> int:
    """The seed of run i of a batch: the batch's own for i = 0, else 40 bits mixed from both."""
    if i == 0:
        return batch
    return _mix_int(_mix_int(_word("run") + batch) + _GOLDEN * i) >> (64 - SEED_BITS)


def _mix_int(z: int) -> int:
    """`mix` of one word, for addresses: plain integers do not warn when they wrap."""
    z &= _MASK
    for shift, factor in _STEPS:
        z = (z ^ z >> shift) * factor & _MASK
    return z ^ z >> _LAST_SHIFT


def _mix(z: Keys) -> Keys:
    """`mix` of every word, in place; returns `z`."""
    shifted = np.empty_like(z)
    for shift, factor in _STEPS:
        np.right_shift(z, np.uint64(shift), out=shifted)
        np.bitwise_xor(z, shifted, out=z)
        np.multiply(z, np.uint64(factor), out=z)
    np.right_shift(z, np.uint64(_LAST_SHIFT), out=shifted)
    return np.bitwise_xor(z, shifted, out=z)


@cache
def _word(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("ascii")).digest()[:8], "little")


def name_key(name: str) -> np.uint64:
    """The word of a stream or entity name in ASCII: the first 8 bytes of its SHA-256, little-endian."""
    return np.uint64(_word(name))


@lru_cache(maxsize=1 << 14)
def _address(stream: str, week: int, lane: str) -> np.uint64:
    return np.uint64(_mix_int(_mix_int(_word(stream) + _GOLDEN * week) + _word(lane)))


@lru_cache(maxsize=1 << 12)
def _addresses(stream: str, week: int, lanes: tuple[str, ...]) -> Keys:
    """(K, 1) the addresses of the same draw in K lanes."""
    addresses = np.array([_address(stream, week, lane) for lane in lanes], dtype=np.uint64)[:, None]
    addresses.setflags(write=False)
    return addresses


def _key(seed: int | NDArray[np.integer], kind: str) -> Keys:
    seeds = np.atleast_1d(np.asarray(seed, dtype=np.uint64))
    return _mix(seeds * np.uint64(_GOLDEN) + name_key(kind))


def world_key(seed: int | NDArray[np.integer]) -> Keys:
    """Keys of the hidden truth of the worlds with these seeds: N integers -> (N,), one integer -> (1,)."""
    return _key(seed, "world")


def future_key(seed: int | NDArray[np.integer]) -> Keys:
    """Keys of the chance of the weeks to come, apart from the world's: shapes as in `world_key`."""
    return _key(seed, "future")


def fork_key(key: Keys, r: int | NDArray[np.integer]) -> Keys:
    """Keys of rollout r >= 0 of `key`, never `key` itself; arrays broadcast: (N,) and (N,) -> (N,)."""
    steps = np.atleast_1d(np.asarray(r, dtype=np.uint64)) * np.uint64(_GOLDEN)
    return _mix(key + steps + np.uint64((_GOLDEN + _word("fork")) & _MASK))


def _unit(words: Keys) -> NDArray[np.float64]:
    """`u = (k + 1/2) / 2**53` of the top 53 bits k of each word, strictly between 0 and 1."""
    k = np.right_shift(words, np.uint64(11)).view(np.int64)
    u = (k + 0.5) / (1 << 53)
    # From 2**52 on, k + 1/2 rounds to a whole number; at the very top that would make u one.
    return np.minimum(u, _BELOW_ONE, out=u)


@dataclass(frozen=True, slots=True, eq=False)
class Luck:
    """The chance of one week in N runs; every method draws afresh from its address and remembers nothing.

    Attributes:
        key: (N,) words, from `world_key`, `future_key` or `fork_key`.
        week: the number of the week.
    """

    key: Keys
    week: int

    def at(self, week: int) -> "Luck":
        """The luck of the same runs in another week."""
        return Luck(self.key, week)

    def uniform(self, stream: str, lane: str = "") -> NDArray[np.float64]:
        """(N,) uniform draws strictly between 0 and 1.

        Args:
            stream: what the draw decides, an ASCII name.
            lane: for which entity, its ASCII id; never its position.
        """
        words = _mix(self.key + _address(stream, self.week, lane))
        np.add(words, self.key, out=words)
        return _unit(_mix(words))

    def uniforms(self, stream: str, lanes: tuple[str, ...]) -> NDArray[np.float64]:
        """(K, N) the draws of `uniform` in each of K lanes, in a few passes for all."""
        words = _mix(self.key + _addresses(stream, self.week, lanes))
        np.add(words, self.key, out=words)
        return _unit(_mix(words))

    def normal(self, stream: str, lane: str = "") -> NDArray[np.float64]:
        """(N,) standard normal draws, by inversion of `uniform`."""
        return exact.normal_quantile(self.uniform(stream, lane))

    def normals(self, stream: str, lanes: tuple[str, ...]) -> NDArray[np.float64]:
        """(K, N) the draws of `normal` in each of K lanes."""
        return exact.normal_quantile(self.uniforms(stream, lanes))

    def bernoulli(self, p: exact.Real, stream: str, lane: str = "") -> NDArray[np.bool_]:
        """(N,) true with probability `p`, a float or (N,): where `uniform` is below it."""
        return self.uniform(stream, lane) < p

    def poisson(self, mean: exact.Real, stream: str, lane: str, cap: int) -> NDArray[np.int64]:
        """(N,) Poisson draws, by inversion of `uniform`, at most `cap`.

        Args:
            mean: 0 to 700, a float or (N,).
            stream: as in `uniform`.
            lane: as in `uniform`.
            cap: the most that is counted; the rest of the probability falls on it.
        """
        u = self.uniform(stream, lane)
        count = np.zeros(u.shape, np.int64)
        term = below = exact.exp(np.negative(mean))
        for k in range(1, cap + 1):
            more = u >= below
            if not more.any():  # below only grows: nothing would be counted any more
                break
            count += more
            term = term * mean / k
            below = below + term
        return count
