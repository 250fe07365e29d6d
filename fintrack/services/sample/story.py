"""The sample story: eighteen months of a person with a job, a car and two trips."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from fintrack.core.chart import UNCATEGORISED, AccountType, Equity, Kind
from fintrack.core.money import Money
from fintrack.core.period import month_of
from fintrack.core.text import message_id
from fintrack.services.sample.month import Event, Month, earn, exchange, move, pay

MONTHS: Final = 18
CLOSING_MONTH: Final = 6
OLD_FEE: Final = 490
RAISE_AFTER: Final = 12
JULY: Final = 7

EVERYDAY = message_id("Everyday account")
SAVINGS = message_id("Savings")
CARD = message_id("Credit card")
CASH = message_id("Cash")
LOAN = message_id("Car loan")
OLD = message_id("Old bank account")
DOLLARS = message_id("Dollar account")
LIRAS = message_id("Lira account")

EMPLOYER = message_id("Studio Lindgren")
LANDLORD = message_id("Landlord")
INSURER = message_id("Home insurance")
PHONE = message_id("Fibre and phone")
PUT_ASIDE = message_id("Put aside")
MARKETS = (
    message_id("Corner market"),
    message_id("Green grocer"),
    message_id("Weekend market"),
)
TABLES = (message_id("Café Lumen"), message_id("Noodle house"))
DEBT_PAID = message_id("Card bill")


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account of the story and what is on it at the start."""

    name: str
    type: AccountType
    opening: Money


ACCOUNTS = (
    SampleAccount(EVERYDAY, AccountType.CHECKING, Money(2_450_00, "EUR")),
    SampleAccount(SAVINGS, AccountType.SAVINGS, Money(8_200_00, "EUR")),
    SampleAccount(CARD, AccountType.CREDIT_CARD, Money(-310_00, "EUR")),
    SampleAccount(CASH, AccountType.CASH, Money(120_00, "EUR")),
    SampleAccount(LOAN, AccountType.LOAN, Money(-9_600_00, "EUR")),
    SampleAccount(OLD, AccountType.CHECKING, Money(1_900_00, "EUR")),
    SampleAccount(DOLLARS, AccountType.CHECKING, Money(1_150_00, "USD")),
    SampleAccount(LIRAS, AccountType.CHECKING, Money(6_500_00, "TRY")),
)


def first_day(until: date) -> date:
    """The first day of the story that ends on ``until``."""
    month = month_of(until)
    for _ in range(MONTHS - 1):
        month = month.previous()
    return month.start


def closing_day(until: date) -> date:
    """The day on which the old bank account is emptied and closed."""
    return _months(until, 0)[CLOSING_MONTH].day(10)


def tell(until: date, seed: int) -> list[Event]:
    """All transactions up to and with ``until``, by day."""
    months = _months(until, seed)
    events = list(_openings(months[0].first))
    for month in months:
        events += _home(month)
        events += _work(month)
        events += _food(month)
        events += _car_and_leisure(month)
        events += _now_and_then(month)
        events += _other_currencies(month)
    events += _old_account(months)
    events += _loose_ends(until)
    events += _card_bills(events)
    told = [event for event in events if event.on_date <= until]
    return sorted(told, key=lambda event: event.on_date)


def categories_of(events: list[Event]) -> set[str]:
    """The categories on which something happens, by message id."""
    others = {account.name for account in ACCOUNTS} | set(Equity)
    return {place for event in events for place, _ in event.parts} - others


def _months(until: date, seed: int) -> list[Month]:
    period, months = month_of(first_day(until)), []
    for number in range(MONTHS):
        months.append(Month(period.start, number, seed))
        period = period.next()
    return months


def _euro(minor: int) -> Money:
    return Money(minor, "EUR")


def _openings(on_date: date) -> Iterator[Event]:
    words = message_id("Opening balance")
    for account in ACCOUNTS:
        source = (Equity.OPENING, -account.opening)
        yield Event(on_date, "", ((account.name, account.opening), source), words)


