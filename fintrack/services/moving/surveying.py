"""What a file of whole books would bring, told before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import exists, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.book_fields import FIELD
from fintrack.core.chart import Kind
from fintrack.core.errors import Conflict
from fintrack.core.folding import fold
from fintrack.core.text import message_id
from fintrack.core.whole_books import WholeBooks
from fintrack.models.ledger import Transaction
from fintrack.models.tags import Tag
from fintrack.services.change_sets import is_known
from fintrack.services.commands import Work, question
from fintrack.services.moving.habits import check_habits
from fintrack.services.moving.lives import check_bounds, life_of
from fintrack.services.moving.places import match_places
from fintrack.services.moving.reading import Figures
from fintrack.services.tags.rows import clean_tag

BRING: Final = "books.bring"
NOT_EMPTY = message_id(
    "There are transactions in these books already. Whole books come into empty ones; "
    "import the accounts of the file one by one instead."
)


@dataclass(frozen=True, slots=True)
class PlaceToBe:
    """An account of the file; ``is_new`` says that it would be made.

    The file closes it on ``closed_on``, and the move on ``closes_on``: later where
    something happens there later, and not at all where money is left or planned.
    """

    name: str
    type: str
    currency: str
    is_new: bool
    closed_on: date | None
    closes_on: date | None


@dataclass(frozen=True, slots=True)
class BooksSurvey:
    """What would come in; ``since`` and ``until`` are the days of its transactions.

    ``categories`` and ``tags`` would be made, ``void`` ones are among the transactions.
    ``recurring`` are items that come again.
    """

    accounts: tuple[PlaceToBe, ...]
    categories: int
    tags: int
    transactions: int
    transfers: int
    splits: int
    void: int
    since: date | None
    until: date | None
    rules: int
    recurring: int
    templates: int


@question("books.survey", ledger=LedgerRole.EDITOR)
async def survey_books(work: Work, books: WholeBooks, figures: Figures) -> BooksSurvey:
    """What books of a file, read before, would bring into empty ones.

    Raises:
        InvalidInput: under ``file``: an account, a category or a template cannot be.
        Conflict: there are transactions already, or no room for the habits.
    """
    await check_empty(work)
    check_bounds(books, figures, work.now)
    await check_habits(work, books.habits)
    chart = await match_places(work, books, figures)
    return BooksSurvey(
        accounts=tuple(
            PlaceToBe(
                name=one.name,
                type=one.type,
                currency=one.currency,
                is_new=one.id not in chart.ids,
                closed_on=one.closed_on,
                closes_on=life_of(one, figures, work.now).closed_on,
            )
            for one in books.accounts
        ),
        categories=sum(one.kind != Kind.EQUITY for one in chart.new_categories),
        tags=len(await missing_tags(work, figures.tags)),
        transactions=figures.transactions,
        transfers=figures.transfers,
        splits=figures.splits,
        void=figures.void,
        since=figures.since,
        until=figures.until,
        rules=len(books.habits.rules),
        recurring=len(books.habits.items),
        templates=len(books.habits.templates),
    )


@question("books.find_room", ledger=LedgerRole.EDITOR)
async def find_room(work: Work, key: str | None = None) -> None:
    """Lets pass who may bring books here, before a byte of them is read.

    A ``key`` that brought some is about to get its first result again.

    Raises:
        Conflict: there are transactions already.
        InvalidInput: no key can be like this one.
    """
    if key is None or not await is_known(work.session, work.actor, BRING, key):
        await check_empty(work)


async def check_empty(work: Work) -> None:
    """Refuses books in which something stands, void or not.

    Raises:
        Conflict: they have transactions.
    """
    if await work.session.scalar(
        select(exists().where(col(Transaction.ledger_id) == work.ledger_id))
    ):
        raise Conflict(NOT_EMPTY, field=FIELD)


async def missing_tags(work: Work, said: Iterable[str]) -> dict[str, str]:
    """Those of ``said`` that are not here, by their folded names.

    Raises:
        InvalidInput: under ``file``: a name that cannot be.
    """
    cleaned = (clean_tag(one, field=FIELD) for one in sorted(said))
    wanted = {fold(clean): clean for clean in cleaned}
    known = await work.session.scalars(
        select(col(Tag.name_folded)).where(col(Tag.ledger_id) == work.ledger_id)
    )
    for folded in known.all():
        wanted.pop(folded, None)
    return wanted
