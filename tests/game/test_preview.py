"""A run made again on each edition of a scenario: it keeps its place, skips what cannot be, forgets nothing."""

import pytest

from drafts import LATE, SCENARIO, replaced, ten_edits
from tpmsim.errors import InputRefused
from tpmsim.game.editions import Basis, Editions
from tpmsim.game.preview import FRESH, edition, track_of, track_on
from tpmsim.game.records import Forecast, Mark, Move, Undo, Week
from tpmsim.lab.policies.steady import STEADY
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse
from tpmsim.text import SafeText

SEED = "K7Q2-MX4D"


class Author:
    """Somebody who edits a scenario and plays it."""

    def __init__(self, text: str = SCENARIO) -> None:
        self.text = text
        self.editions = Editions(lambda: parse(self.text.encode(), "draft/scenario.yaml"), Basis(SEED, FRESH))
        self.save(text)

    def save(self, text: str) -> None:
        self.text = text
        attempt = self.editions.attempt(self.editions.basis)
        assert self.editions.fits(attempt)
        self.editions.adopt(attempt)

    @property
    def session(self):
        assert self.editions.edition is not None
        return self.editions.edition.session

    @property
    def week(self):
        return self.session.position.week

    @property
    def moves(self):
        """What stands on the track, without thoughts."""
        return [[one.id for one in week if isinstance(one, Move)] for week in self.editions.basis.track]


def in_week_six() -> Author:
    """One answer given in week 2, one card open, one move made in week 6."""
    author = Author()
    for week in range(6):
        if week == 2:
            author.session.play("answer:early/yes")
        author.session.end_week()
    author.session.play("talk:boss")
    assert author.week == 6
    assert author.session.observation.cards == ("late",)
    return author


def test_ten_edits_keep_the_place():
    author, edits = in_week_six(), ten_edits()
    done = [[], [], ["answer:early/yes"], [], [], [], ["talk:boss"]]
    before = author.session.observation

    author.save(edits["reword"])
    assert author.session.observation == before
    assert author.session.loaded.scenario.cards["late"].says.plain() == "May we rest, please?"
    assert author.editions.saved.told == ()

    author.save(edits["number"])
    assert (author.week, author.session.position.made) == (6, ("talk:boss",))
    assert author.session.loaded.scenario.market.segments["shops"].size == 60000

    author.save(edits["add a card"])
    assert author.editions.edition.answers == ("answer:newcomer/friend",)
    assert "newcomer" not in author.session.observation.cards
    assert (author.week, author.session.position.made) == (6, ("talk:boss",))

    author.save(edits["rename an answer"])
    assert [one.line for one in author.editions.edition.skipped] == ["answer:early/yes (no such move)"]
    assert author.editions.edition.skipped[0].week == 2
    assert "1 move is not possible any more: answer:early/yes (no such move)." in author.editions.saved.says

    sound = author.session
    author.save(edits["break"])
    assert not author.editions.saved.sound
    assert author.session is sound
    assert [(one.error, one.place.startswith("draft/scenario.yaml:")) for one in author.editions.saved.findings] == [
        (True, True)
    ]
    author.session.play("talk:builder")

    author.save(edits["mend"])
    assert author.editions.saved.sound
    assert author.editions.saved.findings == ()
    assert author.session.position.made == ("talk:boss", "talk:builder")
    author.session.undo()

    author.save(edits["remove the card"])
    assert author.week == 6
    assert author.session.observation.cards == ()
    assert "Card 'late' is gone; week 6 goes on without it." in author.editions.saved.told

    author.save(edits["bring it back"])
    assert (author.week, author.session.observation.cards) == (6, ("late",))

    author.save(edits["shorten"])
    assert author.session.position.over
    assert "The run ends in week 4 now; the preview stands there." in author.editions.saved.told
    assert author.moves == done

    author.save(edits["add a feature"])
    assert (author.week, author.session.position.made) == (6, ("talk:boss",))
    assert len(author.session.observation.features) == 2
    assert author.moves == done


def test_an_answer_comes_back_with_its_card():
    author = in_week_six()
    author.session.play("answer:late/rest")
    known = author.session.observation
    author.save(replaced(SCENARIO, LATE, ""))
    assert [one.what for one in author.editions.edition.skipped] == ["answer:late/rest"]
    author.session.end_week()
    author.save(SCENARIO)
    assert author.week == 7
    assert author.session.reports[-1].before == known


