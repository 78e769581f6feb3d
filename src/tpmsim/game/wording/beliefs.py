"""Beliefs and features in words: how much a need is worth, how sure we are, what a feature costs and whom it serves."""

from collections.abc import Iterable
from math import fsum, sqrt

from tpmsim.core.observe import Belief, FeatureSeen, Observation
from tpmsim.core.readings import overhead
from tpmsim.core.rules import Rules
from tpmsim.game.wording.prose import counted, listed, signed
from tpmsim.game.wording.titles import Titles

WORTH = ((-0.1, "not wanted"), (0.2, "hardly matters"), (0.55, "matters"), (0.95, "matters a lot"))
DECISIVE = "would decide it"
SURE = ((0.25, "quite sure"), (0.45, "fairly sure"))
SERVES, TOUCHES = 0.5, 0.05
"""Shares of a need from which a feature is said to serve it, and to serve a little of it."""

LEFT, RIGHT, CELLS = -1.0, 2.0, 31


def worth(mean: float) -> str:
    """The word for a worth, chosen by the figure that is shown, so that equal figures have equal words."""
    shown = round(mean, 1)
    return next((word for top, word in WORTH if shown < top), DECISIVE)


def sureness(width: float) -> str:
    """The word for the half-width of an 80 % interval."""
    return next((word for top, word in SURE if width < top), "a guess")


def bar(mean: float, width: float, cells: int = CELLS) -> str:
    """A belief as a bar from -1 to +2: `o` the middle, dashes the 80 % interval, `:` at nothing."""

    def cell(value: float) -> int:
        place = (min(max(value, LEFT), RIGHT) - LEFT) / (RIGHT - LEFT)
        return round(place * (cells - 1))

    drawn = ["."] * cells
    for at in range(cell(mean - width), cell(mean + width) + 1):
        drawn[at] = "-"
    drawn[cell(0.0)] = ":"
    drawn[cell(mean)] = "o"
    return f"[{''.join(drawn)}]"


def belief(titles: Titles, one: Belief) -> str:
    """A belief as a sentence."""
    return f"{titles.segment(one.segment)}, {titles.need(one.need)}: {judged(one)}"


def judged(one: Belief) -> str:
    """A belief without what it is about: the word, the middle, the interval and how sure that is."""
    low, high = signed(one.mean - one.width), signed(one.mean + one.width)
    return f"{worth(one.mean)}, {signed(one.mean)} (most likely {low} to {high}, {sureness(one.width)})"


def brief(titles: Titles, one: Belief) -> str:
    """A belief in few words, for a preview."""
    return f"{titles.segment(one.segment)}: {worth(one.mean)} ({signed(one.mean)}, {sureness(one.width)})"


def heard(titles: Titles, one: Belief) -> str:
    """On which answers a belief rests."""
    if not one.answers:
        return "nobody was asked yet"
    return listed(f"{count} from {titles.instrument(tool).lower()}" for tool, count in one.answers.items())


def effort(one: FeatureSeen) -> str:
    """The effort interval of a feature."""
    return work(one.low, one.high)


def work(low: float, high: float) -> str:
    """An interval of work."""
    first, last = f"{low:.0f}", f"{high:.0f}"
    if first == last:
        first, last = f"{low:.1f}", f"{high:.1f}"
    return f"{first} to {last} person-weeks" if first != last else f"{first} person-weeks"


def serves(rules: Rules, titles: Titles, seen: Observation, feature: str) -> str:
    """Which needs a feature serves, as far as they are known; those it hardly serves only where there is no other."""
    row = rules.backlog.serves[rules.features.index(feature)]
    for least, words in ((SERVES, ""), (TOUCHES, "a little of ")):
        served = [need for d, need in enumerate(rules.needs) if row[d] >= least]
        known = [titles.need(need) for need in served if need in seen.found]
        if known:
            return words + listed(known)
        if served:
            return "a need nobody has told you of"
    return "nothing in particular"


def missing(titles: Titles, seen: Observation, feature: str) -> str:
    """What a feature can only be built after, and is neither built nor in the plan; empty where nothing is."""
    there = {one.id for one in seen.features if one.committed or one.complete}
    return listed(titles.feature(name) for name in titles.scenario.features[feature].depends if name not in there)


def fit(rules: Rules, seen: Observation, feature: str, segment: str) -> float | None:
    """Believed worth of what a feature serves in a segment; None where none of it is known."""
    row = rules.backlog.serves[rules.features.index(feature)]
    parts = [
        float(row[rules.needs.index(one.need)]) * one.mean
        for one in seen.beliefs
        if one.segment == segment and row[rules.needs.index(one.need)] > 0.0
    ]
    return fsum(parts) if parts else None


def state(titles: Titles, one: FeatureSeen) -> str:
    """Where a feature stands."""
    if one.shipped and one.complete:
        return "released"
    if one.complete:
        return "reported complete"
    if one.committed:
        share = f"reported {one.reported * 100:.0f} %" if one.reported > 0.0 else "in the plan"
        return share + (", scope cut" if one.kept < 1.0 else "")
    return "not in the plan"


def building_weeks(rules: Rules, seen: Observation, features: Iterable[FeatureSeen]) -> tuple[float, float]:
    """The weeks that the team needs for these features, as an 80 % interval, before anything goes wrong."""
    share = float(rules.team.feature_share[rules.profiles.index(seen.profile)])
    people = max(seen.headcount, 1.0)
    pace = max(people * (1.0 - float(overhead(people, 0.0))) * share, 1e-9)  # type: ignore[arg-type]
    open_work = [(one.low * (1.0 - one.reported), one.high * (1.0 - one.reported)) for one in features]
    middle = fsum((low + high) / 2.0 for low, high in open_work)
    half = sqrt(fsum(((high - low) / 2.0) ** 2 for low, high in open_work))
    return (middle - half) / pace, (middle + half) / pace


def weeks_text(low: float, high: float) -> str:
    """An interval of weeks in words."""
    first, last = f"{low:.1f}".removesuffix(".0"), f"{high:.1f}".removesuffix(".0")
    return f"about {first} to {last} weeks" if first != last else f"about {counted(float(first), 'week')}"
