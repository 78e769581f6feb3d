"""Unreachable: what can never happen is proved with its reason, told once where it is caused, and nothing else is."""

import pytest

from fragments import opened_over as laid_over
from laws.conftest import SHIPPED, opened
from tpmsim.lab.golden import golden_scenario
from tpmsim.scenario import craft, logic_conditions
from tpmsim.scenario.moments import Moments
from tpmsim.scenario.unreachable import reach, unreachable

CARD = """\
  {id}:
    when: "{when}"
    from: boss
    says: Well?
    silence: no
    answers:
      yes: {{says: Yes., {answer}}}
      no: {{says: No., then: {{trust.boss: -0.1}}}}
"""


def cards(*some, rest=""):
    """Cards of (id, when) or (id, when, keys of the first answer)."""
    parts = [CARD.format(id=one[0], when=one[1], answer=one[2] if len(one) > 2 else "hours: 1") for one in some]
    return "cards:\n" + "".join(parts) + rest


def lost(example):
    loaded = laid_over(example)
    return {f"{one.what} {one.id}": (one.because, one.reason) for one in unreachable(loaded.scenario, loaded.rules)}


def found(example):
    loaded = laid_over(example)
    return [
        (one.code.id, one.code.page.message.format_map(one.fields), one.path)
        for one in logic_conditions.findings(loaded.scenario, loaded.rules)
    ]


@pytest.mark.parametrize(
    ("when", "because", "reason"),
    [
        ("week > 30", "condition", "'week > 30' never holds there: week is 1 to 12"),
        ("week > 8 and week < 3", "condition", "'week > 8' and 'week < 3' exclude each other"),
        ("hours < 5", "condition", "'hours < 5' never holds there: hours is 10 to 20"),
        ("met.boss == 1", "condition", "'met.boss == 1' never holds there: met.boss is always 0"),
        ("gate.asked == go", "condition", "'gate.asked == go' never holds there: gate.asked is always none"),
        ("gone.builder == 1", "condition", "'gone.builder == 1' never holds there: gone.builder is always 0"),
        ("weeks.left < 4 and week <= 9", "condition", "'weeks.left < 4' and 'week <= 9' exclude each other"),
        ("claim == 0.7", "condition", "'claim == 0.7' never holds there: claim is 0.6, 0.8 or 1.2"),
        ("wave > 3", "condition", "'wave > 3' never holds there: wave is 0, 1, 2 or 3"),
        ("stage == live and week < 5", "weeks", "no week can meet all of its condition"),
        ("came.late >= 1", "waits", "it waits for 'late', which never comes"),
    ],
)
def test_a_card_that_never_comes(when, because, reason):
    gone = lost(cards(("late", when)))
    assert gone["card late"] == (because, reason)
    assert gone["answer late/yes"] == ("card", "its card 'late' never comes")
    assert len(found(cards(("late", when)))) == 1, "one fault, one finding"


@pytest.mark.parametrize(
    "when",
    [
        "week == 12",
        "stage == live and week == 5",
        "came.other == 1 and week == 2",
        "open.other == 1 and weeks.left < 3",
        "wave == 3 and claim > 0.8",
        "belief.shops.speed > 9",
        "cash < 0",
    ],
)
def test_a_card_that_may_come(when):
    assert lost(cards(("late", when), ("other", "week >= 1"))) == {}


def test_weeks_are_counted_along_a_chain():
    chain = cards(("a", "week >= 3"), ("b", "came.a == 1"), ("c", "came.b == 1 and open.b == 0"))
    loaded = laid_over(chain)
    assert reach(Moments.of(loaded.scenario, loaded.rules)).first == {"a": 3, "b": 4, "c": 5}
    hurried = chain.replace("came.b == 1 and", "came.b == 1 and week < 5 and")
    assert lost(hurried)["card c"] == ("weeks", "no week can meet all of its condition")
    assert [code for code, _, _ in found(hurried)] == ["TPM414"]


def test_what_follows_from_another_fault_is_known_and_not_told():
    chain = cards(("a", "week > 30"), ("b", "came.a >= 1"), ("c", "open.b == 1"))
    assert {key: why for key, (why, _) in lost(chain).items() if key.startswith("card")} == {
        "card a": "condition",
        "card b": "waits",
        "card c": "waits",
    }
    assert [code for code, _, _ in found(chain)] == ["TPM411"]


def test_cards_that_wait_for_each_other_are_told():
    circle = cards(("a", "came.b >= 1"), ("b", "came.a >= 1"), ("c", "came.a >= 1"))
    assert [(code, path[1]) for code, _, path in found(circle)] == [("TPM414", name) for name in "abc"]


@pytest.mark.parametrize(
    ("answer", "because", "reason"),
    [
        ("hours: 21", "hours", "it takes 21 hours, and a week has at most 20"),
        ("when: week > 30", "condition", "'week > 30' never holds there: week is 4 to 12"),
        ("when: open.late == 0", "condition", "'open.late == 0' never holds there: open.late is always 1"),
        (
            "promise: {feature: fast_path, week: 4, confidence: aim}",
            "promise",
            "it promises week 4, and the card comes in week 4 at the earliest",
        ),
        (
            "when: due.fast_path > 6, promise: {feature: fast_path, week: 9, confidence: aim}",
            "condition",
            "'due.fast_path > 6' and 'due.fast_path == 0' exclude each other",
        ),
    ],
)
def test_an_answer_that_is_never_given(answer, because, reason):
    example = cards(("late", "week >= 4", answer))
    assert lost(example) == {"answer late/yes": (because, reason)}
    assert len(found(example)) == 1


