"""Whole books of a file come into empty ones: all of them or nothing, in one step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

import pydantic
from pydantic import Field
from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.copy_lines import copy_lines
from fintrack.core.filename import clean_filename
from fintrack.core.folding import fold, search_words
from fintrack.core.moved_transactions import MovedTransaction
from fintrack.core.statements.formats import Format
from fintrack.core.whole_books import Habits, WholeBooks
from fintrack.models.imports import ImportBatch
from fintrack.models.recurring import RecurringItem
from fintrack.models.tags import Tag
from fintrack.services.bulk import copy_in
from fintrack.services.commands import Work, command
from fintrack.services.imports.proposing import opener_of_blob
from fintrack.services.ledger import rows
from fintrack.services.moving.habits import bring_habits, have_settled, write_dates
from fintrack.services.moving.lives import check_bounds
from fintrack.services.moving.places import Chart, make_places
from fintrack.services.moving.reading import Figures, hand_over
from fintrack.services.moving.surveying import BRING, check_empty, missing_tags
from fintrack.services.tags.rows import clean_tag

_TRANSACTIONS: Final = (
    "COPY transaction (id, version, ledger_id, on_date, payee, description, note, "
    "search_text, category_source, import_id, created_at, voided_at) FROM STDIN"
)
_POSTINGS: Final = (
    "COPY posting (ledger_id, transaction_id, on_date, account_id, currency, "
    "amount_minor, original_currency, original_minor, memo, position, voided_at, "
    "cleared_at) FROM STDIN"
)
_TAGS: Final = (
    "COPY transaction_tag (ledger_id, transaction_id, on_date, tag_id) FROM STDIN"
)
_TAKE_IDS = text(
    "SELECT array_agg(nextval(pg_get_serial_sequence('transaction', 'id'))) "
    "FROM generate_series(1, :count)"
)


@pydantic.dataclasses.dataclass(frozen=True)
class BooksFile:
    """A file in the form ``fintrack/1`` in the blob store, and what it is called.

    Under one key it is the same input wherever the store has put it: the name of the
    blob is left out when it is compared.
    """

    filename: str
    sha256: str
    blob: Annotated[str, Field(exclude=True)]


@dataclass(frozen=True, slots=True)
class BooksBrought:
    """What came in: ``accounts``, ``categories`` and ``tags`` were made.

    ``recurring`` are items that come again.
    """

    import_id: int
    accounts: int
    categories: int
    tags: int
    transactions: int
    # A result that was kept before there were these has none.
    rules: int = 0
    recurring: int = 0
    templates: int = 0


@command(BRING, ledger=LedgerRole.EDITOR, uses=("accounts",))
async def bring_books(work: Work, file: BooksFile) -> BooksBrought:
    """Brings all that a file holds into empty books, the habits of its keeper too.

    Places of the same name are taken as they are, the others are made. A transaction
    keeps all of its postings, its note, its tags and what is cleared. An account that
    was closed is closed again where nothing is left on it, at the earliest on the day
    of its last transaction. Of what comes again each date that was dealt with stays so.

    Raises:
        InvalidInput: under ``file``: it cannot be read, or a transaction, an
            account, a category, a rule, a recurring item or a template cannot be.
        Conflict: there are transactions already, or no room for the habits.
        PlanLimit: the plan has no place for so many accounts.
    """
    await check_empty(work)
    bringing = _Bringing(work, file)
    await hand_over(opener_of_blob(file.blob), begin=bringing.begin, take=bringing.copy)
    return await bringing.end()


@dataclass(slots=True)
class _Bringing:
    """Writes books while they are read: first their places and tags, then the rest."""

    work: Work
    file: BooksFile
    batch: ImportBatch = field(init=False)
    chart: Chart = field(init=False)
    tags: dict[str, int] = field(init=False)
    habits: Habits = field(init=False)
    items: list[RecurringItem] = field(init=False)
    made: int = 0

    async def begin(self, books: WholeBooks, figures: Figures) -> None:
        """Makes what the transactions need."""
        work = self.work
        check_bounds(books, figures, work.now)
        self.chart = await make_places(work, books, figures)
        self.made = await _make_tags(work, await missing_tags(work, figures.tags))
        self.tags = await _tag_ids(work)
        self.batch = await _open_batch(work, self.file, figures.transactions)
        self.habits = books.habits
        ids = {number: self.chart.ids[id_] for id_, number in books.numbers.items()}
        self.items = await bring_habits(work, books.habits, ids, self.batch.id)

    async def copy(self, part: Sequence[MovedTransaction]) -> None:
        """Writes some transactions; ids rise, so that each day keeps its order."""
        work = self.work
        ids = await _copy(work, self.batch.id, part, self.chart.ids, self.tags)
        booked = (
            (one.stands_for, id_, one.on_date)
            for id_, one in zip(ids, part, strict=True)
            if one.stands_for is not None
        )
        await write_dates(work, self.items, booked)

    async def end(self) -> BooksBrought:
        """Says what came in."""
        await rows.check_chart(self.work)
        await have_settled(self.work, self.items)
        return BooksBrought(
            self.batch.id,
            len(self.chart.new_accounts),
            len(self.chart.new_categories),
            self.made,
            self.batch.rows_added,
            len(self.habits.rules),
            len(self.habits.items),
            len(self.habits.templates),
        )


async def _make_tags(work: Work, wanted: Mapping[str, str]) -> int:
    work.session.add_all(
        Tag(ledger_id=work.ledger_id, name=name, name_folded=folded)
        for folded, name in wanted.items()
    )
    await work.session.flush()
    return len(wanted)


async def _tag_ids(work: Work) -> dict[str, int]:
    found = await work.session.execute(
        select(col(Tag.name_folded), col(Tag.id)).where(
            col(Tag.ledger_id) == work.ledger_id
        )
    )
    return {row[0]: row[1] for row in found}


async def _open_batch(work: Work, file: BooksFile, size: int) -> ImportBatch:
    batch = ImportBatch(
        ledger_id=work.ledger_id,
        source=Format.JSON.value,
        filename=clean_filename(file.filename, "books.json"),
        rows_added=size,
        rows_skipped=0,
        created_at=work.now,
    )
    work.session.add(batch)
    await work.session.flush()
    return batch


async def _copy(
    work: Work,
    import_id: int,
    part: Sequence[MovedTransaction],
    places: Mapping[str, int],
    tags: Mapping[str, int],
) -> Sequence[int]:
    """The ids that they were given."""
    ids: list[int] = await work.session.scalar(_TAKE_IDS, {"count": len(part)}) or []
    numbered = list(zip(ids, part, strict=True))
    lines = copy_lines(_event(work, import_id, id_, one) for id_, one in numbered)
    await copy_in(work.session, _TRANSACTIONS, lines)
    moved = (line for id_, one in numbered for line in _legs(work, id_, one, places))
    await copy_in(work.session, _POSTINGS, copy_lines(moved))
    tagged = copy_lines(
        (work.ledger_id, id_, one.on_date, tag_id)
        for id_, one in numbered
        for tag_id in _tags_of(one, tags)
    )
    if tagged:
        await copy_in(work.session, _TAGS, tagged)
    return ids


def _event(
    work: Work, import_id: int, id_: int, one: MovedTransaction
) -> tuple[object, ...]:
    words = (one.payee, one.description, one.note)
    searched = search_words(one.payee, one.description, one.note)
    head = (id_, 1, work.ledger_id, one.on_date, *words, searched, "you", import_id)
    return *head, work.now, work.now if one.is_void else None


def _legs(
    work: Work, id_: int, one: MovedTransaction, places: Mapping[str, int]
) -> Iterator[tuple[object, ...]]:
    voided_at = work.now if one.is_void else None
    for position, leg in enumerate(one.postings):
        foreign = leg.original
        yield (
            work.ledger_id,
            id_,
            one.on_date,
            places[leg.place],
            leg.money.currency,
            leg.money.minor,
            foreign.currency if foreign else None,
            foreign.minor if foreign else None,
            leg.memo,
            position,
            voided_at,
            work.now if leg.cleared else None,
        )


def _tags_of(one: MovedTransaction, tags: Mapping[str, int]) -> list[int]:
    found = (tags[fold(clean_tag(tag))] for tag in one.tags)
    return list(dict.fromkeys(found))
