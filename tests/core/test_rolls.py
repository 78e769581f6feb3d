"""rolls: seeds as text, draws as a function of their address, and luck without a pattern."""

import hashlib
import os
import runpy
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tpmsim.core import exact, rolls
from tpmsim.core.rolls import Luck, fork_key, future_key, name_key, parse_seed, run_seed, seed_text, world_key

DIGEST = "b667554036182dbae7c29acb941619a61ae2c16038a38328d8390efc63ad3399"

seeds = st.integers(0, 2**40 - 1)
words = st.integers(0, 2**64 - 1)
names = st.text(st.characters(max_codepoint=127), max_size=12)


def luck(n: int, week: int = 0, first: int = 0) -> Luck:
    return Luck(future_key(np.arange(first, first + n)), week)


def digest() -> str:
    """SHA-256 over the bits of keys and draws at fixed addresses."""
    here = luck(1001, week=17, first=2**39)
    values = [
        world_key(np.arange(1001)),
        fork_key(here.key, 5),
        here.uniform("digest"),
        here.uniform("digest", "lane"),
        here.normal("digest"),
        here.bernoulli(0.3, "digest"),
        here.poisson(2.5, "digest", "", 30),
    ]
    little = [value.astype(value.dtype.newbyteorder("<")).tobytes() for value in values]
    return hashlib.sha256(b"".join(little)).hexdigest()


# The same bits everywhere


def test_published_digest() -> None:
    assert digest() == DIGEST


def test_published_words() -> None:
    """The construction in the module's docstring, by hand; the first outputs of SplitMix64 from seed 0."""
    golden, mask = 0x9E3779B97F4A7C15, 2**64 - 1
    first = np.array([golden, 2 * golden & mask], np.uint64)
    assert [f"{word:016x}" for word in rolls._mix(first).tolist()] == ["e220a8397b1dcdaf", "6e789e6aa1b965f4"]
    mix = rolls._mix_int
    key = mix(golden * 99 + int(name_key("future")))
    address = mix(mix(int(name_key("stream")) + golden * 7) + int(name_key("lane")))
    draw = mix(mix(key + address) + key)
    assert Luck(future_key(99), 7).uniform("stream", "lane").tolist() == [((draw >> 11) + 0.5) / 2**53]


@given(st.lists(words, max_size=9))
def test_both_forms_of_mix_agree(values: list[int]) -> None:
    assert rolls._mix(np.array(values, np.uint64)).tolist() == [rolls._mix_int(value) for value in values]


FEATURES_OFF = "NPY_DISABLE_CPU_FEATURES"


def optional_features() -> list[str]:
    """What numpy uses of this processor and can be told not to use."""
    core = sys.modules.get("numpy._core._multiarray_umath") or sys.modules["numpy.core._multiarray_umath"]
    return [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]


CHILD = """
import runpy, sys
tests, rolls = (runpy.run_path(path) for path in sys.argv[1:])
print(tests["digest"](), *rolls["optional_features"]())
"""


@pytest.mark.parametrize("module", ["test_exact.py", "test_rolls.py"])
def test_published_digest_without_processor_features(module: str) -> None:
    here = Path(__file__)
    off = [os.environ.get(FEATURES_OFF, ""), *optional_features()]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(here.with_name(module)), str(here)],
        env={**os.environ, FEATURES_OFF: " ".join(off)},
        capture_output=True,
        text=True,
        check=True,
    )
    computed, *still_on = done.stdout.split()
    assert still_on == []
    assert computed == runpy.run_path(str(here.with_name(module)))["DIGEST"]


# Seeds


@given(seeds)
def test_a_seed_survives_its_text(seed: int) -> None:
    text = seed_text(seed)
    assert len(text) == 9
    assert text[4] == "-"
    assert parse_seed(text) == parse_seed(text.lower()) == seed
    assert parse_seed(f" {text}\n") == seed
    assert parse_seed(seed) == parse_seed(str(seed)) == seed
    if not text.replace("-", "").isdigit():
        assert parse_seed(text.replace("-", "")) == seed


def test_known_seed_texts() -> None:
    assert seed_text(0) == "0000-0000"
    assert seed_text(2**40 - 1) == "ZZZZ-ZZZZ"
    assert seed_text(parse_seed("K7Q2-MX4D")) == "K7Q2-MX4D"
    assert parse_seed("kiLo-0Oi1") == parse_seed("K110-0011")
    assert parse_seed("12345678") == 12345678
    assert parse_seed("1234-5678") == int("12345678", 32)


