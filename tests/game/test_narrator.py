"""The narrator: deterministic from seed and history, and never the same line twice while there is another."""

from collections import Counter
from dataclasses import replace

import pytest

from tpmsim.core.observe import Observation
from tpmsim.game.narrator import DEFAULT, LOUD, VOICES, Narrator
from tpmsim.game.position import Position, opening, week_ended
from tpmsim.scenario.library import open_scenario, shipped
from tpmsim.scenario.loading import Loaded


@pytest.fixture(scope="module")
def game() -> Loaded:
    return open_scenario("first-product")


@pytest.fixture(scope="module")
def history(game: Loaded) -> list[Observation]:
    position: Position = opening(game.rules, "7")
    seen = [position.observation]
    for _ in range(game.rules.weeks - 1):
        position = week_ended(position)
        seen.append(position.observation)
    return seen


def heard(narrator: Narrator, person: str, intent: str, times: int) -> list[str]:
    """What one person says who means the same so many times."""
    said, lines = Counter[str](), list[str]()
    for _ in range(times):
        words, line = narrator.freshest(person, intent, said)
        said[words] += 1
        lines.append(line)
    return lines


def test_no_line_is_said_twice_while_there_is_another(game: Loaded) -> None:
    narrator = Narrator(game, "7")
    for person, spec in game.scenario.stakeholders.items():
        for intent in DEFAULT:
            count = len(spec.lines.get(intent, ())) + len(DEFAULT[intent])
            lines = heard(narrator, person, intent, 2 * count)
            assert len(set(lines[:count])) == count
            assert lines[count:] == lines[:count]


def test_what_one_has_said_another_does_not_say_again(game: Loaded) -> None:
    narrator, said = Narrator(game, "7"), Counter[str]()
    for _ in DEFAULT["exit"]:
        for person in ("ghost", "phantom"):
            words, line = narrator.freshest(person, "exit", said)
            assert "NAME" in words
            assert "NAME" not in line
            said[words] += 1
    assert set(said.values()) == {2}
    assert set(said) == set(DEFAULT["exit"])


def test_own_lines_come_first(game: Loaded) -> None:
    own = {line.plain() for line in game.scenario.stakeholders["sales"].lines["voice"]}
    assert set(heard(Narrator(game, "7"), "sales", "voice", len(own))) == own


@pytest.mark.parametrize("name", shipped())
def test_there_are_words_for_a_whole_run(name: str) -> None:
    """Two of those who mean no harm are heard each week; one who means harm is, for a quarter of the run."""
    game = open_scenario(name)
    turns = -(-VOICES * game.rules.weeks // len(game.rules.stakeholders))
    for person in game.scenario.stakeholders:
        for intent in DEFAULT:
            times = game.rules.weeks // 4 if intent in LOUD else turns
            assert len(set(heard(Narrator(game, "7"), person, intent, times))) == times, f"{person}/{intent}"


def test_a_run_does_not_repeat_itself(game: Loaded, history: list[Observation]) -> None:
    narrator = Narrator(game, "7")
    told = [line.text for week in range(len(history)) for line in narrator.lines(history[: week + 1])]
    assert len(told) >= len(history)
    assert len(set(told)) == len(told)


def test_same_seed_same_words_other_seed_other_words(game: Loaded, history: list[Observation]) -> None:
    assert Narrator(game, "7").lines(history) == Narrator(game, "7").lines(history)
    others = {Narrator(game, str(seed)).lines(history) for seed in range(8)}
    assert len(others) > 1


def test_whoever_means_harm_is_always_heard(game: Loaded, history: list[Observation]) -> None:
    last = history[-1]
    people = tuple(replace(one, intent=LOUD[row % 2]) for row, one in enumerate(last.people))
    lines = Narrator(game, "7").lines([*history[:-1], replace(last, people=people)])
    assert [line.person for line in lines] == list(game.rules.stakeholders)


def test_who_has_left_says_nothing(game: Loaded, history: list[Observation]) -> None:
    gone = tuple(replace(one, gone=True) for one in history[-1].people)
    assert Narrator(game, "7").lines([*history[:-1], replace(history[-1], people=gone)]) == ()


def test_defaults_for_scenarios_without_lines(game: Loaded, history: list[Observation]) -> None:
    silent = {name: one.model_copy(update={"lines": {}}) for name, one in game.scenario.stakeholders.items()}
    bare = replace(game, scenario=game.scenario.model_copy(update={"stakeholders": silent}))
    narrator = Narrator(bare, "7")
    for line in narrator.lines(history):
        assert line.text
        assert "NAME" not in line.text


def test_a_hint_fits_while_its_condition_holds(game: Loaded) -> None:
    narrator, position = Narrator(game, "7"), opening(game.rules, "7")
    assert [name for name, _ in narrator.hints(position.state.known)] == ["planning"]
    later = [name for name, _ in narrator.hints(week_ended(position).state.known)]
    assert later[0] == "unasked"
    assert "planning" not in later


def test_every_hint_of_the_guide_is_compiled(game: Loaded) -> None:
    assert list(game.guide) == list(game.scenario.guide)


def test_replies_endings_and_questions(game: Loaded) -> None:
    narrator = Narrator(game, "7")
    assert narrator.reply("answer:mill_street/later") == "Dana writes 'not now' down as 'soon'. Mill Street hears 'no'."
    assert narrator.reply("interview:cafes") == ""
    assert narrator.reply("answer:nobody/nothing") == ""
    assert narrator.question() in [one.plain() for one in game.scenario.debrief.questions]
    outcome = opening(game.rules, "7").result()
    title, text = narrator.ending(outcome)
    assert title
    assert text
    assert "*" not in " ".join(narrator.brief())


def test_no_two_people_say_the_same_line_of_anybody() -> None:
    """What is left when the own lines of several people are used up: it was the same three words for all of them."""
    loaded = open_scenario("first-product")
    people = loaded.scenario.stakeholders
    for seed in ("7", "8", "K7Q2-MX4D"):
        narrator, said = (
            Narrator(loaded, seed),
            Counter(line.plain() for one in people.values() for line in one.lines["loyalty"]),
        )
        heard = []
        for name in people:
            words, _ = narrator.freshest(name, "loyalty", said)
            said[words] += 1
            heard.append(words)
        assert len(set(heard)) == len(people)
        assert set(heard) <= set(DEFAULT["loyalty"])


def test_the_tutorial_has_words_of_its_own_for_a_whole_run() -> None:
    for one in open_scenario("first-product").scenario.stakeholders.values():
        assert min(len(one.lines["loyalty"]), len(one.lines["voice"])) >= 3
