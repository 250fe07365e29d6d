"""Where the list of transactions is had as a file."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fintrack.core import routes
from fintrack.services.ledger.listing import Filter


@dataclass(frozen=True)
class FileLinks:
    """The same transactions in two forms."""

    json: str = ""
    csv: str = ""


def files_of(wanted: Filter) -> FileLinks:
    """The addresses of files that hold what a filter shows."""
    fields = {
        "account_id": wanted.account_ids[:1],
        "tag_id": wanted.tag_ids[:1],
        "any_category": wanted.category_ids,
        "q": wanted.words,
        "since": wanted.since or "",
        "until": wanted.until or "",
        "min": "" if wanted.least is None else f"{wanted.least:f}",
        "max": "" if wanted.most is None else f"{wanted.most:f}",
        "with_void": "true" if wanted.with_void else "",
    }
    query = urlencode({name: said for name, said in fields.items() if said}, doseq=True)
    return FileLinks(
        routes.transactions_file(query, "json"), routes.transactions_file(query, "csv")
    )
