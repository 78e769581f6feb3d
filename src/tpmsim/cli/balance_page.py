"""The pages of `tpmsim balance`: tables and small charts, 80 columns, with blocks in a terminal and ASCII elsewhere."""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence

from tpmsim.core.arrays import Floats
from tpmsim.core.rolls import seed_text
from tpmsim.game.wording.prose import clip, counted
from tpmsim.lab.balance.audit import FALSE_CHOICE, REAL, TOO_FEW, Verdict
from tpmsim.lab.balance.balance import Balance
from tpmsim.lab.balance.ladder import FEWEST_RUNS, RANDOM, scores
from tpmsim.lab.balance.target import Solution, Varied
from tpmsim.lab.report import summary
from tpmsim.scenario.codes import ERROR, NOTE, WARNING
from tpmsim.scenario.diagnostics import Diagnostic
from tpmsim.scenario.rendering import long
from tpmsim.text import shown

WIDTH = 80
BINS = 20
"""Columns of a chart, five points each."""

BLOCKS = " ▁▂▃▄▅▆▇█"

LEGEND = (
    "best, level: share of the states in which it is the best, alone or with others;",
    "naive: how often naive play takes it; class: what is odd, as --help tells.",
)
"""What the heads of the decisions mean."""

Row = Sequence[str]


def page(balance: Balance, findings: Sequence[Diagnostic], files: Mapping[str, bytes]) -> Iterator[str]:
    """Everything that was measured and found.

    Args:
        balance: what was measured.
        findings: what was found, with its place.
        files: bytes of the files that findings name.
    """
    title = balance.loaded.scenario.title.plain()
    yield f"{clip(title, 40)}: {counted(balance.runs, 'seed')} from {seed_text(balance.batch)}"
    yield from _policies(balance)
    yield from _skill(balance)
    yield from _endings(balance)
    yield from _decisions(balance.verdicts)
    yield from _numbers(balance)
    yield from _contract(balance)
    for one in findings:
        yield ""
        yield from long(one, files)
    yield ""
    yield f"{clip(title, 40)}: {_verdict(balance, findings)}"


def solution_page(file: str, one: Varied, solution: Solution) -> Iterator[str]:
    """The line to write, and what it gives."""
    unit, value = (" % wins" if solution.target.wins else " points"), solution.value
    reached, wanted = solution.tried[value], solution.target.value
    if not solution.met:
        low, high = min(solution.tried), max(solution.tried)
        yield f"{solution.target.policy} does not come to {wanted:g}{unit} with {one.key} between {low:g} and {high:g}."
        yield f"The nearest is {reached:.1f}{unit}, with this line:"
    else:
        yield f"{solution.target.policy} comes to {reached:.1f}{unit} with this line (was: {one.present:g}):"
    yield f"{file}:{one.line}:{one.column}"
    yield shown(one.line_with(value), limit=4 * WIDTH)


# Tables


def _table(title: str, heads: Row, rows: Sequence[Row]) -> Iterator[str]:
    """A table: the first column is text, the others are numbers; the last of a wider head is text, too."""
    yield ""
    if sys.stdout.isatty():
        yield from _rich(title, heads, rows)
        return
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    yield title
    for row in (heads, *rows):
        cells = [
            cell.ljust(width) if _is_text(place, heads) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells)}".rstrip()


