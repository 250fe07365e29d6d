"""Categories: the income and expense accounts, a tree that people name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import (
    CATEGORY_KINDS,
    CATEGORY_TYPE,
    DEFAULT_TREE,
    UNCATEGORISED,
    UNCATEGORISED_TYPE,
    Kind,
)
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.folding import fold
from fintrack.core.text import translate
from fintrack.models.ledger import Account, Posting
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import rows

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class NewCategory:
    """A category to add, below ``parent_id`` or at the top."""

    name: str
    kind: Kind
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """A new name or place for a category; its kind stays."""

    category_id: int
    version: int
    name: str
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Everything on ``category_id`` goes to ``into_id``, and the former is closed."""

    category_id: int
    version: int
    into_id: int


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category; ``posting_count`` says how much hangs on it."""

    id: int
    name: str
    kind: Kind
    parent_id: int | None
    uncategorised: bool
    posting_count: int
    version: int


@command("category.add", ledger=LedgerRole.EDITOR)
async def add_category(work: Work, new: NewCategory) -> CategoryView:
    """Adds a category.

    Raises:
        InvalidInput: empty or taken name, or a parent that has a parent itself.
    """
    if new.kind not in CATEGORY_KINDS:
        raise InvalidInput("A category is for income or for spending.", field="kind")
    await _check_parent(work, new.kind, new.parent_id)
    category = Account(
        ledger_id=work.ledger_id,
        kind=new.kind,
        type=CATEGORY_TYPE,
        name=_clean_name(new.name),
        name_folded=fold(_clean_name(new.name)),
        parent_id=new.parent_id,
        opened_on=work.now.date(),
    )
    await _check_free(work, category)
    work.session.add(category)
    await work.session.flush()
    return await _view(work, category.id)


@command("category.edit", ledger=LedgerRole.EDITOR)
async def edit_category(work: Work, change: CategoryChange) -> CategoryView:
    """Renames or moves a category.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: a taken name, or a place that is not one.
    """
    category = await _own_category(work, change.category_id)
    rows.check_version(category.version, change.version)
    if change.parent_id == category.id:
        raise InvalidInput("A category cannot be below itself.", field="parent_id")
    if change.parent_id is not None and await _has_children(work, category.id):
        raise InvalidInput("Categories have two levels.", field="parent_id")
    await _check_parent(work, Kind(category.kind), change.parent_id)
    category.name = _clean_name(change.name)
    category.name_folded = fold(category.name)
    category.parent_id = change.parent_id
    category.version += 1
    await _check_free(work, category)
    await work.session.flush()
    return await _view(work, category.id)


@command("category.merge", ledger=LedgerRole.EDITOR)
async def merge_category(work: Work, merge: Merge) -> CategoryView:
    """Moves every posting and child of a category to another and closes it.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: the two are the same or of different kinds.
        Conflict: it is the place for what has no category.
    """
    category = await _own_category(work, merge.category_id)
    into = await _own_category(work, merge.into_id)
    rows.check_version(category.version, merge.version)
    if category.id == into.id or category.kind != into.kind:
        raise InvalidInput("Please choose another category.", field="into_id")
    if category.type == UNCATEGORISED_TYPE:
        raise Conflict("This category is where uncategorised transactions go.")
    await _move_postings(work, category.id, into.id)
    await _move_children(work, category, into)
    category.closed_on = work.now.date()
    category.merged_into_id = into.id
    category.version += 1
    await work.session.flush()
    return await _view(work, into.id)


@question("category.list", ledger=LedgerRole.VIEWER)
async def list_categories(work: Work) -> list[CategoryView]:
    """Open categories: each parent before its children, by name."""
    found = (
        await work.session.execute(
            _VIEWED.where(
                col(Account.ledger_id) == work.ledger_id,
                col(Account.closed_on).is_(None),
            )
        )
    ).all()
    views = {view.id: view for view in (_to_view(*row) for row in found)}

    def place(view: CategoryView) -> tuple[str, str, bool, str]:
        top = views.get(view.parent_id or view.id, view)
        return (view.kind, fold(top.name), view.parent_id is not None, fold(view.name))

    return sorted(views.values(), key=place)


async def plant_tree(
    session: AsyncSession, ledger_id: int, *, language: str, today: date
) -> None:
    """Adds the default categories of a language to a new ledger."""

    def category(kind: Kind, name: str, type_: str, parent: int | None) -> Account:
        said = translate(name, language)
        return Account(
            ledger_id=ledger_id,
            kind=kind,
            type=type_,
            name=said,
            name_folded=fold(said),
            parent_id=parent,
            opened_on=today,
        )

    for kind, branches in DEFAULT_TREE.items():
        tops = [category(kind, b.name, CATEGORY_TYPE, None) for b in branches]
        session.add_all(
            [*tops, category(kind, UNCATEGORISED[kind], UNCATEGORISED_TYPE, None)]
        )
        await session.flush()
        session.add_all(
            category(kind, child, CATEGORY_TYPE, top.id)
            for top, branch in zip(tops, branches, strict=True)
            for child in branch.children
        )
        await session.flush()


_POSTINGS = (
    select(func.count())
    .select_from(Posting)
    .where(
        col(Posting.ledger_id) == col(Account.ledger_id),
        col(Posting.account_id) == col(Account.id),
    )
    .scalar_subquery()
)
_VIEWED = select(Account, _POSTINGS).where(col(Account.kind).in_(CATEGORY_KINDS))


async def _view(work: Work, category_id: int) -> CategoryView:
    query = _VIEWED.where(
        col(Account.ledger_id) == work.ledger_id, col(Account.id) == category_id
    )
    return _to_view(*(await work.session.execute(query)).one())


def _to_view(category: Account, postings: int) -> CategoryView:
    return CategoryView(
        id=category.id,
        name=category.name,
        kind=Kind(category.kind),
        parent_id=category.parent_id,
        uncategorised=category.type == UNCATEGORISED_TYPE,
        posting_count=postings,
        version=category.version,
    )


async def _own_category(work: Work, category_id: int) -> Account:
    category = await rows.find(work, Account, category_id)
    if category.kind not in CATEGORY_KINDS or category.closed_on is not None:
        raise NotFound
    return category


def _clean_name(name: str) -> str:
    clean = " ".join(name.split())
    if not 0 < len(clean) <= MAX_NAME or not clean.isprintable():
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field="name",
            limit=MAX_NAME,
        )
    return clean


async def _check_parent(work: Work, kind: Kind, parent_id: int | None) -> None:
    if parent_id is None:
        return
    parent = await _own_category(work, parent_id)
    if parent.kind != kind or parent.parent_id is not None:
        raise InvalidInput("Categories have two levels.", field="parent_id")


async def _check_free(work: Work, category: Account) -> None:
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


async def _has_children(work: Work, category_id: int) -> bool:
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


async def _move_postings(work: Work, category_id: int, into_id: int) -> None:
    await work.session.execute(
        update(Posting)
        .where(
            col(Posting.ledger_id) == work.ledger_id,
            col(Posting.account_id) == category_id,
        )
        .values(account_id=into_id)
    )


async def _move_children(work: Work, category: Account, into: Account) -> None:
    """Children go below ``into``, or below its parent, keeping two levels."""
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
        await _check_free(work, child)
        child.version += 1
    if into.parent_id == category.id:
        into.parent_id = category.parent_id
        into.version += 1
