"""Alembic environment of LogDB; fintrack.services.migrations runs it."""

from alembic import context

import fintrack.models  # noqa: F401 - registers every table
from fintrack.models.base import LogRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=LogRow.metadata,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
