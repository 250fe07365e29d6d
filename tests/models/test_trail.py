"""The database keeps every change, and refuses what it cannot keep."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.models.base import MainRow
from fintrack.models.trail import TRACKED, UNTRACKED
from fintrack.services import change_sets
from fintrack.services.commands import perform
from fintrack.services.ledger.accounts import AccountChange, edit_account
from tests.books import Books


async def test_every_table_is_tracked_or_has_a_reason(books: Books) -> None:
    found = await books.rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = 'public'::regnamespace"
    )
    tables = {row.relname for row in found}
    assert tables == set(TRACKED) | set(UNTRACKED)
    assert set(MainRow.metadata.tables) <= tables
    assert not set(TRACKED) & set(UNTRACKED)


async def test_tracked_tables_carry_the_four_triggers(books: Books) -> None:
    found = await books.rows(
        "SELECT c.relname, string_agg(t.tgname, ',' ORDER BY t.tgname) AS names "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgname LIKE 'trail\\_%' GROUP BY 1"
    )
    four = "trail_delete,trail_insert,trail_truncate,trail_update"
    assert {row.relname: row.names for row in found} == dict.fromkeys(TRACKED, four)


async def test_tables_leave_out_the_columns_they_name_as_secret(books: Books) -> None:
    found = await books.rows(
        "SELECT c.relname, encode(t.tgargs, 'escape') AS hidden FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'trail_update'"
    )
    hidden = {
        row.relname: tuple(h for h in row.hidden.split("\\000") if h) for row in found
    }
    assert hidden == TRACKED


async def test_write_without_a_change_set_is_refused(books: Books) -> None:
    """I12: raw SQL too."""
    with pytest.raises(DBAPIError, match="outside a change set"):
        async with books.home.unit_of_work() as session:
            await session.execute(text("UPDATE ledger SET name = 'Mine'"))


async def test_change_set_of_another_transaction_is_refused(books: Books) -> None:
    account = await books.open("Cash")
    done = await perform(
        books.actor, edit_account, AccountChange(account.id, 1, "Purse")
    )
    with pytest.raises(DBAPIError, match="outside a change set"):
        async with books.home.unit_of_work() as session:
            await session.execute(
                text("SELECT set_config('fintrack.change_set', :id, true)"),
                {"id": str(done.change_id)},
            )
            await session.execute(text("UPDATE ledger SET name = 'Mine'"))


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE posting CASCADE",
        "UPDATE change_row SET op = 'D'",
        "DELETE FROM change_set",
        "TRUNCATE change_row",
        "DELETE FROM security_event",
        "UPDATE security_event SET kind = 'nothing'",
    ],
)
async def test_the_trail_itself_cannot_be_rewritten(
    books: Books, statement: str
) -> None:
    """I13: it is only ever added to."""
    async with books.home.unit_of_work() as session:
        await session.execute(
            text(
                "INSERT INTO security_event (at, kind, address, detail) "
                "VALUES (now(), 'sign-in', '', '{}')"
            )
        )
    with pytest.raises(DBAPIError, match="is refused"):
        async with books.home.unit_of_work() as session:
            await change_sets.open_change_set(
                session, books.actor, "test", books.home.clock(), None, None
            )
            await session.execute(text(statement))


async def test_images_show_before_and_after(books: Books) -> None:
    account = await books.open("Cash")
    done = await perform(
        books.actor, edit_account, AccountChange(account.id, 1, "Purse")
    )
    (row,) = await books.rows(
        "SELECT table_name, op, before, after FROM change_row "
        "WHERE change_set_id = :id",
        id=done.change_id,
    )
    assert (row.table_name, row.op) == ("account", "U")
    assert (row.before["name"], row.after["name"]) == ("Cash", "Purse")


async def test_images_never_hold_a_password_hash(books: Books) -> None:
    """I13: secrets stay out."""
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), None, None
        )
        await session.execute(text("UPDATE person SET password_hash = 'other'"))
    found = await books.rows(
        "SELECT before, after FROM change_row WHERE table_name = 'person'"
    )
    assert len(found) == 2  # made, and changed
    assert not any("password_hash" in (r.after | (r.before or {})) for r in found)


async def test_update_that_changes_nothing_leaves_no_row(books: Books) -> None:
    async with books.home.unit_of_work() as session:
        change_id = await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), None, None
        )
        await session.execute(text("UPDATE ledger SET name = name"))
    assert not await books.rows(
        "SELECT FROM change_row WHERE change_set_id = :id", id=change_id
    )
