"""A scenario that is being edited, and the run that is played on it, edition after edition.

It knows where the scenario comes from and how it was refused; how a run is made again is `preview`. Opening takes a
while and is done beside the screen: `attempt` reads and changes nothing here, `adopt` then takes what came of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tpmsim.errors import Finding, InputRefused
from tpmsim.game.findings import without_source
from tpmsim.game.pages import Found, Saved
from tpmsim.game.preview import FRESH, Edition, Track, begun, edition, track_on
from tpmsim.game.session import Session
from tpmsim.game.wording.prose import capital, counted
from tpmsim.scenario.loading import Loaded

TOLD = 3
"""Skipped moves that are named in the line of what became of a save; all of them stand in the pane."""

Pages = Callable[[Sequence[Finding]], tuple[Found, ...]]

Lead = Callable[[Session], str]
"""Plays a fresh run to where the preview begins; why it could not, or an empty text."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What is to be made of the next edition: the world, and what was done in it so far."""

    seed: str
    track: Track


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of opening the scenario.

    Attributes:
        basis: what was to be made of it.
        edition: the run on it; None where the scenario is refused.
        findings: what is wrong with it, or the warnings of a sound one.
        led: why the run could not be led to where the preview begins; or empty.
    """

    basis: Basis
    edition: Edition | None
    findings: tuple[Found, ...]
    led: str = ""


class Editions:
    """The editions of one scenario.

    Args:
        opened: opens the scenario as it is now.
        pages: lays out what is found about it.
        basis: the world, and what is to be done in the first sound edition.
        lead: plays on from there in it.

    Attributes:
        edition: the newest sound edition; None until there is one.
        saved: what became of the newest one, sound or not.
    """

    def __init__(
        self, opened: Callable[[], Loaded], basis: Basis, lead: Lead | None = None, pages: Pages = without_source
    ) -> None:
        self.edition: Edition | None = None
        self.saved = Saved(True, ())
        self._opened, self._basis, self._lead, self._pages = opened, basis, lead, pages

    @property
    def basis(self) -> Basis:
        """What is to be made of the next edition."""
        return self._basis if self.edition is None else Basis(self._basis.seed, track_on(self.edition))

    def attempt(self, basis: Basis) -> Attempt:
        """Open the scenario and do what was done before; may be called beside the screen."""
        try:
            loaded = self._opened()
        except InputRefused as error:
            return Attempt(basis, None, self._pages(error.findings))
        warnings = self._pages(loaded.warnings)
        if self.edition is None and self._lead is not None:
            session = edition(loaded, basis.seed, basis.track).session
            led = self._lead(session)
            return Attempt(basis, begun(session), warnings, led)
        return Attempt(basis, edition(loaded, basis.seed, basis.track), warnings)

    def fits(self, attempt: Attempt) -> bool:
        """Whether nothing was done since an attempt began; otherwise it is made once more."""
        return attempt.edition is None or attempt.basis == self.basis

    def adopt(self, attempt: Attempt) -> None:
        """Take an attempt as the newest edition; a refused one leaves the last sound one as it is."""
        if attempt.edition is None:
            self.saved = Saved(False, attempt.findings, says=_refused(attempt.findings))
            return
        before, self.edition, self._basis = self.edition, attempt.edition, attempt.basis
        told = (*((attempt.led,) if attempt.led else ()), *_became(before, attempt.edition))
        skipped = tuple(f"week {one.week}: {one.line}" for one in attempt.edition.skipped)
        says = " ".join((*(("Reloaded.",) if before is not None else ()), *told))
        self.saved = Saved(True, attempt.findings, told, skipped, says)

    def move(self, seed: str) -> None:
        """Let the next attempt be made in another world."""
        self._basis = Basis(seed, self._basis.track)

    def restart(self, seed: str = "") -> None:
        """Begin the run on the newest sound edition anew.

        Args:
            seed: of another world; without one it is the same.
        """
        if self.edition is not None:
            self._basis = Basis(seed or self._basis.seed, FRESH)
            self.edition = edition(self.edition.session.loaded, self._basis.seed)
            self.saved = replace(self.saved, told=(), skipped=(), says="From the beginning.")


def _refused(findings: tuple[Found, ...]) -> str:
    """What is wrong with a save, in a line."""
    errors = [one for one in findings if one.error]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"Not sound{more}: {errors[0].place}: {errors[0].message}"


def _became(before: Edition | None, after: Edition) -> tuple[str, ...]:
    """What is different for its player: cards that are gone, moves that cannot be made, where it stands."""
    told = list[str]()
    if before is not None:
        told += _cards_gone(before.session, after.session)
    if after.skipped:
        is_are = "is" if len(after.skipped) == 1 else "are"
        named = ", ".join(one.line for one in after.skipped[:TOLD])
        more = f", and {len(after.skipped) - TOLD} more" if len(after.skipped) > TOLD else ""
        told.append(f"{counted(len(after.skipped), 'move')} {is_are} not possible any more: {named}{more}.")
    if after.answers:
        told.append(f"Taken so that weeks could end: {', '.join(after.answers)}.")
    if after.stopped:
        told.append(f"{capital(after.stopped)}; the preview stands there.")
    return tuple(told)


def _cards_gone(before: Session, after: Session) -> Sequence[str]:
    """Cards that waited for an answer and do not now, though the preview stands in the same week."""
    week = after.position.week
    if week != before.position.week:
        return ()
    known = {card.id for card in after.loaded.rules.cards}
    gone = [card for card in before.observation.cards if card not in after.observation.cards]
    return [
        f"Card '{card}' {'does not wait any more' if card in known else 'is gone'}; week {week} goes on without it."
        for card in gone
    ]
