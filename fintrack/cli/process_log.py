"""The process log on standard error: as text, or one JSON object a line.

What the start prints for people, and letters where no SMTP is configured, are no log;
they stand on standard output.
"""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from fintrack.core.request_id import current_request

JSON, BY_TERMINAL = "json", ""
# They bring handlers of their own, or are given some by the server that serves us.
SERVERS = ("_granian", "granian", "granian.access", "uvicorn", "uvicorn.access")
# PostgreSQL repeats here what somebody entered.
VALUES = re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE)
LEFT_OUT = r"\1: (left out)"
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
            "message": VALUES.sub(LEFT_OUT, record.getMessage()),
            "request": current_request(),
        }
        if record.exc_info:
            trace = self.formatException(record.exc_info)
            line["exception"] = VALUES.sub(LEFT_OUT, trace)
        return json.dumps({name: value for name, value in line.items() if value})


def is_json(log_format: str, stream: TextIO) -> bool:
    """Whether ``stream`` gets JSON; where nobody said so, a terminal gets text."""
    if log_format == BY_TERMINAL:
        return not stream.isatty()
    return log_format == JSON


def install_log(log_format: str) -> None:
    """Makes everybody's log lines JSON, if that is the format; text needs nothing.

    Again after the server has started: it brings handlers of its own.
    """
    if not is_json(log_format, sys.stderr):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.getLogger().handlers[:] = [handler]
    for name in SERVERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(capture=True)
    sys.excepthook = _tell_end
    threading.excepthook = _tell_end_of_thread


def _tell_end(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("The process ended.", exc_info=(kind, error, trace))


def _tell_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        found = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        _log.error("A thread ended.", exc_info=found)
