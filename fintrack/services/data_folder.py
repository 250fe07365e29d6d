"""The data directory, claimed before anything is started in it."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from fintrack.core.errors import Unavailable


def make_data_folder(folder: Path) -> None:
    """Makes the data directory where it is missing, for its user alone.

    Raises:
        Unavailable: it cannot be made or written to; the text says why.
    """
    with told_as_unusable(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_writable(folder)


@contextlib.contextmanager
def told_as_unusable(folder: Path) -> Iterator[None]:
    """Says what the system refuses within the block in a sentence.

    Raises:
        Unavailable: the data directory cannot be used; the text says why.
    """
    try:
        yield
    except OSError as error:
        raise Unavailable(
            "The data directory {folder} cannot be used: {reason}. "
            "FINTRACK_DATA_DIR names another one.",
            folder=folder,
            reason=error.strerror,
        ) from error


def check_writable(folder: Path) -> None:
    """Refuses a folder of somebody else, and one on a disk that is only read.

    Raises:
        PermissionError: nothing can be made in it.
    """
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
