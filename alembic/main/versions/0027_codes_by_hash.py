"""A mailed code is found by its hash."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_unique_constraint(op.f("code_code_hash_key"), "code", ["code_hash"])
