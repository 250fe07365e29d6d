"""The PostgreSQL server that FinTrack starts itself when none is configured."""

from fintrack.services.embedded.server import EmbeddedServer, ensure_database, start

__all__ = ["EmbeddedServer", "ensure_database", "start"]
