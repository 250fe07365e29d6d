"""The list: what its address says, what it shows, what it sums."""

from datetime import date, timedelta

import pytest

from fintrack.core.chart import Kind
from fintrack.core.entries import Entry, pay, transfer
from fintrack.services.commands import ask, perform
from fintrack.services.first_run import Beginning, Start, start_with
from fintrack.services.ledger.categories import list_categories
from fintrack.state.session import SessionState
from fintrack.state.transaction_filters import Shown, read_address
from fintrack.state.transactions import TransactionsState
from tests.books import Books, money
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 17)


async def _list(books: Books, **address: str) -> TransactionsState:
    state = await (await sit_down(books)).state(TransactionsState)
    state.shown = read_address(address)
    await state._read()
    return state


def _names(state: TransactionsState) -> list[str]:
    return [row.name for day in state.days for row in day.rows]


def test_unreadable_parts_of_an_address_narrow_nothing() -> None:
    wild = {
        "account": "1 OR 1=1",
        "category": "-5",
        "period": "2026-13",
        "least": "1e9",
        "most": "NaN",
        "void": "yes",
        "cleared": "1",
        "files": "yes",
        "after": "20260101-99999999999999999999",
        "before": "x",
        "q": "a" * 5000,
    }
    shown = read_address(wild)
    assert shown == Shown(q="a" * 100)


def test_an_address_keeps_its_filters() -> None:
    given = {
        "account": "7",
        "category": "12",
        "q": "bakery",
        "period": "2026-11-01..2026-11-15",
        "least": "10.50",
        "most": "20",
        "void": "1",
        "cleared": "yes",
        "files": "1",
        "after": "20261105-33",
    }
    kept = {name: text for name, text in read_address(given).address.items() if text}
    assert kept == given


async def test_rows_stand_under_their_day_with_its_sum(books: Books) -> None:
    """
    2026-11-18  Kornblume   Cash  Food   6.80
    2026-11-17  Lindqvist   Cash  Pay  390.00
    2026-11-17  Hardware    Cash  Food  72.50
    2026-10-30  Old         Cash  Food   1.00
    """
    cash, food = await books.open("Cash"), await books.category("Food")
    salary = await books.category("Pay", "income")
    await books.spend(cash.id, food, "1 EUR", date(2026, 10, 30), "Old")
    await books.spend(cash.id, food, "72.50 EUR", DAY, "Hardware")
    earned = pay(cash.id, money("390 EUR"), ((salary, money("390 EUR")),))
    await books.record(Entry(on_date=DAY, parts=earned, payee="Lindqvist"))
    await books.spend(cash.id, food, "6.80 EUR", DAY + timedelta(1), "Kornblume")
    state = await _list(books)
    assert state.status == "ready"
    assert [day.name for day in state.days] == ["Today", "Yesterday"]
    assert _names(state) == ["Kornblume", "Lindqvist", "Hardware"]
    sums = [one.sign + one.before + one.major + one.minor for one in state.days[1].sums]
    assert sums == ["+€317.50"]
    spent, gained = state.days[0].rows[0].amount, state.days[1].rows[0].amount
    assert (spent.sign, spent.tone) == ("−", "")
    assert (gained.sign, gained.tone) == ("+", "in")
    assert state.summary.went_out.major == "79"
    assert state.summary.count == "3"


async def test_transfers_are_grey_and_name_both_accounts(books: Books) -> None:
    euro, lira = await books.open("Everyday"), await books.open("Vadesiz", "0 TRY")
    parts = transfer(euro.id, lira.id, money("10 EUR"), money("486 TRY"))
    await books.record(Entry(on_date=DAY, parts=parts))
    state = await _list(books)
    row = state.days[0].rows[0]
    assert (row.name, row.category) == ("Everyday to Vadesiz", "Transfer")
    assert (row.amount.sign, row.amount.tone) == ("", "quiet")
    assert row.second == "₺486.00"
    assert (state.days[0].sums, state.summary.is_shown) == ([], False)


