"""Marks in the list and in the form, and the question before a lock is broken."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, transfer
from fintrack.services.commands import perform
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.state.transaction_filters import read_address
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState
from tests.books import Books, money
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 18)


@pytest.fixture
async def desk(books: Books) -> Desk:
    """Cash had 100 EUR since January; 5 were spent today."""
    cash = await books.open("Cash", "100 EUR")
    await books.spend(cash.id, await books.category("Food"), "5 EUR", DAY, "Kiosk")
    return await sit_down(books)


async def _list(desk: Desk, **address: str) -> TransactionsState:
    state = await desk.state(TransactionsState)
    state.shown = read_address(address)
    await state._read()
    return state


def _marks(state: TransactionsState) -> list[tuple[str, str]]:
    return [(row.name, row.mark.name) for day in state.days for row in day.rows]


async def _reconcile(books: Books, balance: str, day: date = DAY) -> None:
    (cash,) = await books.rows("SELECT id FROM account WHERE name = 'Cash'")
    statement = Statement(cash.id, day, money(balance))
    await perform(books.actor, finish_reconciliation, statement)


async def _send(form: TransactionForm, **texts: str) -> None:
    await form.save({"form_key": form.form_key, "on_date": DAY.isoformat(), **texts})


async def test_click_on_the_mark_turns_it(desk: Desk) -> None:
    state = await _list(desk)
    (row,) = state.days[0].rows
    await state.toggle_cleared(row.id)
    assert _marks(state) == [("Kiosk", "cleared")]
    await state.toggle_cleared(row.id)
    assert _marks(state) == [("Kiosk", "open")]


async def test_not_cleared_stands_in_the_address(desk: Desk) -> None:
    state = await _list(desk, cleared="no", period="all")
    assert _marks(state) == [("Kiosk", "open")]
    assert [chip.label for chip in state.chips if chip.name == "cleared"] == [
        "Not cleared"
    ]
    assert read_address({"cleared": "maybe"}).cleared == ""
    # What was marked stays in sight until the list is read again.
    await state.toggle_cleared(state.days[0].rows[0].id)
    assert _marks(state) == [("Kiosk", "cleared")]
    await state._read()
    assert _marks(state) == []
    state = await _list(desk, cleared="yes", period="all")
    assert ("Kiosk", "cleared") in _marks(state)
    assert [chip.label for chip in state.chips if chip.name == "cleared"] == ["Cleared"]


async def test_transfer_is_marked_on_the_account_in_sight(
    desk: Desk, books: Books
) -> None:
    one, two = await books.open("One", "9 EUR"), await books.open("Two")
    nine = money("9 EUR")
    await books.record(Entry(DAY, transfer(one.id, two.id, nine, nine)))
    state = await _list(desk, account=str(two.id))
    await state.toggle_cleared(state.days[0].rows[0].id)
    assert _marks(state) == [("One to Two", "cleared")]
    assert ("One to Two", "open") in _marks(await _list(desk))


async def test_reconciled_mark_is_a_lock_and_says_so(desk: Desk, books: Books) -> None:
    state = await _list(desk)
    row = state.days[0].rows[0]
    await state.toggle_cleared(row.id)
    await _reconcile(books, "95 EUR")
    await state._read()
    assert _marks(state) == [("Kiosk", "locked")]
    await state.toggle_cleared(row.id)
    assert "Open the reconciliation again first" in state.notice.text


async def test_form_turns_the_mark_at_once(desk: Desk) -> None:
    state = await _list(desk)
    form = await desk.state(TransactionForm)
    await form.open_edit(state.days[0].rows[0].id)
    assert form.mark.words == "Not cleared"
    await form.toggle_cleared()
    assert form.mark.words == "Cleared"
    assert _marks(state) == [("Kiosk", "cleared")]
    await _send(form, amount="5", payee="Kiosk 2")
    assert form.mode == ""


async def test_lock_is_broken_only_after_the_question(desk: Desk, books: Books) -> None:
    state = await _list(desk)
    row = state.days[0].rows[0]
    await state.toggle_cleared(row.id)
    await _reconcile(books, "95 EUR")
    form = await desk.state(TransactionForm)
    await form.open_edit(row.id)
    await _send(form, amount="6", payee="Kiosk")
    assert form.breaks == (
        "The reconciliation of Cash with the statement of Nov 18, 2026 would no "
        "longer add up."
    )
    form.set_warning(False)
    assert form.mode == "edit"
    await _send(form, amount="6", payee="Kiosk")
    await form.go_on()
    assert (form.mode, form.breaks) == ("", "")
    assert _marks(state) == [("Kiosk", "cleared")]
    assert await books.findings() == []


async def test_void_asks_about_the_lock_too(desk: Desk, books: Books) -> None:
    state = await _list(desk)
    row = state.days[0].rows[0]
    await state.toggle_cleared(row.id)
    await _reconcile(books, "95 EUR")
    form = await desk.state(TransactionForm)
    await form.open_edit(row.id)
    await form.ask_void()
    await form.void()
    assert form.breaks
    await form.go_on()
    assert state.days == []


LOCKED = "Cash is reconciled up to Nov 18, 2026."


async def _entry(desk: Desk) -> TransactionForm:
    form = await desk.state(TransactionForm)
    await form.open_new()
    await form.choose_account(form.accounts[0].value)
    await form.choose_category(form.categories[0].choices[0].value)
    return form


async def _late(books: Books) -> int:
    found = await books.rows("SELECT count(*) AS n FROM transaction WHERE payee='Late'")
    return found[0].n


async def test_new_transaction_in_a_locked_period_is_told_beside_the_day(
    desk: Desk, books: Books
) -> None:
    await _reconcile(books, "100 EUR")
    form = await _entry(desk)
    assert form.day_lock == LOCKED
    await form.type_day("2026-11-19")
    assert form.day_lock == ""
    await form.step_day("2026-11-19", -1)
    assert form.day_lock == LOCKED
    await _send(form, amount="1", payee="Late")
    assert (form.breaks, await _late(books)) == ("", 1)
    assert form.day_lock == LOCKED  # The day stays for the next one.
    assert _marks(await _list(desk))[0] == ("Late", "open")
    assert await books.findings() == []


async def test_transfer_is_told_of_both_accounts(desk: Desk, books: Books) -> None:
    await books.open("Bank")
    await _reconcile(books, "100 EUR")
    form = await _entry(desk)
    by_name = {choice.label: choice.value for choice in form.accounts}
    await form.choose_account(by_name["Bank"])
    assert form.day_lock == ""
    await form.choose_to_account(by_name["Cash"])
    assert form.day_lock == ""
    await form.choose_kind("move")
    assert form.day_lock == LOCKED


async def test_lock_that_the_page_has_not_told_is_asked_about(
    desk: Desk, books: Books
) -> None:
    """Another tab reconciles while the entry is open."""
    form = await _entry(desk)
    await _reconcile(books, "100 EUR")
    await _send(form, amount="1", payee="Late")
    assert (form.breaks, await _late(books)) == (LOCKED, 0)
    await form.go_on()
    assert (form.breaks, await _late(books)) == ("", 1)


async def test_day_typed_faster_than_the_page_tells_is_asked_about(
    desk: Desk, books: Books
) -> None:
    await _reconcile(books, "100 EUR")
    form = await _entry(desk)
    await form.type_day("2026-11-19")
    await _send(form, amount="1", payee="Late")
    assert (form.breaks, await _late(books)) == (LOCKED, 0)


async def test_what_was_locked_since_the_question_is_asked_about_too(
    desk: Desk, books: Books
) -> None:
    """Another tab reconciles between the warning and the yes."""
    before = date(2026, 11, 17)
    await _reconcile(books, "100 EUR", before)
    form = await desk.state(TransactionForm)
    await form.open_new()
    await form.choose_account(form.accounts[0].value)
    await form.choose_category(form.categories[0].choices[0].value)
    await _send(form, amount="1", payee="Late", on_date=before.isoformat())
    assert form.breaks == "Cash is reconciled up to Nov 17, 2026."
    await _reconcile(books, "100 EUR")
    await form.go_on()
    assert form.breaks == "Cash is reconciled up to Nov 18, 2026."
    late = "SELECT FROM transaction WHERE payee = 'Late'"
    assert await books.rows(late) == []
    await form.go_on()
    assert len(await books.rows(late)) == 1


async def test_going_on_without_a_question_does_nothing(
    desk: Desk, books: Books
) -> None:
    form = await desk.state(TransactionForm)
    await form.open_new()
    before = await books.snapshot()
    await form.go_on()
    assert await books.snapshot() == before
