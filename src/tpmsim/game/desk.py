"""The desk: one run and its words, as pages to be read. It looks at a session and never changes it."""

from collections.abc import Sequence

from tpmsim.core.observe import Choice, Observation
from tpmsim.core.rolls import Keys, fork_key
from tpmsim.core.state import Known
from tpmsim.game.ending import ending, goals
from tpmsim.game.inbox import after_move, messages
from tpmsim.game.log import log
from tpmsim.game.narrator import Narrator
from tpmsim.game.pages import EndPage, GateItem, Goal, Message, NumberRow, Reveal, WeekLog, Why
from tpmsim.game.position import Position
from tpmsim.game.reveal import reveal
from tpmsim.game.session import Session, WeekReport
from tpmsim.game.standing import gate, numbers, value
from tpmsim.game.view import View
from tpmsim.game.why import why
from tpmsim.game.wording.prose import line_of, listed

READINGS = 4096
"""Fork of the run's key that readings begin from; those of a week's own stay far below it."""

TITLE = 70
"""Characters of the scenario's title."""


class Desk:
    """A run as it lies before its player.

    Attributes:
        view, narrator: its words.
    """

    def __init__(self, session: Session) -> None:
        self.view = View(session.loaded)
        self.narrator = Narrator(session.loaded, session.header.seed)
        self._session = session
        self._at: Position = session.position
        self._seen, self._choices = self._at.observation, self._at.choices

    @property
    def seen(self) -> Observation:
        """What the player may know."""
        return self._now()[0]

    @property
    def known(self) -> Known:
        """The same as the engine has it, for readings that are worked out of many runs."""
        return self._session.position.state.known

    @property
    def luck(self) -> Keys:
        """(1,) a key of their own for such readings, which tells nothing of the future of the run."""
        return fork_key(self._session.position.state.future, READINGS)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every move, with the reason why not where it is refused."""
        return self._now()[1]

    @property
    def reports(self) -> Sequence[WeekReport]:
        """Of all ended weeks."""
        return tuple(self._session.reports)

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self._session.position.over

    @property
    def week(self) -> int:
        """The week now played; of an ended run its last."""
        return self._session.position.week

    @property
    def made(self) -> tuple[str, ...]:
        """Ids of the moves of this week."""
        return self._session.position.made

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return line_of(self.view.scenario.title, TITLE)

    @property
    def brief(self) -> tuple[str, ...]:
        """The opening, in paragraphs."""
        return self.narrator.brief()

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What counts at the end, and how it stands."""
        return goals(self.view, self.known, self.seen)

    def value(self, number: str) -> str:
        """A number as it stands, with unit and word."""
        return value(self.view, self.seen, number)

    def inbox(self) -> tuple[Message, ...]:
        """Who wants something, and what people mean to do next: cards, voices, what is blocked, due or ready."""
        return messages(self.view, self.narrator, self.reports, self.seen)

    def silence(self) -> str:
        """How each card that waits will be taken if the week ends without an answer; empty where none waits."""
        silences = {card: self.view.scenario.cards[card].silence for card in self.seen.cards}
        waiting = {
            card: self.view.label(f"answer:{card}/{said}") for card, said in silences.items() if said is not None
        }
        if len(waiting) < 2:
            return "".join(
                f"{self.view.speaker(card)} still waits. Silence will be taken as {says}"
                for card, says in waiting.items()
            )
        taken = (f"{says} to {self.view.speaker(card)}" for card, says in waiting.items())
        return f"{len(waiting)} still wait. Silence will be taken as {listed(taken)}."

    def numbers(self) -> tuple[NumberRow, ...]:
        """All visible numbers, the main ones first, with their change over the last week that ended."""
        return numbers(self.view, self.reports, self.seen)

    def why(self, number: str) -> Why:
        """The causes of a visible number, by its id: this week, last week, over the run."""
        return why(self.view, self.reports, self.seen, self._session.position.entries, number)

    def reveal(self) -> Reveal:
        """The last week that ended, with how its forecasts went; there must be one."""
        return reveal(self.view, self.reports, self._session.forecasts)

    def log(self) -> tuple[WeekLog, ...]:
        """What was done and what happened, week by week; weeks of which there is nothing to tell are left out."""
        return log(self.view, self.reports, self.week, self.made, self._session.notes)

    def gate(self) -> tuple[GateItem, ...]:
        """What the gate of the stage asks for; nothing where there is no gate."""
        return gate(self.view, self.seen)

    def ending(self) -> EndPage:
        """How the run ended; it must be over."""
        outcome = self._session.outcome
        assert outcome is not None
        return ending(self.view, self.narrator, self._session.position.state.known, self.seen, outcome)

    def hints(self) -> tuple[tuple[str, str], ...]:
        """Ids and words of the guide that fit the moment."""
        return self.narrator.hints(self._session.position.state.known)

    def after_move(self, move_id: str) -> tuple[str, ...]:
        """What is said right after a move: that it is done, the reply, what it means, the hours that are left."""
        return after_move(self.view, self.narrator, self.seen, move_id)

    def _now(self) -> tuple[Observation, tuple[Choice, ...]]:
        """What is seen and offered; read once for each position, since screens ask often."""
        position = self._session.position
        if position is not self._at:
            self._at, self._seen, self._choices = position, position.observation, position.choices
        return self._seen, self._choices
