"""Rows are found inside the ledger at work, and never older than they are."""

import pytest

from fintrack.core.chart import Equity, Kind
from fintrack.core.errors import NotFound, StaleVersion
from fintrack.models.ledger import Account
from fintrack.services.commands import Work
from fintrack.services.ledger import rows
from tests.books import Books


async def test_row_of_another_ledger_does_not_exist(
    books: Books, stranger: Books
) -> None:
    mine, theirs = await books.open("Mine"), await stranger.open("Theirs")
    async with books.home.reading() as session:
        work = Work(session, books.actor, books.home.clock())
        assert (await rows.find(work, Account, mine.id)).name == "Mine"
        for missing in (theirs.id, 0, -1, 2**62):
            with pytest.raises(NotFound):
                await rows.find(work, Account, missing)


async def test_equity_accounts_are_those_of_the_ledger(
    books: Books, stranger: Books
) -> None:
    found = set()
    for owner in (books, stranger):
        async with owner.home.reading() as session:
            work = Work(session, owner.actor, owner.home.clock())
            found |= {await rows.equity_account(work, which) for which in Equity}
    assert len(found) == 4


def test_only_the_present_version_may_be_changed() -> None:
    rows.check_version(3, 3)
    for seen in (2, 4):
        with pytest.raises(StaleVersion):
            rows.check_version(3, seen)


def test_only_an_account_is_opened_again_under_accounts() -> None:
    assert "under Accounts" in rows.closed_message(Kind.ASSET)
    assert "under Accounts" not in rows.closed_message(Kind.EXPENSE)
