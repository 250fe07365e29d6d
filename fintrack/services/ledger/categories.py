"""Categories: the income and expense accounts, a tree that people name."""

from dataclasses import dataclass
from datetime import date

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
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.folding import fold
from fintrack.core.text import translate
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import category_rows, rows
from fintrack.services.ledger.category_rows import CategoryView


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


@command("category.add", ledger=LedgerRole.EDITOR)
async def add_category(work: Work, new: NewCategory) -> CategoryView:
    """Adds a category.

    Raises:
        InvalidInput: empty or taken name, or a parent that has a parent itself.
    """
    if new.kind not in CATEGORY_KINDS:
        raise InvalidInput("A category is for income or for spending.", field="kind")
    await category_rows.check_parent(work, new.kind, new.parent_id)
    category = Account(
        ledger_id=work.ledger_id,
        kind=new.kind,
        type=CATEGORY_TYPE,
        name=category_rows.clean_name(new.name),
        name_folded=fold(category_rows.clean_name(new.name)),
        parent_id=new.parent_id,
        opened_on=work.now.date(),
    )
    await category_rows.check_free(work, category)
    work.session.add(category)
    await work.session.flush()
    return await category_rows.view(work, category.id)


@command("category.edit", ledger=LedgerRole.EDITOR)
async def edit_category(work: Work, change: CategoryChange) -> CategoryView:
    """Renames or moves a category.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: a taken name, or a place that is not one.
    """
    category = await category_rows.own_category(work, change.category_id)
    rows.check_version(category.version, change.version)
    if change.parent_id == category.id:
        raise InvalidInput("A category cannot be below itself.", field="parent_id")
    if change.parent_id is not None and await category_rows.has_children(
        work, category.id
    ):
        raise InvalidInput("Categories have two levels.", field="parent_id")
    await category_rows.check_parent(work, Kind(category.kind), change.parent_id)
    category.name = category_rows.clean_name(change.name)
    category.name_folded = fold(category.name)
    category.parent_id = change.parent_id
    category.version += 1
    await category_rows.check_free(work, category)
    await work.session.flush()
    return await category_rows.view(work, category.id)


@command("category.merge", ledger=LedgerRole.EDITOR)
async def merge_category(work: Work, merge: Merge) -> CategoryView:
    """Moves all that a category has to another and closes it.

    Postings, categories below it, templates and what comes again go along.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: the two are the same or of different kinds.
        Conflict: it is the place for what has no category.
    """
    category = await category_rows.own_category(work, merge.category_id)
    into = await category_rows.own_category(work, merge.into_id)
    rows.check_version(category.version, merge.version)
    if category.id == into.id or category.kind != into.kind:
        raise InvalidInput("Please choose another category.", field="into_id")
    if category.type == UNCATEGORISED_TYPE:
        raise Conflict("This category is where uncategorised transactions go.")
    await category_rows.move_postings(work, category.id, into.id)
    await category_rows.move_recurring(work, category.id, into.id)
    await category_rows.move_templates(work, category.id, into.id)
    await category_rows.move_children(work, category, into)
    category.closed_on = work.now.date()
    category.merged_into_id = into.id
    category.version += 1
    await work.session.flush()
    return await category_rows.view(work, into.id)


@question("category.list", ledger=LedgerRole.VIEWER)
async def list_categories(work: Work) -> list[CategoryView]:
    """Open categories: each parent before its children, by name."""
    found = (
        await work.session.execute(
            category_rows.VIEWED.where(
                col(Account.ledger_id) == work.ledger_id,
                col(Account.closed_on).is_(None),
            )
        )
    ).all()
    views = {view.id: view for view in (category_rows.to_view(*row) for row in found)}

    def place(view: CategoryView) -> tuple[str, str, bool, str]:
        top = views.get(view.parent_id or view.id, view)
        return (view.kind, fold(top.name), view.parent_id is not None, fold(view.name))

    return sorted(views.values(), key=place)


@question("category.find", ledger=LedgerRole.VIEWER)
async def find_category(work: Work, category_id: int) -> CategoryView:
    """One open category.

    Raises:
        NotFound: it does not exist in this ledger, is merged away, or is an account.
    """
    category = await category_rows.own_category(work, category_id)
    return await category_rows.view(work, category.id)


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
