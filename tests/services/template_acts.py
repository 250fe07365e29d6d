"""Templates as the registry's test does them, undoes and redoes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.services.commands import Done, perform
from fintrack.services.templates import keeping
from fintrack.services.templates.template_rows import TemplateView
from tests.books import Books, money
from tests.services.rule_acts import Places

Act = Callable[[], Awaitable[Done[Any]]]


def lunch(at: Places) -> NewTemplate:
    """A split of 12 between Food and Drinks, of which Food takes what is left."""
    shares = (
        TemplateShare(at.food),
        TemplateShare(at.drinks, money("3 EUR"), "tea"),
    )
    return NewTemplate(
        "Lunch",
        TemplateKind.EXPENSE,
        at.cash,
        money("12 EUR"),
        payee="Bar",
        shares=shares,
        tags=("work", "noon"),
    )


async def keep(books: Books, new: NewTemplate) -> TemplateView:
    return (await perform(books.actor, keeping.add_template, new)).value


async def adding_template(books: Books, at: Places) -> Act:
    return lambda: perform(books.actor, keeping.add_template, lunch(at))


async def editing_template(books: Books, at: Places) -> Act:
    kept = await keep(books, lunch(at))
    new = replace(lunch(at), shares=(TemplateShare(at.food),), tags=("noon", "new"))
    change = keeping.TemplateChange(kept.id, kept.version, new)
    return lambda: perform(books.actor, keeping.edit_template, change)


async def renaming_template(books: Books, at: Places) -> Act:
    kept = await keep(books, lunch(at))
    change = keeping.TemplateName(kept.id, kept.version, "Dinner")
    return lambda: perform(books.actor, keeping.rename_template, change)


async def removing_template(books: Books, at: Places) -> Act:
    kept = await keep(books, lunch(at))
    mark = keeping.TemplateMark(kept.id, kept.version)
    return lambda: perform(books.actor, keeping.remove_template, mark)


TEMPLATE_ACTS = {
    "template.add": adding_template,
    "template.edit": editing_template,
    "template.remove": removing_template,
    "template.rename": renaming_template,
}
