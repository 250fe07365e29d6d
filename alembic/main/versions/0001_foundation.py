"""The foundation."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "balance_month",
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.Numeric(), nullable=False),
        sa.Column("posting_count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "ledger_id",
            "account_id",
            "currency",
            "month",
            name=op.f("balance_month_pkey"),
        ),
    )
    op.create_table(
        "change_set",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("ledger_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("input_hash", sa.LargeBinary(), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("undo_of", sa.BigInteger(), nullable=True),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["undo_of"],
            ["change_set.id"],
            name=op.f("change_set_undo_of_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("change_set_pkey")),
    )
    op.create_index(
        "change_set_key_idx",
        "change_set",
        ["person_id", "command", "idempotency_key"],
        unique=True,
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
    op.create_index(
        "change_set_ledger_idx", "change_set", ["ledger_id", "id"], unique=False
    )
    op.create_index(
        op.f("change_set_undo_of_idx"),
        "change_set",
        ["undo_of"],
        unique=False,
        postgresql_where=sa.text("undo_of IS NOT NULL"),
    )
    op.create_index(
        "change_set_unshipped_idx",
        "change_set",
        ["id"],
        unique=False,
        postgresql_where=sa.text("shipped_at IS NULL"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("master_key_fingerprint", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("installation_single_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("installation_pkey")),
    )
    op.create_table(
        "person",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_folded", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("appearance", sa.String(), nullable=False),
        sa.Column("week_starts_on", sa.SmallInteger(), nullable=False),
        sa.Column("month_starts_on", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('user', 'support', 'operator', 'analyst', 'admin')",
            name=op.f("person_role_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("person_pkey")),
        sa.UniqueConstraint("email_folded", name=op.f("person_email_folded_key")),
    )
    op.create_table(
        "security_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("ledger_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("security_event_pkey")),
    )
    op.create_index(
        "security_event_person_idx", "security_event", ["person_id", "id"], unique=False
    )
    op.create_index(
        "security_event_unshipped_idx",
        "security_event",
        ["id"],
        unique=False,
        postgresql_where=sa.text("shipped_at IS NULL"),
    )
    op.create_table(
        "tracked_table",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("undo_floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("tracked_table_pkey")),
    )
    op.create_table(
        "try_counter",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("try_counter_pkey")),
    )
    op.create_table(
        "change_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("change_set_id", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.BigInteger(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("op IN ('I', 'U', 'D')", name=op.f("change_row_op_check")),
        sa.ForeignKeyConstraint(
            ["change_set_id"],
            ["change_set.id"],
            name=op.f("change_row_change_set_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("change_row_pkey")),
    )
    op.create_index(
        "change_row_statement_idx",
        "change_row",
        ["change_set_id", "statement"],
        unique=False,
    )
    op.create_table(
        "ledger",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("base_currency", sa.String(), nullable=False),
        sa.Column("started_with", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("ledger_owner_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("ledger_pkey")),
    )
    op.create_index(op.f("ledger_owner_id_idx"), "ledger", ["owner_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('asset', 'liability')) = (currency IS NOT NULL)",
            name=op.f("account_currency_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('asset', 'liability', 'income', 'expense', 'equity')",
            name=op.f("account_kind_check"),
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("account_parent_check")),
        sa.ForeignKeyConstraint(
            ["ledger_id", "parent_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("account_ledger_id_parent_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("account_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("account_pkey")),
        sa.UniqueConstraint("ledger_id", "id", name=op.f("account_ledger_id_id_key")),
    )
    op.create_index(
        op.f("account_ledger_id_parent_id_idx"),
        "account",
        ["ledger_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        "account_name_open_idx",
        "account",
        [
            "ledger_id",
            "kind",
            sa.literal_column("coalesce(parent_id, 0)"),
            "name_folded",
        ],
        unique=True,
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_index(
        "account_type_equity_idx",
        "account",
        ["ledger_id", "type"],
        unique=True,
        postgresql_where=sa.text("kind = 'equity'"),
    )
    op.create_table(
        "membership",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("role BETWEEN 1 AND 3", name=op.f("membership_role_check")),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("membership_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("membership_person_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("membership_pkey")),
        sa.UniqueConstraint(
            "person_id", "ledger_id", name=op.f("membership_person_id_ledger_id_key")
        ),
    )
    op.create_index(
        op.f("membership_ledger_id_idx"), "membership", ["ledger_id"], unique=False
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("sign_in_session_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("sign_in_session_person_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_session_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("sign_in_session_token_hash_key")),
    )
    op.create_index(
        op.f("sign_in_session_ledger_id_idx"),
        "sign_in_session",
        ["ledger_id"],
        unique=False,
    )
    op.create_index(
        op.f("sign_in_session_person_id_idx"),
        "sign_in_session",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "import_batch",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("rows_added", sa.Integer(), nullable=False),
        sa.Column("rows_skipped", sa.Integer(), nullable=False),
        sa.Column("accounts_made", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("import_batch_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("import_batch_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("import_batch_pkey")),
        sa.UniqueConstraint(
            "ledger_id", "id", name=op.f("import_batch_ledger_id_id_key")
        ),
    )
    op.create_index(
        op.f("import_batch_ledger_id_account_id_idx"),
        "import_batch",
        ["ledger_id", "account_id"],
        unique=False,
    )
    op.create_table(
        "import_mapping",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("import_mapping_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("import_mapping_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "account_id",
            "fingerprint",
            name=op.f("import_mapping_ledger_id_account_id_fingerprint_key"),
        ),
    )
    op.create_table(
        "import_preview",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decisions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("import_preview_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("import_preview_person_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("import_preview_pkey")),
    )
    op.create_index(
        op.f("import_preview_ledger_id_account_id_idx"),
        "import_preview",
        ["ledger_id", "account_id"],
        unique=False,
    )
    op.create_index(
        op.f("import_preview_person_id_idx"),
        "import_preview",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "transaction",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("category_source", sa.String(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_key", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ledger_id", "import_id"],
            ["import_batch.ledger_id", "import_batch.id"],
            name=op.f("transaction_ledger_id_import_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id"],
            ["ledger.id"],
            name=op.f("transaction_ledger_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("transaction_pkey")),
        sa.UniqueConstraint(
            "ledger_id",
            "id",
            "on_date",
            name=op.f("transaction_ledger_id_id_on_date_key"),
        ),
    )
    op.create_index(
        "transaction_import_key_idx",
        "transaction",
        ["ledger_id", "import_key"],
        unique=True,
        postgresql_where=sa.text("import_key IS NOT NULL"),
    )
    op.create_index(
        "transaction_keyset_idx",
        "transaction",
        ["ledger_id", "on_date", "id"],
        unique=False,
    )
    op.create_index(
        op.f("transaction_ledger_id_import_id_idx"),
        "transaction",
        ["ledger_id", "import_id"],
        unique=False,
    )
    op.create_index(
        "transaction_search_idx",
        "transaction",
        [
            sa.literal_column(
                "to_tsvector('simple'::regconfig, (('l'::text || ledger_id::text) || ' '::text) || search_text::text)"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("ledger_id", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("original_currency", sa.String(), nullable=True),
        sa.Column("original_minor", sa.BigInteger(), nullable=True),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "amount_minor BETWEEN -1000000000000000 AND 1000000000000000",
            name=op.f("posting_amount_minor_check"),
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "account_id"],
            ["account.ledger_id", "account.id"],
            name=op.f("posting_ledger_id_account_id_fkey"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["ledger_id", "transaction_id", "on_date"],
            ["transaction.ledger_id", "transaction.id", "transaction.on_date"],
            name=op.f("posting_ledger_id_transaction_id_on_date_fkey"),
            onupdate="CASCADE",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("posting_pkey")),
    )
    op.create_index(
        "posting_account_keyset_idx",
        "posting",
        ["ledger_id", "account_id", "on_date", "transaction_id"],
        unique=False,
        postgresql_include=["currency", "amount_minor", "voided_at"],
    )
    op.create_index(
        op.f("posting_ledger_id_transaction_id_on_date_idx"),
        "posting",
        ["ledger_id", "transaction_id", "on_date"],
        unique=False,
    )
    # By the driver itself: many statements, and "%" means nothing to it.
    driver = op.get_bind().connection.driver_connection
    for part in (
        "trail",
        "ledger",
        "undo",
    ):
        frozen = Path(__file__).with_name("sql") / f"0001_{part}.sql"
        driver.execute(frozen.read_text(encoding="utf-8"))
    for table in (
        "account",
        "import_batch",
        "import_mapping",
        "installation",
        "ledger",
        "membership",
        "posting",
        "transaction",
    ):
        op.execute(f"CALL trail_watch('{table}')")
    op.execute("CALL trail_watch('person', 'password_hash')")
