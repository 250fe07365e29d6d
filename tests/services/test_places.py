"""Tries are counted by account and by place."""

import pytest

from fintrack.services.places import find_counters, name_place
from tests.books import Books


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_customer_is_one_place(address: str, place: str) -> None:
    assert name_place(address) == place


async def test_counter_tells_neither_the_e_mail_nor_the_address(books: Books) -> None:
    async with books.home.reading() as session:
        found = [
            await find_counters(session, kind, email, "192.0.2.7")
            for kind in ("sign-in", "code")
            for email in ("ada@example.org", "nobody@example.org")
        ]
    assert len({c.account for c in found}) == 4
    assert len({c.place for c in found}) == 2
    assert "ada" not in str(found)
