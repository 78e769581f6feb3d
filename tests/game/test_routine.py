"""As last week: only routine, only what can be made, in the order in which it was made."""

import random

import pytest

from chosen import some
from players import random_week
from tpmsim.game.position import moved
from tpmsim.game.routine import as_last_week, in_sequence, is_routine
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario

LOADED = open_scenario("first-product")


def begun(*moves: str, seed: str = "K7Q2-MX4D") -> Session:
    session = Session.start(LOADED, seed)
    for move in moves:
        session.play(move)
    session.end_week()
    return session


def test_nothing_was_done_before_the_first_week() -> None:
    assert as_last_week(Session.start(LOADED, "1")) == ()


def test_routine_comes_back_in_order_and_decisions_do_not() -> None:
    session = begun("target:cafes", "talk:sponsor", "survey:cafes", "problem:swap", "interview:cafes")
    assert as_last_week(session) == ("talk:sponsor", "survey:cafes", "interview:cafes")


def test_what_was_made_again_already_is_not_proposed_once_more() -> None:
    session = begun("survey:cafes", "survey:cafes", "talk:sponsor")
    session.play("survey:cafes")
    assert as_last_week(session) == ("survey:cafes", "talk:sponsor")
    session.play("talk:sponsor")
    assert as_last_week(session) == ("survey:cafes",)


def test_hours_are_counted_in_sequence() -> None:
    session = begun("prototype:cafes", "prototype:clinics", "talk:sponsor")
    for _ in range(2):
        session.play("interview:cafes")
    assert session.observation.hours == 8
    assert as_last_week(session) == ("prototype:cafes", "talk:sponsor")


def test_an_ended_run_has_no_next_week() -> None:
    session = begun("talk:sponsor")
    session.play("talk:sponsor")
    session.play("gate:research/kill")
    session.end_week()
    assert as_last_week(session) == ()


@pytest.mark.parametrize("seed", some(range(25), 3))
def test_what_is_proposed_can_be_made_as_it_stands(seed: int) -> None:
    session, dice = Session.start(LOADED, str(seed)), random.Random(seed)
    while session.outcome is None:
        moves = as_last_week(session)
        assert all(is_routine(LOADED.rules, move) for move in moves)
        position = session.position
        for move in moves:
            position = moved(position, move)
        assert in_sequence(session.position, moves) == moves
        random_week(session, dice)
