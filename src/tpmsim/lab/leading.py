"""Leading a run to a place that its author wants to see: a week, a stage, a card. The reference policy plays to it."""

from dataclasses import dataclass
from typing import Final

from tpmsim.core.observe import Observation
from tpmsim.core.rolls import SEED_BITS, parse_seed, seed_text
from tpmsim.errors import UsageError
from tpmsim.game.session import Session
from tpmsim.game.wording.prose import capital
from tpmsim.lab.policies import reference
from tpmsim.lab.recorded import record_until
from tpmsim.scenario.diagnostics import did_you_mean, nearest
from tpmsim.scenario.loading import Loaded
from tpmsim.text import is_id, quoted

KINDS: Final = ("week", "stage", "card")
WORLDS: Final = 8
"""How many worlds are tried where none was asked for."""

FORM: Final = "Write week:4, stage:build or card:ID."


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a run: the start of a week, of a stage, or of the week in which a card waits."""

    kind: str
    name: str

    def reached(self, seen: Observation) -> bool:
        """Whether a run stands there."""
        if self.kind == "week":
            return seen.week >= int(self.name)
        return seen.stage == self.name if self.kind == "stage" else self.name in seen.cards

    def missing(self, loaded: Loaded) -> str:
        """Why no run of a scenario can stand there, or an empty text."""
        rules = loaded.rules
        if self.kind == "week":
            last = rules.weeks
            return "" if int(self.name) <= last else f"there is no week {self.name}; the last is week {last}"
        names = rules.stages if self.kind == "stage" else tuple(card.id for card in rules.cards)
        close = did_you_mean(nearest(self.name, names))
        return "" if self.name in names else f"there is no {self.kind} {quoted(self.name)}{close}"


def place(text: str) -> Place:
    """The place that was typed.

    Raises:
        UsageError: it is none.
    """
    kind, _, name = text.strip().partition(":")
    sound = name.isascii() and name.isdigit() and len(name) <= 4 if kind == "week" else is_id(name)
    if kind not in KINDS or not sound:
        raise UsageError(f"no place {quoted(text)}", help=FORM)
    return Place(kind, name)


def lead(session: Session, to: Place) -> str:
    """Let the reference policy play a fresh run to a place; why it could not, or an empty text."""
    missing = to.missing(session.loaded)
    if missing:
        return f"{capital(missing)}{'' if missing.endswith('?') else '.'}"
    if record_until(session, reference(), lambda: to.reached(session.observation)):
        return ""
    return f"Try another --seed or a save (--run): steady never met {to.kind} '{to.name}'."


def elsewhere(loaded: Loaded, to: Place, seed: str) -> Session | None:
    """A run that the reference policy played to a place in one of the worlds after this one, or None."""
    for step in range(1, WORLDS):
        session = Session.start(loaded, seed_text((parse_seed(seed) + step) % 2**SEED_BITS))
        if not lead(session, to):
            return session
    return None