def test_hours_that_another_answer_gives_count():
    more = cards(("late", "week >= 4", "hours: 25"), ("help", "week >= 2", "then: {hours: 6}"))
    assert lost(more) == {}


def test_the_promise_may_still_be_given_before_its_week():
    assert lost(cards(("late", "week >= 4", "promise: {feature: fast_path, week: 5, confidence: aim}"))) == {}


@pytest.mark.parametrize(
    ("endings", "gone"),
    [
        ("customers > 0|customers > 100|week >= 0", {"b": ("others", "where it holds, 'a' holds too and comes first")}),
        ("week >= 0|customers > 0|ended == time", {"b": ("others",), "c": ("others",)}),
        ("customers > 5|customers <= 5|week >= 0", {"c": ("others", "the others take every run")}),
        ("ended == time and week < 12|week > 3|week >= 0", {"a": ("condition",)}),
        ("ended == nothing|week >= 0", {"a": ("condition",)}),
        ("hours > 0|week >= 0", {"a": ("condition", "'hours > 0' never holds there: hours is always 0")}),
        ("customers > 0|ended == kill|week < 0", {}),
    ],
)
def test_an_ending_that_is_never_told(endings, gone):
    parts = zip("abc", endings.split("|"), strict=False)
    text = "".join(f'  {name}: {{when: "{when}", title: T, says: S, good: true}}\n' for name, when in parts)
    told = lost("endings:\n" + text)
    assert told.keys() == {f"ending {name}" for name in gone}
    for name, expected in gone.items():
        assert told[f"ending {name}"][: len(expected)] == expected


def test_closing_in_good_order_needs_a_stage_for_it():
    endings = "endings:\n  a: {when: ended == sunset, title: T, says: S}\n  b: {when: week >= 0, title: T, says: S}\n"
    stages = "lifecycle:\n  build: {title: B, works: true, go: live}\n  live: {title: L, sells: true, recycle: build}\n"
    assert lost(endings) == {}
    assert lost(endings + stages)["ending a"][0] == "condition"


def test_being_let_go_needs_a_sponsor():
    endings = "endings:\n  a: {when: ended == fired, title: T, says: S}\n  b: {when: week >= 0, title: T, says: S}\n"
    people = "stakeholders:\n  builder: {name: A, role: R, function: build}\n  boss: {name: B, role: R}\n"
    assert lost(endings) == {}
    assert lost(endings + people)["ending a"][0] == "condition"


@pytest.mark.parametrize(
    ("example", "code", "path"),
    [
        (cards(("late", "week > 3 or stage == research")), None, None),
        (cards(("late", "week >= 1")), None, None),
        (cards(("late", "week >= 1 and weeks.left >= 1")), "TPM412", ("cards", "late", "when")),
        (cards(("late", "week > 3", "when: week > 2")), "TPM412", ("cards", "late", "answers", "yes", "when")),
        (cards(("late", "week > 3 and (hours < 2 or week > 4)")), "TPM413", ("cards", "late", "when")),
        ("guide:\n  now: {when: week >= 0, says: Hello.}\n", None, None),
        ("guide:\n  now: {when: planned > 4, says: Hello.}\n", "TPM420", ("guide", "now", "when")),
        (
            "gates:\n  build:\n    requires: {all: {when: weeks.left >= 2, says: time}}\n",
            "TPM412",
            ("gates", "build", "requires", "all", "when"),
        ),
        (
            "gates:\n  build:\n    requires: {a: {when: wave > 1, says: x}, b: {when: wave == 0, says: x}}\n",
            "TPM417",
            ("gates", "build", "requires"),
        ),
        (
            "objectives:\n  hours: {value: hours, worst: 0, best: 9, says: Hours}\n",
            "TPM419",
            ("objectives", "hours", "value"),
        ),
    ],
)
def test_the_other_findings(example, code, path):
    assert [(one[0], one[2]) for one in found(example)] == ([(code, path)] if code else [])


@pytest.mark.soak
@pytest.mark.parametrize(
    "when",
    [
        " and ".join(f"(cash >= trust or planned < {n}.5 or price != stage.weeks)" for n in range(11)),
        "came.c{} >= 1 and week > 2",
        " or ".join(f"open.c{n} == 1" for n in range(45)),
    ],
)
@pytest.mark.timeout(60)
def test_a_hostile_scenario_is_given_up_in_time(when):
    some = ((f"c{n}", when.replace("{}", str((n + 1) % 160))) for n in range(160))
    loaded = laid_over("weeks: 60\n" + cards(*some))
    list(logic_conditions.findings(loaded.scenario, loaded.rules))
    list(craft.findings(loaded.scenario, loaded.rules))


@pytest.mark.parametrize("slug", ["golden", *SHIPPED])
def test_shipped_scenarios_are_sound(slug):
    loaded = golden_scenario() if slug == "golden" else opened(slug)
    told = list(logic_conditions.findings(loaded.scenario, loaded.rules))
    list(craft.findings(loaded.scenario, loaded.rules))
    assert told == []
    assert unreachable(loaded.scenario, loaded.rules) == ()
