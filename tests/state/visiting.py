"""Looks at the page of one currency, by its address."""

from collections.abc import Awaitable, Callable

import pytest

from fintrack.state.currency import CurrencyState
from fintrack.state.currency_address import read_address
from tests.books import Books
from tests.state.desk import sit_down

Visit = Callable[..., Awaitable[CurrencyState]]


async def visitor(books: Books, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens a path with its query, and waits for the charts."""
    state = await (await sit_down(books)).state(CurrencyState)

    async def open_page(path: str, **query: str) -> CurrencyState:
        monkeypatch.setattr(
            CurrencyState, "_address", lambda _, own: read_address(path, query, own)
        )
        await state.load()
        await state.load_charts()
        return state

    return open_page
