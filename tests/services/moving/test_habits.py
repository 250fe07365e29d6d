"""Rules, recurring items and templates move with the books, and no date comes twice."""

from collections.abc import Iterator
from datetime import date
from threading import get_ident
from typing import Any

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.core.recurrence import Occurrence, Pattern, Rule, dates_open
from fintrack.services.commands import ask, perform
from fintrack.services.imports.listing import find_import
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.transactions import TransactionChange, edit_transaction
from fintrack.services.moving.bringing import bring_books
from fintrack.services.recurring.coming import show_calendar
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import ItemEnd, add_item, end_item, list_items
from fintrack.services.recurring.settling import settle_all
from fintrack.services.rules.keeping import list_rules
from fintrack.services.templates.keeping import list_templates
from tests.books import Books, money
from tests.conftest import Clock
from tests.core.habit_files import item, payee_has, rule
from tests.core.test_whole_books import account, payment, posting
from tests.services.moving.habit_house import (
    SETTLED,
    bring,
    bring_file,
    plain,
    set_up,
)
from tests.services.moving.house import keep, write

LISTS = ("rules", "recurring", "templates")


async def _dates(books: Books) -> list[tuple[Any, ...]]:
    """Each date that was dealt with, in this ledger, with what stands for it."""
    found = await books.rows(
        "SELECT i.name, o.rule_on, o.due_on, o.outcome, o.booked_on, t.voided_at "
        "IS NOT NULL FROM recurring_occurrence o JOIN recurring_item i "
        "ON i.id = o.item_id LEFT JOIN transaction t ON t.id = o.transaction_id "
        "WHERE o.ledger_id = :ledger_id ORDER BY 1, 2",
        ledger_id=books.actor.ledger_id,
    )
    return [tuple(row) for row in found]


