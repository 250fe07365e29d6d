"""Three providers on this machine, whose feeds are the ones that are fetched."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime

import pytest

from fintrack.core.rate_runs import Source
from fintrack.services.rates import fetching, source_rows
from fintrack.services.rates.fetching import Fetching
from fintrack.services.rates.source_rows import SourceRow
from tests.books import Books
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, Format, midnight
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider

API, _, COINS, BANK = FORMATS


class Providers(dict[str, Provider]):
    """Those of the feeds that are installed, by their names."""

    def all_say(self, reply: Reply) -> None:
        for one in self.values():
            one.say(reply)


@pytest.fixture
async def there() -> AsyncIterator[Providers]:
    found = Providers()
    async with AsyncExitStack() as stack:
        for form in (API, COINS, BANK):
            found[form.name] = await stack.enter_async_context(provider())
        feeds = tuple(form.feed(found[form.name].url) for form in (API, COINS, BANK))
        fetching.install(Fetching(feeds, CALM))
        yield found
        fetching.install(Fetching())


def good(form: Format, at: datetime, rate: str = "0.5") -> Reply:
    return Reply(form.write([(form.codes[0], rate)], at))


def all_well(there: Providers, clock: Clock) -> None:
    for form in (API, COINS, BANK):
        there[form.name].say(good(form, midnight(clock(), -1)))


async def row_of(books: Books, source: Source) -> SourceRow:
    async with books.home.reading() as session:
        (row,) = await source_rows.read_sources(session, [source])
    return row


async def codes_of(books: Books) -> set[str]:
    return {row.code for row in await books.rows("SELECT code FROM rate_run")}
