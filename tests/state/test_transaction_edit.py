"""A transaction that is there: its account may be closed, or it may be gone."""

from datetime import date

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.reading import find_transaction
from fintrack.state.transaction_form import TransactionForm
from tests.books import Books
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 18)


async def _send(form: TransactionForm, **texts: str) -> None:
    await form.save({"form_key": form.form_key, "on_date": DAY.isoformat(), **texts})


async def test_their_version_that_is_gone_is_told(books: Books) -> None:
    desk, other = await sit_down(books), await sit_down(books)
    cash, food = await books.open("Cash"), await books.category("Food")
    view = (await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")).value
    form = await desk.state(TransactionForm)
    await form.open_edit(str(view.id))
    second = await other.state(TransactionForm)
    await second.open_edit(str(view.id))
    await _send(second, amount="6", payee="Kiosk 2")
    await _send(form, amount="7", payee="Kiosk")
    form._id = 2**62
    await form.take_theirs()
    assert form.errors["form"] == "This does not exist or is not yours."


async def test_a_transaction_of_a_closed_account_keeps_its_amount(
    books: Books,
) -> None:
    cash, food = await books.open("Cash", "5 EUR"), await books.category("Food")
    view = (await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")).value
    await perform(books.actor, close_account, AccountMark(cash.id, 1), DAY)
    desk = await sit_down(books)
    form = await desk.state(TransactionForm)
    await form.open_edit(str(view.id))
    assert form.accounts[-1].label == "Cash (closed)"
    await _send(form, amount="6", payee="Kiosk 2")
    assert form.errors["form"] == "Cash is closed. Open it again under Accounts first."
    await _send(form, amount="5", payee="Kiosk 2")
    assert form.mode == ""
    kept = await ask(books.actor, find_transaction, view.id)
    assert kept.payee == "Kiosk 2"
    await form.open_edit(str(view.id))
    assert [one.label for one in form.accounts] == ["Cash (closed)"]
