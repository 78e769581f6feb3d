"""The words of a debrief: each figure where it belongs, quadrants for what they are, judgements with their doubt."""

import re
from dataclasses import replace

import pytest

from judged import analysis, drawn, lying, other, poisonous, run, sheet
from seen import SEED
from tpmsim.cli.debrief_page import page as terminal
from tpmsim.debrief.analysis import Chance, Decision, Learned, Quadrant, Range, Word
from tpmsim.debrief.as_json import as_json
from tpmsim.debrief.calibration import covered
from tpmsim.debrief.html import html
from tpmsim.debrief.judging import t_95
from tpmsim.debrief.markdown import markdown
from tpmsim.debrief.sheet import Sheet
from tpmsim.debrief.whatif import turn
from tpmsim.debrief.wording.course import weeks
from tpmsim.debrief.wording.ledger import ledger
from tpmsim.debrief.wording.overview import MEANS, overview
from tpmsim.debrief.wording.phases import phases
from tpmsim.debrief.wording.points import quoted
from tpmsim.debrief.wording.told import Told
from tpmsim.game.branch import journal_of
from tpmsim.game.events import Event
from tpmsim.game.replay import replayed
from tpmsim.game.session import Session
from tpmsim.game.wording.prose import line_of
from tpmsim.scenario.library import open_scenario


def figures(page: Sheet) -> dict[str, str]:
    return {one.id: one.value for one in page.overview.figures}


def first(**changes: object) -> Sheet:
    """The debrief with its first decision changed."""
    one, *others = analysis().decisions
    return other(decisions=(replace(one, **changes), *others))  # type: ignore[arg-type]


def test_figures_add_up_as_they_are_written() -> None:
    told = figures(sheet())
    value = {name: float(text.split(" ")[0]) for name, text in told.items()}
    assert value["expected"] + value["decisions"] + value["luck"] == pytest.approx(value["result"])
    assert value["expected"] + value["decisions"] == pytest.approx(value["adjusted"])
    assert re.fullmatch(r"-?\d+\.\d \[-?\d+\.\d to -?\d+\.\d\]", told["adjusted"])


def test_the_waterfall_and_the_weeks_add_up_as_they_are_written() -> None:
    page = sheet()
    start, *steps, end = (float(one.shown) for one in page.falls)
    assert start + sum(steps) == pytest.approx(end)
    assert page.falls[0].end == page.falls[1].start
    for one, then in zip(page.falls[1:-1], page.falls[2:-1], strict=False):
        assert one.end == pytest.approx(then.start)
    for week in page.weeks:
        assert round(week.before, 1) + float(week.gain) + float(week.luck) == pytest.approx(round(week.after, 1))


def test_the_evaluator_is_named_and_never_called_correct() -> None:
    top = sheet().overview
    judge = analysis().evaluator
    assert f"{judge.id} (the reference policy), digest {judge.digest[:8]}" in top.evaluator
    assert f"up to {judge.n} futures" in top.evaluator
    assert "never 'correct'" in top.caution
    assert "unbiased" in top.figure("adjusted").says
    assert "biased" in top.figure("lost").says
    mine = other(evaluator=replace(judge, id="mine.py:Mine"))
    assert "the policy mine.py:Mine" in mine.overview.caution


CASES: tuple[tuple[Quadrant, float, float, str], ...] = (
    ("deserved success", 2.0, 6.0, "Sound decisions and a good result"),
    ("bad break", 1.0, -30.0, "not in your hands"),
    ("dumb luck", -20.0, 30.0, "in spite of them"),
    ("deserved setback", -30.0, 1.0, "no accident"),
)


