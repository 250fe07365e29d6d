"""Security events are kept, also when what was refused left nothing."""

import pytest

from fintrack.core.errors import NotAllowed
from fintrack.services import security_events
from tests.books import Books

pytestmark = pytest.mark.database


async def test_refusal_is_kept_with_who_what_and_why(books: Books) -> None:
    await security_events.note_refusal(books.actor, "account.open", NotAllowed())
    (event,) = await books.rows("SELECT * FROM security_event")
    assert (event.kind, event.person_id, event.ledger_id) == (
        "refused",
        books.actor.person_id,
        books.actor.ledger_id,
    )
    assert event.detail == {"command": "account.open", "code": "not-allowed"}
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
