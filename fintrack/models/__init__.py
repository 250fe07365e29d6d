"""Tables; only services import them."""

from fintrack.models import (
    attachments,
    codes,
    imports,
    jobs,
    key_exchange,
    ledger,
    log,
    mail,
    people,
    plans,
    programs,
    recurring,
    rules,
    second_factor,
    tags,
    trail,
)

__all__ = [
    "attachments",
    "codes",
    "imports",
    "jobs",
    "key_exchange",
    "ledger",
    "log",
    "mail",
    "people",
    "plans",
    "programs",
    "recurring",
    "rules",
    "second_factor",
    "tags",
    "trail",
]
