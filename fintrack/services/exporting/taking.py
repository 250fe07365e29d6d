"""Transactions that are taken along as a file: the whole books after a fresh proof."""

from datetime import timedelta
from typing import Final

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import StepUpNeeded
from fintrack.services import gate
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger.listing import Filter
from fintrack.services.security_events import add_event

# What has no category stands in two places, of income and of spending.
MOST_NAMED: Final = 2
LONGEST_PERIOD: Final = timedelta(days=366)
EXPORTED: Final = "transactions-exported"
BOOKS_EXPORTED: Final = "books-exported"


def is_of_whole_books(wanted: Filter) -> bool:
    """Whether nothing that a person asks for day by day makes the file smaller.

    An account, a category, a tag, words or a period of up to a year do. A longer
    period does not, nor do many of the others at once, amounts and marks: what all
    have is easily named.
    """
    named = (wanted.account_ids, wanted.category_ids, wanted.tag_ids)
    is_narrowed = any(0 < len(set(ids)) <= MOST_NAMED for ids in named)
    return not (is_narrowed or wanted.words.strip() or _is_of_a_year(wanted))


@question("transaction.check_export", ledger=LedgerRole.VIEWER)
async def check_export(work: Work, wanted: Filter) -> None:
    """Says nothing where the file may be taken now.

    Raises:
        StepUpNeeded: it is of the whole books, and there is no fresh proof.
    """
    if is_of_whole_books(wanted) and not await gate.has_proved(
        work.session, work.actor, work.now
    ):
        raise StepUpNeeded


@command(
    "transaction.note_export",
    ledger=LedgerRole.VIEWER,
    final="A file that was taken along cannot be taken back.",
)
async def note_export(work: Work, written_as: str, wanted: Filter) -> None:
    """Keeps that transactions, or the whole books, were taken along as a file.

    Raises:
        StepUpNeeded: as ``check_export`` does.
    """
    await check_export(work, wanted)
    await add_event(
        work.session,
        BOOKS_EXPORTED if is_of_whole_books(wanted) else EXPORTED,
        work.now,
        work.actor,
        detail={"format": written_as},
    )


def _is_of_a_year(wanted: Filter) -> bool:
    if wanted.since is None or wanted.until is None:
        return False
    return wanted.until - wanted.since < LONGEST_PERIOD
