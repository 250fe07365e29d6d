from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fintrack.core.chart import Kind
from fintrack.services.sample import story

UNTIL = date(2026, 11, 18)
_DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(_DAYS, st.integers(0, 99))
@settings(max_examples=25)
def test_eighteen_months_up_to_the_day_in_three_currencies(
    until: date, seed: int
) -> None:
    events = story.tell(until, seed)
    days = [event.on_date for event in events]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (story.first_day(until), until)
    assert days[0].day == 1
    months = (until.year - days[0].year) * 12 + until.month - days[0].month
    assert months == 17
    currencies = {money.currency for e in events for _, money in e.parts}
    assert currencies == {"EUR", "USD", "TRY"}


@given(_DAYS, st.integers(0, 99))
@settings(max_examples=25)
def test_nothing_that_is_owned_is_ever_overdrawn(until: date, seed: int) -> None:
    owned = {a.name for a in story.ACCOUNTS if a.type.kind is Kind.ASSET}
    balances: dict[str, int] = defaultdict(int)
    days: dict[date, dict[str, int]] = {}
    for event in story.tell(until, seed):
        for place, money in event.parts:
            if place in owned:
                balances[place] += money.minor
        days[event.on_date] = dict(balances)
    assert min(min(day.values()) for day in days.values()) >= 0
    assert balances[story.OLD] == 0


def test_same_arguments_tell_the_same_story() -> None:
    assert story.tell(UNTIL, 1) == story.tell(UNTIL, 1)
    assert story.tell(UNTIL, 1) != story.tell(UNTIL, 2)


def test_there_are_splits_transfers_exchanges_and_foreign_charges() -> None:
    events = story.tell(UNTIL, 1)
    accounts = {account.name for account in story.ACCOUNTS}
    categories = story.categories_of(events)
    assert any(len({place for place, _ in e.parts} & categories) > 1 for e in events)
    assert any({place for place, _ in e.parts} <= accounts for e in events)
    assert any(len({m.currency for _, m in e.parts}) == 2 for e in events)
    assert any(e.original for e in events)


def test_rent_comes_each_month() -> None:
    rents = [e for e in story.tell(UNTIL, 1) if e.payee == story.LANDLORD]
    assert len(rents) == story.MONTHS
    assert len({event.parts for event in rents}) == 1


@pytest.mark.parametrize("seed", [0, 1])
def test_old_account_rests_after_it_was_closed(seed: int) -> None:
    closed = story.closing_day(UNTIL)
    last = max(
        event.on_date
        for event in story.tell(UNTIL, seed)
        for place, _ in event.parts
        if place == story.OLD
    )
    assert last == closed
    assert UNTIL - closed > timedelta(days=300)
