"""Jobs that a reading process can be given by name."""

import os
import signal
import sys
import time

from fintrack.core.errors import InvalidInput
from fintrack.services.imports.reading import Asker


def echo(asker: Asker) -> list[object]:
    """Asks three times and gives the answers."""
    return [asker.ask(number) for number in range(3)]


def parts(asker: Asker) -> str:
    """Tells three parts, the last of them a large one."""
    for part in (b"a", b"b", bytes(3_000_000)):
        asker.tell(part)
    return "told"


def refuse(_: Asker) -> None:
    """Refuses with two values."""
    raise InvalidInput("Row {row} of {most}.", field="file", row=1, most=2)


def fail(_: Asker) -> None:
    """Has a defect."""
    raise ZeroDivisionError


def chat(_: Asker) -> str:
    """Prints, which must not talk into the messages."""
    sys.stdout.write("hello")
    return "said"


def die(_: Asker) -> None:
    """Is ended from outside, as by the kernel when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def number(_: Asker) -> int:
    """The id of its process."""
    return os.getpid()


def sleep(asker: Asker) -> None:
    """Tells the id of its process and never comes to an end."""
    asker.tell(os.getpid())
    time.sleep(600)
