"""The graph of a scenario: what leads to what, in three forms, with and without hits."""

import re

import pytest

from fragments import laid_over
from laws.conftest import SHIPPED, opened
from tpmsim.scenario.graph import counted_hits, graph
from tpmsim.scenario.graph_forms import FORMS
from tpmsim.scenario.loading import parse

CHAIN = """\
memory: {heat: {high: 3}}
cards:
  first:
    when: "stage == research and week >= 2"
    from: boss
    says: First?
    silence: "no"
    answers:
      aye: {says: "Aye \\"now\\" | [x](y).", then: {memory.heat: 1, satisfaction.builder: -0.1}}
      "no": {says: "No.", then: {trust.boss: -0.1}}
  second:
    when: "answered.first == aye and since.first >= 3"
    from: boss
    says: Second?
    silence: fine
    answers:
      fine: {says: Fine., then: {trust.builder: -0.1}}
      again: {says: Again., then: {trust.builder: -0.2, trust.boss: 0.1}}
  third: {when: "memory.heat >= 1", from: boss, says: Third., answers: {aye: {says: Aye.}, later: {says: Later.}}}
endings:
  hot: {when: "came.third >= 1", title: Hot, says: It was hot., good: true}
  other: {when: "week >= 0", title: Over, says: That was all.}
"""


@pytest.fixture
def drawn():
    return graph(parse(laid_over(CHAIN).encode()))


def edges(drawn):
    return {(one.source, one.target, one.by) for one in drawn.edges}


def test_what_leads_to_what(drawn):
    assert {
        ("stage:research", "stage:roadmap", "go, leap"),
        ("stage:research", "card:first", ""),
        ("card:first", "answer:first/aye", ""),
        ("answer:first/aye", "card:second", ""),
        ("answer:first/aye", "card:third", "heat"),
        ("card:third", "ending:hot", "came"),
        ("stage:ended", "ending:other", ""),
    } <= edges(drawn)
    assert ("stage:build", "card:first", "") not in edges(drawn)


def test_every_edge_joins_nodes_and_every_node_is_there_once(drawn):
    ids = [one.id for one in drawn.nodes]
    assert len(ids) == len(set(ids))
    assert all(edge.source in ids and edge.target in ids for edge in drawn.edges)


@pytest.mark.parametrize("slug", SHIPPED)
def test_all_of_a_scenario_is_in_its_graph(slug):
    loaded = opened(slug)
    whole = graph(loaded)
    game = loaded.scenario
    kinds = [one.kind for one in whole.nodes]
    assert kinds.count("card") == len(game.cards)
    assert kinds.count("answer") == sum(len(card.answers) for card in game.cards.values())
    assert kinds.count("ending") == len(game.endings)
    into = {edge.target for edge in whole.edges}
    assert all(one.id in into for one in whole.nodes if one.kind != "stage"), "no card, answer or ending stands alone"


def test_mermaid_has_a_line_for_each_node_and_edge(drawn):
    lines = FORMS["mermaid"](drawn).splitlines()
    assert lines[0] == "flowchart LR"
    assert sum(
        bool(re.fullmatch(r' {4}n\d+(\(\["[^"]*"\]\)|\["[^"]*"\]|\("[^"]*"\)|\{\{"[^"]*"\}\})', one)) for one in lines
    ) == len(drawn.nodes)
    assert sum("-->" in one for one in lines) == len(drawn.edges)
    assert "|" not in "".join(lines)


def test_dot_has_balanced_quotes(drawn):
    text = FORMS["dot"](drawn)
    assert text.startswith("digraph scenario {")
    assert all(line.count('"') % 2 == 0 for line in text.splitlines())
    assert text.count(" -> ") == len(drawn.edges)


def test_the_outline_tells_where_an_answer_leads(drawn):
    outline = FORMS["text"](drawn)
    assert re.search(r"- Aye now.*=> card:second, card:third", outline)
    assert outline.splitlines()[-1].startswith("=> leads to:")


def test_an_outline_without_the_sign_does_not_explain_it():
    assert "=>" not in FORMS["text"](graph(parse(laid_over("").encode())))


def test_an_answer_does_not_lead_to_its_own_card():
    again = CHAIN.replace("stage == research and week >= 2", "memory.heat < 2 and answered.first != aye")
    drawn = graph(parse(laid_over(again).encode()))
    assert ("answer:first/aye", "card:third", "heat") in edges(drawn)
    assert not [one for one in drawn.edges if one.target == "card:first" and not one.source.startswith("stage:")]


def test_hits_stand_at_nodes_and_edges():
    report = {"hits": {"cards": {"first": {"count": 7}}, "answers": {"first/aye": {"count": 4}}, "endings": {}}}
    told = graph(parse(laid_over(CHAIN).encode()), counted_hits(report))
    assert told.node("card:first").hits == 7
    assert told.node("card:second").hits == 0
    assert next(one.hits for one in told.edges if one.target == "answer:first/aye") == 4
    assert "(7)" in FORMS["mermaid"](told)
    assert "unreached" in FORMS["mermaid"](told)
    assert "style=dashed" in FORMS["dot"](told)


@pytest.mark.parametrize("report", [{}, {"hits": 3}, {"hits": {"cards": {"a": {"count": -1}}}}, {"hits": {"cards": 3}}])
def test_what_is_no_report_is_refused(report):
    with pytest.raises(ValueError, match="hit"):
        counted_hits(report)
