"""Fragments of scenarios laid over a whole one: how an example of a few lines is tried."""

import re

from tpmsim.scenario.loading import Loaded, parse

BASE = """\
format: 2
id: small
title: Small
brief: A short text that sets the scene.
teaches: [that small scenarios are scenarios]
weeks: 12
market:
  segments:
    shops: {title: Shops, size: 50000}
needs:
  speed: {title: Speed, known: true, worth: {shops: {mean: 0.6, sd: 0.4}}}
features:
  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}
stakeholders:
  builder: {name: Ana, role: Engineering, function: build, goals: {health: 0.6, sentiment: 0.4}}
  boss: {name: Bo, role: Sponsor, function: sponsor, goals: {customers: 0.6, cash: 0.4}}
cards: {}
objectives:
  customers: {value: customers, weight: 2, worst: 0, best: 500, says: Customers at the end}
  trust: {value: trust, worst: 0.3, best: 0.7, says: Trust of your colleagues}
endings:
  broke: {when: "ended == money", title: Broke, says: It was spent.}
  fired: {when: "ended == fired", title: Fired, says: Bo has left.}
  launched: {when: "customers > 0", title: Launched, says: It is out., good: true}
  stopped: {when: "ended == kill", title: Stopped, says: It was stopped., good: true}
  other: {when: "week >= 0", title: Over, says: That was all.}
debrief: {questions: ["What would you do again?"]}
"""

_SECTION = re.compile(r"^([a-z]+):.*\n(?:[ #].*\n|\n)*", re.MULTILINE)


def laid_over(fragment: str, base: str = BASE) -> str:
    """The base with the sections of the fragment in place of its own."""
    sections = {match[1]: match[0] for match in _SECTION.finditer(fragment)}
    kept = [sections.pop(match[1], match[0]) for match in _SECTION.finditer(base)]
    return "".join([*kept, *sections.values()])


def opened_over(fragment: str) -> Loaded:
    """The base with the sections of the fragment in place of its own, opened."""
    return parse(laid_over(fragment).encode(), "example")
