"""How far the running imports of this process are, and how one is stopped."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

from fintrack.core.errors import Conflict
from fintrack.core.text import message_id

STOPPED = message_id("The import was stopped. Nothing was changed.")


class Progress:
    """One running import: the records read so far, and whether to go on.

    ``of`` is the person whose import it is, and the preview that they named.
    """

    def __init__(self, of: tuple[int | None, int]) -> None:
        self.of = of
        self.rows_read = 0
        self._stopped = False
        self._wait: asyncio.Timeout | None = None

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
        """Lets the next ``check`` end the import, and its wait end now."""
        self._stopped = True
        wait, self._wait = self._wait, None
        if wait:
            wait.reschedule(0)

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """A wait for what the import needs; a stop ends it.

        Raises:
            Conflict: a person stopped the import.
        """
        try:
            async with asyncio.timeout(None) as self._wait:
                yield
        except TimeoutError:
            self.check()
            raise
        finally:
            self._wait = None
        self.check()


# Several may be of one preview, from two tabs: a stop is meant for them all.
_running: set[Progress] = set()
_own: ContextVar[Progress | None] = ContextVar("_own", default=None)


@contextmanager
def tracked(person_id: int | None, preview_id: int) -> Iterator[Progress]:
    """The progress of this preview's import, found by others while it runs.

    Inside another one of the same import it is that one, counted anew; at its end the
    import is beyond stopping.
    """
    outer, of = _own.get(), (person_id, preview_id)
    progress = outer if outer and outer.of == of else Progress(of)
    progress.rows_read = 0
    _running.add(progress)
    before = _own.set(progress)
    try:
        yield progress
        _running.discard(progress)
    finally:
        _own.reset(before)
        if progress is not outer:
            _running.discard(progress)


def find(person_id: int | None, preview_id: int) -> list[Progress]:
    """Those of a person's imports of a preview that run, or wait, in this process."""
    of = (person_id, preview_id)
    return [progress for progress in _running if progress.of == of]
