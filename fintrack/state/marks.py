"""What the bank has seen of a transaction, as a list or a form shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.text import message_id, translate
from fintrack.services.ledger.reading import PostingView, TransactionView
from fintrack.state.amounts import Reader

OPEN, CLEARED, LOCKED = "open", "cleared", "locked"
WORDS = {
    OPEN: message_id("Not cleared"),
    CLEARED: message_id("Cleared"),
    LOCKED: message_id("Reconciled"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """``name`` is ``open``, ``cleared``, ``locked``, or empty where there is none."""

    name: str = ""
    words: str = ""


NO_MARK = Mark()


def mark_of(view: TransactionView, reader: Reader, account_id: int = 0) -> Mark:
    """The mark on one account, or else that of all accounts together."""
    if view.voided_at is not None:
        return NO_MARK
    return mark_of_postings(
        (
            posting
            for posting in view.postings
            if posting.kind in ACCOUNT_KINDS and account_id in (0, posting.account_id)
        ),
        reader,
    )


def mark_of_postings(postings: Iterable[PostingView], reader: Reader) -> Mark:
    """Cleared where each is; locked where one of them is reconciled too."""
    found = list(postings)
    if not found:
        return NO_MARK
    if any(posting.cleared_at is None for posting in found):
        name = OPEN
    elif any(posting.reconciliation_id is not None for posting in found):
        name = LOCKED
    else:
        name = CLEARED
    return _mark(name, reader.language)


@lru_cache(maxsize=64)
def _mark(name: str, language: str) -> Mark:
    """One for all rows of all tabs: there are three in each language."""
    return Mark(name, translate(WORDS[name], language))
