"""The Loud Whale keeps its promises: short words, real choices, a chain that hangs together, endings within reach."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise, permutations

import numpy as np
import pytest

from tpmsim.core.arrays import Floats
from tpmsim.core.conditions import rows
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending, score
from tpmsim.core.rolls import run_seed
from tpmsim.core.rules import Function
from tpmsim.core.state import Known, State
from tpmsim.core.week import advance
from tpmsim.lab.policies import get_policy
from tpmsim.lab.policy import Book, Mask, Ordered, Policy, Rule, always, both
from tpmsim.lab.rollout import play, play_week
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.schema import Answer

pytestmark = pytest.mark.xdist_group("the loud whale")
"""Each way of playing is played once, in one process of a parallel run."""

LOADED = open_scenario("the-loud-whale")
RULES, GAME = LOADED.rules, LOADED.scenario
SAYS, ANSWER = 45, 18
RUNS = 60
CARDS = [card.id for card in RULES.cards]

RESEARCH = ("interview:small", "logs:small", "interview:mid")
ONWARDS = (
    "gate:research/go",
    "3:gate:research/leap",
    "gate:roadmap/go",
    "5:gate:roadmap/leap",
    "gate:build/go",
    "criteria:loose",
    "claim:plain",
    "overtime:none",
)
OPENING = ("wave:10", "wave:100", "gate:launch/go")
DECLINED = ("answer:demo/what_is", "answer:draft/decline", "answer:second_offer/as_it_is")
SIGNED = ("answer:demo/stage_it", "answer:draft/sign", "answer:kickoff/own", "answer:creep/trade", "answer:late/finish")
SMALL = ("commit:board/plan/in8", "commit:photos/plan/in8", "commit:service_stop/plan/in8")
LIVE = ("9:commit:card_link/aim/in8", "12:commit:big_buttons/aim/in8", "15:commit:scan/aim/in8")
GROUP = ("commit:group_login/plan/in8", "commit:flow/aim/in13", "plan:flow", "commit:board/aim/in13")


def script(name: str, *moves: str) -> Policy:
    """A player who makes the first legal one of these moves, again and again; `7:move` from week 7 on."""

    return Ordered(name, lambda book: ordered(book, moves))


def ordered(book: Book, moves: Iterable[str]) -> list[Rule]:
    """Lines of a policy for moves as they are written in `script`."""
    made = []
    for text in moves:
        week, _, move = text.partition(":") if text[0].isdigit() else ("0", "", text)
        made.append(Rule(move, both(since(int(week)), unasked(book, move)), book.rows[move]))
    return made


def since(week: int) -> Mask:
    return lambda rules, known: np.asarray(known.week >= week)


def unasked(book: Book, move: str) -> Mask:
    """An instrument is used once a week; any other move as often as it is legal."""
    made = book.rules.moves[book.rows[move]]
    queued = next((effect.ref.row for effect in made.effects if effect.ref.field == "queue"), None)
    return always if queued is None else lambda rules, known: np.asarray(known.queue[queued] <= 0.0)


def aimed(segment: str, need: str) -> tuple[str, ...]:
    return (f"target:{segment}", f"problem:{need}")


def sales_first() -> Policy:
    """Says yes to sales, whatever it is, and otherwise does what is needed to get there."""
    row = list(RULES.stakeholders).index("sales")

    def pleases(book: Book, number: int) -> float:
        return sum(
            effect.value
            for effect in book.rules.moves[number].effects
            if effect.ref.field in ("kept_weight", "satisfaction") and effect.ref.row == (row,)
        )

    def lines(book: Book) -> list[Rule]:
        answers = []
        for card in book.rules.cards:
            best = sorted(card.answers, key=lambda number: -pleases(book, number))
            answers += [Rule("yes", always, number) for number in best]
        wishes = [f"commit:{one}/commit/in13" for one in ("group_login", "flow", "audit_export", "own_logo")]
        moves = ("calls:enterprise", "calls:small", *aimed("enterprise", "login"), *wishes, "plan:flow")
        rest = (*moves, "commit:board/aim/in13", *ONWARDS, *OPENING, "talk:sales")
        return [*answers, *ordered(book, rest)]

    return Ordered("sales first", lines)


PLAYERS: dict[str, Policy] = {
    "many": script("many", *DECLINED, *RESEARCH, *aimed("small", "returns"), *SMALL, *LIVE, *ONWARDS, *OPENING),
    "closed": script(
        "closed", *DECLINED, *RESEARCH, *aimed("small", "returns"), *SMALL, *ONWARDS, *OPENING, "22:gate:live/sunset"
    ),
    "dear": script(
        "dear", *DECLINED, *RESEARCH, *aimed("small", "returns"), *SMALL, *LIVE, "price:120", *ONWARDS, *OPENING
    ),
    "careless": script(
        "careless", *aimed("small", "approvals"), "commit:own_logo/aim/in8", *ONWARDS, *OPENING, "14:gate:build/leap"
    ),
    "whale": script(
        "whale",
        *SIGNED,
        "interview:enterprise",
        *aimed("enterprise", "approvals"),
        *GROUP,
        "9:commit:audit_export/aim/in8",
        "price:240",
        *ONWARDS,
        *OPENING,
    ),
    "both": script(
        "both", *SIGNED, *RESEARCH, *aimed("small", "returns"), *GROUP, *SMALL[:2], *LIVE[:1], *ONWARDS, *OPENING
    ),
    "signs and forgets": script(
        "forgets", *SIGNED[:3], "drop:flow", *RESEARCH, *aimed("small", "returns"), *SMALL, *ONWARDS, *OPENING
    ),
    "greedy": script(
        "greedy", *DECLINED, *RESEARCH, *aimed("small", "returns"), *SMALL, *ONWARDS, *OPENING, "20:price:240"
    ),
    "stops": script("stops", "3:gate:research/kill", "gate:roadmap/kill", "gate:build/kill", *RESEARCH),
    "stops late": script("late", "9:gate:research/kill"),
    "idle": script("idle"),
    "asks on": script("asks", "2:survey:small", "2:survey:mid", "2:prototype:small"),
    "naive": get_policy("naive"),
    "steady": get_policy("steady"),
    "sales": sales_first(),
}


@cache
def played(name: str) -> State:
    seeds = np.array([run_seed(7, number) for number in range(RUNS)], dtype=np.uint64)
    return play(RULES, initial(RULES, seeds), PLAYERS[name])


@cache
def weekly(name: str) -> Floats:
    """(W, numbers, runs) the numbers that are shown first, week by week."""
    seeds = np.array([run_seed(7, number) for number in range(RUNS)], dtype=np.uint64)
    state, bound = initial(RULES, seeds), PLAYERS[name].bind(RULES)
    values = [one.value for one in RULES.numbers if one.id in GAME.numbers]
    seen = []
    while state.live.any():
        state = advance(RULES, play_week(RULES, state, bound))
        seen.append(np.stack([rows(state.known, value) for value in values]))
    return np.stack(seen)


def came(name: str, card: str) -> Floats:
    return np.asarray(played(name).known.came[CARDS.index(card)])


def told(known: Known) -> set[str]:
    return {RULES.endings[row].id for row in ending(RULES, known)}


# Words, in every scenario that comes with the program


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize("slug", shipped())
def test_cards_and_answers_are_short(slug: str) -> None:
    for name, card in open_scenario(slug).scenario.cards.items():
        assert words(card.says.plain()) <= SAYS, name
        for answer_id, answer in card.answers.items():
            assert words(answer.says.plain()) <= ANSWER, f"{name}/{answer_id}"
            assert answer.reply is not None, f"{name}/{answer_id}"


def axes(answer: Answer) -> dict[str, float]:
    """What a player sees of an answer, more is better; what is set rather than added is neither, and kept apart."""
    seen = {"hours": -answer.hours, "cost": -answer.cost, "promise": -1.0 if answer.promise else 0.0}
    for lever, amount in answer.then.items():
        worse = lever in ("fatigue", "overtime", "spend") or lever.startswith("rival.")
        apart = lever.startswith(("committed.", "kept.")) or lever in ("claim", "spend")
        seen[lever] = -amount if worse else amount
        if apart:
            seen[f"not {lever}"] = -amount
    return seen


def dominates(a: Answer, b: Answer) -> bool:
    """At least as good in all that is seen, and better in something."""
    first, second = axes(a), axes(b)
    gains = [first.get(axis, 0.0) - second.get(axis, 0.0) for axis in {*first, *second}]
    return min(gains) >= 0.0 and max(gains) > 0.0


@pytest.mark.parametrize("slug", shipped())
def test_no_answer_is_dominated_in_what_is_declared(slug: str) -> None:
    for name, card in open_scenario(slug).scenario.cards.items():
        for (a, one), (b, other) in permutations(card.answers.items(), 2):
            open_to_all = one.when is None  # what only some can say leaves the others their answer
            better = open_to_all and dominates(one, other)
            assert not better, f"{name}: {a} is better than {b} in all that is declared"


def test_agnes_does_not_say_the_same_thing_twice() -> None:
    """Who goes on leaving her reports unread hears three different sentences, and then nothing."""
    asked = [GAME.cards[name] for name in ("unread", "still_unread", "full_drawer")]
    assert all(card.once and card.speaker == "sponsor" for card in asked)
    assert len({card.says for card in asked}) == 3
    assert (came("asks on", "unread") >= came("asks on", "still_unread")).all()
    assert (came("asks on", "still_unread") >= came("asks on", "full_drawer")).all()
    assert came("asks on", "full_drawer").any()


# What there is


def test_there_is_as_much_of_it_as_forty_minutes_need() -> None:
    assert len(RULES.moves) <= 420
    assert len(GAME.cards) >= 18
    assert 8 <= len(GAME.needs) <= 10
    assert 14 <= len(GAME.features) <= 16
    assert 3 <= sum(need.known for need in GAME.needs.values()) <= 4
    assert {person.function for person in GAME.stakeholders.values()} == {
        "build",
        "design",
        "market",
        "sell",
        "sponsor",
    }
    assert all(len(card.answers) <= 4 for card in GAME.cards.values())


def test_everybody_has_words_of_their_own() -> None:
    every: list[str] = []
    for name, person in GAME.stakeholders.items():
        for response, least in (("voice", 5), ("loyalty", 5), ("neglect", 3), ("exit", 3)):
            lines = [line.plain() for line in person.lines[response]]
            assert len(lines) >= least, (name, response)
            assert all(person.name.plain() in line for line in lines if response in ("voice", "loyalty", "neglect"))
            every += lines
    assert len(set(every)) == len(every)


def test_calls_lean_to_the_whale_and_logs_know_no_groups() -> None:
    calls, logs = GAME.instruments["calls"], GAME.instruments["logs"]
    assert calls.hours == min(tool.hours for tool in GAME.instruments.values())
    assert calls.loudest == "enterprise"
    assert calls.lean >= 0.5
    assert "enterprise" not in logs.segments


def test_serving_one_costs_another() -> None:
    """Some feature is wanted by one and resented by another, and each of the two has a say."""
    wanted = {name for person in GAME.stakeholders.values() for name, weight in person.goals.items() if weight > 0.0}
    minded = {name for person in GAME.stakeholders.values() for name, weight in person.goals.items() if weight < 0.0}
    assert len({name for name in wanted & minded if name.startswith("committed.")}) >= 2


def test_every_number_shown_first_rises_and_falls_and_tells_players_apart() -> None:
    """Half a standard deviation between some two players in the middle of a run or at its end."""
    shown = [one.id for one in RULES.numbers if one.id in GAME.numbers]
    steps = {name: np.diff(weekly(name), axis=0) for name in ("greedy", "whale", "naive", "steady")}
    for number, name in enumerate(shown):
        assert any((step[:, number] > 0.0).any() for step in steps.values()), name
        assert any((step[:, number] < 0.0).any() for step in steps.values()), name
        apart = 0.0
        for one, other in permutations(steps, 2):
            for week in (13, -1):
                a, b = weekly(one)[week, number], weekly(other)[week, number]
                apart = max(apart, abs(a.mean() - b.mean()) / max(np.sqrt((a.var() + b.var()) / 2.0), 1e-9))
        assert apart >= 0.5, name


# The chain of the whale


def test_who_signs_gets_the_whole_chain() -> None:
    assert came("whale", "demo").mean() > 0.9
    for card in ("draft", "kickoff", "creep", "landed", "renewal", "reference_call"):
        assert came("whale", card).mean() > 0.3, card
    before = ("demo", "draft", "kickoff", "landed", "renewal")
    for first, then in pairwise(before):
        assert (came("whale", first) >= came("whale", then)).all(), (first, then)


def test_who_declines_is_asked_again_only_as_an_ordinary_supplier() -> None:
    assert came("many", "draft").mean() > 0.8
    for card in ("kickoff", "creep", "late", "landed", "renewal"):
        assert not came("many", card).any(), card
    assert came("many", "second_offer").mean() > 0.3


def test_who_signs_and_does_not_deliver_hears_of_clause_eleven() -> None:
    assert (came("signs and forgets", "late") >= came("signs and forgets", "kickoff")).mean() > 0.9
    assert not came("signs and forgets", "landed").any()


# Endings


@pytest.mark.soak
def test_every_ending_is_reached_by_somebody() -> None:
    reached = set().union(*(told(played(name).known) for name in PLAYERS))
    assert reached == set(GAME.endings)


@pytest.mark.parametrize(
    ("player", "title"),
    [("many", "many"), ("whale", "landed"), ("both", "both"), ("dear", "loved"), ("stops", "good_kill")],
)
def test_each_way_of_playing_has_its_good_ending(player: str, title: str) -> None:
    assert GAME.endings[title].good
    assert title in told(played(player).known)


def test_two_good_endings_are_open_to_a_median_run_in_week_four() -> None:
    final = score(RULES, played("steady").known)
    middle = np.argsort(final, kind="stable")[RUNS // 2 - 5 : RUNS // 2 + 5]
    seeds = np.array([run_seed(7, int(number)) for number in middle], dtype=np.uint64)
    state, bound = initial(RULES, seeds), get_policy("steady").bind(RULES)
    while int(state.week) < 4:
        state = advance(RULES, play_week(RULES, state, bound))
    names = [one.id for one in RULES.endings]
    ways = [
        ending(RULES, play(RULES, state, PLAYERS[name]).known) for name in ("many", "whale", "both", "steady", "stops")
    ]
    good = [{names[row] for row in run if GAME.endings[names[row]].good} for run in np.stack(ways, axis=1)]
    assert min(len(reached) for reached in good) >= 2, good
    assert len(set().union(*good)) >= 3, good


def test_agreeing_with_sales_is_not_near_the_top() -> None:
    pleased, careful = (score(RULES, played(name).known) for name in ("sales", "steady"))
    assert pleased.mean() < careful.mean() - 10.0
    assert (pleased > careful).mean() < 0.15


def test_a_whale_landed_honestly_is_sometimes_the_best_there_was() -> None:
    whale, many, careful = (score(RULES, played(name).known) for name in ("whale", "many", "steady"))
    best = (whale > many) & (whale > careful)
    assert 0.05 < best.mean() < 0.6


def test_a_sponsor_who_hears_nothing_may_close_the_file() -> None:
    left = [
        (played(name).known.gone[list(RULES.people.function).index(Function.SPONSOR)] > 0).mean()
        for name in ("idle", "steady")
    ]
    assert left[0] > 0.02
    assert left[0] > left[1]
