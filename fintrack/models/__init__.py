"""Tables; only services import them."""

from fintrack.models import imports, ledger, log, people, programs, trail

__all__ = ["imports", "ledger", "log", "people", "programs", "trail"]
