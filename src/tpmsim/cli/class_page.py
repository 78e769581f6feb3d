"""The page of a class: what a terminal shows of it."""

from collections.abc import Iterator

from tpmsim.debrief.class_words import NONE_COUNTS, ClassWords
from tpmsim.debrief.cohort import BAND, Cohort, Row
from tpmsim.debrief.forks import Answer
from tpmsim.game.wording.prose import counted, shortened

MOST_ROWS = 60
BARS = 30
CHOSE = 66
"""Columns of an answer: with them a row fits into 80."""

NO_CAUSE = "Who answered one way may have done other things otherwise, too: this shows where to begin a talk, no cause."


def page(one: Cohort, named: bool) -> Iterator[str]:
    """Lines about a class.

    Args:
        one: the class.
        named: whether aliases and names of files are told.
    """
    if not one.rows:
        yield f"{NONE_COUNTS}: {counted(len(one.failed), 'was', 'were')} left out."
        yield from _left_out(one, named)
        return
    words = ClassWords(one)
    sure = "verified by re-simulation" if one.proved else "taken at their word, not verified"
    kind = "a branch" if one.branches == 1 else "branches"
    branched = f", {one.branches} of them {kind}" if one.branches else ""
    yield f"{words.title}: {counted(len(one.rows), 'run')} ({sure}{branched}), {len(one.failed)} left out"
    yield ""
    yield from _results(one, words)
    yield from _forks(one, words)
    yield from _held(one, words)
    yield from _objectives(one, words)
    yield from _rows(one, words, named)
    yield from _left_out(one, named)


def _results(one: Cohort, words: ClassWords) -> Iterator[str]:
    told = one.scores
    if not told.ended or told.mean is None:
        yield "No run has ended yet."
        yield ""
        return
    spread = f", sd {told.sd:.1f}" if told.sd is not None else ""
    yield f"Results: {told.ended} of {len(one.rows)} have ended, mean {told.mean:.1f}{spread}"
    yield f"  10 % below {told.low:.1f}, half below {told.middle:.1f}, 90 % below {told.high:.1f}"
    most = max(told.bands)
    for place, count in enumerate(told.bands):
        band = f"{BAND * place:3}-{BAND * (place + 1):<3}"
        yield f"  {band} {'#' * round(BARS * count / most):<{BARS}} {count:5}"
    for name, count in told.endings:
        yield f"  {words.ending(name):<40} {count:5}"
    yield ""


def _forks(one: Cohort, words: ClassWords) -> Iterator[str]:
    if not one.widest:
        yield "No decision parted the class by more than chance would."
        yield ""
        return
    yield "Where the class parted most (mean score by answer)"
    for fork in one.widest:
        yield f"  {words.question(fork)}  [{fork.spread:.1f} points]"
        for answer in fork.answers:
            yield f"    {shortened(words.answer(answer.move), CHOSE):<{CHOSE}} {answer.runs:5}  {_mean(answer)}"
        if fork.left:
            yield f"    {'never came up, or nothing of the kind was done':<{CHOSE}} {fork.left:5}"
    yield f"  {NO_CAUSE}"
    yield ""


def _mean(answer: Answer) -> str:
    return f"{answer.mean:5.1f}" if answer.mean is not None else "    -"


def _held(one: Cohort, words: ClassWords) -> Iterator[str]:
    held = one.held
    if not one.proved:
        yield "Promises, forecasts and objectives are told once the runs are verified."
        yield ""
        return
    if held.brier is not None:
        yield f"Promises as forecasts: Brier score {held.brier:.3f} (0 is best, 0.25 is a coin)"
        for stated, given, kept in held.words:
            yield f"  said {stated:.0%}: came true {kept} of {given} ({kept / given:.0%})".replace("%", " %")
    if held.covered is not None:
        yield f"Forecasts: {held.covered:.0%} of the ranges held what came; 80 % should".replace("%", " %", 1)
        for name, made, right in held.numbers:
            yield f"  {words.number(name)}: {right} of {made}"
        yield "Who foresaw what came, by pseudonym"
        for who, right, made in held.foresaw[:MOST_ROWS]:
            yield f"  {who}: {right} of {made}"
    if held.brier is not None or held.covered is not None:
        yield ""


def _objectives(one: Cohort, words: ClassWords) -> Iterator[str]:
    if one.met:
        yield "Objectives (mean share reached, and runs that met them in full)"
        for met in one.met:
            yield f"  {met.mean:5.0%}  {met.full:5}  {words.objective(met.id)}".replace("%", " %", 1)
        yield ""


def _rows(one: Cohort, words: ClassWords, named: bool) -> Iterator[str]:
    yield "The runs, in the order of their pseudonyms (matchpoints and cross-IMPs: against runs in the same world)"
    for row in one.rows[:MOST_ROWS]:
        yield f"  {row.name:<24} {_result(row, words):<40} {_compared(row)}{_who(row, named)}".rstrip()
    if len(one.rows) > MOST_ROWS:
        yield f"  and {len(one.rows) - MOST_ROWS} more: --csv, --html or --json have them all"


def _result(row: Row, words: ClassWords) -> str:
    came = row.paper.came
    assert came is not None
    if row.paper.points is None:
        return f"    -  goes on after {counted(came.weeks, 'week')}"
    return f"{row.paper.points:5.1f}  {words.ending(came.ending)}"


def _compared(row: Row) -> str:
    if row.standing is None:
        return ""
    return f"{row.standing.matchpoints:4.0%} of {row.standing.others}, {row.standing.imps:+.1f} IMP".replace(
        "%", " %", 1
    )


def _who(row: Row, named: bool) -> str:
    alias = row.paper.alias.plain()
    return f"  {alias + ', ' if alias else ''}{row.paper.file}" if named else ""


def _left_out(one: Cohort, named: bool) -> Iterator[str]:
    """All of them, by the names of their files: whoever looks after a class must find them.

    Only a copy is not, unless names are told: beside its file stands whose run it is like.
    """
    if one.failed:
        yield ""
        yield "Left out"
        for row in one.failed:
            who = row.paper.file if named or row.paper.fault != "copy" else row.name
            yield f"  {who}: {row.paper.why}"
