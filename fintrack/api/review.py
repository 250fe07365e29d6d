"""``/api/v1/review``: what has no category yet, by payee."""

from typing import Literal

from fintrack.api.identity import SignedIn
from fintrack.api.money import MoneyShown
from fintrack.api.routes import PERSON, Body, Routes
from fintrack.api.shapes import Changed, Day, Id, IdempotencyKey, Text, View, changed
from fintrack.core.chart import Kind
from fintrack.services.commands import ask, perform
from fintrack.services.review.assigning import Assignment, assign_category
from fintrack.services.review.inbox import count_left, read_inbox

PLACE = "/v1/review"
routes = Routes()


class SuggestionShown(View):
    """A category that may fit; learned from one's own choices for the payee or not."""

    category_id: int
    name: str
    is_learned: bool


class GroupShown(View):
    """Open transactions of one payee; ``place`` names the group."""

    place: str
    name: str
    kind: Kind
    count: int
    newest: Day
    sums: list[MoneyShown]
    suggestions: list[SuggestionShown]


class InboxShown(View):
    """The largest groups first; ``left`` counts what is in all of them."""

    groups: list[GroupShown]
    left: int


class LeftShown(View):
    """How many have no category yet."""

    left: int


class CategoryFor(Body):
    """A category for all open transactions of a payee."""

    place: Text
    kind: Literal["income", "expense"]
    category_id: Id


class AssignedShown(View):
    """What was done."""

    payee: str
    category_id: int
    category: str
    count: int


@routes.declare("GET", PLACE, access=PERSON, verb=read_inbox)
async def get_review(caller: SignedIn) -> InboxShown:
    """Lists what has no category yet, by payee."""
    return InboxShown.model_validate(await ask(caller.actor, read_inbox))


@routes.declare("GET", PLACE + "/count", access=PERSON, verb=count_left)
async def get_review_count(caller: SignedIn) -> LeftShown:
    """Counts what has no category yet."""
    return LeftShown(left=await ask(caller.actor, count_left))


@routes.declare("POST", PLACE, access=PERSON, verb=assign_category)
async def post_review(
    given: CategoryFor, caller: SignedIn, key: IdempotencyKey = None
) -> Changed[AssignedShown]:
    """Gives a category to every open transaction of a payee."""
    assignment = Assignment(given.place, Kind(given.kind), given.category_id)
    done = await perform(caller.actor, assign_category, assignment, key=key)
    return changed(AssignedShown, done)
