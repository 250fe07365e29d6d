"""A transfer between currencies proposes what arrives at the rate of its day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.people import configure, find_settings
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.state.session import SessionState
from fintrack.state.transaction_form import TransactionForm
from tests.books import Books, money
from tests.conftest import Clock
from tests.services.rates.observing import observe, observe_at
from tests.state.test_transaction_form import DAY, _kept, _opened, _send

pytestmark = pytest.mark.database


async def _between(books: Books, *, time_zone: str = "UTC") -> TransactionForm:
    """The form of a transfer of 10 euros into another currency."""
    euro = await books.open("Everyday")
    other = await books.open("Vadesiz", "0 TRY")
    form = await _opened(books)
    session = await form.get_state(SessionState)
    session._time_zone = time_zone
    await form.type_day("today")
    await form.choose_kind("move")
    await form.choose_account(str(euro.id))
    await form.choose_to_account(str(other.id))
    await form.type_amount("10")
    return form


async def _live_in_honolulu(books: Books, clock: Clock) -> None:
    """Where it is still the evening of ``DAY`` when it is the next one in UTC."""
    clock.now = datetime(2026, 11, 19, 5, tzinfo=UTC)
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, time_zone="Pacific/Honolulu"))


async def _rates(books: Books) -> None:
    """A euro is worth 50 liras, and 40 the day before."""
    before = DAY - timedelta(1)
    await observe(books.home, "EUR", {before: "1", DAY: "1"})
    await observe(books.home, "TRY", {before: "40", DAY: "50"})


async def test_rate_of_the_day_is_proposed_and_taken(books: Books) -> None:
    await _rates(books)
    form = await _between(books)
    assert "1 EUR was" in form.rate_said
    assert "₺500.00" in form.arrives
    assert form.draft.received == ""
    await form.take_day_rate()
    assert (form.draft.received, form.received_revision) == ("500.00", 1)
    await _send(form, amount="10", received=form.draft.received)
    (kept,) = await _kept(books)
    moved = {part.account_name: part.money for part in kept.postings}
    assert (moved["Everyday"], moved["Vadesiz"]) == (
        money("-10 EUR"),
        money("500 TRY"),
    )


async def test_another_day_has_its_own_rate(books: Books) -> None:
    await _rates(books)
    form = await _between(books)
    await form.type_day("yesterday")
    assert "₺400.00" in form.arrives
    await form.step_day("today", 0)
    assert "₺500.00" in form.arrives


async def test_unknown_rate_is_said_and_never_one_to_one(books: Books) -> None:
    form = await _between(books)
    assert form.rate_said == "No rate is known for this day."
    await form.take_day_rate()
    assert (form.arrives, form.draft.received, form.received_revision) == ("", "", 0)


async def test_nothing_is_proposed_where_nothing_is_asked(books: Books) -> None:
    await _rates(books)
    form = await _between(books)
    for text in ("", "x", "10 000 000 000 000 000 000"):
        await form.type_amount(text)
        assert (form.rate_said, form.arrives) == ("", "")
    await form.type_amount("10")
    await form.choose_to_account(form.draft.account)
    assert (form.rate_said, form.arrives) == ("", "")


async def test_day_that_is_far_off_has_no_rate_yet(books: Books) -> None:
    await _rates(books)
    form = await _between(books)
    await form.type_day(f"{date(DAY.year + 1, 1, 1)}")
    assert (form.rate_said, form.arrives) == ("", "")


async def test_day_of_the_rate_is_that_on_the_readers_clock(
    books: Books, clock: Clock
) -> None:
    await _live_in_honolulu(books, clock)
    seen_at = clock.now - timedelta(hours=2)
    await observe_at(books.home, "EUR", {seen_at: "1"})
    await observe_at(books.home, "TRY", {seen_at: "50"})
    form = await _between(books, time_zone="Pacific/Honolulu")
    assert _plain(form.rate_said) == "1 EUR was 50.0000 TRY on Nov 18, 2026."


async def test_own_rate_is_proposed_as_such(books: Books, clock: Clock) -> None:
    await _live_in_honolulu(books, clock)
    given = OwnRateGiven("EUR", "TRY", DAY, Decimal(60))
    await perform(books.actor, set_own_rate, given)
    form = await _between(books, time_zone="Pacific/Honolulu")
    assert _plain(form.rate_said) == (
        "By your own rate 1 EUR was 60.0000 TRY on Nov 18, 2026."
    )
    assert "₺600.00" in form.arrives


def _plain(text: str) -> str:
    """Without the marks that keep amounts together in other scripts."""
    return text.translate({0x2068: None, 0x2069: None})
