"""The section of trends: what it can change is known to proofs, and what makes no sense is found in its line."""

import pytest

from fragments import laid_over, opened_over
from tpmsim.scenario.json_schema import schema_of
from tpmsim.scenario.loading import examine
from tpmsim.scenario.logic_conditions import amounts
from tpmsim.scenario.unreachable import unreachable

TREND = "trends:\n  kiosks: {{title: Kiosks, says: They come., {keys}}}\n"
CARD = """\
cards:
  ask:
    when: "{when}"
    from: boss
    says: Well?
    silence: no
    answers:
      yes: {{says: Yes., hours: 1}}
      no: {{says: No., then: {{trust.boss: -0.1}}}}
"""


def found(fragment: str) -> list[tuple[str, str]]:
    """Code and line of each finding, by the text of the file."""
    text = laid_over(fragment)
    lines = text.splitlines()
    findings = examine(text.encode(), "example").findings
    return [(one.code, lines[one.line - 1].strip()) for one in findings]


@pytest.mark.parametrize(
    ("lever", "when"),
    [
        ("claim: 0.35", "claim == 0.35"),
        ("spend: 333", "spend == 333"),
        ("overtime: 0.5", "overtime == 0.5"),
        ("committed.fast_path: 0.5", "committed.fast_path == 0.5"),
        ("kept.fast_path: 0.9", "kept.fast_path == 0.9"),
        ("rival.other: 1", "arrived.kiosks == 1"),
    ],
)
def test_what_only_a_trend_changes_is_not_proved_impossible(lever: str, when: str) -> None:
    rivals = "market:\n  segments:\n    shops: {title: Shops, size: 50000}\n  rivals:\n    other: {title: Other}\n"
    card = CARD.format(when=when)
    trend = TREND.format(keys=f"then: {{{lever}}}")
    loaded = opened_over(rivals + card + trend)
    assert not [one for one in unreachable(loaded.scenario, loaded.rules) if one.id.startswith("ask")]
    if not lever.startswith("rival"):
        without = opened_over(rivals + card + TREND.format(keys="then: {cash: 1}"))
        lost = [one.id for one in unreachable(without.scenario, without.rules)]
        assert "ask" in lost, "it is the trend that makes it possible"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("then: {cassh: 5}", "TPM303"),
        ("then: {hours: 3}", "TPM212"),
        ("first: 13, last: 14, then: {cash: 5}", "TPM212"),
        ("first: 6, last: 4, then: {cash: 5}", "TPM212"),
        ("hit: 1, then: {cash: 5}", "TPM207"),
    ],
)
def test_a_trend_that_makes_no_sense_is_one_finding_in_its_line(keys: str, code: str) -> None:
    line = TREND.format(keys=keys).splitlines()[1].strip()
    assert found(TREND.format(keys=keys)) == [(code, line)]


def test_an_amount_that_no_lever_takes_in_full_is_found() -> None:
    loaded = opened_over(TREND.format(keys="then: {satisfaction.boss: 15}"))
    assert [fault.path[-1] for fault in amounts(loaded.scenario)] == ["satisfaction.boss"]


def test_a_trend_may_change_nothing_and_be_read_all_the_same() -> None:
    loaded = opened_over(TREND.format(keys="then: {}"))
    assert loaded.rules.trends[0].effects == ()
    assert {"read:trends", "conference:trends"} <= {move.id for move in loaded.rules.moves}


def test_without_trends_there_is_nothing_to_read() -> None:
    ids = {move.id for move in opened_over("weeks: 12\n").rules.moves}
    assert not ids & {"read:trends", "conference:trends"}
    assert {"study:technology", "study:leadership"} <= ids


def test_study_trends_and_conferences_belong_to_every_stage() -> None:
    rules = opened_over(TREND.format(keys="then: {}")).rules
    for move in rules.moves:
        if move.kind in ("study", "read", "conference"):
            assert move.stages == tuple(stage != "ended" for stage in rules.stages)


@pytest.mark.parametrize("name", ["study", "read", "conference", "trade", "agents", "skill"])
def test_an_instrument_cannot_take_the_name_of_a_kind_of_moves_or_levers(name: str) -> None:
    assert [code for code, _ in found(f"instruments:\n  {name}: {{title: Tool}}\n")] == ["TPM406"]


@pytest.mark.parametrize(("about", "codes"), [("needs", []), ("effort", []), ("rivals", ["TPM212"])])
def test_answers_about_needs_and_effort_come_through_somebody(about: str, codes: list[str]) -> None:
    rivals = "market:\n  segments:\n    shops: {title: Shops, size: 50000}\n  rivals:\n    other: {title: Other}\n"
    name = "spike" if about == "effort" else "ask"
    tool = f"instruments:\n  {name}: {{title: Tool, about: {about}, told_by: builder}}\n"
    assert [code for code, _ in found(rivals + tool)] == codes


def test_an_editor_offers_levers_in_a_trend() -> None:
    schema = schema_of("scenario")["definitions"]
    assert (
        schema["Trend"]["properties"]["then"]["properties"]["cash"]
        == (schema["Answer"]["properties"]["then"]["properties"]["cash"])
    )
