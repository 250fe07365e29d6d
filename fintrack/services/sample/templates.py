"""The templates of the sample story: a coffee of whatever amount, money put aside."""

from collections.abc import Mapping
from itertools import chain, count
from typing import Final

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
    coffee = await _template(work, story.TABLES[0], import_id, language)
    coffee.kind, coffee.account_id = TemplateKind.EXPENSE, ids[story.CASH]
    coffee.payee = translate(story.TABLES[0], language)
    aside = await _template(work, story.PUT_ASIDE, import_id, language)
    aside.kind, aside.account_id = TemplateKind.TRANSFER, ids[story.EVERYDAY]
    aside.to_account_id, aside.amount_minor = ids[story.SAVINGS], _ASIDE
    work.session.add_all([coffee, aside])
    await work.session.flush()
    work.session.add(
        TemplateShare(
            ledger_id=work.ledger_id,
            template_id=coffee.id,
            position=0,
            category_id=ids["Eating out"],
        )
    )
    await work.session.flush()


async def _template(work: Work, name: str, import_id: int, language: str) -> Template:
    """A template without its pattern; a name that is taken gets a number."""
    with work.session.no_autoflush:
        found = await work.session.scalars(
            select(col(Template.name_folded)).where(
                col(Template.ledger_id) == work.ledger_id
            )
        )
    taken = set(found)
    said = translate(name, language)
    names = chain([said], (f"{said} {number}" for number in count(2)))
    free = next(one for one in names if fold(one) not in taken)
    return Template(
        ledger_id=work.ledger_id,
        name=free,
        name_folded=fold(free),
        currency=_EURO,
        import_id=import_id,
        created_at=work.now,
    )
