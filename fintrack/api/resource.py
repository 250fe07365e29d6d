"""One kind of row at this door: shown, and changed by two people at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from fintrack.api.identity import Caller
from fintrack.api.problems import StaleResource
from fintrack.api.routes import Body
from fintrack.api.shapes import Changed, View, changed
from fintrack.core.errors import StaleVersion
from fintrack.services.commands import Done, ask

T = TypeVar("T")
Shown = TypeVar("Shown", bound=View)


@dataclass(frozen=True, slots=True)
class Resource(Generic[Shown]):
    """How a row is shown, and the question that finds one by its id.

    A row of which everybody has one (settings) has no id.
    """

    shape: type[Shown]
    find: Callable[..., Awaitable[object]]

    async def show(self, caller: Caller, *ids: int) -> Shown:
        """The row as it stands, under the caller's own rights."""
        return self.shape.model_validate(await ask(caller.actor, self.find, *ids))

    async def answer(
        self, caller: Caller, *ids: int, sent: Body, doing: Awaitable[Done[T]]
    ) -> Changed[Shown]:
        """The answer to the command ``doing``, which ``sent`` asked for.

        Raises:
            StaleResource: the row was changed since it was read; it carries the row as
                it stands beside what was sent, to choose from.
        """
        try:
            return changed(self.shape, await doing)
        except StaleVersion:
            stale = StaleResource(await self.show(caller, *ids), sent)
        raise stale