@pytest.mark.parametrize(("quadrant", "gained", "luck", "says"), CASES)
def test_each_quadrant_says_what_was_decided_and_what_was_luck(
    quadrant: Quadrant, gained: float, luck: float, says: str
) -> None:
    page = lying(quadrant, gained, luck)
    assert page.overview.quadrant == quadrant.capitalize()
    assert says in page.overview.means
    assert f"luck to {figures(page)['luck']}" in page.overview.story[0]
    assert "the whole interval says so" in page.overview.story[1]
    result, process = (
        (word in quadrant for word in ("success", "luck")),
        (word in quadrant for word in ("success", "bad")),
    )
    assert f"Here the result is {'good' if any(result) else 'poor'}" in page.overview.story[1]
    assert f"the decisions are {'sound' if any(process) else 'poor'}" in page.overview.story[1]
    assert len(set(MEANS.values())) == 4


@pytest.mark.parametrize(("quadrant", "gained", "luck", "says"), CASES)
def test_a_headline_is_no_surer_than_the_interval(quadrant: Quadrant, gained: float, luck: float, says: str) -> None:
    top = lying(quadrant, gained, luck).overview
    assert top.verdict == quadrant.capitalize()
    top = lying(quadrant, gained, luck, clear=False).overview
    assert top.quadrant == quadrant.capitalize()
    assert re.fullmatch(f"Looks like (a )?{quadrant}", top.verdict)
    assert says not in top.means
    sound = quadrant in ("deserved success", "bad break")
    looks = f"the decisions look {'sound' if sound else 'poor'}, but the interval reaches across"
    assert looks in top.means.lower()
    assert looks in top.story[1]


def test_every_form_has_the_same_headline() -> None:
    page = lying("deserved setback", -30.0, 1.0, clear=False)
    for told in (markdown(page), html(page), "\n".join(terminal(page))):
        assert "Looks like a deserved setback" in told
        assert "the result is no accident" not in told
    assert as_json(page)["words"]["overview"]["verdict"] == "Looks like a deserved setback"


def test_an_ending_that_seems_to_say_the_opposite_is_set_beside_the_quadrant() -> None:
    outcome = run().position.outcome
    assert outcome is not None
    ending = open_scenario("first-product").scenario.endings[outcome.ending]
    for quadrant, gained, luck, _ in CASES:
        told = lying(quadrant, gained, luck).overview.means
        well = quadrant in ("deserved success", "dumb luck")
        assert ("Both are true" in told) is (ending.good != well)
        assert (line_of(ending.title) in told) is (ending.good != well)
        assert f"is {'a' if ending.good else 'no'} good ending" in told or ending.good == well


def test_what_moved_outcomes_is_told_before_answers_and_whole() -> None:
    page = sheet()
    after = Told.of(run(), analysis()).past.all_reports[0].after
    answers = tuple(Event("belief", one.need, one.segment, one.mean) for one in after.beliefs)
    heard = tuple(Event("need-found", name) for name in run().loaded.rules.needs)
    assert any(one.answers for one in after.beliefs)
    bad = (Event("incident", "swap_board", "code", 1.0), Event("fires", amount=12.0), Event("progress", "rest_rules"))
    told = Told.of(run(), analysis())
    told.past.all_reports = (replace(told.past.all_reports[0], events=(*answers, *heard, bad[2], *bad[:2])),)
    row = weeks(told)[0]
    assert [text.split(" ")[0] for text in row.happened[:2]] == ["An", "Mending"]
    assert row.happened[-1].startswith("Something new came up")
    assert row.noted.startswith("An incident in Swap board")
    assert "answered" not in row.noted
    assert "answered" in row.seen
    late = replace(page.weeks[0], decided=60.0, after=20.0, happened=row.happened, moved=tuple(row.moved) * 6)
    assert any(late.noted in line for line in overview(told, (), (late, *page.weeks[1:])).story)


def test_a_way_to_decide_is_named_as_a_what_if_takes_it() -> None:
    found = 0
    for page, one in zip(sheet().decisions, analysis().decisions, strict=True):
        for row, way in zip(page.options, one.options, strict=True):
            if page.plan or row.chosen:
                assert not row.move
            elif not way.move:
                found += 1
                assert row.move == f"without:{one.move}"
                assert turn(run(), one.week, row.move).replaced == one.move
    assert found


