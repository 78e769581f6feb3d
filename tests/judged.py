"""Runs with their debriefs, for the tests of what is said of them: judged once, and varied by hand."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from seen import SEED, weeks_of
from tpmsim.core.rules import RULES_NUMBER
from tpmsim.debrief.analysis import UNKNOWN, Analysis, Chance, Quadrant, Unseen, WeekValue
from tpmsim.debrief.evaluate import evaluated
from tpmsim.debrief.sheet import DecisionRow, Sheet, WeekRow
from tpmsim.debrief.worded import worded
from tpmsim.game.replay import Replayed, replay
from tpmsim.game.session import Session
from tpmsim.lab.policies import get_policy
from tpmsim.lab.recorded import record
from tpmsim.scenario.library import open_scenario
from tpmsim.scenario.loading import Loaded
from tpmsim.text import SafeText
from tui.poison import poisoned

GOLDEN = Path(__file__).parent / "golden" / f"rules-{RULES_NUMBER}" / "first-product-naive-0.tpmrun"
FUTURES = 16

NASTY = (
    '<script>alert(1)</script> " onmouseover="alert(1) javascript:alert(1) https://example.com `a` | b',
    "</script></style></title><svg onload=alert(1)> ![x](http://example.com/x.png) [x](javascript:alert(1)) &lt;b&gt;",
)
"""What somebody would write into a title, a name or a note to get markup, a script or a link into a page."""


@cache
def run() -> Replayed:
    """The tutorial, played badly."""
    return replay(GOLDEN)


@cache
def analysis() -> Analysis:
    """Its evaluation with few futures."""
    return list(evaluated(run(), FUTURES))[-1]


@cache
def sheet() -> Sheet:
    """Its debrief."""
    return worded(run(), analysis())


def other(**changes: object) -> Sheet:
    """The debrief with an analysis that says otherwise."""
    return worded(run(), replace(analysis(), **changes))  # type: ignore[arg-type]


def lying(quadrant: Quadrant, gained: float, luck: float, clear: bool = True) -> Sheet:
    """A debrief in another quadrant, with figures that fit it and add up."""
    adjusted = analysis().start + gained
    fits = {"score": adjusted + luck, "gained": gained, "luck": luck, "adjusted": adjusted}
    weeks = (*analysis().weeks[:-1], replace(analysis().weeks[-1], decided=adjusted, after=adjusted + luck))
    return other(quadrant=quadrant, clear=clear, low=adjusted - 4.0, high=adjusted + 4.0, weeks=weeks, **fits)


def drawn(*chances: Chance) -> tuple[WeekValue, ...]:
    """The weeks of the tutorial, the first with parts of its luck."""
    first, *rest = analysis().weeks
    return (replace(first, chances=chances), *rest)


FACTS = (
    Unseen("worth", "swap", "cafes", 1.91, 0.9, 0.5, told=True, tool="prototype:cafes"),
    Unseen("effort", "swap_board", "", 0.47, 0.0, 0.15, told=True, tool=""),
)
"""Hidden facts of the tutorial."""


@cache
def unseen(text: str = "") -> Sheet:
    """A debrief with hidden facts behind the luck of its first week; with a text, of the run that is full of it."""
    found, judged = (_played(poisoned(text)[0], text), _judged()) if text else (run(), analysis())
    first, *rest = judged.weeks
    weeks = (replace(first, chances=(Chance(UNKNOWN, 9.0),), unseen=FACTS), *rest)
    return worded(found, replace(judged, weeks=weeks))


@cache
def poisonous(text: str) -> Sheet:
    """The debrief of a run whose scenario, player and notes are full of this text; no judgement depends on texts."""
    loaded, _ = poisoned(text)
    return worded(_played(loaded, text), _judged())


@cache
def _judged() -> Analysis:
    return list(evaluated(_played(open_scenario("first-product"), ""), 4))[-1]


@cache
def practised(text: str = "") -> Sheet:
    """A debrief of the reference policy, every third decision made a bad one and the others right, beyond doubt.

    Args:
        text: where there is one, the scenario is full of it.
    """
    found = _practised(text)
    told = {"forced": False, "close": False, "disputed": False, "mark": ""}
    right, wrong = {"loss": 0.4, "error": 0.2, "low": 0.1}, {"loss": 12.0, "error": 1.0, "low": 9.0}
    judged = next(evaluated(_practised(""), 4))
    decisions = tuple(replace(one, **told, **(right if one.number % 3 else wrong)) for one in judged.decisions)
    return worded(found, replace(judged, decisions=decisions))


@cache
def _practised(text: str) -> Replayed:
    loaded = poisoned(text)[0] if text else open_scenario("first-product")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.tpmrun"
        with Session.start(loaded, SEED, path) as session:
            record(session, get_policy("steady"))
        return replay(path)


def _played(loaded: Loaded, text: str) -> Replayed:
    """The run of a policy, with notes by a player of this name."""
    said = SafeText.clean(text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.tpmrun"
        with Session.start(loaded, SEED, path, alias=SafeText.clean(text[:60])) as session:
            session.note(said)
            session.note(said, mark=True)
            for moves in weeks_of("first-product"):
                for move in moves:
                    session.play(move)
                session.end_week()
        return replay(path)


def week(number: int, before: float, decided: float, after: float, half: float = 0.0) -> WeekRow:
    """A week with these values."""
    steps = (f"{decided - before:+.1f}", f"{after - decided:+.1f}")
    return WeekRow(number, f"Week {number}", before, decided, after, half, *steps, (), (), ())


def decision(number: int, lost: float, half: float, sign: str = "", mark: str = "", counts: bool = True) -> DecisionRow:
    """A decision that cost so much."""
    when, said = f"Week {number}", ("Price", "The price?", "100", "120", f"-{lost}", "", "So it is.")
    matter, asked, chose, best, loss, luck, says = said
    return DecisionRow(
        number,
        number,
        when,
        "Live",
        sign,
        mark,
        matter,
        asked,
        chose,
        best,
        loss,
        luck,
        says,
        lost,
        half,
        counts,
        False,
        (),
    )
