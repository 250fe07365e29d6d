"""Tables; only services import them."""

from fintrack.models import (
    imports,
    jobs,
    ledger,
    log,
    mail,
    people,
    plans,
    programs,
    trail,
)

__all__ = [
    "imports",
    "jobs",
    "ledger",
    "log",
    "mail",
    "people",
    "plans",
    "programs",
    "trail",
]
