"""How each source does, as admins see it, and asking one at once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import InvalidInput, NotAllowed
from fintrack.core.rate_faults import TimedOut
from fintrack.core.rate_runs import Source
from fintrack.jobs.schedule import build_timetable
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.jobs import timetable
from fintrack.services.rates import fetching, overseeing, source_rows
from fintrack.services.rates.fetching import (
    FETCH_WANTED,
    Fetching,
    fetch_rates,
    fetch_wanted,
)
from fintrack.services.rates.overseeing import (
    SourceStanding,
    SourceView,
    fetch_now,
    list_sources,
)
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, midnight
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider

API, _, COINS, _ = FORMATS
HOUR = timedelta(hours=1)


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider() as found:
        feeds = (API.feed(found.url), COINS.feed(found.url))
        fetching.install(Fetching(feeds, CALM))
        timetable.install(build_timetable("fetched", 60))
        yield found
        timetable.install(())
        fetching.install(Fetching())


async def _sources(admin: Books) -> tuple[SourceView, SourceView]:
    first, second = await ask(admin.actor, list_sources)
    return first, second


@pytest.mark.usefixtures("there")
async def test_source_that_was_never_asked_says_so(admin: Books, clock: Clock) -> None:
    api, coins = await _sources(admin)
    assert (api.row.source, api.standing) == (Source.CURRENCY_API, SourceStanding.NEVER)
    assert (api.has_history, coins.has_history) == (True, False)
    assert api.next_at == clock() + HOUR


async def test_standing_follows_what_happened(
    admin: Books, there: Provider, clock: Clock
) -> None:
    there.say(Reply(API.write([("EUR", "0.5")], midnight(clock()))))
    await fetch_rates()
    api, coins = await _sources(admin)
    assert (api.standing, coins.standing) == (
        SourceStanding.WELL,
        SourceStanding.FAILING,
    )
    assert coins.row.error == "wrong-shape"
    for _ in range(2):
        await fetch_rates()
    _, coins = await _sources(admin)
    assert coins.standing is SourceStanding.RESTING
    assert coins.rests_until is not None
    assert coins.next_at is not None
    assert coins.rests_until < coins.next_at <= coins.rests_until + HOUR


async def test_asking_now_ends_the_rest(
    admin: Books, there: Provider, clock: Clock
) -> None:
    async with admin.home.unit_of_work() as session:
        for _ in range(3):
            await source_rows.note_failure(
                session, Source.COIN_PAPRIKA, TimedOut(), clock()
            )
    await perform(admin.actor, fetch_now, Source.COIN_PAPRIKA)
    _, coins = await _sources(admin)
    assert (coins.standing, coins.rests_until) == (SourceStanding.FAILING, None)
    there.say(Reply(status=404))
    await fetch_wanted()
    await fetch_wanted()
    assert [one.path for one in there.asked] == ["/v1/tickers"]


async def test_source_that_was_never_asked_is_asked_alone(
    admin: Books, there: Provider, clock: Clock
) -> None:
    there.say(Reply(API.write([("EUR", "0.5")], midnight(clock()))))
    await perform(admin.actor, fetch_now, Source.CURRENCY_API)
    assert await fetch_wanted() == 1
    api, coins = await _sources(admin)
    assert (api.standing, coins.standing) == (SourceStanding.WELL, SourceStanding.NEVER)


async def test_leader_is_called_for_that_source_alone(
    admin: Books, there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    async def call(_: object, job: str) -> None:
        called.append(job)

    monkeypatch.setattr(overseeing, "call_leader", call)
    await perform(admin.actor, fetch_now, Source.CURRENCY_API)
    assert called == [FETCH_WANTED]
    assert timetable.find_job(FETCH_WANTED).run is fetch_wanted
    del there


async def test_asking_now_spends_what_is_left_of_a_quota(
    admin: Books, there: Provider, clock: Clock
) -> None:
    body = API.write([("EUR", "0.5")], midnight(clock()))
    there.say(Reply(body, headers={"X-RateLimit-Remaining": "1"}))
    await fetch_rates()
    api, _ = await _sources(admin)
    assert (api.standing, api.rests_until) == (
        SourceStanding.RESTING,
        clock() + 24 * HOUR,
    )
    await perform(admin.actor, fetch_now, Source.CURRENCY_API)
    api, _ = await _sources(admin)
    assert (api.standing, api.row.quota) == (SourceStanding.WELL, None)


@pytest.mark.usefixtures("there")
async def test_others_see_and_ask_nothing(admin: Books, books: Books) -> None:
    with pytest.raises(NotAllowed):
        await ask(books.actor, list_sources)
    with pytest.raises(NotAllowed):
        await perform(books.actor, fetch_now, Source.CURRENCY_API)
    with pytest.raises(InvalidInput):
        await perform(admin.actor, fetch_now, Source.EUROPE)