def test_what_cost_most_is_named_with_what_seemed_better() -> None:
    one = analysis().decisions[0]
    best = next(way.move for way in one.options if way.move != one.move)
    changes = {"best": best, "loss": 60.0, "error": 2.0, "low": 56.0, "mark": "blunder", "close": False}
    page = first(forced=False, disputed=False, **changes)
    told = next(line for line in page.overview.story if line.startswith("What cost most"))
    row = page.decisions[0]
    assert f'the planning week, "{row.chose}" rather than "{row.best}" ({row.loss})' in told
    sound = lying("bad break", 1.0, -30.0)
    assert any(line.startswith("What could have been better still") for line in sound.overview.story)


def test_what_was_lost_in_small_parts_is_added_up() -> None:
    weeks = tuple(replace(one, before=60.0, decided=56.0, after=60.0) for one in analysis().weeks)
    quiet = tuple(replace(one, mark="") for one in analysis().decisions)
    small = other(weeks=weeks, decisions=quiet)
    told = next(line for line in small.overview.story if line.startswith("Much went in small parts"))
    assert f"the {len(weeks)} weeks with a loss and no bad mark come to {-4.0 * len(weeks):+.1f} against" in told
    first_plan = next(one for one in small.decisions if one.plan)
    assert f"in the planning week (-4.0), where the best plan found reads {quoted(first_plan.best)}" in told
    marked = tuple(replace(one, mark="blunder") for one in quiet)
    sound = tuple(replace(one, before=60.0, decided=59.9) for one in weeks)
    for page in (other(weeks=weeks, decisions=marked), other(weeks=sound, decisions=quiet)):
        assert not any(line.startswith("Much went") for line in page.overview.story)


def test_a_process_that_is_not_clear_is_called_so() -> None:
    page = lying("bad break", 1.0, -30.0, clear=False)
    assert "the interval reaches across" in page.overview.story[1]
    assert "whole interval" not in page.overview.story[1]


def test_what_could_not_be_known_is_said_to_be_so() -> None:
    against = analysis().luck < 0.0
    points = -9.0 if against else 9.0
    page = other(weeks=drawn(Chance("unknown", points), Chance("incident", 2.0)))
    assert any("could not be known" in one for one in page.overview.story[2:])
    assert page.weeks[0].chances[0].says == "what was so from the start and could not be known"
    calm = other(weeks=drawn(Chance("unknown", points / 9.0), Chance("incident", 2.0 * points)))
    assert not any("Most of it turned" in one for one in calm.overview.story)


JUDGEMENTS: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"forced": True, "mark": "", "close": False}, "forced", "Forced: one answer was legal"),
    ({"mark": "only move", "close": False}, "only move", "The only move"),
    ({"mark": "", "close": True}, "close call", "A close call"),
    ({"mark": "good gamble", "close": False}, "best", "A good gamble"),
    ({"mark": "", "close": False}, "best", "thinks best, too"),
)


@pytest.mark.parametrize(("changes", "loss", "says"), JUDGEMENTS)
def test_a_decision_without_a_loss_is_judged_in_words(changes: dict[str, object], loss: str, says: str) -> None:
    one = analysis().decisions[0]
    settled = {"best": one.move, "loss": 0.0, "error": 0.0, "low": 0.0, "disputed": False, "forced": False}
    row = first(**{**settled, **changes})
    assert row.decisions[0].loss == loss
    assert says in row.decisions[0].says


