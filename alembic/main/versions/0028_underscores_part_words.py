"""An underscore parts words, also those that were stored with it.

The index is made anew and reads it as a blank. The rows stay as they are: rewriting
them is a change that nobody made, and it would close older changes of them to undo.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.drop_index("transaction_search_idx", table_name="transaction")
    op.create_index(
        "transaction_search_idx",
        "transaction",
        [
            sa.literal_column(
                "to_tsvector('simple'::regconfig, "
                "(('l'::text || ledger_id::text) || 'x'::text) || "
                "replace(replace(search_text::text, '_'::text, ' '::text), "
                "' '::text, (' l'::text || ledger_id::text) || 'x'::text))"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
