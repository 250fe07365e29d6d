"""What was on an account when it was opened: a transaction like any other."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, Equity
from fintrack.core.entries import Entry, Part
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, question
from fintrack.services.ledger import locking, rows, writing
from fintrack.services.ledger.account_days import check_opening_day
from fintrack.services.ledger.account_rows import read_account
from fintrack.services.ledger.clearing import mark_cleared

_OPENING = text(
    "SELECT p.transaction_id, p.on_date, p.amount_minor AS minor, p.currency "
    "FROM posting p WHERE p.ledger_id = :ledger_id AND p.account_id = :account_id "
    "AND p.voided_at IS NULL AND EXISTS (SELECT FROM posting o JOIN account e "
    "ON e.ledger_id = o.ledger_id AND e.id = o.account_id "
    "WHERE o.ledger_id = p.ledger_id AND o.transaction_id = p.transaction_id "
    "AND o.on_date = p.on_date AND e.kind = 'equity' AND e.type = 'opening') "
    "ORDER BY p.on_date, p.id LIMIT 1"
)
_FOLLOW = text(
    "UPDATE account a SET opened_on = p.on_date, version = a.version + 1 "
    "FROM posting p JOIN posting o ON o.ledger_id = p.ledger_id "
    "AND o.transaction_id = p.transaction_id AND o.on_date = p.on_date "
    "JOIN account e ON e.ledger_id = o.ledger_id AND e.id = o.account_id "
    "AND e.kind = 'equity' AND e.type = 'opening' "
    "WHERE p.ledger_id = :ledger_id AND p.transaction_id = ANY(:ids) "
    "AND a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.kind IN ('asset', 'liability') AND a.opened_on <> p.on_date "
    "RETURNING a.opened_on"
)

_TWICE = text(
    "SELECT a.name FROM account e JOIN posting o ON o.ledger_id = e.ledger_id "
    "AND o.account_id = e.id AND o.voided_at IS NULL "
    "JOIN posting p ON p.ledger_id = o.ledger_id AND p.on_date = o.on_date "
    "AND p.transaction_id = o.transaction_id AND p.account_id <> e.id "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.kind IN ('asset', 'liability') "
    "WHERE e.ledger_id = :ledger_id AND e.kind = 'equity' AND e.type = 'opening' "
    "GROUP BY a.id, a.name HAVING count(*) > 1 AND bool_or(EXISTS (SELECT FROM "
    "change_row r WHERE r.change_set_id = :change_id AND r.table_name = 'posting' "
    "AND r.row_id = p.id)) LIMIT 1"
)

# The day after the last one that is reconciled, or that of an opening balance.
_BEGINS = text(
    "SELECT account_id, max(day) AS day FROM ("
    "SELECT account_id, statement_on + 1 AS day FROM reconciliation "
    "WHERE ledger_id = :ledger_id AND opened_at IS NULL UNION ALL "
    "SELECT p.account_id, p.on_date FROM account e JOIN posting o "
    "ON o.ledger_id = e.ledger_id AND o.account_id = e.id AND o.voided_at IS NULL "
    "JOIN posting p ON p.ledger_id = o.ledger_id AND p.on_date = o.on_date "
    "AND p.transaction_id = o.transaction_id AND p.account_id <> e.id "
    "WHERE e.ledger_id = :ledger_id AND e.kind = 'equity' AND e.type = 'opening'"
    ") d GROUP BY account_id"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What was on an account when it was opened, and the transaction that says so.

    Where that is nothing, there is no transaction.
    """

    on_date: date
    money: Money
    transaction_id: int | None = None


@question("account.find_opening", ledger=LedgerRole.VIEWER)
async def find_opening(work: Work, account_id: int) -> Opening:
    """What an account was opened with.

    Raises:
        NotFound: it does not exist in this ledger, or is a category.
    """
    account = await read_account(work, account_id)
    nothing = Opening(account.opened_on, Money(0, account.currency))
    return await read_opening(work, account_id) or nothing


