"""An appearance that nobody chose is told apart from the system's choice.

Until now "system" stood for both. The type's ``USING`` writes the rows anew without an
update, which the trail would want a change set for.
"""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE person ALTER COLUMN appearance TYPE varchar "
        "USING CASE appearance WHEN 'system' THEN '' ELSE appearance END"
    )
    op.execute("CALL trail_reshape('person')")
