"""Conditions: the grammar, its limits (E01, E02), words and names, and the meaning on batches."""

import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tpmsim.core.conditions import (
    OPERATORS,
    And,
    Compare,
    Const,
    Name,
    Not,
    Or,
    Ref,
    Truthy,
    Value,
    describe,
    holds,
    refs,
    rows,
)
from tpmsim.scenario.condition_parser import parse_condition
from tpmsim.scenario.nodes import Scalar

STAGES = {"research": 0.0, "build": 1.0, "launch": 2.0}
NAMES = {
    "stage": Name(Ref("stage"), "", 0, 2, STAGES, "The stage."),
    "before": Name(Ref("before"), "", 0, 2, dict(STAGES), "The stage before."),
    "colour": Name(Ref("colour"), "", 0, 1, {"red": 0.0, "stage": 1.0}, "A colour."),
    "week": Name(Ref("week"), "weeks", 0, 60, None, "The week."),
    "cash": Name(Ref("cash", (), 100.0), "euro", -1e9, 1e9, None, "Money, kept in cents."),
    "trust.sales": Name(Ref("trust", (0,)), "share", 0, 1, None, "Trust."),
    "trust.the-lab_2": Name(Ref("trust", (1,)), "share", 0, 1, None, "Trust."),
    "belief.smb.sso": Name(Ref("mean", (1, 0)), "worth", -9, 9, None, "Belief."),
}
KNOWN = SimpleNamespace(
    stage=np.array([0, 1, 2, 0]),
    before=np.array([0, 0, 1, 2]),
    colour=np.array([0, 1, 0, 1]),
    week=np.array([1.0, 3.0, 5.0, 0.0]),
    cash=np.array([100.0, 57.0, -1.0, 0.0]),
    trust=np.array([[0.1, 0.5, 0.9, 0.4], [0.2, 0.2, 0.2, 0.2]]),
    mean=np.arange(24.0).reshape(3, 2, 4),
)


def parse(text, names=NAMES):
    return parse_condition(Scalar(text, True, 7, 11, 0), names, "whale.yaml")


def good(text):
    parsed = parse(text)
    assert parsed.findings == ()
    return parsed.expr


def bad(text, code, column=None):
    parsed = parse(text)
    assert parsed.expr is None
    assert [one.code for one in parsed.findings] == [code]
    found = parsed.findings[0]
    assert (found.file, found.line) == ("whale.yaml", 7)
    if column is not None:
        assert found.column == 10 + column
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("week >= 3", [False, True, True, False]),
        ("3 <= week", [False, True, True, False]),
        ("week", [True, True, True, False]),
        ("not week", [False, False, False, True]),
        ("stage == research", [True, False, False, True]),
        ('stage == "research"', [True, False, False, True]),
        ("'launch' != stage", [True, True, False, True]),
        ("stage == before", [True, False, False, False]),
        ("colour == stage", [False, True, False, True]),
        ("cash == 0.57", [False, True, False, False]),
        ("cash < -0.0", [False, False, True, False]),
        ("week > trust.sales", [True, True, True, False]),
        ("trust.the-lab_2 == .2", [True] * 4),
        ("belief.smb.sso > 9", [False, False, True, True]),
        ("week > 2 or week < 1 and stage == build", [False, True, True, False]),
        ("(week > 2 or week < 1) and not stage == build", [False, False, True, True]),
        ("not not week == 3e0", [False, True, False, False]),
        ("week\n  > +4.0e0\t", [False, False, True, False]),
    ],
)
def test_meaning(text, expected):
    mask = holds(good(text), KNOWN)
    assert mask.dtype == np.bool_
    assert mask.tolist() == expected


def test_the_tree():
    week = Value(Ref("week"), "week")
    assert good("week and (week or not week) and week") == And(
        (Truthy(week), Or((Truthy(week), Not(Truthy(week)))), Truthy(week))
    )
    assert good("stage != build") == Compare("!=", Value(Ref("stage"), "stage"), Const(1.0, "build"))
    assert [value.name for value in refs(good("not week and (3 < trust.sales or stage == before)"))] == [
        "week",
        "trust.sales",
        "stage",
        "before",
    ]


