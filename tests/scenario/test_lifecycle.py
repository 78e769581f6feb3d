"""The lifecycle: machine and table agree step by step, what cannot be played is refused, and the drawing."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosen import some
from fragments import laid_over
from tpmsim.core.rules import Trigger
from tpmsim.lab.policies import POLICIES
from tpmsim.lab.rollout import simulate
from tpmsim.scenario.checking import checked
from tpmsim.scenario.lifecycle import ENDED, ENDING_TRIGGERS, Lifecycle, LifecycleError, StageSpec
from tpmsim.scenario.loading import SCENARIO_FILE

USUAL = {
    "research": StageSpec(go="roadmap"),
    "roadmap": StageSpec(go="build", recycle="research"),
    "build": StageSpec(go="launch", recycle="roadmap"),
    "launch": StageSpec(go="live", recycle="build"),
    "live": StageSpec(sunset=True),
}
SHORT = {"build": StageSpec(go="live"), "live": StageSpec(recycle="build", sunset=True)}


@pytest.mark.parametrize("specs", [USUAL, SHORT])
def test_machine_and_table_agree_on_every_stage_and_trigger(specs):
    lifecycle = Lifecycle.build(specs)
    table = lifecycle.table()
    assert table.shape == (len(lifecycle.stages), len(Trigger))
    for row, stage in enumerate(lifecycle.stages):
        for trigger in Trigger:
            edges = lifecycle.machine.get_transitions(trigger.name.lower(), source=stage)
            assert len(edges) <= 1, f"{stage} has two ways by {trigger.name}"
            target = edges[0].dest if edges else stage
            assert lifecycle.stages[table[row, trigger]] == target
            assert (trigger in lifecycle.triggers(stage)) == bool(edges)


@given(st.lists(st.sampled_from(list(Trigger)), max_size=30))
def test_a_walk_of_the_machine_is_a_walk_of_the_table(walk):
    """The machine itself is moved, trigger by trigger, beside the table that the core is handed."""
    lifecycle = Lifecycle.build(USUAL)

    class Product:
        state = lifecycle.stages[0]

    product = Product()
    lifecycle.machine.add_model(product, initial=lifecycle.stages[0])
    table, row = lifecycle.table(), 0
    for trigger in walk:
        if trigger in lifecycle.triggers(product.state):
            product.trigger(trigger.name.lower())
        row = int(table[row, trigger])
        assert product.state == lifecycle.stages[row]


def test_no_trigger_stays_and_nothing_leaves_the_end():
    table = Lifecycle.build(USUAL).table()
    assert (table[:, Trigger.NONE] == np.arange(len(table))).all()
    assert (table[-1] == len(table) - 1).all()


def test_every_stage_can_end_and_only_live_is_closed_in_good_order():
    lifecycle = Lifecycle.build(USUAL)
    for stage in lifecycle.stages[:-1]:
        offered = lifecycle.triggers(stage)
        for trigger in ENDING_TRIGGERS:
            if trigger is not Trigger.SUNSET:
                assert lifecycle.target(stage, trigger) == ENDED
        assert (Trigger.SUNSET in offered) == (stage == "live")
    assert lifecycle.triggers(ENDED) == ()


def test_a_stage_that_leads_to_no_stage_is_refused():
    with pytest.raises(LifecycleError, match="stage 'build' leads to 'lauch', which is no stage") as refused:
        Lifecycle.build({"build": StageSpec(go="lauch")})
    assert refused.value.stage == "build"


def test_a_stage_that_is_gone_back_to_must_exist():
    with pytest.raises(LifecycleError, match="leads to 'roadmap'") as refused:
        Lifecycle.build({"build": StageSpec(recycle="roadmap")})
    assert refused.value.stage == "build"


def test_a_stage_that_is_never_reached_is_refused():
    with pytest.raises(LifecycleError, match="stage 'live' can never be reached") as refused:
        Lifecycle.build({"build": StageSpec(), "live": StageSpec(sunset=True)})
    assert refused.value.stage == "live"


def test_the_drawing():
    assert Lifecycle.build(SHORT).mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> build\n"
        "    build --> live: go, leap\n"
        "    build --> build: hold\n"
        "    build --> ended: kill, money, fired, time\n"
        "    live --> build: recycle\n"
        "    live --> ended: kill, sunset, money, fired, time\n"
        "    ended --> [*]\n"
    )


STAGES = ("research", "roadmap", "build", "launch", "live")
SUBSETS = [stages for count in range(1, 6) for stages in combinations(STAGES, count)]


def lifecycle_of(stages: tuple[str, ...]) -> str:
    """A lifecycle of these stages in their order; the last one can be closed in good order."""
    lines = ["lifecycle:\n"]
    for stage, following in zip(stages, (*stages[1:], None), strict=True):
        leads = f"go: {following}" if following else "sunset: true"
        works = ", works: true" if stage in ("build", "launch", "live") else ""
        sells = ", sells: true" if stage in ("launch", "live") else ""
        lines.append(f"  {stage}: {{title: {stage.capitalize()}, {leads}{works}{sells}}}\n")
    return "".join(lines)


@pytest.mark.parametrize("stages", some(SUBSETS, 3), ids="-".join)
def test_any_stages_can_be_left_out(stages):
    """Whatever an author leaves out, the rest can be checked and played by everybody."""
    text = laid_over(lifecycle_of(stages))
    result = checked({SCENARIO_FILE: text.encode()}, SCENARIO_FILE)
    assert result.loaded is not None, [one.short() for one in result.findings]
    for policy in ("random", "steady"):
        assert len(simulate(result.loaded.rules, POLICIES[policy], range(3))) == 3
