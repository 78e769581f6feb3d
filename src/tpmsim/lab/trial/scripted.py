"""Scripted paths: one run played step by step, until a step is not as its author expects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tpmsim.core.arrays import Ints
from tpmsim.core.conditions import Expr, holds
from tpmsim.core.moves import Reason, allowed, apply, refusal
from tpmsim.core.observe import explain
from tpmsim.core.opening import initial
from tpmsim.core.outcome import ending
from tpmsim.core.rules import Card, Rules
from tpmsim.core.state import Known, State
from tpmsim.lab.policies import get_policy
from tpmsim.lab.rollout import moves_of
from tpmsim.lab.swift import swift
from tpmsim.lab.trial.breaches import Breach, Checks, unanswered
from tpmsim.lab.trial.coverage import Coverage
from tpmsim.lab.trial.playing import Script, finished
from tpmsim.lab.trial.telling import told
from tpmsim.scenario.codes import Code, Paths
from tpmsim.scenario.path_steps import Action, End, Expect, Make, Place, Play, Refused, ScriptedPath, Until


@dataclass(frozen=True, slots=True)
class Broken:
    """A path that did not go as expected.

    Attributes:
        path: the path.
        place: of the step, or of what else was not met.
        code: what kind of thing happened; None where a week had a breach.
        said: what its message asks for beside the path.
        help: the next step; may be empty.
        week: in which it stands.
        script: the moves that were made, week by week.
        breach: if a week had one.
        ended: whether the last week of the script ended.
    """

    path: ScriptedPath
    place: Place
    code: Code | None
    said: Mapping[str, Any]
    help: str
    week: int
    script: Script
    breach: Breach | None = None
    ended: bool = False


class _Stop(Exception):
    """The path does not go on."""

    def __init__(self, code: Code | None, help: str = "", breach: Breach | None = None, **said: Any) -> None:
        super().__init__(code, help, breach, said)
        self.code, self.help, self.breach, self.said = code, help, breach, said


def walked(checks: Checks, path: ScriptedPath, coverage: Coverage) -> Broken | None:
    """Play a path, counting what it reaches; what was not as expected, if anything."""
    state = initial(checks.rules, np.array([path.seed], dtype=np.uint64))
    walk = _Walk(checks, coverage, path, state)
    place = path.place
    try:
        for step in path.steps:
            place = step.place
            walk.take(step)
        place = path.end_place
        walk.end_as(path.ending)
    except _Stop as stop:
        over = stop.breach is None and not walk.state.live[0]
        ended = over or (stop.breach is not None and stop.breach.kind not in ("crash", "blocked"))
        whole = over or stop.breach is not None
        week = len(walk.script) - 1 if whole else walk.week
        script = tuple(walk.script) if whole else (*walk.script, walk.made_ids)
        return Broken(path, place, stop.code, stop.said, stop.help, week, script, stop.breach, ended)
    return None


@dataclass(slots=True)
class _Walk:
    """A path on its way."""

    checks: Checks
    coverage: Coverage
    path: ScriptedPath
    state: State
    made: list[Ints] = field(default_factory=list)
    script: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def known(self) -> Known:
        return self.state.known

    @property
    def rules(self) -> Rules:
        return self.checks.rules

    @property
    def week(self) -> int:
        return int(self.known.week[0])

    @property
    def made_ids(self) -> tuple[int, ...]:
        return tuple(int(one[0]) for one in self.made)

    def take(self, step: Action) -> None:
        """One step.

        Raises:
            _Stop: it did not go as expected.
        """
        match step:
            case Make(_, row):
                self._move(row)
            case End(_, weeks):
                for _ in range(weeks):
                    self._end_week()
            case Until(_, when, text, within):
                self._until(when, text, within)
            case Play(_, policy, weeks):
                self._play(policy, weeks)
            case Expect(_, when, text):
                if not holds(when, self.known)[0]:
                    raise _Stop(Paths.NOT_MET, text=text, numbers=told(self.checks, when, self.known))
            case Refused(_, row):
                if allowed(self.rules, self.known, row)[0]:
                    raise _Stop(Paths.MOVE_ALLOWED, move=self.rules.moves[row].id)

    def end_as(self, wanted: str | None) -> None:
        """The run must have ended so, if the path says how."""
        if wanted is None:
            return
        if self.state.live[0]:
            raise _Stop(Paths.OTHER_ENDING, "Add 'end' or 'play'.", wanted=wanted, found="the run goes on")
        found = self._ending()
        if found != wanted:
            raise _Stop(Paths.OTHER_ENDING, wanted=wanted, found=f"it is '{found}'")

    def _ending(self) -> str:
        return self.rules.endings[int(ending(self.rules, self.known)[0])].id

    def _going(self) -> None:
        if not self.state.live[0]:
            raise _Stop(Paths.OVER, ending=self._ending())

    def _move(self, row: int) -> None:
        self._going()
        code = int(refusal(self.rules, self.known, row)[0])
        if code != Reason.LEGAL:
            move = self.rules.moves[row]
            raise _Stop(Paths.MOVE_REFUSED, move=move.id, reason=explain(self.rules, self.known, move, code))
        self.made.append(np.array([row], dtype=np.int64))
        self.state = apply(self.rules, self.state, self.made[-1])

    def _end_week(self) -> None:
        self._going()
        week = finished(self.checks, self.state, np.zeros(1, dtype=np.int64), self.made)
        if not week.breaches and week.stayed[0]:
            waits = [card.id for card in self._waiting()]
            help = f"Add 'answer: {waits[0]}/...' before this step."
            raise _Stop(Paths.CARD_IN_THE_WAY, help, cards=", ".join(waits))
        self.coverage.see(week, [self.path.seed])
        self.script.append(self.made_ids)
        self.made, self.state = [], week.after
        for breach, _ in week.breaches:
            raise _Stop(None, breach=breach)

    def _waiting(self) -> Iterator[Card]:
        return (c for e, c in enumerate(self.rules.cards) if c.silence < 0 and self.known.open[e, 0] > 0.0)

    def _until(self, when: Expr, text: str, within: int) -> None:
        for _ in range(within):
            if holds(when, self.known)[0]:
                return
            self._end_week()
        if not holds(when, self.known)[0]:
            numbers = told(self.checks, when, self.known)
            raise _Stop(Paths.NOT_IN_TIME, within=within, text=text, numbers=numbers)

    def _play(self, policy: str, weeks: int | None) -> None:
        bound = swift(self.rules, get_policy(policy).bind(self.rules))
        self._going()
        left = self.rules.weeks + 1 if weeks is None else weeks
        while left and self.state.live[0]:
            for row in moves_of(bound, lambda: self.state):
                self._move(row)
            self._answer()
            self._end_week()
            left -= 1

    def _answer(self) -> None:
        """What the policy left unanswered takes the first answer that can be given."""
        for card in self._waiting() if unanswered(self.rules, self.known)[0] else ():
            for row in card.answers:
                if allowed(self.rules, self.known, row)[0]:
                    self._move(row)
                    break
