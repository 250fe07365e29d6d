"""What a change did, before and after, for the people of its ledger alone."""

from datetime import date

import pytest

from fintrack.core.errors import NotFound
from fintrack.core.templates import NewTemplate, TemplateKind
from fintrack.models.trail import TRACKED
from fintrack.services import change_details
from fintrack.services.change_details import FIELDS, FieldChange, find_change
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountChange, edit_account
from fintrack.services.ledger.categories import CategoryChange, edit_category
from fintrack.services.ledger.transactions import (
    TransactionMark,
    void_transaction,
)
from fintrack.services.templates.keeping import add_template
from tests.books import Books, money

pytestmark = pytest.mark.database
DAY = date(2026, 3, 5)


async def test_recorded_transaction_shows_its_fields_and_postings(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    done = await books.spend(cash.id, food, "12.50 EUR", DAY, "Café")
    shown = await ask(books.actor, find_change, done.change_id)
    assert shown.total == 3
    assert {row.subject_id for row in shown.rows} == {done.value.id}
    assert {row.about for row in shown.rows} == {"Café"}
    assert [row.op for row in shown.rows] == ["I", "I", "I"]
    fields = {(f.name, f.before, f.after) for row in shown.rows for f in row.fields}
    assert fields == {
        ("on_date", None, DAY),
        ("payee", None, "Café"),
        ("account", None, "Cash"),
        ("amount", None, money("-12.50 EUR")),
        ("category", None, "Food"),
        ("amount", None, money("12.50 EUR")),
    }


async def test_changed_account_shows_what_differs_alone(books: Books) -> None:
    cash = await books.open("Cash")
    change = AccountChange(cash.id, cash.version, name="Purse", note="blue")
    done = await perform(books.actor, edit_account, change)
    (row,) = (await ask(books.actor, find_change, done.change_id)).rows
    assert (row.table, row.op, row.about) == ("account", "U", "Purse")
    assert row.fields == (
        FieldChange("name", "Cash", "Purse"),
        FieldChange("note", None, "blue"),
    )


async def test_kept_template_shows_its_pattern(books: Books) -> None:
    cash = await books.open("Cash")
    kind, three = TemplateKind.EXPENSE, money("3 EUR")
    new = NewTemplate("Tea", kind, cash.id, three, payee="Kiosk")
    done = await perform(books.actor, add_template, new)
    (row,) = (await ask(books.actor, find_change, done.change_id)).rows
    assert (row.subject, row.about) == ("template", "Tea")
    assert {(f.name, f.after) for f in row.fields} == {
        ("name", "Tea"),
        ("payee", "Kiosk"),
        ("account", "Cash"),
        ("amount", three),
    }


async def test_void_and_its_undo_show_each_other_s_reverse(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    spent = await books.spend(cash.id, food, "1 EUR", DAY, "Kiosk")
    mark = TransactionMark(spent.value.id, spent.value.version)
    done = await perform(books.actor, void_transaction, mark)
    (row,) = (await ask(books.actor, find_change, done.change_id)).rows
    assert row.fields == (FieldChange("voided", None, True),)  # noqa: FBT003 - a value
    undone = await books.undo(done.change_id)
    (row,) = (await ask(books.actor, find_change, undone.id)).rows
    assert row.fields == (FieldChange("voided", True, None),)  # noqa: FBT003 - a value


async def test_what_is_gone_keeps_the_name_of_its_last_image(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    done = await books.spend(cash.id, food, "1 EUR", DAY, "Kiosk")
    undone = await books.undo(done.change_id)
    shown = await ask(books.actor, find_change, undone.id)
    assert {(row.op, row.about) for row in shown.rows} == {("D", "Kiosk")}


async def test_change_of_somebody_else_does_not_exist(
    books: Books, stranger: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    done = await books.spend(cash.id, food, "1 EUR", DAY, "Kiosk")
    with pytest.raises(NotFound):
        await ask(stranger.actor, find_change, done.change_id)
    with pytest.raises(NotFound):
        await ask(books.actor, find_change, done.change_id + 10**6)


async def test_large_change_is_counted_and_cut(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_details, "MOST_ROWS", 2)
    cash, food = await books.open("Cash"), await books.category("Food")
    done = await books.spend(cash.id, food, "1 EUR", DAY, "Kiosk")
    shown = await ask(books.actor, find_change, done.change_id)
    assert (shown.total, len(shown.rows)) == (3, 2)


async def test_moved_category_is_named_before_and_after(books: Books) -> None:
    food, home = await books.category("Food"), await books.category("Home")
    done = await perform(
        books.actor, edit_category, CategoryChange(food, 1, "Food", parent_id=home)
    )
    (row,) = (await ask(books.actor, find_change, done.change_id)).rows
    assert row.fields == (FieldChange("parent", None, "Home"),)


def test_only_tracked_tables_have_images() -> None:
    assert set(FIELDS) <= set(TRACKED)
