"""Where the list of transactions is had as a file."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from fintrack.core import routes
from fintrack.services.ledger.listing import Filter

# Where REST does not call a filter as the list does.
NAMES = {
    "account_ids": "account_id",
    "category_ids": "any_category",
    "tag_ids": "tag_id",
    "words": "q",
    "least": "min",
    "most": "max",
}
_ALL = Filter()
Said = tuple[int, ...] | str | date | Decimal | bool | None


@dataclass(frozen=True)
class FileLinks:
    """The same transactions in two forms."""

    json: str = ""
    csv: str = ""


def files_of(wanted: Filter) -> FileLinks:
    """The addresses of files that hold what a filter shows: all that narrows it."""
    given = {field.name: getattr(wanted, field.name) for field in fields(Filter)}
    query = urlencode(
        {
            NAMES.get(name, name): _say(value)
            for name, value in given.items()
            if value != getattr(_ALL, name)
        },
        doseq=True,
    )
    return FileLinks(
        routes.transactions_file(query, "json"), routes.transactions_file(query, "csv")
    )


def _say(value: Said) -> str | tuple[int, ...]:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if isinstance(value, tuple) else str(value)
