"""Tells a row that was imported before from one that happened twice."""

import hashlib

from fintrack.core.statements.rows import StatementRow

DIGEST_BYTES = 16


def dedupe_key(row: StatementRow) -> str:
    """Day, amount, currency, folded texts and reference, as 32 hex digits."""
    payee = " ".join(row.payee.casefold().split())
    text = " ".join(row.description.casefold().split())
    content = (
        f"{row.on_date}\x1f{row.amount_minor}\x1f{row.currency}"
        f"\x1f{payee}\x1f{text}\x1f{row.reference}"
    )
    data = content.encode("utf-8", "backslashreplace")
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()
