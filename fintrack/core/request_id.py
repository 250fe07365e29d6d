"""One random name for each request and page event, by which its log lines are found."""

import secrets
from contextvars import ContextVar

BYTES = 8
_current: ContextVar[str] = ContextVar("request_id", default="")


def begin_request() -> None:
    """Names what this task works on from now on; no client gives the name."""
    _current.set(secrets.token_hex(BYTES))


def current_request() -> str:
    """The name of the request at work; empty outside of one."""
    return _current.get()
