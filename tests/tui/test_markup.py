"""What strangers write is shown as written and is nothing else: no markup, no action, no control sequence (T01-T03)."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import rich.markup
import rich.text
import textual.content
import textual.markup
from textual.pilot import Pilot

from chosen import some
from markup_lint import findings, findings_in
from tui.poison import poisoned, texts
from tui.tour import BY_TURNS, STOPS, Stop, visit

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "tpmsim" / "tui"
CANARY = "[@click=app.quit]CANARY[/]"
SHOWN = (
    "brief",
    "week",
    "people",
    "roadmap",
    "beliefs",
    "market",
    "learn",
    "home",
    "begin",
    "replay",
    "recap",
    "end",
    "preview",
    "truth",
    "decisions",
    "by week",
    "options",
    "what if",
    "ways",
)
"""Stops with so much of an author's text that some of it must be seen, even where it is cut."""


def test_no_text_reaches_a_widget_but_by_the_ways_out() -> None:
    assert findings(SOURCE) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(x: str):\n    Static(x)",
        "def f(x: str):\n    Static(f'{x}')",
        "def f(x: str):\n    Static('a' + x)",
        "def f(x: str):\n    Static('%s' % x)",
        "def f(x: str):\n    Static('{}'.format(x))",
        "def f(x: str):\n    y = x\n    Static(y)",
        "def f(x: str):\n    y = line(x)\n    y = x\n    Static(y)",
        "def f(x: str):\n    Static('a' if x else x)",
        "def f(x: list[str]):\n    Static(*x)",
        "def f(x: list[str]):\n    for one in x:\n        Label(one)",
        "def f(w, x: str):\n    w.update(x)",
        "def f(w, x: str):\n    w.border_title = x",
        "def f(w, x: str):\n    w.border_subtitle = f'{x}'",
        "def f(w, x: str):\n    w.tooltip = x.upper()",
        "def f(w, x: str):\n    w.add_row('a', x)",
        "def f(w, x: str):\n    w.add_row(*(one for one in x))",
        "def f(w, x: str):\n    w.add_column(x)",
        "def f(w, x: str):\n    w.add_options([Option(x)])",
        "def f(w, x: str):\n    w.notify(x, title=x)",
        "def f(w, x: str):\n    w.root.add_leaf(x)",
        "def f(x: str):\n    Button(label=x)",
        "def f(x: str):\n    Collapsible(title=x)",
        "def f(x: str):\n    yield Option(prompt=x)",
        "def g() -> str: ...\ndef f():\n    Static(g())",
        "def f(self):\n    Static(self.text)",
        "class A:\n    text: str\ndef f(self):\n    Static(self.text)",
        "def f(x: str):\n    Content.from_markup(x)",
        "Text.from_markup('[b]x[/b]')",
        "Static('x', markup=True)",
        "print('x')",
        "from rich.markup import escape",
        "from textual.widgets import Markdown\nMarkdown('x')",
        "Static('[@click=app.quit]x[/]')",
        "def f(x):\n    Static(x)",
        "lambda w, x: w.update(x)",
    ],
)
def test_the_lint_finds_what_is_wrong(source: str) -> None:
    assert findings_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "Static('text')",
        "Static('', id='a', markup=False)",
        "def line(text: str) -> Content: ...\ndef f(x: str):\n    Static(line(x))",
        "def line(text: str) -> Content: ...\ndef f(x: str):\n    y = [line(one) for one in x]\n    w.update(lines(*y))"
        "\ndef lines(*x: Content) -> Content: ...",
        "def f(x: str):\n    w.border_title = Content(x)",
        "def f(x: Content, y: str):\n    w.update(x if y else 'nothing')",
        "def f(x: str):\n    w.add_row(Text(x), key=x)",
        "def f(x: str):\n    w.update(Content(x).truncate(3))",
        "class A:\n    text: Content\ndef f(self):\n    Static(self.text)",
        "def f():\n    for name, title in (('a', 'b'), ('c', 'd')):\n        w.border_title = title",
        "def f(x: str):\n    w.notify(x, markup=False)",
    ],
)
def test_the_lint_lets_pass_what_is_right(source: str) -> None:
    assert findings_in(source) == []


@contextmanager
def parsers_watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every text that any reader of markup is given."""
    given: list[str] = []

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            given.extend(one for one in (*args, *named.values()) if isinstance(one, str))
            return real(*args, **named)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(textual.content.Content, "from_markup", watched(textual.content.Content.from_markup))
        patch.setattr(rich.text.Text, "from_markup", watched(rich.text.Text.from_markup))
        patch.setattr(rich.markup, "render", watched(rich.markup.render))
        patch.setattr(textual.markup, "to_content", watched(textual.markup.to_content))
        yield given


def painted(pilot: Pilot[Any]) -> tuple[str, list[Any]]:
    """The text of the screen, and what its cells would do when they are clicked; but for scroll bars."""
    strips = pilot.app.screen._compositor.render_strips()
    styles = [segment.style for strip in strips for segment in strip if segment.style is not None]
    danger = [
        style
        for style in styles
        if style.link or any(key.startswith("@") and not key.startswith("@mouse") for key in style.meta)
    ]
    return "\n".join(strip.text for strip in strips), danger


def by_turns() -> Iterator[object]:
    """Every stop in the long suite; in the short one those where some of it must be seen, and a third of the others."""
    for number, (stop, size) in enumerate(BY_TURNS):
        marks = () if stop.name in SHOWN or number % 5 == 0 else pytest.mark.soak
        yield pytest.param(stop, size, id=stop.name, marks=marks)


@pytest.mark.parametrize(("stop", "size"), by_turns())
def test_markup_is_shown_as_written(
    stop: Stop, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T01: no reader of markup ever sees the canary, no cell has an action, and clicks do no harm."""
    loaded, _ = poisoned(CANARY)

    async def look(pilot: Pilot[Any]) -> None:
        if stop.name == "truth":  # the ids of the cards come first there, then what people say
            await pilot.press("end")
            await pilot.pause()
        text, danger = painted(pilot)
        assert danger == []
        if stop.name in SHOWN:
            assert "[@click" in text, text
        dice = random.Random(stop.name)
        for _ in range(6):
            assert pilot.app.is_running
            await pilot.click(offset=(dice.randrange(size[0]), dice.randrange(size[1] - 1)))
            assert painted(pilot)[1] == []

    with parsers_watched(monkeypatch) as given:
        app = visit(stop, tmp_path, look, size, loaded)
    assert [one for one in given if "CANARY" in one] == []
    assert app.failure is None


@pytest.mark.parametrize("stop", some(STOPS, 9), ids=lambda stop: stop.name)
def test_the_longest_legal_texts_are_painted(stop: Stop, tmp_path: Path) -> None:
    """T03: one word without a blank in every field, as long as it may be."""
    loaded, _ = poisoned("w" * 3_900, longest=True)

    async def look(pilot: Pilot[Any]) -> None:
        text, _ = painted(pilot)
        assert all(len(row) <= 80 for row in text.split("\n"))

    assert visit(stop, tmp_path, look, loaded=loaded).failure is None


def test_the_poison_is_everywhere() -> None:
    loaded, _ = poisoned(CANARY)
    clean = [one for one in texts(loaded.scenario) if "CANARY" not in one]
    assert len(clean) < 20, "only what the program itself fills in"
