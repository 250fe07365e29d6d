"""Answers: what they hold, what they are called, and when the next may be asked for."""

import gzip
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.rate_faults import AnswerTooLarge, WrongShape
from fintrack.services.rates.feeds.answers import (
    Mark,
    Quota,
    instant_of,
    number_of,
    read_object,
    read_objects,
    read_quota,
    read_retry_after,
    unpack,
)
from tests.conftest import Clock


def test_object_keeps_a_name_that_comes_twice() -> None:
    found = read_object(b'{"usd": {"eur": 1.10, "eur": 2}}').below("usd")
    assert found.all == [("eur", Decimal("1.10")), ("eur", Decimal(2))]


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"3", b"{" * 9, b"\xff"])
def test_what_is_no_object_is_named(body: bytes) -> None:
    with pytest.raises(WrongShape):
        read_object(body)


@pytest.mark.parametrize("body", [b"{}", b"[1]", b'["x"]'])
def test_what_is_no_list_of_objects_is_named(body: bytes) -> None:
    with pytest.raises(WrongShape):
        read_objects(body)


@pytest.mark.parametrize(
    ("value", "number"),
    [("0.92", "0.92"), (Decimal(3), "3"), ("N/A", "NaN"), (None, "NaN"), ([], "NaN")],
)
def test_number_is_read_or_is_none(value: object, number: str) -> None:
    assert str(number_of(value)) == number


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01 12:00:00+00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00+03:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),
    ],
)
def test_instants_of_providers(value: str, instant: datetime) -> None:
    assert instant_of(value) == instant


@pytest.mark.parametrize("value", ["yesterday", "", None, 3, "0001-01-01T00:00+03:00"])
def test_no_instant_is_named(value: object) -> None:
    with pytest.raises(WrongShape):
        instant_of(value)


def test_packed_bodies_are_bounded() -> None:
    packed = gzip.compress(b"x" * 100)
    assert unpack(packed, "gzip", 100) == b"x" * 100
    with pytest.raises(AnswerTooLarge):
        unpack(packed, "gzip", 99)
    for body, encoding in ((b"broken", "gzip"), (b"x", "br")):
        with pytest.raises(WrongShape):
            unpack(body, encoding, 100)


def test_mark_that_cannot_be_sent_names_nothing() -> None:
    assert Mark.of({"etag": "é", "last-modified": "a\x00b"}) == Mark()
    assert Mark.of({"etag": "x" * 201, "last-modified": "y"}) == Mark("", "y")
    assert Mark("e", "").headers == {"If-None-Match": "e"}


@pytest.mark.usefixtures("home")
def test_quota_counts_and_says_when_it_begins_anew(clock: Clock) -> None:
    hour = clock() + timedelta(hours=1)
    assert read_quota({}) is None
    assert read_quota({"x-ratelimit-remaining": "many"}) is None
    assert read_quota({"x-ratelimit-remaining": "5"}) == Quota(5)
    for reset in ("3600", str(int(hour.timestamp()))):
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
        assert read_quota(headers) == Quota(0, hour)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Wed, 18 Nov 2026 12:01:00 GMT", 60),
        ("Wed, 18 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after_is_a_number_or_a_time(value: str, seconds: int | None) -> None:
    wait = read_retry_after({"retry-after": value})
    assert wait == (None if seconds is None else timedelta(seconds=seconds))
