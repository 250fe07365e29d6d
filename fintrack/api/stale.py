"""Two people edit one row: the slower one gets both versions to choose from."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel

from fintrack.api.problems import StaleResource
from fintrack.core.errors import StaleVersion

T = TypeVar("T")


async def with_both(
    doing: Awaitable[T], sent: BaseModel, present: Callable[[], Awaitable[BaseModel]]
) -> T:
    """The outcome of ``doing``.

    Raises:
        StaleResource: the row was changed since it was read; holds ``present`` and
            ``sent``.
    """
    try:
        return await doing
    except StaleVersion:
        stale = StaleResource(await present(), sent)
    raise stale
