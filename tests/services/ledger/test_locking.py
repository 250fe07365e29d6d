"""What is reconciled changes only where somebody said that it may."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.entries import Entry, pay
from fintrack.core.errors import Problem, Reconciled, UndoRefused
from fintrack.services.commands import perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.locking import LOCKED
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import money
from tests.conftest import Clock
from tests.services.reconciling.house import APRIL, MARCH, MAY, Desk

DAY, LATER = date(2026, 3, 5), date(2026, 4, 5)


@pytest.fixture
async def spent(desk: Desk) -> int:
    """10 euros on 5 March; March and April are reconciled."""
    spent = await desk.spend("10 EUR", DAY)
    await desk.finish(MARCH, "90 EUR")
    await desk.spend("2 EUR", LATER)
    await desk.finish(APRIL, "88 EUR")
    return spent


@pytest.mark.parametrize(
    ("amount", "day"), [("11 EUR", DAY), ("10 EUR", date(2026, 3, 6))]
)
async def test_amount_and_day_do_not_change_unsaid(
    desk: Desk, spent: int, amount: str, day: date
) -> None:
    before = await desk.books.snapshot()
    with pytest.raises(Reconciled, match="2026-03-31 to 2026-04-30 would no longer"):
        await desk.edit(spent, desk.entry(amount, day))
    assert await desk.books.snapshot() == before


async def test_account_does_not_change_unsaid(desk: Desk, spent: int) -> None:
    bank = await desk.books.open("Bank", on=DAY)
    ten = money("10 EUR")
    moved = Entry(DAY, pay(bank.id, -ten, ((desk.food, ten),)))
    with pytest.raises(Reconciled):
        await desk.edit(spent, moved)
    await desk.edit(spent, replace(moved, unlock=True))
    assert await desk.standing() == []
    (left,) = await desk.books.rows(
        "SELECT count(*) AS n FROM posting WHERE account_id = :bank "
        "AND cleared_at IS NOT NULL",
        bank=bank.id,
    )
    assert left.n == 0


async def test_the_newest_alone_is_named_by_its_day(desk: Desk, spent: int) -> None:
    del spent
    (row,) = await desk.books.rows(
        "SELECT id FROM transaction WHERE on_date = :day", day=LATER
    )
    with pytest.raises(Reconciled, match="reconciliation of Cash with the statement"):
        await desk.void(row.id)


async def test_category_payee_and_note_change_freely(desk: Desk, spent: int) -> None:
    drinks, ten = await desk.books.category("Drinks"), money("10 EUR")
    parts = pay(desk.cash, -ten, ((drinks, ten),))
    await desk.edit(spent, Entry(DAY, parts, payee="Bar", note="n", tags=("t",)))
    assert await desk.standing() == [APRIL, MARCH]
    assert await desk.books.findings() == []


async def test_split_of_the_category_side_changes_freely(
    desk: Desk, spent: int
) -> None:
    """Parts in another order: the account keeps its own posting."""
    drinks, ten = await desk.books.category("Drinks"), money("10 EUR")
    shares = ((desk.food, money("4 EUR")), (drinks, money("6 EUR")))
    parts = pay(desk.cash, -ten, shares)
    await desk.edit(spent, Entry(DAY, parts[::-1]))
    assert await desk.standing() == [APRIL, MARCH]


async def test_unlocked_edit_opens_it_and_those_behind_it(
    desk: Desk, spent: int
) -> None:
    done = await desk.edit(spent, desk.entry("11 EUR", DAY, unlock=True))
    assert await desk.standing() == []
    opened = await desk.history()
    assert {one.opened_by_command for one in opened} == {"transaction.edit"}
    assert await desk.locked() == 0
    assert (await desk.compare(APRIL)).cleared == money("87 EUR")
    assert await desk.books.findings() == []
    await desk.books.undo(done.change_id)
    assert await desk.standing() == [APRIL, MARCH]
    assert await desk.books.findings() == []


async def test_yes_to_what_was_told_opens_no_reconciliation_made_since(
    desk: Desk, spent: int
) -> None:
    """Another tab finishes May between the warning and the yes."""
    with pytest.raises(Reconciled) as told:
        await desk.edit(spent, desk.entry("11 EUR", DAY))
    await desk.finish(MAY, "88 EUR")
    entry = desk.entry("11 EUR", DAY, unlock=told.value.problems)
    with pytest.raises(Reconciled, match="2026-03-31 to 2026-05-31") as more:
        await desk.edit(spent, entry)
    assert await desk.standing() == [MAY, APRIL, MARCH]
    both = (*told.value.problems, *more.value.problems)
    await desk.edit(spent, replace(entry, unlock=both))
    assert await desk.standing() == []


async def test_undo_that_meets_a_new_reconciliation_is_refused(
    desk: Desk, spent: int
) -> None:
    done = await desk.edit(spent, desk.entry("11 EUR", DAY, unlock=True))
    await desk.finish(APRIL, "87 EUR")
    with pytest.raises(Exception, match=r"changed|newer"):
        await desk.books.undo(done.change_id)
    assert await desk.books.findings() == []


async def test_void_needs_the_word_too(desk: Desk, spent: int) -> None:
    with pytest.raises(Reconciled):
        await desk.void(spent)
    mark = TransactionMark(spent, 1, unlock=True)
    await perform(desk.books.actor, void_transaction, mark)
    assert await desk.standing() == []
    assert await desk.books.findings() == []


async def test_mark_of_what_is_reconciled_stays(desk: Desk, spent: int) -> None:
    wanted = Clearing((spent,), cleared=False)
    with pytest.raises(Reconciled, match="Open the reconciliation again first"):
        await perform(desk.books.actor, clear_transactions, wanted)


async def test_new_transaction_in_a_locked_period_is_told(
    desk: Desk, spent: int
) -> None:
    del spent
    with pytest.raises(Reconciled, match="Cash is reconciled up to 2026-04-30"):
        await desk.spend("1 EUR", APRIL)
    late = await desk.spend("1 EUR", APRIL, unlock=True, cleared=False)
    assert late
    assert await desk.standing() == [APRIL, MARCH]
    await desk.spend("1 EUR", date(2026, 5, 1))


async def test_transaction_that_moves_into_a_locked_period_is_told(
    desk: Desk, spent: int
) -> None:
    del spent
    late = await desk.spend("1 EUR", date(2026, 5, 1), cleared=False)
    with pytest.raises(Reconciled, match="reconciled up to"):
        await desk.edit(late, desk.entry("1 EUR", APRIL))
    await desk.edit(late, desk.entry("1 EUR", APRIL, unlock=True))
    # It stands there now: its amount was never reconciled.
    await desk.edit(late, desk.entry("2 EUR", APRIL), version=2)
    assert await desk.standing() == [APRIL, MARCH]


async def test_period_of_one_account_does_not_lock_another(
    desk: Desk, spent: int
) -> None:
    del spent
    bank = await desk.books.open("Bank")
    await desk.books.spend(bank.id, desk.food, "1 EUR", DAY)


async def test_transfer_names_both_accounts(desk: Desk) -> None:
    bank = await desk.books.open("Bank", "5 EUR")
    await desk.finish(MARCH, "100 EUR")
    await replace(desk, cash=bank.id).finish(MARCH, "5 EUR")
    one = money("1 EUR")
    parts = pay(desk.cash, -one, ((bank.id, one),))
    with pytest.raises(Reconciled) as refused:
        await desk.books.record(Entry(DAY, parts))
    assert [dict(p.values)["name"] for p in refused.value.problems] == ["Cash", "Bank"]


async def test_undo_brings_nothing_to_a_locked_day(desk: Desk, clock: Clock) -> None:
    """As by hand; what a reconciliation holds again is held, and may come."""
    spent = await desk.spend("10 EUR", MARCH)
    mark = TransactionMark(spent, 1)
    gone = await perform(desk.books.actor, void_transaction, mark)
    clock.advance(seconds=1)
    done = await desk.finish(MARCH, "100 EUR")
    before = await desk.books.snapshot()
    with pytest.raises(UndoRefused) as refused:
        await desk.books.undo(gone.change_id)
    assert refused.value.problems == (
        Problem(LOCKED, "", (("name", "Cash"), ("day", MARCH))),
    )
    assert await desk.books.snapshot() == before
    await desk.reopen(done.value.id)
    await desk.books.undo(gone.change_id)


@pytest.mark.parametrize("moved_to", ["another account", "a later day"])
async def test_undo_moves_nothing_back_to_a_locked_day(
    desk: Desk, clock: Clock, moved_to: str
) -> None:
    bank = await desk.books.open("Bank", on=DAY)
    waiting = await desk.spend("10 EUR", DAY, cleared=False)
    moved = (
        replace(desk, cash=bank.id).entry("10 EUR", DAY)
        if moved_to == "another account"
        else desk.entry("10 EUR", LATER)
    )
    gone = await desk.edit(waiting, moved)
    clock.advance(seconds=1)
    await desk.finish(MARCH, "100 EUR")
    with pytest.raises(UndoRefused, match="Cash is reconciled up to"):
        await desk.books.undo(gone.change_id)


async def test_undo_of_words_on_a_day_that_was_locked_since_is_free(
    desk: Desk, clock: Clock
) -> None:
    waiting = await desk.spend("10 EUR", DAY, cleared=False)
    plain = desk.entry("10 EUR", DAY)
    parts = tuple(replace(part, memo="m") for part in plain.parts)
    seen = await desk.edit(waiting, replace(plain, parts=parts))
    clock.advance(seconds=1)
    await desk.finish(MARCH, "100 EUR")
    await desk.books.undo(seen.change_id)
    assert await desk.standing() == [MARCH]


async def test_undo_of_an_amount_that_waits_on_a_locked_day_is_free(
    desk: Desk, clock: Clock
) -> None:
    """By hand it changes there too: the bank has not seen it."""
    waiting = await desk.spend("10 EUR", DAY, cleared=False)
    more = await desk.edit(waiting, desk.entry("11 EUR", DAY))
    clock.advance(seconds=1)
    await desk.finish(MARCH, "100 EUR")
    await desk.edit(waiting, desk.entry("12 EUR", DAY), version=2)
    await desk.edit(waiting, desk.entry("11 EUR", DAY), version=3)
    await desk.books.undo(more.change_id)
    assert await desk.books.balance(desk.cash) == money("90 EUR")
    assert await desk.standing() == [MARCH]


async def test_undo_of_what_waits_on_a_locked_day_is_free(desk: Desk) -> None:
    """A cheque that the bank has not seen stood there when the day was locked."""
    cheque = await desk.spend("10 EUR", MARCH, cleared=False)
    await desk.finish(MARCH, "100 EUR")
    mark = TransactionMark(cheque, 1)
    gone = await perform(desk.books.actor, void_transaction, mark)
    await desk.books.undo(gone.change_id)
    assert await desk.books.balance(desk.cash) == money("90 EUR")