async def read_opening(work: Work, account_id: int) -> Opening | None:
    """What an account was opened with, if that is not nothing."""
    values = {"ledger_id": work.ledger_id, "account_id": account_id}
    row = (await work.session.execute(_OPENING, values)).one_or_none()
    if row is None:
        return None
    return Opening(row.on_date, Money(row.minor, row.currency), row.transaction_id)


async def find_beginnings(work: Work) -> dict[int, date]:
    """From which day on an account takes money of transfers that nobody made by hand.

    Of those that were opened with an amount or are reconciled; others take it always.
    """
    own = {"ledger_id": work.ledger_id}
    found = await work.session.execute(_BEGINS, own)
    return {row.account_id: row.day for row in found}


async def post_opening(work: Work, account_id: int, opening: Opening) -> None:
    """Records it against the ledger's opening balances."""
    equity = await rows.equity_account(work, Equity.OPENING)
    money = opening.money
    parts = (Part(account_id, money), Part(equity, -money))
    words = message_id("Opening balance")
    entry = Entry(on_date=opening.on_date, parts=parts, description=words)
    row = await writing.write_transaction(work, entry, equity=frozenset({equity}))
    # It is what the bank says on that day.
    await mark_cleared(work, row.id, account_id)


async def open_anew(work: Work, account: Account, opening: Opening) -> None:
    """Gives an account that was opened with nothing another first day and balance.

    Raises:
        Conflict: it has an opening balance, or is closed.
        InvalidInput: an impossible day, or another currency.
        Reconciled: the day is locked.
        PlanLimit: the account is beyond the plan.
    """
    known = await read_opening(work, account.id)
    if known is not None:
        raise Conflict(
            "There is an opening balance, of {day}. Please edit that transaction.",
            day=known.on_date,
        )
    check_opening_day(opening.on_date, work.now)
    if opening.money.currency != account.currency:
        raise InvalidInput(
            "{name} is kept in {currency}.",
            field="opening.currency",
            name=account.name,
            currency=account.currency,
        )
    await rows.check_writable(work, account)
    account.opened_on = opening.on_date
    if opening.money.minor:
        await post_opening(work, account.id, opening)
        await locking.guard_day(work, {account.id}, opening.on_date, unlock=False)


async def check_stays(
    work: Work, parts: Sequence[Part], equity: frozenset[int], arrived: Collection[int]
) -> None:
    """Refuses to move an opening balance: the other account may have one of its own.

    One has a part on ``equity``. ``arrived`` are the places of the parts on which it
    did not stand before.

    Raises:
        InvalidInput: under the field that named the account.
    """
    if equity.isdisjoint(part.account_id for part in parts):
        return
    others = await work.session.scalars(
        select(col(Account.id)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.id).in_(arrived),
            col(Account.kind).in_(ACCOUNT_KINDS),
        )
    )
    moved = set(others)
    for part in parts:
        if part.account_id in moved:
            raise InvalidInput(
                "An opening balance stays on its account.", field=part.slot.field
            )


async def follow_openings(work: Work, transaction_ids: Iterable[int]) -> None:
    """An account opens on the day of its opening balance, wherever that has moved.

    Raises:
        InvalidInput: that day is yet to come; under ``on_date``.
    """
    values = {"ledger_id": work.ledger_id, "ids": list(transaction_ids)}
    for day in await work.session.scalars(_FOLLOW, values):
        check_opening_day(day, work.now, "on_date")


async def check_once(work: Work) -> None:
    """Refuses a change that brings an account a second opening balance.

    Raises:
        Conflict: names the account.
    """
    values = {"ledger_id": work.ledger_id, "change_id": work.change_id}
    name = await work.session.scalar(_TWICE, values)
    if name is not None:
        raise Conflict("{name} has another opening balance by now.", name=name)