def _rich(title: str, heads: Row, rows: Sequence[Row]) -> Iterator[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False, padding=(0, 1))
    for place, head in enumerate(heads):
        left = _is_text(place, heads)
        table.add_column(Text(head), justify="left" if left else "right", no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(width=WIDTH)
    with console.capture() as capture:
        console.print(table)
    yield from capture.get().splitlines()


def _is_text(place: int, heads: Row) -> bool:
    return place == 0 or heads[place] in (AXIS, "class", "asked for", "")


AXIS = "0    25   50   75"

FEWEST_SPREAD = 10
"""Runs of a policy below which its quantiles say nothing."""


def _policies(balance: Balance) -> Iterator[str]:
    rows = []
    ladder = balance.ladder
    for name, results in {**ladder.results, **ladder.constant}.items():
        told = summary(results)
        enough = told["runs"] >= FEWEST_SPREAD
        figures = [f"{told[key]:.1f}" if told[key] is not None else "" for key in ("mean", "sd")]
        figures += [f"{told[key]:.1f}" if enough else "-" for key in ("p10", "p50", "p90")]
        chart = _chart(scores(results), told["p10"], told["p50"], told["p90"]) if enough else ""
        rows.append((clip(name, 20), str(told["runs"]), *figures, f"{ladder.wins(results):.0%}", chart))
    heads = ("", "runs", "mean", "sd", "10 %", "half", "90 %", "wins", AXIS)
    yield from _table("policies by their scores", heads, rows)


def _chart(points: Floats, low: float, half: float, high: float) -> str:
    """How the scores of runs spread from 0 to 100; without blocks from the tenth below to the tenth above."""
    if sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower():
        counts = [int(((points * BINS) // 100 == number).sum()) for number in range(BINS)]
        counts[-1] += int((points >= 100.0).sum())
        return "".join(BLOCKS[-(-(len(BLOCKS) - 1) * count // max(counts))] for count in counts)
    marks = [_bin(low) <= number <= _bin(high) for number in range(BINS)]
    bar = ["-" if inside else " " for inside in marks]
    bar[_bin(half)] = "|"
    return "".join(bar)


def _bin(points: float) -> int:
    return min(BINS - 1, int(points * BINS / 100.0))


def _skill(balance: Balance) -> Iterator[str]:
    ladder = balance.ladder
    yield ""
    if (beaten := ladder.beats_random) is not None:
        span = f"({beaten.low:.1%} to {beaten.high:.1%})"
        seeds = counted(ladder.runs(ladder.best, RANDOM), "seed")
        yield f"{ladder.best} beats random in {beaten.share:.1%} of {seeds} {span}"
    if (luck := ladder.luck_share) is not None:
        yield f"luck is {luck:.1%} of the variance of scores"


def _endings(balance: Balance) -> Iterator[str]:
    played, endings = balance.ladder.results, balance.loaded.scenario.endings
    room = max(16, WIDTH - 4 - sum(max(len(name), 5) + 2 for name in played))
    rows = []
    for row, (name, ending) in enumerate(endings.items()):
        mark = "+ " if ending.good else "  "
        shares = [f"{float((one.ending == row).mean()):.1%}" for one in played.values()]
        rows.append((clip(f"{mark}{name}", room), *shares))
    yield from _table("endings (+ good)", ("", *played), rows)


def _decisions(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Every decision with its options; those that nobody met often enough in one line."""
    rows: list[Row] = []
    for verdict in verdicts:
        if verdict.what == TOO_FEW:
            continue
        what = "" if verdict.what in (REAL, FALSE_CHOICE) else verdict.what
        if verdict.what == FALSE_CHOICE:
            what = "false choice" if verdict.kind == "card" else "plain gate"
        rows.append((clip(f"{verdict.kind} {verdict.id}", 30), str(verdict.states), "", "", "", "", what))
        for one in verdict.options:
            naive = "" if one.naive is None else f"{one.naive:.0%}"
            figures = (f"{one.best:.0%}", f"{one.level:.0%}", f"{one.mean:.1f}", naive)
            rows.append((clip(f"  {one.id}", 30), str(one.states), *figures, one.kind))
    if rows:
        heads = ("", "states", "best", "level", "mean", "naive", "class")
        yield from _table("decisions, each answer played on from the same states", heads, rows)
        yield from LEGEND
    few = [f"{one.kind} {one.id}" for one in verdicts if one.what == TOO_FEW]
    if few:
        yield ""
        yield "reached too seldom to say anything:"
        yield from (f"  {clip(name, WIDTH - 2)}" for name in few)


def _numbers(balance: Balance) -> Iterator[str]:
    rows = []
    for one in balance.movements:
        apart = f"{one.apart:.2f}" if math.isfinite(one.apart) else "-"
        rows.append((clip(one.id, 40), f"{one.rose:.0%}", f"{one.fell:.0%}", apart))
    yield from _table("numbers", ("", "rose in", "fell in", "apart by sd"), rows)


def _contract(balance: Balance) -> Iterator[str]:
    rows = []
    for one in balance.contract:
        found = "" if one.found is None else f"{one.found:g}" if one.bounds == "none" else f"{one.found:.1f}{one.unit}"
        unknown = "too few runs" if one.too_few else "not tested" if one.untested else "not measured"
        kept = {True: "kept", False: "broken", None: unknown}[one.kept]
        rule = ", the rule" if not one.own and one.kept is not None else ""
        rows.append((clip(one.what, 40), one.bounds, found, f"{kept}{rule}"))
        if one.untested and one.kept is not None:
            rows.append((f"  {counted(one.untested, 'card')} not tested", "", "", ""))
    yield from _table("contract", ("", "asked for", "found", ""), rows)
    if any(one.too_few for one in balance.contract):
        yield f"too few runs: a policy that counts there has played fewer than {FEWEST_RUNS}; see --n"


def _verdict(balance: Balance, findings: Sequence[Diagnostic]) -> str:
    few = any(one.too_few for one in balance.contract)
    counts = {severity: sum(one.severity == severity for one in findings) for severity in (ERROR, WARNING, NOTE)}
    told = [counted(count, severity) for severity, count in counts.items() if count]
    return ", ".join(told + ["too few runs to tell all"] * few) or "nothing to say"
