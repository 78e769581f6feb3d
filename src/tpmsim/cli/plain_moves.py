"""What a player typed, understood: a move by its id or by words of its label, a number by its name, a forecast."""

import math
import re
from dataclasses import dataclass

from tpmsim.cli.plain_text import to_ascii
from tpmsim.game.session import Session
from tpmsim.game.view import View
from tpmsim.game.wording.groups import secret
from tpmsim.game.wording.prose import listed
from tpmsim.scenario.diagnostics import nearest
from tpmsim.text import SafeText, TextRefused, quoted

SHOWN = 5
SHORTEST = 3
LARGEST = 1e9

COMMAND_WORDS = (
    "end",
    "why",
    "numbers",
    "people",
    "roadmap",
    "beliefs",
    "timetable",
    "schedule",
    "aids",
    "log",
    "undo",
    "delegate",
    "note",
    "help",
    "quit",
)


@dataclass(frozen=True, slots=True)
class Found:
    """The move that was meant, or what to say instead."""

    move: str = ""
    answer: str = ""


def move_named(session: Session, view: View, line: str) -> Found:
    """The move that a line names.

    An id counts as it stands; the beginning of ids and words of labels and ids count where only one legal move fits,
    or else one of the stage that cannot be made, so that the reason is told.
    """
    seen = session.observation
    known = [choice for choice in session.choices if not secret(seen, choice.id)]
    ids = [choice.id for choice in known]
    if line in ids:
        return Found(line)
    begins = [choice for choice in known if len(line) >= SHORTEST and choice.id.startswith(line.lower())]
    fits = [choice.id for choice in begins if choice.legal] or [choice.id for choice in begins]
    if not fits and len(line) >= SHORTEST:
        fits = _by_words(view, [choice.id for choice in known if choice.legal], line, seen.week)
        fits = fits or _by_words(view, [choice.id for choice in known if choice.here], line, seen.week)
    if len(fits) == 1:
        return Found(fits[0])
    if fits:
        more = f"; and {len(fits) - SHOWN} more" if len(fits) > SHOWN else ""
        named = "; ".join(f"{view.label(one, seen.week)}: {one}" for one in fits[:SHOWN])
        return Found(answer=f"Which one? {named}{more}.")
    close = nearest(line, [*(choice.id for choice in known if choice.here), *COMMAND_WORDS])
    meant = f" Did you mean {close}?" if close else ""
    return Found(answer=f"{quoted(line)} is not understood.{meant} Type a number of the menu, or ? for help.")


def _by_words(view: View, ids: list[str], line: str, week: int) -> list[str]:
    words = _words(line)
    return [one for one in ids if words and _spoken_of(words, [*_words(view.label(one, week)), *_words(one)])]


def _spoken_of(words: list[str], label: list[str]) -> bool:
    """Whether each word begins a word of the label."""
    return all(any(known.startswith(word) for known in label) for word in words)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", to_ascii(text).lower())


def figures_named(view: View, text: str) -> tuple[str, ...]:
    """The ids of the numbers that may be meant: by place in the list, id, beginning of an id, or words of a title."""
    names = view.all_numbers
    if text.isascii() and text.isdecimal():
        place = int(text[:6])
        return (names[place - 1],) if 1 <= place <= len(names) else ()
    wanted = text.lower()
    if wanted in names:
        return (wanted,)
    begins = [name for name in names if wanted and name.startswith(wanted)]
    words = set(_words(wanted))
    titled = [name for name in names if words and words <= set(_words(view.figures.title(name)))]
    return tuple(dict.fromkeys([*begins, *titled]))


def forecast_of(view: View, text: str) -> tuple[str, int, int, int] | str:
    """Number, low, middle and high of a forecast in whole quanta; or a sentence that says how it is written."""
    parts = text.replace(",", "").split()
    names = figures_named(view, " ".join(parts[:-3])) if len(parts) >= 4 else ()
    name = names[0] if names else ""
    if not name or "." in name:
        titles = listed((view.figures.title(one).lower() for one in view.main_numbers), "or")
        return f"Write: f, a number such as {titles}, then low, middle and high. f customers 50 80 120"
    values = [_figure(part) for part in parts[-3:]]
    if any(math.isnan(value) for value in values):
        return "Low, middle and high are three plain numbers: f customers 50 80 120"
    low, point, high = (view.figures.quanta(name, value) for value in sorted(values))
    return name, low, point, high


def thought_of(text: str) -> SafeText | str:
    """A thought to keep with the run; or a sentence that says why it is none."""
    if not text:
        return "Write the thought behind the word, such as: note I did not ask the clinics"
    try:
        return SafeText.clean(text)
    except TextRefused as error:
        return f"Not kept: {error}."


def _figure(text: str) -> float:
    """A number that was typed; not-a-number for anything else."""
    if not re.fullmatch(r"[-+]?[0-9]{1,12}(?:\.[0-9]{0,6})?", text):
        return math.nan
    value = float(text)
    return value if abs(value) <= LARGEST else math.nan
