"""What a change was about: the names of the first things that it touched."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select, text

from fintrack.models.trail import ChangeRow
from fintrack.services.change_details import RowChange, describe_rows
from fintrack.services.change_fields import FIELDS, Name
from fintrack.services.commands import Work

MOST_NAMES: Final = 3
# One transaction has a few rows of its own; what a file brought has thousands.
_LOOKED_AT: Final = 12
# What a command is about that does not say so.
_SUBJECTS: Final = {"import": "transaction", "category": "account"}
_FIRST = text(
    "SELECT r.* FROM unnest(CAST(:ids AS bigint[])) AS c(id) "
    "CROSS JOIN LATERAL (SELECT * FROM change_row WHERE change_set_id = c.id "
    "AND table_name = ANY(CAST(:tables AS text[])) "
    "ORDER BY statement, id LIMIT :most) r ORDER BY c.id, r.statement, r.id"
)


async def name_things(
    work: Work, commands: Mapping[int, str]
) -> dict[int, tuple[Name, ...]]:
    """For each change the names of up to ``MOST_NAMES`` of the things it changed.

    Where the command says what it is about, what came along with that is not named.
    Changes whose rows left for the log have none.
    """
    values = {"ids": list(commands), "tables": list(FIELDS), "most": _LOOKED_AT}
    asked = select(ChangeRow).from_statement(_FIRST)
    found = (await work.session.scalars(asked, values)).all()
    described: dict[int, list[RowChange]] = defaultdict(list)
    for row, said in zip(found, await describe_rows(work, found), strict=True):
        if said.about:
            described[row.change_set_id].append(said)
    return {of: _names(commands[of], rows) for of, rows in described.items()}


def _names(command: str, rows: Sequence[RowChange]) -> tuple[Name, ...]:
    area = command.partition(".")[0]
    subject = _SUBJECTS.get(area, area)
    meant = [row for row in rows if row.subject == subject] or rows
    return tuple(dict.fromkeys(row.about for row in meant))[:MOST_NAMES]
