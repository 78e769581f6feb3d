"""Codes of files: what keeps one from being opened. No text can show them; commands do."""

from tpmsim.scenario.codes.page import WARNING, Code, Page


class Files(Code):
    """TPM6xx."""

    UNREADABLE = Page(
        "TPM601",
        "file cannot be read",
        "{problem}",
        "It does not exist, or the rights to read it are missing.",
    )
    NOT_REGULAR = Page(
        "TPM602",
        "not a regular file",
        "not a regular file",
        "A folder, a pipe or a device was named.",
        help="Name the file itself.",
    )
    TOO_LARGE = Page(
        "TPM603",
        "file too large",
        "larger than {limit} bytes",
        "Larger than any file of its kind may be.",
    )
    COMPRESSED = Page(
        "TPM604",
        "compressed file",
        "refused: compressed file",
        "Archives and compressed files are not opened. Unpack them first.",
        help="Unpack it first.",
    )
    NAME = Page(
        "TPM605",
        "file name not allowed",
        "the file name {name} is not allowed",
        "Inside a scenario only plain names of files in its folder are possible.",
        help="Write the name of a file in this folder, such as words.de.yaml.",
    )
    LINK = Page(
        "TPM606",
        "link",
        "{name} is a link; links are not followed",
        "Links inside a scenario are not followed. Put the file itself there.",
        help="Put the file itself here.",
    )
    NO_SCENARIO = Page(
        "TPM607",
        "no such scenario",
        "no scenario {name}",
        "Neither a scenario of this name nor a file at this path is there.",
        help="There are: {known}; or give a path.",
    )
    TOO_MANY_FILES = Page(
        "TPM608",
        "too many files",
        "more than {limit} files in the folder of a scenario",
        "Texts and tests of a scenario are at most 20 files.",
        help="Put several together.",
    )
    UNREAD = Page(
        "TPM609",
        "file that is not read",
        "{name} is not read",
        "Beside scenario.yaml only words.LANGUAGE.yaml, published.yaml and the files in tests/ are read, all with "
        "names in small letters. A file with another name has no effect, and its faults are not found.",
        help="Name it as it is meant: words.de.yaml, or tests/first.yaml; or put it elsewhere.",
        severity=WARNING,
    )