def test_an_answer_that_was_renamed_back_is_given_again():
    author = in_week_six()
    trust = author.session.observation.numbers["trust.boss"]
    author.save(replaced(SCENARIO, "yes: {says", "maybe: {says"))
    assert author.session.observation.numbers["trust.boss"] != trust
    author.save(SCENARIO)
    assert author.session.observation.numbers["trust.boss"] == trust


def test_what_is_taken_back_is_gone_and_what_was_skipped_is_not():
    author = in_week_six()
    author.session.play("answer:late/rest")
    author.session.play("talk:builder")
    author.save(replaced(SCENARIO, LATE, ""))
    author.session.undo()
    assert author.moves[-1] == ["talk:boss", "answer:late/rest"]
    author.session.undo()
    assert author.moves[-1] == ["answer:late/rest"]


def test_thoughts_and_forecasts_are_kept():
    author = in_week_six()
    author.session.note(SafeText.clean("why?"))
    author.session.forecast("trust.boss", 0, 1, 2)
    author.save(replaced(SCENARIO, "size: 50000", "size: 60000"))
    assert [week for week, _ in author.session.notes] == [6]
    assert [one.name for _, one in author.session.forecasts] == ["trust.boss"]
    gone = SCENARIO.replace("boss", "chief")
    author.save(gone)
    assert author.session.forecasts == []
    assert "forecast (no number 'trust.boss')" in [one.line for one in author.editions.edition.skipped]


def test_a_thought_after_the_end_does_not_cut_what_comes_after_it():
    author = in_week_six()
    author.save(replaced(SCENARIO, "weeks: 8", "weeks: 4"))
    author.session.note(SafeText.clean("too short"))
    author.save(SCENARIO)
    assert author.week == 6
    assert author.session.position.made == ("talk:boss",)


def test_the_same_world_gives_the_same_run():
    loaded = open_scenario("first-product")
    first = edition(loaded, SEED)
    record(first.session, STEADY)
    again = edition(loaded, SEED, track_on(first))
    assert again.session.outcome == first.session.outcome
    assert again.skipped == again.answers == ()
    assert again.stopped == ""
    assert track_on(again) == track_on(first)


def test_an_attempt_that_was_overtaken_does_not_fit():
    author = in_week_six()
    attempt = author.editions.attempt(author.editions.basis)
    author.session.undo()
    assert not author.editions.fits(attempt)
    assert author.editions.fits(author.editions.attempt(author.editions.basis))


def test_another_world_keeps_the_moves():
    author = in_week_six()
    author.editions.move("0000-0007")
    author.save(author.text)
    assert author.session.header.seed == "0000-0007"
    assert author.week == 6
    assert author.editions.basis.seed == "0000-0007"


def test_from_the_beginning():
    author = in_week_six()
    author.editions.restart()
    assert (author.week, author.moves) == (0, [[]])


def test_a_scenario_that_is_broken_at_first():
    author = Author("format: 2\n")
    assert author.editions.edition is None
    assert not author.editions.saved.sound
    author.save(SCENARIO)
    assert author.week == 0
    assert author.editions.saved.says == ""


def test_a_lead_plays_in_the_first_sound_edition_alone():
    led = []

    def lead(session):
        led.append(session.end_week().week)
        return "as far as it goes"

    editions = Editions(lambda: parse(SCENARIO.encode()), Basis(SEED, FRESH), lead)
    for _ in range(2):
        editions.adopt(editions.attempt(editions.basis))
        assert editions.edition.session.position.week == 1
    assert led == [0]


@pytest.mark.parametrize(
    ("records", "track"),
    [
        ((), ((),)),
        ((Move("a"), Undo(), Move("b")), ((Move("b"),),)),
        ((Move("a"), Week(0, {}, {}), Move("b"), Undo()), ((Move("a"),), ())),
        ((Undo(), Move("a")), ((Move("a"),),)),
        ((Forecast("cash", 1, 2, 3), Move("a"), Undo()), ((Forecast("cash", 1, 2, 3),),)),
        ((Move("a"), Mark(SafeText.clean("x")), Undo()), ((Mark(SafeText.clean("x")),),)),
    ],
)
def test_what_a_run_file_tells(records, track):
    assert track_of(records) == track


def test_a_hostile_edition_is_refused_like_any_other():
    author = in_week_six()
    for text in ("a: &a [*a]\n", "[" * 5_000, "format: 2\n" + "x: 1\n" * 20_001, "\0", "a: !!python/name:os.system\n"):
        author.save(text)
        assert not author.editions.saved.sound
        assert author.week == 6
    with pytest.raises(InputRefused):
        parse(b"a: &a [*a]\n")
