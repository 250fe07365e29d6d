"""An unknown rate is never shown as 1: every surface is scanned for the figure.

The books are in euros and hold dollars, lira and bitcoin that nobody has a rate for.
There are twenty euros, and much more of everything else: any larger figure in euros has
something in it that was taken at 1:1.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
import reflex as rx
from sqlalchemy import text

from fintrack.core.entries import Entry, transfer
from fintrack.state.accounts import AccountsState
from fintrack.state.converting import ConvertingState
from fintrack.state.currencies import CurrenciesState
from fintrack.state.dashboard import DashboardState
from fintrack.state.palette import PaletteState
from fintrack.state.recurring import RecurringState
from fintrack.state.rows import Amount
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState
from fintrack.state.welcome import WelcomeState
from tests.api.asking import gives
from tests.books import Books, money
from tests.services.rates.observing import observe
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 18)
HELD = {"USD": "7391.25", "TRY": "48137.75", "BTC": "319.5"}
SPENT = "613.37"
# All that is there in euros; whatever is more has something else in it.
EUROS = Decimal(20)


@pytest.fixture
async def far(books: Books) -> Books:
    """Books whose rates were there, and are gone."""
    await observe(books.home, "EUR", {TODAY: "0.9"})
    food = await books.category("Food")
    euros = await books.open("Euros", "20 EUR")
    for code, amount in HELD.items():
        held = await books.open(code, f"{amount} {code}")
        if code == "USD":
            await books.spend(held.id, food, f"{SPENT} USD", TODAY, "Faraway")
            back = transfer(euros.id, held.id, money("1 EUR"), money("1 USD"))
            await books.record(Entry(TODAY - timedelta(40), back))
    async with books.home.unit_of_work() as session:
        await session.execute(text("DELETE FROM rate_run"))
    return books


ASKED = (
    ("dashboard", {}),
    ("dashboard", {"period": "2026"}),
    ("net-worth", {"period": "2026-11"}),
    ("net-worth", {"period": "2026"}),
    ("transactions", {}),
    ("transactions/totals", {}),
    ("transactions/days", {}),
    ("accounts", {}),
    ("recurring/forecast", {}),
    ("currencies", {}),
    ("currencies/USD", {}),
    ("currencies/latest/EUR", {}),
    ("currencies/EUR/history/USD", {"period": "1Y"}),
    ("currencies/convert", {"from": "USD", "to": "EUR", "amount": HELD["USD"]}),
)


@pytest.mark.parametrize(("path", "query"), ASKED, ids=str)
async def test_no_answer_has_the_same_figure_in_another_currency(
    far: Books, ada: httpx.AsyncClient, path: str, query: dict[str, str]
) -> None:
    del far
    found = gives(await ada.get(f"/api/v1/{path}", params=query))
    for thing in _things(found):
        if {"amount", "currency"} <= thing.keys() and thing["currency"] == "EUR":
            assert abs(Decimal(thing["amount"])) <= EUROS, thing
        if {"base", "quote", "value"} <= thing.keys() and (
            thing["base"] != thing["quote"]
        ):
            # A law has said it for ever, and no source has to.
            assert thing["value"] is None or thing["known"] == "fixed", thing


async def test_file_of_transactions_is_in_their_own_currencies(
    far: Books, ada: httpx.AsyncClient
) -> None:
    del far
    answer = await ada.get(
        "/api/v1/transactions/export", params={"format": "csv", "period": "2026"}
    )
    for line in answer.text.splitlines():
        assert SPENT not in line or "USD" in line


PAGES: tuple[tuple[type[rx.State], tuple[str, ...]], ...] = (
    (DashboardState, ("load", "load_curve")),
    (AccountsState, ("load",)),
    (TransactionsState, ("load",)),
    (CurrenciesState, ("load",)),
    (ConvertingState, ("load",)),
    (RecurringState, ("load",)),
    (WelcomeState, ("load",)),
)


@pytest.mark.parametrize(("kind", "events"), PAGES, ids=lambda one: str(one)[-30:])
async def test_no_page_shows_the_same_figure_in_euros(
    far: Books, kind: type[rx.State], events: tuple[str, ...]
) -> None:
    state = await (await sit_down(far)).state(kind)
    for name in events:
        await getattr(state, name)()
    _scan(state)


async def test_scan_finds_the_figure_where_a_rate_is_one(far: Books) -> None:
    await observe(far.home, "EUR", {TODAY - timedelta(1): "1", TODAY: "1"})
    for kind in (DashboardState, AccountsState, ConvertingState):
        state = await (await sit_down(far)).state(kind)
        await state.load()
        if isinstance(state, ConvertingState):
            await state.choose_left("USD")
            await state.choose_right("EUR")
            await state.type_left(HELD["USD"])
            assert state.right == "7,391.25"
        else:
            with pytest.raises(AssertionError):
                _scan(state)


async def test_nothing_that_follows_what_is_typed_shows_it(far: Books) -> None:
    desk = await sit_down(far)
    await _convert(desk)
    palette = await desk.state(PaletteState)
    for words in (f"{HELD['USD']} usd in eur", "usd", "Faraway"):
        await palette.look_up(words)
        _scan(palette)
    form = await desk.state(TransactionForm)
    await form.open_new()
    accounts = {one.label: one.value for one in form.accounts}
    await form.choose_kind("move")
    await form.choose_account(accounts["USD"])
    await form.choose_to_account(accounts["Euros"])
    await form.type_amount(HELD["USD"])
    await form.take_day_rate()
    assert form.draft.received == ""
    _scan(form)


async def _convert(desk: Desk) -> None:
    state = await desk.state(ConvertingState)
    await state.load()
    await state.choose_left("USD")
    await state.choose_right("EUR")
    await state.type_left(HELD["USD"])
    assert (state.right, state.said) == ("", "No rate is known for this day.")


def _things(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from _things(value)
    if isinstance(found, list):
        for value in found:
            yield from _things(value)


def _scan(state: rx.State) -> None:
    """No text and no amount of the page has more euros than there are."""
    for said in _texts({name: getattr(state, name) for name in state.base_vars}):
        for figure in re.findall(r"€\s?([\d,]+\.\d\d)", said):
            assert Decimal(figure.replace(",", "")) <= EUROS, said


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Amount):
        yield f"{value.sign}{value.before}{value.major}{value.minor}{value.after}"
    elif isinstance(value, str):
        yield value
    else:
        for one in _parts(value):
            yield from _texts(one)


def _parts(value: Any) -> list[Any]:
    if is_dataclass(value):
        return [getattr(value, one.name) for one in fields(value)]
    if isinstance(value, dict):
        return [*value.values()]
    return [*value] if isinstance(value, list | tuple) else []
