"""A file that waits and the import that it becomes share one number."""

from alembic import op

revision = "0021"
down_revision = "0017"

_TABLES = ("import_batch", "import_preview")


def upgrade() -> None:
    op.execute("CREATE SEQUENCE import_id_seq")
    # Beyond both of before: no number is given twice, not even that of an undone import.
    op.execute(
        "SELECT setval('import_id_seq', greatest(b.last_value, p.last_value), "
        "b.is_called OR p.is_called) "
        "FROM import_batch_id_seq b, import_preview_id_seq p"
    )
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN id DROP IDENTITY")
        op.execute(
            f"ALTER TABLE {table} "
            "ALTER COLUMN id SET DEFAULT nextval('import_id_seq'::regclass)"
        )
    # A file whose number is that of another import gets one of its own.
    op.execute(
        "UPDATE import_preview p SET id = nextval('import_id_seq') "
        "WHERE EXISTS (SELECT FROM import_batch b WHERE b.id = p.id) "
        "AND p.decisions->>'import_id' IS DISTINCT FROM cast(p.id AS text)"
    )
