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
    reconciling,
    recurring,
    rules,
    second_factor,
    tags,
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
    "reconciling",
    "recurring",
    "rules",
    "second_factor",
    "tags",
    "trail",
]
