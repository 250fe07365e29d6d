"""Each date is handled once: whatever was down, put back, moved or killed."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fintrack.core.actor import Actor, Role
from fintrack.core.errors import Busy, FinTrackError, NotSignedIn
from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring import handling, settling
from fintrack.services.recurring.items import ItemChange, add_item, edit_item
from fintrack.services.recurring.settling import (
    find_unsettled,
    settle_all,
    settle_ledger,
)
from tests.books import Books, money
from tests.services.recurring.house import TODAY, House, on_day

DAILY = Rule(Pattern.DAYS, date(2026, 1, 1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_bill_is_booked_on_its_day(house: House) -> None:
    await house.add(on_day(20), is_automatic=True)
    assert await house.wait(days=1) == 0
    assert await house.wait(days=1) == 1
    assert await house.wait(hours=1) == 0
    assert await house.booked() == ["2026-11-20"]
    assert await house.books.findings() == []


async def test_bill_that_is_not_automatic_is_proposed(house: House) -> None:
    await house.add(on_day(20))
    assert await house.wait(days=3) == 1
    assert await house.booked() == []
    assert await house.dates() == ["2026-11-20 2026-11-20 proposed"]


async def test_bill_on_a_day_that_is_reconciled_is_proposed(house: House) -> None:
    """It was away for a week; the bank's statement came first."""
    await house.add(on_day(20), is_automatic=True)
    house.clock.advance(days=7)
    statement = Statement(house.bank, date(2026, 11, 20), money("0 EUR"))
    await perform(house.books.actor, finish_reconciliation, statement)
    assert await settle_all() == 1
    assert await house.booked() == []
    assert await house.dates() == ["2026-11-20 2026-11-20 proposed"]
    assert await house.wait(days=25) == 1
    assert await house.booked() == ["2026-12-20"]


async def test_months_of_downtime_are_made_up_for_once(house: House) -> None:
    """I26: the 31st of November, December, January, and of February 2027."""
    await house.add(on_day(31), is_automatic=True)
    assert await house.wait(days=110) == 4
    assert await house.wait(days=0) == 0
    assert await house.booked() == [
        "2026-11-30",
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
    ]


async def test_leap_day_comes_each_year(house: House) -> None:
    await house.add(Rule(Pattern.YEARS, date(2024, 2, 29)), is_automatic=True)
    await house.wait(days=2 * 366)
    assert await house.booked() == ["2027-02-28", "2028-02-29"]


async def test_day_that_today_is_counts_and_those_before_do_not(house: House) -> None:
    await house.add(DAILY, is_automatic=True)
    assert await house.booked() == [TODAY.isoformat()]


# A day of 25 hours and one of 23, or of half an hour more or less, in the middle.
@pytest.mark.parametrize(
    ("zone", "start", "first"),
    [
        ("Europe/Berlin", "2026-10-24T12:00", "2026-10-24"),
        ("Europe/Berlin", "2026-03-28T12:00", "2026-03-28"),
        ("America/New_York", "2026-10-31T12:00", "2026-10-31"),
        ("America/New_York", "2026-03-07T12:00", "2026-03-07"),
        ("Australia/Lord_Howe", "2026-04-04T00:00", "2026-04-04"),
        ("Australia/Lord_Howe", "2026-10-03T00:00", "2026-10-03"),
        ("Europe/Istanbul", "2026-10-24T12:00", "2026-10-24"),
        ("Europe/Istanbul", "2015-11-07T12:00", "2015-11-07"),
    ],
)
async def test_downtime_of_25_hours_over_a_change_of_clocks(
    house: House, zone: str, start: str, first: str
) -> None:
    house.clock.now = at(start)
    await house.live_in(zone)
    await house.add(Rule(Pattern.DAYS, date(2015, 1, 1)), is_automatic=True)
    await house.wait(hours=25)
    for _ in range(48):
        await house.wait(hours=1)
    day = date.fromisoformat(first)
    expected = [(day + timedelta(days=n)).isoformat() for n in range(4)]
    assert await house.booked() == expected


async def test_day_begins_where_the_owner_lives(house: House) -> None:
    """Lord Howe is eleven hours ahead: the 20th begins on the 19th at 13:00 UTC."""
    await house.live_in("Australia/Lord_Howe")
    await house.add(on_day(20), is_automatic=True)
    house.clock.now = at("2026-11-19T12:59:59")
    assert await settle_all() == 0
    house.clock.now = at("2026-11-19T13:00")
    assert await settle_all() == 1


async def test_owner_who_flies_west_meets_no_day_twice(house: House) -> None:
    await house.live_in("Pacific/Auckland")
    await house.add(DAILY, is_automatic=True)
    await house.wait(hours=24)
    booked = await house.booked()
    await house.live_in("Pacific/Honolulu")
    assert await house.wait(hours=1) == 0
    await house.wait(hours=47)
    assert (await house.booked())[: len(booked)] == booked
    assert len(set(await house.booked())) == len(await house.booked())


