"""The picture of a person, what they want to be told of, events about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

# All but announcements by mail.
FIRST_ON = (
    "SpendingLimitWarning.in-app,SpendingLimitWarning.email,"
    "ExpectedBillReminder.in-app,ExpectedBillReminder.email,"
    "WeeklySpendingSummary.in-app,WeeklySpendingSummary.email,"
    "NewFeaturesAndAnnouncements.in-app,EnableDesktopNotifications.in-app"
)


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("picture", sa.String(), server_default="", nullable=False)
    )
    op.add_column(
        "person",
        sa.Column(
            "notices",
            postgresql.ARRAY(sa.String()),
            server_default=f"{{{FIRST_ON}}}",
            nullable=False,
        ),
    )
    op.execute("CALL trail_reshape('person')")
    op.create_index(
        "security_event_about_idx",
        "security_event",
        [sa.literal_column("(detail ->> 'person')"), "id"],
        postgresql_where=sa.text("(detail ->> 'person') IS NOT NULL"),
    )
