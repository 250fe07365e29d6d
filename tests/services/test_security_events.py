"""Security events are kept, also when what was refused left nothing."""

import asyncio
from dataclasses import replace

import pytest

from fintrack.core.actor import Where
from fintrack.core.errors import NotAllowed, NotFound
from fintrack.services import security_events
from fintrack.services.commands import ask, perform
from fintrack.services.jobs.asking import list_jobs
from fintrack.services.ledger.accounts import (
    AccountMark,
    close_account,
    list_accounts,
    open_account,
    reopen_account,
)
from fintrack.services.tries import sweep_counters
from tests.books import START, Books, make_person
from tests.conftest import Clock
from tests.services.test_commands import CASH

REFUSED = "SELECT ledger_id, detail FROM security_event ORDER BY id"


async def test_refusal_is_kept_with_who_what_and_why(books: Books) -> None:
    actor = replace(books.actor, where=Where("203.0.113.7", "Firefox " * 100))
    await security_events.note_refusal(actor, "account.open", NotAllowed())
    (event,) = await books.rows("SELECT * FROM security_event")
    assert (event.kind, event.person_id, event.ledger_id) == (
        "refused",
        books.actor.person_id,
        books.actor.ledger_id,
    )
    device = event.detail.pop("device")
    assert event.detail == {"command": "account.open", "code": "not-allowed"}
    assert (event.address, device) == ("203.0.113.7", ("Firefox " * 25))
    assert event.at == books.home.clock()
    assert event.shipped_at is None


async def test_event_belongs_to_the_unit_of_work_it_is_added_to(books: Books) -> None:
    with pytest.raises(RuntimeError):
        async with books.home.unit_of_work() as session:
            await security_events.add_event(
                session,
                "sign-in",
                books.home.clock(),
                books.actor,
                address="192.0.2.1",
                detail={},
            )
            raise RuntimeError
    assert not await books.rows("SELECT FROM security_event")


async def test_event_comes_from_where_its_actor_is(books: Books) -> None:
    actor = replace(books.actor, where=Where("203.0.113.7"))
    async with books.home.unit_of_work() as session:
        await security_events.add_event(session, "x", books.home.clock(), actor)
    (event,) = await books.rows("SELECT address FROM security_event")
    assert event.address == "203.0.113.7"


async def test_question_that_the_gate_refuses_leaves_a_mark(
    books: Books, stranger: Books
) -> None:
    actor = replace(stranger.actor, where=Where("203.0.113.7", "Firefox"))
    elsewhere = replace(actor, ledger_id=books.actor.ledger_id)
    with pytest.raises(NotFound):
        await ask(elsewhere, list_accounts)
    with pytest.raises(NotAllowed):
        await ask(actor, list_jobs)
    found = await books.rows(
        "SELECT person_id, address, detail FROM security_event ORDER BY id"
    )
    assert [row.person_id for row in found] == [stranger.actor.person_id] * 2
    assert [row.detail for row in found] == [
        {"command": "account.list", "code": "not-found", "device": "Firefox"},
        {"command": "job.list", "code": "not-allowed", "device": "Firefox"},
    ]
    assert {row.address for row in found} == {"203.0.113.7"}


async def refused(books: Books) -> list[tuple[int | None, str, str]]:
    """Ledger, command and how many each row stands for."""
    return [
        (row.ledger_id, row.detail["command"], row.detail.get("times", ""))
        for row in await books.rows(REFUSED)
    ]


async def test_stranger_who_is_refused_on_and_on_leaves_a_row_an_hour(
    books: Books, stranger: Books, clock: Clock
) -> None:
    here = books.actor.ledger_id
    forged = replace(stranger.actor, ledger_id=here)
    for _ in range(30):
        with pytest.raises(NotFound):
            await ask(forged, list_accounts)
        with pytest.raises(NotFound):
            await perform(forged, open_account, CASH)
        clock.advance(minutes=1)
    assert await refused(books) == [(here, "account.list", "")]
    clock.advance(minutes=30)
    with pytest.raises(NotFound):
        await perform(forged, open_account, CASH)
    assert (await refused(books))[1:] == [(here, "account.open", "60")]


async def test_refusals_of_the_last_hour_are_told_by_the_next_however_late(
    books: Books, stranger: Books, clock: Clock
) -> None:
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    for _ in range(50):
        with pytest.raises(NotFound):
            await ask(forged, list_accounts)
    for _ in range(30):
        clock.advance(hours=1)
        await sweep_counters()
    with pytest.raises(NotFound):
        await ask(forged, list_accounts)
    assert [times for *_, times in await refused(books)] == ["", "50"]
    clock.advance(hours=30)
    assert await sweep_counters() == 1


async def test_refusals_at_once_are_told_once(books: Books, stranger: Books) -> None:
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    many = (ask(forged, list_accounts) for _ in range(5))
    await asyncio.gather(*many, return_exceptions=True)
    assert len(await refused(books)) == 1


async def test_each_owner_sees_who_was_refused_and_what_is_not_there_is_one(
    books: Books, stranger: Books
) -> None:
    eve = await make_person(books.home, "eve@example.org")
    theirs = [one.actor.ledger_id or 0 for one in (books, stranger)]
    for ledger_id in (*theirs, *range(99, 130)):
        with pytest.raises(NotFound):
            await ask(replace(eve.actor, ledger_id=ledger_id), list_accounts)
    assert [ledger_id for ledger_id, *_ in await refused(books)] == [*theirs, 99]


async def test_in_ones_own_books_each_command_that_is_refused_is_told(
    books: Books, clock: Clock
) -> None:
    mark = AccountMark(99, 1)
    for _ in range(3):
        with pytest.raises(NotFound):
            await perform(books.actor, reopen_account, mark)
        with pytest.raises(NotFound):
            await perform(books.actor, close_account, mark, START)
    own = books.actor.ledger_id
    told = [(own, "account.reopen", ""), (own, "account.close", "")]
    assert await refused(books) == told
    clock.advance(hours=1)
    with pytest.raises(NotFound):
        await perform(books.actor, close_account, mark, START)
    assert await refused(books) == [*told, (own, "account.close", "3")]
