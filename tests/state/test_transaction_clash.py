"""Two tabs on one transaction: nothing gets lost, every difference is shown."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView, find_transaction
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from fintrack.state.transaction_form import TransactionForm
from tests.books import Books, money
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 18)
Shown = list[tuple[str, str, str]]


async def _tab(books: Books, transaction_id: int) -> TransactionForm:
    form = await (await sit_down(books)).state(TransactionForm)
    await form.open_edit(str(transaction_id))
    return form


async def _send(form: TransactionForm, **texts: str) -> None:
    await form.save({"form_key": form.form_key, **texts})


async def _kiosk(books: Books) -> TransactionView:
    """
    2026-11-18  Kiosk  Cash  Food  5.00
    """
    cash, food = await books.open("Cash"), await books.category("Food")
    return (await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")).value


async def _kept(books: Books, view: TransactionView) -> TransactionView:
    return await ask(books.actor, find_transaction, view.id)


def _shown(form: TransactionForm) -> Shown:
    plain = dict.fromkeys(map(ord, "\u2068\u2069"))
    return [
        (one.label, one.mine.translate(plain), one.theirs.translate(plain))
        for one in form.differences
    ]


async def test_what_arrives_by_a_transfer_is_shown(books: Books) -> None:
    """
    2026-11-18  Euro  Dollar  10.00 EUR  11.00 USD
    """
    euro, dollar = await books.open("Euro"), await books.open("Dollar", "0 USD")
    parts = (Part(euro.id, money("-10 EUR")), Part(dollar.id, money("11 USD")))
    view = (await books.record(Entry(DAY, parts))).value
    first, second = await _tab(books, view.id), await _tab(books, view.id)
    await _send(first, received="12")
    await _send(second, received="", rate="1.3")
    assert _shown(second) == [("Arrives", "13.00", "12.00")]
    await second.keep_mine()
    await _send(second, received="", rate="1.4")
    assert (await _kept(books, view)).postings[1].money.text == "14.00"


async def test_a_foreign_amount_is_shown(books: Books) -> None:
    view = await _kiosk(books)
    first, second = await _tab(books, view.id), await _tab(books, view.id)
    await _send(first, original_amount="6", original_currency="usd")
    await _send(second, original_amount="7", original_currency="gbp")
    assert _shown(second) == [
        ("Charged abroad", "7.00", "6.00"),
        ("Currency", "GBP", "USD"),
    ]


async def test_kind_description_and_memo_are_shown(books: Books) -> None:
    view = await _kiosk(books)
    form = await _tab(books, view.id)
    cash, food = (p.account_id for p in view.postings)
    parts = (Part(cash, money("5 EUR")), Part(food, money("-5 EUR"), "given back"))
    entry = Entry(DAY, parts, "Kiosk", "Bottles")
    await perform(books.actor, edit_transaction, TransactionChange(view.id, 1, entry))
    await _send(form, payee=" Kiosk ")
    assert _shown(form) == [
        ("Kind", "Expense", "Income"),
        ("Description", "", "Bottles"),
        ("Note", "", "given back"),
    ]


async def test_a_split_is_shown_with_its_memos(books: Books) -> None:
    view = await _kiosk(books)
    fun = await books.category("Fun")
    first, second = await _tab(books, view.id), await _tab(books, view.id)
    await first.split()
    one, other = first.draft.shares
    await first.choose_share(other.key, str(fun))
    texts = {f"share_{one.key}": "3.5", f"memo_{other.key}": "toy"}
    await _send(first, **texts)
    await _send(second, note="mine")
    assert _shown(second) == [
        ("Note", "mine", ""),
        ("Category", "Food", "Food 3.50, Fun 1.50 toy"),
    ]


async def test_the_same_written_otherwise_is_saved_again(books: Books) -> None:
    view = await _kiosk(books)
    first, second = await _tab(books, view.id), await _tab(books, view.id)
    await _send(first, amount="6", tags="Trip, Snacks")
    await _send(second, amount="3+3", payee="Kiosk ", tags="#snacks,trip")
    assert (second.mode, second.errors, second.differences) == ("", {}, [])
    kept = await _kept(books, view)
    assert (kept.version, kept.postings[0].money.text) == (3, "-6.00")
    assert kept.tags == ("Snacks", "Trip")


async def test_void_is_repeated_over_a_save_that_changed_nothing(books: Books) -> None:
    view = await _kiosk(books)
    first, second = await _tab(books, view.id), await _tab(books, view.id)
    await _send(first)
    await second.type_amount("9")
    await second.ask_void()
    await second.void()
    assert second.mode == ""
    assert (await _kept(books, view)).voided_at is not None


async def test_void_shows_what_somebody_changed_and_goes_on_when_told(
    books: Books,
) -> None:
    view = await _kiosk(books)
    first, second = await _tab(books, view.id), await _tab(books, view.id)
    await _send(first, amount="6")
    await second.ask_void()
    await second.void()
    assert _shown(second) == [("Amount", "5.00", "6.00")]
    assert (await _kept(books, view)).voided_at is None
    await second.keep_mine()
    assert (await _kept(books, view)).voided_at is not None


async def test_of_an_opening_balance_amount_and_words_differ(books: Books) -> None:
    await books.open("Cash", "100 EUR")
    (opening,) = (await ask(books.actor, list_transactions, Filter())).items
    first, second = await _tab(books, opening.id), await _tab(books, opening.id)
    await _send(first, amount="90", payee="Found")
    await _send(second, amount="80", payee="Lost")
    assert _shown(second) == [("Amount", "80.00", "90.00"), ("Payee", "Lost", "Found")]


async def test_what_became_void_is_said(books: Books) -> None:
    view = await _kiosk(books)
    form = await _tab(books, view.id)
    await perform(books.actor, void_transaction, TransactionMark(view.id, view.version))
    await form.ask_void()
    await form.void()
    assert _shown(form) == [("", "", "This transaction is void.")]