def test_rows_are_in_written_units():
    assert rows(KNOWN, Ref("cash", (), 100.0)).tolist() == [1.0, 0.57, -0.01, 0.0]
    assert rows(KNOWN, Ref("trust", (0,))).shape == (4,)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "TPM221", 1),
        ("week >", "TPM221", 7),
        ("(week > 3", "TPM221", 10),
        ("week and", "TPM221", 9),
        ("week > 3)", "TPM220", 9),
        ("and week", "TPM220", 1),
        ("week = 3", "TPM220", 6),
        ("week > 3 > 2", "TPM220", 10),
        ("week > 3 && week", "TPM220", 10),
        ("week > 010", "TPM220", 8),
        ("week > 1e999", "TPM220", 8),
        ("week > 1234567890123456", "TPM220", 8),
        ("week > 3weeks", "TPM220", 8),
        ("week > nan", "TPM301", 8),
        ("weak > 3", "TPM301", 1),
        ("trust.sale > 0.4", "TPM301", 1),
        ("stage == reserch", "TPM302", 10),
        ("stage > research", "TPM224", 7),
        ("stage == 1", "TPM224", 10),
        ("stage == week", "TPM224", 10),
        ("stage == colour", "TPM224", 10),
        ('week == "research"', "TPM224", 9),
        ("stage", "TPM224", 1),
        ("1", "TPM224", 1),
        ("1 < 2", "TPM224", 1),
        ("Week > 3", "TPM220", 1),
        ("wéek > 3", "TPM220", 2),
        ("week >\x1b 3", "TPM220", 7),
    ],
)
def test_refusals_have_a_place(text, code, column):
    assert "\x1b" not in bad(text, code, column).short()


def test_suggestions():
    assert bad("weak > 3", "TPM301").suggestion == "week"
    assert "did you mean 'trust.sales'?" in bad("trust.sale > 0.4", "TPM301").message
    found = bad("stage == reserch", "TPM302")
    assert found.suggestion == "research"
    assert found.help == "Words: build, launch, research."


def test_all_unknown_names_in_one_run():
    parsed = parse("weak > 3 and stage == reserch or trust.sale > 1")
    assert [one.code for one in parsed.findings] == ["TPM301", "TPM302", "TPM301"]


ESCAPES = """\
__import__('os').system('x')
__import__("os")
().__class__
().__class__.__bases__[0].__subclasses__()
week.__class__
week.__class__.__mro__
__builtins__
__builtins__['eval']
getattr(week, 'x')
eval("1")
exec("1")
compile('1','','eval')
lambda: 1
(lambda: 1)()
[x for x in week]
{x for x in week}
{1: 2}
[week]
week[0]
week()
week(1)
week.system('x')
open('/etc/passwd')
print(week)
"{}".format(week)
"{0.__class__}"
'%s' % week
f"{week}"
week if week else week
week := 3
week = 3
week; import os
import os
from os import system
week, week
*week
**week
@week
~week
week | week
week & week
week ^ week
week << 2
week >> 2
week // 2
week / 2
week % 2
week * 2
week + 2
week - 2
-week
!week
week -> week
week ? 1 : 2
`id`
$(id)
${week}
$week
{{week}}
<%= week %>
yield week
await week
raise week
assert week
del week
global week
while week: pass
vars()
globals()
locals()
sys._getframe()
(x.gi_frame.f_back for x in week)
True
None
Ellipsis
...
week is week
week in week
0x10 < week
1_000 < week
1j < week
week > 1.2.3
\\u0077eek
week#comment
week > '3
""".splitlines()


@pytest.mark.parametrize("text", ESCAPES)
def test_e01_escapes(text):
    parsed = parse(text)
    assert parsed.expr is None
    assert parsed.findings[0].code in ("TPM220", "TPM221", "TPM224", "TPM301")
    assert parsed.findings[0].column is not None


