"""Evidence of competencies: what counts, the chance that follows, and one page that says the same in every form."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judged import GOLDEN, analysis, practised
from judged_runs import analysis_of, run_of
from kept import scenario
from tpmsim.cli.debrief_page import page as terminal_page
from tpmsim.core.mechanics.competencies import COMPETENCIES, KNOWN_FIRST, MASTERY
from tpmsim.debrief.analysis import Decision, Option
from tpmsim.debrief.as_json import as_json
from tpmsim.debrief.evaluate import evaluated
from tpmsim.debrief.evidence import FEW, Evidence, asked_for, evidence, was_right
from tpmsim.debrief.html import html
from tpmsim.debrief.markdown import markdown, safe
from tpmsim.debrief.steps import SILENCE
from tpmsim.debrief.worded import worded
from tpmsim.debrief.wording.evidence import HEADING, percent
from tpmsim.game.replay import replay
from tpmsim.game.wording.prose import spoken
from tpmsim.tui.panes.sheet_calibration import CalibrationPane

RIGHT = {"loss": 0.0, "low": 0.0}
WRONG = {"loss": 8.0, "low": 5.0}
UNTOLD = ({"forced": True}, {"close": True}, {"disputed": True}, {"loss": 3.0, "low": -0.1})


def decided(number: int = 1, options: int = 3, about: str = "mill_street", **changes: object) -> Decision:
    """An answer to a card of the tutorial that asks for analysis; the best one unless something else is said."""
    ways = tuple(Option(f"answer:{about}/{place}", 50.0, 1.0, 400) for place in range(options))
    plain = {"options": ways, "forced": False, "close": False, "disputed": False, **RIGHT}
    one = replace(analysis().decisions[0], number=number, week=number, kind="card", about=about)
    return replace(one, **{**plain, **changes})  # type: ignore[arg-type]


def shown(*decisions: Decision) -> Evidence:
    """What decisions about one competency show."""
    (one,) = evidence(scenario("first-product").scenario, decisions)
    return one


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"loss": 1.0, "low": 0.5}, True),
        ({"loss": 0.6, "low": -2.0}, True),
        ({"loss": 1.01, "low": 0.1}, False),
        (WRONG, False),
        *((one, None) for one in UNTOLD),
    ],
)
def test_a_decision_is_right_wrong_or_tells_nothing(changes: dict[str, object], right: bool | None) -> None:
    assert was_right(decided(**changes)) is right


def test_a_close_call_is_no_evidence_for_either_side() -> None:
    """Where options are worth the same, three shrugs would else be a mastered competency."""
    one = shown(*(decided(number, close=True) for number in range(1, 9)))
    assert (one.observed, one.known, one.mastered) == ((), KNOWN_FIRST, False)
    assert one.untold == tuple(range(1, 9))


def test_the_chance_is_that_of_knowledge_tracing() -> None:
    """By hand, with L 0.2, s 0.1, t 0.1 and a guess of one in three, then of one in two."""
    one = shown(decided(1), decided(2, options=2, **WRONG))
    after = 0.2 * 0.9 / (0.2 * 0.9 + 0.8 / 3)
    first = after + (1.0 - after) * 0.1
    after = first * 0.1 / (first * 0.1 + (1.0 - first) * 0.5)
    assert [seen.known for seen in one.observed] == pytest.approx([first, after + (1.0 - after) * 0.1])
    assert [(seen.number, seen.right, seen.answers) for seen in one.observed] == [(1, True, 3), (2, False, 2)]


VERDICTS = st.lists(st.sampled_from((RIGHT, WRONG, *UNTOLD[1:])), max_size=8)


@given(VERDICTS, st.integers(2, 6))
def test_the_chance_stays_one_and_what_is_right_raises_it_above_what_is_wrong(
    verdicts: list[dict[str, object]], options: int
) -> None:
    before = [decided(place, options, **one) for place, one in enumerate(verdicts)]
    after = {kind: shown(*before, decided(99, options, **last)) for kind, last in (("+", RIGHT), ("-", WRONG))}
    assert 0.0 < after["-"].known < after["+"].known < 1.0
    assert after["+"].right == after["-"].right + 1


@given(VERDICTS, st.integers(0, 8), st.sampled_from(UNTOLD[1:]))
def test_what_tells_nothing_moves_nothing(
    verdicts: list[dict[str, object]], place: int, nothing: dict[str, object]
) -> None:
    with_it = [decided(number, **one) for number, one in enumerate(verdicts)]
    with_it.insert(min(place, len(with_it)), decided(99, **nothing))
    without = [one for one in with_it if was_right(one) is not None]
    told = shown(*with_it)
    assert told.observed == (shown(*without).observed if without else ())
    assert len(told.observed) + len(told.untold) == len(with_it)


def test_few_decisions_say_nothing_whatever_they_were() -> None:
    few = shown(*(decided(number, options=20) for number in range(1, FEW)))
    assert few.known > MASTERY
    assert not few.enough
    assert not few.mastered
    assert shown(*(decided(number, options=20) for number in range(1, FEW + 1))).mastered


def test_cards_silence_and_gates_ask_and_nothing_else_does() -> None:
    told = scenario("first-product").scenario
    assert asked_for(told, decided()) == "analysis"
    assert asked_for(told, decided(kind=SILENCE)) == "analysis"
    assert asked_for(told, decided(kind="gate", about="build")) == "technical_depth"
    assert asked_for(told, decided(kind="price", about="")) is None
    bare = told.model_copy(update={"gates": {}})
    assert asked_for(bare, decided(kind="gate", about="build")) is None


def test_competencies_come_in_their_order_and_only_where_there_was_a_choice() -> None:
    told = scenario("first-product").scenario
    decisions = (decided(1, about="crunch"), decided(2), decided(3, about="the_estimate", forced=True))
    assert [one.competency for one in evidence(told, decisions)] == ["communication", "analysis"]
    assert evidence(told, ()) == ()


def test_a_run_of_the_reference_policy_has_evidence_of_what_its_scenario_asks_for() -> None:
    run, judged = run_of("steady"), analysis_of("steady")
    found = evidence(run.loaded.scenario, judged.decisions)
    asked = [one for one in judged.decisions if not one.forced and asked_for(run.loaded.scenario, one)]
    assert sum(len(one.observed) + len(one.untold) for one in found) == len(asked) > 4
    assert len(found) >= 3
    assert any(one.observed for one in found)


def test_a_run_whose_scenario_names_none_has_no_such_page() -> None:
    run = replay(GOLDEN.with_name("golden-naive-0.tpmrun"))
    assert not any(card.competency for card in run.loaded.scenario.cards.values())
    found = worded(run, list(evaluated(run, 4))[-1])
    assert found.evidence.rows == found.evidence.says == ()
    assert HEADING not in html(found) + markdown(found) + "\n".join(terminal_page(found))
    assert as_json(found)["competencies"] == []


def test_a_page_says_that_it_is_no_mark_who_thinks_so_and_how_many_tell_something() -> None:
    page = practised().evidence
    assert page.says[0].startswith("Evidence, not a mark: the reference policy thinks so")
    rows = {row.title: row for row in page.rows}
    for one in practised().competencies:
        row = rows[spoken(one.competency)]
        assert row.says.startswith(f"{one.right} of {len(one.observed)} decision")
        assert (row.chance == "too few to say") == ("too few to say more" in row.says) == (not one.enough)
        assert all(bool(seen.chance) == one.enough for seen in row.observed)
    assert {row.enough for row in page.rows} == {True, False}


def test_a_chance_is_never_called_sure() -> None:
    assert [percent(one) for one in (0.0001, 0.2, 0.424, 0.9999)] == ["1 %", "20 %", "42 %", "99 %"]


class Words(HTMLParser):
    """The text of a page as a browser shows it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def test_every_form_of_the_debrief_says_the_same() -> None:
    told = practised()
    page = told.evidence
    lines = [one.says for one in page.rows]
    terminal = " ".join(" ".join(terminal_page(told)).split())
    report, text = Words(html(told)).found, markdown(told)
    assert all(one in terminal for one in (HEADING, *lines, *page.says))
    assert all(one in report for one in (HEADING, *lines, *page.says))
    assert all(safe(one) in text for one in (HEADING, *lines, *page.says))
    for row in page.rows:
        for seen in row.observed:
            assert safe(seen.chose) in text
            assert seen.said in report
    on_screen = CalibrationPane()
    for place, row in enumerate(page.rows):
        said = " ".join(one.second for one in on_screen.pairs(told, f"evidence {place}"))
        assert row.says in said
        assert page.says[0] in said
        assert on_screen.week_of(told, f"evidence {place}") == row.observed[0].week
        assert row.says in on_screen.describe(told)


def test_other_programs_get_numbers_that_fit_the_words() -> None:
    told = practised()
    made = json.loads(json.dumps(as_json(told), allow_nan=False))
    assert [one["competency"] for one in made["competencies"]] == [one.competency for one in told.competencies]
    assert {one["competency"] for one in made["competencies"]} <= {*COMPETENCIES}
    for one, row in zip(made["competencies"], made["words"]["evidence"]["rows"], strict=True):
        assert one["right"] == sum(seen["right"] for seen in one["decisions"]) == row["right"]
        assert len(one["decisions"]) == row["count"]
        assert one["known"] == row["known"]
