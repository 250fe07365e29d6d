"""Tables; only services import them."""

from fintrack.models import (
    codes,
    imports,
    ledger,
    log,
    mail,
    people,
    second_factor,
    trail,
)

__all__ = [
    "codes",
    "imports",
    "ledger",
    "log",
    "mail",
    "people",
    "second_factor",
    "trail",
]
