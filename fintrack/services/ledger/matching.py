"""One transfer told by two banks, of which the second says that it was one.

Both files are in the books, and the row of one account waits without a category. Then
the row of the other account becomes a transfer: it brings the same money a second time.
So the row that waits becomes void, and counts again once the transfer is none any more.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Result,
    TextClause,
    delete,
    or_,
    select,
    text,
)
from sqlmodel import col

from fintrack.core.entries import MAX_TEXT, Unlock
from fintrack.models.ledger import Transaction
from fintrack.models.matching import TransferMatch
from fintrack.services.commands import Work
from fintrack.services.ledger.locking import guard_day
from fintrack.services.ledger.told import (
    Pair,
    arrived_by_change,
    arrived_with,
    find_pairs,
)
from fintrack.services.ledger.uncategorised import leave_open
from fintrack.services.ledger.voiding import count_again, make_void

# The transfer takes the mark of the bank, and what a person or a rule gave the row.
_SEEN = text(
    "UPDATE posting p SET cleared_at = c.at FROM unnest(CAST(:ids AS bigint[]), "
    "CAST(:ats AS timestamptz[])) AS c(id, at) "
    "WHERE p.ledger_id = :ledger_id AND p.id = c.id"
)
# Each note once, in the order of the rows; one that is a line of it already came with
# an earlier match.
_NOTED = text(
    "WITH new AS (SELECT c.id, o.note, min(o.id) AS place, "
    "string_agg(o.search_text, ' ' ORDER BY o.id) AS words "
    "FROM unnest(CAST(:transfer_ids AS bigint[]), "
    "CAST(:told_ids AS bigint[])) AS c(id, told_id) JOIN transaction o "
    "ON o.ledger_id = :ledger_id AND o.id = c.told_id AND o.note <> '' "
    "JOIN transaction t ON t.ledger_id = :ledger_id AND t.id = c.id "
    "AND strpos(chr(10) || t.note || chr(10), chr(10) || o.note || chr(10)) = 0 "
    "GROUP BY c.id, o.note), lines AS (SELECT id, "
    "string_agg(note, chr(10) ORDER BY place) AS note, "
    "string_agg(words, ' ' ORDER BY place) AS words FROM new GROUP BY id) "
    "UPDATE transaction t SET note = rtrim(left(concat_ws(chr(10), "
    "nullif(t.note, ''), c.note), :most), chr(10)), "
    "search_text = concat_ws(' ', t.search_text, c.words) FROM lines c "
    "WHERE t.ledger_id = :ledger_id AND t.id = c.id AND length(t.note) + 1 < :most"
)
_TAGGED = text(
    "INSERT INTO transaction_tag (ledger_id, transaction_id, on_date, tag_id) "
    "SELECT DISTINCT t.ledger_id, t.id, t.on_date, g.tag_id "
    "FROM unnest(CAST(:transfer_ids AS bigint[]), CAST(:told_ids AS bigint[])) "
    "AS c(id, told_id) JOIN transaction t "
    "ON t.ledger_id = :ledger_id AND t.id = c.id "
    "JOIN transaction_tag g ON g.ledger_id = :ledger_id "
    "AND g.transaction_id = c.told_id ON CONFLICT DO NOTHING"
)
_MATCHED = text(
    "SELECT t.import_id, count(*) AS size FROM transfer_match m JOIN transaction t "
    "ON t.ledger_id = m.ledger_id AND t.id = m.transfer_id "
    "WHERE m.ledger_id = :ledger_id AND t.import_id = ANY(:import_ids) "
    "GROUP BY t.import_id"
)
# Matches that the change at work touched, by the transfer or themselves, where the
# transfer brings the account of the row its amount no more, or not so often.
_ENDED = text(
    "WITH touched AS MATERIALIZED (SELECT m.transfer_id FROM change_row r "
    "JOIN transfer_match m ON m.ledger_id = :ledger_id AND m.id = r.row_id "
    "WHERE r.change_set_id = :change_id AND r.table_name = 'transfer_match' "
    "UNION SELECT m.transfer_id FROM change_row r JOIN transfer_match m "
    "ON m.ledger_id = :ledger_id AND m.transfer_id = "
    "cast(coalesce(r.after, r.before) ->> 'transaction_id' AS bigint) "
    "WHERE r.change_set_id = :change_id AND r.table_name = 'posting'), "
    "matches AS (SELECT m.id, m.transfer_id, "
    "o.account_id, o.amount_minor, row_number() OVER (PARTITION BY m.transfer_id, "
    "o.account_id, o.amount_minor ORDER BY m.id) AS place FROM touched c "
    "JOIN transfer_match m ON m.ledger_id = :ledger_id "
    "AND m.transfer_id = c.transfer_id "
    "JOIN transaction t ON t.ledger_id = m.ledger_id AND t.id = m.told_id "
    "LEFT JOIN import_batch i ON i.ledger_id = t.ledger_id AND i.id = t.import_id "
    "LEFT JOIN posting o ON o.ledger_id = t.ledger_id AND o.transaction_id = t.id "
    "AND o.account_id = i.account_id) "
    "SELECT m.id FROM matches m WHERE m.place > (SELECT count(*) FROM posting s "
    "WHERE s.ledger_id = :ledger_id AND s.transaction_id = m.transfer_id "
    "AND s.account_id = m.account_id AND s.amount_minor = m.amount_minor "
    "AND s.voided_at IS NULL)"
)
# Of what stood for a row and is another amount now, the bank has told nothing; nor of
# what stood for one that leaves the books.
_UNSEEN = text(
    "UPDATE posting s SET cleared_at = NULL FROM transfer_match m JOIN posting o "
    "ON o.ledger_id = m.ledger_id AND o.transaction_id = m.told_id "
    "WHERE m.ledger_id = :ledger_id AND m.id = ANY(CAST(:ids AS bigint[])) "
    "AND s.ledger_id = m.ledger_id AND s.transaction_id = m.transfer_id "
    "AND s.account_id = o.account_id AND (s.amount_minor <> o.amount_minor "
    "OR m.id = ANY(CAST(:gone AS bigint[]))) "
    "AND s.cleared_at = o.cleared_at AND s.reconciliation_id IS NULL"
)
_BACK = (
    "SELECT m.transfer_id, o.account_id, o.on_date FROM transfer_match m "
    "JOIN posting o ON o.ledger_id = m.ledger_id AND o.transaction_id = m.told_id "
    "JOIN account a ON a.ledger_id = o.ledger_id AND a.id = o.account_id "
    "AND a.kind IN ('asset', 'liability') WHERE m.ledger_id = :ledger_id "
    "AND m.{key} = ANY(CAST(:ids AS bigint[])) ORDER BY o.on_date"
)
_BACK_OF_MATCH = text(_BACK.format(key="id"))
_RETURNS = text(_BACK.format(key="transfer_id"))


async def settle_matches(work: Work, *, unlock: Unlock = False) -> int:
    """Ends matches that are none any more, and matches what the change brought.

    A row of the account's own file becomes void where it has the same amount, at most
    three days away, and waits without a category; the transfer takes its mark of the
    bank, its tags and its note. The nearest counts, each once.

    Returns:
        How many became void.

    Raises:
        Reconciled: what would count again lies on a day that is locked.
    """
    own = {"ledger_id": work.ledger_id, "change_id": work.change_id}
    ended = (await work.session.scalars(_ENDED, own)).all()
    if ended:
        await _guard_days(work, ended, unlock=unlock)
        await _free(work, ended)
    pairs = await find_pairs(work, await arrived_by_change(work), by_rule=False)
    await _keep(work, pairs)
    return len(pairs)


async def match_import(work: Work, import_id: int) -> None:
    """Matches what transfers of an import brought to other accounts.

    Where the row there is reconciled and a rule made the transfer, there is none: what
    it was to place waits for its person.
    """
    arrivals = await arrived_with(work, import_id)
    pairs = await find_pairs(work, arrivals, by_rule=True)
    held = [pair.arrival for pair in pairs if pair.told.is_reconciled]
    await leave_open(work, {one.id: one.amount_minor for one in held})
    await _keep(work, [pair for pair in pairs if not pair.told.is_reconciled])


async def count_matched(work: Work, import_ids: Sequence[int]) -> dict[int, int]:
    """For how many rows of other accounts the transfers of each import stand now."""
    values = {"ledger_id": work.ledger_id, "import_ids": list(import_ids)}
    found = await work.session.execute(_MATCHED, values)
    return {row.import_id: row.size for row in found}


async def forget_gone(work: Work, gone: ColumnElement[bool]) -> None:
    """Before transactions are removed: what they stood for counts again.

    Raises:
        Reconciled: some of it lies on a day that is locked.
    """
    ids = select(col(Transaction.id)).where(gone)
    goes = col(TransferMatch.told_id).in_(ids)
    found = await work.session.execute(
        select(col(TransferMatch.id), goes.label("goes")).where(
            col(TransferMatch.ledger_id) == work.ledger_id,
            or_(col(TransferMatch.transfer_id).in_(ids), goes),
        )
    )
    ended = found.all()
    if staying := [one.id for one in ended if not one.goes]:
        await _guard_days(work, staying, unlock=False)
    if ended:
        gone_ids = [one.id for one in ended if one.goes]
        await _free(work, [one.id for one in ended], gone_ids)


async def find_returns(
    work: Work, transaction_ids: Sequence[int]
) -> list[tuple[int, int, date]]:
    """Transfer, account and day of each row that counts again without its transfer."""
    found = await _run(work, _RETURNS, ids=list(transaction_ids))
    return [(row.transfer_id, row.account_id, row.on_date) for row in found]


async def _keep(work: Work, pairs: Sequence[Pair]) -> None:
    if not pairs:
        return
    told_ids = [pair.told.id for pair in pairs]
    transfer_ids = [pair.arrival.transfer_id for pair in pairs]
    await make_void(work, told_ids)
    arrival_ids = [pair.arrival.id for pair in pairs]
    ats = [pair.told.cleared_at for pair in pairs]
    await _run(work, _SEEN, ids=arrival_ids, ats=ats)
    both = {"transfer_ids": transfer_ids, "told_ids": told_ids}
    await _run(work, _NOTED, **both, most=MAX_TEXT)
    await _run(work, _TAGGED, **both)
    work.session.add_all(
        TransferMatch(ledger_id=work.ledger_id, transfer_id=transfer, told_id=told)
        for transfer, told in zip(transfer_ids, told_ids, strict=True)
    )
    await work.session.flush()


async def _guard_days(work: Work, match_ids: Sequence[int], *, unlock: Unlock) -> None:
    """Before what these stood for counts again."""
    first: dict[int, date] = {}
    for row in await _run(work, _BACK_OF_MATCH, ids=list(match_ids)):
        first.setdefault(row.account_id, row.on_date)
    for account_id, day in first.items():
        await guard_day(work, [account_id], day, unlock=unlock)


async def _free(work: Work, match_ids: Sequence[int], gone: Sequence[int] = ()) -> None:
    """Ends matches; the told rows of ``gone`` ones are about to be removed."""
    await _run(work, _UNSEEN, ids=list(match_ids), gone=list(gone))
    told = await work.session.scalars(
        delete(TransferMatch)
        .where(
            col(TransferMatch.ledger_id) == work.ledger_id,
            col(TransferMatch.id).in_(match_ids),
        )
        .returning(col(TransferMatch.told_id))
    )
    await count_again(work, told.all())


async def _run(work: Work, statement: TextClause, **values: Any) -> Result[Any]:  # noqa: ANN401 - what a statement of SQL takes
    return await work.session.execute(
        statement, {"ledger_id": work.ledger_id, **values}
    )