async def test_filters_and_empty_states(books: Books) -> None:
    nothing = await _list(books)
    assert (nothing.has_any, nothing.has_accounts) == (False, False)
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")
    state = await _list(books, category=str(food), account=str(cash.id), q="kio")
    assert _names(state) == ["Kiosk"]
    assert [chip.label for chip in state.chips] == ["“kio”", "Cash", "Food"]
    other = await _list(books, q="nowhere")
    assert (other.days, other.has_any) == ([], True)
    assert other.asked == "Nothing matches in: November 2026"
    assert _names(await _list(books, period="2026-10")) == []
    assert _names(await _list(books, period="all", least="5.01")) == []


async def test_what_has_no_category_is_one_filter_for_both_kinds(books: Books) -> None:
    """
    2026-11-17  Kiosk    Cash  Snacks          5.00
    2026-11-17  Unknown  Cash  Other spending  6.00
    2026-10-17  Mystery  Cash  Other income    7.00
    """
    await perform(books.actor, start_with, Start(Beginning.IMPORT, DAY, "en"))
    cash, food = await books.open("Cash"), await books.category("Snacks")
    await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")
    found = await ask(books.actor, list_categories)
    kinds = {one.kind: one.id for one in found if one.uncategorised}
    await books.spend(cash.id, kinds[Kind.EXPENSE], "6 EUR", DAY, "Unknown")
    found_money = pay(cash.id, money("7 EUR"), ((kinds[Kind.INCOME], money("7 EUR")),))
    month_before = DAY - timedelta(31)
    await books.record(Entry(on_date=month_before, parts=found_money, payee="Mystery"))
    state = await _list(books, category="none", period="all")
    assert _names(state) == ["Unknown", "Mystery"]
    assert [chip.label for chip in state.chips] == ["No category", "All days"]


async def test_books_without_a_place_for_the_rest_have_nothing_there(
    books: Books,
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")
    assert _names(await _list(books, category="none", period="all")) == []


async def test_pages_go_down_and_up_again(books: Books) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    for number in range(52):
        await books.spend(cash.id, food, "1 EUR", DAY, f"Visit {number:02}")
    first = await _list(books)
    assert (len(_names(first)), first.newer, bool(first.older)) == (50, "", True)
    second = await _list(books, after=first.older)
    assert _names(second) == ["Visit 01", "Visit 00"]
    back = await _list(books, before=second.newer)
    assert _names(back) == _names(first)


async def test_what_cannot_be_loaded_says_so(
    books: Books, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise OSError("the database is away")

    monkeypatch.setattr("fintrack.state.transactions.load_choices", fail)
    state = await _list(books)
    assert state.status == "failed"
    assert "could not be loaded" in caplog.text


async def test_filter_form_refuses_what_it_cannot_read(books: Books) -> None:
    state = await _list(books)
    form: dict[str, str | bool | None] = {"since": "2026-11-10", "least": "twelve"}
    form["until"] = "2026-11-01"
    assert await state.filter(form) is None
    assert set(state.filter_errors) == {"until", "least"}
    going = await state.filter({"since": "2026-11-10", "most": "1,200.50"})
    assert "period=2026-11-10..2998-12-31" in str(going).replace("%3A", ":")
    assert "most=1200.50" in str(going)


async def test_a_bound_that_was_calculated_stays_in_the_address(books: Books) -> None:
    state = await _list(books)
    going = str(await state.filter({"least": "10/3", "most": "1/8"}))
    assert "least=3.33333333&most=0.125" in going
    assert read_address({"least": "3.33333333"}).least


async def test_form_narrows_to_marks_and_files(books: Books) -> None:
    state = await _list(books)
    going = str(await state.filter({"cleared": "yes", "files": "on"}))
    assert "cleared=yes&files=1" in going
    going = str(await state.filter({"cleared": "maybe"}))
    assert "cleared" not in going
    await _list(books, files="1", cleared="yes")


async def test_last_month_there_is_can_be_asked_for(books: Books) -> None:
    desk = await sit_down(books)
    (await desk.state(SessionState))._month_starts_on = 28
    state = await desk.state(TransactionsState)
    state.shown = read_address({"period": "2999-12"})
    await state._read()
    assert state.status == "ready"
