"""A period is filled by a job, can be stopped, and goes on where it was."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from fintrack.core.rate_runs import Source
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.rates import fetching, filling
from fintrack.services.rates.fetching import Fetching
from fintrack.services.rates.filling import (
    FillView,
    ask_fill,
    fill_rates,
    list_fills,
    stop_fill,
)
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, midnight
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider

API, _, COINS, _ = FORMATS
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 4)
FEED = Source.CURRENCY_API


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


@pytest.fixture
async def there(clock: Clock) -> AsyncIterator[Provider]:
    async with provider() as found:
        feeds = (API.feed(found.url), COINS.feed(found.url))
        fetching.install(Fetching(feeds, CALM))
        found.say(Reply(API.write([("EUR", "0.5")], midnight(clock(), -200))))
        yield found
        fetching.install(Fetching())


async def _ask(admin: Books, first: date = FIRST, last: date = LAST) -> None:
    await perform(admin.actor, ask_fill, FEED, first, last)


async def _fill(admin: Books) -> FillView:
    (found,) = await ask(admin.actor, list_fills)
    return found


async def test_each_day_is_asked_for_once(admin: Books, there: Provider) -> None:
    await _ask(admin)
    fill = await _fill(admin)
    assert (fill.done, fill.days, fill.finished_at) == (0, 4, None)
    assert await fill_rates() == 4
    assert [one.path for one in there.asked] == [
        f"/usd@2026-03-0{day}.json" for day in (1, 2, 3, 4)
    ]
    fill = await _fill(admin)
    assert (fill.done, fill.days, fill.error) == (4, 4, "")
    assert fill.finished_at is not None
    assert await fill_rates() == 0
    assert len(await admin.rows("SELECT 1 FROM rate_run")) == 1


async def test_gap_is_passed_over(admin: Books, there: Provider) -> None:
    there.say(Reply(status=404))
    await _ask(admin)
    assert await fill_rates() == 4
    assert (await _fill(admin)).error == ""


async def test_fault_ends_it_and_asked_again_it_goes_on(
    admin: Books, there: Provider
) -> None:
    there.say(there.replies[0], Reply(status=403))
    await _ask(admin)
    assert await fill_rates() == 1
    fill = await _fill(admin)
    assert (fill.done, fill.error) == (1, "bad-status 403")
    assert fill.finished_at is not None
    there.say(Reply(status=404))
    await _ask(admin)
    assert (await _fill(admin)).done == 1
    assert await fill_rates() == 3
    await _ask(admin)
    assert (await _fill(admin)).done == 0


async def test_run_ends_in_time_and_the_next_goes_on(
    admin: Books, there: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ask(admin)
    monkeypatch.setattr(filling, "LONGEST_RUN", timedelta(0))
    assert await fill_rates() == 0
    monkeypatch.setattr(filling, "LONGEST_RUN", timedelta(minutes=1))
    keep = filling.keep_observations

    async def slow(*given: object) -> object:
        clock.advance(seconds=40)
        return await keep(*given)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(filling, "keep_observations", slow)
    assert await fill_rates() == 2
    assert (await _fill(admin)).done == 2
    assert await fill_rates() == 2
    assert len(there.asked) == 4


async def test_second_period_waits_until_the_first_is_over_or_stopped(
    admin: Books, there: Provider
) -> None:
    await _ask(admin)
    with pytest.raises(Conflict):
        await _ask(admin, FIRST, FIRST)
    await perform(admin.actor, stop_fill, FEED)
    assert (await _fill(admin)).error == "stopped"
    assert await fill_rates() == 0
    assert there.asked == []
    with pytest.raises(NotFound):
        await perform(admin.actor, stop_fill, FEED)
    await _ask(admin, FIRST, FIRST)
    assert await fill_rates() == 1


async def test_fill_that_is_stopped_meanwhile_moves_no_further(
    admin: Books, there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ask(admin)
    read = fetching.read_past

    async def stopping(*given: object) -> object:
        found = await read(*given)  # type: ignore[arg-type]  # passed on
        await perform(admin.actor, stop_fill, FEED)
        return found

    monkeypatch.setattr(fetching, "read_past", stopping)
    await fill_rates()
    assert len(there.asked) == 1
    fill = await _fill(admin)
    assert (fill.done, fill.error) == (0, "stopped")


@pytest.mark.usefixtures("there")
async def test_days_that_cannot_be_filled_are_named(admin: Books, clock: Clock) -> None:
    today = clock().date()
    for first, last, word in (
        (LAST, FIRST, "before the first"),
        (today, today + timedelta(days=1), "to come"),
        (today - timedelta(days=366), today, "366"),
        (date(1998, 12, 31), date(1999, 1, 2), "1999"),
    ):
        with pytest.raises(InvalidInput, match=word):
            await _ask(admin, first, last)
    await _ask(admin, today - timedelta(days=365), today)


@pytest.mark.usefixtures("there")
async def test_source_without_a_past_and_people_who_may_not(
    admin: Books, books: Books
) -> None:
    for source, word in (
        (Source.COIN_PAPRIKA, "past"),
        (Source.EUROPE, "not fetched"),
    ):
        with pytest.raises(InvalidInput, match=word):
            await perform(admin.actor, ask_fill, source, FIRST, LAST)
    with pytest.raises(NotAllowed):
        await _ask(books)
    with pytest.raises(NotAllowed):
        await ask(books.actor, list_fills)
