"""What the books hold of the rows of a file, asked by the process that reads it."""

from datetime import timedelta

from sqlalchemy import text

from fintrack.services.commands import Work
from fintrack.services.imports.judging import LOOKS_ALIKE_DAYS, Known, Question, Twin

# Keys travel as one text both ways: objects for each would hold up the event loop.
_KEYS = text(
    "SELECT coalesce(string_agg(cast(import_key AS text), ','), '') FROM transaction "
    "WHERE ledger_id = :ledger_id AND import_id IS DISTINCT FROM :besides "
    "AND import_key = ANY(cast(string_to_array(:keys, ',') AS uuid[]))"
)
_BY_HAND = text(
    "SELECT t.id, p.on_date, p.amount_minor FROM posting p JOIN transaction t "
    "ON t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "AND t.on_date = p.on_date WHERE p.ledger_id = :ledger_id "
    "AND p.account_id = :account_id AND p.on_date BETWEEN :first AND :last "
    "AND p.amount_minor = ANY(cast(string_to_array(:amounts, ',') AS bigint[])) "
    "AND p.voided_at IS NULL AND t.import_key IS NULL ORDER BY t.on_date, t.id"
)


class Lookup:
    """Answers for one account; ``besides`` is an import that is looked through."""

    def __init__(
        self, work: Work, account_id: int, *, besides: int | None = None
    ) -> None:
        self._work = work
        self._account_id = account_id
        self._besides = besides

    async def answer(self, asked: Question) -> Known:
        """What the books hold of the rows that are asked about."""
        keys = await self._work.session.scalar(
            _KEYS,
            {
                "ledger_id": self._work.ledger_id,
                "keys": asked.keys,
                "besides": self._besides,
            },
        )
        known = keys or ""
        twins = await self._twins(asked, _fresh_amounts(asked, known))
        return Known(known, twins)

    async def _twins(
        self, asked: Question, amounts: str
    ) -> tuple[tuple[int, Twin], ...]:
        if not amounts:
            return ()
        span = timedelta(days=LOOKS_ALIKE_DAYS)
        found = await self._work.session.execute(
            _BY_HAND,
            {
                "ledger_id": self._work.ledger_id,
                "account_id": self._account_id,
                "first": asked.first - span,
                "last": asked.last + span,
                "amounts": amounts,
            },
        )
        return tuple(
            (amount_minor, Twin(id_, on_date))
            for id_, on_date, amount_minor in found.all()
        )


def _fresh_amounts(asked: Question, known: str) -> str:
    """The amounts of the rows that are not known, each once."""
    keys = set(known.split(","))
    pairs = zip(asked.keys.split(","), asked.amounts.split(","), strict=True)
    return ",".join({amount for key, amount in pairs if key not in keys})
