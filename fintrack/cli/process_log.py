"""The process log on standard error: as text, or one JSON object a line.

What the start prints for people, and letters where no SMTP is configured, are no log;
they stand on standard output.
"""

import json
import logging
import re
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from fintrack.core.request_id import current_request

JSON, BY_TERMINAL = "json", ""
# They bring handlers of their own, or are given some by the server that serves us.
SERVERS = ("_granian", "granian", "granian.access", "uvicorn", "uvicorn.access")
# They write what the root writes once more, and plainly.
SOCKETS = ("engineio.server", "socketio.server")
# PostgreSQL repeats here what somebody entered.
VALUES = re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE)
LEFT_OUT = r"\1: (left out)"
# Characters of a message or traceback; its end says most.
LONGEST, KEPT_OF_START = 8_000, 1_000
LONGEST_REPORT = 500
# Lines that one place in the code may write in a while: strangers cause some of them.
MOST_LINES, SECONDS = 30, 60
_log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """A record as one line: when in UTC, how bad, who says it, what, for which request.

    The names are those of Reflex's own JSON lines.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "timestamp": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _shorten(record.getMessage()),
            "request": current_request(),
        }
        if record.exc_info:
            line["exception"] = _shorten(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in line.items() if value})


class Bounded(logging.Filter):
    """Leaves out what one place in the code writes too often, and says that it did.

    A window begins with its first line; the first one of the next says how many are
    missing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: defaultdict[tuple[str, int], _Place] = defaultdict(_Place)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written; where others are missing, with their number."""
        place = self._places[record.pathname, record.lineno]
        missing = 0
        if record.created - place.began_at >= SECONDS:
            missing = max(place.lines - MOST_LINES, 0)
            place.began_at, place.lines = record.created, 0
        place.lines += 1
        if missing:
            said = record.getMessage()
            record.msg = f"{said} ({missing} lines like this were left out)"
            record.args = None
        return place.lines <= MOST_LINES


@dataclass(slots=True)
class _Place:
    """A place in the code, and how many lines it wrote since when."""

    began_at: float = 0
    lines: int = 0


def is_json(log_format: str, stream: TextIO) -> bool:
    """Whether ``stream`` gets JSON; where nobody said so, a terminal gets text."""
    if log_format == BY_TERMINAL:
        return not stream.isatty()
    return log_format == JSON


def install_log(log_format: str) -> None:
    """Bounds everybody's log lines, and makes them JSON if that is the format.

    Again after the server has started: it brings handlers of its own.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Bounded())
    handler.setLevel(logging.WARNING)
    logging.getLogger().handlers[:] = [handler]
    _leave_to_root(SOCKETS)
    if not is_json(log_format, sys.stderr):
        return
    handler.setLevel(logging.NOTSET)
    handler.setFormatter(JsonLines())
    _leave_to_root(SERVERS)
    logging.captureWarnings(capture=True)
    sys.excepthook = _tell_end
    sys.unraisablehook = _tell_unraisable
    threading.excepthook = _tell_end_of_thread


def tell_defect_of_page(exception: Exception) -> None:
    """What the script of a page says of itself, or somebody in its place: one line."""
    words = " ".join(str(exception).split())
    printable = "".join(char for char in words if char.isprintable())
    _log.error("A page reports a defect: %s", printable[:LONGEST_REPORT])


def _leave_to_root(names: tuple[str, ...]) -> None:
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def _shorten(text: str) -> str:
    """Without what somebody entered, and without the middle of what is too long."""
    said = VALUES.sub(LEFT_OUT, text)
    if len(said) <= LONGEST:
        return said
    return f"{said[:KEPT_OF_START]} … {said[KEPT_OF_START - LONGEST :]}"


def _tell_end(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("The process ended.", exc_info=(kind, error, trace))


def _tell_unraisable(found: "sys.UnraisableHookArgs") -> None:
    if found.exc_value is not None:
        what = (found.exc_type, found.exc_value, found.exc_traceback)
        _log.error("An error reached nobody.", exc_info=what)


def _tell_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        found = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        _log.error("A thread ended.", exc_info=found)
