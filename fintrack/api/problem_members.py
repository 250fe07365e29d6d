"""What a problem carries for programs, beside its words (RFC 9457, section 3.2)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fintrack.core.exchange import Rate
from fintrack.core.undo_faults import InTheWay, RowsInTheWay

_TEXT: Mapping[str, Any] = MappingProxyType({"type": "string"})
ROWS: dict[str, Any] = {
    "rows": {
        "type": "array",
        "description": "Of a refused undo: the first things that stand in its way",
        "items": {
            "type": "object",
            "required": ["subject", "subject_id", "about", "why"],
            "properties": {
                "subject": {"type": "string", "examples": ["transaction"]},
                "subject_id": {"type": "integer"},
                "about": {**_TEXT, "description": "Its name or payee"},
                "why": {**_TEXT, "examples": ["changed-since", "depends-on-it"]},
                "on_date": {"type": ["string", "null"], "format": "date"},
                "amount": {
                    "type": ["object", "null"],
                    "properties": {"amount": {**_TEXT}, "currency": {**_TEXT}},
                },
                "fields": {"type": "array", "items": {**_TEXT}},
            },
        },
    },
    "rows_total": {"type": "integer", "description": "How many there are in all"},
}


def rows_in_the_way(error: RowsInTheWay) -> dict[str, object]:
    """The members of a refused undo, as ``ROWS`` describes them."""
    return {"rows": [_shown(row) for row in error.rows], "rows_total": error.total}


def _shown(row: InTheWay) -> dict[str, object]:
    amount = row.amount and {
        "amount": row.amount.text,
        "currency": row.amount.currency,
    }
    return {
        "subject": row.subject,
        "subject_id": row.subject_id,
        "about": row.about.text if isinstance(row.about, Rate) else row.about,
        "why": row.why,
        "on_date": row.on_date and row.on_date.isoformat(),
        "amount": amount,
        "fields": row.fields,
    }