def test_a_loss_is_told_with_its_interval_its_mark_and_whether_it_is_disputed() -> None:
    one = analysis().decisions[0]
    best = next(way.move for way in one.options if way.move != one.move)
    changes = {"best": best, "loss": 18.0, "error": 2.0, "low": 13.27, "mark": "blunder", "close": False}
    row = first(forced=False, disputed=True, **changes).decisions[0]
    assert (row.sign, row.loss) == ("??", "-18.0 ±4.7")
    assert "brings 18.0 more on average (95 % interval 13.3 to 22.7)" in row.says
    assert "The reference policy thinks this a blunder." in row.says
    assert "Disputed: two other policies prefer what you did." in row.says
    slight = first(forced=False, best=best, loss=3.0, error=0.5, low=2.0, mark="", close=False, disputed=False)
    assert "Too little for a mark." in slight.decisions[0].says
    unsure = first(forced=False, best=best, loss=12.0, error=6.0, low=0.2, mark="", close=False, disputed=False)
    assert "Not sure enough for a mark." in unsure.decisions[0].says


def test_what_is_printed_and_what_is_judged_is_one_interval() -> None:
    """Student's t of the worlds that were met, not the normal: a mark that is given shows why."""
    told = [(one, row) for one, row in zip(analysis().decisions, sheet().decisions, strict=True) if one.loss > 0.0]
    assert told
    for one, row in told:
        assert row.lost - row.half == pytest.approx(one.low)
        if not one.close and one.best != one.move:
            assert row.loss.endswith(f"±{one.loss - one.low:.1f}")
    first = analysis().weeks[0]
    assert sheet().weeks[0].half == pytest.approx(t_95(first.n - 1) * first.error)


def test_the_options_of_a_decision_name_the_one_chosen_and_the_best() -> None:
    for row, one in zip(sheet().decisions, analysis().decisions, strict=True):
        assert [way.chosen for way in row.options].count(True) == 1
        assert [way.best for way in row.options].count(True) == 1
        assert [way.futures for way in row.options] == [way.n for way in one.options]
        assert all((way.against == "") == way.chosen for way in row.options)


def test_ways_to_promise_differ_where_a_narrow_table_still_shows_them() -> None:
    promised = [row for row in sheet().decisions if row.matter.startswith("Promise")]
    told = [[way.says for way in row.options] for row in promised if len(row.options) > 3]
    assert told
    for ways in told:
        assert len({says[:18] for says in ways}) == len(ways)
    row = promised[0]
    title = row.matter.partition(": ")[2]
    chosen = next(way.says for way in row.options if way.chosen)
    week, word = re.search(r"for (week \d+), with (.*)", row.chose).groups()
    assert chosen == f"{week.capitalize()}, {word}: {title}"


def test_luck_is_written_with_the_last_decision_of_each_week() -> None:
    page = sheet()
    told = {one.week: one.luck for one in page.decisions if one.luck}
    assert told == {one.week: one.luck for one in page.weeks}


def test_causes_of_every_number_add_up_exactly_as_they_are_written() -> None:
    parts = sheet().ledger
    assert len(parts) > 5
    for part in parts:
        numbers = [
            float(text.replace(",", "")) for text in (part.before, part.after, *(row.change for row in part.rows))
        ]
        before, after, *changes = numbers
        assert before + sum(changes) == pytest.approx(after, abs=1e-6), part.title


def test_a_cause_has_the_move_behind_it() -> None:
    cash = next(one for one in sheet().ledger if one.number == "cash")
    marketing = next(one for one in cash.rows if one.words == "Marketing")
    assert marketing.move == "Spend 12,000 a week on marketing (week 6)"
    assert marketing.weeks == "6 to 8"
    progress = next(one for one in sheet().ledger if one.number == "progress")
    assert all(row.move for row in progress.rows)
    trust = next(one for one in sheet().ledger if one.number == "trust.sales")
    broken = next(row for row in trust.rows if row.words.startswith("The promise of Swap board"))
    assert broken.move.startswith("Promise Swap board")


