"""The templates of the sample story: a coffee of whatever amount, money put aside."""

from collections.abc import Mapping
from itertools import chain, count
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.folding import fold
from fintrack.core.templates import TemplateKind
from fintrack.core.text import translate
from fintrack.models.templates import Template, TemplateShare
from fintrack.services.commands import Work
from fintrack.services.sample import story

_EURO: Final = "EUR"
_ASIDE: Final = 300_00


async def add_templates(
    work: Work, ids: Mapping[str, int], *, import_id: int, language: str
) -> None:
    """Adds the templates; ``ids`` has each place by its message id."""
    place = translate(story.TABLES[0], language)
    coffee = {
        "kind": TemplateKind.EXPENSE,
        "account_id": ids[story.CASH],
        "payee": place,
    }
    coffee_id = await _add(work, place, {**coffee, "import_id": import_id})
    aside = {
        "kind": TemplateKind.TRANSFER,
        "account_id": ids[story.EVERYDAY],
        "to_account_id": ids[story.SAVINGS],
        "amount_minor": _ASIDE,
    }
    name = translate(story.PUT_ASIDE, language)
    await _add(work, name, {**aside, "import_id": import_id})
    work.session.add(
        TemplateShare(
            ledger_id=work.ledger_id,
            template_id=coffee_id,
            position=0,
            category_id=ids["Eating out"],
        )
    )
    await work.session.flush()


async def _add(work: Work, said: str, columns: Mapping[str, Any]) -> int:
    """The id of a new template; a name that is taken gets a number."""
    found = await work.session.scalars(
        select(col(Template.name_folded)).where(
            col(Template.ledger_id) == work.ledger_id
        )
    )
    taken = set(found)
    names = chain([said], (f"{said} {number}" for number in count(2)))
    name = next(free for free in names if fold(free) not in taken)
    row = Template(
        ledger_id=work.ledger_id,
        name=name,
        name_folded=fold(name),
        currency=_EURO,
        created_at=work.now,
        **columns,
    )
    work.session.add(row)
    await work.session.flush()
    return row.id
