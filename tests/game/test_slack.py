"""What neglect does is said before and after, and is what happens: slower work by function, or hours of the player."""

from dataclasses import replace

import pytest

from tpmsim.core.observe import Observation
from tpmsim.core.rules import Function
from tpmsim.game.desk import Desk
from tpmsim.game.events import Event, events
from tpmsim.game.inbox import messages
from tpmsim.game.session import Session
from tpmsim.game.wording.groups import offered
from tpmsim.game.wording.happenings import Scene, sentence
from tpmsim.game.wording.previews import Sight, preview
from tpmsim.game.wording.slack import SLOW
from tpmsim.scenario.library import open_scenario, shipped

CHASE = "answers have to be chased"
WILL_CHASE = "then chasing their answers takes an hour of yours"


def with_person(seen: Observation, person: str, **changes: object) -> Observation:
    people = tuple(replace(one, **changes) if one.id == person else one for one in seen.people)  # type: ignore[arg-type]
    return replace(seen, people=people)


def told(session: Session, seen: Observation, kind: str, person: str) -> str:
    return sentence(Scene(session.loaded.rules, Desk(session).view.titles, seen), Event(kind, person))


@pytest.mark.parametrize("slug", shipped())
def test_every_case_of_neglect_says_what_it_does(slug: str) -> None:
    with Session.start(open_scenario(slug), "7") as session:
        rules, seen, people = session.loaded.rules, session.observation, Desk(session).view.people
        for name, number in zip(rules.stakeholders, rules.people.function, strict=True):
            works = SLOW.get(Function(int(number)), "")
            for idle in (True, False) if works else (True,):
                after = with_person(seen, name, intent="neglect", idle=idle, chased=idle)
                one = next(one for one in after.people if one.id == name)
                done, will = (CHASE, WILL_CHASE) if idle else (f"{works} next week", f"then {works}")
                assert told(session, after, "acted-neglect", name).endswith(f" lets things slide: {done}.")
                assert told(session, after, "intends-neglect", name).endswith(f"unless something changes: {will}.")
                assert will in people.person(name, after)
                assert people.meant(one) == will
            calm = next(one for one in with_person(seen, name, intent="loyalty").people if one.id == name)
            assert not people.meant(calm)


@pytest.mark.parametrize("slug", shipped())
def test_what_comes_of_speaking_up_is_told_and_is_what_happens(slug: str) -> None:
    """The sponsor hears of those who are not content, and of nobody else."""
    with Session.start(open_scenario(slug), "7") as session:
        seen, people = session.observation, Desk(session).view.people
        for one in seen.people:
            for mood in (-0.2, 0.2):
                after = with_person(seen, one.id, intent="voice", satisfaction=mood)
                will = people.meant(next(who for who in after.people if who.id == one.id))
                assert will in people.person(one.id, after)
                assert told(session, after, "intends-voice", one.id).endswith(f"speak up next week: {will}.")
                complains = "the sponsor hears of it" in told(session, after, "acted-voice", one.id)
                assert complains == ("the sponsor hears of it" in will)


def test_the_news_and_the_inbox_tell_the_hours() -> None:
    with Session.start(open_scenario("first-product"), "7") as session:
        desk, seen = Desk(session), session.observation
        after = replace(with_person(seen, "sponsor", acted="neglect", chased=True), week=1, chasing=1.0)
        happened = [one for one in events(seen, after) if one.kind == "chasing"]
        assert [one.amount for one in happened] == [1.0]
        assert told_of(session, after, happened[0]) == "Chasing answers takes 1 hour of 16 next week."
        told = [one.text for one in messages(desk.view, desk.narrator, (), after) if one.kind == "chased"]
        assert told == ["Chasing the answers of Ruth takes 1 hour of 16 this week."]
        assert not [one for one in messages(desk.view, desk.narrator, (), seen) if one.kind == "chased"]


def told_of(session: Session, after: Observation, event: Event) -> str:
    return sentence(Scene(session.loaded.rules, Desk(session).view.titles, after), event)


def test_an_intent_in_the_inbox_says_what_will_come_of_it() -> None:
    with Session.start(open_scenario("first-product"), "7") as session:
        session.end_week()
        desk = Desk(session)
        seen = with_person(session.observation, "sponsor", intent="neglect", because="unheard", unheard=4)
        words = next(
            one.text
            for one in messages(desk.view, desk.narrator, session.reports, seen)
            if one.kind == "voice" and one.person == "sponsor"
        )
        assert words.endswith(
            "(Ruth means to let things slide next week, unless something changes: not listened to for 4 weeks. "
            "Then chasing their answers takes an hour of yours.)"
        )


def test_nobody_is_escalated_whose_hour_is_gone() -> None:
    with Session.start(open_scenario("first-product"), "7") as session:
        choice = next(one for one in session.choices if one.id == "escalate:sales")
        lacking = replace(choice, reason="needs 1 h, 0 h left", here=True)
        seen = with_person(session.observation, "sales", acted="neglect")
        assert offered(seen, [lacking]) == (lacking,)
        assert offered(with_person(seen, "sales", chased=True), [lacking]) == ()


def test_taking_a_traded_promise_back_says_that_the_yes_is_gone() -> None:
    with Session.start(open_scenario("first-product"), "7") as session:
        view, seen = Desk(session).view, session.observation
        feature = seen.features[0].id
        owed = replace(seen.features[0], due=5, word=0.7, to="sales")
        seen = replace(seen, features=(owed, *seen.features[1:]))
        sight = {
            backing: Sight(view.rules, view.titles, with_person(seen, "sales", backing=backing)) for backing in (0, 1)
        }
        gone = "; they owe you no yes at the gate any more"
        assert preview(sight[1], f"withdraw:{feature}") == preview(sight[0], f"withdraw:{feature}") + gone
        assert gone not in preview(sight[1], f"renegotiate:{feature}")
