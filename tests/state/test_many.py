"""Rows of the list are selected, and one command changes them all."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, pay, transfer
from fintrack.services.commands import ask
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView
from fintrack.state import picking
from fintrack.state.many import ManyState
from fintrack.state.transaction_filters import read_address
from fintrack.state.transactions import ROWS, TransactionsState
from tests.books import Books, money
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 17)
SELECTED = True


class Room:
    """A tab with the list open, and the names of what was spent."""

    def __init__(self, books: Books, desk: Desk, food: int) -> None:
        self.books, self.desk, self.food = books, desk, food

    async def list(self) -> TransactionsState:
        return await self.desk.state(TransactionsState)

    async def many(self) -> ManyState:
        return await self.desk.state(ManyState)

    async def pick(self, *names: str, on: bool = True) -> None:
        listed = await self.list()
        rows = {row.name: row.id for day in listed.days for row in day.rows}
        await listed.pick([rows[name] for name in names], on)

    async def do(self, deed: str, **form: str) -> str:
        """Opens the form of a deed, sends it, and gives what is told."""
        many = await self.many()
        await many.open(deed)
        if deed == "void":
            await many.void()
        else:
            await many.apply({**form})
        return (await self.list()).notice.text

    async def views(self) -> dict[str, TransactionView]:
        page = await ask(self.books.actor, list_transactions, Filter(with_void=True))
        return {view.payee: view for view in page.items}


async def enter(books: Books, *payees: str, **address: str) -> Room:
    cash, food = await books.open("Cash"), await books.category("Food")
    for payee in payees:
        await books.spend(cash.id, food, "5 EUR", DAY, payee)
    desk = await sit_down(books)
    listed = await desk.state(TransactionsState)
    listed.shown = read_address(address)
    await listed._read()
    return Room(books, desk, food)


async def test_selected_rows_change_in_one_step_and_undo_brings_them_back(
    books: Books,
) -> None:
    room = await enter(books, "A", "B", "C")
    drinks = await books.category("Drinks")
    await room.pick("A", "B")
    listed = await room.list()
    assert listed.picked_label == "2 selected"
    said = await room.do("category", category_id=str(drinks))
    assert said == "2 transactions changed."
    assert (listed.picked, listed.picked_label) == ([], "")
    found = {
        name: view.postings[1].account_id for name, view in (await room.views()).items()
    }
    assert found == {"A": drinks, "B": drinks, "C": room.food}
    await listed.undo(listed.notice.change)
    assert {v.postings[1].account_id for v in (await room.views()).values()} == {
        room.food
    }


async def test_what_was_left_is_told_with_its_reason(books: Books) -> None:
    room = await enter(books, "A", "B")
    bank = await books.open("Bank")
    cash = (await room.views())["A"].postings[0].account_id
    both = (
        (room.food, money("2 EUR")),
        (await books.category("Fun"), money("1 EUR")),
    )
    await books.record(Entry(DAY, pay(cash, money("-3 EUR"), both), payee="Split"))
    await (await room.list())._read()
    await room.pick("A", "B", "Split")
    said = await room.do("category", category_id=str(room.food))
    assert said == (
        "Nothing was changed. Left as they were: so already (2), split (1)."
    )
    assert (await room.list()).notice.change == ""
    await room.pick("A", "Split")
    said = await room.do("account", account_id=str(bank.id))
    assert said == "2 transactions changed."


async def test_change_of_another_tab_is_not_overwritten(books: Books) -> None:
    room = await enter(books, "A", "B")
    await room.pick("A", "B")
    other = Room(books, await sit_down(books), room.food)
    await (await other.list())._read()
    (await other.list()).shown = read_address({})
    await other.pick("A")
    assert await other.do("tags", add_tags="mine") == "1 transaction changed."
    said = await room.do("tags", add_tags="yours")
    assert said == (
        "1 transaction changed. Left as they were: changed by someone meanwhile (1)."
    )
    assert (await room.views())["A"].tags == ("mine",)


async def test_own_undo_leaves_the_selection_as_it_is_seen(books: Books) -> None:
    room = await enter(books, "A", "B")
    await room.pick("A")
    await room.do("tags", add_tags="x, y")
    listed = await room.list()
    change = listed.notice.change
    await room.pick("A", "B")
    await listed.undo(change)
    assert listed.picked_label == "2 selected"
    assert await room.do("tags", add_tags="z") == "2 transactions changed."


async def test_all_that_match_are_taken_by_the_filter(books: Books) -> None:
    payees = [f"Shop {n}" for n in range(ROWS + 3)]
    room = await enter(books, *payees, "Kiosk", q="shop")
    listed = await room.list()
    await listed.pick_all()
    assert (listed.takes_all, len(listed.picked)) == (True, ROWS)
    assert listed.picked_label == f"{ROWS + 3} selected"
    await room.pick(f"Shop {ROWS + 2}", on=False)
    assert listed.picked_label == f"{ROWS + 2} selected"
    assert await room.do("void") == f"{ROWS + 2} transactions changed."
    kept = [name for name, v in (await room.views()).items() if v.voided_at is None]
    assert sorted(kept) == ["Kiosk", f"Shop {ROWS + 2}"]


async def test_all_that_match_are_counted_anew_when_there_are_others(
    books: Books,
) -> None:
    room = await enter(books, "Shop 1", q="shop")
    listed = await room.list()
    await listed.pick_all()
    cash = (await room.views())["Shop 1"].postings[0].account_id
    await books.spend(cash, room.food, "1 EUR", DAY, "Shop 2")
    assert "in the meantime" in await room.do("void")
    assert listed.picked_label == "2 selected"
    assert await room.do("void") == "2 transactions changed."


async def test_selection_ends_with_another_filter_and_not_with_another_page(
    books: Books,
) -> None:
    payees = [f"Shop {n}" for n in range(ROWS + 1)]
    room = await enter(books, *payees)
    listed = await room.list()
    await room.pick(f"Shop {ROWS}")
    listed.shown = listed.shown.turned(after=listed.older)
    await listed._read()
    assert (listed.picked, listed.picked_label) == ([], "1 selected")
    await room.pick("Shop 0")
    assert await room.do("day", day="2026-11-01") == "2 transactions changed."
    await listed.start_picking()
    assert listed.picked_label == "0 selected"
    listed.drop_picks()
    assert (listed.is_picking, listed.picked_label) == (False, "")


@pytest.mark.parametrize(
    ("deed", "form", "field"),
    [
        ("category", {}, "category_id"),
        ("category", {"category_id": "777777"}, "form"),
        ("account", {"account_id": "-1"}, "account_id"),
        ("day", {"day": "soon"}, "on_date"),
        ("day", {"day": "2300-01-01"}, "on_date"),
        ("tags", {}, "tags"),
        ("tags", {"add_tags": "a\u202eb"}, "tags"),
    ],
)
async def test_bad_form_says_so_beside_the_field_and_stays_open(
    books: Books, deed: str, form: dict[str, str], field: str
) -> None:
    room = await enter(books, "A")
    await room.pick("A")
    assert await room.do(deed, **form) == ""
    many = await room.many()
    assert (many.deed, list(many.errors)) == (deed, [field])
    assert (await room.list()).picked_label == "1 selected"


async def test_void_rows_and_ids_of_no_row_are_not_selected(books: Books) -> None:
    room = await enter(books, "A", "B", void="1")
    await room.pick("A")
    await room.do("void")
    listed = await room.list()
    await room.pick("A")
    await listed.pick(["777777", "x"], SELECTED)
    assert listed.picked_label == ""
    await (await room.many()).open("void")
    assert (await room.many()).deed == ""


async def test_more_than_can_be_changed_at_once_are_not_selected_and_that_is_said(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was selected stays so, also where it is named again."""
    monkeypatch.setattr(picking, "MAX_MANY", 2)
    room = await enter(books, "A", "B", "C")
    await room.pick("A")
    await room.pick("A", "B", "C")
    listed = await room.list()
    assert listed.picked_label == "1 selected"
    assert listed.notice.text.startswith("At most 2 transactions")
    await room.pick("A", "B")
    assert listed.picked_label == "2 selected"


