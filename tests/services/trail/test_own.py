"""One's own trail: what oneself and others did to one's data, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, Actor, Role
from fintrack.core.errors import NotAllowed, NotFound, NotSignedIn
from fintrack.services import change_sets
from fintrack.services.changes import list_changes
from fintrack.services.commands import ask, perform
from fintrack.services.jobs.asking import list_jobs
from fintrack.services.ledger.accounts import list_accounts, open_account
from fintrack.services.security_events import add_event
from fintrack.services.staff.standing import end_sessions
from fintrack.services.trail.own import Place, Trace, list_own_trail
from fintrack.services.trail.shipping import ship_trail
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.staff.fresh import make_staff
from tests.services.test_commands import CASH

pytestmark = pytest.mark.usefixtures("home")


async def _all(books: Books, limit: int = 50) -> list[Trace]:
    found: list[Trace] = []
    below: Place | None = Place()
    while below is not None:
        page = await ask(books.actor, list_own_trail, below=below, limit=limit)
        found.extend(page.traces)
        below = page.below
    return found


async def _event(books: Books, kind: str, actor: Actor, **detail: str) -> None:
    async with books.home.unit_of_work() as session:
        await add_event(
            session, kind, books.home.clock(), actor, address="192.0.2.1", detail=detail
        )


async def test_changes_and_events_stand_together_newest_first(
    books: Books, clock: Clock
) -> None:
    await books.open("Cash")
    clock.advance(minutes=1)
    await _event(books, "sign-in", books.actor, device="Firefox")
    clock.advance(minutes=1)
    await books.category("Food")
    found = await _all(books)
    assert [trace.what for trace in found] == [
        "category.add",
        "sign-in",
        "account.open",
        "test.person",
    ]
    signed_in = found[1]
    assert (signed_in.address, signed_in.device, signed_in.is_mine) == (
        "192.0.2.1",
        "Firefox",
        True,
    )


async def test_pages_hold_each_trace_once(books: Books, clock: Clock) -> None:
    for n in range(7):
        await _event(books, f"e{n}", books.actor)
        clock.advance(minutes=1)
        if n % 2:
            await books.open(f"A{n}")
            clock.advance(minutes=1)
    whole = await _all(books)
    assert len(whole) == 11
    for limit in (1, 2, 3, 11):
        assert await _all(books, limit) == whole


async def test_change_by_staff_of_ones_person_is_seen(
    books: Books, clock: Clock
) -> None:
    admin = await make_person(books.home, "root@example.org", Role.ADMIN)
    staff = replace(admin.actor, ledger_id=None)
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, staff, "person.suspend", clock(), None, None
        )
        await session.execute(
            text("UPDATE person SET last_name = 'X' WHERE id = :id"),
            {"id": books.actor.person_id},
        )
    trace = (await _all(books))[0]
    assert (trace.what, trace.is_mine) == ("person.suspend", False)
    assert trace.person_name == "Ada"


async def test_deed_of_staff_is_told_once_and_stands_in_no_books(
    books: Books, clock: Clock
) -> None:
    admin = await make_staff(books.home, "root@example.org")
    clock.advance(minutes=1)
    await perform(admin.actor, end_sessions, books.actor.person_id or 0)
    for who in (books, admin):
        told = [trace.what for trace in await _all(who)]
        assert told.count("person-signed-out") == 1
        assert not [what for what in told if what.startswith("staff.")]
    assert await ask(admin.actor, list_changes) == []


async def test_look_by_staff_is_seen_by_whom_they_looked_at(
    books: Books, stranger: Books, clock: Clock
) -> None:
    support = await make_person(books.home, "help@example.org", Role.SUPPORT)
    clock.advance(minutes=1)
    looked_at = str(books.actor.person_id)
    await _event(support, "profile-viewed", support.actor, person=looked_at)
    looked = (await _all(books))[0]
    assert (looked.what, looked.is_mine, looked.person_name) == (
        "profile-viewed",
        False,
        "Ada",
    )
    assert looked.address == ""
    assert "profile-viewed" not in [one.what for one in await _all(stranger)]


async def test_refused_stranger_is_seen_without_their_address_and_name(
    books: Books, stranger: Books
) -> None:
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    with pytest.raises(NotFound):
        await perform(forged, open_account, CASH)
    await _event(books, "looked", forged, device="Chrome")
    looked, refused = (await _all(books))[:2]
    assert (refused.what, refused.refused) == ("refused", "account.open")
    assert refused.person_name == looked.person_name == ""
    assert (await _all(stranger))[0].person_name == "Ada"
    assert (looked.address, looked.device, looked.is_mine) == ("", "", False)


async def test_look_of_a_stranger_that_was_refused_is_seen(
    books: Books, stranger: Books
) -> None:
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    with pytest.raises(NotFound):
        await ask(forged, list_accounts)
    refused = (await _all(books))[0]
    assert (refused.what, refused.refused) == ("refused", "account.list")
    assert (refused.is_mine, refused.ledger_id) == (False, books.actor.ledger_id)


async def test_what_touches_no_books_is_refused_in_nobodys(
    books: Books, stranger: Books
) -> None:
    before = await _all(books)
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    with pytest.raises(NotAllowed):
        await ask(forged, list_jobs)
    with pytest.raises(NotAllowed):
        await perform(forged, end_sessions, books.actor.person_id or 0)
    assert await _all(books) == before


async def test_nothing_of_somebody_else_is_seen(books: Books, stranger: Books) -> None:
    before = await _all(books)
    await stranger.open("Theirs")
    await _event(stranger, "sign-in", stranger.actor)
    assert await _all(books) == before


async def test_shipped_is_told(books: Books) -> None:
    await ship_trail()
    await books.open("Cash")
    assert [trace.is_shipped for trace in await _all(books)] == [False, True]


async def test_undo_is_told(books: Books) -> None:
    account = await books.open("Cash", "5 EUR")
    food = await books.category("Food")
    done = await books.spend(account.id, food, "1 EUR", date(2026, 3, 5))
    await books.undo(done.change_id)
    assert (await _all(books))[0].undo_of == done.change_id


async def test_nobody_has_no_trail() -> None:
    with pytest.raises(NotSignedIn):
        await ask(ANONYMOUS, list_own_trail)
