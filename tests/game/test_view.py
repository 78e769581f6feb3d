"""The words that plain mode and the screens share: each move, event, cause and number has one, in every scenario."""

import random
from dataclasses import replace
from functools import cache

import pytest

from chosen import scenarios
from tpmsim.core.observe import Observation
from tpmsim.core.rules import Number
from tpmsim.game.events import Event
from tpmsim.game.position import Position, moved, opening, week_ended
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.beliefs import bar, effort, weeks_text, worth
from tpmsim.game.wording.causes import FEATURE, PLAIN
from tpmsim.game.wording.figures import Figures, polarity
from tpmsim.game.wording.groups import groups, offered, secret
from tpmsim.game.wording.happenings import SENTENCES
from tpmsim.game.wording.labels import ANSWER, KINDS, LABEL
from tpmsim.game.wording.prose import clip, counted, line_of, listed, signed, spoken
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.asked import PAST, UNSAID
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText

SCENARIOS = tuple(scenarios())

ONWARD = ("commit:", "criteria:", "wave:", "renegotiate:", "withdraw:")


def test_an_answer_is_told_with_what_it_answers() -> None:
    view = View(loaded("first-product"))
    for card, spec in view.scenario.cards.items():
        for name in spec.answers:
            move = f"answer:{card}/{name}"
            told = view.told(move)
            assert told.startswith(f"{view.label(move)} (to {view.speaker(card)}: ")
            assert view.card(card)[:30] in told
    assert view.told("talk:sales") == view.label("talk:sales")
    assert view.told("answer:nobody/nothing") == view.label("answer:nobody/nothing")


@cache
def loaded(name: str) -> Loaded:
    return open_scenario(name)


