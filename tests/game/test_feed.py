"""The trend feed, rivals and study in the words of a run: what was read, what came, what did not, what is believed."""

import re

import pytest

from fragments import laid_over
from tpmsim.cli.plain_pages import beliefs
from tpmsim.core.mechanics.trends import NEVER
from tpmsim.game.desk import Desk
from tpmsim.game.insight import insight
from tpmsim.game.session import Session
from tpmsim.scenario.loading import parse

SOURCE = """\
market:
  segments:
    shops: {title: Shops, size: 50000}
  rivals:
    other: {title: Other & Sons, hazard: 52}
trends:
  kiosks: {title: Kiosks at the door, says: Kiosks are coming., first: 3, last: 5, then: {cash: -500}}
"""


def run(seed: str) -> Session:
    return Session.start(parse(laid_over(SOURCE).encode(), "feed"), seed)


def lines(session: Session) -> list[str]:
    """What the last week told."""
    return [one.text for one in Desk(session).reveal().happened]


def arrives(session: Session) -> float:
    return float(session.position.state.truth.arrives[0, 0])


def where(real: bool) -> Session:
    """A run in which the trend is real, or not."""
    seeds = (f"AAAA-AAA{letter}" for letter in "ABCDEFGHJKMNPQRSTVWXYZ")
    return next(one for one in map(run, seeds) if (arrives(one) < NEVER) == real)


@pytest.mark.parametrize("real", [True, False])
def test_each_look_is_told_with_what_is_now_believed(real: bool) -> None:
    session = where(real)
    session.play("read:trends")
    session.end_week()
    chance = session.observation.trends[0].chance
    told = [line for line in lines(session) if "You believe it" in line]
    assert len(told) == 1
    assert told[0].endswith(f"(You believe it at {100 * chance:.0f} %.)")
    assert ("Kiosks are coming." in told[0]) == (chance > 0.5), "a report speaks for it, silence against it"
    session.end_week()
    assert not [line for line in lines(session) if "You believe it" in line], "who does not look is told nothing"


@pytest.mark.parametrize("real", [True, False])
def test_what_comes_and_what_does_not_is_told_once(real: bool) -> None:
    session, told = where(real), []
    while not session.position.over and session.observation.week < 9:
        session.end_week()
        told += [(session.observation.week - 1, line) for line in lines(session) if "Kiosks" in line]
    if real:
        assert told == [(arrives(session), "It has come: Kiosks at the door.")]
        moved = [entry for report in session.reports for entry in report.entries if entry.cause == "trend:kiosks"]
        assert [(entry.number, entry.change, entry.week) for entry in moved] == [("cash", -50000, arrives(session))]
        assert Desk(session).view.cause("trend:kiosks") == "It came: Kiosks at the door"
    else:
        assert told == [(5, "It has not come, and will not: Kiosks at the door.")]


@pytest.mark.parametrize("real", [True, False])
def test_pages_say_what_is_believed_and_what_became_of_it(real: bool) -> None:
    session = where(real)
    desk = Desk(session)
    assert beliefs(desk.view, desk.seen)[-2:] == [
        "Trends:",
        "  Kiosks at the door: 50 % that it comes, between week 3 and 5",
    ]
    truth = {one.about: one.true for part in insight(session).truth for one in part.facts}
    assert truth["Kiosks at the door"] == (f"arrives in week {arrives(session):.0f}" if real else "is not real")
    for _ in range(6):
        session.end_week()
    desk = Desk(session)
    assert beliefs(desk.view, desk.seen)[-1] == (
        f"  Kiosks at the door: {'it has come' if real else 'it has not come, and will not'}"
    )


def test_every_kind_of_move_of_a_rival_is_told() -> None:
    told: set[str] = set()
    for letter in "ABCD":
        session = run(f"AAAA-AAA{letter}")
        while not session.position.over:
            session.end_week()
            did = session.observation.rivals_did
            said = {re.sub(r"^Other & Sons ", "", line) for line in lines(session) if line.startswith("Other")}
            assert len(said) == len(did)
            told |= said
    assert told == {"has a new feature.", "has got cheaper.", "makes a loud claim. It will fade."}
