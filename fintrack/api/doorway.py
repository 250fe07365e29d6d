"""Before a request reaches the API: its pace, its origin and its size."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fintrack.api.bodies import paced
from fintrack.api.pace import SAFE, kind_of, name_request
from fintrack.api.parts import Parts
from fintrack.api.problems import answer_problem, language_of
from fintrack.core.errors import FinTrackError, NotAllowed, TooLarge, TooManyRequests
from fintrack.core.request_id import begin_request
from fintrack.core.session_cookie import SESSION, STEP, read_token
from fintrack.core.text import message_id
from fintrack.services.turned_away import Turned

MAX_BODY = 1024 * 1024
# A piece costs as much as some kilobytes. The smallest packets carry 536 bytes, so that
# the largest body of a form, and any file, comes in half as many.
MOST_PIECES = 4096
LEAST_BYTES = MAX_BODY // MOST_PIECES
IN_PIECES = message_id(
    "This comes in too many small pieces. Please send it in fewer, larger ones."
)


class ForeignOrigin(NotAllowed):
    """A page of another site sends what may change something."""

    message = message_id("This request comes from another site.")


TURNED = {ForeignOrigin: Turned.ORIGIN, TooManyRequests: Turned.FLOOD}


class Doorway:
    """Refuses what a foreign page sends, and bodies that no form has.

    The ``streamed`` routes read their bodies as they come, to limits of their own.
    """

    def __init__(
        self, app: ASGIApp, parts: Parts, streamed: Sequence[BaseRoute]
    ) -> None:
        self._app = app
        self._parts = parts
        self._streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin_request()
        try:
            address = self._parts.address_of(scope)
            kind = kind_of(scope["method"], scope["path"])
            await self._parts.limiter.check(kind, address=address)
            if scope["method"] not in SAFE:
                receive = await self._admit_write(scope, receive)
        except FinTrackError as refusal:
            self._note(refusal, scope)
            answer = answer_problem(refusal, language_of(Request(scope)))
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _admit_write(self, scope: Scope, receive: Receive) -> Receive:
        """The body of a request that may change something.

        Raises:
            ForeignOrigin: a page of another site sends it.
            TooLarge: no form has such a body, and no network makes such pieces of it.
            TooSlow: it stops coming.
        """
        if not self._is_own_page(scope):
            raise ForeignOrigin
        receive = _counted(paced(receive))
        if any(one.matches(scope)[0] is Match.FULL for one in self._streamed):
            return receive
        body = await _read_body(scope, receive)
        if body is None:
            raise TooLarge
        return _replay(body, receive)

    def _note(self, refusal: FinTrackError, scope: Scope) -> None:
        """Counts what the trail tells of: other sites, and floods of an address."""
        turned = TURNED.get(type(refusal))
        if turned is not None:
            where = self._parts.where_of(scope)
            self._parts.turned_away.note(turned, where, name_request(scope))

    def _is_own_page(self, scope: Scope) -> bool:
        headers = Request(scope).headers
        if is_program(headers):
            return True
        has_cookie = any(self._parts.token_of(scope, name) for name in (SESSION, STEP))
        return self._parts.origins.accepts_write(headers, has_cookie=has_cookie)


def is_program(headers: Mapping[str, str]) -> bool:
    """Whether a bearer token alone says who calls, and neither of our cookies.

    No page of another site can send that header without our leave (CORS).
    """
    is_bearer = headers.get("authorization", "")[:7].lower() == "bearer "
    return is_bearer and not read_token(headers.get("cookie", ""), https=False)


def _counted(receive: Receive) -> Receive:
    """What the connection gives, until its pieces are too many for what they carry."""
    pieces = size = 0

    async def receive_counted() -> Message:
        nonlocal pieces, size
        message = await receive()
        pieces += 1
        size += len(message.get("body", b""))
        if pieces > max(MOST_PIECES, size // LEAST_BYTES):
            raise TooLarge(IN_PIECES)
        return message

    return receive_counted


async def _read_body(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, or None as soon as it is longer than a form's."""
    length = Headers(scope=scope).get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BODY:
        return None
    body = bytearray()
    goes_on = True
    while goes_on and len(body) <= MAX_BODY:
        message = await receive()
        body += message.get("body", b"")
        goes_on = message.get("more_body", False)
    return bytes(body) if len(body) <= MAX_BODY else None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives ``body`` once, then what the connection gives."""
    waiting: list[Message] = [
        {"type": "http.request", "body": body, "more_body": False}
    ]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
