"""The causal ledger in words: every visible number as the exact sum of its causes over the run, with the moves behind.

The sums are those of `game.why`; what is new is when each cause acted, and which move set it going.
"""

from collections.abc import Iterator, Mapping

from tpmsim.core.ledger import Entry
from tpmsim.debrief.sheet import LedgerPart, LedgerRow, Series
from tpmsim.debrief.wording.told import Told
from tpmsim.game.why import wishes
from tpmsim.game.wording.labels import KINDS

BEHIND: Mapping[str, tuple[str, ...]] = {
    "build": ("commit", "plan"),
    "found": ("commit", "plan"),
    "report": ("commit", "plan"),
    "promise-kept": ("commit",),
    "promise-broken": ("commit",),
    "warning": ("renegotiate", "withdraw"),
    "incident": ("commit", "plan"),
    "pay": ("hire", "release"),
    "support": ("agents",),
    "desk": ("agents",),
    "marketing": ("spend",),
    "overtime": ("overtime",),
    "rest": ("overtime",),
    "sign-ups": ("wave",),
    "claim": ("claim",),
    "waited": ("agents",),
    "price": ("price",),
    "new work": ("profile",),
    "pay-down": ("profile",),
    "the plan": ("commit", "plan", "drop", "cut", "trade"),
    "recycle": ("gate",),
    "stopped": ("gate",),
    "the gate": ("gate",),
    "overruled at the gate": ("gate",),
}
"""Kinds of moves that set a cause going; the last of them before it acted, about the same thing where it names one."""

MOST_MOVES = 2
"""Moves that are told behind one cause."""

LONGEST = 4
"""Weeks in a row that are written out."""


def ledger(told: Told) -> tuple[LedgerPart, ...]:
    """Every visible number that changed, the main ones first."""
    by_number: dict[str, list[Entry]] = {}
    for entry in told.run.position.entries:
        by_number.setdefault(entry.number, []).append(entry)
    return tuple(_part(told, name, by_number[name]) for name in told.view.all_numbers if name in by_number)


def series(told: Told) -> tuple[Series, ...]:
    """The main numbers over the weeks."""
    return tuple(_series(told, name) for name in told.view.main_numbers)


def _series(told: Told, name: str) -> Series:
    figures = told.view.figures
    seen = [(week, start) for week, start in _starts(told)]
    points = tuple((week, figures.shown(name, numbers[name])) for week, numbers in seen)
    return Series(name, figures.title(name), figures.figure(name).unit.strip(), points)


def _starts(told: Told) -> Iterator[tuple[int, Mapping[str, int]]]:
    """The numbers before any move of a week, and at the end."""
    for before, _ in told.run.weeks:
        yield before.week, before.trail[0].observation.numbers
    last = told.run.weeks[-1]
    yield last[0].week + 1, last[1].observation.numbers


def _part(told: Told, name: str, entries: list[Entry]) -> LedgerPart:
    figures, grouped = told.view.figures, _grouped(told, name, entries)
    sums = {words: sum(entry.change for entry in some) for words, some in grouped.items()}
    end = told.past.seen.numbers[name]
    start = end - sum(sums.values())
    digits, signed = figures.digits(name, (start, end, *sums.values())), figures.figure(name).signed
    order = sorted((words for words in sums if sums[words]), key=lambda words: -abs(sums[words]))
    rows = (
        LedgerRow(
            change=figures.bare(name, sums[words], digits, True),
            words=words,
            turn=figures.turn(name, sums[words]).word,
            weeks=_weeks([entry.week for entry in grouped[words]]),
            move=_moves(told, grouped[words]),
        )
        for words in order
    )
    before, after = (figures.bare(name, value, digits, signed) for value in (start, end))
    return LedgerPart(name, figures.title(name), figures.says(name), before, after, tuple(rows))


def _grouped(told: Told, name: str, entries: list[Entry]) -> dict[str, list[Entry]]:
    """The entries of each cause, by its words."""
    reports, grouped = told.past.all_reports, dict[str, list[Entry]]()
    felt = {week: wishes(told.view, reports, name, week) for week in {entry.week for entry in entries}}
    for entry in entries:
        wished = felt[entry.week] if entry.cause == "appraisal" else ""
        grouped.setdefault(wished or told.view.cause(entry.cause, entry.week), []).append(entry)
    return grouped


def _weeks(weeks: list[int]) -> str:
    """Weeks in words: `3, 4, 7 to 12`."""
    runs: list[list[int]] = []
    for week in sorted(set(weeks)):
        if runs and runs[-1][-1] == week - 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    parts = [f"{_week(one[0])} to {one[-1]}" if len(one) > 2 else ", ".join(map(_week, one)) for one in runs]
    told = ", ".join(parts[:LONGEST])
    return f"{told}, ..." if len(parts) > LONGEST else told


def _week(number: int) -> str:
    return str(number) if number else "planning week"


def _moves(told: Told, entries: list[Entry]) -> str:
    """The moves behind a cause, the first ones."""
    moves = dict.fromkeys(_behind(told, entry) for entry in entries)
    return "; ".join([move for move in moves if move][:MOST_MOVES])


def _behind(told: Told, entry: Entry) -> str:
    """The move behind a cause, where there is one; a cause that is a move says so itself."""
    kind, _, about = entry.cause.partition(":")
    if kind in KINDS or kind in told.view.scenario.instruments:
        return ""
    for report in reversed(told.past.all_reports):
        for move in reversed(report.made if report.week <= entry.week else ()):
            if _sets_going(told, move, kind, about):
                return f"{told.view.label(move, report.week)} (week {report.week})"
    return ""


def _sets_going(told: Told, move: str, kind: str, about: str) -> bool:
    """Whether a move is of a kind that sets a cause going, and about the same thing."""
    made, _, whom = move.partition(":")
    if made == "answer" and kind in ("promise-kept", "promise-broken", "warning"):
        return _promised(told, whom) == about
    return made in BEHIND.get(kind, ()) and (not about or about in whom.split("/"))


def _promised(told: Told, answer: str) -> str:
    """The feature that an answer to a card promises; empty where it promises none."""
    card_id, _, answer_id = answer.partition("/")
    card = told.view.scenario.cards.get(card_id)
    one = card.answers.get(answer_id) if card is not None else None
    return one.promise.feature if one is not None and one.promise is not None else ""
