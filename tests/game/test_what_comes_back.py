"""What one does to people and to customers comes back, with its cause by name: two whole games of The Loud Whale."""

from functools import cache

import pytest

from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.scenario.library import open_scenario

pytestmark = pytest.mark.xdist_group("what comes back")
"""The games are played once, in one process of a parallel run."""

SEED = "K7Q2-MX4D"
OPENING = ("interview:small", "interview:small", "survey:small", "target:small", "problem:returns")
PLAN = tuple(f"commit:{feature}/plan/in13" for feature in ("board", "photos", "card_link", "reminders"))
RECKLESS = ("commit:group_login/commit/in4", "commit:audit_export/commit/in4")
LAUNCH = ("criteria:loose", "wave:10", "wave:100")
IGNORED = "design"
PEOPLE = ("engineering", "marketing", "sales", "sponsor")


def played(kind: str) -> Session:
    """A whole game, of what is legal each week; a good one warns, listens and claims what there is."""
    session = Session.start(open_scenario("the-loud-whale"), SEED)
    good = kind == "good"
    while not session.position.over:
        seen = session.observation
        wanted = list(OPENING) if seen.week == 0 else []
        if seen.stage == "roadmap":
            wanted += PLAN if good else [*PLAN, *RECKLESS]
        if seen.stage in ("launch", "live"):
            wanted += ["claim:plain" if good else "claim:bold", *LAUNCH]
        around = (*PEOPLE, IGNORED) if good else PEOPLE
        wanted += [f"talk:{around[(seen.week + step) % len(around)]}" for step in range(2)]
        if seen.week:
            drops = ["drop:group_login", "drop:audit_export"] if seen.stage == "build" else []
            go = "go" if seen.gate_answer >= 0 else "leap"
            wanted += [*drops, f"gate:{seen.stage}/{go}"]
        for move in wanted:
            if move in session.legal_moves:
                session.play(move)
        for card in session.position.unanswered:
            session.play(next(one for one in reversed(session.legal_moves) if one.startswith(f"answer:{card}/")))
        session.end_week()
    return session


@cache
def game(kind: str) -> Session:
    return played(kind)


def moved(session: Session, number: str, cause: str) -> int:
    """The sum of all changes of a number by a cause, in its quanta."""
    entries = [entry for report in session.reports for entry in report.entries]
    return sum(entry.change for entry in entries if (entry.number, entry.cause) == (number, cause))


def test_who_is_ignored_comes_back_by_name() -> None:
    bad, good = game("bad"), game("good")
    assert moved(bad, f"satisfaction.{IGNORED}", "not heard") < 0
    assert moved(good, f"satisfaction.{IGNORED}", "not heard") == 0
    reasons = [
        Desk(bad).view.people.because(one)
        for report in bad.reports
        for one in report.after.people
        if one.id == IGNORED and one.because == "unheard"
    ]
    assert any(reason.startswith("not listened to for") for reason in reasons)


def test_broken_promises_come_back_by_name() -> None:
    bad, good = game("bad"), game("good")
    for feature in ("group_login", "audit_export"):
        assert moved(bad, "trust.sales", f"promise-broken:{feature}") < 0
        assert moved(bad, "satisfaction.sales", f"promise-broken:{feature}") < 0
        assert moved(good, "trust.sales", f"promise-broken:{feature}") == 0
    broken = {event.subject for report in bad.reports for event in report.events if event.kind == "promise-broken"}
    assert {"group_login", "audit_export"} <= broken
    sales = next(one for one in bad.observation.people if one.id == "sales")
    assert sales.broken is not None
    assert sales.broken[0] in ("group_login", "audit_export"), "and are remembered"
    kept = {event.subject for report in good.reports for event in report.events if event.kind == "promise-kept"}
    assert kept
    to = {feature: one.sponsor for feature, one in open_scenario("the-loud-whale").scenario.features.items()}
    assert all(moved(good, f"satisfaction.{to[feature]}", f"promise-kept:{feature}") > 0 for feature in kept)


def test_an_overclaim_comes_back_by_name() -> None:
    """The same product, told as more than it is and as what it is."""
    bad, good = game("bad"), game("good")
    assert moved(bad, "customers", "sign-ups") > moved(good, "customers", "sign-ups"), "it brings people in"
    points = 1_000
    assert moved(bad, "sentiment", "claim") < -2 * points, "who say that they had been told more,"
    assert moved(good, "sentiment", "claim") > points
    assert moved(bad, "customers", "felt") < 0 < moved(good, "customers", "felt"), "and leave for it"
    assert _left(bad) > 1.1 * _left(good)
    last = {kind: game(kind).reports[-1].after.numbers["sentiment"] for kind in ("bad", "good")}
    assert last["good"] > 0.1 > 0.0 > last["bad"]
    for session, number, words in (
        (bad, "sentiment", "What newcomers had been told against what they got"),
        (bad, "customers", "Staying or leaving by how it was for them"),
    ):
        rows = [row for one in Desk(session).why(number).sums for row in one.rows]
        assert words in {row.words for row in rows}, "the page that tells why says so"


def _left(session: Session) -> float:
    """Share of those who signed up who left again."""
    gone = sum(moved(session, "customers", cause) for cause in ("churn", "felt", "waited", "broken", "price"))
    return -gone / moved(session, "customers", "sign-ups")


def test_an_intent_is_shown_a_week_before_it_is_carried_out() -> None:
    for kind in ("bad", "good"):
        for report in game(kind).reports[1:]:
            shown = {one.id: one.intent for one in report.before.people}
            for one in report.after.people:
                assert one.acted in (None, shown[one.id])


def test_the_right_way_leaves_more_trust() -> None:
    trust = {kind: game(kind).reports[-1].after.numbers for kind in ("bad", "good")}
    assert trust["good"]["trust.sales"] > trust["bad"]["trust.sales"]
    assert trust["good"]["satisfaction.design"] > trust["bad"]["satisfaction.design"]
