"""The form: quick entry, memory, splits, transfers, edits, conflicts, void."""

from datetime import date

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState
from tests.books import Books
from tests.services.arranging import open_places
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 18)


async def _opened(books: Books, *, language: str = "en") -> TransactionForm:
    desk = await sit_down(books, language=language)
    form = await desk.state(TransactionForm)
    await form.open_new()
    return form


async def _kept(books: Books) -> list[TransactionView]:
    page = await ask(books.actor, list_transactions, Filter(with_void=True))
    return list(page.items)


async def _send(form: TransactionForm, **texts: str) -> None:
    await form.save({"form_key": form.form_key, "on_date": DAY.isoformat(), **texts})


def _moves(view: TransactionView) -> list[tuple[str, str]]:
    return [(p.account_name, p.money.text) for p in view.postings]


async def test_a_calculation_is_saved_and_the_line_stays_for_the_next(
    books: Books,
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    form = await _opened(books, language="tr")
    await form.choose_category(str(food))
    await form.type_amount("12,50+3")
    assert form.result == "= €15,50"
    before = form.form_key
    await _send(form, amount="12,50+3", payee="Kornblume")
    (view,) = await _kept(books)
    assert _moves(view) == [("Cash", "-15.50"), ("Food", "15.50")]
    assert (form.mode, form.draft.amount, form.draft.account) == (
        "new",
        "",
        str(cash.id),
    )
    assert form.form_key not in ("", before)


async def test_a_category_that_one_chose_says_so_and_an_open_one_does_not(
    books: Books,
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    form = await _opened(books)
    for category, said in ((food, "You chose the category."), (0, "")):
        place = category or await open_places(books)
        done = await books.spend(cash.id, place, "5 EUR", DAY)
        await form.open_edit(str(done.value.id))
        assert form.why == said


async def test_a_double_click_saves_once(books: Books) -> None:
    await books.open("Cash")
    food = await books.category("Food")
    form = await _opened(books)
    await form.choose_category(str(food))
    sent: dict[str, str | None] = {
        "form_key": form.form_key,
        "amount": "5",
        "on_date": DAY.isoformat(),
    }
    await form.save(sent)
    await form.save(sent)
    assert len(await _kept(books)) == 1


async def test_memory_fills_category_and_account_until_somebody_chooses(
    books: Books,
) -> None:
    cash, card = await books.open("Cash"), await books.open("Card")
    food, fun = await books.category("Food"), await books.category("Fun")
    await books.spend(card.id, food, "6.80 EUR", DAY, "Kornblume Bakery")
    form = await _opened(books)
    assert form.payees == ["Kornblume Bakery"]
    await form.type_payee("kornblume bakery")
    assert (form.draft.account, form.draft.category) == (str(card.id), str(food))
    assert "last visit to Kornblume Bakery" in form.memory
    await form.choose_account(str(cash.id))
    await form.choose_category(str(fun))
    await form.type_payee("Kornblume Bakery")
    assert (form.draft.account, form.draft.category) == (str(cash.id), str(fun))


async def test_enter_before_memory_answered_uses_it_all_the_same(books: Books) -> None:
    card, food = await books.open("Card"), await books.category("Food")
    await books.spend(card.id, food, "6.80 EUR", DAY, "Kornblume")
    form = await _opened(books)
    await _send(form, amount="7", payee="Kornblume")
    assert _moves((await _kept(books))[0]) == [("Card", "-7.00"), ("Food", "7.00")]


async def test_all_findings_stand_beside_their_fields(books: Books) -> None:
    await books.open("Cash")
    form = await _opened(books)
    await form.choose_category("nonsense")
    await form.save({"form_key": form.form_key, "amount": "12,5O", "on_date": "31 feb"})
    assert set(form.errors) == {"amount", "category", "on_date"}
    assert form.draft.amount == "12,5O"
    await _send(form, amount="-5")
    assert form.errors["amount"] == "Please enter an amount above zero."
    assert await _kept(books) == []


async def test_without_an_account_one_is_opened_first(books: Books) -> None:
    desk = await sit_down(books)
    form = await desk.state(TransactionForm)
    assert "/accounts?new=1" in str(await form.open_new())
    assert form.mode == ""
    await books.open("Cash")
    assert await form.open_new() is None
    assert form.mode == "new"


async def test_a_split_is_assigned_only_once_an_amount_is_there(books: Books) -> None:
    await books.open("Cash")
    form = await _opened(books)
    await form.split()
    assert (form.left, form.is_assigned) == ("", False)
    await form.type_amount("10")
    assert (form.left, form.is_assigned) == ("€10.00", False)
    await form.type_share(form.draft.shares[0].key, "10")
    assert (form.left, form.is_assigned) == ("", True)


async def test_a_split_says_what_is_left_and_the_open_share_takes_it(
    books: Books,
) -> None:
    await books.open("Cash")
    food, fun = await books.category("Food"), await books.category("Fun")
    form = await _opened(books)
    await form.choose_category(str(food))
    await form.type_amount("10")
    await form.split()
    first, second = form.draft.shares
    await form.choose_share(second.key, str(fun))
    await form.type_share(first.key, "3.50")
    assert form.left == "€6.50"
    texts = {f"share_{first.key}": "3.50", f"share_{second.key}": "6"}
    await _send(form, amount="10", **texts)
    assert (form.left, form.errors["shares"][:21]) == ("€0.50", "The parts must add up")
    texts[f"share_{second.key}"] = ""
    await _send(form, amount="10", **texts)
    assert _moves((await _kept(books))[0]) == [
        ("Cash", "-10.00"),
        ("Food", "3.50"),
        ("Fun", "6.50"),
    ]


@pytest.mark.parametrize("given", [{"received": "486"}, {"rate": "48.6"}])
async def test_a_transfer_between_currencies_takes_both_amounts_or_a_rate(
    books: Books, given: dict[str, str]
) -> None:
    euro, lira = await books.open("Euro"), await books.open("Lira", "0 TRY")
    form = await _opened(books)
    await form.choose_kind("move")
    await form.choose_account(str(euro.id))
    await form.choose_to_account(str(euro.id))
    await _send(form, amount="10")
    assert form.errors["to_account"] == "Please choose two different accounts."
    await form.choose_to_account(str(lira.id))
    assert form.to_symbol == "₺"
    await _send(form, amount="10")
    assert "received" in form.errors
    await _send(form, amount="10", rate="0.0001")
    assert "would be zero" in form.errors["rate"]
    await _send(form, amount="10", **given)
    moved = _moves((await _kept(books))[0])
    assert moved[:2] == [("Euro", "-10.00"), ("Lira", "486.00")]


async def test_a_foreign_amount_stands_beside_the_posting(books: Books) -> None:
    await books.open("Card")
    food = await books.category("Food")
    form = await _opened(books)
    await form.choose_category(str(food))
    foreign = {"original_amount": "12", "original_currency": "usd"}
    await _send(form, amount="10.31", **foreign)
    original = (await _kept(books))[0].postings[0].original
    assert original is not None
    assert (original.text, original.currency) == ("-12.00", "USD")


async def _editing(books: Books, desk: Desk) -> tuple[TransactionForm, TransactionView]:
    """
    2026-11-18  Kiosk  Cash  Food  5.00
    """
    cash, food = await books.open("Cash"), await books.category("Food")
    done = await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")
    form = await desk.state(TransactionForm)
    await form.open_edit(str(done.value.id))
    return form, done.value


async def test_an_edit_shows_both_versions_and_keeps_mine_or_theirs(
    books: Books,
) -> None:
    desk, other = await sit_down(books), await sit_down(books)
    form, view = await _editing(books, desk)
    second = await other.state(TransactionForm)
    await second.open_edit(str(view.id))
    await _send(second, amount="6", payee="Kiosk 2")
    await _send(form, amount="7", payee="Kiosk")
    shown = {(one.label, one.mine, one.theirs) for one in form.differences}
    assert ("Payee", "Kiosk", "Kiosk 2") in shown
    assert len(shown) == 2
    await form.keep_mine()
    await _send(form, amount="7", payee="Kiosk of both")
    (kept,) = await _kept(books)
    assert (kept.payee, kept.postings[0].money.text) == ("Kiosk of both", "-7.00")
    assert form.mode == ""

    await second.open_edit(str(view.id))
    await form.open_edit(str(view.id))
    await _send(form, amount="8", payee="Mine")
    await _send(second, amount="9", payee="Late")
    await second.take_theirs()
    assert (second.draft.amount, second.draft.payee) == ("8.00", "Mine")
    assert (await _kept(books))[0].payee == "Mine"


async def test_void_asks_first_and_undo_brings_it_back(books: Books) -> None:
    desk = await sit_down(books)
    form, _ = await _editing(books, desk)
    await form.void()
    assert (await _kept(books))[0].voided_at is None
    await form.ask_void()
    await form.void()
    assert (await _kept(books))[0].voided_at is not None
    listed = await desk.state(TransactionsState)
    await listed.undo(listed.notice.change)
    assert (await _kept(books))[0].voided_at is None


async def test_the_last_change_is_taken_back(books: Books) -> None:
    desk = await sit_down(books)
    form, _ = await _editing(books, desk)
    await _send(form, amount="6", payee="Kiosk")
    listed = await desk.state(TransactionsState)
    await listed.undo_last()
    assert (await _kept(books))[0].postings[0].money.text == "-5.00"


async def test_an_opening_balance_is_corrected(books: Books) -> None:
    await books.open("Cash", "100 EUR")
    (opening,) = await _kept(books)
    form = await (await sit_down(books)).state(TransactionForm)
    await form.open_edit(str(opening.id))
    assert (form.draft.kind, form.draft.amount) == ("opening", "100.00")
    texts = {"form_key": form.form_key, "on_date": "2026-02-01", "payee": "Found"}
    await form.save({**texts, "amount": "x"})
    assert list(form.errors) == ["amount"]
    await form.save({**texts, "amount": "-40,50"})
    (kept,) = await _kept(books)
    assert (kept.on_date, kept.payee) == (date(2026, 2, 1), "Found")
    assert [(place, text) for place, text in _moves(kept)] == [
        ("Cash", "-40.50"),
        (_moves(opening)[1][0], "40.50"),
    ]
    assert await books.findings() == []


async def test_what_is_no_transaction_is_not_opened(books: Books) -> None:
    desk = await sit_down(books)
    form = await desk.state(TransactionForm)
    for wanted in ("0", "'; drop", "9" * 30):
        await form.open_edit(wanted)
        assert form.mode == ""
    assert (await desk.state(TransactionsState)).notice.tone == "bad"


async def test_a_transaction_that_became_void_is_not_saved(books: Books) -> None:
    form, view = await _editing(books, await sit_down(books))
    mark = TransactionMark(view.id, view.version)
    await perform(books.actor, void_transaction, mark)
    await _send(form, amount="7", payee="Kiosk")
    assert form.differences[0].theirs == "This transaction is void."
    assert await form.keep_mine() is None
    assert (await _kept(books))[0].postings[0].money.text == "-5.00"
