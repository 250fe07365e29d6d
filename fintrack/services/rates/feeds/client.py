"""The one way out to sources of rates: bounded in time, size, tries and direction."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import httpx

from fintrack.core.rate_faults import (
    AnswerTooLarge,
    BadRedirect,
    BadStatus,
    SourceFault,
    TimedOut,
    Unreachable,
    WrongShape,
)
from fintrack.core.safe_address import is_on_loopback, is_safe_address
from fintrack.services.rates.feeds.answers import (
    NO_MARK,
    Answer,
    Mark,
    read_quota,
    read_retry_after,
    unpack,
)

AGENT = "FinTrack (personal finance; reads public exchange rates)"
MOST_BYTES = 8 * 1024 * 1024
MOST_HOPS = 3
OK, NOT_MODIFIED = 200, 304
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a source is waited for, and how often it is asked.

    ``whole`` bounds a request with all it sends: a source may send one byte a second.
    Between tries passes a random part of ``delay``, which doubles; one that names a
    longer time than ``longest`` is not waited for.
    """

    connect: timedelta = timedelta(seconds=5)
    read: timedelta = timedelta(seconds=10)
    whole: timedelta = timedelta(seconds=15)
    tries: int = 3
    delay: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(seconds=20)


PATIENT = Patience()


@dataclass(frozen=True, slots=True)
class RateClient:
    """Asks for documents; open it with ``open_client``."""

    http: httpx.AsyncClient
    patience: Patience

    async def get(
        self,
        url: str,
        mark: Mark = NO_MARK,
        *,
        secret: Mapping[str, str] | None = None,
    ) -> Answer:
        """The document at ``url``, or that it is the one which ``mark`` names.

        ``secret`` joins the query; it goes to no other host than that of ``url``, and
        no fault names it.

        Raises:
            SourceFault: what kept it from coming, after the last try.
        """
        patience = self.patience
        for tried in range(1, patience.tries + 1):
            try:
                return await self._get_once(url, mark, secret or {})
            except SourceFault as fault:
                wait = _wait_after(fault, patience, tried)
                if wait is None:
                    raise
            await asyncio.sleep(wait.total_seconds())
        raise AssertionError("unreachable: the last try returns or raises")

    async def _get_once(
        self, url: str, mark: Mark, secret: Mapping[str, str]
    ) -> Answer:
        # ``from None``: what the transport says of a request may repeat its address.
        try:
            async with asyncio.timeout(self.patience.whole.total_seconds()):
                return await self._follow(url, mark, secret)
        except (TimeoutError, httpx.TimeoutException):
            raise TimedOut from None
        except (httpx.TransportError, httpx.StreamError):
            raise Unreachable from None
        except (httpx.InvalidURL, ValueError):
            raise BadRedirect from None

    async def _follow(self, url: str, mark: Mark, secret: Mapping[str, str]) -> Answer:
        here = url
        if not is_safe_address(url):
            raise BadRedirect
        for _ in range(MOST_HOPS + 1):
            target = httpx.URL(here)
            if here == url and secret:
                target = target.copy_merge_params(secret)
            async with self.http.stream("GET", target, headers=mark.headers) as found:
                if found.status_code not in REDIRECTS:
                    return await _read(found, mark)
                here = _next_of(url, here, found, is_secret=bool(secret))
        raise BadRedirect


@asynccontextmanager
async def open_client(patience: Patience = PATIENT) -> AsyncIterator[RateClient]:
    """Connections for as long as the block lasts."""
    # They write each address into the log, and with it the key of a source.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    timeout = httpx.Timeout(
        patience.read.total_seconds(), connect=patience.connect.total_seconds()
    )
    # Not Brotli: unpacking it cannot be bounded.
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
    async with httpx.AsyncClient(timeout=timeout, headers=headers) as http:
        yield RateClient(http, patience)


async def _read(found: httpx.Response, mark: Mark) -> Answer:
    quota = read_quota(found.headers)
    if found.status_code == NOT_MODIFIED and mark != NO_MARK:
        return Answer(b"", is_unchanged=True, mark=mark, quota=quota)
    if found.status_code != OK:
        raise BadStatus(found.status_code, read_retry_after(found.headers))
    body = bytearray()
    async for part in found.aiter_raw():
        body += part
        if len(body) > MOST_BYTES:
            raise AnswerTooLarge
    whole = unpack(bytes(body), found.headers.get("content-encoding", ""), MOST_BYTES)
    if not whole.strip():
        raise WrongShape
    return Answer(whole, mark=Mark.of(found.headers), quota=quota)


def _next_of(first: str, here: str, found: httpx.Response, *, is_secret: bool) -> str:
    """Where a redirect leads; from outside never to this machine."""
    place: str = found.headers.get("location", "")
    target = urljoin(here, place)
    is_same_host = urlsplit(target).netloc == urlsplit(first).netloc
    if not is_safe_address(target):
        raise BadRedirect
    if not is_same_host and (is_secret or is_on_loopback(target)):
        raise BadRedirect
    return target


def _wait_after(fault: SourceFault, patience: Patience, tried: int) -> timedelta | None:
    """How long to wait for the next try; None where there is none."""
    if not fault.may_pass or tried >= patience.tries:
        return None
    if isinstance(fault, BadStatus) and fault.retry_after is not None:
        return fault.retry_after if fault.retry_after <= patience.longest else None
    most = patience.delay * (1 << (tried - 1)) // timedelta(milliseconds=1)
    return timedelta(milliseconds=secrets.randbelow(most + 1))
