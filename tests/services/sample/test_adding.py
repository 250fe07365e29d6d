"""Sample data comes as one import, is sound, and goes back by undo."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.period import month_of
from fintrack.services.commands import ask, perform
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.sample import story
from fintrack.services.sample.adding import NewSample, SampleAdded, add_sample
from tests.books import Books

UNTIL = date(2026, 11, 18)
ENGLISH = NewSample(UNTIL, "en")


async def add(books: Books, new: NewSample = ENGLISH) -> SampleAdded:
    return (await perform(books.actor, add_sample, new)).value


async def test_sample_is_one_sound_import(books: Books) -> None:
    added = await add(books)
    assert added.transactions == len(story.tell(UNTIL, 1))
    assert await books.findings() == []
    (batch,) = await books.rows(
        "SELECT b.source, b.rows_added, count(t.id) AS transactions, "
        "min(t.on_date) AS first, max(t.on_date) AS last "
        "FROM import_batch b JOIN transaction t ON t.import_id = b.id GROUP BY b.id"
    )
    assert batch.source == "sample"
    assert batch.rows_added == batch.transactions == added.transactions
    assert (batch.first, batch.last) == (added.first_day, UNTIL)


async def test_dashboard_has_something_to_say_about_it(books: Books) -> None:
    await add(books)
    view = await ask(books.actor, build_dashboard, period=month_of(UNTIL), as_of=UNTIL)
    assert [worth.total.currency for worth in view.net_worth] == ["EUR", "TRY", "USD"]
    assert [one.currency for one in view.together.unconverted] == ["TRY", "USD"]
    euros = view.cash_flow[0]
    assert all(flow.came_in.minor > 0 for flow in euros.before)
    assert len(view.recent) == 8
    assert view.attention.uncategorised == 2
    assert view.attention.overdrawn == ()
    assert all(spending.usual is not None for spending in view.spending)


async def test_one_account_is_closed(books: Books) -> None:
    await add(books)
    accounts = await ask(books.actor, list_accounts, closed=True)
    assert [a.name for a in accounts if a.closed_on] == ["Old bank account"]
    assert len(accounts) == len(story.ACCOUNTS)


async def test_sample_is_undone_and_redone(books: Books) -> None:
    before = await books.snapshot()
    done = await perform(books.actor, add_sample, ENGLISH)
    after = await books.snapshot()
    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await books.snapshot() == after
    assert await books.findings() == []


async def test_second_sample_is_refused(books: Books) -> None:
    await add(books)
    with pytest.raises(Conflict, match="already"):
        await add(books)


async def test_same_key_adds_it_once(books: Books) -> None:
    first = await perform(books.actor, add_sample, ENGLISH, key="k")
    assert await perform(books.actor, add_sample, ENGLISH, key="k") == first


async def test_two_people_have_their_own(books: Books, stranger: Books) -> None:
    await add(books)
    await add(stranger, NewSample(UNTIL, "tr"))
    names = {a.name for a in await ask(stranger.actor, list_accounts)}
    assert "Kredi kartı" in names
    assert await books.findings() == []


@pytest.mark.parametrize("until", [date(1900, 12, 31), date(2200, 1, 1)])
async def test_impossible_day_is_refused(books: Books, until: date) -> None:
    with pytest.raises(InvalidInput):
        await add(books, NewSample(until, "en"))


async def test_foreign_ledger_gets_none(books: Books, stranger: Books) -> None:
    intruder = replace(
        stranger.actor,
        ledger_id=books.actor.ledger_id,
        ledger_role=LedgerRole.OWNER,
    )
    with pytest.raises(NotFound):
        await perform(intruder, add_sample, ENGLISH)
