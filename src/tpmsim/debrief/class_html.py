"""The page of a class: one HTML file that opens without a network. No script, no form, no resource, no link out.

It is built as a tree of elements, so that all text is escaped. The first thing in its head is a policy that would keep
a browser from loading anything, if there were anything to load.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from tpmsim.debrief import class_charts as charts
from tpmsim.debrief.class_words import ClassWords
from tpmsim.debrief.cohort import BAND, Cohort, Row
from tpmsim.debrief.forks import Fork
from tpmsim.debrief.tags import document, tag
from tpmsim.game.wording.prose import counted, shortened

STYLE = Path(__file__).with_name("class.css")

ANSWER = 42
"""Characters of an answer beside its bar."""

NO_CAUSE = (
    "Means of those who answered one way or the other. Who answered so may have done other things otherwise, too: this "
    "is where to begin a talk, no cause."
)
KEPT = "On the diagonal words come true as often as they say. Beside each point stands how many words it is of."
NO_RANKING = (
    "In the order of the pseudonyms; this is no ranking. Matchpoints are the share of the others in the same world "
    "that a run is ahead of, a tie counting half; cross-IMPs the mean difference to them on the scale of bridge, with "
    "one point of the score for 40 points."
)


def html(one: Cohort, named: bool) -> str:
    """The page of a class.

    Args:
        one: the class.
        named: whether aliases and names of files are told.
    """
    words = ClassWords(one)
    title = f"Class: {words.title}"
    body = tag(
        "body", *_head(one, words), *(_those_that_count(one, words, named) if one.rows else ()), *_left_out(one, named)
    )
    return document(title, STYLE.read_text(encoding="utf-8"), body)


def _those_that_count(one: Cohort, words: ClassWords, named: bool) -> Iterator[Element]:
    """What there is to tell of the runs that count."""
    for part in (_results(one, words), _forks(one, words), _held(one, words), _objectives(one, words)):
        yield from part
    yield from _runs(one, words, named)
    yield from _notes(one)


def _head(one: Cohort, words: ClassWords) -> Iterator[Element]:
    sure = "each simulated again and the same" if one.proved else "taken at their word, not verified"
    yield tag("p", "A class", class_="kicker")
    yield tag("h1", words.title)
    yield tag("p", f"{counted(len(one.rows), 'run')}, {sure}; {len(one.failed)} left out.")


def _results(one: Cohort, words: ClassWords) -> Iterator[Element]:
    told = one.scores
    yield tag("h2", "Results")
    if told.mean is None:
        yield tag("p", "No run has ended yet.")
        return
    spread = f", standard deviation {told.sd:.1f}" if told.sd is not None else ""
    quantiles = f"10 % lie below {told.low:.1f}, half below {told.middle:.1f}, 90 % below {told.high:.1f}."
    yield tag("p", f"{told.ended} have ended, mean score {told.mean:.1f}{spread}. {quantiles}")
    yield tag("figure", charts.distribution(told.bands, BAND))
    rows = [(words.ending(name), f"{count}") for name, count in told.endings]
    yield _table(("Ending", "#Runs"), rows)


def _forks(one: Cohort, words: ClassWords) -> Iterator[Element]:
    yield tag("h2", "Where the class parted")
    if not one.widest:
        yield tag("p", "No decision parted the class by more than chance would.")
    for place, fork in enumerate(one.widest, start=1):
        yield tag("h3", words.question(fork))
        ways = [(shortened(words.answer(way.move), ANSWER), way.runs, way.mean) for way in fork.answers]
        says = (
            f"Where two runs or more gave an answer, means lie between {fork.low:.1f} and {fork.high:.1f}. Less what "
            f"chance would do, answers set runs {fork.spread:.1f} points apart (standard deviation). {_left(fork)}"
        )
        yield tag("figure", charts.answers(f"fork-{place}", words.question(fork), ways), tag("figcaption", says))
    yield tag("p", NO_CAUSE, class_="aside")
    rows = [
        (words.question(fork), words.answer(way.move), f"{way.runs}", f"{way.mean:.1f}" if way.mean is not None else "")
        for fork in one.forks
        for way in fork.answers
    ]
    everything = _table(("Decision", "Answer", "#Runs", "#Mean score"), rows)
    yield tag("details", tag("summary", f"All {counted(len(one.forks), 'decision')}"), everything)


def _left(fork: Fork) -> str:
    return f"In {counted(fork.left, 'run')} it never came up, or nothing of the kind was done." if fork.left else ""


def _held(one: Cohort, words: ClassWords) -> Iterator[Element]:
    held = one.held
    yield tag("h2", "What was said, and what came")
    if held.brier is not None:
        yield tag("p", f"Promises as forecasts: Brier score {held.brier:.3f}; 0 is best, 0.25 is a coin.")
        yield tag("figure", charts.kept(held.words), tag("figcaption", KEPT))
        yield _table(
            ("Confidence given", "#Given", "#Came true"),
            [(f"{100 * stated:.0f} %", f"{given}", f"{kept}") for stated, given, kept in held.words],
        )
    if held.covered is not None:
        yield tag("p", f"{100 * held.covered:.0f} % of the ranges held what came; 80 % should.")
    if held.numbers:
        yield _table(
            ("Number", "#Forecasts", "#Held"),
            [(words.number(name), f"{made}", f"{right}") for name, made, right in held.numbers],
        )
        yield tag("h3", "Who foresaw what came")
        yield _table(
            ("Run", "#Held", "#Forecasts"), [(who, f"{right}", f"{made}") for who, right, made in held.foresaw]
        )
    if held.brier is None and not held.numbers:
        yield tag("p", "Nothing that was said has come due, or nothing was verified.")


def _objectives(one: Cohort, words: ClassWords) -> Iterator[Element]:
    if one.met:
        yield tag("h2", "Objectives")
        yield _table(
            ("Objective", "#Mean share reached", "#Met in full"),
            [(words.objective(met.id), f"{100 * met.mean:.0f} %", f"{met.full}") for met in one.met],
        )


def _runs(one: Cohort, words: ClassWords, named: bool) -> Iterator[Element]:
    yield tag("h2", "The runs")
    yield tag("p", NO_RANKING, class_="aside")
    heads = ("Run", *(("Player", "File") if named else ()), "#Score", "Ending", "#Weeks", "#Matchpoints", "#Cross-IMP")
    yield _table(heads, [(*_who(row, named), *_figures(row, words)) for row in one.rows])


def _who(row: Row, named: bool) -> tuple[str, ...]:
    return (row.name, row.paper.alias.plain(), row.paper.file) if named else (row.name,)


def _figures(row: Row, words: ClassWords) -> tuple[str, ...]:
    came, place = row.paper.came, row.standing
    assert came is not None
    score = f"{row.paper.points:.1f}" if row.paper.points is not None else ""
    compared = (f"{100 * place.matchpoints:.0f} % of {place.others}", f"{place.imps:+.1f}") if place else ("", "")
    return (score, words.ending(came.ending) if came.ending else "goes on", f"{came.weeks}", *compared)


def _notes(one: Cohort) -> Iterator[Element]:
    """What the players wrote down, as they wrote it."""
    written_ones = [row for row in one.rows if row.paper.notes]
    if not written_ones:
        return
    yield tag("h2", "Notes")
    for row in written_ones:
        quotes = [tag("blockquote", f"Week {week}: ", " ".join(text.plain().split())) for week, text in row.paper.notes]
        yield tag("details", tag("summary", f"{row.name}: {counted(len(quotes), 'note')}"), *quotes)


def _left_out(one: Cohort, named: bool) -> Iterator[Element]:
    if one.failed:
        yield tag("h2", "Left out")
        heads = ("Run", *(("Player", "File") if named else ()), "Why")
        yield _table(heads, [(*_who(row, named), row.paper.why) for row in one.failed])


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> Element:
    """A table; columns whose head begins with # hold numbers."""
    kinds = ["number" if head.startswith("#") else "words" for head in heads]
    top = [tag("th", head.removeprefix("#"), class_=kind) for head, kind in zip(heads, kinds, strict=True)]
    lines = [tag("tr", *[tag("td", part, class_=kind) for part, kind in zip(row, kinds, strict=True)]) for row in rows]
    return tag("div", tag("table", tag("thead", tag("tr", *top)), tag("tbody", *lines)), class_="wide")
