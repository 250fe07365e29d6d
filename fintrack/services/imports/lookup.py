"""What the books hold of the rows of a file, asked by the process that reads it."""

from datetime import timedelta

from sqlalchemy import text

from fintrack.core.statements.formats import Format
from fintrack.services.commands import Work
from fintrack.services.imports.judging import Known, Question
from fintrack.services.imports.twins import LOOKS_ALIKE_DAYS, Twin

# Keys travel as one text both ways: objects for each would hold up the event loop.
_KEYS = text(
    "SELECT coalesce(replace(string_agg(cast(import_key AS text), ','), '-', ''), ''), "
    "coalesce(replace(string_agg(cast(import_key AS text), ',') "
    "FILTER (WHERE id > cast(:since AS bigint)), '-', ''), '') FROM transaction "
    "WHERE ledger_id = :ledger_id AND import_id IS DISTINCT FROM :besides "
    "AND import_key = ANY(cast(string_to_array(:keys, ',') AS uuid[]))"
)
# Twins are what was entered by hand, and rows of files. A bank names a row alike in all
# files of one format; but a text may be put in other words since, and a program's file
# changes with its memos. The name holds the account: what was moved here from another
# one has it as its twin, and so has the other leg of a transfer that came with the file
# of its first. Our own JSON names its rows anew in each ledger: of the same source is
# none. What these rows name themselves is no twin of another one; what the rest of the
# file names is known to who judges it.
# What the planner believes of an account misleads it while a file is read into it. So
# the first step needs the index alone, and each of the few rows that it finds is then
# looked up by itself: a file in no order asks of all its days a hundred times.
_TWINS = text(
    "WITH near AS MATERIALIZED (SELECT DISTINCT transaction_id FROM posting "
    "WHERE ledger_id = :ledger_id AND account_id = :account_id "
    "AND on_date BETWEEN :first AND :last AND transaction_id <= :newest "
    "AND amount_minor = ANY(cast(string_to_array(:amounts, ',') AS bigint[])) "
    "AND voided_at IS NULL) "
    "SELECT t.id, p.id, t.on_date, p.amount_minor, t.payee, t.description, "
    "coalesce(replace(cast(t.import_key AS text), '-', ''), ''), "
    "p.cleared_at IS NULL AND :source <> '', "
    "coalesce(b.account_id <> :account_id, false) AND EXISTS (SELECT FROM posting o "
    "JOIN account a "
    "ON a.ledger_id = o.ledger_id AND a.id = o.account_id "
    "AND a.kind IN ('asset', 'liability') WHERE o.ledger_id = :ledger_id "
    "AND o.transaction_id = t.id AND o.on_date = t.on_date "
    "AND o.account_id <> :account_id OFFSET 0), "
    "t.import_key IS NOT NULL AND b.source = :source AND b.account_id = :account_id "
    "FROM near CROSS JOIN LATERAL (SELECT * FROM transaction "
    "WHERE ledger_id = :ledger_id AND id = near.transaction_id LIMIT 1) t "
    "CROSS JOIN LATERAL (SELECT * FROM posting WHERE ledger_id = :ledger_id "
    "AND transaction_id = t.id AND on_date = t.on_date OFFSET 0) p "
    "LEFT JOIN import_batch b ON b.ledger_id = t.ledger_id AND b.id = t.import_id "
    "WHERE p.account_id = :account_id AND p.voided_at IS NULL "
    "AND p.amount_minor = ANY(cast(string_to_array(:amounts, ',') AS bigint[])) "
    "AND (t.import_id IS NULL OR t.import_id IS DISTINCT FROM :besides) "
    "AND (t.import_key IS NULL OR "
    "NOT t.import_key = ANY(cast(string_to_array(:known, ',') AS uuid[]))) "
    "ORDER BY t.on_date, t.id, p.id"
)
# The rows of an import itself come after the newest one before it.
_NEWEST = text(
    "SELECT coalesce(max(id), 0) FROM transaction WHERE ledger_id = :ledger_id"
)
# A list is searched by hash only where the planner sees it, otherwise value by value.
# For this one question: the triggers would plan anew for each row of the file.
_PLAN = text("SELECT set_config('plan_cache_mode', :mode, true)")


class Lookup:
    """Answers for one account and files of one format, the ``source``.

    ``besides`` is an import that is looked through. ``since`` is what ``find_newest``
    gave when the file was chosen: what came later is told apart.
    """

    def __init__(
        self,
        work: Work,
        account_id: int,
        *,
        source: str,
        besides: int | None = None,
        since: int | None = None,
    ) -> None:
        self._source = "" if source == Format.JSON else source
        self._work = work
        self._account_id = account_id
        self._besides = besides
        self._since = since
        self._newest: int | None = None

    async def answer(self, asked: Question) -> Known:
        """What the books hold of the rows that are asked about.

        Rows that come into the books after the first answer are not looked at.
        """
        if self._newest is None:
            self._newest = await find_newest(self._work)
        found = await self._work.session.execute(
            _KEYS,
            {
                "ledger_id": self._work.ledger_id,
                "keys": asked.keys,
                "besides": self._besides,
                "since": self._since,
            },
        )
        known, late = found.one()
        return Known(known, await self._twins(asked, known), late)

    async def _twins(self, asked: Question, known: str) -> tuple[tuple[int, Twin], ...]:
        amounts = _fresh_amounts(asked, known)
        if not amounts:
            return ()
        span = timedelta(days=LOOKS_ALIKE_DAYS)
        await self._work.session.execute(_PLAN, {"mode": "force_custom_plan"})
        found = await self._work.session.execute(
            _TWINS,
            {
                "ledger_id": self._work.ledger_id,
                "account_id": self._account_id,
                "first": asked.first - span,
                "last": asked.last + span,
                "newest": self._newest,
                "amounts": amounts,
                "known": known,
                "source": self._source,
                "besides": self._besides,
            },
        )
        await self._work.session.execute(_PLAN, {"mode": "auto"})
        return tuple(
            (minor, Twin(id_, posting_id, day, payee or description, *rest))
            for id_, posting_id, day, minor, payee, description, *rest in found.all()
        )


async def find_newest(work: Work) -> int:
    """The id of the newest transaction of the ledger, or 0."""
    own = {"ledger_id": work.ledger_id}
    return int(await work.session.scalar(_NEWEST, own) or 0)


def _fresh_amounts(asked: Question, known: str) -> str:
    """The amounts of the rows that are not known, each once."""
    keys = set(known.split(","))
    pairs = zip(asked.keys.split(","), asked.amounts.split(","), strict=True)
    return ",".join({amount for key, amount in pairs if key not in keys})
