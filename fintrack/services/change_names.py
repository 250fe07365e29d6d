"""What a change was about: the names of the first things that it touched."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select, text

from fintrack.models.trail import ChangeRow
from fintrack.services.change_details import describe_rows
from fintrack.services.change_fields import FIELDS
from fintrack.services.commands import Work

MOST_NAMES: Final = 3
# One transaction has a few rows of its own; what a file brought has thousands.
_LOOKED_AT: Final = 12
_FIRST = text(
    "SELECT r.* FROM unnest(CAST(:ids AS bigint[])) AS c(id) "
    "CROSS JOIN LATERAL (SELECT * FROM change_row WHERE change_set_id = c.id "
    "AND table_name = ANY(CAST(:tables AS text[])) "
    "ORDER BY statement, id LIMIT :most) r ORDER BY c.id, r.statement, r.id"
)


async def name_things(
    work: Work, change_ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """For each change the names of up to ``MOST_NAMES`` of the things it changed.

    What has no name (a rule), and changes whose rows left for the log, have none.
    """
    values = {"ids": list(change_ids), "tables": list(FIELDS), "most": _LOOKED_AT}
    asked = select(ChangeRow).from_statement(_FIRST)
    found = (await work.session.scalars(asked, values)).all()
    named: dict[int, dict[str, None]] = defaultdict(dict)
    described = await describe_rows(work, found)
    for row, said in zip(found, described, strict=True):
        if said.about:
            named[row.change_set_id][said.about] = None
    return {of: tuple(names)[:MOST_NAMES] for of, names in named.items()}
