"""Words of a ledger's transactions, found by what they begin with."""

from sqlalchemy import TextClause, text

from fintrack.core.folding import search_words
from fintrack.models.ledger import SEARCH

# Queries that join other tables have more than one ledger_id.
_WORDS = SEARCH.replace("ledger_id", "transaction.ledger_id").replace(
    "search_text", "transaction.search_text"
)


HAS_WORDS = text(f"{_WORDS} @@ to_tsquery('simple', :terms)")
"""The condition that each of the ``terms`` begins a word of a transaction."""


def with_words(ledger_id: int, typed: str) -> TextClause | None:
    """The condition that every typed word begins one of a transaction's words.

    None when nothing was typed. Signs without a letter or digit begin no word.
    """
    terms = terms_of(ledger_id, typed)
    if not terms:
        return text("false") if typed.strip() else None
    return HAS_WORDS.bindparams(terms=terms)


def terms_of(ledger_id: int, typed: str) -> str:
    """What ``HAS_WORDS`` wants of the typed words; empty where there is none.

    The index keeps each word with its ledger before it; see SEARCH.
    """
    found = search_words(typed).split()
    return " & ".join(f"l{ledger_id}x{word}:*" for word in found)
