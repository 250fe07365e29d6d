"""The central bank: euros turned into dollars, from XML and from its table."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.period import Period
from fintrack.core.rate_faults import AnswerTooLarge, WrongShape
from fintrack.services.rates.bundled import HISTORY
from fintrack.services.rates.feeds import central_bank
from fintrack.services.rates.feeds.central_bank import (
    CentralBank,
    read_days,
    read_table,
)
from fintrack.services.rates.feeds.client import open_client
from tests.conftest import Clock
from tests.services.rates.feeds.provider import CALM, Reply, provider

DAYS = (
    b"<E xmlns:g='x'><Cube><Cube time='2026-03-06'><Cube currency='USD' rate='1.25'/>"
    b"<Cube currency='JPY' rate='150'/></Cube><Cube time='2026-03-05'>"
    b"<Cube currency='USD' rate='1.0'/></Cube></Cube></E>"
)


def _table(text: str, names: tuple[str, ...] = ("eurofxref-hist.csv",)) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, text)
    return packed.getvalue()


def test_history_is_that_of_the_central_bank() -> None:
    """1999-01-04: 1 EUR was 1.1789 USD, 133.73 JPY."""
    seen = list(read_table(HISTORY.read_bytes()))
    first = datetime(1999, 1, 4, 15, tzinfo=UTC)
    told = {one.code: one.per_usd for one in seen if one.at == first}
    assert told["EUR"] * Decimal("1.1789") - 1 < Decimal("1e-11")
    assert abs(told["JPY"] / told["EUR"] - Decimal("133.73")) < Decimal("1e-9")
    assert len({one.code for one in seen}) == 41
    assert len({one.at for one in seen}) > 7000


def test_dollar_tells_what_a_euro_is_worth() -> None:
    eur, jpy, before = read_days(DAYS)
    assert (eur.code, eur.per_usd) == ("EUR", Decimal("0.8"))
    assert (jpy.code, jpy.per_usd) == ("JPY", Decimal(120))
    assert jpy.at == datetime(2026, 3, 6, 15, tzinfo=UTC)
    assert before.at.date() == date(2026, 3, 5)


@pytest.mark.parametrize(
    "body",
    [
        DAYS.replace(b"USD", b"CHF"),
        DAYS.replace(b"1.25", b"-1"),
        DAYS.replace(b"2026-03-06", b"Friday"),
        DAYS[:-9],
        b"<E/>",
        b"<!DOCTYPE E [<!ENTITY a 'b'>]>" + DAYS,
    ],
    ids=["no dollar", "bad dollar", "no day", "cut off", "empty", "document type"],
)
def test_other_files_are_named(body: bytes) -> None:
    with pytest.raises(WrongShape):
        read_days(body)


def test_table_leaves_out_what_had_no_rate() -> None:
    body = _table("Date,USD,JPY,CYP,\n2026-03-06,1.25,150,N/A,\n")
    assert [one.code for one in read_table(body)] == ["EUR", "JPY"]


@pytest.mark.parametrize(
    "body",
    [
        b"no archive",
        _table("Date,USD\nFriday,1\n"),
        _table("Day,USD\n2026-03-06,1\n"),
        _table("x", ("a.csv", "b.csv")),
        _table("Date,USD\n2026-03-06,1\n")[:-30],
    ],
)
def test_other_tables_are_named(body: bytes) -> None:
    with pytest.raises(WrongShape):
        list(read_table(body))


def test_table_that_unpacks_to_too_much_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(central_bank, "MOST_BYTES", 10)
    with pytest.raises(AnswerTooLarge):
        list(read_table(_table("Date,USD\n2026-03-06,1\n")))


@pytest.mark.usefixtures("home")
async def test_recent_days_come_from_the_short_file_and_older_from_the_table(
    clock: Clock,
) -> None:
    async with provider() as there, open_client(CALM) as client:
        feed = CentralBank(f"{there.url}/eurofxref/")
        there.say(Reply(DAYS))
        now = datetime(2026, 3, 10, tzinfo=UTC)
        period = Period(date(2026, 3, 6), date(2026, 3, 9))
        recent = await feed.history(client, period, now)
        assert {one.at.date() for one in recent.observations} == {date(2026, 3, 6)}
        assert there.asked[0].path == "/eurofxref/eurofxref-hist-90d.xml"
        there.say(Reply(_table("Date,USD\n2026-03-06,1.25\n2026-03-05,1.2\n")))
        older = await feed.history(client, period, now + timedelta(days=200))
        assert [one.per_usd for one in older.observations] == [Decimal("0.8")]
        assert there.asked[0].path == "/eurofxref/eurofxref-hist.zip"
    del clock
