"""Words of a ledger's transactions, found by what they begin with."""

from sqlalchemy import TextClause, text

from fintrack.core.folding import search_words
from fintrack.models.ledger import SEARCH

# Queries that join other tables have more than one ledger_id.
_WORDS = SEARCH.replace("ledger_id", "transaction.ledger_id").replace(
    "search_text", "transaction.search_text"
)


def with_words(ledger_id: int, typed: str) -> TextClause | None:
    """The condition that every typed word begins one of a transaction's words.

    None when nothing was typed. Signs without a letter or digit begin no word.
    """
    found = search_words(typed)
    if not found:
        return text("false") if typed.strip() else None
    # The index keeps each word with its ledger before it; see SEARCH.
    terms = " & ".join(f"l{ledger_id}x{word}:*" for word in found.split())
    return text(f"{_WORDS} @@ to_tsquery('simple', :terms)").bindparams(terms=terms)
