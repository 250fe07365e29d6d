"""The whole books leave after a fresh proof; that a file was taken is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fintrack.core.actor import Actor
from fintrack.core.errors import StepUpNeeded
from fintrack.services.commands import ask, perform
from fintrack.services.exporting.taking import (
    check_export,
    is_of_whole_books,
    note_export,
)
from fintrack.services.ledger.listing import Filter
from tests.books import Books
from tests.conftest import Clock
from tests.services.test_sessions import open_session

JANUARY = date(2026, 1, 1)
ALL = Filter()
MONTH = Filter(since=JANUARY, until=date(2026, 1, 31))
NARROW = [
    MONTH,
    Filter(since=date(2024, 1, 1), until=date(2024, 12, 31)),
    Filter(account_ids=(1,)),
    Filter(category_ids=(0,)),
    Filter(category_ids=(1, 2)),
    Filter(tag_ids=(1,)),
    Filter(words="lidl"),
]
WHOLE = [
    ALL,
    Filter(since=date(1900, 1, 1)),
    Filter(until=date(2999, 1, 1)),
    Filter(since=JANUARY, until=JANUARY + timedelta(days=366)),
    Filter(words="  "),
    Filter(least=Decimal(0)),
    Filter(most=Decimal(10**9)),
    Filter(with_void=True),
    Filter(cleared=False),
    Filter(reconciled=False),
    Filter(attached=False),
    Filter(category_ids=(1, 2, 3)),
    Filter(account_ids=(1, 2, 3)),
]


@pytest.fixture
async def ada(home: object) -> Actor:
    """Ada, who has signed in this moment."""
    assert home
    return (await open_session("ada")).actor


def test_account_category_tag_words_or_a_year_make_it_smaller() -> None:
    assert [one for one in NARROW if is_of_whole_books(one)] == []


def test_what_leaves_nothing_out_by_intent_is_the_whole_books() -> None:
    assert [one for one in WHOLE if not is_of_whole_books(one)] == []


async def test_whole_books_want_a_proof_of_five_minutes(
    ada: Actor, clock: Clock
) -> None:
    clock.advance(minutes=4, seconds=59)
    await ask(ada, check_export, ALL)
    await perform(ada, note_export, "json", ALL)
    clock.advance(seconds=1)
    with pytest.raises(StepUpNeeded):
        await ask(ada, check_export, ALL)
    for written_as in ("json", "csv"):
        with pytest.raises(StepUpNeeded):
            await perform(ada, note_export, written_as, ALL)


async def test_month_asks_for_nothing(ada: Actor, clock: Clock) -> None:
    clock.advance(days=1)
    await ask(ada, check_export, MONTH)
    await perform(ada, note_export, "csv", MONTH)


async def test_whole_books_without_a_session_stay(books: Books) -> None:
    with pytest.raises(StepUpNeeded):
        await perform(books.actor, note_export, "json", ALL)
    assert await books.rows("SELECT 1 FROM security_event") == []


async def test_taking_a_file_leaves_an_event(books: Books) -> None:
    await perform(books.actor, note_export, "csv", MONTH)
    query = "SELECT kind, ledger_id, person_id, detail FROM security_event"
    ((kind, ledger_id, person_id, detail),) = await books.rows(query)
    assert (kind, detail) == ("transactions-exported", {"format": "csv"})
    assert (ledger_id, person_id) == (books.actor.ledger_id, books.actor.person_id)
