"""A period is filled by a job, can be stopped, and goes on where it was."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleVersion,
)
from fintrack.core.rate_runs import Observation, Source
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
from fintrack.services.rates.jumps import (
    JumpView,
    Seen,
    accept_jump,
    list_jumps,
    refuse_jump,
)
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider
from tests.services.rates.test_keeping import keep

API, _, COINS, _ = FORMATS
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 4)
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
FEED = Source.CURRENCY_API


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


@pytest.fixture
async def there() -> AsyncIterator[Provider]:
    async with provider() as found:
        feeds = (API.feed(found.url), COINS.feed(found.url))
        fetching.install(Fetching(feeds, CALM))
        found.say(*(_says("EUR", "0.5", day) for day in range(4)))
        yield found
        fetching.install(Fetching())


def _says(code: str, rate: str, day: int) -> Reply:
    """What the source answers for one of the days from the first on."""
    return Reply(API.write([(code, rate)], BEGIN + timedelta(days=day)))


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
    assert (fill.rates, fill.held, fill.empty_days) == (4, 0, 0)
    assert fill.finished_at is not None
    assert await fill_rates() == 0
    assert len(await admin.rows("SELECT 1 FROM rate_run")) == 1


async def test_gap_is_passed_over(admin: Books, there: Provider) -> None:
    there.say(Reply(status=404))
    await _ask(admin)
    assert await fill_rates() == 4
    fill = await _fill(admin)
    assert (fill.error, fill.rates, fill.empty_days) == ("", 0, 4)


async def test_fault_ends_it_and_asked_again_it_goes_on(
    admin: Books, there: Provider
) -> None:
    there.say(there.replies[0], Reply(status=403))
    await _ask(admin)
    assert await fill_rates() == 1
    fill = await _fill(admin)
    assert (fill.done, fill.rates, fill.error) == (1, 1, "bad-status 403")
    assert fill.finished_at is not None
    there.say(Reply(status=404))
    await _ask(admin)
    assert (await _fill(admin)).done == 1
    assert await fill_rates() == 3
    fill = await _fill(admin)
    assert (fill.rates, fill.empty_days) == (1, 3)
    await _ask(admin)
    fill = await _fill(admin)
    assert (fill.done, fill.rates, fill.empty_days) == (0, 0, 0)


async def test_run_ends_in_time_and_the_next_goes_on(
    admin: Books, there: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _ask(admin)
    monkeypatch.setattr(filling, "LONGEST_RUN", timedelta(0))
    assert await fill_rates() == 0
    monkeypatch.setattr(filling, "LONGEST_RUN", timedelta(minutes=1))
    keep = filling.keep_observations

    async def slow(*given: object, asked_again: bool) -> object:
        clock.advance(seconds=40)
        return await keep(*given, asked_again=asked_again)  # type: ignore[arg-type]  # passed on

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


async def _filled(admin: Books, there: Provider, *rates: str) -> FillView:
    there.say(*(_says("TRY", rate, day) for day, rate in enumerate(rates)))
    await _ask(admin, FIRST, FIRST + timedelta(days=len(rates) - 1))
    await fill_rates()
    return await _fill(admin)


async def _known(admin: Books) -> list[Decimal]:
    rows = await admin.rows(
        "SELECT per_usd FROM rate_run WHERE code = 'TRY' ORDER BY valid_from"
    )
    return [row.per_usd for row in rows]


async def _jump(admin: Books) -> JumpView:
    (found,) = await ask(admin.actor, list_jumps)
    return found


def _seen(jump: JumpView) -> Seen:
    return Seen(jump.observations, jump.seen_at)


async def test_past_days_a_thousand_times_too_high_are_held(
    admin: Books, there: Provider, clock: Clock
) -> None:
    """Nothing is known before them, but what their source says today."""
    await keep([Observation("TRY", Decimal(40), clock())])
    fill = await _filled(admin, there, "39000", "39100")
    assert (fill.rates, fill.held, fill.empty_days) == (2, 2, 0)
    assert await _known(admin) == [Decimal(40)]
    fill = await _filled(admin, there, "39", "39.1")
    assert (fill.rates, fill.held) == (2, 0)
    assert await _known(admin) == [Decimal(39), Decimal("39.1"), Decimal(40)]


async def test_past_day_that_was_believed_is_put_right_by_an_admin(
    admin: Books, there: Provider
) -> None:
    """Where nothing else was known the first is believed, however wrong it is."""
    await _filled(admin, there, "39000", "39000", "39000")
    fill = await _filled(admin, there, "39000", "39", "39000.0000001")
    assert (fill.rates, fill.held) == (3, 1)
    jump = await _jump(admin)
    assert (jump.before, jump.per_usd) == (Decimal(39000), Decimal(39))
    assert await _known(admin) == [Decimal(39000)]
    await perform(admin.actor, accept_jump, "TRY", FEED, _seen(jump))
    assert await _known(admin) == [Decimal(39000), Decimal(39), Decimal(39000)]
    (row,) = await admin.rows("SELECT * FROM rate_held")
    assert (row.in_force_per_usd, row.per_usd) == (Decimal(39000), Decimal(39))
    assert (row.decision, row.decided_by) == ("accepted", admin.actor.person_id)
    assert (await _filled(admin, there, "39000", "39", "39000")).held == 0


async def test_correction_that_was_refused_is_asked_about_again_by_a_fill(
    admin: Books, there: Provider
) -> None:
    await _filled(admin, there, "39000")
    await _filled(admin, there, "39")
    await perform(admin.actor, refuse_jump, "TRY", FEED, _seen(await _jump(admin)))
    assert (await _filled(admin, there, "39")).held == 1
    await perform(admin.actor, accept_jump, "TRY", FEED, _seen(await _jump(admin)))
    assert await _known(admin) == [Decimal(39)]


async def test_of_two_corrections_the_last_one_counts(
    admin: Books, there: Provider, clock: Clock
) -> None:
    await _filled(admin, there, "39000")
    await _filled(admin, there, "38")
    seen = _seen(await _jump(admin))
    clock.advance(seconds=1)
    await _filled(admin, there, "39")
    with pytest.raises(StaleVersion):
        await perform(admin.actor, accept_jump, "TRY", FEED, seen)
    jump = await _jump(admin)
    assert (jump.per_usd, jump.observations) == (Decimal(39), 2)
    await perform(admin.actor, accept_jump, "TRY", FEED, _seen(jump))
    assert await _known(admin) == [Decimal(39)]
