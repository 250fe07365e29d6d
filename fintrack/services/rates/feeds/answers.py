"""What a source answered: its body, what it is called, and how much may be asked."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

from fintrack.core.rate_faults import AnswerTooLarge, WrongShape
from fintrack.services import database

MAX_NAME = 200
GZIP = 16 + zlib.MAX_WBITS
REMAINING = ("x-ratelimit-remaining", "ratelimit-remaining", "x-quota-remaining")
RESET = ("x-ratelimit-reset", "ratelimit-reset", "x-quota-reset")
# A reset is given as seconds from now, or as an instant since 1970.
LONGEST_RESET = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the source called the answer that is kept."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The request for something newer only (RFC 9110, section 13.1)."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> "Mark":
        """What the headers of an answer call it, if that can be sent back."""
        names = (headers.get("etag", ""), headers.get("last-modified", ""))
        return cls(*(name if _can_be_sent(name) else "" for name in names))


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many requests are left, and until when where that is told."""

    left: int
    resets_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole document, or that there is none newer than the one that was named."""

    body: bytes
    is_unchanged: bool = False
    mark: Mark = NO_MARK
    quota: Quota | None = None


class Members(dict[str, Any]):
    """A JSON object; ``all`` has each member, also one whose name comes twice."""

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self.all = list(pairs)
        super().__init__(self.all)

    def below(self, name: str) -> "Members":
        """The object under a name.

        Raises:
            WrongShape: there is none.
        """
        return _object(self.get(name))


def read_object(body: bytes) -> Members:
    """A JSON object with its numbers as decimals.

    Raises:
        WrongShape: it is something else.
    """
    return _object(_read_json(body))


def read_objects(body: bytes) -> list[Members]:
    """A JSON array of objects.

    Raises:
        WrongShape: it is something else.
    """
    found = _read_json(body)
    if not isinstance(found, list):
        raise WrongShape
    return [_object(one) for one in found]


def _read_json(body: bytes) -> object:
    try:
        found: object = json.loads(
            body,
            object_pairs_hook=Members,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=Decimal,
        )
    except (ValueError, ArithmeticError, RecursionError):
        raise WrongShape from None
    return found


def _object(value: object) -> Members:
    if not isinstance(value, Members):
        raise WrongShape
    return value


def number_of(value: object) -> Decimal:
    """What is written as a number or as its text; not a number where it is neither."""
    if isinstance(value, str | Decimal):
        try:
            return Decimal(value)
        except ArithmeticError:
            return Decimal("NaN")
    return Decimal("NaN")


def instant_of(value: object) -> datetime:
    """An instant as ISO 8601 writes it; without a zone, in UTC.

    Raises:
        WrongShape: it is none.
    """
    if not isinstance(value, str):
        raise WrongShape
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongShape from None


def unpack(body: bytes, encoding: str, most: int) -> bytes:
    """The document itself.

    Raises:
        AnswerTooLarge: it has more than ``most`` bytes.
        WrongShape: it is packed in a way that was not asked for, or damaged.
    """
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise WrongShape
    packed = zlib.decompressobj(GZIP)
    try:
        whole = packed.decompress(body, most)
    except zlib.error:
        raise WrongShape from None
    if packed.unconsumed_tail:
        raise AnswerTooLarge
    return whole


def read_quota(headers: Mapping[str, str]) -> Quota | None:
    """What the answer says of requests that are left; None where it says nothing."""
    left = next((headers[name] for name in REMAINING if name in headers), "")
    reset = next((headers[name] for name in RESET if name in headers), "")
    if not _is_count(left):
        return None
    return Quota(int(left), _reset_at(int(reset)) if _is_count(reset) else None)


def read_retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """How long to wait before the next request (RFC 9110, section 10.2.3)."""
    value = headers.get("retry-after", "")
    if _is_count(value):
        return min(timedelta(seconds=int(value)), LONGEST_RESET)
    try:
        wait = parsedate_to_datetime(value) - database.current().clock()
    except (TypeError, ValueError, OverflowError):
        return None
    return max(wait, timedelta(0))


def _can_be_sent(name: str) -> bool:
    return len(name) <= MAX_NAME and name.isascii() and name.isprintable()


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(2**31))


def _reset_at(number: int) -> datetime:
    now = database.current().clock()
    span = timedelta(seconds=number)
    return now + span if span <= LONGEST_RESET else datetime.fromtimestamp(number, UTC)
