"""What a page of ours sends over its socket, and nothing else.

engine.io, socket.io and Reflex raise for what they do not expect, with a traceback that
repeats it. So it is looked at before they read it.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

# Characters, as engine.io counts; the payload of an event has a bound of its own.
MOST_CHARACTERS = 320 * 1024
PATH = "/_event"
# Close and pong of engine.io; connect, disconnect and event of socket.io.
FRAME = re.compile(
    r"1|3|40/_event,(?P<hello>\{.*\})?|41/_event,?|42/_event,(?P<event>\[.*\])",
    re.DOTALL,
)
# Names the state of a tab; a page makes it of random hexadecimal digits.
TAB = re.compile(r"[\w-]{1,64}", re.ASCII)
EVENT, CLIENT_ERROR = "event", "client_error"
# A socket is opened once and as such: nothing polls, and nothing is upgraded.
OPENING = {"EIO": ["4"], "transport": ["websocket"]}
NEVER = frozenset({"sid", "j"})

IsEvent = Callable[[str], bool]


class Malformed(Exception):
    """No page sends this; the words say what is wrong and repeat nothing of it."""


def check_opening(path: str, query: bytes) -> None:
    """Passes the address of a socket that a page opens.

    Raises:
        Malformed: another place, protocol or transport, or no tab.
    """
    if path.rstrip("/") != PATH:
        raise Malformed("another place")
    asked = parse_qs(query.decode("latin-1"))
    if any(asked.get(name) != value for name, value in OPENING.items()):
        raise Malformed("another protocol")
    if NEVER & asked.keys():
        raise Malformed("another transport")
    (tab, *more) = asked.get("token", [""])
    if more or not TAB.fullmatch(tab):
        raise Malformed("no tab")


def check_packet(text: str | None, is_event: IsEvent) -> None:
    """Passes what a page sends, as text of engine.io.

    Args:
        text: the packet; None for bytes, which no page sends.
        is_event: whether a state has a handler of this name.

    Raises:
        Malformed: it is anything else.
    """
    if text is None:
        raise Malformed("bytes")
    if len(text) > MOST_CHARACTERS:
        raise Malformed("too large")
    frame = FRAME.fullmatch(text)
    if frame is None:
        raise Malformed("no packet of a page")
    if frame["event"]:
        _check_event(_read(frame["event"]), is_event)
    elif frame["hello"]:
        _check_hello(_read(frame["hello"]), is_event)


def _read(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None


def _check_hello(said: Mapping[str, Any], is_event: IsEvent) -> None:
    """The first event of a tab travels with its connect."""
    if said.get("event") is not None:
        _check_call(said["event"], is_event)


def _check_event(said: list[Any], is_event: IsEvent) -> None:
    match said:
        case [str(name), dict(call)] if name == EVENT:
            _check_call(call, is_event)
        case [str(name), dict()] if name == CLIENT_ERROR:
            pass
        case _:
            raise Malformed("no event of a page")


def _check_call(call: object, is_event: IsEvent) -> None:
    match call:
        case {"name": str(name), **more} if is_event(name):
            place = more.get("router_data", {})
            if not isinstance(more.get("payload", {}), dict):
                raise Malformed("no payload")
            if not isinstance(place, dict) or not _is_place(place):
                raise Malformed("no address")
        case _:
            raise Malformed("no handler")


def _is_place(place: Mapping[str, Any]) -> bool:
    """Whether Reflex can read where the page is: it makes a URL of it."""
    path, query = place.get("pathname", ""), place.get("query", {})
    whole = place.get("asPath", "/")
    return (
        isinstance(path, str)
        and isinstance(whole, str)
        and whole.startswith("/")
        and isinstance(query, dict)
        and all(map(_is_said, query.values()))
    )


def _is_said(value: object) -> bool:
    """A text, nothing, or the parts of an address that no page has."""
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return value is None or isinstance(value, str)
