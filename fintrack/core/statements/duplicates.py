"""Tells a row that was imported before from one that happened twice."""

import hashlib

from fintrack.core.statements.rows import StatementRow

DIGEST_BYTES = 16


def dedupe_key(row: StatementRow) -> str:
    """Day, amount, currency and what names the row, as 32 hex digits.

    The bank's own id names it where there is one: banks write texts anew. Alone it
    would not do, as some banks number the rows of each file from 1. Else the folded
    texts and the reference name it.
    """
    if row.bank_id:
        name = f"id\x1f{row.bank_id}"
    else:
        payee = " ".join(row.payee.casefold().split())
        text = " ".join(row.description.casefold().split())
        name = f"{payee}\x1f{text}\x1f{row.reference}"
    content = f"{row.on_date}\x1f{row.amount_minor}\x1f{row.currency}\x1f{name}"
    data = content.encode("utf-8", "backslashreplace")
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()
