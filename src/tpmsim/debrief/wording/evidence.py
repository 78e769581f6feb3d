"""Evidence of competencies in words: plain counts, a chance where there is enough to give one, and never a mark."""

from collections.abc import Iterator, Mapping, Sequence

from tpmsim.core.mechanics.competencies import CLOSE, MASTERY
from tpmsim.debrief.evidence import Evidence, Observation
from tpmsim.debrief.sheet import DecisionRow, EvidencePage, EvidenceRow, ObservedRow
from tpmsim.debrief.wording.told import Told
from tpmsim.game.wording.prose import counted, spoken

HEADING = "What your decisions are evidence of"

RIGHT = {True: f"cost at most {CLOSE:g} point", False: f"cost more than {CLOSE:g} point"}
"""What a decision was, by whether it was right."""


def evidence(told: Told, found: Sequence[Evidence], decisions: Sequence[DecisionRow]) -> EvidencePage:
    """What the decisions of a run show of the one who took them.

    Args:
        told: the run.
        found: of each competency that was asked for; none where the scenario names none.
        decisions: of the run, in words.
    """
    rows = {one.number: one for one in decisions}
    return EvidencePage(
        says=tuple(_says(told)) if found else (),
        rows=tuple(_row(one, rows) for one in found),
    )


def percent(chance: float) -> str:
    """A chance as it is shown; only what is sure would be 100 %, and nothing here is."""
    return f"{min(max(round(100.0 * chance), 1), 99)} %"


def _says(told: Told) -> Iterator[str]:
    yield (
        f"Evidence, not a mark: {told.judge} thinks so, of few decisions of one run. A decision is right where it cost "
        f"at most {CLOSE:g} point; close calls, and what is in doubt or disputed, tell nothing."
    )


def _row(one: Evidence, decisions: Mapping[int, DecisionRow]) -> EvidenceRow:
    return EvidenceRow(
        title=spoken(one.competency),
        right=one.right,
        count=len(one.observed),
        known=one.known,
        enough=one.enough,
        mastered=one.mastered,
        held=f"{one.right} of {len(one.observed)} right" if one.observed else "none to tell",
        chance=percent(one.known) if one.enough else "too few to say",
        says=" ".join(_sentences(one)),
        observed=tuple(_observed(seen, decisions[seen.number], one.enough) for seen in one.observed),
    )


def _sentences(one: Evidence) -> Iterator[str]:
    name, count, untold = spoken(one.competency).lower(), len(one.observed), len(one.untold)
    if not count:
        yield f"{counted(untold, 'decision')} about {name}; none can be told right from wrong."
        return
    cost = f"{one.right} of {counted(count, 'decision')} about {name} cost at most {CLOSE:g} point"
    yield f"{cost}; chance that you have it {percent(one.known)}." if one.enough else f"{cost}; too few to say more."
    if one.mastered:
        yield f"From {percent(MASTERY)} on it counts as mastered."
    if untold:
        yield f"{counted(untold, 'decision')} more {'tells' if untold == 1 else 'tell'} nothing."


def _observed(one: Observation, row: DecisionRow, enough: bool) -> ObservedRow:
    return ObservedRow(
        week=one.week,
        when=row.when,
        asked=row.asked,
        chose=row.chose,
        right=one.right,
        said=RIGHT[one.right],
        chance=percent(one.known) if enough else "",
    )
