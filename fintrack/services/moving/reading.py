"""Reads whole books in the process that reads files: the event loop goes on meanwhile.

Like the parsers it knows no database.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Final

from fintrack.core.book_fields import FIELD
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Equity, Kind
from fintrack.core.errors import InvalidInput
from fintrack.core.moved_transactions import MovedTransaction
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.own_json import NO_JSON
from fintrack.core.whole_books import WholeBooks, read_books
from fintrack.services.imports import readers
from fintrack.services.imports.reading import Asker

BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Figures:
    """What the transactions of a file are; ``void`` ones are among them.

    ``since`` and ``until`` are their first and last day, ``tags`` the names on them and
    on the habits. Of each account there is the day of its opening balance and of its
    last transaction; ``left`` are those on which money is left. What is void counts
    for none of these.
    """

    transactions: int
    transfers: int
    splits: int
    void: int
    since: date | None
    until: date | None
    tags: frozenset[str]
    openings: Mapping[str, date]
    last_days: Mapping[str, date]
    left: frozenset[str]


Begin = Callable[[WholeBooks, Figures], Awaitable[None]]
Take = Callable[[Sequence[MovedTransaction]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Handing:
    """Asks to begin, then hands the transactions over in parts, the oldest first."""

    open_file: Opener
    size: int

    def __call__(self, asker: Asker) -> None:
        books = read_books(_text(self.open_file))
        asker.ask(_counted(books))
        # The file has the newest first.
        oldest = books.transactions[::-1]
        for start in range(0, len(oldest), self.size):
            asker.tell(oldest[start : start + self.size])


@dataclass(frozen=True, slots=True)
class _Counting:
    """Gives the books with the figures of their transactions in place of these."""

    open_file: Opener

    def __call__(self, _: Asker) -> tuple[WholeBooks, Figures]:
        return _counted(read_books(_text(self.open_file)))


async def hand_over(open_file: Opener, *, begin: Begin, take: Take) -> None:
    """Reads the books of a file once and never holds all of its transactions.

    ``begin`` is given the rest with the figures, ``take`` then one part after another,
    the oldest transactions first.

    Raises:
        InvalidInput: under ``file``: it is no UTF-8, or as ``read_books`` says;
            nothing was begun.
    """

    async def answer(head: tuple[WholeBooks, Figures]) -> None:
        await begin(*head)

    await readers.current().run(_Handing(open_file, BATCH), answer=answer, take=take)


async def count_whole(open_file: Opener) -> tuple[WholeBooks, Figures]:
    """The books of a file without their transactions, of which there are figures.

    Raises:
        InvalidInput: under ``file``: it is no UTF-8, or as ``read_books`` says.
    """
    return await readers.current().run(_Counting(open_file))


def _text(open_file: Opener) -> str:
    with open_file() as stream:
        data = stream.read()
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise InvalidInput(NO_JSON, field=FIELD) from None


def _counted(books: WholeBooks) -> tuple[WholeBooks, Figures]:
    return replace(books, transactions=()), figures_of(books)


def figures_of(books: WholeBooks) -> Figures:
    """Counts the transactions of a file."""
    kinds = {one.id: one.kind for one in books.categories}
    kinds |= {one.id: one.type.kind for one in books.accounts}
    days = [one.on_date for one in books.transactions]
    shapes = [_shape(one, kinds) for one in books.transactions]
    openings, last_days, left = _standing(books)
    said = chain.from_iterable(one.tags for one in books.transactions)
    return Figures(
        transactions=len(days),
        transfers=sum(accounts > 1 for accounts, _ in shapes),
        splits=sum(categories > 1 for _, categories in shapes),
        void=sum(one.is_void for one in books.transactions),
        since=min(days, default=None),
        until=max(days, default=None),
        tags=books.habits.tags.union(said),
        openings=openings,
        last_days=last_days,
        left=left,
    )


def _shape(one: MovedTransaction, kinds: Mapping[str, Kind]) -> tuple[int, int]:
    """On how many accounts it is, and on how many categories."""
    places = {posting.place: kinds[posting.place] for posting in one.postings}
    own = sum(kind in ACCOUNT_KINDS for kind in places.values())
    categories = sum(kind in CATEGORY_KINDS for kind in places.values())
    return own, categories


def _standing(
    books: WholeBooks,
) -> tuple[dict[str, date], dict[str, date], frozenset[str]]:
    """Days of opening balances, days of last transactions, and where money is left."""
    sums = {one.id: 0 for one in books.accounts}
    equity = {one.id for one in books.categories if one.type == Equity.OPENING}
    openings: dict[str, date] = {}
    last_days: dict[str, date] = {}
    # The file has the newest first; by hand it may have any order.
    standing = (one for one in books.transactions if not one.is_void)
    for one in sorted(standing, key=attrgetter("on_date")):
        is_opening = any(posting.place in equity for posting in one.postings)
        for posting in one.postings:
            if posting.place in sums:
                sums[posting.place] += posting.money.minor
                last_days[posting.place] = one.on_date
                if is_opening:
                    openings.setdefault(posting.place, one.on_date)
    return openings, last_days, frozenset(id_ for id_, left in sums.items() if left)
