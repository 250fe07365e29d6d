"""The review inbox: one choice settles all open transactions of a payee."""

import reflex as rx

from fintrack.core import routes
from fintrack.core.actor import Actor
from fintrack.core.chart import Kind
from fintrack.core.errors import FinTrackError, NotFound
from fintrack.services.commands import Done, perform, snapshot
from fintrack.services.review.assigning import Assigned, Assignment, assign_category
from fintrack.services.review.inbox import read_inbox
from fintrack.state.amounts import Reader
from fintrack.state.forms import read_id, reason_of
from fintrack.state.ledger_choices import (
    Choice,
    ChoiceGroup,
    load_choices,
    show_choices,
)
from fintrack.state.review_count import ReviewCount
from fintrack.state.review_rows import GroupRow, group_rows
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

KINDS = (Kind.EXPENSE, Kind.INCOME)


class ReviewState(Undoing, rx.State):
    """The page; ``offer`` asks whether the last choice is to be made a rule."""

    is_loading: bool = True
    has_failed: bool = False
    failure: str = ""
    groups: list[GroupRow] = []
    accounts: list[Choice] = []
    categories: list[ChoiceGroup] = []
    left: str = ""
    more: str = ""
    offer: str = ""
    offer_href: str = ""
    _settled: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Reads the inbox."""
        self.offer, self._settled = "", []
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def choose(self, place: str, kind: str, category_id: str) -> None:
        """Gives a category to all open transactions of a payee."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            given = _assignment(place, kind, category_id)
            done = await perform(actor, assign_category, given)
        except NotFound as error:
            # The second press of a key: what it asks for is so.
            if [place, kind, category_id] != self._settled:
                self._warn(error, reader)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._say_settled(done, reader)
            self._settled = [place, kind, category_id]
        await self._read_again(actor, reader)

    def _say_settled(self, done: Done[Assigned], reader: Reader) -> None:
        """Tells what was chosen, and offers to make a rule of it."""
        found = done.value
        text = reader.count(
            "{name}: {n} transaction is {category} now.",
            "{name}: {n} transactions are {category} now.",
            found.count,
            name=found.payee,
            category=found.category,
        )
        self._tell(text, done.change_id)
        if found.payee:
            self.offer = reader.say(
                "Always put {name} in {category}?",
                name=found.payee,
                category=found.category,
            )
            self.offer_href = routes.new_rule(found.payee, str(found.category_id))

    def _tell(self, text: str, change_id: int = 0, undone: str = "") -> None:
        """What was offered for the choice before is over."""
        self.offer = ""
        super()._tell(text, change_id, undone)

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            async with snapshot(actor) as books:
                inbox = await books.ask(read_inbox)
                choices = await load_choices(books, reader)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.has_failed = True
            self.failure = reason_of(error, reader.language)
        else:
            self.has_failed = False
            show_choices(self, choices)
            self.groups = group_rows(inbox.groups, reader)
            self.left = reader.count("{n} left", "{n} left", inbox.left)
            shown = sum(group.count for group in inbox.groups)
            rest = inbox.left - shown
            self.more = (
                reader.count(
                    "{n} more comes when these are settled.",
                    "{n} more come when these are settled.",
                    rest,
                )
                if rest
                else ""
            )
            count = await self.get_state(ReviewCount)
            count._show(inbox.left, reader)  # noqa: SLF001 - a public method would be a remote call
        self.is_loading = False


def _assignment(place: str, kind: str, category_id: str) -> Assignment:
    """What the page asks for.

    Raises:
        NotFound: it offers no such thing.
    """
    if kind not in KINDS:
        raise NotFound
    return Assignment(place, Kind(kind), read_id(category_id, "category"))
