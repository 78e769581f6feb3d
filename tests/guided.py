"""A player who does what the guide of First Product says, one word of it after another, and nothing else.

What the guide leaves open is drawn: which answer a card gets, and nothing more than that.
"""

import random

from tpmsim.core.observe import Observation
from tpmsim.game.desk import Desk
from tpmsim.game.session import Session
from tpmsim.scenario.loading import Loaded

ASKED = ("interview:cafes", "interview:clinics", "survey:cafes", "survey:clinics")
WARNED_OF = "answer:mill_street/promise"
GUIDED = "crunch"
"""The card that the guide has a word for which answer is right."""
MOST_WORDS = 20


class Guided:
    """One run, played by the guide."""

    def __init__(self, loaded: Loaded, seed: str) -> None:
        self.session = Session.start(loaded, seed)
        self._desk, self._dice = Desk(self.session), random.Random(seed)
        self._scenario = loaded.scenario

    def play(self) -> Session:
        """To the end of the run."""
        while self.session.outcome is None:
            self._answer()
            for _ in range(MOST_WORDS):
                if not any(self._follow(name) for name, _ in self._desk.hints()):
                    break
            self.session.end_week()
        return self.session

    def _answer(self) -> None:
        for card in (one for one in self.session.observation.cards if one != GUIDED):
            legal = [one for one in self.session.legal_moves if one.startswith(f"answer:{card}/") and one != WARNED_OF]
            if legal:
                self.session.play(self._dice.choice(legal))

    def _follow(self, name: str) -> bool:
        """Do what a word of the guide says; false where it asks for nothing, or for what is done already."""
        return sum(map(self._make, self._meant(name, self.session.observation))) > 0

    def _make(self, move: str) -> bool:
        fine = move in self.session.legal_moves and move not in self.session.position.made
        if fine:
            self.session.play(move)
        return fine

    def _meant(self, name: str, seen: Observation) -> tuple[str, ...]:
        """The moves that a word asks for."""
        gate = f"gate:{seen.stage}/go"
        match name:
            case "planning" | "left_over" | "unasked" | "one_eye":
                return ASKED
            case "aim":
                cafes = [one for one in seen.beliefs if one.segment == "cafes"]
                best = max(cafes, key=lambda one: one.mean)
                return f"target:{best.segment}", f"problem:{best.need}", gate
            case "plan" | "half":
                return tuple(f"commit:{feature}/plan/in3" for feature in self._two(seen))
            case "planned" | "gate":
                return (gate,)
            case "votes":
                return self._to_people(seen, "share", "talk")
            case "asked":
                holds = "answer:crunch/holds"
                return (holds if holds in self.session.legal_moves else "answer:crunch/truth",)
            case "people":
                return self._to_people(seen, "talk")
            case "shut":
                return *self._to_people(seen, "talk"), gate
            case "behind":
                return *(f"drop:{one.id}" for one in seen.features if one.committed and not one.complete), gate
            case "launch":
                return ("criteria:fair",)
            case "first_wave":
                return ("wave:10",)
            case "harden":
                return ("profile:harden",)
            case "last_wave":
                return "wave:100", gate
            case "told":
                return ("spend:4000",)
            case "only_a_tenth":
                return ("wave:100",)
        return ()

    def _two(self, seen: Observation) -> tuple[str, ...]:
        """What solves the problem, and what the target misses most besides; what either waits for comes first."""
        worth = {one.need: one.mean for one in seen.beliefs if one.segment == seen.target}
        order = sorted(worth, key=lambda need: (need != seen.problem, -worth[need]))
        chosen: list[str] = []
        for need in order:
            for feature, told in self._scenario.features.items():
                if need in told.serves and feature != "stamp_card":
                    chosen += [one for one in (*told.depends, feature) if one not in chosen]
        return tuple(chosen[:2])

    def _to_people(self, seen: Observation, *ways: str) -> tuple[str, ...]:
        """Every way with each, those who trust least first."""
        order = sorted(seen.people, key=lambda one: one.trust)
        return tuple(f"{way}:{one.id}" for way in ways for one in order)
