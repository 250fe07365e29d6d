"""Raw bodies: a file as it comes, within its bounds."""

from collections.abc import AsyncIterator

from fastapi import Request

from fintrack.core.errors import TooLarge


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
