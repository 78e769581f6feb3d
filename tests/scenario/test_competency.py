"""What a card or a gate takes of a player: one word of five, kept by every tool, and no rule of the world."""

from typing import get_args

import pytest

from fragments import laid_over
from tpmsim.core.mechanics.competencies import COMPETENCIES, Competency
from tpmsim.scenario.checking import checked
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.house_style import house_style
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.loading import SCENARIO_FILE, parse

CARD = """\
cards:
  hello:
    when: week >= 1
    competency: {}
    from: boss
    says: Well?
    answers:
      yes_then: {{says: Yes.}}
      no_then: {{says: No.}}
"""
GATE = "gates:\n  roadmap:\n    competency: {}\n    requires: {{plan: {{when: planned >= 1, says: a plan}}}}\n"


def errors(fragment: str) -> list[Diagnostic]:
    found = checked({SCENARIO_FILE: laid_over(fragment).encode()}, SCENARIO_FILE).findings
    return [one for one in found if one.is_error]


@pytest.mark.parametrize("word", get_args(Competency))
def test_a_card_and_a_gate_may_name_each_of_them(word: str) -> None:
    told = parse(laid_over(CARD.format(word) + GATE.format(word)).encode()).scenario
    assert told.cards["hello"].competency == told.gates["roadmap"].competency == word


@pytest.mark.parametrize("section", [CARD, GATE])
def test_no_digest_knows_of_it(section: str) -> None:
    """It is no rule: a run does not depend on it, and one that was begun without it is the same run."""
    bare, with_it = section.replace("    competency: {}\n", "").format(), section.format("analysis")
    one, other = parse(laid_over(bare).encode()), parse(laid_over(with_it).encode())
    assert (one.digest, one.text_digest) == (other.digest, other.text_digest)
    assert one.scenario != other.scenario


@pytest.mark.parametrize(
    ("written", "meant"), [("comunication", "communication"), ("technical depth", "technical_depth")]
)
def test_another_word_is_found_with_what_was_meant(written: str, meant: str) -> None:
    (found,) = errors(CARD.format(written))
    assert (found.code, found.suggestion or meant) == ("TPM208", meant)
    assert meant in f"{found.message} {found.help} {found.suggestion}"
    assert all(word in found.help for word in COMPETENCIES)


def test_house_style_keeps_it() -> None:
    text = laid_over(CARD.format("leadership") + GATE.format("analysis"))
    made = house_style(text.encode())
    assert made.problem == ""
    again = parse(made.data).scenario
    assert (again.cards["hello"].competency, again.gates["roadmap"].competency) == ("leadership", "analysis")


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_asks_for_three_at_least_and_says_so_of_every_card(name: str) -> None:
    told = open_scenario(name).scenario
    named = [card.competency for card in told.cards.values()]
    assert None not in named
    assert len({*named}) >= 3
