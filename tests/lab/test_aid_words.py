"""The pages of aids in words: what a player said stands beside what is likely, and RICE is on its published scales."""

from functools import cache

import numpy as np
import pytest

from tpmsim.core.mechanics.finance import RICE_CONFIDENCE, RICE_IMPACT, delay_cost, rice
from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.game.wording.bars import bar, marked_bar
from tpmsim.lab.aid_words import _odds, _sign, aids_page, timetable_page, together
from tpmsim.lab.aids import asked, jobs
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record_until
from tpmsim.lab.schedule import NOT_IN_TIME, Date, Timetable, schedule
from tpmsim.scenario.library import open_scenario


@cache
def desk(week: int = 5) -> Desk:
    session = Session.start(open_scenario("the-loud-whale"), "7")
    record_until(session, get_policy("steady"), lambda: session.position.week >= week)
    return Desk(session)


def date(chance: int | None, word: float = 0.7) -> Date:
    return Date("a", True, 9 if chance is not None else 0, word, chance, 5.0, 6.0, NOT_IN_TIME, (0, 100))


def test_everything_planned_stands_in_the_timetable_with_its_own_date_and_word() -> None:
    page = timetable_page(desk())
    waiting = [one for one in desk().seen.features if one.committed and not one.complete]
    assert [one.id for one in page.rows] == [one.id for one in sorted(waiting, key=lambda one: one.rank)]
    for row, one in zip(page.rows, sorted(waiting, key=lambda one: one.rank), strict=True):
        assert (row.due, row.word) == (one.due, one.word)
        assert f"week {one.due}" in row.promised
        assert list(row.curve) == sorted(row.curve), "what is complete stays so in a date"
        assert len(row.curve) == desk().seen.weeks - desk().seen.week + 1
    assert "All 5 promises are kept" in page.together


def test_two_promises_are_both() -> None:
    told = [
        together(Timetable(5, False, (date(90),) * count, kept))
        for count, kept in ((1, 90), (2, 80), (3, 70), (2, None))
    ]
    assert told == [
        "",
        "Both promises are kept in 80 % of the cases.",
        "All 3 promises are kept in 70 % of the cases.",
        "",
    ]


def test_together_promises_are_no_likelier_than_each_alone() -> None:
    table = schedule(desk().view.rules, desk().known, desk().luck)
    chances = [one.chance for one in table.dates if one.chance is not None]
    assert table.kept is not None
    assert table.kept <= min(chances)


def test_before_the_gate_building_begins_with_the_coming_week() -> None:
    before = desk(4)
    assert before.seen.stage == "roadmap"
    table = schedule(before.view.rules, before.known, before.luck)
    assert table.waits
    assert all(one.half > before.week and one.curve[0] == 0 for one in table.dates)
    assert "if this week's gate opens" in timetable_page(before).says


@pytest.mark.parametrize(
    ("chance", "sign", "odds"),
    [(100, "+", "over 95 %"), (70, "+", "70 %"), (65, "!", "65 %"), (40, "x", "40 %"), (0, "x", "under 5 %")],
)
def test_a_chance_is_compared_with_the_word(chance: int, sign: str, odds: str) -> None:
    assert _sign(date(chance)) == sign
    assert _odds(chance) == odds
    assert _sign(date(None)) == ""


def test_values_and_prices_add_up_to_what_is_gained() -> None:
    rows = asked(desk().view.rules, desk().known)
    assert [one.weeks for one in rows] == sorted((one.weeks for one in rows), reverse=True)
    assert all(one.price > 0.0 and one.value >= 0.0 for one in rows)
    page = aids_page(desk())
    assert [one.pays for one in page.questions] == [one.weeks > 0.0 for one in rows]
    assert all(0.0 <= part <= 1.0 for one in page.questions for part in (one.fills, one.mark))


def test_rice_is_what_it_says_it_is_made_of() -> None:
    for job in jobs(desk().view.rules, desk().known):
        part = job.rice
        assert part.impact in (*RICE_IMPACT, ("none", 0.0))
        assert part.confidence in RICE_CONFIDENCE
        assert part.score == rice(part.reach, part.impact[1], part.confidence[1], part.effort)
        assert 0.0 <= part.reach <= desk().view.rules.market.size.sum()
        assert (part.reach == 0.0) == (part.impact[1] == 0.0)


def test_the_order_of_urgency_costs_no_more_delay_than_any_swap_of_neighbours() -> None:
    rows = jobs(desk().view.rules, desk().known)
    cost, weeks = np.array([one.delay for one in rows]), np.array([one.weeks for one in rows])
    best = delay_cost(cost, weeks)
    for place in range(len(rows) - 1):
        order = list(range(len(rows)))
        order[place], order[place + 1] = order[place + 1], order[place]
        assert best <= delay_cost(cost[order], weeks[order]) * (1 + 1e-12)


def test_bars_keep_their_width_and_the_mark_its_place() -> None:
    assert bar(0.5, 10) == "#####-----"
    assert marked_bar(0.5, 0.2, 10) == "##|###-----"
    assert marked_bar(0.0, 1.0, 4) == "----|"
    assert {len(marked_bar(share / 9, mark / 9, 7)) for share in range(-2, 12) for mark in range(-2, 12)} == {8}
