"""Own rates as the registry's test does them, undoes and redoes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from fintrack.services.commands import Done, perform
from fintrack.services.rates.own import OwnRateGiven, remove_own_rate, set_own_rate
from tests.books import Books
from tests.services.rule_acts import Places

Act = Callable[[], Awaitable[Done[Any]]]
GIVEN = OwnRateGiven("EUR", "TRY", date(2026, 11, 5), Decimal("48.5"))


async def replacing_rate(books: Books, at: Places) -> Act:
    """It had another one on that day."""
    del at
    await perform(books.actor, set_own_rate, replace(GIVEN, value=Decimal(40)))
    return lambda: perform(books.actor, set_own_rate, GIVEN)


async def removing_rate(books: Books, at: Places) -> Act:
    del at
    kept = (await perform(books.actor, set_own_rate, GIVEN)).value
    return lambda: perform(books.actor, remove_own_rate, kept.id)


OWN_RATE_ACTS = {"rate.set_own": replacing_rate, "rate.remove_own": removing_rate}
