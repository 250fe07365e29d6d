"""Tables; only services import them."""

from fintrack.models import (
    codes,
    imports,
    jobs,
    ledger,
    log,
    mail,
    people,
    plans,
    programs,
    recurring,
    second_factor,
    trail,
)

__all__ = [
    "codes",
    "imports",
    "jobs",
    "ledger",
    "log",
    "mail",
    "people",
    "plans",
    "programs",
    "recurring",
    "second_factor",
    "trail",
]
