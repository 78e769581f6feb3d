"""Aids in plain mode: they fit the width, say what is on the screen too, and change nothing."""

from pathlib import Path

import pytest

from tpmsim.cli.plain import play_plain
from tpmsim.cli.plain_aids import MOST, aids, timetable
from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.lab.aid_words import aids_page, timetable_page
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record_until
from tpmsim.scenario.library import open_scenario


def led(week: int, path: Path | None = None) -> Session:
    session = Session.start(open_scenario("the-loud-whale"), "7", path)
    record_until(session, get_policy("steady"), lambda: session.position.week >= week)
    return session


def typed(session: Session, *lines: str, width: int = 78) -> list[str]:
    out: list[str] = []
    answers = iter((*lines, "q"))
    play_plain(session, lambda prompt: next(answers, None), out.append, width, ascii=True)
    return "\n".join(out).splitlines()


@pytest.mark.parametrize("width", [30, 60, 78])
def test_every_line_fits(width: int) -> None:
    told = typed(led(5), "t", "x", width=width)
    assert max(map(len, told)) <= width


def test_all_dates_and_promises_are_told() -> None:
    desk = Desk(led(5))
    page, told = timetable_page(desk), "\n".join(timetable(desk))
    for one in page.rows:
        assert f"{one.title}: 50 % by week {one.half}, 80 % by week {one.likely}, 95 % by week {one.sure}" in told
        assert f"{one.odds} likely; you said {one.promised}" in told
    assert page.together in told


def test_the_best_questions_and_the_most_urgent_features_are_told() -> None:
    desk = Desk(led(5))
    page, told = aids_page(desk), "\n".join(aids(desk))
    for one in page.questions[:MOST]:
        assert f"{one.value} for {one.price}" in told
        assert one.title in told
    assert f"and {len(page.jobs) - MOST} features more" in told
    assert [told.index(f"  {one.title}") for one in page.jobs[:MOST]] == sorted(
        told.index(f"  {one.title}") for one in page.jobs[:MOST]
    )


def test_looking_changes_nothing_and_says_the_same_again(tmp_path: Path) -> None:
    session = led(5, tmp_path / "run.tpmrun")
    before = (tmp_path / "run.tpmrun").read_bytes()
    first = typed(session, "timetable", "aids")
    again = typed(session, "schedule", "x")
    assert first == [line.replace("schedule", "timetable") for line in again]
    assert (tmp_path / "run.tpmrun").read_bytes() == before


def test_a_run_that_is_over_can_still_be_looked_at() -> None:
    told = " ".join(typed(led(99), "t", "x"))
    assert "Nothing is waiting to be built" in told
