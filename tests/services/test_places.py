"""Tries are counted by account and by place."""

from fintrack.services.database import Database
from fintrack.services.places import find_counters, know_browser
from fintrack.services.sign_in import SignIn, sign_in
from fintrack.services.tries import sweep_counters
from tests.books import Books
from tests.conftest import Clock
from tests.services.people import ADDRESS, GOOD, browser, set_up

ADA = "ada@example.org"
MARK = b"hers"


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


async def test_counters_of_an_address_do_not_depend_on_who_was_there(
    home: Database,
) -> None:
    await set_up()
    await sign_in(SignIn(ADA, GOOD), browser("one", ADDRESS, MARK))
    async with home.reading() as session:
        here = await find_counters(session, "sign-in", ADA, ADDRESS, b"another's")
        elsewhere = await find_counters(session, "sign-in", ADA, "192.0.2.99")
        hers = await find_counters(session, "sign-in", ADA, ADDRESS, MARK)
    assert here.account == elsewhere.account
    assert hers.account != here.account
    assert (bool(here.place), bool(hers.place)) == (True, False)


async def test_browser_that_proved_the_e_mail_is_known_for_a_day(
    home: Database, clock: Clock
) -> None:
    async with home.unit_of_work() as session:
        await know_browser(session, ADA, MARK, clock())
    clock.advance(hours=23)
    await sweep_counters()
    async with home.reading() as session:
        assert not (await find_counters(session, "sign-in", ADA, "", MARK)).place
        other = await find_counters(session, "sign-in", "bob@example.org", "", MARK)
        assert other.place
    clock.advance(hours=2)
    await sweep_counters()
    async with home.reading() as session:
        assert (await find_counters(session, "sign-in", ADA, "", MARK)).place


async def test_browser_without_a_mark_is_never_known(
    home: Database, clock: Clock
) -> None:
    async with home.unit_of_work() as session:
        await know_browser(session, ADA, b"", clock())
        assert (await find_counters(session, "sign-in", ADA, "")).place