def test_e01_has_at_least_sixty():
    assert len(set(ESCAPES)) >= 60


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9**9**9", "TPM220"),
        ("10**5000", "TPM220"),
        ("'a'*10**9", "TPM220"),
        ("-" * 50_000, "TPM220"),
        ("week" + "+1" * 20_000, "TPM222"),
        ("week or " * 100 + "week", "TPM222"),
        ("(" * 200 + ")" * 200, "TPM222"),
        ("(" * 99 + "week" + ")" * 99, "TPM223"),
        ("not " * 21 + "week", "TPM223"),
        ("(" * 200, "TPM223"),
        ("week " * 100_000, "TPM222"),
        ("9" * 100_000, "TPM220"),
        ("a" * 100_000, "TPM301"),
        ("a." * 100_000 + "a", "TPM301"),
        ("week > " + "1." * 50_000, "TPM220"),
        (" " * 1_000_000, "TPM221"),
        ('"' * 100_000, "TPM220"),
    ],
    ids=lambda value: repr(value)[:20],
)
@pytest.mark.timeout(30)
def test_e02_size(text, code):
    bad(text, code)


def test_the_largest_condition_is_read():
    assert good(" or ".join(["week"] * 100))
    assert good("(" * 20 + "week" + ")" * 20)
    assert good("not " * 20 + "week")


NUMBERS = st.floats(-1e14, 1e14).map(lambda number: round(number, 3) + 0.0)
PLAIN = st.sampled_from(["week", "cash", "trust.sales", "belief.smb.sso"])
OPERAND = NUMBERS.map(Const)


def value(name):
    return Value(NAMES[name].ref, name)


COMPARISONS = st.builds(Compare, st.sampled_from(OPERATORS), PLAIN.map(value), OPERAND | PLAIN.map(value))
WORDS = st.builds(
    Compare,
    st.sampled_from(["==", "!="]),
    st.just(value("stage")),
    st.sampled_from([Const(number, word) for word, number in STAGES.items()]),
)
EXPRESSIONS = st.recursive(
    COMPARISONS | WORDS | PLAIN.map(value).map(Truthy),
    lambda part: (
        part.map(Not)
        | st.lists(part, min_size=2, max_size=3).map(tuple).map(And)
        | st.lists(part, min_size=2, max_size=3).map(tuple).map(Or)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(EXPRESSIONS)
def test_describe_and_parse_round_trip(expr):
    parsed = parse(describe(expr))
    if parsed.expr is None:
        assert {one.code for one in parsed.findings} <= {"TPM222", "TPM223"}
        return
    assert parsed.expr == expr
    assert pickle.loads(pickle.dumps(expr)) == expr


def slow(expr, run):
    """A twin that looks at one run."""

    def number(side):
        return side.value if isinstance(side, Const) else float(rows(KNOWN, side.ref)[run])

    if isinstance(expr, Compare):
        left, right = number(expr.left), number(expr.right)
        return {
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
            "==": left == right,
            "!=": left != right,
        }[expr.op]
    if isinstance(expr, Truthy):
        return number(expr.value) != 0
    if isinstance(expr, Not):
        return not slow(expr.part, run)
    join = all if isinstance(expr, And) else any
    return join(slow(part, run) for part in expr.parts)


@settings(deadline=None)
@given(EXPRESSIONS)
def test_batches_agree_with_single_runs(expr):
    assert holds(expr, KNOWN).tolist() == [slow(expr, run) for run in range(4)]


TOKENS = [
    "week",
    "stage",
    "build",
    "and",
    "or",
    "not",
    "(",
    ")",
    "<",
    "==",
    "3",
    "-1",
    '"',
    "'",
    ".",
    "_",
    "=",
    "*",
    " ",
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_a_tree_or_findings(text):
    parsed = parse(text)
    assert (parsed.expr is None) == bool(parsed.findings)
    if parsed.expr is not None:
        assert holds(parsed.expr, KNOWN).shape == (4,)
