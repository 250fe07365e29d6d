"""The reference rates of the European Central Bank: some 30 currencies each workday.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates: the newest day and the last
90 days as XML, all days since 1999 as a table in a ZIP. They say what a euro buys; the
US dollar among them tells what a euro is worth.
"""

import asyncio
import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from fintrack.core.errors import InvalidInput
from fintrack.core.period import Period
from fintrack.core.rate_faults import AnswerTooLarge, WrongShape
from fintrack.core.rate_runs import HUB, Observation, Source, cross, is_rate
from fintrack.core.statements.xml_stream import BrokenXml, Element, read_elements
from fintrack.services.rates.feeds.answers import NO_MARK, Mark, number_of
from fintrack.services.rates.feeds.client import RateClient
from fintrack.services.rates.feeds.feed import Fetched

NEWEST, RECENT, ALL = (
    "eurofxref-daily.xml",
    "eurofxref-hist-90d.xml",
    "eurofxref-hist.zip",
)
# The file of 90 days has those of the last 90 but for one or two.
RECENT_DAYS = timedelta(days=85)
# It is published about 16:00 in Frankfurt; the day in UTC is the same in any season.
PUBLISHED = time(15, tzinfo=UTC)
# The table has this where a currency had no rate on a day.
NO_RATE = ("", "N/A")
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError),
    *(csv.Error, ValueError, KeyError),
)
MOST_BYTES = 64 * 1024 * 1024
EURO = "EUR"


@dataclass(frozen=True, slots=True)
class CentralBank:
    """The feed; ``url`` is the address of the folder with its files."""

    url: str
    source: Source = Source.EUROPE
    history_days: int = 366

    async def latest(self, client: RateClient, mark: Mark) -> Fetched:
        """The newest workday."""
        answer = await client.get(self._place(NEWEST), mark)
        return Fetched.of(answer, await asyncio.to_thread(read_days, answer.body))

    async def history(
        self, client: RateClient, period: Period, now: datetime
    ) -> Fetched:
        """The workdays of a period."""
        is_recent = period.start >= (now - RECENT_DAYS).date()
        name, read = (RECENT, read_days) if is_recent else (ALL, read_table)
        answer = await client.get(self._place(name), NO_MARK)
        seen = await asyncio.to_thread(lambda: [*read(answer.body)])
        wanted = [one for one in seen if period.start <= one.at.date() < period.end]
        return Fetched.of(answer, wanted)

    def _place(self, name: str) -> str:
        return f"{self.url.rstrip('/')}/{name}"


def read_days(body: bytes) -> list[Observation]:
    """The days of a file of XML: ``<Cube time=…><Cube currency=… rate=…/></Cube>``.

    Raises:
        WrongShape: it is no such file; a document type is not read either.
    """
    if not body:
        return []
    try:
        cubes = list(read_elements(lambda: io.BytesIO(body), frozenset({"Cube"})))
    except (BrokenXml, InvalidInput):
        raise WrongShape from None
    days = [day for cube in cubes for day in _days(cube)]
    if not days:
        raise WrongShape
    return [seen for day in days for seen in _of_day(day)]


def read_table(body: bytes) -> Iterator[Observation]:
    """All days since 1999, one row each; the currencies are the columns.

    Raises:
        WrongShape: it is no such table.
        AnswerTooLarge: unpacked it is larger than any.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            (info,) = packed.infolist()
            if info.file_size > MOST_BYTES:
                raise AnswerTooLarge
            lines = io.StringIO(packed.read(info).decode("ascii"))
        for row in csv.DictReader(lines):
            on = date.fromisoformat(row.pop("Date"))
            told = [
                (code, number_of(value))
                for code, value in row.items()
                if code and code.strip() and value and value.strip() not in NO_RATE
            ]
            yield from _to_dollars(on, told)
    except BROKEN:
        raise WrongShape from None


def _days(cube: Element) -> Iterator[Element]:
    """The outermost element holds the days, or is one; the parser keeps outer ones."""
    if "time" in cube.attributes:
        yield cube
    else:
        yield from (day for day in cube.all("Cube") if "time" in day.attributes)


def _of_day(day: Element) -> Iterator[Observation]:
    try:
        on = date.fromisoformat(day.attributes["time"])
    except ValueError:
        raise WrongShape from None
    told = [
        (one.attributes.get("currency", ""), number_of(one.attributes.get("rate")))
        for one in day.all("Cube")
    ]
    yield from _to_dollars(on, told)


def _to_dollars(
    on: date, per_euro: Iterable[tuple[str, Decimal]]
) -> Iterator[Observation]:
    """What a US dollar buys, from what a euro does."""
    at, told = datetime.combine(on, PUBLISHED), list(per_euro)
    dollars = dict(told).get(HUB)
    if dollars is None or not is_rate(dollars):
        raise WrongShape
    yield Observation(EURO, cross(Decimal(1), dollars), at)
    for code, value in told:
        if code != HUB:
            per_usd = cross(value, dollars) if is_rate(value) else value
            yield Observation(code, per_usd, at)
