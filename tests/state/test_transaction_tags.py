"""Tags in the form: those of the last visits, unless some were typed."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.services.commands import ask
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.state.transaction_form import TransactionForm
from tests.books import Books, money
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 17)


async def opened(books: Books) -> TransactionForm:
    """Hotel was visited with tags, the Kiosk without."""
    cash, food = await books.open("Cash"), await books.category("Food")
    parts = pay(cash.id, money("-5 EUR"), ((food, money("5 EUR")),))
    await books.record(Entry(DAY, parts, payee="Hotel", tags=("work", "rome")))
    await books.record(Entry(DAY, parts, payee="Kiosk"))
    form = await (await sit_down(books)).state(TransactionForm)
    await form.open_new()
    return form


async def test_tags_of_the_last_visit_are_filled_in_where_one_sees_them(
    books: Books,
) -> None:
    form = await opened(books)
    await form.type_payee("Hotel")
    assert (form.draft.tags, form.shows_details) == ("rome, work", True)
    await form.type_payee("Kiosk")
    assert form.draft.tags == ""
    await form.type_payee("Hotel")
    sent = {"amount": "3", "payee": "Hotel", "tags": "rome, work"}
    await form.save({"form_key": form.form_key, "on_date": "2026-11-18", **sent})
    page = await ask(books.actor, list_transactions, Filter(), limit=1)
    assert page.items[0].tags == ("rome", "work")
    assert (form.mode, form.draft.tags) == ("new", "")


async def test_tags_that_were_typed_or_taken_out_stay_so(books: Books) -> None:
    form = await opened(books)
    form.type_tags("mine")
    await form.type_payee("Hotel")
    assert form.draft.tags == "mine"
    form.close()
    await form.open_new()
    await form.type_payee("Hotel")
    form.type_tags("")
    await form.type_payee("Hotel ")
    assert form.draft.tags == ""
