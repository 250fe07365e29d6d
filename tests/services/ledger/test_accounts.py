"""Accounts are opened, renamed, closed and reopened."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fintrack.core.chart import AccountType
from fintrack.core.entries import Entry, pay, transfer
from fintrack.core.errors import Conflict, InvalidInput, NotFound, StaleVersion
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import (
    AccountChange,
    AccountMark,
    NewAccount,
    close_account,
    edit_account,
    find_account,
    list_accounts,
    open_account,
    reopen_account,
)
from tests.books import START, Books, money
from tests.conftest import Clock

DAY = date(2026, 3, 5)


async def test_opening_balance_is_there_on_its_day(books: Books) -> None:
    account = await books.open("Giro", "1234.56 EUR")
    assert account.balance == money("1234.56 EUR")
    (posting,) = await books.rows(
        "SELECT p.on_date, p.amount_minor FROM posting p JOIN account a "
        "ON a.id = p.account_id WHERE a.type = 'opening'"
    )
    assert (posting.on_date, posting.amount_minor) == (START, -123456)


async def test_what_is_owed_on_a_card_is_negative(books: Books) -> None:
    card = await books.open("Card", "-300 EUR", kind=AccountType.CREDIT_CARD)
    assert card.kind == "liability"
    assert card.balance == money("-300.00 EUR")


async def test_account_without_opening_balance_has_no_transaction(
    books: Books,
) -> None:
    await books.open("Giro")
    assert not await books.rows("SELECT FROM transaction")


@pytest.mark.parametrize(
    ("name", "field"),
    [("", "name"), ("   ", "name"), ("x" * 81, "name"), ("a\x00b", "name")],
)
async def test_unusable_name_is_refused(books: Books, name: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await books.open(name)
    assert caught.value.problems[0].field == field


async def test_name_is_taken_once_whatever_its_case_and_kind(books: Books) -> None:
    await books.open("Café")
    with pytest.raises(InvalidInput, match="already"):
        await books.open("  cafe ", kind=AccountType.LOAN)


@pytest.mark.parametrize("opening", ["10000000000000.01 EUR"])
async def test_opening_balance_beyond_the_bound_is_refused(
    books: Books, opening: str
) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        await books.open("Giro", opening)


@pytest.mark.parametrize("opening", ["0 EUR", "5 EUR"])
@pytest.mark.parametrize(
    "day", [date(1, 1, 1), date(1899, 12, 31), date(2026, 11, 20), date(9999, 12, 31)]
)
async def test_day_that_is_absurd_or_has_not_begun_anywhere_opens_nothing(
    books: Books, day: date, opening: str
) -> None:
    new = NewAccount("Giro", AccountType.CHECKING, money(opening), day)
    with pytest.raises(InvalidInput) as caught:
        await perform(books.actor, open_account, new)
    assert caught.value.problems[0].field == "opened_on"
    assert not await ask(books.actor, list_accounts)


async def test_account_opens_on_a_day_that_has_begun_east_of_here(
    books: Books, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 18, 22, tzinfo=UTC)
    new = NewAccount("Giro", AccountType.CHECKING, money("0 EUR"), date(2026, 11, 19))
    opened = (await perform(books.actor, open_account, new)).value
    assert opened.opened_on == date(2026, 11, 19)


async def test_edit_with_an_old_version_is_refused(books: Books) -> None:
    account = await books.open("Giro")
    change = AccountChange(account.id, account.version, "Bank", "IBAN DE00")
    edited = (await perform(books.actor, edit_account, change)).value
    assert (edited.name, edited.note, edited.version) == ("Bank", "IBAN DE00", 2)
    with pytest.raises(StaleVersion):
        await perform(books.actor, edit_account, replace(change, name="Other"))
    assert (await ask(books.actor, find_account, account.id)).name == "Bank"


async def test_account_with_money_is_not_closed(books: Books) -> None:
    account = await books.open("Giro", "1 EUR")
    with pytest.raises(Conflict, match="zero"):
        await perform(books.actor, close_account, AccountMark(account.id, 1), DAY)


async def test_closed_account_takes_no_posting_and_opens_again(books: Books) -> None:
    account = await books.open("Giro")
    food = await books.category("Food")
    mark = AccountMark(account.id, 1)
    closed = (await perform(books.actor, close_account, mark, DAY)).value
    assert closed.closed_on == DAY
    assert await ask(books.actor, list_accounts) == []
    assert len(await ask(books.actor, list_accounts, closed=True)) == 1
    with pytest.raises(Conflict, match="Giro is closed"):
        await books.spend(account.id, food, "1 EUR", DAY)
    with pytest.raises(Conflict, match="already closed"):
        await perform(books.actor, close_account, replace(mark, version=2), DAY)
    reopened = await perform(books.actor, reopen_account, replace(mark, version=2))
    assert reopened.value.closed_on is None
    with pytest.raises(Conflict, match="not closed"):
        await perform(books.actor, reopen_account, replace(mark, version=3))


async def test_reopening_is_refused_when_the_name_was_taken(books: Books) -> None:
    account = await books.open("Giro")
    await perform(books.actor, close_account, AccountMark(account.id, 1), DAY)
    await books.open("Giro")
    with pytest.raises(InvalidInput, match="already"):
        await perform(books.actor, reopen_account, AccountMark(account.id, 2))


async def test_category_is_not_an_account(books: Books) -> None:
    food = await books.category("Food")
    with pytest.raises(NotFound):
        await ask(books.actor, find_account, food)
    with pytest.raises(NotFound):
        await perform(books.actor, edit_account, AccountChange(food, 1, "X"))


async def test_foreign_ids_are_refused_everywhere(
    books: Books, stranger: Books
) -> None:
    theirs = await stranger.open("Vault")
    mark = AccountMark(theirs.id, theirs.version)
    before = await stranger.snapshot()
    with pytest.raises(NotFound):
        await perform(books.actor, edit_account, AccountChange(theirs.id, 1, "Mine"))
    with pytest.raises(NotFound):
        await perform(books.actor, close_account, mark, DAY)
    with pytest.raises(NotFound):
        await perform(books.actor, reopen_account, mark)
    assert await stranger.snapshot() == before


async def test_unknown_currency_is_refused_by_the_value_itself() -> None:
    with pytest.raises(InvalidInput):
        NewAccount("Giro", AccountType.CASH, money("1 XYZ"), START)


async def test_accounts_are_listed_by_kind_and_name(books: Books) -> None:
    await books.open("Zebra")
    await books.open("Card", kind=AccountType.CREDIT_CARD)
    await books.open("älpha")
    names = [view.name for view in await ask(books.actor, list_accounts)]
    assert names == ["älpha", "Zebra", "Card"]


async def test_note_of_an_account_turns_nothing(books: Books) -> None:
    new = NewAccount("Bank", AccountType.CHECKING, money("0 EUR"), START, "\u202eIBAN")
    seen = (await perform(books.actor, open_account, new)).value
    assert seen.note == "IBAN"
    change = AccountChange(seen.id, seen.version, "Bank", "IBAN\u2066")
    assert (await perform(books.actor, edit_account, change)).value.note == "IBAN"


@pytest.mark.parametrize("note", ["a\x00b", "x" * 501, "\ud800"])
async def test_a_note_that_cannot_be_kept_is_refused(books: Books, note: str) -> None:
    new = NewAccount("Bank", AccountType.CHECKING, money("0 EUR"), START, note)
    with pytest.raises(InvalidInput) as refused:
        await perform(books.actor, open_account, new)
    assert refused.value.problems[0].field == "note"

    seen = await books.open("Bank")
    change = AccountChange(seen.id, seen.version, "Bank", note)
    with pytest.raises(InvalidInput) as refused:
        await perform(books.actor, edit_account, change)
    assert refused.value.problems[0].field == "note"


async def test_names_of_any_script_are_kept_and_turning_marks_are_named(
    books: Books,
) -> None:
    for name in ("می\u200cخرم", "👨\u200d👩\u200d👧 Family"):
        assert (await books.open(name)).name == name
    with pytest.raises(InvalidInput, match="invisible"):
        await books.open("\u202eabc")


@pytest.mark.parametrize(
    "opening",
    ["0.12345678 SOL", "10000000 ADA", "250 USDT", "9999999999999.99 SHIB",
     "0.000001 XAU", "3.5 1INCH", "7 CHE"],
)  # fmt: skip
async def test_account_is_kept_in_any_currency_that_has_not_ended(
    books: Books, opening: str
) -> None:
    account = await books.open("Held", opening)
    assert account.balance == money(opening)
    assert await books.findings() == []


@pytest.mark.parametrize("code", ["DEM", "TRL", "BGN"])
async def test_account_is_not_opened_in_what_has_ended(books: Books, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await books.open("Old", f"1 {code}")
    assert caught.value.problems[0].field == "currency"
    assert await ask(books.actor, list_accounts) == []


async def test_coins_are_split_moved_and_exchanged(books: Books) -> None:
    """
    opening   SOL 2.00000001
    payment   SOL 0.12345678, of which fees 0.00000001
    transfer  SOL 0.5 -> cold SOL
    exchange  SOL 1 -> EUR 130.00
    """
    hot = await books.open("Hot", "2.00000001 SOL")
    cold, bank = await books.open("Cold", "0 SOL"), await books.open("Bank")
    food, fees = await books.category("Food"), await books.category("Fees")
    shares = ((food, money("0.12345677 SOL")), (fees, money("0.00000001 SOL")))
    await books.record(Entry(DAY, pay(hot.id, money("-0.12345678 SOL"), shares)))
    half = money("0.5 SOL")
    await books.record(Entry(DAY, transfer(hot.id, cold.id, half, half)))
    sold = transfer(hot.id, bank.id, money("1 SOL"), money("130 EUR"))
    await books.record(Entry(DAY, sold))
    assert await books.balance(hot.id) == money("0.37654323 SOL")
    assert await books.balance(cold.id) == half
    assert await books.balance(bank.id) == money("130.00 EUR")
    assert await books.findings() == []
