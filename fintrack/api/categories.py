"""``/api/v1/categories``: what money is for, as a tree."""

from typing import Literal

from fastapi import Response

from fintrack.api.identity import SignedIn
from fintrack.api.resource import Resource
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import (
    Changed,
    Id,
    IdempotencyKey,
    Page,
    PathId,
    Text,
    Version,
    View,
    created,
)
from fintrack.core.chart import Kind
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.categories import (
    CategoryChange,
    Merge,
    NewCategory,
    add_category,
    edit_category,
    find_category,
    list_categories,
    merge_category,
)

PLACE = "/v1/categories"
routes = Routes()


class CategoryShown(View):
    """A category; ``uncategorised`` marks the place for what has none."""

    id: Id
    name: str
    kind: Kind
    parent_id: int | None
    uncategorised: bool
    posting_count: int
    version: int


class CategoryGiven(Body):
    """A category to add, at the top or below ``parent_id``."""

    name: Text
    kind: Literal["income", "expense"]
    parent_id: Id | None = None


class CategoryEdit(Body):
    """A new name and place; without ``parent_id`` it stands at the top."""

    version: Version
    name: Text
    parent_id: Id | None = None


class CategoryMerge(Body):
    """Everything goes to ``into_id``."""

    version: Version
    into_id: Id


category = Resource(CategoryShown, find_category)


@routes.declare("GET", PLACE, access=PERSON, verb=list_categories)
async def get_categories(caller: SignedIn) -> Page[CategoryShown]:
    """Lists categories, each parent before its children."""
    found = await ask(caller.actor, list_categories)
    return Page(items=[CategoryShown.model_validate(view) for view in found])


@routes.declare("POST", PLACE, access=PERSON, status=201, verb=add_category)
async def post_category(
    given: CategoryGiven, caller: SignedIn, answer: Response, key: IdempotencyKey = None
) -> Changed[CategoryShown]:
    """Adds a category."""
    new = NewCategory(given.name, Kind(given.kind), given.parent_id)
    done = await perform(caller.actor, add_category, new, key=key)
    return created(CategoryShown, done, answer, PLACE)


@routes.declare("GET", PLACE + "/{category_id}", access=PERSON, verb=find_category)
async def get_category(category_id: PathId, caller: SignedIn) -> CategoryShown:
    """Gives one category."""
    return await category.show(caller, category_id)


@routes.declare("PUT", PLACE + "/{category_id}", access=PERSON, verb=edit_category)
async def put_category(
    category_id: PathId,
    given: CategoryEdit,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[CategoryShown]:
    """Renames or moves a category."""
    change = CategoryChange(category_id, given.version, given.name, given.parent_id)
    doing = perform(caller.actor, edit_category, change, key=key)
    return await category.answer(caller, category_id, sent=given, doing=doing)


@routes.declare(
    "POST", PLACE + "/{category_id}/merge", access=PERSON, verb=merge_category
)
async def post_category_merge(
    category_id: PathId,
    given: CategoryMerge,
    caller: SignedIn,
    key: IdempotencyKey = None,
) -> Changed[CategoryShown]:
    """Moves everything of a category to another one and closes it."""
    merge = Merge(category_id, given.version, given.into_id)
    doing = perform(caller.actor, merge_category, merge, key=key)
    return await category.answer(caller, category_id, sent=given, doing=doing)
