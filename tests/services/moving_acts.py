"""A move of whole books as the registry's test does it, undoes and redoes."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fintrack.services.changes import list_changes
from fintrack.services.commands import Done, ask, perform
from fintrack.services.moving.bringing import bring_books
from tests.books import Books
from tests.core.habit_files import item, rule, template
from tests.core.test_whole_books import file, payment
from tests.services.moving.house import keep

Act = Callable[[], Awaitable[Done[Any]]]


async def bringing_books(books: Books, _at: object) -> Act:
    """Into books that were emptied: what was arranged is taken back."""
    for change in await ask(books.actor, list_changes):
        if change.can_undo and change.undone_by is None:
            await books.undo(change.id)
    booked = payment(tags=["trip"], recurring={"item": "i", "on": "2026-03-01"})
    dates = [{"on": "2026-02-01", "outcome": "skipped"}]
    habits = {
        "rules": [rule(tags=["shop"])],
        "recurring": [item(dates=dates)],
        "templates": [template()],
    }
    told = json.dumps(file(transactions=[booked], **habits))
    brought = await keep(told, "books.json")
    return lambda: perform(books.actor, bring_books, brought)


MOVING_ACTS = {"books.bring": bringing_books}
