"""Category rows: found, checked and moved for the verbs of categories."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlmodel import col

from fintrack.core.chart import CATEGORY_KINDS, UNCATEGORISED_TYPE, Kind
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.words import is_showable
from fintrack.models.ledger import Account, BalanceMonth, Posting
from fintrack.models.recurring import RecurringItem
from fintrack.models.rules import RuleShare
from fintrack.models.templates import TemplateShare
from fintrack.services.commands import Work
from fintrack.services.ledger import rows

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category; ``posting_count`` says how much hangs on it, without what is void."""

    id: int
    name: str
    kind: Kind
    parent_id: int | None
    uncategorised: bool
    posting_count: int
    version: int


# Months are added up, not postings: the selects of every page ask for this.
_POSTINGS = (
    select(func.coalesce(func.sum(col(BalanceMonth.posting_count)), 0))
    .where(
        col(BalanceMonth.ledger_id) == col(Account.ledger_id),
        col(BalanceMonth.account_id) == col(Account.id),
    )
    .scalar_subquery()
)
VIEWED = select(Account, _POSTINGS).where(col(Account.kind).in_(CATEGORY_KINDS))


async def view(work: Work, category_id: int) -> CategoryView:
    """The category as people see it, for verbs that have just written it."""
    query = VIEWED.where(
        col(Account.ledger_id) == work.ledger_id, col(Account.id) == category_id
    )
    return to_view(*(await work.session.execute(query)).one())


def to_view(category: Account, postings: int) -> CategoryView:
    """A row with its number of postings as people see it."""
    return CategoryView(
        id=category.id,
        name=category.name,
        kind=Kind(category.kind),
        parent_id=category.parent_id,
        uncategorised=category.type == UNCATEGORISED_TYPE,
        posting_count=postings,
        version=category.version,
    )


async def own_category(work: Work, category_id: int) -> Account:
    """An open category of the ledger at work."""
    category = await rows.find(work, Account, category_id)
    if category.kind not in CATEGORY_KINDS or category.closed_on is not None:
        raise NotFound
    return category


def clean_name(name: str) -> str:
    """The name without needless blanks, or a refusal."""
    clean = " ".join(name.split())
    if not 0 < len(clean) <= MAX_NAME:
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field="name",
            limit=MAX_NAME,
        )
    if not is_showable(clean):
        raise InvalidInput("This text holds an invisible character.", field="name")
    return clean


async def check_parent(work: Work, kind: Kind, parent_id: int | None) -> None:
    """Refuses a parent of another kind or on the second level."""
    if parent_id is None:
        return
    parent = await own_category(work, parent_id)
    if parent.kind != kind or parent.parent_id is not None:
        raise InvalidInput("Categories have two levels.", field="parent_id")


async def check_free(work: Work, category: Account) -> None:
    """Refuses a name that an open sibling has."""
    with work.session.no_autoflush:
        taken = await work.session.scalar(
            select(col(Account.id)).where(
                col(Account.ledger_id) == work.ledger_id,
                col(Account.kind) == category.kind,
                col(Account.parent_id).is_not_distinct_from(category.parent_id),
                col(Account.name_folded) == category.name_folded,
                col(Account.closed_on).is_(None),
                col(Account.id) != (category.id or 0),
            )
        )
    if taken:
        raise InvalidInput("Another category already has this name.", field="name")


async def has_children(work: Work, category_id: int) -> bool:
    """Whether open categories stand below this one."""
    found = await work.session.scalar(
        select(col(Account.id))
        .where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.parent_id) == category_id,
            col(Account.closed_on).is_(None),
        )
        .limit(1)
    )
    return found is not None


async def move_postings(work: Work, category_id: int, into_id: int) -> None:
    """Puts every posting of one category on another, and rules send theirs there."""
    await work.session.execute(
        update(Posting)
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.account_id) == category_id,
        )
        .values(account_id=into_id)
    )
    await work.session.execute(
        update(RuleShare)
        .where(
            col(RuleShare.ledger_id) == work.ledger_id,
            col(RuleShare.category_id) == category_id,
        )
        .values(category_id=into_id)
    )


async def move_recurring(work: Work, category_id: int, into_id: int) -> None:
    """Lets what comes again go to another category from now on."""
    await work.session.execute(
        update(RecurringItem)
        .where(
            col(RecurringItem.ledger_id) == work.ledger_id,
            col(RecurringItem.other_id) == category_id,
        )
        .values(other_id=into_id, version=col(RecurringItem.version) + 1)
    )


async def move_templates(work: Work, category_id: int, into_id: int) -> None:
    """Lets templates speak of another category from now on."""
    await work.session.execute(
        update(TemplateShare)
        .where(
            col(TemplateShare.ledger_id) == work.ledger_id,
            col(TemplateShare.category_id) == category_id,
        )
        .values(category_id=into_id)
    )


async def move_children(work: Work, category: Account, into: Account) -> None:
    """Children go below ``into``, or below its parent, keeping two levels."""
    if into.parent_id == category.id:
        into.parent_id = category.parent_id
        into.version += 1
    children = await work.session.scalars(
        select(Account).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.parent_id) == category.id,
            col(Account.closed_on).is_(None),
            col(Account.id) != into.id,
        )
    )
    for child in children.all():
        child.parent_id = into.parent_id or into.id
        await check_free(work, child)
        child.version += 1
