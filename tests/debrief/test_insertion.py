"""An answer put above another one in a scenario leaves runs of before as they were: the scenario is in their file."""

from pathlib import Path

import pytest

from kept import keep
from tpmsim.debrief.columns import came_of, resimulated
from tpmsim.debrief.evaluate import evaluated
from tpmsim.debrief.luck import explained
from tpmsim.debrief.steps import weeks
from tpmsim.game.replay import replay
from tpmsim.game.session import Session
from tpmsim.game.skimming import skim
from tpmsim.scenario import library
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import parse

FUTURES = 4


def with_answer_above(text: str, move: str) -> str:
    """The text of a scenario with an answer above that which a move gives."""
    name = move.removeprefix("answer:").split("/")[0]
    place = text.index("answers:\n", text.index(f"\n  {name}:")) + len("answers:\n")
    indent = len(text[place:]) - len(text[place:].lstrip(" "))
    answer = f"{' ' * indent}above_all:\n{' ' * (indent + 2)}says: An answer that was not there.\n"
    return text[:place] + answer + text[place:]


def test_an_answer_above_another_one_changes_no_old_run(tmp_path: Path) -> None:
    path = keep(tmp_path)
    old = replay(path)
    loaded = open_scenario("first-product")
    move = next(move for before, _ in old.weeks for move in before.made if move.startswith("answer:"))
    edited = parse({**loaded.files, "scenario.yaml": with_answer_above(loaded.data.decode(), move).encode()})
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


@pytest.mark.soak
def test_an_answer_above_another_one_changes_no_figure_of_an_old_debrief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is judged by the scenario that it holds, whatever the folder of the shipped ones holds by then."""
    path = keep(tmp_path)
    old = replay(path)
    before = explained(old, list(evaluated(old, FUTURES))[-1])
    move = next(move for week, _ in old.weeks for move in week.made if move.startswith("answer:"))
    loaded = open_scenario("first-product")
    for name, data in loaded.files.items():
        file = tmp_path / "shipped" / "first-product" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    changed = tmp_path / "shipped" / "first-product" / "scenario.yaml"
    changed.write_text(with_answer_above(changed.read_text(encoding="utf-8"), move), encoding="utf-8")
    monkeypatch.setattr(library, "SHIPPED", (tmp_path / "shipped",))
    assert open_scenario("first-product").digest != loaded.digest
    again = replay(path)
    assert explained(again, list(evaluated(again, FUTURES))[-1]) == before
