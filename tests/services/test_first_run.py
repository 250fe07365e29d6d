"""The first choice: it is made once, and leaves books one can use at once."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.actor import SYSTEM, LedgerRole
from fintrack.core.chart import AccountType
from fintrack.core.errors import Conflict, InvalidInput, NotAllowed
from fintrack.models.ledger import Membership
from fintrack.services.change_sets import open_change_set
from fintrack.services.commands import ask, perform
from fintrack.services.first_run import (
    Beginning,
    LedgerView,
    Start,
    find_ledger,
    local_currency,
    start_with,
)
from fintrack.services.ledger.accounts import NewAccount, list_accounts
from fintrack.services.ledger.categories import list_categories
from tests.books import Books, money

TODAY = date(2026, 11, 18)
ACCOUNT = NewAccount("Banka", AccountType.CHECKING, money("1500 TRY"), TODAY)
FRESH = Start(Beginning.FRESH, TODAY, "tr", ACCOUNT)


async def _start(books: Books, start: Start) -> LedgerView:
    return (await perform(books.actor, start_with, start)).value


async def test_new_ledger_has_not_begun(books: Books) -> None:
    ledger = await ask(books.actor, find_ledger)
    assert (ledger.name, ledger.base_currency) == ("Home", "EUR")
    assert ledger.started_with is None


async def test_fresh_start_has_an_account_categories_and_its_currency(
    books: Books,
) -> None:
    ledger = await _start(books, FRESH)
    assert (ledger.base_currency, ledger.started_with) == ("TRY", "fresh")
    (account,) = await ask(books.actor, list_accounts)
    assert account.balance == money("1500 TRY")
    categories = {c.name for c in await ask(books.actor, list_categories)}
    assert {"Market alışverişi", "Maaş", "Diğer giderler"} <= categories
    assert await ask(books.actor, find_ledger) == ledger


async def test_import_leaves_the_books_empty_but_for_categories(
    books: Books,
) -> None:
    ledger = await _start(books, Start(Beginning.IMPORT, TODAY, "en"))
    assert ledger.started_with == Beginning.IMPORT
    assert await ask(books.actor, list_accounts) == []
    assert await ask(books.actor, list_categories) != []


async def test_sample_brings_its_accounts_and_keeps_the_currency(
    books: Books,
) -> None:
    ledger = await _start(books, Start(Beginning.SAMPLE, TODAY, "en"))
    assert (ledger.base_currency, ledger.started_with) == ("EUR", "sample")
    assert len(await ask(books.actor, list_accounts)) == 7


async def test_own_categories_are_left_alone(books: Books) -> None:
    await books.category("Mine")
    await _start(books, FRESH)
    assert [c.name for c in await ask(books.actor, list_categories)] == ["Mine"]


@pytest.mark.parametrize("beginning", list(Beginning))
async def test_start_is_undone_and_redone(books: Books, beginning: Beginning) -> None:
    before = await books.snapshot()
    done = await perform(books.actor, start_with, replace(FRESH, beginning=beginning))
    after = await books.snapshot()
    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await books.snapshot() == after


async def test_second_start_is_refused(books: Books) -> None:
    await _start(books, FRESH)
    with pytest.raises(Conflict, match="already begun"):
        await _start(books, Start(Beginning.SAMPLE, TODAY, "en"))


async def test_fresh_start_without_an_account_changes_nothing(books: Books) -> None:
    before = await books.snapshot()
    with pytest.raises(InvalidInput, match="first account"):
        await _start(books, replace(FRESH, account=None))
    assert await books.snapshot() == before


async def test_editor_does_not_choose(books: Books, stranger: Books) -> None:
    assert books.actor.ledger_id
    assert stranger.actor.person_id
    async with books.home.unit_of_work() as session:
        await open_change_set(
            session, SYSTEM, "test.invite", books.home.clock(), None, None
        )
        session.add(
            Membership(
                ledger_id=books.actor.ledger_id,
                person_id=stranger.actor.person_id,
                role=int(LedgerRole.EDITOR),
            )
        )
    guest = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    with pytest.raises(NotAllowed):
        await perform(guest, start_with, FRESH)


@pytest.mark.parametrize(
    ("tag", "currency"),
    [
        ("tr", "TRY"),
        ("tr-TR", "TRY"),
        ("de-CH", "CHF"),
        ("de_AT", "EUR"),
        ("en", "USD"),
        ("ja", "JPY"),
        ("zz", "EUR"),
        ("", "EUR"),
        ("../../etc", "EUR"),
    ],
)
def test_currency_of_a_place(tag: str, currency: str) -> None:
    assert local_currency(tag, TODAY) == currency
