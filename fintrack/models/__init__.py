"""Tables; only services import them."""

from fintrack.models import imports, ledger, log, people, trail

__all__ = ["imports", "ledger", "log", "people", "trail"]
