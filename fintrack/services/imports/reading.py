"""The process that reads files: one job after another, asked and answered by pipe.

Understanding a file is seconds of pure Python, and a thread that does it holds up the
event loop of its process. This one imports neither the database nor a framework, is
given what it needs by pipe, and ends when the pipe does.
"""

import gc
import os
import pickle
import struct
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import IntEnum
from typing import Any, BinaryIO, TypeVar

from fintrack.core.errors import FinTrackError

T = TypeVar("T")

LENGTH = struct.Struct(">I")
# Rows hold no circles: to look for some every 700 values is a sixth of the time.
CIRCLES_AFTER = 100_000


class Said(IntEnum):
    """What a message from the reading process is."""

    QUESTION = 1
    PART = 2
    RESULT = 3
    REFUSAL = 4
    DEFECT = 5


class Asker:
    """The process that gave the job, as the job sees it."""

    def __init__(self, hears: BinaryIO, says: BinaryIO) -> None:
        self._hears = hears
        self._says = says
        self._asked = self._answered = 0
        self._answers: dict[int, Any] = {}

    def ask(self, question: object) -> Any:  # noqa: ANN401 - whatever the question is answered with
        """Waits for the answer to a question."""
        return self.wait(self.send(question))

    def ask_ahead(
        self, batches: Iterable[T], question_of: Callable[[T], object]
    ) -> Iterator[tuple[T, Any]]:
        """Each batch with its answer, which is looked up while the next is read.

        None is no question; its answer is None.
        """
        waiting: list[tuple[T, int | None]] = []
        for batch in batches:
            question = question_of(batch)
            ticket = None if question is None else self.send(question)
            waiting.append((batch, ticket))
            if len(waiting) > 1:
                yield self._answered_batch(*waiting.pop(0))
        for batch, ticket in waiting:
            yield self._answered_batch(batch, ticket)

    def send(self, question: object) -> int:
        """Asks without waiting; the ticket to wait with."""
        self.say(Said.QUESTION, question)
        self._asked += 1
        return self._asked

    def wait(self, ticket: int) -> Any:  # noqa: ANN401 - as for ask
        """The answer to the question of this ticket; answers come in order."""
        while ticket not in self._answers:
            self._answered += 1
            self._answers[self._answered] = self.hear()
        return self._answers.pop(ticket)

    def tell(self, part: object) -> None:
        """Hands over a part of the result; waits only where the pipe is full."""
        self.say(Said.PART, part)

    def say(self, kind: Said, value: object) -> None:
        """Sends one message: its length, then what it is and its value."""
        message = pickle.dumps((kind.value, value), pickle.HIGHEST_PROTOCOL)
        self._says.write(LENGTH.pack(len(message)) + message)
        self._says.flush()

    def hear(self) -> Any:  # noqa: ANN401 - a job or an answer
        """The next job or answer.

        Raises:
            EOFError: nobody is there any more.
        """
        return pickle.load(self._hears)  # noqa: S301 - written by the process that started us

    def _answered_batch(self, batch: T, ticket: int | None) -> tuple[T, Any]:
        return batch, None if ticket is None else self.wait(ticket)


Job = Callable[[Asker], object]


def work_off(asker: Asker) -> None:
    """Does one job and says how it ended.

    Raises:
        EOFError: nobody is there any more.
    """
    job: Job = asker.hear()
    try:
        asker.say(Said.RESULT, job(asker))
    except FinTrackError as refusal:
        asker.say(Said.REFUSAL, refusal)
    except (EOFError, BrokenPipeError):
        raise
    except Exception:  # noqa: BLE001 - told to the process that gave the job
        asker.say(Said.DEFECT, traceback.format_exc())


def main() -> None:
    """Works until the other side of the pipe is closed."""
    says = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever prints must not talk into the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asker = Asker(sys.stdin.buffer, says)
    gc.set_threshold(CIRCLES_AFTER)
    with suppress(EOFError, BrokenPipeError):
        while True:
            work_off(asker)


if __name__ == "__main__":
    main()
