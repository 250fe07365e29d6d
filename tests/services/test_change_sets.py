"""Change sets, their keys and the ledger's lock."""

import pytest

from fintrack.core.actor import SYSTEM
from fintrack.core.chart import AccountType
from fintrack.services import change_sets
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import NewAccount, open_account
from tests.books import START, Books, money


def test_digest_tells_inputs_apart_and_knows_equal_ones() -> None:
    one = NewAccount("Cash", AccountType.CASH, money("1 EUR"), START)
    same = NewAccount("Cash", AccountType.CASH, money("1 EUR"), START)
    other = NewAccount("Cash", AccountType.CASH, money("1.01 EUR"), START)
    assert change_sets.digest_input((one,)) == change_sets.digest_input((same,))
    assert change_sets.digest_input((one,)) != change_sets.digest_input((other,))


async def test_kept_result_comes_back_as_the_value_it_was(books: Books) -> None:
    account = await books.open("Cash", "5 EUR")
    async with books.home.unit_of_work() as session:
        change_id = await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), "k", b"digest"
        )
        await change_sets.keep_result(session, change_id, account)
    async with books.home.reading() as session:
        earlier = await change_sets.find_earlier(
            session, books.actor, "test", "k", b"digest"
        )
    assert earlier is not None
    revived = change_sets.revive(open_account, earlier)
    assert isinstance(revived, AccountView)
    assert revived == account


async def test_holder_that_has_gone_is_not_named(
    books: Books, caplog: pytest.LogCaptureFixture
) -> None:
    async with books.home.reading() as session:
        await change_sets.name_holder(session, 1)
    assert "holds ledger" not in caplog.text


async def test_change_set_of_the_system_belongs_to_nobody(books: Books) -> None:
    async with books.home.unit_of_work() as session:
        change_id = await change_sets.open_change_set(
            session, SYSTEM, "test", books.home.clock(), None, None
        )
    (row,) = await books.rows(
        "SELECT person_id, ledger_id, shipped_at FROM change_set WHERE id = :id",
        id=change_id,
    )
    assert (row.person_id, row.ledger_id, row.shipped_at) == (None, None, None)