def _home(month: Month) -> Iterator[Event]:
    rent, energy = _euro(1_080_00), _euro(month.pick("energy", 88_00, 146_00))
    yield pay(month.day(1), LANDLORD, EVERYDAY, "Rent or mortgage", rent)
    city = message_id("City energy")
    yield pay(month.day(12), city, EVERYDAY, "Energy and water", energy)
    yield pay(month.day(15), PHONE, EVERYDAY, "Internet and phone", _euro(39_90))
    if month.comes_each(3, first=1):
        yield pay(month.day(3), INSURER, EVERYDAY, "Insurance", _euro(164_00))


def _work(month: Month) -> Iterator[Event]:
    pay_day = _euro(3_290_00 if month.number >= RAISE_AFTER else 3_150_00)
    yield earn(month.day(25), EMPLOYER, EVERYDAY, "Salary", pay_day)
    yield move(month.day(27), PUT_ASIDE, EVERYDAY, SAVINGS, _euro(300_00))
    if month.comes_each(3, first=2):
        gained = _euro(month.pick("interest", 31_00, 44_00))
        bank = message_id("Savings interest")
        yield earn(month.day(28), bank, SAVINGS, "Interest and dividends", gained)


def _food(month: Month) -> Iterator[Event]:
    for number, day in enumerate(month.days(2, 4, 6)):
        spent = _euro(month.pick(f"market {number}", 24_00, 82_00))
        account = CARD if number % 2 else EVERYDAY
        shop = MARKETS[number % len(MARKETS)]
        yield pay(day, shop, account, "Groceries", spent)
    for number, day in enumerate(month.days(5, 7, 4)):
        spent = _euro(month.pick(f"table {number}", 13_00, 46_00))
        place = TABLES[number % len(TABLES)]
        yield pay(day, place, CARD, "Eating out", spent)
    for number, day in enumerate(month.days(4, 15, 2)):
        yield move(day, message_id("Cash machine"), EVERYDAY, CASH, _euro(80_00))
        spent = _euro(month.pick(f"cash {number}", 48_00, 88_00))
        yield pay(day, message_id("Bakery"), CASH, "Groceries", spent)
    # One till, two categories.
    food, shirt = (month.pick(what, 31_00, 58_00) for what in ("food", "shirt"))
    parts = (
        (EVERYDAY, _euro(-food - shirt)),
        ("Groceries", _euro(food)),
        ("Clothing", _euro(shirt)),
    )
    yield Event(month.day(28), message_id("Department store"), parts)


def _car_and_leisure(month: Month) -> Iterator[Event]:
    for number, day in enumerate(month.days(7, 14, 2)):
        spent = _euro(month.pick(f"fuel {number}", 46_00, 71_00))
        yield pay(day, message_id("Filling station"), CARD, "Fuel", spent)
    interest = 42_00 - month.number * 1_10
    parts = (
        (EVERYDAY, _euro(-285_00)),
        (LOAN, _euro(285_00 - interest)),
        ("Bank fees", _euro(interest)),
    )
    yield Event(month.day(5), "", parts, message_id("Car loan, monthly rate"))
    films = message_id("Film club")
    yield pay(month.day(8), films, CARD, "Subscriptions", _euro(12_99))
    ride = message_id("City transport")
    yield pay(month.day(2), ride, EVERYDAY, "Public transport", _euro(49_00))
    charged = _euro(month.pick("tools", 18_10, 18_90))
    tools = pay(month.day(17), message_id("Design tools"), CARD, "Leisure", charged)
    yield Event(tools.on_date, tools.payee, tools.parts, original=Money(20_00, "USD"))


