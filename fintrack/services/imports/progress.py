"""How far the running imports of this process are, and how one is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

from fintrack.core.errors import Conflict
from fintrack.core.text import message_id

STOPPED = message_id("The import was stopped. Nothing was changed.")


class Progress:
    """One running import: the records read so far, and whether to go on."""

    def __init__(self) -> None:
        self.rows_read = 0
        self._stopped = False

    def advance(self, count: int) -> None:
        """Counts records that were read.

        Raises:
            Conflict: a person stopped the import.
        """
        self.rows_read += count
        self.check()

    def check(self) -> None:
        """Ends the import if it was stopped.

        Raises:
            Conflict: a person stopped the import.
        """
        if self._stopped:
            raise Conflict(STOPPED)

    def stop(self) -> None:
        """Lets the next ``check`` end the import."""
        self._stopped = True


_running: dict[int, Progress] = {}


@contextmanager
def tracked(preview_id: int) -> Iterator[Progress]:
    """The progress of this preview's import, found by others while it runs."""
    progress = _running[preview_id] = Progress()
    try:
        yield progress
    finally:
        _running.pop(preview_id, None)


def find(preview_id: int) -> Progress | None:
    """The progress of an import that runs in this process, or None."""
    return _running.get(preview_id)
