"""Rows of what comes again."""

from dataclasses import replace
from datetime import date

from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.models.recurring import RecurringItem
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.recurring.item_rows import columns_of, entry_of, rule_of
from fintrack.services.recurring.items import find_item, list_items
from tests.services.recurring.house import TODAY, House, on_day

RULE = Rule(
    Pattern.MONTH_WEEKDAY,
    date(2026, 1, 1),
    2,
    week=5,
    weekday=4,
    ends_on=date(2027, 1, 1),
    shift=Shift.AFTER,
)


async def test_rule_stands_in_the_columns_as_it_was_given(house: House) -> None:
    new = replace(house.new(RULE), name="  The   landlord ")
    row = RecurringItem(
        ledger_id=1,
        counts_from=TODAY,
        created_at=house.clock(),
        **columns_of(new),
    )
    assert rule_of(row) == RULE
    assert row.name == "The landlord"


async def test_payment_has_a_payee_and_a_transfer_a_description(house: House) -> None:
    paid = entry_of(house.new(RULE), TODAY, is_transfer=False)
    moved = entry_of(house.new(RULE), TODAY, is_transfer=True)
    assert (paid.payee, paid.description) == ("Landlord", "")
    assert (moved.payee, moved.description) == ("", "Landlord")


async def test_item_on_a_closed_account_says_so(house: House) -> None:
    item = await house.add(on_day(20))
    assert not item.is_blocked
    mark = AccountMark(house.bank, 1)
    await perform(house.books.actor, close_account, mark, TODAY)
    assert (await ask(house.books.actor, find_item, item.id)).is_blocked


async def test_next_date_of_a_rule_that_is_over_is_none(house: House) -> None:
    await house.add(replace(on_day(20), ends_on=date(2026, 11, 1)))
    await house.add(replace(on_day(20), ends_on=date(2026, 11, 20)))
    found = await ask(house.books.actor, list_items)
    assert [item.next and item.next.due_on for item in found] == [
        date(2026, 11, 20),
        None,
    ]
