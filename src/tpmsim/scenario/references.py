"""References: every id and name that a scenario uses must lead somewhere; what does not is found with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tpmsim.core.conditions import Names
from tpmsim.scenario.diagnostics import Diagnostic, allowed_words, did_you_mean, finding, nearest
from tpmsim.scenario.levers import levers
from tpmsim.scenario.names import Ids
from tpmsim.scenario.numbers_shown import shown_numbers
from tpmsim.scenario.positions import Path, Positions
from tpmsim.scenario.schema import Answer, Card, Scenario
from tpmsim.text import quoted


@dataclass(slots=True)
class References:
    """One look through a scenario.

    Attributes:
        scenario: completed by the defaults.
        ids, names: what there is.
        positions, file: where it stands.
        findings: what leads nowhere.
    """

    scenario: Scenario
    ids: Ids
    names: Names
    positions: Positions
    file: str
    findings: list[Diagnostic] = field(default_factory=list)

    def check(self) -> list[Diagnostic]:
        """Everything that leads nowhere."""
        self._backlog()
        self._people()
        self._result()
        for name, card in self.scenario.cards.items():
            self._card(name, card)
        return self.findings

    def _backlog(self) -> None:
        game = self.scenario
        for need, one in game.needs.items():
            self._each_segment(one.worth, "needs", need, "worth")
        for name, feature in game.features.items():
            path = ("features", name)
            self._known("need", feature.serves, self.ids.needs, *path, "serves")
            self._known("feature", feature.depends, self.ids.features, *path, "depends")
            if feature.sponsor is not None:
                self._known("stakeholder", [feature.sponsor], self.ids.stakeholders, *path, "sponsor")
        for name, tool in game.instruments.items():
            path = ("instruments", name)
            self._known("segment", tool.segments, self.ids.segments, *path, "segments")
            if tool.loudest is not None:
                self._known("segment", [tool.loudest], self.ids.segments, *path, "loudest")
        for name, rival in game.market.rivals.items():
            self._known("segment", rival.strengths, self.ids.segments, "market", "rivals", name, "strengths")

    def _people(self) -> None:
        requirements = [item for gate in self.scenario.gates.values() for item in gate.requires]
        for name, person in self.scenario.stakeholders.items():
            path = ("stakeholders", name)
            self._known("stakeholder", person.influences, self.ids.stakeholders, *path, "influences")
            self._known("requirement", person.cares, requirements, *path, "cares")
            self._known("name", person.goals, self._countable(), *path, "goals")

    def _result(self) -> None:
        for name, objective in self.scenario.objectives.items():
            path = ("objectives", name)
            self._known("name", [objective.value], self._countable(), *path, "value")
            if objective.worst == objective.best:
                self._report("TPM402", "worst and best are the same", (*path, "best"), "Let them differ.")
        shown = [one.id for one in shown_numbers(self.names, self.ids)]
        self._known("name", self.scenario.numbers, shown, "numbers")

    def _card(self, name: str, card: Card) -> None:
        table = levers(self.scenario, self.ids)
        self._known("stakeholder", [card.speaker], self.ids.stakeholders, "cards", name, "speaker")
        if card.silence is not None:
            self._known("answer", [card.silence], card.answers, "cards", name, "silence")
            answer = card.answers.get(card.silence)
            if answer is not None and not _always_open(answer):
                message = f"silence takes the answer '{card.silence}', which cannot always be given"
                help = "Let it have no hours, cost, when and promise."
                self._report("TPM404", message, ("cards", name, "silence"), help)
        elif not any(_always_open(answer) for answer in card.answers.values()):
            message = "the card must be answered, and none of its answers can always be given"
            help = "Add 'silence:', or an answer without hours, cost, when and promise."
            self._report("TPM404", message, ("cards", name), help)
        for answer_id, answer in card.answers.items():
            path = ("cards", name, "answers", answer_id)
            self._known("lever", answer.then, table, *path, "then")
            if answer.promise is not None:
                self._known("feature", [answer.promise.feature], self.ids.features, *path, "promise", "feature")

    def _countable(self) -> list[str]:
        return [name for name, meaning in self.names.items() if meaning.words is None]

    def _known(self, what: str, used: Iterable[str], allowed: Iterable[str], *path: str) -> None:
        options = list(allowed)
        for place, one in enumerate(used):
            if one not in options:
                close = nearest(one, options)
                message = f"no {what} {quoted(one)}{did_you_mean(close)}"
                self._report(
                    "TPM303", message, self._place(path, one, place), allowed_words(options, "There are"), close
                )

    def _place(self, path: Path, key: str, item: int) -> Path:
        """The path of a key, of an item of a list, or of the value itself: whichever was written."""
        known = (self.positions.keys, self.positions.values)
        return next((p for p in ((*path, key), (*path, item)) if any(p in table for table in known)), path)

    def _each_segment(self, given: Iterable[str], *path: str) -> None:
        present = list(given)
        self._known("segment", present, self.ids.segments, *path)
        unknown = len([one for one in present if one not in self.ids.segments])
        for segment in [one for one in self.ids.segments if one not in present][unknown:]:
            help = f"Add '{segment}: {{mean: 0, sd: 0.3}}'."
            self._report("TPM304", f"no worth for segment '{segment}'", path, help)

    def _report(self, code: str, message: str, path: Path, help: str, suggestion: str | None = None) -> None:
        line, column = self.positions.key(*path)
        found = finding(code, message, self.file, line, column, help=help, suggestion=suggestion or "")
        self.findings.append(found)


def _always_open(answer: Answer) -> bool:
    return not answer.hours and not answer.cost and answer.when is None and answer.promise is None
