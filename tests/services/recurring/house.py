"""Somebody with a flat: a bank, a rent, a salary, and the days that pass."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.change_sets import open_change_set
from fintrack.services.commands import perform
from fintrack.services.recurring import items
from fintrack.services.recurring.item_rows import ItemView, NewItem
from fintrack.services.recurring.settling import settle_all
from tests.books import Books, money
from tests.conftest import Clock

# The clock of the tests stands on this Wednesday.
TODAY = date(2026, 11, 18)


def on_day(day: int, *, shift: Shift = Shift.NONE, every: int = 1) -> Rule:
    return Rule(Pattern.MONTH_DAY, date(2026, 1, 1), every, day=day, shift=shift)


@dataclass
class House:
    """The books with a bank, two categories and short names for what is done."""

    books: Books
    clock: Clock
    bank: int
    savings: int
    rent: int
    salary: int

    def new(self, rule: Rule, amount: str = "-500 EUR", **more: Any) -> NewItem:
        given = {"name": "Landlord", "other_id": self.rent, **more}
        return NewItem(account_id=self.bank, amount=money(amount), rule=rule, **given)

    async def add(self, rule: Rule, amount: str = "-500 EUR", **more: Any) -> ItemView:
        new = self.new(rule, amount, **more)
        return (await perform(self.books.actor, items.add_item, new)).value

    async def wait(self, **span: int) -> int:
        """Time passes, then the timetable runs; how many dates it handled."""
        self.clock.advance(**span)
        return await settle_all()

    async def live_in(self, zone: str) -> None:
        """The owner moves; behind every verb, for nobody else's sake."""
        async with self.books.home.unit_of_work() as session:
            now = self.clock()
            await open_change_set(
                session, self.books.actor, "test.zone", now, None, None
            )
            update = text("UPDATE person SET time_zone = :zone WHERE id = :id")
            values = {"zone": zone, "id": self.books.actor.person_id}
            await session.execute(update, values)

    async def booked(self) -> list[str]:
        """The days on which the bank moved, as they stand in the books."""
        query = (
            "SELECT on_date FROM posting WHERE account_id = :bank "
            "AND voided_at IS NULL ORDER BY on_date, id"
        )
        found = await self.books.rows(query, bank=self.bank)
        return [row.on_date.isoformat() for row in found]

    async def dates(self) -> list[str]:
        query = (
            "SELECT rule_on, due_on, outcome FROM recurring_occurrence "
            "ORDER BY rule_on, id"
        )
        found = await self.books.rows(query)
        return [f"{row.rule_on} {row.due_on} {row.outcome}" for row in found]