NO_SEEDS: list[str | int] = ["", "K7Q2", "K7Q2-MX4", "K7Q2-MX4U", "K7-Q2MX4D", "K7Q2--MX4D", -1, 2**40]
NO_SEEDS += ["-1", "+5", "1_000", "٣", "ſ7Q2-MX4D", "ı7Q2-MX4D", "\x1b[31m", "1099511627776", "9" * 5000]


@pytest.mark.parametrize("wrong", NO_SEEDS)
def test_no_seed(wrong: str | int) -> None:
    with pytest.raises(ValueError, match=r"^A seed is a text such as K7Q2-MX4D or a whole number .*\.$") as raised:
        parse_seed(wrong)
    message = str(raised.value)
    assert message.isprintable()
    assert len(message) < 130


def test_run_seeds() -> None:
    assert run_seed(77, 0) == 77
    runs = [run_seed(batch, i) for batch, i in product(range(20), range(500))]
    assert len(set(runs[500:])) >= len(runs) - 501
    assert all(0 <= seed < 2**40 for seed in runs)
    assert run_seed(5, 1) == 800419317126


# Names and keys


def test_name_keys_are_published() -> None:
    assert name_key("") == int.from_bytes(hashlib.sha256(b"").digest()[:8], "little")
    assert isinstance(name_key("bugs"), np.uint64)
    with pytest.raises(ValueError, match="ascii"):
        name_key("é")


def test_keys_of_one_and_of_many() -> None:
    for key in (world_key, future_key):
        many = key(np.arange(50))
        assert many.dtype == np.uint64
        assert many.tolist() == [key(seed)[0] for seed in range(50)]
        assert many.tolist() == key(np.arange(50, dtype=np.uint64)).tolist()
    assert key(7).shape == (1,)


def test_keys_do_not_meet() -> None:
    keys = future_key(np.arange(300))
    forks = [fork_key(keys, r) for r in range(20)]
    everything = np.concatenate([keys, world_key(np.arange(300)), *forks])
    assert len(set(everything.tolist())) == len(everything)


def test_fork_takes_arrays_of_rollouts() -> None:
    keys = future_key(np.arange(6))
    forked = fork_key(keys, np.arange(6))
    assert forked.tolist() == [fork_key(keys, r)[r] for r in range(6)]
    assert fork_key(keys[:1], np.arange(6)).shape == (6,)


# A draw is a function of its address


@given(seeds, st.integers(0, 500), names, names)
def test_a_run_alone_draws_as_in_a_batch(seed: int, week: int, stream: str, lane: str) -> None:
    batch = np.array([3, seed, 2**40 - 1, seed])
    alone, many = Luck(future_key(seed), week), Luck(future_key(batch), week)
    assert alone.uniform(stream, lane)[0] == many.uniform(stream, lane)[1] == many.uniform(stream, lane)[3]
    assert alone.normal(stream, lane)[0] == many.normal(stream, lane)[1]
    mean = exact.clip(many.normal("mean"), 0.0, 9.0)
    assert alone.poisson(mean[1:2], stream, lane, 20)[0] == many.poisson(mean, stream, lane, 20)[1]


def test_draws_do_not_disturb_each_other() -> None:
    here = luck(100)
    alone = here.uniform("b")
    before = here.key.copy()
    here.uniform("a")
    here.normal("b")
    here.at(5).uniform("b")
    assert here.uniform("b").tolist() == alone.tolist()
    assert here.at(5).at(0).uniform("b").tolist() == alone.tolist()
    assert here.key.tolist() == before.tolist()


def test_every_part_of_the_address_counts() -> None:
    here = luck(1)
    draws = [here.at(week).uniform(s, lane)[0] for week, s, lane in product(range(30), "abc", ["", "a", "b"])]
    draws += [Luck(key, 0).uniform("a")[0] for key in (world_key(0), fork_key(here.key, 0))]
    assert len(set(draws)) == len(draws)


def test_uniform_is_strictly_inside() -> None:
    ends = rolls._unit(np.array([0, 2**64 - 1, 2**63, 2**64 - 2**11 - 1], np.uint64))
    assert ends.tolist() == [2.0**-54, 1.0 - 2.0**-53, 0.5, 1.0 - 2.0**-52]
    assert np.isfinite(exact.normal_quantile(ends)).all()


# Luck without a pattern. The draws are fixed, so these cannot fail by chance.

N = 100_000


