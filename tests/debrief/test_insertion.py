"""An answer put above another one in a scenario leaves runs of before as they were: the scenario is in their file."""

from pathlib import Path

from kept import keep
from tpmsim.debrief.columns import came_of, resimulated
from tpmsim.debrief.steps import weeks
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.game.skimming import skim
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse


def test_an_answer_above_another_one_changes_no_old_run(tmp_path: Path) -> None:
    path = keep(tmp_path)
    old = replay(path)
    loaded = open_scenario("first-product")
    text = loaded.data.decode()
    move = next(move for before, _ in old.weeks for move in before.made if move.startswith("answer:"))
    name = move.removeprefix("answer:").split("/")[0]
    place = text.index("answers:\n", text.index(f"\n  {name}:")) + len("answers:\n")
    indent = len(text[place:]) - len(text[place:].lstrip(" "))
    answer = f"{' ' * indent}above_all:\n{' ' * (indent + 2)}says: An answer that was not there.\n"
    edited = parse({**loaded.files, "scenario.yaml": (text[:place] + answer + text[place:]).encode()})
    assert edited.digest != loaded.digest
    assert edited.rules.move(move) != loaded.rules.move(move)
    again = replay(path)
    assert again.exact
    assert again.position.result() == old.position.result()
    assert [week.steps for week in weeks(again)] == [week.steps for week in weeks(old)]
    assert resimulated(old.loaded.rules, [skim(path)]) == [came_of(again)]
    with Session.start(edited, old.journal.header.seed, tmp_path / "new.tpmrun") as session:
        session.end_week()
    assert replay(tmp_path / "new.tpmrun").exact
