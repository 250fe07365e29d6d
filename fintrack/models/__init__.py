"""Tables; only services import them."""

from fintrack.models import (
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
    templates,
    trail,
)

__all__ = [
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
    "templates",
    "trail",
]
