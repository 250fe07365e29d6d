"""Templates are read in their own ledger."""

import pytest

from fintrack.core.errors import NotFound
from fintrack.core.templates import NewTemplate, TemplateKind
from fintrack.services.commands import ask
from fintrack.services.templates.keeping import find_template
from tests.books import Books
from tests.services.template_acts import keep


async def test_template_of_somebody_else_is_not_there(
    books: Books, stranger: Books
) -> None:
    bank = await books.open("Bank")
    kept = await keep(books, NewTemplate("Tea", TemplateKind.EXPENSE, bank.id))
    for template_id in (kept.id, 0):
        with pytest.raises(NotFound):
            await ask(stranger.actor, find_template, template_id)
