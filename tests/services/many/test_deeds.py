"""Each deed reaches the transactions that have a place for it, and leaves the rest."""

from datetime import date

import pytest
from sqlalchemy import text

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import InvalidInput
from fintrack.services import change_sets
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account, find_account
from fintrack.services.ledger.transactions import (
    TransactionChange,
    edit_transaction,
)
from fintrack.services.tags.rows import MAX_TAGS
from tests.books import money
from tests.services.many.shelf import DAY, Shelf


async def test_category_reaches_plain_payments(shelf: Shelf) -> None:
    done = await shelf.change(shelf.everything, category_id=shelf.drinks)
    assert done.value.changed == 2
    assert shelf.left(done) == {
        "opening-balance": ["opening"],
        "already-so": ["other"],
        "split": ["split"],
        "transfer": ["moved"],
    }
    plain = await shelf.view("plain")
    assert [p.account_id for p in plain.postings] == [shelf.cash, shelf.drinks]
    assert (plain.version, plain.category_source) == (2, "you")
    assert (await shelf.view("other")).version == 1


async def test_account_reaches_payments_in_its_currency(shelf: Shelf) -> None:
    done = await shelf.change(shelf.everything, account_id=shelf.bank)
    assert done.value.changed == 3
    assert shelf.left(done) == {
        "opening-balance": ["opening"],
        "transfer": ["moved"],
        "other-currency": ["dollar"],
    }
    assert await shelf.books.balance(shelf.bank) == money("-25 EUR")
    assert await shelf.books.balance(shelf.cash) == money("80 EUR")


async def test_mark_of_the_bank_stays_behind_when_money_moves_to_another_account(
    shelf: Shelf,
) -> None:
    """A change of one does the same."""
    await shelf.change(shelf.marked("plain", "other"), cleared=True)
    await shelf.change(shelf.marked("plain"), account_id=shelf.bank)
    parts = pay(shelf.bank, money("-5 EUR"), ((shelf.drinks, money("5 EUR")),))
    change = TransactionChange(shelf.ids["other"], 1, Entry(DAY, parts))
    await perform(shelf.books.actor, edit_transaction, change)
    for name in ("plain", "other"):
        view = await shelf.view(name)
        assert [posting.cleared_at for posting in view.postings] == [None, None]


async def test_day_reaches_everything_with_postings_and_tags(shelf: Shelf) -> None:
    await shelf.change(shelf.marked("plain", "split"), add_tags=("a",))
    day = date(2026, 4, 1)
    rest = shelf.marked("opening", "other", "moved", "dollar")
    done = await shelf.change(rest, on_date=day)
    assert done.value.changed == 4
    dates = await shelf.books.rows(
        "SELECT DISTINCT p.on_date = t.on_date AS same FROM posting p "
        "JOIN transaction t ON t.id = p.transaction_id"
    )
    assert [row.same for row in dates] == [True]
    account = await ask(shelf.books.actor, find_account, shelf.cash)
    assert account.opened_on == day
    again = await shelf.change(shelf.marked("plain"), on_date=DAY)
    assert shelf.left(again) == {"changed-meanwhile": ["plain"]}


async def test_tags_come_on_top_and_go(shelf: Shelf) -> None:
    first = await shelf.change(shelf.marked("plain", "moved"), add_tags=("#Trip", "b"))
    assert first.value.changed == 2
    assert (await shelf.view("moved")).tags == ("b", "Trip")
    await shelf.books.undo(first.change_id)
    await shelf.books.undo(first.change_id + 1)
    names = ("plain", "other")
    seen = [await shelf.view(name) for name in names]
    assert [one.tags for one in seen] == [("b", "Trip"), ()]


async def test_tag_that_is_there_already_and_one_that_is_not_change_nothing(
    shelf: Shelf,
) -> None:
    await shelf.change(shelf.marked("plain"), add_tags=("a",))
    done = await shelf.change(shelf.marked("other"), remove_tags=("A", "b"))
    assert shelf.left(done) == {"already-so": ["other"]}
    assert (await shelf.view("plain")).tags == ("a",)


async def test_transaction_that_has_all_the_tags_it_holds_takes_no_more(
    shelf: Shelf,
) -> None:
    many = tuple(f"t{n}" for n in range(MAX_TAGS))
    await shelf.change(shelf.marked("plain"), add_tags=many)
    view = await shelf.view("plain")
    assert (len(view.tags), view.version) == (MAX_TAGS, 2)
    with pytest.raises(InvalidInput):
        await shelf.change(shelf.marked("other"), add_tags=(*many, "more"))


