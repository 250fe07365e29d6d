"""An account is closed when nothing is on it, today and later; else it says why."""

from datetime import date

from fintrack.services.commands import ask
from fintrack.services.ledger.accounts import find_account
from fintrack.state.account_closing import can_close, close_text
from fintrack.state.amounts import Reader
from tests.books import Books

TODAY, LATER = date(2026, 11, 18), date(2199, 12, 31)


async def test_account_says_whether_it_can_be_closed(books: Books) -> None:
    reader = Reader(today=TODAY)
    cash, food = await books.open("Cash"), await books.category("Food")
    for day, says in (
        (None, "Cash leaves the lists"),
        (LATER, "\u2068−€5.00\u2069 more is entered for days to come on Cash."),
        (TODAY, "There is still \u2068−€5.00\u2069 on Cash."),
    ):
        if day:
            await books.spend(cash.id, food, "5 EUR", day)
        view = await ask(books.actor, find_account, cash.id)
        assert can_close(view) == (day is None)
        assert close_text(view, reader).startswith(says)
