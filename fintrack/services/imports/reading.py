"""The process that reads files: one job after another, asked and answered by pipe.

Understanding a file is seconds of pure Python, and a thread that does it holds up the
event loop of its process. This one imports neither the database nor a framework, is
given what it needs by pipe, and ends when the pipe does.
"""

import os
import pickle
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from typing import Any, BinaryIO

from fintrack.core.errors import FinTrackError

LENGTH = struct.Struct(">I")


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

    def ask(self, question: object) -> Any:  # noqa: ANN401 - whatever the question is answered with
        """Waits for the answer to a question."""
        self.say(Said.QUESTION, question)
        return self.hear()

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
    with suppress(EOFError, BrokenPipeError):
        while True:
            work_off(asker)


if __name__ == "__main__":
    main()
