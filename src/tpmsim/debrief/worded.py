"""From an analysis and its run to the sheet: the one place that puts the words of a debrief together."""

from dataclasses import replace

from tpmsim.debrief.analysis import Analysis
from tpmsim.debrief.evidence import evidence
from tpmsim.debrief.sheet import Chapter, Sheet
from tpmsim.debrief.wording.assumptions import assumptions
from tpmsim.debrief.wording.confidence import calibration, learned
from tpmsim.debrief.wording.course import falls, weeks
from tpmsim.debrief.wording.decisions import decisions
from tpmsim.debrief.wording.evidence import evidence as shown_in_words
from tpmsim.debrief.wording.ledger import ledger, series
from tpmsim.debrief.wording.overview import overview
from tpmsim.debrief.wording.phases import phases
from tpmsim.debrief.wording.points import label
from tpmsim.debrief.wording.questions import questions
from tpmsim.debrief.wording.told import Told
from tpmsim.game.replay import Replayed
from tpmsim.game.wording.prose import line_of


def worded(run: Replayed, analysis: Analysis) -> Sheet:
    """A debrief in words.

    Args:
        run: replayed, exact and ended.
        analysis: of it.
    """
    told = Told.of(run, analysis)
    judged, course = decisions(told), weeks(told)
    shown = evidence(run.loaded.scenario, analysis.decisions)
    sheet = Sheet(
        analysis=analysis,
        overview=overview(told, judged, course),
        ending=told.past.ending(),
        decisions=judged,
        weeks=course,
        falls=falls(told),
        ledger=ledger(told),
        series=series(told),
        calibration=calibration(told),
        learned=learned(told),
        competencies=shown,
        evidence=shown_in_words(told, shown, judged),
        chapters=_chapters(told),
        log=told.past.log(),
        questions=(),
        assumptions=assumptions(told),
        phases=(),
    )
    return replace(sheet, questions=questions(told, sheet), phases=phases(sheet))


def _chapters(told: Told) -> tuple[Chapter, ...]:
    """Notes and marks of the player."""
    return tuple(Chapter(week, label(week), line_of(text)) for week, text in told.run.notes)