def test_a_broken_promise_of_an_answer_has_that_answer_behind_it() -> None:
    session = Session.start(open_scenario("first-product"), SEED)
    while not session.position.over:
        for card in session.observation.cards:
            answers = [one.id for one in session.choices if one.legal and one.id.startswith(f"answer:{card}/")]
            session.play(answers[0])
        session.end_week()
    parts = ledger(Told.of(replayed(journal_of(session, "mine"), "mine"), analysis()))
    trust = next(one for one in parts if one.number == "trust.sales")
    broken = next(row for row in trust.rows if row.words.startswith("The promise of Stamp card"))
    assert broken.move == '"Tell them: by week 6." (week 1)'


def test_promises_are_held_against_what_came() -> None:
    page = sheet().calibration
    assert [one.held for one in page.promises].count(True) == 1
    assert (
        page.says[0] == "4 words of promises came due. You had given 90 % on average, and 25 % came true. "
        "You said more than you could keep."
    )
    assert page.says[1].startswith("Brier score 0.61: 0 is perfect, and this is worse than")
    assert page.bins == ((0.9, 0.25, 4),)


def test_few_promises_are_not_overread_and_none_is_said_to_be_none() -> None:
    kept = replace(analysis().calibration, words=(Word(4, "swap_board", 4, 0.9, True),), brier=0.01)
    assert "So few words cannot tell" in other(calibration=kept).calibration.says[0]
    none = replace(analysis().calibration, words=(), brier=None)
    assert other(calibration=none).calibration.says[0].startswith("No word of a promise came due")


def forecasts(*shapes: tuple[int, int, int]) -> tuple[str, ...]:
    """What is said of ranges from low to high, and what came."""
    ranges = tuple(Range(3, "cash", low, low, high, came, 1.0) for low, high, came in shapes)
    held = replace(analysis().calibration, ranges=ranges, covered=covered(ranges))
    return tuple(one for one in other(calibration=held).calibration.says if "forecast" in one)


HELD, MISSED, SURE = (0, 9, 5), (0, 4, 5), (0, 0, 0)


def test_forecasts_are_held_against_what_came() -> None:
    ranges = (Range(3, "cash", 20_000_00, 25_000_00, 30_000_00, 26_000_00, 1.0), Range(4, "cash", 1, 2, 3, 9, 9.0))
    page = other(calibration=replace(analysis().calibration, ranges=ranges, covered=0.5)).calibration
    assert [one.held for one in page.ranges] == [True, False]
    assert page.ranges[0].said == "20,000 to 30,000, most likely 25,000"
    assert "Of 2 forecasts, 50 % held what came; 80 % should." in page.says[-1]
    (told,) = forecasts(*[HELD] * 6, *[MISSED] * 6)
    assert told == "Of 12 forecasts, 50 % held what came; 80 % should. Your ranges are too narrow."
    assert "wider than they need" in forecasts(*[HELD] * 17)[0]
    assert "about as wide" in forecasts(*[HELD] * 16, *[MISSED] * 4)[0]


@pytest.mark.parametrize("few", [[HELD], [MISSED], [HELD, MISSED], [HELD] * 16])
def test_few_forecasts_are_not_overread(few: list[tuple[int, int, int]]) -> None:
    (told,) = forecasts(*few)
    assert told.endswith("So few forecasts cannot tell whether your ranges are as wide as they should be.")


def test_a_forecast_of_what_is_sure_is_no_sign_of_skill() -> None:
    """Zero customers before anything is sold: a range of no width that came true. One that did not was too narrow."""
    not_counted = "Not counted: 1 forecast without a width that came true. What is sure is no range."
    assert forecasts(SURE) == (not_counted,)
    told, left_out = forecasts(HELD, SURE, (0, 0, 5))
    assert told.startswith("Of 2 forecasts, 50 % held what came")
    assert left_out == not_counted


