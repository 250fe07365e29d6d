"""Reconciliations are listed, the newest first, those opened too."""

import pytest

from fintrack.core.errors import NotFound
from fintrack.services.commands import ask
from fintrack.services.reconciling.listing import (
    find_reconciliation,
    list_reconciliations,
)
from tests.books import Books
from tests.services.reconciling.house import APRIL, MARCH, MAY, Desk


async def test_opened_one_stays_in_the_history(desk: Desk) -> None:
    await desk.finish(MARCH, "100 EUR")
    second = (await desk.finish(APRIL, "100 EUR")).value
    await desk.reopen(second.id)
    found = await desk.history()
    assert [(v.statement_on, v.is_newest) for v in found] == [
        (APRIL, False),
        (MARCH, True),
    ]
    assert [bool(v.opened_at) for v in found] == [True, False]


async def test_page_goes_on_below_the_last(desk: Desk) -> None:
    days = (MARCH, APRIL, MAY)
    made = [(await desk.finish(day, "100 EUR")).value.id for day in days]
    first = await ask(desk.books.actor, list_reconciliations, limit=2)
    assert [one.id for one in first] == made[:0:-1]
    rest = await ask(desk.books.actor, list_reconciliations, before=first[-1].id)
    assert [one.id for one in rest] == made[:1]


async def test_somebody_else_sees_none(desk: Desk, stranger: Books) -> None:
    done = (await desk.finish(MARCH, "100 EUR")).value
    assert await ask(stranger.actor, list_reconciliations, desk.cash) == []
    with pytest.raises(NotFound):
        await ask(stranger.actor, find_reconciliation, done.id)