def pattern(kind: str) -> NDArray[np.float64]:
    """N uniform draws along one part of the address, the others held."""
    if kind == "seed":
        return luck(N).uniform("x")
    if kind == "rollout":
        return Luck(fork_key(future_key(1), np.arange(N)), 0).uniform("x")
    if kind == "week":
        return np.concatenate([luck(100).at(week).uniform("x") for week in range(N // 100)]).reshape(-1, 100).T.ravel()
    return np.concatenate([luck(10).uniform("x", f"e{i}") for i in range(N // 10)]).reshape(-1, 10).T.ravel()


@pytest.mark.parametrize("kind", ["seed", "rollout", "week", "lane"])
def test_uniform_and_unrelated(kind: str) -> None:
    u = pattern(kind)
    bins = 256
    counts = np.bincount((u * bins).astype(np.int64), minlength=bins)
    chi2 = float(np.sum((counts - N / bins) ** 2) / (N / bins))
    assert abs(chi2 - (bins - 1)) < 4 * (2 * (bins - 1)) ** 0.5
    assert abs(u.mean() - 0.5) < 4 * (1 / 12 / N) ** 0.5
    assert abs(u.var() - 1 / 12) < 4 * (1 / 180 / N) ** 0.5
    for gap in (1, 2, 3, 4, 10, 52, 64, 1000):
        assert abs(np.corrcoef(u[gap:], u[:-gap])[0, 1]) < 4.5 / N**0.5
    pairs = np.bincount((u[:-1] * 16).astype(np.int64) * 16 + (u[1:] * 16).astype(np.int64), minlength=256)
    chi2 = float(np.sum((pairs - N / 256) ** 2) / (N / 256))
    assert abs(chi2 - 255) < 5 * (2 * 255) ** 0.5


def test_streams_lanes_and_weeks_are_unrelated() -> None:
    here = luck(N)
    others = [
        here.at(1),
        Luck(world_key(np.arange(N)), 0),
        Luck(fork_key(here.key, 0), 0),
        luck(N, first=2**20),
    ]
    draws = [here.uniform("x"), here.uniform("x", "1"), here.uniform("y")] + [o.uniform("x") for o in others]
    between = np.corrcoef(draws) - np.eye(len(draws))
    assert np.abs(between).max() < 4.5 / N**0.5


def test_every_low_bit_is_fair() -> None:
    k = (luck(N).uniform("x") * 2.0**52).astype(np.int64)
    shares = [np.mean(k >> bit & 1) for bit in range(52)]
    assert np.abs(np.array(shares) - 0.5).max() < 4.5 * 0.5 / N**0.5


@pytest.mark.parametrize("bit", [0, 1, 7, 20, 39])
def test_avalanche(bit: int) -> None:
    """One flipped bit of the seed flips every bit of the draw half of the time."""
    base = np.arange(20_000) * 53
    draws = [Luck(future_key(seed), 0).uniform("x") for seed in (base, base ^ (1 << bit))]
    flipped = np.bitwise_xor(*[(u * 2.0**52).astype(np.int64) for u in draws])
    shares = [np.mean(flipped >> place & 1) for place in range(52)]
    assert np.mean(shares) == pytest.approx(0.5, abs=0.002)
    assert np.abs(np.array(shares) - 0.5).max() < 0.5 * 4.5 / len(base) ** 0.5


def test_normal_draws() -> None:
    z = luck(N).normal("x")
    assert abs(z.mean()) < 4 / N**0.5
    assert abs(z.var() - 1.0) < 4 * (2 / N) ** 0.5
    assert np.mean(np.abs(z) < 1.2815515655446004) == pytest.approx(0.8, abs=4 * (0.16 / N) ** 0.5)


def test_bernoulli_draws() -> None:
    here = luck(N)
    assert here.bernoulli(0.2, "x").mean() == pytest.approx(0.2, abs=4 * (0.16 / N) ** 0.5)
    assert not here.bernoulli(0.0, "x").any()
    assert here.bernoulli(np.ones(N), "x").all()


@pytest.mark.parametrize("mean", [0.05, 1.0, 6.5, 40.0])
def test_poisson_draws(mean: float) -> None:
    x = luck(N).poisson(mean, "x", "", 200)
    assert x.dtype == np.int64
    assert x.mean() == pytest.approx(mean, abs=4 * (mean / N) ** 0.5)
    assert x.var() == pytest.approx(mean, rel=0.03)
    assert np.mean(x == 0) == pytest.approx(np.exp(-mean), abs=4 * (0.25 / N) ** 0.5)


def test_poisson_is_bounded_and_rises_with_its_mean() -> None:
    here = luck(1000)
    assert not here.poisson(0.0, "x", "", 10).any()
    assert here.poisson(500.0, "x", "", 10).tolist() == [10] * 1000
    assert (here.poisson(3.0, "x", "", 50) >= here.poisson(2.0, "x", "", 50)).all()
    assert (here.poisson(3.0, "x", "", 4) == np.minimum(here.poisson(3.0, "x", "", 50), 4)).all()
