"""Everyday slips in YAML: each is told in an author's words, at its own place and not where a parser gave up."""

import pytest

from fragments import BASE
from tpmsim.errors import InputRefused
from tpmsim.scenario.yaml_reader import read

CARD = """\
cards:
  late:
    from: boss
    says: Are we late?
    silence: later
"""


def found(text):
    with pytest.raises(InputRefused) as refused:
        read(text.encode(), "a.yaml")
    (one,) = refused.value.findings
    return one.code, one.line, one.column


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("    from: boss", "\tfrom: boss", "TPM120", 3, 1),
        ("    from: boss", "  \tfrom: boss", "TPM120", 3, 3),
        ("says: Are", "says:Are", "TPM121", 4, 9),
        ("silence: later", "silence:later", "TPM121", 5, 12),
        ("    silence: later", "    silence", "TPM122", 5, 5),
        ("Are we late?", "Tell me: are we late?", "TPM123", 4, 18),
        ("    says:", "     says:", "TPM124", 4, 6),
        ("    says:", "   says:", "TPM125", 4, 4),
        ("    silence: later", " silence: later", "TPM125", 5, 2),
        ("Are we late?", '"Are we late?', "TPM127", 4, 11),
        ("Are we late?", '"Are we "late"?"', "TPM128", 4, 20),
        ("from: boss", "from: {name: boss", "TPM129", 3, 11),
        ("Are we late?", "@late", "TPM131", 4, 11),
        ("Are we late?", '"Late\\?"', "TPM132", 4, 16),
    ],
)
def test_a_slip_is_told_where_it_is(old, new, code, line, column):
    assert old in CARD
    assert found(CARD.replace(old, new)) == (code, line, column)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("money:\n  cash 250000\n  price: 9\n", "TPM122", 2, 3),
        ("money:\n  price: 9\n  cash 250000\n  churn: 1\n", "TPM122", 3, 3),
        ("money:\n  cash 250000\n  price 9\n  churn: 1\n", "TPM122", 2, 3),
        ("money:\n  price: 9\n  cash 250000\nweeks: 9\n", "TPM122", 3, 3),
        ("title\nweeks: 9\n", "TPM122", 1, 1),
        ("brief: A text\n  that goes on,\n  and so: on\n", "TPM123", 3, 9),
        ("teaches:\n  - a text\n    that goes on\n    and so: on\n", "TPM123", 4, 11),
        ("teaches:\n  - a text\n    and so: on\n", "TPM123", 3, 11),
        ("money:\n  cash 250000\n  says: so: on\n", "TPM122", 2, 3),
    ],
)
def test_a_key_without_a_colon_is_told_in_its_own_line_and_a_text_that_goes_on_is_none(text, code, line, column):
    assert found(text) == (code, line, column)


@pytest.mark.parametrize("line", range(1, BASE.count("\n")))
def test_a_line_of_a_sound_file_indented_by_one_is_never_told_in_the_words_of_the_parser(line):
    lines = BASE.split("\n")
    lines[line] = " " + lines[line]
    try:
        read("\n".join(lines).encode(), "a.yaml")
    except InputRefused as refused:
        assert [one.code for one in refused.findings] != ["TPM104"]  # noqa: PT017
