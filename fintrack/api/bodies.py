"""Bodies as they come, within their bounds of size and time."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from fastapi import Request
from starlette.types import Message, Receive

from fintrack.core.errors import TooLarge, TooSlow

# Far below any network on which people send files, and none is silent for longer.
GRACE_SECONDS = 60
BYTES_A_SECOND = 8 * 1024


def announced_bytes(request: Request) -> int:
    """How large a body says it will be; 0 where it says nothing."""
    announced = request.headers.get("content-length", "")
    return int(announced[:20]) if announced.isdecimal() else 0


async def capped(request: Request, most: int) -> AsyncIterator[bytes]:
    """The body as it comes, cut off as soon as it is longer than allowed."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise TooLarge(field="file")
        yield chunk


def paced(receive: Receive) -> Receive:
    """``receive`` for a body that is given up where it comes too slowly.

    What the server needs for a piece is not counted, nor is what waits, after the last
    one, for the end of the connection.
    """
    left: float = GRACE_SECONDS
    is_whole = False

    async def receive_in_time() -> Message:
        nonlocal left, is_whole
        if is_whole:
            return await receive()
        asked = monotonic()
        try:
            async with asyncio.timeout(left):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        is_whole = not message.get("more_body", False)
        came = len(message.get("body", b"")) / BYTES_A_SECOND
        left = min(GRACE_SECONDS, left - (monotonic() - asked) + came)
        if left < 0 and not is_whole:
            raise TooSlow
        return message

    return receive_in_time
