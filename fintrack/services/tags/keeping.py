"""Tags listed, renamed and removed; they are made where they are first used."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, delete, func, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import InvalidInput, StaleVersion
from fintrack.core.folding import fold
from fintrack.models.rules import Rule, RuleTag
from fintrack.models.tags import Tag, TransactionTag
from fintrack.models.templates import TemplateTag
from fintrack.services.commands import Work, command, question
from fintrack.services.tags.rows import clean_tag, own_tag


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag; ``count`` says how many transactions have it, void ones too.

    ``rules`` is the number of rules that put it on, ``last_on`` the newest day.
    """

    id: int
    name: str
    count: int
    version: int
    rules: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class TagName:
    """A new name for a tag as its reader saw it."""

    tag_id: int
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class TagMark:
    """A tag as its reader saw it."""

    tag_id: int
    version: int


@dataclass(frozen=True, slots=True)
class TagRemoved:
    """How many rules did nothing but set the tag, and are off now."""

    rules_off: int


_IDLE = text(
    "UPDATE rule r SET is_on = false, version = r.version + 1 FROM rule_tag x "
    "WHERE x.ledger_id = :ledger_id AND x.tag_id = :tag_id "
    "AND r.ledger_id = x.ledger_id AND r.id = x.rule_id "
    "AND r.is_on AND r.removed_at IS NULL "
    "AND r.set_payee = '' AND r.set_note = '' AND r.transfer_account_id IS NULL "
    "AND NOT EXISTS (SELECT FROM rule_share s "
    "WHERE s.ledger_id = r.ledger_id AND s.rule_id = r.id) "
    "AND NOT EXISTS (SELECT FROM rule_tag o WHERE o.ledger_id = r.ledger_id "
    "AND o.rule_id = r.id AND o.tag_id <> x.tag_id) RETURNING r.id"
)


@question("tag.list", ledger=LedgerRole.VIEWER)
async def list_tags(work: Work) -> list[TagView]:
    """All tags of the ledger by name."""
    found = await work.session.execute(_viewed(work).order_by(col(Tag.name_folded)))
    return [TagView(*row) for row in found.all()]


@question("tag.options", ledger=LedgerRole.VIEWER)
async def list_tag_names(work: Work) -> list[tuple[int, str]]:
    """Ids and names of all tags by name, uncounted: every page turn asks for this."""
    found = await work.session.execute(
        select(col(Tag.id), col(Tag.name))
        .where(col(Tag.ledger_id) == work.ledger_id)
        .order_by(col(Tag.name_folded))
    )
    return [(row.id, row.name) for row in found.all()]


@question("tag.find", ledger=LedgerRole.VIEWER)
async def find_tag(work: Work, tag_id: int) -> TagView:
    """One tag.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    return await view_tag(work, (await own_tag(work, tag_id)).id)


@command("tag.rename", ledger=LedgerRole.EDITOR)
async def rename_tag(work: Work, change: TagName) -> TagView:
    """Gives a tag another name.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: a name that cannot be or that another tag has.
    """
    tag = await find_seen(work, TagMark(change.tag_id, change.version))
    name = clean_tag(change.name, field="name")
    taken = await work.session.scalar(
        select(col(Tag.id)).where(
            col(Tag.ledger_id) == work.ledger_id,
            col(Tag.name_folded) == fold(name),
            col(Tag.id) != tag.id,
        )
    )
    if taken:
        raise InvalidInput("Another tag already has this name.", field="name")
    tag.name, tag.name_folded = name, fold(name)
    tag.version += 1
    await work.session.flush()
    return await view_tag(work, tag.id)


@command("tag.remove", ledger=LedgerRole.EDITOR)
async def remove_tag(work: Work, mark: TagMark) -> TagRemoved:
    """Takes a tag off every transaction and out of every rule and template.

    A rule that did nothing else is switched off.

    Raises:
        StaleVersion: somebody changed it since it was read.
    """
    tag = await find_seen(work, mark)
    values = {"ledger_id": work.ledger_id, "tag_id": tag.id}
    idle = (await work.session.execute(_IDLE, values)).all()
    for table in (TransactionTag, RuleTag, TemplateTag):
        await work.session.execute(
            delete(table).where(
                col(table.ledger_id) == work.ledger_id, col(table.tag_id) == tag.id
            )
        )
    await work.session.delete(tag)
    await work.session.flush()
    return TagRemoved(len(idle))


async def find_seen(work: Work, mark: TagMark) -> Tag:
    """The tag as its reader saw it.

    Raises:
        NotFound: it does not exist in this ledger.
        StaleVersion: somebody changed it since it was read.
    """
    tag = await own_tag(work, mark.tag_id)
    if tag.version != mark.version:
        raise StaleVersion
    return tag


async def view_tag(work: Work, tag_id: int) -> TagView:
    """The tag with this id, for verbs that have just written it."""
    found = await work.session.execute(_viewed(work).where(col(Tag.id) == tag_id))
    return TagView(*found.one())


def _viewed(work: Work) -> Select[int, str, int, int, int, date | None]:
    uses = (
        select(
            col(TransactionTag.tag_id),
            func.count().label("size"),
            func.max(col(TransactionTag.on_date)).label("last_on"),
        )
        .where(col(TransactionTag.ledger_id) == work.ledger_id)
        .group_by(col(TransactionTag.tag_id))
        .subquery()
    )
    rules = (
        select(func.count())
        .select_from(RuleTag)
        .join(Rule, col(Rule.id) == col(RuleTag.rule_id))
        .where(
            col(RuleTag.ledger_id) == col(Tag.ledger_id),
            col(RuleTag.tag_id) == col(Tag.id),
            col(Rule.removed_at).is_(None),
        )
        .scalar_subquery()
    )
    return (
        select(
            col(Tag.id),
            col(Tag.name),
            func.coalesce(uses.c.size, 0),
            col(Tag.version),
            rules,
            uses.c.last_on,
        )
        .outerjoin(uses, uses.c.tag_id == col(Tag.id))
        .where(col(Tag.ledger_id) == work.ledger_id)
    )
