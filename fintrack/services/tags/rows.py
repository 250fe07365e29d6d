"""Tag rows: found or made by name, put on transactions."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import delete, select
from sqlmodel import col

from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.folding import fold
from fintrack.core.words import is_showable
from fintrack.models.ledger import Transaction
from fintrack.models.tags import Tag, TransactionTag
from fintrack.services.commands import Work

MAX_NAME: Final = 60
MAX_TAGS: Final = 20


async def own_tag(work: Work, tag_id: int) -> Tag:
    """The tag with this id in the ledger at work.

    Raises:
        NotFound: there is none, or it belongs to somebody else.
    """
    found: Tag | None = await work.session.scalar(
        select(Tag).where(col(Tag.ledger_id) == work.ledger_id, col(Tag.id) == tag_id)
    )
    if found is None:
        raise NotFound
    return found


def clean_tag(name: str, *, field: str = "tags") -> str:
    """The name without needless blanks and without the sign that some write before it.

    Raises:
        InvalidInput: under ``field``: empty, too long, or with a comma between.
    """
    clean = " ".join(name.split()).removeprefix("#")
    if not 0 < len(clean) <= MAX_NAME:
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field=field,
            limit=MAX_NAME,
        )
    if "," in clean:
        raise InvalidInput("A tag holds no comma.", field=field)
    if not is_showable(clean) or not fold(clean):
        raise InvalidInput("This text holds an invisible character.", field=field)
    return clean


async def ensure_tags(work: Work, names: Sequence[str]) -> tuple[int, ...]:
    """The ids of tags by name, each once; one that is not there yet is made.

    Raises:
        InvalidInput: too many, or a name that cannot be.
    """
    wanted = {fold(clean): clean for clean in map(clean_tag, names)}
    if len(wanted) > MAX_TAGS:
        raise InvalidInput("At most {limit} tags.", field="tags", limit=MAX_TAGS)
    found = await work.session.scalars(
        select(Tag).where(
            col(Tag.ledger_id) == work.ledger_id, col(Tag.name_folded).in_(wanted)
        )
    )
    known = {tag.name_folded: tag for tag in found}
    made = {
        folded: Tag(ledger_id=work.ledger_id, name=name, name_folded=folded)
        for folded, name in wanted.items()
        if folded not in known
    }
    if made:
        work.session.add_all(made.values())
        await work.session.flush()
    return tuple((known | made)[folded].id for folded in wanted)


async def put_tags(work: Work, row: Transaction, names: Sequence[str]) -> None:
    """Gives a transaction these tags and no others."""
    wanted = set(await ensure_tags(work, names))
    there = set(await _tags_of(work, row.id))
    if gone := there - wanted:
        await work.session.execute(
            delete(TransactionTag).where(
                col(TransactionTag.ledger_id) == work.ledger_id,
                col(TransactionTag.transaction_id) == row.id,
                col(TransactionTag.tag_id).in_(gone),
            )
        )
    await add_tags(work, row, sorted(wanted - there))


async def add_tags(work: Work, row: Transaction, tag_ids: Iterable[int]) -> None:
    """Adds tags that the transaction does not have yet."""
    work.session.add_all(
        TransactionTag(
            ledger_id=row.ledger_id,
            transaction_id=row.id,
            on_date=row.on_date,
            tag_id=tag_id,
        )
        for tag_id in tag_ids
    )
    await work.session.flush()


async def _tags_of(work: Work, transaction_id: int) -> Sequence[int]:
    found = await work.session.scalars(
        select(col(TransactionTag.tag_id)).where(
            col(TransactionTag.ledger_id) == work.ledger_id,
            col(TransactionTag.transaction_id) == transaction_id,
        )
    )
    return found.all()
