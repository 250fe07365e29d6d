"""Alembic environment of MainDB; fintrack.services.migrations runs it."""

from alembic import context

import fintrack.models  # noqa: F401 - registers every table
from fintrack.models.base import MainRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MainRow.metadata,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
