"""The tokens of conditions. One regular expression a token, no backtracking, at most 200 of them.

Names and words start with a letter; dots and hyphens are a part of them, so there is no minus sign. Not here:
what names mean, and how tokens are put together (`condition_parser`).
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from tpmsim.scenario.codes import Code, Conditions
from tpmsim.scenario.numbers import parse_decimal
from tpmsim.text import quoted

MAX_TOKENS: Final = 200

_TOKEN: Final = re.compile(
    r"""(?P<number>[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![A-Za-z0-9_.]))
    |(?P<name>[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*(?![A-Za-z0-9_.-]))
    |"(?P<double>[a-z0-9_.-]{1,64})"
    |'(?P<single>[a-z0-9_.-]{1,64})'
    |(?P<op><=|>=|==|!=|<|>)
    |(?P<paren>[()])""",
    re.VERBOSE,
)
_BLANKS: Final = re.compile(r"[ \t\n]*")
_SHOWN: Final = re.compile(r"[A-Za-z0-9_.]{1,64}|\*\*|//|&&|\|\||=>|=<|=|.", re.DOTALL)
_KEYWORDS: Final = ("and", "or", "not")
_INSTEAD: Final = {
    "=": "Write == to compare.",
    "=>": "Write >=.",
    "=<": "Write <=.",
    "&&": "Write and.",
    "||": "Write or.",
    "!": "Write not.",
    "True": "Write the name alone, without == True.",
    "False": "Write not and the name.",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is number, name, word (quoted), op, paren, keyword or end."""

    kind: str
    text: str
    start: int
    number: float = 0.0


class ConditionStopped(Exception):
    """The text is no condition, from the character `start` on; the rest is as for `finding`."""

    def __init__(self, code: Code, start: int, help: str = "", **fields: Any) -> None:
        super().__init__(code, start, help, fields)
        self.code = code
        self.start = start
        self.help = help
        self.fields = fields


def tokens_of(text: str) -> tuple[Token, ...]:
    """All tokens of a condition, an end token last.

    Raises:
        ConditionStopped: at the first character outside the grammar, or at token 201.
    """
    tokens: list[Token] = []
    start = _skip(text, 0)
    while start < len(text):
        if len(tokens) == MAX_TOKENS:
            raise ConditionStopped(Conditions.TOO_LONG, start, limit=MAX_TOKENS)
        match = _TOKEN.match(text, start)
        if match is None:
            raise _outside(text, start)
        tokens.append(_token(match))
        start = _skip(text, match.end())
    return (*tokens, Token("end", "", len(text)))


def _skip(text: str, start: int) -> int:
    match = _BLANKS.match(text, start)
    return match.end() if match else start


def _token(match: re.Match[str]) -> Token:
    kind, text = str(match.lastgroup), match.group(str(match.lastgroup))
    if kind == "number":
        return _number(text, match.start())
    if kind in ("double", "single"):
        return Token("word", text, match.start())
    return Token("keyword" if text in _KEYWORDS else kind, text, match.start())


def _number(text: str, start: int) -> Token:
    number = parse_decimal(text)
    if number is None:
        help = "Write it without leading zeros and with at most 15 digits."
        problem = f"the number {quoted(text)} is outside the grammar"
        raise ConditionStopped(Conditions.OUTSIDE, start, help, problem=problem)
    return Token("number", text, start, number)


def _outside(text: str, start: int) -> ConditionStopped:
    match = _SHOWN.match(text, start)
    bad = match.group() if match else ""
    help = _INSTEAD.get(bad, "Possible are names, numbers, words, comparisons, and, or, not, parentheses.")
    problem = f"{quoted(bad)} is outside the grammar of conditions"
    return ConditionStopped(Conditions.OUTSIDE, start, help, problem=problem)
