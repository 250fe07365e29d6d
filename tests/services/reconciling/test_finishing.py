"""A period is locked, balanced and opened again."""

import asyncio
from datetime import date

import pytest

from fintrack.core.errors import Conflict, InvalidInput, NotFound, UndoRefused
from tests.books import money
from tests.services.reconciling.house import APRIL, MARCH, MAY, Desk

DAY = date(2026, 3, 5)


async def test_what_agrees_is_locked_up_to_the_day(desk: Desk) -> None:
    await desk.spend("10 EUR", DAY)
    await desk.spend("1 EUR", DAY, cleared=False)
    await desk.spend("5 EUR", date(2026, 4, 1))
    done = (await desk.finish(MARCH, "90 EUR")).value
    assert (done.balance, done.statement_on) == (money("90 EUR"), MARCH)
    assert (done.closed_by, done.is_newest) == ("Ada", True)
    assert await desk.locked() == 2
    assert await desk.books.findings() == []


async def test_what_differs_is_not_locked(desk: Desk) -> None:
    with pytest.raises(Conflict, match=r"differs from the statement by -1\.00 EUR"):
        await desk.finish(MARCH, "99 EUR")
    assert await desk.standing() == []
    assert await desk.locked() == 0


async def test_next_statement_counts_on_the_one_before(desk: Desk) -> None:
    await desk.finish(MARCH, "100 EUR")
    await desk.spend("10 EUR", date(2026, 4, 5))
    await desk.finish(APRIL, "90 EUR")
    assert await desk.standing() == [APRIL, MARCH]
    assert await desk.books.findings() == []


async def test_month_without_movement_can_be_reconciled(desk: Desk) -> None:
    await desk.finish(MARCH, "100 EUR")
    await desk.finish(APRIL, "100 EUR")
    assert await desk.standing() == [APRIL, MARCH]


async def test_forgotten_transaction_joins_the_next_statement(desk: Desk) -> None:
    await desk.finish(MARCH, "100 EUR")
    await desk.spend("3 EUR", DAY, unlock=True)
    await desk.finish(APRIL, "97 EUR")
    assert await desk.books.findings() == []


@pytest.mark.parametrize("day", [MARCH, date(2026, 3, 30)])
async def test_day_that_is_reconciled_is_not_reconciled_again(
    desk: Desk, day: date
) -> None:
    await desk.finish(MARCH, "100 EUR")
    with pytest.raises(Conflict, match="reconciled up to 2026-03-31 already"):
        await desk.finish(day, "100 EUR")


async def test_two_tabs_finish_at_once_and_one_wins(desk: Desk) -> None:
    both = await asyncio.gather(
        desk.finish(MARCH, "100 EUR"),
        desk.finish(MARCH, "100 EUR"),
        return_exceptions=True,
    )
    lost = [one for one in both if isinstance(one, BaseException)]
    assert [type(one) for one in lost] == [Conflict]
    assert "already" in str(lost[0])
    assert await desk.standing() == [MARCH]


async def test_newest_is_opened_again_and_marks_stay(desk: Desk) -> None:
    await desk.spend("10 EUR", DAY)
    done = (await desk.finish(MARCH, "90 EUR")).value
    opened = (await desk.reopen(done.id)).value
    assert opened.opened_by == "Ada"
    assert opened.opened_by_command == "reconciliation.reopen"
    assert await desk.locked() == 0
    assert (await desk.compare(MARCH)).cleared == money("90 EUR")
    await desk.finish(MARCH, "90 EUR")
    assert await desk.standing() == [MARCH]
    assert await desk.books.findings() == []


async def test_older_one_is_not_opened_below_a_newer(desk: Desk) -> None:
    first = (await desk.finish(MARCH, "100 EUR")).value
    await desk.finish(APRIL, "100 EUR")
    with pytest.raises(Conflict, match="newer"):
        await desk.reopen(first.id)


async def test_opened_one_is_not_opened_again(desk: Desk) -> None:
    done = (await desk.finish(MARCH, "100 EUR")).value
    await desk.reopen(done.id)
    with pytest.raises(Conflict, match="open already"):
        await desk.reopen(done.id)


async def test_finish_is_not_undone_below_a_newer_one(desk: Desk) -> None:
    first = await desk.finish(MARCH, "100 EUR")
    await desk.finish(APRIL, "100 EUR")
    with pytest.raises(UndoRefused):
        await desk.books.undo(first.change_id)


async def test_reopening_is_not_brought_again_below_a_newer_one(desk: Desk) -> None:
    """Closed, opened, closed by undo, built upon: the undo of the undo is refused."""
    first = (await desk.finish(MARCH, "100 EUR")).value
    opened = await desk.reopen(first.id)
    closed = await desk.books.undo(opened.change_id)
    await desk.finish(APRIL, "100 EUR")
    with pytest.raises(UndoRefused, match="newer reconciliation"):
        await desk.books.undo(closed.id)
    assert await desk.books.findings() == []


async def test_two_chains_do_not_stand_side_by_side(desk: Desk) -> None:
    """Opened and replaced by another: the opening is not undone."""
    first = (await desk.finish(MARCH, "100 EUR")).value
    opened = await desk.reopen(first.id)
    await desk.finish(MAY, "100 EUR")
    with pytest.raises(UndoRefused):
        await desk.books.undo(opened.change_id)


async def test_balancing_transaction_takes_the_difference(desk: Desk) -> None:
    made = await desk.balance(MARCH, "97 EUR", "-3 EUR")
    own, category = made.postings
    assert (own.money, category.money) == (money("-3 EUR"), money("3 EUR"))
    assert own.cleared_at
    assert category.cleared_at is None
    assert made.on_date == MARCH
    await desk.finish(MARCH, "97 EUR")


async def test_balancing_transaction_can_bring_money(desk: Desk) -> None:
    income = await desk.books.category("Interest", "income")
    made = await desk.balance(MARCH, "104 EUR", "4 EUR", income)
    assert [p.money for p in made.postings] == [money("4 EUR"), money("-4 EUR")]


async def test_second_click_on_balance_adds_nothing(desk: Desk) -> None:
    await desk.balance(MARCH, "97 EUR", "-3 EUR")
    with pytest.raises(Conflict, match="another by now"):
        await desk.balance(MARCH, "97 EUR", "-3 EUR")


async def test_difference_that_nobody_saw_is_not_booked(desk: Desk) -> None:
    with pytest.raises(Conflict, match="another by now"):
        await desk.balance(MARCH, "97 EUR", "-2 EUR")


async def test_difference_goes_to_no_other_account(desk: Desk) -> None:
    bank = await desk.books.open("Bank")
    with pytest.raises(NotFound):
        await desk.balance(MARCH, "97 EUR", "-3 EUR", bank.id)


async def test_statement_beyond_all_money_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        await desk.finish(MARCH, f"{10**14} EUR")
