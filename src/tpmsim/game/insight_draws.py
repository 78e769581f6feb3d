"""The draws that decide the end of a week, for authors alone; part of `insight`.

A draw has an address (`core/rolls.py`), so the one that a card, a person or a market will meet can be told before. The
streams are those of the mechanics that draw; tests compare what is told here with what the week does.
"""

from collections.abc import Iterator

from tpmsim.core.conditions import holds
from tpmsim.core.mechanics.responses import RESPONSES, choose, odds
from tpmsim.core.rolls import Luck
from tpmsim.core.rules import Card, Rules
from tpmsim.core.state import State
from tpmsim.game.pages import Fact
from tpmsim.game.view import View
from tpmsim.game.wording.prose import listed, signed


def card_draws(rules: Rules, state: State, after: State) -> Iterator[Fact]:
    """For each card whether it could come, its chance and its draw, and what would become of it.

    Args:
        rules: the scenario.
        state: as it stands, a batch of one.
        after: the same a week later, no further moves made.
    """
    luck = Luck(state.future, state.week)
    for e, card in enumerate(rules.cards):
        drawn = float(luck.uniform("card", card.id)[0])
        yield Fact(card.id, _standing(card, state, e), _coming(card, state, after, e, drawn))


def _standing(card: Card, state: State, e: int) -> str:
    if state.known.open[e, 0] > 0.0:
        return "waits for an answer"
    if card.once and state.known.came[e, 0] > 0.0:
        return "has come; it comes once"
    return "its condition holds now" if holds(card.when, state.known)[0] else "its condition does not hold now"


def _coming(card: Card, state: State, after: State, e: int, drawn: float) -> str:
    if card.once and state.known.came[e, 0] > 0.0:
        return ""
    decides = f"chance {card.chance * 100:g} %, draw {drawn * 100:.1f}"
    if after.known.came[e, 0] > state.known.came[e, 0]:
        return f"{decides}: comes at the end of this week"
    return f"{decides}: {'would come if it could' if drawn < card.chance else 'does not come'}"


def intent_draws(view: View, state: State) -> Iterator[Fact]:
    """The die behind what each person means to do, and the next one."""
    rules, luck = view.rules, Luck(state.future, state.week)
    chances = odds(rules, state.known)
    acts = choose(state.hidden.die, chances)
    for a, person in enumerate(rules.stakeholders):
        if state.known.gone[a, 0] > 0.0:
            continue
        intent, edge, edges = RESPONSES[int(state.known.intent[a, 0])], 0.0, list[str]()
        for name, chance in zip(RESPONSES[:-1], chances[:-1, a, 0], strict=True):
            edge += float(chance)
            edges.append(f"{name} below {edge * 100:.1f}")
        now = RESPONSES[int(acts[a, 0])]
        same = f"still {intent}" if now == intent else f"now {now}, so {intent} does not happen"
        following = float(luck.uniform("intent", person)[0])
        yield Fact(
            view.titles.introduced(person),
            f"means {intent}; die {float(state.hidden.die[a, 0]) * 100:.1f}: {same}",
            f"{listed(edges)}, else loyalty; the next die is {following * 100:.1f}",
        )


def demand_draws(view: View, state: State) -> Iterator[Fact]:
    """How much faster or slower than usual each market will move, in standard deviations; from the first week on."""
    luck = Luck(state.future, state.week)
    if state.week < 1:
        return
    for segment in view.rules.segments:
        z = float(luck.normal("demand", segment)[0])
        yield Fact(view.titles.segment(segment), f"{signed(z, 2)} standard deviations from the usual")
