"""A change set says whether its command was refused."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column(
        "change_set",
        sa.Column("refused", sa.Boolean(), server_default="false", nullable=False),
    )
