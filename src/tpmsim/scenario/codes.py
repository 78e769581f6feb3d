"""The codes of all diagnostics: one table a layer, each code with a title, a cause, a bad and a good example.

These tables make `tpmsim explain`, the reference page and tests: the bad example of a code gives that code,
the good one nothing. A code keeps its meaning for ever; a code that is no longer given stays as retired.

TPM1xx YAML, TPM2xx schema, TPM3xx references, TPM4xx logic, TPM5xx craft, TPM6xx files and journals, TPM7xx
usage.
"""

from dataclasses import dataclass
from typing import Final

ERROR: Final = "error"
WARNING: Final = "warning"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The page of a code.

    Attributes:
        code: `TPM` and three digits.
        title: a few words.
        cause: why it is given, and what to do; one or two sentences.
        bad: an example that gives the code; empty where no short text can show it.
        good: the example mended.
        severity: `error` refuses the input, `warning` does not.
    """

    code: str
    title: str
    cause: str
    bad: str = ""
    good: str = ""
    severity: str = ERROR


def _table(*pages: Explanation) -> dict[str, Explanation]:
    table = {page.code: page for page in pages}
    if len(table) != len(pages):
        raise ValueError("a code appears twice")
    return table


YAML: Final = _table(
    Explanation(
        "TPM101",
        "not UTF-8",
        "The file is in another encoding. Save it as UTF-8; a BOM at the start is allowed.",
    ),
    Explanation("TPM102", "nothing in the file", "Empty, or comments only.", "# later\n", "title: Later\n"),
    Explanation(
        "TPM103",
        "no keys at the top",
        "A file starts with `key: value` lines, not with a list or a single value.",
        "- title\n",
        "title: Hello\n",
    ),
    Explanation(
        "TPM104",
        "not YAML",
        "The text breaks the rules of YAML here, often by indentation, a tab, or a quote that is not closed.",
        'title: "Hello\n',
        'title: "Hello"\n',
    ),
    Explanation(
        "TPM105",
        "key twice",
        "One of two equal keys would be lost without a word. Keep one of them.",
        "weeks: 26\nweeks: 30\n",
        "weeks: 26\n",
    ),
    Explanation(
        "TPM106",
        "anchor or alias",
        "`&name` and `*name` can make a small file huge. Write the value out where it is needed.",
        "a: &x 1\nb: *x\n",
        "a: 1\nb: 1\n",
    ),
    Explanation(
        "TPM107",
        "tag",
        "`!` in front of a value names a type, which could run code elsewhere. Leave it out.",
        "a: !!str 1\n",
        'a: "1"\n',
    ),
    Explanation("TPM108", "directive", "Lines that start with `%` are not needed.", "%YAML 1.2\n---\na: 1\n", "a: 1\n"),
    Explanation(
        "TPM109",
        "merge key",
        "`<<` is not a part of YAML 1.2. Write the keys out.",
        "a:\n  <<: {b: 1}\n",
        "a: {b: 1}\n",
    ),
    Explanation("TPM110", "second document", "A file holds one document.", "a: 1\n---\nb: 1\n", "a: 1\nb: 1\n"),
    Explanation("TPM111", "too deep", "Nested deeper than 32.", "a: " + "[" * 32 + "]" * 32 + "\n", "a: [[[]]]\n"),
    Explanation("TPM112", "too many values", "More than 20,000 keys, values and lists in a file."),
    Explanation("TPM113", "file too large", "More than 1 MiB."),
    Explanation("TPM114", "too many lines", "More than 20,000 lines."),
    Explanation("TPM115", "line too long", "More than 4,000 characters in a line. Break it, or use a block `|`."),
    Explanation("TPM116", "value too long", "More than 16 KiB in one value."),
    Explanation("TPM117", "key that is not a word", "A list or a mapping as a key.", "? [a, b]\n: 1\n", "a: 1\nb: 1\n"),
    Explanation(
        "TPM118",
        "impossible character",
        "NUL, half of a surrogate pair, or an escape that means no character.",
        'a: "\\ud800"\n',
        'a: "\\u00e9"\n',
    ),
    Explanation(
        "TPM119",
        "control character in the file",
        "It was read as U+FFFD. Delete it: editors hide such characters.",
        "title: a\x1bb\n",
        "title: ab\n",
        WARNING,
    ),
    Explanation("TPM199", "our bug", "The reader failed in a way we did not foresee. Please report the file."),
)

SCHEMA: Final = _table(
    Explanation("TPM201", "unknown key", "No such key is known here; most often it is misspelt."),
    Explanation("TPM202", "missing key", "The key has no default and must be written."),
    Explanation("TPM203", "another shape expected", "A mapping, a list, or one value was expected."),
    Explanation("TPM204", "no whole number", "Digits only, at most 15, without quotes and without leading zeros."),
    Explanation("TPM205", "no number", "Such as 12, 0.5 or 1e3, without quotes; it must be finite."),
    Explanation("TPM206", "neither true nor false", "Only these two words, without quotes."),
    Explanation("TPM207", "out of range", "The number is below the lowest or above the highest allowed one."),
    Explanation("TPM208", "unknown word", "Only the listed words are possible here."),
    Explanation("TPM209", "no id", "1 to 64 of a-z, 0-9, `_` and `-`."),
    Explanation("TPM210", "text refused", "At most 4,000 characters and 200 lines."),
    Explanation("TPM211", "control character in a text", "It is shown as U+FFFD. Delete it.", severity=WARNING),
    Explanation("TPM212", "values that do not fit", "Each value alone is possible; together they are not."),
    Explanation("TPM213", "wrong number of values", "A list is too short or too long."),
    Explanation(
        "TPM220",
        "outside the grammar",
        "A condition has names, numbers, words, comparisons, `and`, `or`, `not`, parentheses; no arithmetic.",
        "week + 1 > 3",
        "week > 2",
    ),
    Explanation("TPM221", "condition not complete", "Something is missing here.", "week > 3 and", "week > 3"),
    Explanation("TPM222", "condition too long", "More than 200 tokens.", "week or " * 100 + "week", "week"),
    Explanation(
        "TPM223",
        "condition too deep",
        "Parentheses and `not` nested deeper than 20.",
        "(" * 21 + "week" + ")" * 21,
        "(week)",
    ),
    Explanation(
        "TPM224",
        "comparison of unlike things",
        "A name with words is compared with its words by == or !=, any other name with numbers.",
        "stage > research",
        "stage != research",
    ),
)

REFERENCES: Final = _table(
    Explanation("TPM301", "unknown name", "No such name can be read here.", "weak > 3", "week > 3"),
    Explanation("TPM302", "unknown word", "The name has no such word.", "stage == reserch", "stage == research"),
    Explanation("TPM303", "unknown id", "The scenario has no such thing; most often its id is misspelt."),
    Explanation("TPM304", "segment left out", "Something must be said for each segment, and for one it is not."),
)

LOGIC: Final = _table(
    Explanation("TPM401", "lifecycle that cannot be played", "A stage leads nowhere, or is never reached."),
    Explanation("TPM402", "objective without a range", "Worst and best are the same, so nothing can be scored."),
    Explanation("TPM403", "too many moves", "Features, segments and horizons make more moves than can be offered."),
    Explanation(
        "TPM404",
        "card that can hold up a week for ever",
        "It must be answered, but every answer asks for hours, money or a condition.",
    ),
    Explanation("TPM405", "nothing there", "The scenario needs at least one of these."),
    Explanation("TPM406", "name that is taken", "The id already means something else, or is there once too often."),
    Explanation("TPM407", "values out of order", "They are a ladder: each must lie above the one before."),
    Explanation("TPM408", "circle of dependencies", "Features wait for each other, so none can be begun."),
    Explanation("TPM409", "goals too heavy", "The weights of a stakeholder's goals sum to more than 1 in size."),
    Explanation("TPM410", "promise beyond the end", "The promised week comes after the last week of the run."),
)

CRAFT: Final = _table()

FILES: Final = _table(
    Explanation("TPM601", "file cannot be read", "It does not exist, or the rights to read it are missing."),
    Explanation("TPM602", "not a regular file", "A folder, a pipe or a device was named."),
    Explanation("TPM603", "file too large", "Larger than any file of its kind may be."),
    Explanation("TPM604", "compressed file", "Archives and compressed files are not opened. Unpack them first."),
    Explanation(
        "TPM605",
        "file name not allowed",
        "Inside a scenario only plain names of files in its folder are possible.",
    ),
    Explanation("TPM606", "link", "Links inside a scenario are not followed. Put the file itself there."),
    Explanation("TPM607", "no such scenario", "Neither a scenario of this name nor a file at this path is there."),
)

USAGE: Final = _table()

LAYERS: Final[dict[str, dict[str, Explanation]]] = {
    "yaml": YAML,
    "schema": SCHEMA,
    "references": REFERENCES,
    "logic": LOGIC,
    "craft": CRAFT,
    "files": FILES,
    "usage": USAGE,
}

REGISTRY: Final[dict[str, Explanation]] = {code: page for table in LAYERS.values() for code, page in table.items()}
