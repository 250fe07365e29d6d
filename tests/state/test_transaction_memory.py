"""What memory fills into the form follows the payee; what was chosen stays."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.state.transaction_form import TransactionForm
from tests.books import Books, money
from tests.state.test_transaction_form import _kept, _moves, _opened, _send

pytestmark = pytest.mark.database
DAY = date(2026, 11, 17)


class Places:
    """Cash was used last; the Fish restaurant was paid by Card, for Groceries."""

    cash: str
    card: str
    groceries: str
    fun: str
    salary: str
    form: TransactionForm


@pytest.fixture
async def places(books: Books) -> Places:
    found = Places()
    card, cash = (await books.open("Card")).id, (await books.open("Cash")).id
    groceries = await books.category("Groceries")
    fun = await books.category("Fun")
    salary = await books.category("Salary", kind="income")
    spent = pay(card, money("-5 EUR"), ((groceries, money("5 EUR")),))
    earned = pay(card, money("9 EUR"), ((salary, money("9 EUR")),))
    last = pay(cash, money("-1 EUR"), ((fun, money("1 EUR")),))
    await books.record(Entry(DAY, spent, payee="Fish restaurant", tags=("rome",)))
    await books.record(Entry(DAY, earned, payee="Employer"))
    await books.record(Entry(DAY, last, payee="Kiosk"))
    found.cash, found.card, found.groceries = str(cash), str(card), str(groceries)
    found.fun, found.salary = str(fun), str(salary)
    found.form = await _opened(books)
    return found


def _fields(form: TransactionForm) -> tuple[str, str, str, str]:
    draft = form.draft
    return draft.account, draft.category, draft.kind, draft.tags


async def test_memory_of_a_payee_that_was_not_meant_is_taken_back(
    books: Books, places: Places
) -> None:
    form = places.form
    before = (places.cash, "", "out", "")
    assert _fields(form) == before
    await form.type_payee("Fish restaurant")
    assert _fields(form) == (places.card, places.groceries, "out", "rome")
    assert form.filled == ["account", "category"]
    await form.type_payee("Fishmongers new")
    assert (_fields(form), form.filled, form.memory) == (before, [], "")
    await form.type_payee("Employer")
    assert _fields(form) == (places.card, places.salary, "in", "")
    await form.type_payee("")
    assert _fields(form) == before
    await form.type_payee("Fish restaurant")
    await _send(form, amount="3", payee="Fishmongers new", tags="rome")
    assert set(form.errors) == {"category"}
    await form.choose_category(places.fun)
    await _send(form, amount="3", payee="Fishmongers new")
    view = (await _kept(books))[0]
    assert _moves(view) == [("Cash", "-3.00"), ("Fun", "3.00")]
    assert view.tags == ()


async def test_chosen_account_leaves_the_category_to_memory(places: Places) -> None:
    form = places.form
    await form.choose_account(places.cash)
    await form.type_payee("Fish restaurant")
    assert _fields(form) == (places.cash, places.groceries, "out", "rome")
    assert form.filled == ["category"]
    assert form.memory.startswith("The category comes from your last visit")
    await form.type_payee("Fish")
    assert _fields(form) == (places.cash, "", "out", "")


async def test_chosen_category_keeps_its_kind_and_leaves_the_account_to_memory(
    places: Places,
) -> None:
    form = places.form
    await form.choose_category(places.fun)
    await form.type_payee("Employer")
    assert _fields(form) == (places.card, places.fun, "out", "")
    assert form.memory.startswith("The account comes from your last visit")
    await form.type_payee("Nobody")
    assert _fields(form) == (places.cash, places.fun, "out", "")


async def test_category_chosen_instead_of_memory_s_keeps_what_it_was_chosen_for(
    places: Places,
) -> None:
    form = places.form
    await form.type_payee("Employer")
    await form.choose_category(places.salary)
    assert form.filled == ["account"]
    await form.type_payee("Nobody")
    assert _fields(form) == (places.cash, places.salary, "in", "")


async def test_chosen_kind_stays_and_a_transfer_takes_nothing_from_memory(
    places: Places,
) -> None:
    form = places.form
    await form.choose_kind("in")
    await form.type_payee("Fish restaurant")
    assert _fields(form) == (places.card, places.groceries, "in", "rome")
    await form.choose_kind("move")
    assert _fields(form) == (places.cash, "", "move", "")
    assert form.memory == ""
    await form.choose_kind("out")
    assert _fields(form) == (places.card, places.groceries, "out", "rome")
