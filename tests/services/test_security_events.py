"""Security events are kept, also when what was refused left nothing."""

from dataclasses import replace

import pytest

from fintrack.core.actor import Where
from fintrack.core.errors import NotAllowed, NotFound
from fintrack.services import security_events
from fintrack.services.commands import ask
from fintrack.services.jobs.asking import list_jobs
from fintrack.services.ledger.accounts import list_accounts
from tests.books import Books


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
