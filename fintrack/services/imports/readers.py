"""Gives files to processes that read them, and answers what those ask meanwhile.

A process is started when the first file comes, waits for the next one afterwards, and
is killed wherever its work is not wanted any more. At most two work at once. Who is
about to hold what others need, a connection to the database above all, waits for a
``turn`` before: whoever waits for a process holds nothing.
"""

import asyncio
import pickle
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path
from subprocess import PIPE
from typing import Any, Final, TypeVar
from weakref import WeakValueDictionary

from fintrack.core.errors import Busy, Unavailable
from fintrack.core.text import message_id
from fintrack.services.imports.reading import LENGTH, Asker, Said

T = TypeVar("T")

MODULE = "fintrack.services.imports.reading"
ROOT = Path(__file__).parents[3]
MOST = 2
BUFFER_BYTES = 1024 * 1024
WAIT_SECONDS: Final = 30
ENDED = message_id(
    "The program that reads files has ended. Nothing was changed. Please try again."
)


class NoTurn(Busy):
    """Others have files read for longer than one waits; nothing was tried."""

    message = message_id(
        "Many files are being read right now. Nothing was changed. Please try again in "
        "a minute."
    )


async def _nothing(_: Any) -> None:  # noqa: ANN401 - for jobs that ask and tell nothing
    return None


class Readers:
    """The reading processes of this event loop."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(MOST)
        self._idle: list[Process] = []
        # Gone with the last one who stands in it.
        self._lines: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()
        self._at_turn: set[asyncio.Task[Any] | None] = set()

    @asynccontextmanager
    async def turn(self, line: Hashable) -> AsyncIterator[None]:
        """Has a process free for what this task gives to ``run`` inside, job by job.

        Those who stand in one ``line`` come one after another: whoever asks for much
        comes no sooner than who asks for little.

        Raises:
            NoTurn: others are before it for longer than one waits.
        """
        lock = self._lines.setdefault(line, asyncio.Lock())
        task = asyncio.current_task()
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    await held.enter_async_context(lock)
                    await held.enter_async_context(self._turns)
            except TimeoutError:
                raise NoTurn from None
            self._at_turn.add(task)
            held.callback(self._at_turn.discard, task)
            yield

    async def run(
        self,
        job: Callable[[Asker], T],
        *,
        answer: Callable[[Any], Awaitable[object]] = _nothing,
        take: Callable[[Any], Awaitable[None]] = _nothing,
    ) -> T:
        """What ``job`` gives; it must be picklable, with all it carries.

        ``answer`` answers its questions, ``take`` is given its parts, in their order.

        Raises:
            Unavailable: the process was ended from outside.
            FinTrackError: the job refuses the file.
        """
        async with self._process() as process:
            try:
                await _send(process, job)
                while (message := await _receive(process))[0] is not Said.RESULT:
                    kind, value = message
                    if kind is Said.QUESTION:
                        await _send(process, await answer(value))
                    elif kind is Said.PART:
                        await take(value)
                    elif kind is Said.REFUSAL:
                        break
                    else:
                        raise RuntimeError(value)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                raise Unavailable(ENDED) from error
        if message[0] is Said.REFUSAL:
            raise message[1]
        result: T = message[1]
        return result

    async def close(self) -> None:
        """Ends the processes that wait."""
        while self._idle:
            await _end(self._idle.pop())

    @asynccontextmanager
    async def _process(self) -> AsyncIterator[Process]:
        """A process for one job; it is killed unless the job came to its end."""
        is_at_turn = asyncio.current_task() in self._at_turn
        async with nullcontext() if is_at_turn else self._turns:
            process = self._waiting() or await _start()
            try:
                yield process
            except BaseException:
                await asyncio.shield(_end(process))
                raise
            self._idle.append(process)

    def _waiting(self) -> Process | None:
        """A process that waits for a job and still runs."""
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
        return None


class _Installed:
    """The readers of this process, made at first use: it may still fork before."""

    readers: Readers | None = None


def current() -> Readers:
    """The readers of this process."""
    _Installed.readers = _Installed.readers or Readers()
    return _Installed.readers


async def close() -> None:
    """Ends the reading processes of this process."""
    readers, _Installed.readers = _Installed.readers, None
    if readers:
        await readers.close()


async def _start() -> Process:
    """A session of its own: Ctrl+C is for the server, which then ends its readers."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", MODULE, cwd=ROOT, stdin=PIPE, stdout=PIPE,
        limit=BUFFER_BYTES, start_new_session=True,
    )  # fmt: skip


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    if process.stdin:
        process.stdin.close()
    # Also reads what was on its way; else the pipe stays open.
    await process.communicate()


async def _send(process: Process, value: object) -> None:
    if process.stdin is None:
        raise RuntimeError("the reading process has no pipe")
    process.stdin.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    await process.stdin.drain()


async def _receive(process: Process) -> tuple[Said, Any]:
    if process.stdout is None:
        raise RuntimeError("the reading process has no pipe")
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    message = await process.stdout.readexactly(length)
    kind, value = pickle.loads(message)  # noqa: S301 - written by our own process
    return Said(kind), value
