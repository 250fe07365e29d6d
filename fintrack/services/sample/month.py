"""A month of the sample story, and what happens in it.

Nothing is drawn by chance: every figure follows from a seed, so that the same
arguments always tell the same story.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from fintrack.core.money import Money


@dataclass(frozen=True, slots=True)
class Event:
    """One transaction of the story; its words and places are message ids.

    Each part is a place (an account, a category or an equity type) with its amount,
    positive into it. ``original`` is what was charged for the first part abroad.
    """

    on_date: date
    payee: str
    parts: tuple[tuple[str, Money], ...]
    description: str = ""
    original: Money | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """The ``number``-th month of the story, counted from 0."""

    first: date
    number: int
    seed: int

    def day(self, day: int) -> date:
        """The day of this month; ``day`` is 1 to 28."""
        return self.first.replace(day=day)

    def days(self, start: int, step: int, count: int) -> list[date]:
        """``count`` days from the ``start``-th of the month, ``step`` apart."""
        return [self.day(start) + timedelta(days=step * n) for n in range(count)]

    def comes_each(self, months: int, *, first: int) -> bool:
        """Whether what comes each so many months, from the ``first``, comes now."""
        return self.number % months == first

    def pick(self, about: str, low: int, high: int) -> int:
        """A number from ``low`` to ``high``, the same each time for this month."""
        words = f"{self.seed} {self.first} {about}".encode()
        digest = hashlib.blake2b(words, digest_size=8).digest()
        return low + int.from_bytes(digest) % (high - low + 1)


def pay(on_date: date, payee: str, account: str, category: str, money: Money) -> Event:
    """``money`` leaves the account for the category."""
    return Event(on_date, payee, ((account, -money), (category, money)))


def earn(on_date: date, payee: str, account: str, category: str, money: Money) -> Event:
    """``money`` comes into the account from the category."""
    return Event(on_date, payee, ((account, money), (category, -money)))


def move(on_date: date, words: str, source: str, target: str, money: Money) -> Event:
    """``money`` goes from one account to another of the same currency."""
    return Event(on_date, "", ((source, -money), (target, money)), words)


def exchange(
    on_date: date, words: str, sent: tuple[str, Money], got: tuple[str, Money]
) -> Event:
    """Money leaves one account and comes into another of another currency."""
    source, money = sent
    return Event(on_date, "", ((source, -money), got), words)
