"""Codes of the schema layer: keys and values that are not what their place asks for.

Examples are laid over a whole scenario, those of conditions stand alone.
"""

from tpmsim.scenario.codes.page import NOTE, WARNING, Code, Page


class Schema(Code):
    """TPM20x and TPM21x: keys and values."""

    UNKNOWN_KEY = Page(
        "TPM201",
        "unknown key",
        "unknown key {key}{where}",
        "No such key is known here; most often it is misspelt.",
        "team: {enginers: 6}\n",
        "team: {experienced: 6}\n",
        safe=True,
    )
    MISSING_KEY = Page(
        "TPM202",
        "missing key",
        "key '{key}' is missing{where}",
        "The key has no default and must be written.",
        "needs:\n  speed: {title: Speed}\n",
        "needs:\n  speed: {title: Speed, worth: {shops: {mean: 0.6, sd: 0.4}}}\n",
        help="Add '{key}: ...'.",
    )
    SHAPE = Page(
        "TPM203",
        "another shape expected",
        "expected {expected}, found {found}",
        "A mapping, a list, or one value was expected.",
        "team: 6\n",
        "team: {experienced: 6}\n",
    )
    NOT_WHOLE = Page(
        "TPM204",
        "no whole number",
        "expected a whole number{instead}",
        "Digits only, at most 15, without quotes and without leading zeros.",
        'weeks: "26"\n',
        "weeks: 26\n",
        safe=True,
    )
    NOT_A_NUMBER = Page(
        "TPM205",
        "no number",
        "expected a number{instead}",
        "Such as 12, 0.5 or 1e3, without quotes; it must be finite.",
        "money: {cash: a lot}\n",
        "money: {cash: 200000}\n",
        safe=True,
    )
    NOT_TRUE_OR_FALSE = Page(
        "TPM206",
        "neither true nor false",
        "expected true or false{instead}",
        "Only these two words, without quotes.",
        "needs:\n  speed: {title: Speed, known: yes, worth: {shops: {mean: 0.6, sd: 0.4}}}\n",
        "needs:\n  speed: {title: Speed, known: true, worth: {shops: {mean: 0.6, sd: 0.4}}}\n",
        safe=True,
    )
    OUT_OF_RANGE = Page(
        "TPM207",
        "out of range",
        "{value} is out of range; allowed is {range}",
        "The number is below the lowest or above the highest allowed one.",
        "weeks: 300\n",
        "weeks: 30\n",
    )
    UNKNOWN_WORD = Page(
        "TPM208",
        "unknown word",
        "{found}",
        "Only the listed words are possible here.",
        "needs:\n  speed: {title: Speed, kano: must-be, worth: {shops: {mean: 0.6, sd: 0.4}}}\n",
        "needs:\n  speed: {title: Speed, kano: must_be, worth: {shops: {mean: 0.6, sd: 0.4}}}\n",
        safe=True,
    )
    NOT_AN_ID = Page(
        "TPM209",
        "no id",
        "{text} is not an id",
        "1 to 64 of a-z, 0-9, `_` and `-`.",
        "id: My Scenario\n",
        "id: my-scenario\n",
    )
    TEXT_REFUSED = Page(
        "TPM210",
        "text refused",
        "text refused: {why}",
        "At most 4,000 characters and 200 lines.",
        "brief: |\n" + "  line\n" * 201,
        "brief: |\n  line\n",
        help="Make it shorter.",
    )
    CONTROL_IN_TEXT = Page(
        "TPM211",
        "control character in a text",
        "control character replaced",
        "It is shown as U+FFFD. Delete it.",
        'title: "Sm\\u0007all"\n',
        'title: "Small"\n',
        help="Delete it.",
        severity=WARNING,
    )
    DO_NOT_FIT = Page(
        "TPM212",
        "values that do not fit",
        "{problem}",
        "Each value alone is possible; together they are not.",
        "instruments:\n  gossip: {title: Gossip, lean: 0.5}\n",
        "instruments:\n  gossip: {title: Gossip, lean: 0.5, loudest: shops}\n",
    )
    COUNT = Page(
        "TPM213",
        "wrong number of values",
        "expected {expected} values, found {found}",
        "A list is too short or too long.",
        "money: {prices: [" + ", ".join(map(str, range(1, 14))) + "]}\n",
        "money: {prices: [30, 40, 50]}\n",
    )
    COMMA = Page(
        "TPM217",
        "number with a comma",
        "{number} has a comma",
        "Numbers have a point, and nothing between thousands. In braces a comma begins the next key.",
        "needs:\n  speed: {title: Speed, worth: {shops: {mean: 0,6, sd: 0.4}}}\n",
        "needs:\n  speed: {title: Speed, worth: {shops: {mean: 0.6, sd: 0.4}}}\n",
    )
    THOUSANDS = Page(
        "TPM218",
        "point between thousands",
        "{number} is read as {read}",
        "A point divides a number from its fraction. Thousands are written without anything between them.",
        "money: {cash: 300.000}\n",
        "money: {cash: 300000}\n",
        severity=WARNING,
    )
    OLD_KEY = Page(
        "TPM214",
        "key of an older format",
        "'{old}' is written '{new}' since format {since}",
        "The format has moved on. `tpmsim upgrade` rewrites the whole file and keeps your comments.",
        "cards:\n  hello:\n    when: week > 1\n    speaker: boss\n    says: Hello?\n    answers: {aye: {says: Aye.}}\n",
        "cards:\n  hello:\n    when: week > 1\n    from: boss\n    says: Hello?\n    answers: {aye: {says: Aye.}}\n",
        safe=True,
    )
    OLD_FORMAT = Page(
        "TPM215",
        "older format",
        "this file is of format {found}; the present one is {current}",
        "It is read and played as ever. `tpmsim upgrade` rewrites the file and keeps your comments.",
        "format: 1\n",
        "format: 2\n",
        help="Run 'tpmsim upgrade' on it.",
        severity=NOTE,
    )
    NEW_FORMAT = Page(
        "TPM216",
        "newer format",
        "this file is of format {found}; this program reads formats up to {current}",
        "It was written for a later version of the program.",
        "format: 99\n",
        "format: 2\n",
        help="Install a newer tpmsim.",
    )


class Conditions(Code):
    """TPM22x: the grammar of conditions."""

    OUTSIDE = Page(
        "TPM220",
        "outside the grammar",
        "{problem}",
        "A condition has names, numbers, words, comparisons, `and`, `or`, `not`, parentheses; no arithmetic.",
        "week + 1 > 3",
        "week > 2",
    )
    NOT_COMPLETE = Page(
        "TPM221",
        "condition not complete",
        "the condition ends where {expected} is expected",
        "Something is missing here.",
        "week > 3 and",
        "week > 3",
        help="Complete it.",
    )
    TOO_LONG = Page(
        "TPM222",
        "condition too long",
        "condition with more than {limit} tokens",
        "More than 200 tokens.",
        "week or " * 100 + "week",
        "week",
        help="Make it shorter.",
    )
    TOO_DEEP = Page(
        "TPM223",
        "condition too deep",
        "condition nested deeper than {limit}",
        "Parentheses and `not` nested deeper than 20.",
        "(" * 21 + "week" + ")" * 21,
        "(week)",
        help="Make it flatter.",
    )
    UNLIKE = Page(
        "TPM224",
        "comparison of unlike things",
        "{problem}",
        "A name with words is compared with its words by == or !=, any other name with numbers.",
        "stage > research",
        "stage != research",
    )
