"""Codes of the reference layer: ids and names that lead nowhere."""

from tpmsim.scenario.codes.page import NOTE, WARNING, Code, Page


class Names(Code):
    """TPM301 and TPM302: what conditions read."""

    UNKNOWN_NAME = Page(
        "TPM301",
        "unknown name",
        "unknown name {name}",
        "No such name can be read here.",
        "weak > 3",
        "week > 3",
    )
    UNKNOWN_WORD = Page(
        "TPM302",
        "unknown word",
        "unknown word {word}",
        "The name has no such word.",
        "stage == reserch",
        "stage == research",
    )


class References(Code):
    """TPM303 to TPM309: what the parts of a scenario say of each other."""

    UNKNOWN_ID = Page(
        "TPM303",
        "unknown id",
        "no {what} {id}",
        "The scenario has no such thing; most often its id is misspelt.",
        "features:\n  fast_path: {title: Fast path, serves: {sped: 1}, points: 12}\n",
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}\n",
    )
    SEGMENT_LEFT_OUT = Page(
        "TPM304",
        "segment left out",
        "no worth for segment '{segment}'",
        "Something must be said for each segment, and for one it is not.",
        "market:\n  segments:\n    shops: {title: Shops, size: 50000}\n    bars: {title: Bars, size: 9000}\n",
        "market:\n  segments:\n    shops: {title: Shops, size: 50000}\n",
        help="Add '{segment}: {{mean: 0, sd: 0.3}}'.",
    )
    MISSPELT_ID = Page(
        "TPM305",
        "id that nobody uses, beside one that nobody has",
        "{what} {id} is used nowhere, and {used} is used {times} times and is not there",
        "Most often the id is misspelt where it is declared, and right where it is used.",
        "needs:\n  sped: {title: Speed, known: true, worth: {shops: {mean: 0.6, sd: 0.4}}}\n"
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}\n"
        "  slow_path: {title: Slow path, serves: {speed: 0.5}, points: 6}\n",
        "needs:\n  speed: {title: Speed, known: true, worth: {shops: {mean: 0.6, sd: 0.4}}}\n"
        "features:\n  fast_path: {title: Fast path, serves: {speed: 1}, points: 12}\n"
        "  slow_path: {title: Slow path, serves: {speed: 0.5}, points: 6}\n",
    )

    GONE = Page(
        "TPM306",
        "published id that is gone",
        "the {what} '{id}' of version {version} is gone",
        "It was published with the scenario, so translations, tests, notes and policies may name it. Old runs stay "
        "what they are: each carries its own scenario.",
        help="Give the old id back, or raise 'version:' and run 'tpmsim publish'.",
        severity=WARNING,
    )
    SAME_VERSION = Page(
        "TPM307",
        "changed without a new version",
        "it has changed since version {version} was published, and still says so",
        "Two scenarios of one version that play differently cannot be told apart by those who have both.",
        help="Raise 'version:', and run 'tpmsim publish' when it is done.",
        severity=WARNING,
    )


class Texts(Code):
    """TPM31x: texts in files of their own."""

    NO_SUCH_TEXT = Page(
        "TPM310",
        "text that belongs to nothing",
        "no text is called {id}",
        "The scenario has no such part, or the part has no such text; most often its id has changed.",
        severity=WARNING,
    )
    NOT_TRANSLATED = Page(
        "TPM311",
        "text not translated",
        "{count} not in this file: {ids}",
        "Players of this language read these texts as they stand in scenario.yaml.",
        help="Add them under 'texts:'; 'tpmsim docs texts SCENARIO' lists all.",
        severity=NOTE,
    )
    OTHER_LANGUAGE = Page(
        "TPM312",
        "language that does not fit",
        "the file is called words.{name}.yaml and says 'language: {language}'",
        "The name of the file and the key `language` must agree.",
    )
    OWN_LANGUAGE = Page(
        "TPM313",
        "the language of the scenario itself",
        "'{language}' is the language of scenario.yaml",
        "Its texts stand inline. A file of words is for another language.",
    )