async def test_void_reaches_all_but_a_closed_account(shelf: Shelf) -> None:
    await shelf.change(shelf.marked("dollar"), void=True)
    mark = AccountMark(shelf.dollars, 1)
    await perform(shelf.books.actor, close_account, mark, DAY)
    done = await shelf.change(shelf.everything, void=True)
    assert done.value.changed == 5
    assert shelf.left(done) == {"changed-meanwhile": ["dollar"]}
    assert await shelf.books.balance(shelf.cash) == money("0 EUR")
    assert await shelf.books.findings() == []


async def test_mark_of_the_bank_reaches_every_posting_on_an_account(
    shelf: Shelf,
) -> None:
    # An opening balance is cleared from the start.
    assert (await shelf.change(shelf.everything, cleared=False)).value.changed == 1
    before = await shelf.books.snapshot()
    done = await shelf.change(shelf.everything, cleared=True)
    assert done.value.changed == 6
    marked = await shelf.books.rows(
        "SELECT DISTINCT a.kind FROM posting p JOIN account a ON a.id = p.account_id "
        "WHERE p.cleared_at IS NOT NULL"
    )
    assert [row.kind for row in marked] == ["asset"]
    again = await shelf.change(shelf.everything, cleared=True)
    assert list(shelf.left(again)) == ["already-so"]
    assert (await shelf.view("moved")).version == 1
    assert (await shelf.change(shelf.everything, cleared=False)).value.changed == 6
    assert await shelf.books.snapshot() == before


async def test_mark_of_the_bank_on_one_account_leaves_the_other_of_a_transfer(
    shelf: Shelf,
) -> None:
    some = shelf.marked("plain", "moved")
    done = await shelf.change(some, cleared=True, account_id=shelf.bank)
    assert (done.value.changed, shelf.left(done)) == (
        1,
        {"not-on-account": ["plain"]},
    )
    marked = [p.cleared_at is not None for p in (await shelf.view("moved")).postings]
    assert marked == [False, True]
    again = await shelf.change(some, cleared=True, account_id=shelf.bank)
    assert "already-so" in shelf.left(again)
    rest = await shelf.change(some, cleared=True, account_id=shelf.cash)
    assert rest.value.changed == 2
    await shelf.change(some, cleared=False, account_id=shelf.bank)
    marked = [p.cleared_at is not None for p in (await shelf.view("moved")).postings]
    assert marked == [True, False]


async def test_mark_on_one_account_goes_where_only_the_other_is_reconciled(
    shelf: Shelf,
) -> None:
    await _reconcile(shelf, "moved")
    some = shelf.marked("moved")
    done = await shelf.change(some, cleared=False, account_id=shelf.bank)
    assert done.value.changed == 1
    done = await shelf.change(some, cleared=False, account_id=shelf.cash)
    assert shelf.left(done) == {"reconciled": ["moved"]}


async def test_what_agreed_with_a_statement_keeps_account_day_and_mark(
    shelf: Shelf,
) -> None:
    await _reconcile(shelf, "plain")
    some = shelf.marked("plain")
    for what in (
        {"account_id": shelf.bank},
        {"on_date": date(2026, 4, 1)},
        {"void": True},
        {"cleared": False},
    ):
        done = await shelf.change(some, **what)
        assert shelf.left(done) == {"reconciled": ["plain"]}
    assert (await shelf.change(some, category_id=shelf.drinks)).value.changed == 1


async def _reconcile(shelf: Shelf, name: str) -> None:
    """Cash agrees with a statement that holds this transaction."""
    await shelf.change(shelf.marked(name), cleared=True)
    async with shelf.books.home.unit_of_work() as session:
        now = shelf.books.home.clock()
        await change_sets.open_change_set(
            session, shelf.books.actor, "test.reconcile", now, None, None
        )
        await session.execute(
            text(
                "WITH made AS (INSERT INTO reconciliation (ledger_id, account_id, "
                "statement_on, balance_minor, closed_at, closed_by) "
                "SELECT ledger_id, id, :day, 0, :now, 1 FROM account WHERE id = :cash "
                "RETURNING id) UPDATE posting SET reconciliation_id = made.id "
                "FROM made WHERE transaction_id = :id AND account_id = :cash"
            ),
            {
                "day": DAY,
                "now": now,
                "cash": shelf.cash,
                "id": shelf.ids[name],
            },
        )
