"""The staff's search of the trail finds its rows by indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

HEAD = "encode(substring(payload FROM 1 FOR 512), 'escape')"
WHAT = f"""substring({HEAD}, '^[{{]"what":"([a-z_.-]*)"')"""
PERSON = f"""substring({HEAD}, '^[^[]*"person":([0-9]+),')"""
ABOUT = f"""substring({HEAD}, '^[^[]*"about":([0-9]+),')"""
NO_STAFF_SET = """NOT (source = 'change_set' AND substring(payload FROM 1 FOR 15) = '{"what":"staff.')"""


def upgrade() -> None:
    _index("what", [WHAT])
    _index("person", [PERSON, WHAT])
    _index("about", [ABOUT, WHAT], f"{ABOUT} IS NOT NULL")
    _index("at", [], NO_STAFF_SET)


def _index(name: str, expressions: list[str], where: str | None = None) -> None:
    op.create_index(
        f"audit_entry_{name}_idx",
        "audit_entry",
        [*(sa.literal_column(one) for one in expressions), "at", "position"],
        postgresql_where=sa.text(where) if where else None,
    )
