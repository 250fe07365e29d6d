"""Tables; only services import them."""

from fintrack.models import imports, ledger, log, mail, people, second_factor, trail

__all__ = ["imports", "ledger", "log", "mail", "people", "second_factor", "trail"]
