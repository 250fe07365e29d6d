"""The form of an account finds any currency that has not ended."""

from datetime import date

import pytest

from fintrack.state.accounts import AccountsState
from tests.books import Books, money
from tests.services.rates.observing import observe
from tests.state.desk import sit_down


@pytest.fixture
async def page(books: Books) -> AccountsState:
    state = await (await sit_down(books)).state(AccountsState)
    await state.load()
    return state


def form(**values: str) -> dict[str, str]:
    return {
        "name": "Held",
        "type": "Investment",
        "opened_on": "2026-11-01",
        **values,
    }


async def test_form_offers_what_is_typed_and_nothing_before(
    page: AccountsState,
) -> None:
    await page.start_new()
    assert page.offers == []
    assert page.draft.currency_label == "EUR Euro"
    await page.look_up("")
    assert [one.value for one in page.offers[:2]] == ["EUR", "USD"]
    await page.look_up("solana")
    assert [one.label for one in page.offers] == ["SOL Solana"]
    await page.look_up("a")
    assert len(page.offers) == 10
    await page.look_up("german mark")
    assert page.offers == []


async def test_coin_is_chosen_and_kept_to_its_last_decimal(books: Books) -> None:
    page = await (await sit_down(books, language="tr")).state(AccountsState)
    await page.start_new()
    await page.choose_type("Investment")
    await page.choose_currency("SOL")
    draft = page.draft
    assert (draft.type, draft.currency, draft.symbol) == ("Investment", "SOL", "SOL")
    assert draft.currency_label == "SOL Solana"
    await page.save_new(form(currency="SOL", opening="0,123456789"))
    assert "8" in page.errors["opening"]
    await page.save_new(form(currency="SOL", opening="0,12345678"))
    (row,) = page.groups[0].rows
    assert await books.balance(int(row.id)) == money("0.12345678 SOL")


@pytest.mark.parametrize("code", ["DEM", "NOPE", ""])
async def test_what_has_ended_or_never_was_is_neither_chosen_nor_kept(
    page: AccountsState, code: str
) -> None:
    await page.start_new()
    await page.choose_currency(code)
    assert page.draft.currency == "EUR"
    await page.save_new(form(currency=code))
    assert list(page.errors) == ["currency"]


async def test_coins_are_in_the_total_at_the_rate_of_today(
    page: AccountsState, books: Books
) -> None:
    """1 USD is 0.80 EUR and 0.01 SOL: a SOL is 80 EUR."""
    await books.open("Ledger", "0.5 SOL")
    await books.open("Unknown", "3 WIF")
    for code, rate in (("EUR", "0.80"), ("SOL", "0.01")):
        await observe(books.home, code, {date(2026, 11, 18): rate})
    await page.load()
    assert page.worth.total.major == "40"
    assert "WIF" in page.worth.missing
