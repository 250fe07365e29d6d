"""Tags as rows, and what a change of one touches, in the words of one reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from fintrack.core import routes
from fintrack.services.tags.keeping import TagView
from fintrack.state.amounts import Reader
from fintrack.state.transaction_filters import ALL


@dataclass(frozen=True)
class TagRow:
    """One tag; ``href`` leads to its transactions."""

    id: str
    name: str
    detail: str
    href: str


def tag_rows(views: Iterable[TagView], reader: Reader) -> list[TagRow]:
    """The tags in their order."""
    return [
        TagRow(
            id=str(view.id),
            name=f"#{view.name}",
            detail=_detail(view, reader),
            href=routes.transactions(tag=str(view.id), period=ALL),
        )
        for view in views
    ]


def uses(view: TagView, reader: Reader) -> str:
    """On how many transactions it is, and in how many rules."""
    found = [
        reader.count("{n} transaction", "{n} transactions", view.count),
        reader.count("{n} rule", "{n} rules", view.rules) if view.rules else "",
    ]
    return " · ".join(part for part in found if part)


def _detail(view: TagView, reader: Reader) -> str:
    if view.last_on is None:
        return uses(view, reader)
    last = reader.say("last: {day}", day=reader.day(view.last_on))
    return f"{uses(view, reader)} · {last}"
