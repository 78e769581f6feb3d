"""Codes of the YAML layer: what keeps a file from being read at all."""

from tpmsim.scenario.codes.page import WARNING, Code, Page


class Yaml(Code):
    """TPM1xx."""

    NOT_UTF8 = Page(
        "TPM101",
        "not UTF-8",
        "not UTF-8 at byte {byte}",
        "The file is in another encoding. Save it as UTF-8; a BOM at the start is allowed.",
        help="Save it as UTF-8.",
    )
    EMPTY = Page(
        "TPM102",
        "nothing in the file",
        "the file is empty",
        "Empty, or comments only.",
        "# later\n",
        "title: Later\n",
        help="A scenario starts with 'format: 2'.",
    )
    NO_KEYS = Page(
        "TPM103",
        "no keys at the top",
        "expected keys at the top",
        "A file starts with `key: value` lines, not with a list or a single value.",
        "- title\n",
        "title: Hello\n",
        help="Write lines such as 'title: A name'.",
    )
    NOT_YAML = Page(
        "TPM104",
        "not YAML",
        "{problem}{since}",
        "The text breaks the rules of YAML here, in a way for which we have no better words.",
        "a: ]\n",
        "a: 1\n",
        help="See the indentation and the quotes.",
    )
    KEY_TWICE = Page(
        "TPM105",
        "key twice",
        "key {key} appears twice (first on line {first})",
        "One of two equal keys would be lost without a word. Keep one of them.",
        "weeks: 26\nweeks: 30\n",
        "weeks: 26\n",
        help="Keep one of them.",
    )
    ANCHOR = Page(
        "TPM106",
        "anchor or alias",
        "anchors and aliases are not allowed",
        "`&name` and `*name` can make a small file huge. Write the value out where it is needed.",
        "a: &x 1\nb: *x\n",
        "a: 1\nb: 1\n",
        help="Write the value out; a text that starts with '*' or '&' needs quotes.",
    )
    TAG = Page(
        "TPM107",
        "tag",
        "tags are not allowed",
        "`!` in front of a value names a type, which could run code elsewhere. Leave it out.",
        "a: !!str 1\n",
        'a: "1"\n',
        help="Leave the word with '!' out; a text that starts with '!' needs quotes.",
    )
    DIRECTIVE = Page(
        "TPM108",
        "directive",
        "directives are not allowed",
        "Lines that start with `%` are not needed.",
        "%YAML 1.2\n---\na: 1\n",
        "a: 1\n",
        help="Leave the line with '%' out.",
    )
    MERGE_KEY = Page(
        "TPM109",
        "merge key",
        "merge keys are not allowed",
        "`<<` is not a part of YAML 1.2. Write the keys out.",
        "a:\n  <<: {b: 1}\n",
        "a: {b: 1}\n",
        help="Write the keys out.",
    )
    SECOND_DOCUMENT = Page(
        "TPM110",
        "second document",
        "a second document starts here",
        "A file holds one document.",
        "a: 1\n---\nb: 1\n",
        "a: 1\nb: 1\n",
        help="Keep one document in a file.",
    )
    TOO_DEEP = Page(
        "TPM111",
        "too deep",
        "nested deeper than {limit}",
        "Nested deeper than 32.",
        "a: " + "[" * 32 + "]" * 32 + "\n",
        "a: [[[]]]\n",
        help="Make it flatter.",
    )
    TOO_MANY_VALUES = Page(
        "TPM112",
        "too many values",
        "more than {limit} values in a file",
        "More than 20,000 keys, values and lists in a file.",
        "a:\n" + "  - 0\n" * 19_998 + "b: [1, 2, 3]\n",
        "a: [0, 0]\n",
        help="Make it smaller.",
    )
    TOO_LARGE = Page(
        "TPM113",
        "file too large",
        "larger than {limit} bytes",
        "More than 1 MiB.",
        "# a comment\n" * 100_000,
        "a: 1\n",
    )
    TOO_MANY_LINES = Page(
        "TPM114",
        "too many lines",
        "more than {limit} lines",
        "More than 20,000 lines.",
        "#\n" * 20_001,
        "a: 1\n",
    )
    LONG_LINE = Page(
        "TPM115",
        "line too long",
        "line longer than {limit} characters",
        "More than 4,000 characters in a line. Break it, or use a block `|`.",
        "a: " + "b" * 4_000 + "\n",
        "a: |\n  b\n  b\n",
        help="Break it.",
    )
    LONG_VALUE = Page(
        "TPM116",
        "value too long",
        "a value longer than {limit}",
        "More than 16 KiB in one value.",
        "a: |\n" + "  bbbbbbbbbbbbbbb\n" * 1_100,
        "a: |\n  b\n",
        help="Make it shorter.",
    )
    KEY_NOT_A_WORD = Page(
        "TPM117",
        "key that is not a word",
        "a key must be one word",
        "A list or a mapping as a key.",
        "? [a, b]\n: 1\n",
        "a: 1\nb: 1\n",
        help="Write 'key: value'.",
    )
    IMPOSSIBLE_CHARACTER = Page(
        "TPM118",
        "impossible character",
        "{what} is not allowed",
        "NUL, half of a surrogate pair, or an escape that means no character.",
        'a: "\\ud800"\n',
        'a: "\\u00e9"\n',
        help="Write the character itself.",
    )
    CONTROL_CHARACTER = Page(
        "TPM119",
        "control character in the file",
        "control character replaced",
        "It was read as U+FFFD. Delete it: editors hide such characters.",
        "title: a\x1bb\n",
        "title: ab\n",
        help="Delete it.",
        severity=WARNING,
    )
    TAB = Page(
        "TPM120",
        "tab",
        "a tab stands here",
        "YAML is indented by blanks. Most editors can put blanks in where you press the tab key.",
        "team:\n\texperienced: 6\n",
        "team:\n  experienced: 6\n",
        help="Indent by blanks, two for each step.",
    )
    NO_BLANK = Page(
        "TPM121",
        "no blank after the colon",
        "a blank is missing after this colon",
        "A key ends with a colon and a blank; without the blank it is taken for a text.",
        "title:Hello\nweeks: 12\n",
        "title: Hello\nweeks: 12\n",
        help="Write 'key: value'.",
    )
    NO_COLON = Page(
        "TPM122",
        "key without a colon",
        "{text} stands alone; a key ends with a colon",
        "Each line is a key, a colon and a value, or an item of a list, or goes on with a text that began above.",
        "weeks: 12\ntitle\nbrief: Hello\n",
        "weeks: 12\ntitle: Hello\nbrief: Hello\n",
        help="Write 'key: value'.",
    )
    COLON_IN_TEXT = Page(
        "TPM123",
        "colon in a text",
        "a second colon in the line",
        "A text with a colon and a blank in it needs quotes, or it would be a key.",
        "title: Well: hello\n",
        'title: "Well: hello"\n',
        help="Put the whole text in double quotes.",
    )
    INDENTED = Page(
        "TPM124",
        "indented too far",
        "this line stands further in than line {than}, which has its value already",
        "What is indented belongs to the key above it; that key has a value in its own line.",
        "title: Hello\n  weeks: 12\n",
        "title: Hello\nweeks: 12\n",
        help="Begin both lines at the same column.",
    )
    INDENTED_OTHERWISE = Page(
        "TPM125",
        "indented otherwise",
        "this line begins at a column of its own; it belongs to what began on line {than}",
        "Keys that belong together begin at the same column.",
        "team:\n  experienced: 6\n new: 1\n",
        "team:\n  experienced: 6\n  new: 1\n",
        help="Let it begin where the other keys of its group do.",
    )
    LIST_AND_KEYS = Page(
        "TPM126",
        "list and keys side by side",
        "a key beside items of a list that began on line {than}",
        "A place holds items that begin with a dash, or keys, never both.",
        "teaches:\n  - to ask\n  more: to wait\n",
        "teaches:\n  - to ask\n  - to wait\n",
        help="Begin the line with '- ', or indent it otherwise.",
    )
    QUOTE_OPEN = Page(
        "TPM127",
        "quote that is not closed",
        "this quote is never closed",
        "A text that begins with a quote ends with the same quote.",
        'title: "Hello\n',
        'title: "Hello"\n',
        help="Put the second quote at the end of the text.",
    )
    QUOTE_IN_QUOTES = Page(
        "TPM128",
        "quote inside quotes",
        "the text in quotes has ended before this word",
        "A quote inside a text in the same quotes ends it.",
        'title: "She says "no" to it"\n',
        "title: 'She says \"no\" to it'\n",
        help="Use the other kind of quotes around the text.",
    )
    BRACE_OPEN = Page(
        "TPM129",
        "brace that is not closed",
        "this '{sign}' is never closed",
        "What opens with a brace or a bracket closes with one, most often in the same line.",
        "team: {experienced: 6\nweeks: 12\n",
        "team: {experienced: 6}\nweeks: 12\n",
        help="Close it at the end of what belongs inside.",
    )
    TEXT_IN_BRACES = Page(
        "TPM130",
        "text in braces",
        "{char} cannot stand here; a text in braces may need quotes",
        "Inside braces commas, colons, question marks and brackets mean something; a text with one of them needs "
        "quotes.",
        "a: {says: Is it?}\n",
        'a: {says: "Is it?"}\n',
        help="Put the text in double quotes.",
    )
    BEGINS = Page(
        "TPM131",
        "character that begins no text",
        "a text cannot begin with {char}",
        "Some characters mean something at the beginning of a text.",
        "title: @work\n",
        'title: "@work"\n',
        help="Put the text in double quotes.",
    )
    ESCAPE = Page(
        "TPM132",
        "backslash in double quotes",
        "\\{char} means nothing in double quotes",
        "A backslash in double quotes begins an escape such as `\\n`.",
        'title: "c:\\dir"\n',
        "title: 'c:\\dir'\n",
        help="Use single quotes.",
    )
    UNFORESEEN = Page(
        "TPM199",
        "our bug",
        "this file cannot be read ({error})",
        "The reader failed in a way we did not foresee. Please report the file.",
        help="Please report it.",
    )