@pytest.mark.parametrize(
    ("worth", "error", "says"), [(4.0, 0.5, "Worth more"), (-2.0, 0.5, "cost more"), (0.5, 2.0, "cannot be told")]
)
def test_a_question_is_told_with_what_it_was_worth(worth: float, error: float, says: str) -> None:
    (row,) = other(learned=(Learned(0, "survey:cafes", worth, error, 2.0, 1500.0),)).learned
    assert row.price == "2 h, 1,500"
    assert says in row.says


def test_every_question_of_the_scenario_has_numbers_of_the_player_beside_it() -> None:
    page = sheet()
    assert len(page.questions) == 4
    for one in page.questions:
        assert one.beside
        assert all(re.search(r"\d", line) for line in one.beside)
    assert any("not complete" in line for line in page.questions[1].beside)
    assert any("reported progress 59 %" in line for line in page.questions[2].beside)


def test_notes_and_marks_are_chapters() -> None:
    text = "<script>alert(1)</script>"
    assert [one.text for one in poisonous(text).chapters] == [text, text]
    assert sheet().chapters == ()


def test_the_phases_ask_about_this_run() -> None:
    page = sheet()
    assert [one.id for one in page.phases] == ["reactions", "description", "analysis", "application"]
    asked = " ".join(one for phase in page.phases for one in phase.prompts)
    assert figures(page)["result"] in asked
    worst = max((one for one in page.decisions if one.mark in ("blunder", "mistake")), key=lambda one: one.lost)
    assert f"week {worst.week}" in asked


def test_nobody_asks_about_a_fall_that_was_none() -> None:
    page = replace(sheet(), weeks=tuple(replace(row, before=60.0, after=59.0) for row in sheet().weeks))
    asked = " ".join(one for phase in phases(page) for one in phase.prompts)
    assert "fell most" not in asked
    assert "In no week did the expected result fall much" in asked


def test_assumptions_name_what_no_source_carries() -> None:
    scenario, left, models, ours = sheet().assumptions
    names = {one.name for one in scenario.rows}
    assert "money.cash" in names
    assert not any(name.startswith(("market.p", "market.q")) and "source" in name for name in names)
    assert not any(name.startswith(("cards", "balance", "objectives")) for name in names)
    assert any(one.usual == "300,000" for one in scenario.rows)
    assert len(models.rows) > 50
    assert {"opening.USUAL_CLAIM", "imagine.APPEAL_SD", "repertoire.CLAIMS"} <= {one.name for one in models.rows}
    usual = {one.name: one for one in left.rows}
    assert usual["stakeholders.*.evidence"].value == "4"
    assert "In force for 5 of them." in usual["stakeholders.*.evidence"].says
    assert usual["field.failures"].value == "0.5", "a section that is left out has its defaults"
    assert "[40, 24, 12, 6, 3]" in usual["field.recovery"].value
    assert not {"market.p", "market.q", "instruments.*.cost"} & set(usual), "published, or nothing at all"
    assert not {one.name for one in left.rows if "*" not in one.name} & names, "what is set is no usual value"
    assert len(left.rows) < 60
    assert {"judging.ONLY_MOVE", "evaluate.HALF_MARK", "hidden.NAMED_FROM"} <= {one.name for one in ours.rows}


def test_every_decision_of_every_kind_has_a_name() -> None:
    decisions: tuple[Decision, ...] = run_decisions()
    rows = other(decisions=decisions).decisions
    assert all(one.asked and one.matter and one.chose for one in rows)


def run_decisions() -> tuple[Decision, ...]:
    """One decision of each kind, whatever it is about."""
    one = analysis().decisions[0]
    kinds = {
        "word": "swap_board",
        "scope": "swap_board",
        "team": "build",
        "profile": "",
        "overtime": "",
        "price": "",
        "claim": "",
        "agents": "",
        "silence": next(iter(run().loaded.scenario.cards)),
    }
    return tuple(
        replace(one, kind=kind, about=about, number=place) for place, (kind, about) in enumerate(kinds.items(), start=1)
    )
