"""The author's guide walked through as a reader would: its pieces put into the files, its commands typed.

Gives the page with what is really printed below each command. `python tests/walk.py --write` writes that page; a test
compares it. What the words behind a fence mean: `section` replaces sections, `more` adds to one, `file` is a whole
file, `diff` changes lines; `console` has commands, with the exit code of the last one if it is not 0, or `head` where
output is left out.
"""

import contextlib
import io
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs_tables import DOCS
from fragments import laid_over
from tpmsim.cli.main import main
from written import Block, blocks, filled

PAGE = DOCS / "authors-guide.md"
SCENARIO = "my-first"
SCREENS = ("play", "preview")
"""Commands that open the whole screen; their help is asked for in place of it."""

LONG = ("test", "run")
"""Commands that take seconds."""

PROGRESS = re.compile(r"\d+ of \d+ runs")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that was typed: its words, what was printed, its exit code, and that which the page speaks of."""

    words: tuple[str, ...]
    printed: str
    code: int
    wanted: int


def walk(folder: Path, long: bool = True) -> tuple[str, tuple[Typed, ...]]:
    """The page with what was really printed, and every command in order.

    Args:
        folder: an empty one to do it in.
        long: False leaves out the commands that take long, and keeps what the page shows of them.
    """
    typed: list[Typed] = []
    shown: dict[int, str] = {}
    with contextlib.chdir(folder):
        for block in blocks(PAGE):
            if block.language == "console":
                done = list(_typed(block, long))
                typed += done
                shown[block.line] = _page(block, done)
            else:
                _edit(folder / SCENARIO, block)
    return filled(PAGE, shown), tuple(typed)


def _typed(block: Block, long: bool) -> Iterator[Typed]:
    for words in commands(block):
        if words[0] in SCREENS:
            words = (words[0], "--help")
        if long or words[0] not in LONG:
            yield _run(words, int(block.about) if block.about.isdigit() else 0)


def commands(block: Block) -> Iterator[tuple[str, ...]]:
    """The commands of a block, without the name of the program."""
    for line in block.text.splitlines():
        if line.startswith("$ "):
            for command in line[2:].split(" && "):
                name, *words = command.split()
                assert name == "tpmsim", line
                yield tuple(words)


def _run(words: tuple[str, ...], wanted: int) -> Typed:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(list(words))
        except SystemExit as left:
            code = int(left.code or 0)
    lines = [line for line in said.getvalue().splitlines(keepends=True) if not PROGRESS.fullmatch(line.rstrip("\n"))]
    return Typed(words, "".join(lines), code, wanted)


def _page(block: Block, done: list[Typed]) -> str:
    """The text of a block with what was printed, or as it is where that is not shown or not known."""
    words = list(commands(block))
    if block.about == "head" or len(done) < len(words) or any(one.words[-1:] == ("--help",) for one in done):
        return block.text
    left = iter(done)
    lines = [line for line in block.text.splitlines(keepends=True) if line.startswith("$ ")]
    return "".join(line + "".join(next(left).printed for _ in line.split(" && ")) for line in lines)


def _edit(folder: Path, block: Block) -> None:
    """Do to the files what a block asks for; one without a word behind its fence is only to be read."""
    kind, _, name = block.about.partition(" ")
    file = folder / (name or "scenario.yaml")
    match block.language, kind:
        case "yaml", "section":
            file.write_text(_sections(file, block.text), encoding="utf-8")
        case "yaml", "more":
            file.write_text(_more(file.read_text(encoding="utf-8"), block), encoding="utf-8")
        case "yaml", "file":
            file.write_text(block.text, encoding="utf-8")
        case "diff", "":
            file.write_text(_changed(file.read_text(encoding="utf-8"), block), encoding="utf-8")


def _sections(file: Path, text: str) -> str:
    old = file.read_text(encoding="utf-8")
    head = old[: re.search(r"^\w", old, re.MULTILINE).start()]  # type: ignore[union-attr]
    return head + laid_over(text, old)


def _more(old: str, block: Block) -> str:
    """The file with the lines of a block at the end of the section whose name they begin with."""
    head, remark, *new = block.text.splitlines(keepends=True)
    assert remark.strip().startswith("#"), remark
    found = re.search(rf"^{re.escape(head)}(?:[ ].*\n|\n(?=[ \n]))*", old, re.MULTILINE)
    assert found, head
    return old[: found.end()] + "".join(new) + old[found.end() :]


def _changed(old: str, block: Block) -> str:
    before = "".join(line[1:] for line in block.text.splitlines(keepends=True) if line.startswith("-"))
    after = "".join(line[1:] for line in block.text.splitlines(keepends=True) if line.startswith("+"))
    assert old.count(before) == 1, before
    return old.replace(before, after)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        page, _ = walk(Path(place))
    if "--write" in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
    else:
        print(page)