def _now_and_then(month: Month) -> Iterator[Event]:
    if month.comes_each(3, first=0):
        spent = _euro(month.pick("health", 18_00, 65_00))
        yield pay(month.day(18), message_id("Pharmacy"), EVERYDAY, "Health", spent)
    if month.comes_each(4, first=1):
        shoes, shop = _euro(89_00), message_id("Shoe shop")
        yield pay(month.day(9), shop, CARD, "Clothing", shoes)
        # Money back on the category: less was spent.
        yield earn(month.day(16), shop, CARD, "Clothing", _euro(35_00))
    if month.comes_each(5, first=2):
        given = _euro(month.pick("gift", 30_00, 75_00))
        shop = message_id("Book shop")
        yield pay(month.day(21), shop, CARD, "Gifts and donations", given)


def _other_currencies(month: Month) -> Iterator[Event]:
    if month.comes_each(2, first=0):
        fee = Money(month.pick("work", 380_00, 520_00), "USD")
        client = message_id("Client abroad")
        yield earn(month.day(14), client, DOLLARS, "Freelance", fee)
    disk = message_id("Online storage")
    yield pay(month.day(6), disk, DOLLARS, "Subscriptions", Money(9_00, "USD"))
    yield pay(month.day(10), PHONE, LIRAS, "Internet and phone", Money(420_00, "TRY"))
    if month.comes_each(3, first=1):
        words, got = message_id("Euros to liras"), month.pick("lira", 4_700, 5_150)
        sent = (EVERYDAY, _euro(150_00))
        yield exchange(month.day(11), words, sent, (LIRAS, Money(150 * got, "TRY")))
    if month.comes_each(6, first=5):
        words, got = message_id("Dollars to euros"), month.pick("euro", 89, 95)
        sent = (DOLLARS, Money(700_00, "USD"))
        yield exchange(month.day(20), words, sent, (EVERYDAY, _euro(700 * got)))
    if month.first.month == JULY:
        yield from _trip(month)


def _trip(month: Month) -> Iterator[Event]:
    """Summer at the sea, paid in liras."""
    words, sent = message_id("Money for the trip"), (SAVINGS, _euro(700_00))
    yield exchange(month.day(13), words, sent, (LIRAS, Money(33_600_00, "TRY")))
    room = Money(16_500_00, "TRY")
    yield pay(month.day(14), message_id("Seaside hotel"), LIRAS, "Travel", room)
    for number, day in enumerate(month.days(15, 2, 6)):
        spent = Money(month.pick(f"trip {number}", 650_00, 2_300_00), "TRY")
        yield pay(day, message_id("Fish restaurant"), LIRAS, "Eating out", spent)


def _old_account(months: list[Month]) -> Iterator[Event]:
    """Costs its fee for some months, is emptied and then closed."""
    for month in months[:CLOSING_MONTH]:
        fee = _euro(OLD_FEE)
        yield pay(month.day(26), message_id("Account fee"), OLD, "Bank fees", fee)
    left = next(a.opening.minor for a in ACCOUNTS if a.name == OLD)
    left -= OLD_FEE * CLOSING_MONTH
    words, day = message_id("Moved to savings"), months[CLOSING_MONTH].day(10)
    yield move(day, words, OLD, SAVINGS, _euro(left))


def _loose_ends(until: date) -> Iterator[Event]:
    """What nobody has put into a category yet, on the last day."""
    for minor in (23_40, 8_90):
        place = UNCATEGORISED[Kind.EXPENSE]
        yield pay(until, message_id("Card payment"), CARD, place, _euro(minor))


def _card_bills(events: list[Event]) -> Iterator[Event]:
    """On the 20th what the card was charged in the month before is paid."""
    charged: dict[date, int] = defaultdict(int)
    for event in events:
        for place, money in event.parts:
            if place == CARD:
                charged[month_of(event.on_date).end] += money.minor
    for month, minor in charged.items():
        if minor < 0:
            bill = _euro(-minor)
            yield move(month.replace(day=20), DEBT_PAID, EVERYDAY, CARD, bill)
