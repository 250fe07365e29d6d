"""Currencies that people follow: each their own, in their order, not without end."""

import asyncio

import pytest

from fintrack.core.currency import all_currencies
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.rates.following import (
    MOST,
    follow_currency,
    list_followed,
    unfollow_currency,
)
from tests.books import Books


async def test_they_are_kept_in_the_order_in_which_they_were_followed(
    books: Books, stranger: Books
) -> None:
    for code in ("TRY", "DEM", "BTC", "TRY"):
        await perform(books.actor, follow_currency, code)
    await perform(books.actor, unfollow_currency, "DEM")
    await perform(books.actor, unfollow_currency, "GBP")
    await perform(books.actor, follow_currency, "DEM")
    assert await ask(books.actor, list_followed) == ("TRY", "BTC", "DEM")
    assert await ask(stranger.actor, list_followed) == ()


async def test_code_that_is_none_is_not_followed(books: Books) -> None:
    with pytest.raises(InvalidInput, match="no currency"):
        await perform(books.actor, follow_currency, "NOPE")


async def test_fifty_are_all_also_from_two_tabs_at_once(books: Books) -> None:
    codes = [one.code for one in all_currencies()]
    for code in codes[: MOST - 1]:
        await perform(books.actor, follow_currency, code)
    found = await asyncio.gather(
        *(perform(books.actor, follow_currency, code) for code in codes[-3:]),
        return_exceptions=True,
    )
    refused = [one for one in found if isinstance(one, InvalidInput)]
    assert len(refused) == 2
    assert "50 currencies" in str(refused[0])
    assert len(await ask(books.actor, list_followed)) == MOST