@pytest.mark.parametrize("is_edited", [False, True])
async def test_item_that_was_added_in_the_west_is_booked_on_the_day_of_the_return(
    house: House, *, is_edited: bool
) -> None:
    """In Honolulu it is still the 17th when the 18th was carried out already."""
    away = await house.add(on_day(28), is_automatic=True)
    await settle_all()
    await house.live_in("Pacific/Honolulu")
    house.clock.now = at("2026-11-18T05:00")
    new = house.new(DAILY, is_automatic=True)
    if is_edited:
        await perform(house.books.actor, edit_item, ItemChange(away.id, 1, new))
    else:
        await perform(house.books.actor, add_item, new)
    assert await house.booked() == ["2026-11-17"]
    await house.live_in("UTC")
    assert await house.wait(minutes=15) == 1
    assert await house.booked() == ["2026-11-17", "2026-11-18"]


async def test_booking_ahead_that_is_taken_back_on_its_day_is_due_that_day(
    house: House,
) -> None:
    item = await house.add(on_day(20), is_automatic=True)
    ahead = handling.Booking(item.id, date(2026, 11, 20), TODAY)
    done = await perform(house.books.actor, handling.book_date, ahead)
    assert await house.wait(days=2) == 0
    await house.books.undo(done.change_id)
    assert await house.wait(minutes=15) == 1
    assert await house.booked() == ["2026-11-20"]


async def test_weekend_moves_a_date_and_keeps_it_one(house: House) -> None:
    """Sunday 29 November is due on Friday the 27th, or on Monday."""
    await house.add(on_day(29, shift=Shift.BEFORE), is_automatic=True)
    await house.add(on_day(29, shift=Shift.AFTER), name="Other", is_automatic=True)
    await house.wait(days=9)
    assert await house.booked() == ["2026-11-27"]
    await house.wait(days=4)
    assert await house.booked() == ["2026-11-27", "2026-11-30"]


async def test_two_timetables_at_once_book_once(house: House) -> None:
    await house.add(on_day(20), is_automatic=True)
    house.clock.advance(days=2)
    actor = Actor(role=Role.SYSTEM, ledger_id=house.books.actor.ledger_id)
    done = await asyncio.gather(*(perform(actor, settle_ledger) for _ in range(3)))
    assert sorted(one.value for one in done) == [0, 0, 1]
    assert await house.booked() == ["2026-11-20"]


async def test_run_that_dies_half_way_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.add(on_day(20), is_automatic=True)
    await house.add(on_day(19), is_automatic=True)
    book = handling.book

    async def die(work: Any, item: Any, row: Any) -> Any:
        if row.rule_on.day == 19:
            raise Busy
        return await book(work, item, row)

    monkeypatch.setattr(handling, "book", die)
    with pytest.raises(Busy):
        await house.wait(days=3)
    assert await house.booked() == []
    monkeypatch.undo()
    assert await house.wait(hours=1) == 2
    assert await house.booked() == ["2026-11-19", "2026-11-20"]


async def test_broken_ledger_holds_up_no_other(
    house: House, stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.add(on_day(20), is_automatic=True)
    bank, food = await stranger.open("Bank"), await stranger.category("Food")
    theirs = House(stranger, house.clock, bank.id, bank.id, food, food)
    await theirs.add(on_day(20), is_automatic=True)
    settle = settling.settle_item

    async def refuse(work: Any, item: Any, today: date) -> int:
        if item.ledger_id == house.books.actor.ledger_id:
            raise Busy
        return await settle(work, item, today)

    monkeypatch.setattr(settling, "settle_item", refuse)
    with pytest.raises(FinTrackError):
        await house.wait(days=3)
    assert await theirs.booked() == ["2026-11-20"]
    monkeypatch.undo()
    assert await house.wait(minutes=15) == 1


async def test_closed_account_turns_a_booking_into_a_proposal(house: House) -> None:
    await house.add(on_day(20), is_automatic=True)
    mark = AccountMark(house.bank, 1)
    await perform(house.books.actor, close_account, mark, TODAY)
    assert await house.wait(days=3) == 1
    assert await house.dates() == ["2026-11-20 2026-11-20 proposed"]


async def test_ledger_is_looked_at_once_a_day(house: House) -> None:
    actor = Actor(role=Role.SYSTEM)
    assert await ask(actor, find_unsettled) == []
    await house.add(on_day(20))
    assert await ask(actor, find_unsettled) == [house.books.actor.ledger_id]
    await settle_all()
    assert await ask(actor, find_unsettled) == []
    house.clock.advance(hours=12)
    assert await ask(actor, find_unsettled) == [house.books.actor.ledger_id]


async def test_nobody_settles_by_hand(house: House) -> None:
    with pytest.raises(FinTrackError):
        await perform(house.books.actor, settle_ledger)
    nobody = Actor(ledger_id=house.books.actor.ledger_id)
    with pytest.raises(NotSignedIn):
        await perform(nobody, settle_ledger)
