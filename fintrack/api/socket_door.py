"""The door of the socket: a packet is counted and looked at before anything reads it.

What no page sends goes no further and is not repeated in the log. Whoever sends more
than the limit allows is put out, and not let in again until the window ends.
"""

import logging
import traceback
from asyncio import sleep
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fintrack.api.packets import (
    PATH,
    IsEvent,
    Malformed,
    check_opening,
    check_packet,
)
from fintrack.api.parts import SOCKET, Parts
from fintrack.core.actor import Where
from fintrack.core.errors import FinTrackError, TooManyRequests
from fintrack.core.rate_limits import Kind
from fintrack.services.turned_away import Turned

# Source: RFC 6455, section 7.4.1: what is sent is against the rules of the house.
POLICY_VIOLATION = 1008
CLOSED: Message = {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
EVERY = timedelta(minutes=1)

_log = logging.getLogger(__name__)


class Refusals:
    """Tells of refused packets, at most once in a while: they must not fill the log."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._count = 0
        self._told_at: datetime | None = None

    def note(self, fault: str) -> None:
        """Counts one; ``fault`` is in our own words."""
        self._count += 1
        now = self._clock()
        if self._told_at is None or now - self._told_at >= EVERY:
            _log.warning(
                "Refused from sockets: %d, the last one for: %s", self._count, fault
            )
            self._count, self._told_at = 0, now


class SocketDoor:
    """A raw ASGI wrapper around the pages; only what concerns the socket stops here."""

    def __init__(
        self,
        app: ASGIApp,
        parts: Parts,
        is_event: IsEvent,
        clock: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._parts = parts
        self._is_event = is_event
        self._refusals = Refusals(clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a socket behind this door; all else passes as if there were none."""
        path: str = scope.get("path", "")
        if scope["type"] == "websocket":
            await self._open(scope, receive, send)
        elif path == PATH or path.startswith(f"{PATH}/"):
            answer = PlainTextResponse("Here is a socket.", status_code=400)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = _Visit(self._parts, self._parts.where_of(scope), receive, send)
        try:
            await visit.count()
            check_opening(scope["path"], scope["query_string"])
        except TooManyRequests:
            await visit.close()
        except Malformed as finding:
            self._refusals.note(str(finding))
            await visit.close()
        else:
            visit.person_id = await self._find_person(scope)
            await self._serve(scope, visit)

    async def _find_person(self, scope: Scope) -> int | None:
        """By whom packets are counted as well; each event asks anew who acts."""
        try:
            view = await self._parts.directory.find(self._parts.token_of(scope))
        except FinTrackError:
            return None
        return None if view is None else view.person_id

    async def _serve(self, scope: Scope, visit: "_Visit") -> None:
        async def receive() -> Message:
            while (message := await visit.receive())["type"] == "websocket.receive":
                try:
                    check_packet(message.get("text"), self._is_event)
                except Malformed as finding:
                    self._refusals.note(str(finding))
                    # Others shall not wait for whoever sends without a pause.
                    await sleep(0)
                else:
                    break
            return message

        try:
            await self._app(scope, receive, visit.send)
        except Exception as error:  # noqa: BLE001 - granian repeats what its words hold
            place = traceback.extract_tb(error.__traceback__)[-1]
            _log.error(
                "A socket broke: %s in %s of %s, line %s",
                type(error).__name__,
                place.name,
                place.filename,
                place.lineno,
            )
            await visit.close()


@dataclass(slots=True)
class _Visit:
    """One socket: from where, whose, and whether it is closed by us."""

    parts: Parts
    where: Where
    pass_on: Receive
    answer: Send
    person_id: int | None = None
    is_closed: bool = False

    async def receive(self) -> Message:
        """What comes next, counted; the end where it is too much."""
        message = await self.pass_on()
        if message["type"] == "websocket.receive":
            try:
                await self.count()
            except TooManyRequests:
                await self.close()
                return CLOSED
        return message

    async def send(self, message: Message) -> None:
        """Sends unless the socket is closed: engine.io closes it once more."""
        if not self.is_closed:
            await self.answer(message)

    async def count(self) -> None:
        """Counts a packet, or the opening itself, before anybody reads it.

        Raises:
            TooManyRequests: the address or the person has used up the window.
        """
        account = "" if self.person_id is None else str(self.person_id)
        try:
            await self.parts.limiter.check(
                Kind.PACKET, address=self.where.address, account=account
            )
        except TooManyRequests:
            self.parts.turned_away.note(
                Turned.FLOOD, self.where, SOCKET, self.person_id
            )
            raise

    async def close(self) -> None:
        """Ends the socket, or refuses to open it."""
        if not self.is_closed:
            self.is_closed = True
            await self.answer({"type": "websocket.close", "code": POLICY_VIOLATION})
