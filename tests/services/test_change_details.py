"""What a change did, before and after, for the people of its ledger alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import NotFound
from fintrack.core.recurrence import Pattern
from fintrack.core.templates import NewTemplate, TemplateKind
from fintrack.services import blobs, change_details
from fintrack.services.blobs import FolderBlobStore
from fintrack.services.change_details import find_change
from fintrack.services.change_fields import FieldChange
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountChange, edit_account
from fintrack.services.ledger.categories import CategoryChange, edit_category
from fintrack.services.ledger.transactions import (
    TransactionMark,
    void_transaction,
)
from fintrack.services.recurring.handling import DateMark, skip_date
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import ItemChange, add_item, edit_item
from fintrack.services.rules.keeping import RuleChange, edit_rule
from fintrack.services.templates.keeping import add_template
from tests.books import Books, money
from tests.services.arranging import keep, new_rule
from tests.services.attachment_acts import attach
from tests.services.recurring.house import on_day

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


async def test_attachment_is_shown_with_its_transaction_and_by_its_name(
    books: Books, tmp_path: Path
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    spent = (await books.spend(cash.id, food, "1 EUR", DAY, "Kiosk")).value
    blobs.install(FolderBlobStore(tmp_path / "blobs", bytes(32)))
    try:
        done = await attach(books, spent.id)
    finally:
        blobs.install(None)
    (row,) = (await ask(books.actor, find_change, done.change_id)).rows
    assert (row.subject, row.subject_id, row.about) == (
        "transaction",
        spent.id,
        "Kiosk",
    )
    assert (row.op, row.fields) == ("I", (FieldChange("filename", None, "bill.pdf"),))


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


async def test_rule_is_opened_with_its_conditions_shares_and_tags(
    books: Books,
) -> None:
    food, fun = await books.category("Food"), await books.category("Fun")
    kept = await keep(books, new_rule("shop", food, tags=("a",), payee="Shop"))
    new = new_rule("shop", fun, tags=("a", "b"), payee="Shop")
    change = RuleChange(kept.rule.id, kept.version, new)
    done = await perform(books.actor, edit_rule, change)
    shown = await ask(books.actor, find_change, done.change_id)
    rows = [row for row in shown.rows if row.subject == "rule"]
    assert {row.subject_id for row in rows} == {kept.rule.id}
    assert [(row.table, row.op, *row.fields) for row in rows] == [
        ("rule_share", "U", FieldChange("category", "Food", "Fun")),
        ("rule_tag", "I", FieldChange("tag", None, "b")),
    ]
    assert shown.total == len(shown.rows)


async def test_tag_of_a_transaction_stands_with_it_also_when_it_is_gone(
    books: Books,
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    parts = pay(cash.id, money("-1 EUR"), ((food, money("1 EUR")),))
    done = await books.record(Entry(DAY, parts, payee="Kiosk", tags=("sweets",)))
    undone = await books.undo(done.change_id)
    for change_id, op in ((done.change_id, "I"), (undone.id, "D")):
        shown = await ask(books.actor, find_change, change_id)
        (row,) = [row for row in shown.rows if row.table == "transaction_tag"]
        assert (row.op, row.subject, row.about) == (op, "transaction", "Kiosk")
        (tag,) = row.fields
        assert {tag.before, tag.after} == {None, "sweets"}


async def test_what_comes_again_is_opened_with_its_dates(books: Books) -> None:
    bank, rent = await books.open("Bank"), await books.category("Rent")
    rule = replace(on_day(31), starts_on=date(2026, 1, 31))
    new = NewItem("Landlord", bank.id, rent, money("-5 EUR"), rule)
    item = (await perform(books.actor, add_item, new)).value
    days = replace(rule, pattern=Pattern.DAYS, every=7)
    change = ItemChange(item.id, item.version, replace(new, rule=days))
    done = await perform(books.actor, edit_item, change)
    (row,) = (await ask(books.actor, find_change, done.change_id)).rows
    assert (row.table, row.about) == ("recurring_item", "Landlord")
    assert set(row.fields) == {
        FieldChange("pattern", "month-day", "days"),
        FieldChange("every", "1", "7"),
        FieldChange("day", "31", None),
    }
    mark = DateMark(item.id, date(2026, 12, 5))
    skipped = await perform(books.actor, skip_date, mark)
    (row,) = (await ask(books.actor, find_change, skipped.change_id)).rows
    assert (row.table, row.subject, row.about) == (
        "recurring_occurrence",
        "recurring_item",
        "Landlord",
    )
    assert row.fields == (
        FieldChange("due_on", None, date(2026, 12, 5)),
        FieldChange("outcome", None, "skipped"),
    )
