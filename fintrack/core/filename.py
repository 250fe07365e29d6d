"""Names of files as people give them: kept to be shown, never used as a path."""

from typing import Final

MAX_FILENAME: Final = 200


def clean_filename(filename: str, otherwise: str) -> str:
    """The last part of a path, in characters that can be shown.

    Marks that turn the direction of a text go: ``gpj.exe`` must not read as
    ``exe.jpg``. A name of which nothing is left is ``otherwise``.
    """
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(filter(str.isprintable, last))[:MAX_FILENAME].strip() or otherwise
