"""An import counts the rows of other accounts that its transfers stand for."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column(
        "import_batch",
        sa.Column("rows_matched", sa.Integer(), nullable=False, server_default="0"),
    )
