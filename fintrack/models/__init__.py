"""Tables; only services import them."""

from fintrack.models import imports, ledger, log, people, plans, programs, trail

__all__ = ["imports", "ledger", "log", "people", "plans", "programs", "trail"]
