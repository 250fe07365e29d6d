"""What a source says anew of an instant is held beside what it had said before.

A fill counts what it brought, and a source can be asked by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_COUNTS = ("rates", "held", "empty_days")


def upgrade() -> None:
    op.drop_constraint("rate_held_pkey", "rate_held", type_="primary")
    op.create_primary_key(
        "rate_held_pkey", "rate_held", ["code", "source", "at", "per_usd"]
    )
    for name in _COUNTS:
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("rate_fill", column)
    is_wanted = sa.Column(
        "is_wanted", sa.Boolean(), nullable=False, server_default=sa.text("false")
    )
    op.add_column("rate_source", is_wanted)
