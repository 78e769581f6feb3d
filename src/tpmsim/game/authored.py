"""A new folder with the files of an author. Not here: what is in them, and runs (`store`)."""

from collections.abc import Mapping
from pathlib import Path

from tpmsim.errors import UsageError
from tpmsim.game.files import REAL, SHARED_MODE, Os, make_folder, replace_file
from tpmsim.text import shown_path


def make_files(folder: Path, files: Mapping[str, bytes], system: Os = REAL) -> None:
    """Make a folder with these files in it; nothing that is there already is touched.

    Args:
        folder: that is to be; the one it is in must be there.
        files: bytes by path in the folder, with `/` between its parts.
        system: the functions of the operating system.

    Raises:
        UsageError: there is something of that name.
        StorageFailed: it could not be written; what has been written until then stays.
    """
    if not make_folder(folder, system):
        raise UsageError(f"there is a {shown_path(str(folder))} already", help="Choose another name, or remove it.")
    for place in sorted({(folder / path).parent for path in files} - {folder}):
        make_folder(place, system)
    for path, data in files.items():
        replace_file(folder / path, data, system, mode=SHARED_MODE)
