"""Templates as the form of a transaction drives them."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.templates.keeping import (
    TemplateName,
    list_templates,
    rename_template,
)
from fintrack.services.templates.template_rows import TemplateView
from fintrack.state.palette import PaletteState
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState
from tests.books import Books, money
from tests.services.template_acts import keep, lunch
from tests.services.test_registry import Places, arrange
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database


@pytest.fixture
async def at(books: Books) -> Places:
    return await arrange(books)


@pytest.fixture
async def desk(books: Books) -> Desk:
    return await sit_down(books)


@pytest.fixture
async def form(desk: Desk, at: Places) -> TransactionForm:
    assert at
    found = await desk.state(TransactionForm)
    await found.open_new()
    return found


async def _kept(books: Books) -> list[TemplateView]:
    return await ask(books.actor, list_templates)


async def _booked(books: Books) -> list[TransactionView]:
    return list((await ask(books.actor, list_transactions, Filter())).items)


async def _ask_name(form: TransactionForm, **texts: str) -> None:
    await form.save({"form_key": form.form_key, "as_template": "1", **texts})


async def test_what_stands_in_the_form_is_kept_and_nothing_is_booked(
    form: TransactionForm, desk: Desk, books: Books, at: Places
) -> None:
    booked = await _booked(books)
    await form.choose_account(str(at.bank))
    await form.choose_category(str(at.food))
    await _ask_name(form, amount="4,,50", payee="Bar", note="n", tags="noon")
    assert form.errors == {"amount": form.errors["amount"]}
    await _ask_name(form, amount="4.50", payee=" Bar ", note="n", tags="noon")
    assert (form.errors, form.is_naming, form.template_name) == ({}, True, "Bar")
    await form.keep_template({"template_name": "Lunch"})
    await form.keep_template({"template_name": "Twice"})
    (view,) = await _kept(books)
    assert (view.name, view.payee, view.note, view.tags) == (
        "Lunch",
        "Bar",
        "n",
        ("noon",),
    )
    assert view.amount == money("4.50 EUR")
    assert (form.mode, form.is_naming, form.draft.payee) == ("new", False, " Bar ")
    listed = await desk.state(TransactionsState)
    assert listed.notice.text == "Template Lunch: saved."
    assert await _booked(books) == booked
    await listed.undo(listed.notice.change)
    assert await _kept(books) == []


async def test_opened_transaction_is_kept_as_a_template(
    form: TransactionForm, books: Books, at: Places
) -> None:
    await form.open_edit(str(at.spent))
    await _ask_name(form, amount="10.00", payee="Shop")
    await form.keep_template({"template_name": "Shop"})
    (view,) = await _kept(books)
    assert [share.category_name for share in view.shares] == ["Food"]
    assert form.mode == "edit"


async def test_taken_name_is_asked_about_and_then_replaced(
    form: TransactionForm, books: Books, at: Places
) -> None:
    kept = await keep(books, lunch(at))
    await form.choose_account(str(at.bank))
    await _ask_name(form, amount="1", payee="")
    await form.keep_template({"template_name": "  "})
    assert form.template_error
    await form.replace_template()
    await form.keep_template({"template_name": "LUNCH"})
    assert form.template_error == "Another template already has this name."
    await form.replace_template()
    (view,) = await _kept(books)
    assert (view.id, view.name, view.account_name) == (kept.id, "LUNCH", "Bank")
    assert not form.is_naming


async def test_template_fills_the_form_and_begins_where_something_is_open(
    form: TransactionForm, books: Books, at: Places
) -> None:
    whole = await keep(books, lunch(at))
    bare = replace(lunch(at), name="Bare", amount=None, shares=(), tags=())
    open_one = await keep(books, bare)
    day, before = form.draft.on_date, form.form_key
    await form.toggle_templates()
    assert [row.name for row in form.templates] == ["Bare", "Lunch"]
    await form.use_template(str(whole.id))
    assert (form.draft.amount, form.draft.payee, form.draft.on_date) == (
        "12.00",
        "Bar",
        day,
    )
    assert form.form_key != before
    assert (form.shows_templates, form.shows_details) == (False, True)
    assert form.begins_at == "save"
    await form.save({"form_key": form.form_key})
    newest = (await _booked(books))[0]
    assert [p.money.text for p in newest.postings] == ["-12.00", "9.00", "3.00"]
    assert newest.tags == ("noon", "work")
    await form.use_template(str(open_one.id))
    assert (form.draft.category, form.begins_at) == ("", "amount")


async def test_closed_account_is_said_and_another_is_chosen(
    form: TransactionForm, books: Books, at: Places
) -> None:
    kept = await keep(books, replace(lunch(at), account_id=at.bank))
    mark = AccountMark(at.bank, 1)
    await perform(books.actor, close_account, mark, date(2026, 11, 18))
    await form.toggle_templates()
    assert form.templates[0].closed == "Closed: Bank"
    await form.use_template(str(kept.id))
    assert form.errors == {"account": "Bank is closed. Please choose another."}
    await form.choose_account(str(at.cash))
    await form.save({"form_key": form.form_key})
    assert form.errors == {}


async def test_list_renames_and_removes_with_undo(
    form: TransactionForm, desk: Desk, books: Books, at: Places
) -> None:
    kept = await keep(books, lunch(at))
    await form.toggle_templates()
    form.start_rename("999")
    assert form.renaming == ""
    form.start_rename(str(kept.id))
    await form.rename_template({"new_name": ""})
    assert form.template_error
    await form.rename_template({"new_name": "Dinner"})
    assert [row.name for row in form.templates] == ["Dinner"]
    theirs = TemplateName(kept.id, 2, "Supper")
    await perform(books.actor, rename_template, theirs)
    await form.remove_template(str(kept.id))
    assert form.template_error
    await form.toggle_templates()
    await form.toggle_templates()
    await form.remove_template(str(kept.id))
    assert form.templates == []
    listed = await desk.state(TransactionsState)
    assert listed.notice.text == "Template Supper: removed."
    await listed.undo(listed.notice.change)
    assert [view.name for view in await _kept(books)] == ["Supper"]
    await form.reread_templates()
    assert [row.name for row in form.templates] == ["Supper"]
    await form.remove_template(str(kept.id))
    assert form.templates == []
    assert not form.template_error


async def test_list_that_is_closed_is_not_read(
    form: TransactionForm, books: Books, at: Places
) -> None:
    await keep(books, lunch(at))
    await form.reread_templates()
    assert form.templates == []


async def test_esc_closes_what_is_open_before_the_form(form: TransactionForm) -> None:
    await form.toggle_templates()
    form.escape()
    assert (form.shows_templates, form.mode) == (False, "new")
    form.escape()
    assert form.mode == ""


async def test_address_opens_the_form_by_a_template(
    desk: Desk, form: TransactionForm, books: Books, at: Places
) -> None:
    kept = await keep(books, lunch(at))
    await form._open_from(str(kept.id), {"amount": "7"})
    assert (form.draft.amount, form.draft.payee) == ("7", "Bar")
    for nothing in ("999", "x"):
        await form._open_from(nothing, {"amount": "7"})
        assert (form.mode, form.draft.amount, form.draft.payee) == ("new", "7", "")
    listed = await desk.state(TransactionsState)
    assert listed.notice.tone == "bad"


async def test_palette_offers_new_ones_by_template(
    desk: Desk, books: Books, at: Places
) -> None:
    kept = await keep(books, lunch(at))
    palette = await desk.state(PaletteState)
    for words in ("new", "lun"):
        await palette.look_up(words)
        (row,) = palette.groups[0].rows
        assert (palette.groups[0].label, row.name) == ("Templates", "New: Lunch")
        assert row.href == f"/transactions?new=1&template={kept.id}"
