"""Placeholder until both Alembic environments stand."""


def upgrade_main(url: str) -> None:
    """Bring MainDB to the newest revision."""


def upgrade_log(url: str) -> None:
    """Bring LogDB to the newest revision."""
