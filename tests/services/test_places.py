"""Tries are counted by account and by place."""

from fintrack.services.places import Tried, find_counters
from tests.books import Books
from tests.services.people import COUNTER_KEY


async def test_counter_tells_neither_the_e_mail_nor_the_address(books: Books) -> None:
    async with books.home.reading() as session:
        found = [
            await find_counters(session, tried, email, "192.0.2.7", COUNTER_KEY)
            for tried in Tried
            for email in ("ada@example.org", "nobody@example.org")
        ]
    assert len({c.account for c in found}) == 6
    assert len({c.place for c in found}) == 3
    assert "ada" not in str(found)
