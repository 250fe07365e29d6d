"""Staff read the trail from LogDB: by person, kind and time; nobody's books."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import NotAllowed, Problem
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.staff import reading
from fintrack.services.staff.finding import open_profile
from fintrack.services.staff.reading import (
    TrailEntry,
    begin_verification,
    note_verification,
    search_trail,
)
from fintrack.services.staff.searching import TrailFilter
from fintrack.services.trail.keys import Owner, destroy_key
from fintrack.services.trail.proving import find_finding
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import Breach, Verdict
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.staff.fresh import make_staff
from tests.services.trail.log_rows import Log

SECRET_PAYEE = "Dr. Freud"


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_staff(home, "root@example.org")


async def look(admin: Books, **wanted: object) -> list[TrailEntry]:
    """What is found of all that has happened so far."""
    await ship_trail()
    sought = TrailFilter(**wanted)  # pyright: ignore[reportArgumentType] - by name
    done = await perform(admin.actor, search_trail, sought, None)
    return list(done.value.entries)


async def view_profile(admin: Books, books: Books) -> None:
    await perform(admin.actor, open_profile, books.actor.person_id or 0)


async def test_who_looked_at_whom_is_found_from_both_sides(
    admin: Books, books: Books
) -> None:
    await view_profile(admin, books)
    for person in ("ADA@example.org", f"{books.actor.person_id}", "root@example.org"):
        found = [one for one in await look(admin, person=person) if one.about]
        event = next(one for one in found if one.what == "profile-viewed")
        assert (event.person, event.about) == ("root@example.org", "ada@example.org")


async def test_search_is_in_the_trail_itself(admin: Books, books: Books) -> None:
    await look(admin, person="ada@example.org", kind="staff")
    (event,) = await admin.rows(
        "SELECT person_id, detail FROM security_event WHERE kind = 'trail-searched'"
    )
    assert event.person_id == admin.actor.person_id
    assert event.detail == {"person": str(books.actor.person_id), "kind": "staff"}
    newest, *_ = await look(admin, person="ada@example.org")
    assert (newest.what, newest.about) == ("trail-searched", "ada@example.org")


async def test_kinds_narrow_what_is_found(admin: Books, books: Books) -> None:
    await books.open("Cash", "5 EUR")
    await view_profile(admin, books)
    with pytest.raises(NotAllowed):
        await perform(books.actor, open_profile, 1)
    (refused,) = await look(admin, kind="refused")
    assert (refused.what, refused.refused) == ("refused", "staff.open_profile")
    assert {one.what for one in await look(admin, kind="books")} == {"account.open"}
    staff = {one.what for one in await look(admin, kind="staff")}
    assert {"profile-viewed", "trail-searched"} <= staff
    assert not {one for one in staff if one.startswith("staff.")}
    assert "account.open" not in staff
    everything = await look(admin)
    assert len(everything) == len(await look(admin, kind="nothing we know")) - 1


async def test_time_narrows_what_is_found(
    admin: Books, books: Books, clock: Clock
) -> None:
    await view_profile(admin, books)
    then = clock()
    clock.advance(hours=1)
    await books.open("Cash", "5 EUR")
    late = await look(admin, since=then + timedelta(minutes=1))
    assert {one.what for one in late} == {"account.open"}
    early = await look(admin, until=then + timedelta(seconds=1))
    assert "account.open" not in {one.what for one in early}


async def test_pages_go_on_below_their_last_row(
    admin: Books, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    for n in range(4):
        await books.open(f"Account {n}")
    await ship_trail()
    wanted = TrailFilter(kind="books")
    first = (await perform(admin.actor, search_trail, wanted, None)).value
    second = (await perform(admin.actor, search_trail, wanted, first.below)).value
    numbers = [one.position for one in (*first.entries, *second.entries)]
    assert len(numbers) == 4
    assert numbers == sorted(numbers, reverse=True)
    assert second.below is None


async def test_nobody_is_said_and_finds_nothing(admin: Books) -> None:
    wanted = TrailFilter(person="nobody@example.org")
    page = (await perform(admin.actor, search_trail, wanted, None)).value
    assert (page.entries, page.is_nobody) == ((), True)


async def test_nothing_of_the_books_is_read(admin: Books, books: Books) -> None:
    """A field that joins this class must be no figure, account or payee."""
    account = await books.open("Cash", "5 EUR")
    food = await books.category("Food")
    await books.spend(account.id, food, "1 EUR", date(2026, 3, 5), SECRET_PAYEE)
    found = await look(admin)
    assert "transaction.record" in {one.what for one in found}
    assert SECRET_PAYEE not in str(found)
    assert {field.name for field in fields(TrailEntry)} == {
        *("position", "at", "is_event", "what", "person", "about"),
        *("refused", "is_readable", "address", "times"),
        # Of what an event says only what WORDS names.
        "words",
    }


async def test_row_that_somebody_changed_is_shown_as_unreadable(
    admin: Books, books: Books, log: Log
) -> None:
    await view_profile(admin, books)
    await ship_trail()
    log.tamper(
        "UPDATE audit_entry SET payload = '\\x00' || payload WHERE position = 1",
        "UPDATE audit_entry SET payload = payload || '\\x00' "
        "WHERE source = 'security_event'",
        "UPDATE audit_entry SET payload = overlay(payload PLACING '\\xff' "
        "FROM length(payload) - 9 FOR 1) WHERE source = 'security_event'",
    )
    found = {one.position: one for one in await look(admin)}
    assert not found[1].is_readable
    assert {one.is_readable for one in found.values()} == {True, False}


async def test_person_whose_key_is_gone_is_a_number(admin: Books, books: Books) -> None:
    await view_profile(admin, books)
    await ship_trail()
    async with admin.home.unit_of_work() as session:
        owner = Owner("person", admin.actor.person_id or 0)
        await destroy_key(session, owner, admin.home.clock())
    event = next(one for one in await look(admin) if one.what == "profile-viewed")
    assert (event.is_readable, event.refused) == (True, "")


async def test_verification_is_noted(admin: Books) -> None:
    breach = Breach(4, Problem("Row {row} was changed.", values=(("row", "4"),)))
    await perform(admin.actor, note_verification, Verdict(12, 2, breach))
    (event,) = await admin.rows(
        "SELECT detail FROM security_event WHERE kind = 'trail-verified'"
    )
    assert event.detail == {
        "rows": "12",
        "bad_row": "4",
        "finding": '["Row {row} was changed.", {"row": "4"}]',
    }


async def test_verification_that_was_only_begun_hides_no_breach(admin: Books) -> None:
    breach = Breach(4, Problem("Row {row} was changed.", values=(("row", "4"),)))
    await perform(admin.actor, note_verification, Verdict(12, 2, breach))
    await perform(admin.actor, begin_verification)
    async with admin.home.reading() as session:
        finding = await find_finding(session)
    assert finding is not None
    assert finding.problem.text == "Row 4 was changed."


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.OPERATOR, Role.ANALYST])
async def test_trail_is_the_business_of_admins(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, search_trail, TrailFilter(), None)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, begin_verification)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, note_verification, Verdict(1, 0))
