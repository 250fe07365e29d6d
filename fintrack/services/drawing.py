"""Draws pictures small, in a process of its own and one at a time.

Each one takes up to 200 MB for a moment, and a file can be made so that it takes hours:
a thread could not be ended, the process is killed when its time is over.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar, TypeVarTuple

from fintrack.core.errors import Busy, InvalidInput
from fintrack.core.picture import FIELD
from fintrack.core.text import message_id
from fintrack.services.imports.readers import Readers
from fintrack.services.imports.reading import Asker

S = TypeVar("S")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# The largest photo takes about two.
SECONDS: Final = 20
# Whoever sends a file does not wait for the pictures of all others.
WAIT_SECONDS: Final = 30
BUSY = message_id(
    "Many pictures are being looked at right now. Nothing was changed. Please send "
    "this one again in a minute."
)
TOO_SLOW = message_id(
    "This picture takes too long to draw. Please save it anew, or choose a smaller one."
)

_turn = asyncio.Semaphore(1)


class _Installed:
    """The drawing process of this process, made at first use: it may still fork."""

    readers: Readers | None = None


async def draw(do: Callable[[S, *Ts], T], read: Callable[[], S], *arguments: *Ts) -> T:
    """What ``do`` makes of what ``read`` gives; all but ``read`` must be picklable.

    It is read in a thread once it is its turn: who waits holds no file in memory.

    Raises:
        InvalidInput: on the field ``file``: it takes too long.
        Busy: others are before it for longer than one waits.
        Unavailable: the process was ended from outside.
        FinTrackError: as ``do`` does.
    """
    _Installed.readers = readers = _Installed.readers or Readers()
    await _wait()
    try:
        async with asyncio.timeout(SECONDS):
            given = await asyncio.to_thread(read)
            return await readers.run(partial(_draw, do, given, arguments))
    except TimeoutError:
        raise InvalidInput(TOO_SLOW, field=FIELD) from None
    finally:
        _turn.release()


async def close() -> None:
    """Ends the drawing process."""
    readers, _Installed.readers = _Installed.readers, None
    if readers:
        await readers.close()


async def _wait() -> None:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await _turn.acquire()
    except TimeoutError:
        raise Busy(BUSY) from None


def _draw(do: Callable[[S, *Ts], T], given: S, arguments: tuple[*Ts], _: Asker) -> T:
    return do(given, *arguments)
