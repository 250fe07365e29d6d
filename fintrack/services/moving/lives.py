"""From which day until which the accounts of a file live here, and whether they can."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fintrack.core.book_fields import FIELD, MOST_FINDINGS
from fintrack.core.chart import Kind
from fintrack.core.entries import FIRST_DAY
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.text import message_id
from fintrack.core.whole_books import MovedAccount, MovedCategory, WholeBooks
from fintrack.services.ledger import accounts, category_rows
from fintrack.services.ledger.account_days import latest_day
from fintrack.services.moving.reading import Figures

LONG_ACCOUNT = message_id(
    "The name of the account “{name}” is longer than {limit} characters."
)
LONG_CATEGORY = message_id(
    "The name of the category “{name}” is longer than {limit} characters."
)
FAR_OPENING = message_id(
    "The account “{name}” opens on {day}. An account opens between 1900 and today."
)
FAR_CLOSING = message_id(
    "The account “{name}” closes on {day}. An account closes today or on a day before."
)


@dataclass(frozen=True, slots=True)
class Life:
    """The first day of an account, and that on which it is closed; None: it is open."""

    opened_on: date
    closed_on: date | None


def life_of(one: MovedAccount, figures: Figures, now: datetime) -> Life:
    """When an account opens and closes, as its transactions allow.

    It opens with its opening balance, and closes no earlier than its last transaction.
    It stays open where money is left, or where something is planned.
    """
    usual = min(one.closed_on or now.date(), now.date())
    opened = figures.openings.get(one.id) or one.opened_on or usual
    if one.closed_on is None or one.id in figures.left:
        closed = None
    else:
        last = max(one.closed_on, opened, figures.last_days.get(one.id, opened))
        closed = last if last <= latest_day(now) else None
    return Life(opened, closed)


def check_bounds(books: WholeBooks, figures: Figures, now: datetime) -> None:
    """Refuses names and days that nobody could enter by hand either.

    Raises:
        InvalidInput: under ``file``: names up to five accounts and categories.
    """
    found = [p for one in books.accounts for p in _of_account(one, figures, now)]
    found += [p for one in books.categories for p in _of_category(one)]
    if found:
        raise InvalidInput.of(found[:MOST_FINDINGS])


def _of_account(
    one: MovedAccount, figures: Figures, now: datetime
) -> Iterator[Problem]:
    latest, opened = latest_day(now), life_of(one, figures, now).opened_on
    if len(one.name) > accounts.MAX_NAME:
        yield _too_long(LONG_ACCOUNT, one.name, accounts.MAX_NAME)
    if not FIRST_DAY <= opened <= latest:
        yield Problem(FAR_OPENING, FIELD, (("name", one.name), ("day", opened)))
    if one.closed_on is not None and one.closed_on > latest:
        values = (("name", one.name), ("day", one.closed_on))
        yield Problem(FAR_CLOSING, FIELD, values)


def _of_category(one: MovedCategory) -> Iterator[Problem]:
    if one.kind is not Kind.EQUITY and len(one.name) > category_rows.MAX_NAME:
        yield _too_long(LONG_CATEGORY, one.name, category_rows.MAX_NAME)


def _too_long(message: str, name: str, limit: int) -> Problem:
    short = f"{name[:limit]}…"
    return Problem(message, FIELD, (("name", short), ("limit", str(limit))))
