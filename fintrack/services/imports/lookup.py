"""What the books hold of the rows of a file, asked by the process that reads it."""

from datetime import timedelta

from sqlalchemy import text

from fintrack.core.statements.formats import Format
from fintrack.services.commands import Work
from fintrack.services.imports.judging import LOOKS_ALIKE_DAYS, Known, Question, Twin

# Keys travel as one text both ways: objects for each would hold up the event loop.
_KEYS = text(
    "SELECT coalesce(replace(string_agg(cast(import_key AS text), ','), '-', ''), '') "
    "FROM transaction "
    "WHERE ledger_id = :ledger_id AND import_id IS DISTINCT FROM :besides "
    "AND import_key = ANY(cast(string_to_array(:keys, ',') AS uuid[]))"
)
# Twins are what was entered by hand, and rows of files of another format: a bank names
# a row alike in all files of one format, so that another name there is another row. But
# the name holds the account: what was moved here from another one has it as its twin.
# Our own JSON names its rows anew in each ledger: for its files any row may be a twin.
_TWINS = text(
    "SELECT t.id, p.id, p.on_date, p.amount_minor, t.payee, t.description, "
    "t.import_key IS NOT NULL, p.cleared_at IS NULL AND :source <> '' "
    "FROM posting p JOIN transaction t "
    "ON t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "AND t.on_date = p.on_date LEFT JOIN import_batch b "
    "ON b.ledger_id = t.ledger_id AND b.id = t.import_id "
    "WHERE p.ledger_id = :ledger_id "
    "AND p.account_id = :account_id AND p.on_date BETWEEN :first AND :last "
    "AND p.amount_minor = ANY(cast(string_to_array(:amounts, ',') AS bigint[])) "
    "AND p.voided_at IS NULL "
    "AND (t.import_id IS NULL OR t.import_id IS DISTINCT FROM :besides) "
    "AND (t.import_key IS NULL OR "
    "((b.source <> :source OR b.account_id <> :account_id) AND "
    "NOT t.import_key = ANY(cast(string_to_array(:known, ',') AS uuid[])))) "
    "ORDER BY t.on_date, t.id, p.id"
)


class Lookup:
    """Answers for one account and files of one format, the ``source``.

    ``besides`` is an import that is looked through.
    """

    def __init__(
        self, work: Work, account_id: int, *, source: str, besides: int | None = None
    ) -> None:
        self._source = "" if source == Format.JSON else source
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
        twins = await self._twins(asked, known)
        return Known(known, twins)

    async def _twins(self, asked: Question, known: str) -> tuple[tuple[int, Twin], ...]:
        amounts = _fresh_amounts(asked, known)
        if not amounts:
            return ()
        span = timedelta(days=LOOKS_ALIKE_DAYS)
        found = await self._work.session.execute(
            _TWINS,
            {
                "ledger_id": self._work.ledger_id,
                "account_id": self._account_id,
                "first": asked.first - span,
                "last": asked.last + span,
                "amounts": amounts,
                "known": known,
                "source": self._source,
                "besides": self._besides,
            },
        )
        return tuple(
            (minor, Twin(id_, posting_id, day, payee or description, *rest))
            for id_, posting_id, day, minor, payee, description, *rest in found.all()
        )


def _fresh_amounts(asked: Question, known: str) -> str:
    """The amounts of the rows that are not known, each once."""
    keys = set(known.split(","))
    pairs = zip(asked.keys.split(","), asked.amounts.split(","), strict=True)
    return ",".join({amount for key, amount in pairs if key not in keys})
