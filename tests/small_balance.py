"""A small scenario with planted faults for the tests of `tpmsim balance`, and the same without them."""

from pathlib import Path

HEAD = """\
format: 2
id: planted
title: Planted
brief: A short text that sets the scene.
weeks: 6
money: {cash: 200000}
market:
  segments:
    shops: {title: Shops, size: 50000}
needs:
  speed: {title: Speed, known: true, worth: {shops: {mean: 0.6, sd: 0.4}}}
features:
  fast_path: {title: Fast path, serves: {speed: 1}, points: 6}
stakeholders:
  builder: {name: Ana, role: Engineering, function: build, goals: {health: 0.6, sentiment: 0.4}}
  boss: {name: Bo, role: Sponsor, function: sponsor, goals: {customers: 0.6, cash: 0.4}}
numbers: [cash, customers]
memory:
  luck: {start: 0, low: -10, high: 10}
  tact: {start: 0, low: -2, high: 2}
"""

PAIR = """\
cards:
  money_or_luck:
    when: week >= 1
    chance: 0.15
    from: boss
    says: Money or luck?
    answers:
      luck: {says: Luck., then: {memory.luck: +4}}
      money: {says: Money., then: {cash: +60000}}
  luck_or_money:
    when: week >= 1
    chance: 0.15
    from: boss
    says: Luck or money?
    answers:
      luck: {says: Luck., then: {memory.luck: +4}}
      money: {says: Money., then: {cash: +60000}}
"""
"""More luck than 4 is worth nothing, so each answer is right in some states."""

PLANTED = (
    PAIR
    + """\
      loss: {says: Neither., then: {cash: -20000, satisfaction.builder: -0.3}}
  one_way:
    when: week >= 1
    from: boss
    says: One is right, whatever happens?
    answers:
      right: {says: Right., then: {memory.tact: +2}}
      wrong: {says: Wrong., then: {memory.tact: -2, satisfaction.builder: +0.2}}
  no_matter:
    when: week >= 1
    from: builder
    says: Heads or tails?
    answers:
      heads: {says: Heads.}
      tails: {says: Tails.}
"""
)
"""Three faults: a dominated answer, a false choice, and answers that make no difference."""

TAIL = """\
objectives:
  luck: {value: memory.luck, weight: 2, worst: -4, best: 4, says: Luck}
  tact: {value: memory.tact, weight: 1, worst: -2, best: 2, says: Tact}
  cash: {value: cash, weight: 1, worst: 0, best: 240000, says: Money left}
endings:
  rich: {when: "cash > 120000", title: Rich, says: You are rich., good: true}
  other: {when: "week >= 0", title: Over, says: That was all.}
"""


def written(place: Path, cards: str = PLANTED, balance: str = "") -> Path:
    """The folder of a scenario with these cards, and with this contract."""
    place.mkdir(parents=True)
    (place / "scenario.yaml").write_text(HEAD + cards + TAIL + balance, "utf-8")
    return place


def line_of(place: Path, start: str) -> int:
    """The first line of the scenario that begins so, blanks aside."""
    lines = (place / "scenario.yaml").read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.strip().startswith(start))
