"""The department and the position of somebody of the staff."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for name in ("department", "position"):
        op.add_column(
            "person", sa.Column(name, sa.String(), server_default="", nullable=False)
        )
    op.execute("CALL trail_reshape('person')")
