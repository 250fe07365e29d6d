"""The entry line at its fastest: days in words, the rest of a split, an address."""

from datetime import date

import pytest

from fintrack.state.transaction_form import TransactionForm
from tests.books import Books
from tests.state.desk import sit_down
from tests.state.test_transaction_form import DAY, _kept, _opened, _send

pytestmark = pytest.mark.database


async def test_day_is_typed_in_words_and_moved_by_keys(books: Books) -> None:
    await books.open("Cash")
    food = await books.category("Food")
    form = await _opened(books)
    assert form.draft.on_date == "Nov 18, 2026"
    await form.type_day("yest")
    assert form.day_said == "Tue, Nov 17"
    await form.type_day("1.2.2024")
    assert form.day_said == "Thursday, February 1, 2024"
    await form.step_day("yest", -1)
    assert (form.draft.on_date, form.day_revision) == ("Nov 16, 2026", 1)
    await form.step_day("nonsense", 3)
    assert form.draft.on_date == "Nov 21, 2026"
    await form.step_day("2026-11-02", 0)
    assert form.draft.on_date == "Nov 2, 2026"
    await form.choose_category(str(food))
    await form.save({"form_key": form.form_key, "amount": "5", "on_date": "1.11."})
    assert [view.on_date for view in await _kept(books)] == [date(2026, 11, 1)]


async def test_steps_of_somebody_else_s_making_move_nothing(books: Books) -> None:
    await books.open("Cash")
    form = await _opened(books)
    await form.step_day("today", 1001)
    assert (form.draft.on_date, form.day_revision) == ("Nov 18, 2026", 0)
    await form.step_day("9999-12-31", 1)
    assert (form.draft.on_date, form.day_revision) == ("Nov 18, 2026", 0)


async def test_rest_of_a_split_goes_where_it_is_put(books: Books) -> None:
    await books.open("Cash")
    form = await _opened(books)
    await form.type_amount("10")
    await form.split()
    first, second = (share.key for share in form.draft.shares)
    await form.type_share(first, "3.50")
    await form.put_rest(second)
    assert [share.amount for share in form.draft.shares] == ["3.50", "6.50"]
    assert form.is_assigned
    await form.type_amount("8")
    await form.put_rest(second)
    assert [share.amount for share in form.draft.shares] == ["3.50", "4.50"]
    await form.type_share(first, "100")
    await form.put_rest(second)
    assert form.draft.shares[1].amount == "4.50"
    full = "The other parts take the whole amount."
    assert form.errors == {f"share_{second}": full}
    await form.type_share(second, "x")
    assert form.errors == {}
    await form.put_rest(second)
    assert form.draft.shares[1].amount == "x"


async def test_saving_can_close_the_line(books: Books) -> None:
    await books.open("Cash")
    food = await books.category("Food")
    form = await _opened(books)
    await form.choose_category(str(food))
    await _send(form, amount="5", closes="1")
    assert (form.mode, len(await _kept(books))) == ("", 1)
    await form.open_new()
    await form.choose_category(str(food))
    await _send(form, amount="6", closes="")
    assert form.mode == "new"


async def test_an_address_fills_the_line_and_saves_nothing(books: Books) -> None:
    card, food = await books.open("Card"), await books.category("Food")
    await books.spend(card.id, food, "6.80 EUR", DAY, "Kornblume")
    desk = await sit_down(books)
    form = await desk.state(TransactionForm)
    await form._open_new(amount="12+3", payee="Kornblume", on_date="yesterday")
    assert (form.draft.amount, form.result) == ("12+3", "= €15.00")
    assert (form.draft.account, form.draft.category) == (str(card.id), str(food))
    assert len(await _kept(books)) == 1


async def test_what_is_missing_gets_the_cursor_until_it_was_chosen(
    books: Books,
) -> None:
    await books.open("Cash")
    food = await books.category("Food")
    form = await _opened(books)
    key = form.form_key
    texts: dict[str, str | None] = {"form_key": key, "amount": "5", "payee": "New"}
    gone_to = await form.save(texts)
    assert "category" in str(gone_to)
    assert form.errors["category"] == "Please choose one."
    await form.choose_category(str(food))
    assert "category" not in form.errors
    assert await form.save(texts) is None
