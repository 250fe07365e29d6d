"""Writes the transactions of the sample story by COPY, through every trigger."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from fintrack.core.chart import Equity
from fintrack.core.copy_lines import copy_lines
from fintrack.core.entries import Part, balance_parts
from fintrack.core.folding import search_words
from fintrack.core.text import translate
from fintrack.services.bulk import copy_in
from fintrack.services.commands import Work
from fintrack.services.sample.month import Event
from fintrack.services.sample.story import ACCOUNTS

OWN = frozenset(account.name for account in ACCOUNTS)
# What is older than a week the bank has seen.
CLEARED_AFTER = timedelta(days=7)

Value = int | str | date | datetime | UUID | None

_NUMBERS = text(
    "SELECT nextval(pg_get_serial_sequence('transaction', 'id')) "
    "FROM generate_series(1, :size)"
)
_COPY_TRANSACTIONS = (
    "COPY transaction (id, version, ledger_id, on_date, payee, description, note, "
    "search_text, category_source, import_id, created_at) FROM STDIN"
)
_COPY_POSTINGS = (
    "COPY posting (ledger_id, transaction_id, on_date, account_id, currency, "
    "amount_minor, original_currency, original_minor, memo, position, cleared_at) "
    "FROM STDIN"
)


async def write_events(
    work: Work,
    events: Sequence[Event],
    ids: Mapping[str, int],
    *,
    import_id: int,
    until: date,
    language: str,
) -> None:
    """Adds the events to the ledger; ``ids`` has each place by its message id.

    ``until`` is the last day of the story.
    """
    numbers = await work.session.scalars(_NUMBERS, {"size": len(events)})
    numbered = list(zip(numbers.all(), events, strict=True))
    await copy_in(
        work.session,
        _COPY_TRANSACTIONS,
        copy_lines(
            _transaction(work, id_, event, import_id, language)
            for id_, event in numbered
        ),
    )
    await copy_in(
        work.session,
        _COPY_POSTINGS,
        copy_lines(
            posting
            for id_, event in numbered
            for posting in _postings(work, id_, event, ids, until)
        ),
    )


def _transaction(
    work: Work, id_: int, event: Event, import_id: int, language: str
) -> tuple[Value, ...]:
    payee = translate(event.payee, language)
    description = translate(event.description, language)
    return (
        id_,
        1,
        work.ledger_id,
        event.on_date,
        payee,
        description,
        "",
        search_words(payee, description),
        "you",
        import_id,
        work.now,
    )


def _postings(
    work: Work, id_: int, event: Event, ids: Mapping[str, int], until: date
) -> Iterable[tuple[Value, ...]]:
    parts = tuple(Part(ids[place], money) for place, money in event.parts)
    seen = work.now if event.on_date <= until - CLEARED_AFTER else None
    own = {ids[place] for place, _ in event.parts if place in OWN}
    complete = balance_parts(parts, ids[Equity.EXCHANGE])
    for position, part in enumerate(complete):
        original = event.original if position == 0 else None
        yield (
            work.ledger_id,
            id_,
            event.on_date,
            part.account_id,
            part.money.currency,
            part.money.minor,
            original.currency if original else None,
            -original.minor if original else None,
            "",
            position,
            seen if part.account_id in own else None,
        )
