"""A jump waits for an admin, who takes it for right or for wrong."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import NotAllowed, NotFound, StaleVersion
from fintrack.core.rate_runs import Observation, Source
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.rates.jumps import (
    Seen,
    accept_jump,
    list_jumps,
    refuse_jump,
)
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.rates.test_keeping import keep

HOUR = timedelta(hours=1)
FEED = Source.CURRENCY_API
NOTHING = Seen(1, datetime(2026, 11, 18, tzinfo=UTC))


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


async def _say(clock: Clock, rate: str, hours: int, source: Source = FEED) -> int:
    at = clock() - hours * HOUR
    return (await keep([Observation("TRY", Decimal(rate), at)], source)).held


async def _seen(books: Books) -> Seen:
    jumps = await ask(books.actor, list_jumps)
    (jump,) = (one for one in jumps if one.source is FEED)
    return Seen(jump.observations, jump.seen_at)


async def _in_force(books: Books) -> list[Decimal]:
    rows = await books.rows("SELECT per_usd FROM rate_run ORDER BY valid_from")
    return [row.per_usd for row in rows]


async def test_accepted_jump_is_in_force_and_what_follows_flows(
    admin: Books, clock: Clock
) -> None:
    await _say(clock, "40", 5)
    assert [await _say(clock, rate, 9 - n) for n, rate in enumerate(["400", "410"], 5)]
    (jump,) = await ask(admin.actor, list_jumps)
    assert (jump.code, jump.source, jump.before) == ("TRY", FEED, Decimal(40))
    assert (jump.per_usd, jump.observations) == (Decimal(410), 2)
    assert (jump.since, jump.seen_at) == (clock() - 4 * HOUR, clock() - 3 * HOUR)
    done = await perform(admin.actor, accept_jump, "TRY", FEED, await _seen(admin))
    assert done.value == 2
    assert await _in_force(admin) == [Decimal(40), Decimal(400), Decimal(410)]
    assert await _say(clock, "420", 1) == 0
    assert await ask(admin.actor, list_jumps) == []
    rows = await admin.rows(
        "SELECT DISTINCT decision, decided_by, decided_at FROM rate_held"
    )
    assert [tuple(row) for row in rows] == [
        ("accepted", admin.actor.person_id, clock())
    ]


async def test_refused_jump_stays_out_and_stays_marked(
    admin: Books, clock: Clock
) -> None:
    await _say(clock, "40", 5)
    await _say(clock, "400", 4)
    await perform(admin.actor, refuse_jump, "TRY", FEED, await _seen(admin))
    assert await _say(clock, "400", 4) == 0
    assert await _in_force(admin) == [Decimal(40)]
    assert await ask(admin.actor, list_jumps) == []
    (row,) = await admin.rows("SELECT decision FROM rate_held")
    assert row.decision == "refused"
    assert await _say(clock, "400", 3) == 1


async def test_acceptance_comes_late_and_is_merged_where_it_belongs(
    admin: Books, clock: Clock
) -> None:
    await _say(clock, "40", 5)
    await _say(clock, "400", 4)
    await _say(clock, "40", 3)
    await perform(admin.actor, accept_jump, "TRY", FEED, await _seen(admin))
    assert await _in_force(admin) == [Decimal(40), Decimal(400), Decimal(40)]


async def test_what_is_in_force_now_is_told_apart_from_what_it_jumped_from(
    admin: Books, clock: Clock
) -> None:
    await _say(clock, "40", 5)
    await _say(clock, "400", 4)
    await _say(clock, "41", 3)
    await _say(clock, "42", 2, Source.EUROPE)
    (jump,) = await ask(admin.actor, list_jumps)
    assert (jump.before, jump.in_force) == (Decimal(40), Decimal(42))


async def test_what_another_source_said_waits_by_itself(
    admin: Books, clock: Clock
) -> None:
    await _say(clock, "40", 5)
    await _say(clock, "400", 4)
    await _say(clock, "0.4", 4, Source.EUROPE)
    await perform(admin.actor, refuse_jump, "TRY", FEED, await _seen(admin))
    assert [jump.source for jump in await ask(admin.actor, list_jumps)] == [
        Source.EUROPE
    ]


@pytest.mark.parametrize("verb", [accept_jump, refuse_jump])
@pytest.mark.parametrize("hours", [2, 4])
async def test_what_came_since_the_look_is_not_decided_with_the_rest(
    admin: Books, clock: Clock, verb: object, hours: int
) -> None:
    """It may be newer than what was seen, or come late."""
    await _say(clock, "40", 5)
    await _say(clock, "400", 3)
    seen = await _seen(admin)
    await _say(clock, "4000", hours)
    with pytest.raises(StaleVersion):
        await perform(admin.actor, verb, "TRY", FEED, seen)  # type: ignore[arg-type]  # either verb
    assert await _in_force(admin) == [Decimal(40)]
    (jump,) = await ask(admin.actor, list_jumps)
    assert jump.observations == 2
    await perform(admin.actor, verb, "TRY", FEED, await _seen(admin))  # type: ignore[arg-type]  # either verb
    assert await ask(admin.actor, list_jumps) == []


@pytest.mark.parametrize("verb", [accept_jump, refuse_jump])
async def test_nothing_waits_and_others_decide_nothing(
    admin: Books, verb: object, books: Books
) -> None:
    with pytest.raises(NotFound):
        await perform(admin.actor, verb, "TRY", FEED, NOTHING)  # type: ignore[arg-type]  # either verb
    with pytest.raises(NotAllowed):
        await perform(books.actor, verb, "TRY", FEED, NOTHING)  # type: ignore[arg-type]  # either verb
