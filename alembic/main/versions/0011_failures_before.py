"""A right try gives back the instant of the failure before it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("try_counter", sa.Column("failed_before", sa.DateTime(timezone=True)))
