"""What a batch holds, and whose key seals it."""

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.services import change_sets
from fintrack.services.commands import ask, perform
from fintrack.services.people import configure, find_settings
from fintrack.services.security_events import add_event
from fintrack.services.trail.gathering import gather
from fintrack.services.trail.sealing import read_head
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log


async def _owners(books: Books, what: str) -> list[tuple[str, int]]:
    """Whose keys sealed the parts of the last shipment of a kind."""
    async with books.home.unit_of_work() as session:
        batch = await gather(session, books.home)
    heads = [read_head(one.payload) for one in batch]
    head = next(head for head in reversed(heads) if head["what"] == what)
    found = []
    for key_id, _ in head["parts"]:
        query = "SELECT owner, owner_id FROM trail_key WHERE id = :id"
        (key,) = await books.rows(query, id=key_id)
        found.append((key.owner, key.owner_id))
    return sorted(found)


async def test_books_are_sealed_for_the_ledger(books: Books) -> None:
    account = await books.open("Cash", "5 EUR")
    await books.spend(
        account.id, await books.category("Food"), "1 EUR", date(2026, 3, 5)
    )
    own = ("ledger", books.actor.ledger_id)
    assert await _owners(books, "transaction.record") == [own]
    assert await _owners(books, "account.open") == [own]


async def test_person_is_sealed_for_the_person_whoever_acts(books: Books) -> None:
    """The fixture's person was made by the system, together with a ledger."""
    ledger, person = books.actor.ledger_id, books.actor.person_id
    assert await _owners(books, "test.person") == [
        ("ledger", ledger),
        ("person", person),
    ]


async def test_event_is_sealed_for_its_person_or_the_house(
    books: Books, clock: Clock
) -> None:
    async with books.home.unit_of_work() as session:
        for kind, actor in (("a", books.actor), ("b", SYSTEM)):
            await add_event(session, kind, clock(), actor, detail={})
    assert await _owners(books, "a") == [("person", books.actor.person_id)]
    assert await _owners(books, "b") == [("house", 0)]


async def test_batch_is_in_the_order_of_instants(books: Books, clock: Clock) -> None:
    async with books.home.unit_of_work() as session:
        await add_event(session, "first", clock(), books.actor, detail={})
    clock.advance(minutes=1)
    await books.open("Second")
    clock.advance(minutes=1)
    async with books.home.unit_of_work() as session:
        await add_event(session, "third", clock(), books.actor, detail={})
        batch = await gather(session, books.home)
    whats = [read_head(one.payload)["what"] for one in batch]
    assert whats == ["test.person", "first", "account.open", "third"]


async def test_address_device_and_secrets_are_not_readable_in_the_log(
    books: Books, log: Log, clock: Clock
) -> None:
    async with books.home.unit_of_work() as session:
        detail = {"device": "Firefox", "new_password": "hunter2"}
        where = "192.0.2.77"
        await add_event(
            session, "sign-in", clock(), books.actor, address=where, detail=detail
        )
    await ship_trail()
    stored = b"".join(bytes(row.payload) for row in await log.rows())
    assert b"192.0.2.77" not in stored
    assert b"Firefox" not in stored
    opened = json.dumps([one.images for one in await log.opened()])
    assert "192.0.2.77" in opened
    assert "hunter2" not in opened
    assert "secret-hash" not in opened


async def test_undo_says_what_it_took_back(books: Books, log: Log) -> None:
    account = await books.open("Cash", "5 EUR")
    done = await books.spend(
        account.id, await books.category("Food"), "1 EUR", date(2026, 3, 5)
    )
    await books.undo(done.change_id)
    await ship_trail()
    heads = [one.head for one in await log.opened()]
    assert [h["undo_of"] for h in heads if "undo_of" in h] == [done.change_id]


async def test_own_settings_are_the_person_s(books: Books) -> None:
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, last_name="King"))
    assert await _owners(books, "person.configure") == [
        ("person", books.actor.person_id)
    ]


async def test_row_without_an_owner_is_the_change_set_s(
    books: Books, clock: Clock
) -> None:
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(session, SYSTEM, "t", clock(), None, None)
        await session.execute(
            text(
                "INSERT INTO installation (id, master_key_fingerprint, made_at) "
                "VALUES (1, 'x', :now)"
            ),
            {"now": clock()},
        )
    assert await _owners(books, "t") == [("house", 0)]