async def test_moved_habits_say_what_the_first_ones_said(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    text = await write(books)
    done = await bring(stranger, text)
    assert (done.rules, done.recurring, done.templates) == (4, 5, 2)
    first = plain(text)
    assert plain(await write(stranger)) == first
    assert [len(first[name]) for name in LISTS] == [4, 5, 2]
    assert len(first["booked"]) == 5
    assert await _dates(stranger) == await _dates(books)
    kept = await ask(stranger.actor, list_rules)
    assert [(one.is_on, one.is_resting) for one in kept] == [
        (True, False),
        (False, False),
        (True, False),
        (True, True),
    ]
    assert await stranger.findings() == []


async def test_both_books_go_on_with_the_same_dates_each_once(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    await bring(stranger, await write(books))
    assert await settle_all() == 0
    clock.advance(days=30)
    assert await settle_all() > 0
    assert await _dates(stranger) == await _dates(books)
    calendars = [
        await ask(one.actor, show_calendar, start=SETTLED, end=SETTLED.replace(month=6))
        for one in (books, stranger)
    ]
    first, second = [
        [(one.name, one.due_on, one.outcome) for one in calendar.dates]
        for calendar in calendars
    ]
    assert first == second
    assert await stranger.findings() == []


async def test_what_was_missed_since_the_file_was_written_is_booked_once(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    text = await write(books)
    clock.advance(days=30)
    await settle_all()
    await bring(stranger, text)
    assert await settle_all() > 0
    assert await _dates(stranger) == await _dates(books)


async def test_file_without_void_ones_has_their_dates_as_dealt_with(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    await bring(stranger, await write(books, with_void=False))
    assert await settle_all() == 0
    changed = [one for one in await _dates(stranger) if one not in await _dates(books)]
    assert [(name, outcome) for name, _, _, outcome, *_ in changed] == [
        ("Rent", "skipped")
    ]


async def test_old_file_brings_no_habits(stranger: Books) -> None:
    done = await bring_file(stranger)
    assert (done.rules, done.recurring, done.templates) == (0, 0, 0)


async def test_nothing_starts_by_itself_because_an_account_stays_open(
    stranger: Books,
) -> None:
    """
    Old   closed in the file with 10.00 left: open here
    Gone  closed in the file with nothing left: closed here
    """
    closed = {"closed_on": "2026-03-06"}
    accounts = [
        account(),
        account(id="old", name="Old", **closed),
        account(id="gone", name="Gone", **closed),
    ]
    legs = [posting("old", "10.00"), posting("c", "-10.00")]
    await bring_file(
        stranger,
        accounts=accounts,
        transactions=[payment(postings=legs)],
        rules=[
            rule(shares=[], conditions=[payee_has("x")], transfer=at)
            for at in ("a", "old", "gone")
        ],
        recurring=[
            item(id=at, account=at, automatic=True, counts_from="2026-11-01")
            for at in ("a", "old", "gone")
        ],
    )
    kept = await ask(stranger.actor, list_rules)
    assert [one.is_on for one in kept] == [True, False, True]
    found = await stranger.rows("SELECT is_automatic FROM recurring_item ORDER BY id")
    assert [one.is_automatic for one in found] == [True, False, True]


async def test_item_that_does_not_say_since_when_makes_up_for_nothing(
    stranger: Books,
) -> None:
    await bring_file(stranger, recurring=[item(counts_from=None, automatic=True)])
    assert await settle_all() == 0
    (found,) = await ask(stranger.actor, list_items)
    assert found.next is not None
    assert found.next.due_on.isoformat() == "2026-12-01"


async def test_dates_that_are_open_are_counted_beside_the_event_loop(
    stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = list[int]()

    def counted(*given: Any, **more: Any) -> Iterator[Occurrence]:
        threads.append(get_ident())
        yield from dates_open(*given, **more)

    monkeypatch.setattr("fintrack.services.moving.habits.dates_open", counted)
    await bring_file(stranger, recurring=[item()])
    assert threads
    assert get_ident() not in threads


async def test_item_that_was_ended_before_its_start_moves_and_is_never_due(
    books: Books, stranger: Books, clock: Clock
) -> None:
    bank, food = await books.open("Bank"), await books.category("Food")
    rule = Rule(Pattern.DAYS, date(2027, 1, 1))
    new = NewItem("Later", bank.id, food, money("-1 EUR"), rule, is_automatic=True)
    added = (await perform(books.actor, add_item, new)).value
    end = ItemEnd(added.id, added.version, date(2026, 12, 31))
    await perform(books.actor, end_item, end)
    text = await write(books)
    await bring(stranger, text)
    assert plain(await write(stranger)) == plain(text)
    clock.advance(days=60)
    assert await settle_all() == 0


async def test_move_of_habits_is_undone_redone_and_taken_back(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    text = await write(books)
    moved = await keep(text, "books.json")
    before = await books.snapshot()
    done = await perform(stranger.actor, bring_books, moved)
    after = await books.snapshot()
    undone = await stranger.undo(done.change_id)
    assert await books.snapshot() == before
    await stranger.undo(undone.id)
    assert await books.snapshot() == after

    take = TakeBack(done.value.import_id, all_edited=True)
    taken = await perform(stranger.actor, take_back_import, take)
    for question in (list_rules, list_items, list_templates):
        assert await ask(stranger.actor, question) == []
    await stranger.undo(taken.change_id)
    assert await books.snapshot() == after


async def test_books_taken_back_come_again_and_no_date_is_there_twice(
    books: Books, stranger: Books, clock: Clock
) -> None:
    """What the items booked since goes along, or there were transactions already."""
    await set_up(books, clock)
    text = await write(books)
    done = await bring(stranger, text)
    clock.advance(days=30)
    await settle_all()
    take = TakeBack(done.import_id, all_edited=True)
    await perform(stranger.actor, take_back_import, take)
    await bring(stranger, text)
    await settle_all()
    assert await _dates(stranger) == await _dates(books)
    for question in (list_rules, list_templates):
        theirs = await ask(stranger.actor, question)
        assert len(theirs) == len(await ask(books.actor, question))
    assert await stranger.findings() == []


async def test_what_is_booked_after_a_redo_counts_as_edited_no_more_than_the_rest(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    moved = await keep(await write(books), "books.json")
    done = await perform(stranger.actor, bring_books, moved)
    undone = await stranger.undo(done.change_id)
    await stranger.undo(undone.id)
    clock.advance(days=30)
    assert await settle_all() > 0
    found = await ask(stranger.actor, find_import, done.value.import_id)
    assert found.summary.standing > found.summary.rows_added
    assert found.summary.edited == 0


async def test_edited_booking_stays_when_its_item_goes(
    books: Books, stranger: Books, clock: Clock
) -> None:
    await set_up(books, clock)
    done = await bring(stranger, await write(books))
    page = await ask(stranger.actor, list_transactions, Filter(words="Rent"))
    parts = tuple(Part(one.account_id, one.money) for one in page.items[0].postings)
    found = page.items[0]
    entry = Entry(found.on_date, parts, "Landlord")
    change = TransactionChange(found.id, found.version, entry)
    await perform(stranger.actor, edit_transaction, change)
    await perform(stranger.actor, take_back_import, TakeBack(done.import_id))
    page = await ask(stranger.actor, list_transactions, Filter(with_void=True))
    assert "Landlord" in [one.payee for one in page.items]
    assert await _dates(stranger) == []
    assert await stranger.findings() == []


async def test_batches_keep_the_dates_of_their_transactions(
    stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fintrack.services.moving.reading.BATCH", 1)
    booked = [
        payment(id=f"t{month}", recurring={"item": "i", "on": f"2026-0{month}-01"})
        for month in range(1, 4)
    ]
    void = payment(
        id="v",
        void=True,
        recurring={"item": "i", "on": "2026-04-01"},
        postings=[posting("a", "-10.00"), posting("c", "10.00")],
    )
    await bring_file(stranger, recurring=[item()], transactions=[void, *booked])
    found = await _dates(stranger)
    assert [(on.month, outcome) for _, on, _, outcome, *_ in found] == [
        (month, "booked") for month in range(1, 5)
    ]
    assert money("-30 EUR") == await stranger.balance(
        (await stranger.rows("SELECT id FROM account WHERE name = 'Bank'"))[0].id
    )