async def test_mark_of_the_bank_needs_no_form(books: Books) -> None:
    room = await enter(books, "A", "B")
    await room.pick("A", "B")
    many, listed = await room.many(), await room.list()
    await many.set_cleared(True)
    assert listed.notice.text == "2 transactions changed."
    found = await books.rows("SELECT FROM posting WHERE cleared_at IS NOT NULL")
    assert len(found) == 2
    await many.set_cleared(False)
    assert listed.notice.text == "2 transactions changed."
    still = await books.rows("SELECT FROM posting WHERE cleared_at IS NOT NULL")
    assert len(still) == 2


async def test_mark_in_the_list_of_an_account_is_for_that_account(books: Books) -> None:
    """As a click on a row of that list is."""
    purse, bank = await books.open("Purse", "100 EUR"), await books.open("Bank")
    moved = transfer(purse.id, bank.id, money("20 EUR"), money("20 EUR"))
    await books.record(Entry(DAY, moved, payee="aside"))
    room = await enter(books, "A", account=str(bank.id))
    listed = await room.list()
    (row,) = [row for day in listed.days for row in day.rows]
    await listed.pick([row.id], SELECTED)
    await (await room.many()).set_cleared(True)
    assert listed.notice.text == "1 transaction changed."
    view = (await room.views())["aside"]
    marks = {one.account_name: one.cleared_at is not None for one in view.postings}
    assert marks == {"Purse": False, "Bank": True}


async def test_what_no_form_can_show_is_told_in_the_corner(books: Books) -> None:
    """The whole selection is gone: an import was taken back, say."""
    room = await enter(books, "A")
    listed = await room.list()
    listed._on_page = {"777777": 1}
    await listed.pick(["777777"], SELECTED)
    said = await room.do("void")
    assert (said, listed.notice.tone) == ("This does not exist or is not yours.", "bad")
    assert (await room.many()).deed == ""