def seeds_of(name: str) -> int:
    """Fewer runs of a long scenario: together about as many weeks."""
    return max(3, 96 // loaded(name).rules.weeks)


@cache
def random_runs(name: str) -> tuple[tuple[Position, tuple[Event, ...], tuple[Observation, ...]], ...]:
    """Whole runs of random legal moves: the last position, all events, and what was seen after each week."""
    runs = []
    for seed in range(seeds_of(name)):
        dice = random.Random(seed)
        session = Session.start(loaded(name), str(seed))
        while not session.position.over:
            for _ in range(dice.randrange(6)):
                legal = [move for move in session.legal_moves if not move.endswith(("/kill", "/sunset"))]
                onward = [move for move in legal if move.startswith(ONWARD) or move.endswith("/leap")]
                if legal:
                    session.play(dice.choice(onward if onward and dice.random() < 0.5 else legal))
            for card in session.position.unanswered:
                answers = [one for one in session.legal_moves if one.startswith(f"answer:{card}/")]
                session.play(dice.choice(answers))
            session.end_week()
        happened = tuple(event for report in session.reports for event in report.events)
        runs.append((session.position, happened, tuple(report.after for report in session.reports)))
    return tuple(runs)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_move_has_a_label_that_fits(name: str) -> None:
    view = View(loaded(name))
    labels = {}
    for move in view.rules.moves:
        label = view.label(move.id, 2)
        assert label
        assert label != move.id
        assert len(label) <= (ANSWER if move.kind == "answer" else LABEL)
        assert "\n" not in label
        assert move.id.partition(":")[0] in {*KINDS, *view.scenario.instruments}
        labels.setdefault((label, move.stages), []).append(move.id)
    doubles = [ids for ids in labels.values() if len(ids) > 1 and not ids[0].startswith("answer:")]
    assert not doubles


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_move_has_a_preview_without_a_sum(name: str) -> None:
    view = View(loaded(name))
    seen = Session.start(loaded(name), "1").observation
    for move in view.rules.moves:
        text = view.preview(move.id, seen)
        assert "<SafeText" not in text
        assert "{" not in text
        assert len(text) < 400


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_word_gives_a_hidden_need_away(name: str) -> None:
    view = View(loaded(name))
    session = Session.start(loaded(name), "1")
    seen = session.observation
    hidden = [view.titles.need(need) for need in view.rules.needs if need not in seen.found]
    told = [view.label(choice.id) for choice in offered(seen, session.choices)]
    told += [view.preview(choice.id, seen) for choice in session.choices if not secret(seen, choice.id)]
    told += [view.backlog.feature(one, seen) for one in seen.features]
    for need in hidden:
        assert not [text for text in told if need in text]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_event_of_random_play_has_a_sentence(name: str) -> None:
    view = View(loaded(name))
    kinds = set()
    for _, happened, seen in random_runs(name):
        for event in happened:
            kinds.add(event.kind)
            assert event.kind in SENTENCES
            text = view.event(event, seen[-1])
            assert text.endswith((".", "?", "!", ".)"))
            assert "{" not in text
    expected = {"belief", "progress", "complete", "stage", "ended", "card"}
    assert expected - ({"stage"} if loaded(name).scenario.start.stage == "live" else set()) <= kinds


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_cause_of_random_play_has_words(name: str) -> None:
    view = View(loaded(name))
    causes = {entry.cause for position, _, _ in random_runs(name) for entry in position.entries}
    assert {"pay", "appraisal"} <= causes
    for cause in causes:
        known = cause in PLAIN or cause.partition(":")[0] in {*FEATURE, *KINDS, "trend", *view.scenario.instruments}
        assert known, cause
        assert view.cause(cause, 3) != cause


@pytest.mark.parametrize("name", SCENARIOS)
def test_causes_add_up_in_the_decimals_that_are_shown(name: str) -> None:
    view = View(loaded(name))
    for position, _, seen in random_runs(name):
        for number in view.all_numbers:
            changes = [entry.change for entry in position.entries if entry.number == number]
            end = seen[-1].numbers[number]
            start = end - sum(changes)
            digits = view.figures.digits(number, (start, end, *changes))
            written = [view.figures.bare(number, one, digits).replace(",", "") for one in (start, *changes)]
            scale = 10**digits
            total = sum(round(float(one) * scale) for one in written)
            assert total == round(float(view.figures.bare(number, end, digits).replace(",", "")) * scale)


def test_an_unknown_move_an_event_and_a_cause_are_spoken() -> None:
    view = View(loaded("first-product"))
    seen = Session.start(loaded("first-product"), "1").observation
    assert view.label("juggle:three") == "Juggle three"
    for odd in ("price:dear", "commit:a/b/c", "spend:", "gate:x", "answer:x", "wave:", "interview:", "", ":"):
        assert view.label(odd)
    assert view.preview("juggle:three", seen) == ""
    assert view.event(Event("comet", "tail"), seen) == "Comet: Tail."
    assert view.cause("debt_interest") == "Debt interest"
    assert view.figures.title("debt") == "Debt"


def test_a_promise_that_was_kept_is_no_cause_of_the_name_of_one_that_was_broken() -> None:
    view = View(loaded("first-product"))
    assert view.cause("promise-kept:swap_board") == "The promise of Swap board, kept"
    assert view.cause("promise-broken:swap_board") == "The promise of Swap board, broken"


def test_the_end_of_the_week_says_what_a_spike_and_a_teardown_told() -> None:
    session = Session.start(loaded("first-product"), "K7Q2-MX4D")
    for move in ("spike:rest_rules", "teardown:shiftly"):
        session.play(move)
    session.end_week()
    report = session.reports[-1]
    told = [View(loaded("first-product")).event(one, report.after) for one in report.events]
    was, now = (next(f for f in seen.features if f.id == "rest_rules") for seen in (report.before, report.after))
    assert (
        f"The engineers have looked into Rest-hour guard: {effort(now)} of work. Before, it was {effort(was)}." in told
    )
    assert any(one.startswith("The teardown shows") and "Shiftly" in one for one in told)


def test_overtime_says_what_it_costs_as_a_move_and_as_an_answer() -> None:
    view, seen = View(loaded("first-product")), Session.start(loaded("first-product"), "1").observation
    assert "pay 15 % above that of a normal week" in view.preview("overtime:some", seen)
    assert "pay 38 % above that of a normal week" in view.preview("overtime:hard", seen)
    assert "pay 38 % above that of a normal week" in view.preview("answer:crunch/push", seen)
    assert "pay" not in view.preview("answer:third_saturday/home", seen)


def test_a_way_of_working_says_all_in_which_it_differs() -> None:
    def told(name: str, profile: str) -> str:
        seen = Session.start(loaded(name), "1").observation
        return View(loaded(name)).preview(f"profile:{profile}", seen)

    paydown = told("quiet-debt", "paydown")
    assert "35 % of the week builds, 50 % mends old code;" in paydown
    assert paydown.endswith(
        "hardly any review and test; new code of 4 stars; the team talks with the target segment now and then"
    )
    assert "very much review and test" in told("first-product", "harden")
    assert "stars" not in told("first-product", "harden"), "no code is rated there"


def test_labels_of_the_tutorial() -> None:
    view = View(loaded("first-product"))
    assert view.label("interview:cafes") == "Interview Cafés and bars"
    assert view.label("commit:swap_board/plan/in3", 3) == "Promise Swap board for week 6, with 'plan' (70 %)"
    assert view.label("commit:swap_board/plan/in3") == "Promise Swap board in 3 weeks, with 'plan' (70 %)"
    assert view.label("gate:build/leap") == "Go ahead whatever the votes say"
    assert view.label("gate:build/recycle") == "Go back to Roadmap"
    assert view.label("wave:10") == "Open it to 10 % of those who would sign up"
    assert view.label("wave:100") == "Open it to everybody"
    assert view.label("answer:mill_street/later") == '"Not now."'


@pytest.mark.parametrize(
    ("up_is_good", "change", "sign", "word"),
    [(True, 5, "+", "better"), (True, -5, "-", "worse"), (False, 5, "+", "worse"), (False, -5, "-", "better")],
)
def test_polarity(up_is_good: bool, change: int, sign: str, word: str) -> None:
    number = Number("debt", loaded("first-product").rules.numbers[0].value, 0.01, up_is_good)
    turn = polarity(number, change)
    assert (turn.sign, turn.word) == (sign, word)
    assert polarity(number, 0).word == "no change"


def test_figures() -> None:
    figures: Figures = View(loaded("first-product")).figures
    assert figures.value("cash", 32_000_000) == "320,000"
    assert figures.value("cash", -123_456) == "-1,235"
    assert figures.value("progress", 4_512) == "45 %"
    assert figures.value("trust.sales", 5_500) == "55 of 100 (neutral)"
    assert figures.value("satisfaction.sales", -2_000) == "-20 (unhappy)"
    assert figures.value("sentiment", 0) == "0 (mixed)"
    assert figures.step("cash", 32_000_000, 30_240_000) == "320,000 -> 302,400, -17,600, worse"
    assert figures.step("trust.sales", 5_501, 5_510) == "55.0 -> 55.1 of 100 (neutral), +0.1, better"
    assert figures.step("customers", 1_770, 30_720) == "18 -> 307, +289, better"
    assert figures.title("trust.sales") == "Trust of Dana"
    assert figures.quanta("cash", 12.5) == 1_250
    assert figures.quanta("trust.sales", 55.0) == 5_500
    assert figures.digits("cash", (100, 250)) == 1


def test_intervals() -> None:
    assert bar(0.0, 0.0).index("o") == bar(0.5, 0.1).index(":")
    assert len(bar(9.0, 9.0)) == len(bar(0.1, 0.1))
    assert weeks_text(1.0, 1.0) == "about 1 week"
    assert weeks_text(0.8, 1.5) == "about 0.8 to 1.5 weeks"


def test_prose() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert counted(1, "week") == "1 week"
    assert counted(2.5, "hour") == "2.5 hours"
    assert signed(-0.001) == "0.0"
    assert clip("abcdefgh", 6) == "abc..."
    assert spoken("rest_rules/in3") == "Rest rules in3"
    assert line_of(SafeText.clean("*Tally*\n is  here")) == "Tally is here"


def test_menus_hide_other_stages_and_say_why_not() -> None:
    game = loaded("first-product")
    position = opening(game.rules, "1")
    found = groups(game.scenario, position.observation, position.choices)
    assert [group.id for group in found] == ["learn", "aim", "people", "self", "gate"]
    assert all(not choice.id.startswith(("commit:", "wave:")) for group in found for choice in group.moves)
    gate = found[-1]
    assert all(choice.reason == "the planning week comes first" for choice in gate.moves)


def test_what_a_week_touched_is_told() -> None:
    game = loaded("first-product")
    view, position = View(game), opening(game.rules, "1")
    for moves in ((), ("survey:cafes", "target:cafes", "problem:swap", "gate:research/leap")):
        for move in moves:
            position = moved(position, move)
        position = week_ended(position)
    before = position.observation
    after = week_ended(moved(position, "commit:swap_board/aim/in3")).observation
    assert "Swap board in the plan: better" in view.people.felt("sales", before, after, glad=True)
    assert "Swap board" not in view.people.felt("sales", before, after, glad=False)


def test_what_customers_say_is_set_beside_what_is_known() -> None:
    """The reasons named are only such as the player can know: the claim, and believed needs that nothing meets."""
    loaded = open_scenario("first-product")
    view = View(loaded)
    for seed in range(6):
        session = Session.start(loaded, str(seed))
        record(session, get_policy("naive"))
        seen = session.observation
        told = view.backlog.behind_sentiment(seen)
        assert bool(told) == any(one.shipped for one in seen.features)
        assert all(line.endswith(".") for line in told)


def test_there_are_fewer_incidents_and_less_of_what_is_not_counted() -> None:
    people = View(open_scenario("quiet-debt")).people
    assert "fewer incidents" in people.wants("engineering")
    assert "less incidents" not in people.wants("engineering")


def test_equal_figures_of_worth_have_equal_words() -> None:
    words: dict[str, set[str]] = {}
    for mean in range(-2000, 2001):
        words.setdefault(signed(mean / 1000), set()).add(worth(mean / 1000))
    assert all(len(told) == 1 for told in words.values())
    assert [worth(mean) for mean in (-0.16, -0.14, -0.06, 0.14, 0.16, 0.54, 0.56, 0.94, 0.96)] == [
        "not wanted",
        "hardly matters",
        "hardly matters",
        "hardly matters",
        "matters",
        "matters",
        "matters a lot",
        "matters a lot",
        "would decide it",
    ]


def test_what_a_feature_waits_for_outside_the_plan_is_told_before_it_is_promised_or_traded() -> None:
    view = View(loaded("first-product"))
    seen = Session.start(loaded("first-product"), "1").observation
    name, first = next((name, one.depends[0]) for name, one in view.scenario.features.items() if one.depends)
    sponsor = view.scenario.features[name].sponsor
    inside = replace(seen, features=tuple(replace(one, committed=one.id == first) for one in seen.features))
    warned = f"can only be built after {view.titles.feature(first)}, which is not in the plan"
    for move in (f"commit:{name}/aim/in8", f"trade:{sponsor}/{name}"):
        assert warned in view.preview(move, seen)
        assert "which is not in the plan" not in view.preview(move, inside)
    assert view.backlog.commitment(name, seen)[-1] == f"It {warned}."
    assert view.backlog.commitment(name, inside)[-1] == f"It can only be built after {view.titles.feature(first)}."


def test_a_trade_is_told_as_the_promise_that_it_is() -> None:
    session = Session.start(loaded("first-product"), "1")
    view, seen = View(loaded("first-product")), session.observation
    name, feature = next((name, one) for name, one in view.scenario.features.items() if one.sponsor)
    told = view.preview(f"trade:{feature.sponsor}/{name}", seen)
    weeks = view.scenario.horizons[len(view.scenario.horizons) // 2]
    assert told.startswith(
        f"a promise to {view.titles.person(feature.sponsor)} for week {seen.week + weeks}, with 'plan'"
    )
    assert "they owe you a yes at the next gate" in told
    assert "you give" not in told
    assert "building begins when this gate has opened" in told


def test_nothing_is_gained_by_taking_back_what_is_complete() -> None:
    view, seen = View(loaded("first-product")), Session.start(loaded("first-product"), "1").observation
    done = replace(seen.features[0], due=5, word=0.7, to="sales", committed=True, complete=True)
    seen = replace(seen, features=(done, *seen.features[1:]))
    for kind in ("renegotiate", "withdraw"):
        assert view.preview(f"{kind}:{done.id}", seen).startswith(
            f"it is complete: left alone, the promise to {view.titles.person('sales')} is kept in week 5; there is "
            "nothing to gain"
        )


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_answer_is_told_to_its_end(name: str) -> None:
    view = View(loaded(name))
    for card_id, card in view.scenario.cards.items():
        for answer_id, answer in card.answers.items():
            assert line_of(answer.says)[1:] in view.label(f"answer:{card_id}/{answer_id}")


def test_what_is_remembered_is_wanted_in_the_words_of_the_author() -> None:
    game = loaded("sunset")
    people = View(game).people
    who, care = next((name, one) for name, one in game.scenario.stakeholders.items() if "memory.care" in one.goals)
    assert "how well people could leave" in people.wants(who)
    assert "care" not in people.wants(who).replace("how well people could leave", "")
    seen = Session.start(game, "1").observation
    one = next(one for one in seen.people if one.id == who)
    assert people.because(replace(one, intent="voice", because="memory.care")).startswith("how well people could leave")
    remembered = replace(seen, memory={**seen.memory, "care": seen.memory["care"] + 1})
    assert "how well people could leave" in people.felt(who, seen, remembered, glad=care.goals["memory.care"] > 0)


def test_the_reason_of_an_intent_says_nothing_of_the_last_week() -> None:
    """What is remembered of many weeks may be good after a bad one."""
    people, seen = View(loaded("sunset")).people, Session.start(loaded("sunset"), "1").observation
    one = next(one for one in seen.people if "revenue" in people.scenario.stakeholders[one.id].goals)
    for intent, most in (("loyalty", "more good than bad"), ("voice", "more bad than good")):
        told = people.because(replace(one, intent=intent, because="revenue"))
        assert told == f"revenue: over past weeks {most}"


def test_a_change_that_is_not_written_is_none() -> None:
    figures = View(loaded("sunset")).figures
    assert figures.step("trust.sponsor", 5000, 5001) == "50 of 100 (neutral), no change"
    assert not figures.shows("stars", 2702, 2704)
    assert figures.shows("stars", 2640, 2660)
    assert figures.step("trust.sponsor", 5000, 5010).endswith("+0.1, better")


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_answer_that_cannot_be_given_says_what_is_missing(name: str) -> None:
    game = loaded(name)
    for card_id, card in game.scenario.cards.items():
        for answer_id, answer in card.answers.items():
            if answer.when is not None:
                move = next(one for one in game.rules.moves if one.id == f"answer:{card_id}/{answer_id}")
                reason = move.checks[1].reason
                assert reason != UNSAID, answer.when.text
                assert (reason == PAST) == any(word in answer.when.text for word in ("memory.", "came."))
