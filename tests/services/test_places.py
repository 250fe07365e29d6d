"""Tries are counted by account and by place."""

import pytest

from fintrack.services.database import Database
from fintrack.services.places import find_counters, name_place
from fintrack.services.sign_in import SignIn, sign_in
from tests.books import Books
from tests.services.people import GOOD, browser, set_up

ADA = "ada@example.org"


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


@pytest.mark.parametrize(
    ("was_at", "is_at", "knows"),
    [
        ("2001:db8:1:1::aaaa", "2001:db8:1:1::bbbb", True),
        ("2001:db8:1:1::aaaa", "2001:db8:1:2::aaaa", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("unknown", "unknown", True),
    ],
)
async def test_place_is_known_by_what_is_counted_together(
    home: Database, was_at: str, is_at: str, *, knows: bool
) -> None:
    await set_up()
    await sign_in(SignIn(ADA, GOOD), browser("one", was_at))
    async with home.reading() as session:
        here = await find_counters(session, "sign-in", ADA, is_at)
        elsewhere = await find_counters(session, "sign-in", ADA, "192.0.2.99")
    assert (here.account != elsewhere.account) is knows
