"""Each word is indexed with its ledger: a search reads its own books only."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.drop_index("transaction_search_idx", table_name="transaction")
    op.create_index(
        "transaction_search_idx",
        "transaction",
        [
            sa.literal_column(
                "to_tsvector('simple'::regconfig, "
                "(('l'::text || ledger_id::text) || 'x'::text) || "
                "replace(search_text::text, ' '::text, "
                "(' l'::text || ledger_id::text) || 'x'::text))"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
