"""Accounts: the places where money is, with their opening balances."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, AccountType, Equity
from fintrack.core.currency import find_current
from fintrack.core.entries import FIRST_DAY, Entry, Part, check_words
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.core.words import is_showable, without_turns
from fintrack.models.ledger import Account, BalanceMonth
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import rows, writing
from fintrack.services.ledger.clearing import mark_cleared

MAX_NAME = 80
# Kiribati's clocks are the first: no day has begun anywhere before it has there.
EARLIEST_ZONE = timedelta(hours=14)

_BALANCE = (
    select(func.coalesce(func.sum(col(BalanceMonth.amount_minor)), 0))
    .where(
        col(BalanceMonth.ledger_id) == col(Account.ledger_id),
        col(BalanceMonth.account_id) == col(Account.id),
    )
    .scalar_subquery()
)
_VIEWED = select(Account, _BALANCE).where(col(Account.kind).in_(ACCOUNT_KINDS))


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to open; ``opening`` is what was there on ``opened_on``.

    A debt that stands on a credit card or loan is a negative opening balance.
    """

    name: str
    type: AccountType
    opening: Money
    opened_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccountChange:
    """New words for an account; type, kind and currency stay."""

    account_id: int
    version: int
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccountMark:
    """An account as its reader saw it: id and version."""

    account_id: int
    version: int


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as people see it.

    ``balance`` counts every posting that is not void, those of days to come too. One
    that is beyond the plan is ``read_only``: it takes no postings, and can be closed.
    """

    id: int
    name: str
    type: AccountType
    kind: str
    currency: str
    balance: Money
    opened_on: date
    closed_on: date | None
    note: str
    version: int
    read_only: bool = False


@command("account.open", ledger=LedgerRole.EDITOR, uses=("accounts",))
async def open_account(work: Work, new: NewAccount) -> AccountView:
    """Opens an account; its opening balance comes from the opening-balance account.

    Raises:
        InvalidInput: empty or taken name, unknown currency, impossible day or note.
    """
    _check_opening_day(new.opened_on, work.now)
    check_words(new.note, "note")
    name = await _free_name(work, new.name)
    find_current(new.opening.currency)
    account = Account(
        ledger_id=work.ledger_id,
        kind=new.type.kind,
        type=new.type,
        name=name,
        name_folded=fold(name),
        currency=new.opening.currency,
        opened_on=new.opened_on,
        note=without_turns(new.note),
    )
    work.session.add(account)
    await work.session.flush()
    if new.opening.minor:
        await _post_opening(work, account.id, new)
    return await _view(work, account.id)


@command("account.edit", ledger=LedgerRole.EDITOR)
async def edit_account(work: Work, change: AccountChange) -> AccountView:
    """Gives an account another name or note.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: empty or taken name, impossible note.
    """
    account = await _own_account(work, change.account_id)
    rows.check_version(account.version, change.version)
    check_words(change.note, "note")
    account.name = await _free_name(work, change.name, besides=account.id)
    account.name_folded = fold(account.name)
    account.note = without_turns(change.note)
    account.version += 1
    await work.session.flush()
    return await _view(work, account.id)


@command("account.close", ledger=LedgerRole.EDITOR)
async def close_account(work: Work, mark: AccountMark, on: date) -> AccountView:
    """Closes an account that is empty; its history stays.

    Raises:
        StaleVersion: somebody changed it since it was read.
        Conflict: it is closed already, or money is still there.
    """
    account = await _own_account(work, mark.account_id)
    rows.check_version(account.version, mark.version)
    if account.closed_on is not None:
        raise Conflict("This account is already closed.")
    seen = await _view(work, account.id)
    if seen.balance.minor:
        raise Conflict("Only an account with a balance of zero can be closed.")
    account.closed_on = max(on, account.opened_on)
    account.version += 1
    await work.session.flush()
    return await _view(work, account.id)


@command("account.reopen", ledger=LedgerRole.EDITOR, uses=("accounts",))
async def reopen_account(work: Work, mark: AccountMark) -> AccountView:
    """Opens a closed account again.

    Raises:
        StaleVersion: somebody changed it since it was read.
        Conflict: it is not closed.
        InvalidInput: its name was taken meanwhile.
    """
    account = await _own_account(work, mark.account_id)
    rows.check_version(account.version, mark.version)
    if account.closed_on is None:
        raise Conflict("This account is not closed.")
    await _free_name(work, account.name, besides=account.id)
    account.closed_on = None
    account.version += 1
    await work.session.flush()
    return await _view(work, account.id)


@question("account.list", ledger=LedgerRole.VIEWER)
async def list_accounts(work: Work, *, closed: bool = False) -> list[AccountView]:
    """Accounts with their balances, open ones first, by kind and name."""
    query = _VIEWED.where(col(Account.ledger_id) == work.ledger_id)
    if not closed:
        query = query.where(col(Account.closed_on).is_(None))
    found = (await work.session.execute(query)).all()
    surplus = await rows.find_surplus(work)
    views = [_to_view(account, total, surplus) for account, total in found]
    return sorted(views, key=lambda v: (v.closed_on is not None, v.kind, fold(v.name)))


@question("account.find", ledger=LedgerRole.VIEWER)
async def find_account(work: Work, account_id: int) -> AccountView:
    """One account.

    Raises:
        NotFound: it does not exist in this ledger, or is a category.
    """
    return await _view(work, account_id)


async def _view(work: Work, account_id: int) -> AccountView:
    query = _VIEWED.where(
        col(Account.ledger_id) == work.ledger_id, col(Account.id) == account_id
    )
    found = (await work.session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    return _to_view(*found, await rows.find_surplus(work))


def _to_view(account: Account, total: Decimal, surplus: frozenset[int]) -> AccountView:
    currency = account.currency or ""
    return AccountView(
        id=account.id,
        name=account.name,
        type=AccountType(account.type),
        kind=account.kind,
        currency=currency,
        balance=Money(int(total), currency),
        opened_on=account.opened_on,
        closed_on=account.closed_on,
        note=account.note,
        version=account.version,
        read_only=account.id in surplus,
    )


async def _own_account(work: Work, account_id: int) -> Account:
    account = await rows.find(work, Account, account_id)
    if account.kind not in ACCOUNT_KINDS:
        raise NotFound
    return account


async def _free_name(work: Work, name: str, *, besides: int = 0) -> str:
    """The cleaned name, if no other open account has it.

    Accounts are one list for people, so that a name is taken across both kinds.
    """
    clean = " ".join(name.split())
    if not 0 < len(clean) <= MAX_NAME:
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field="name",
            limit=MAX_NAME,
        )
    if not is_showable(clean):
        raise InvalidInput("This text holds an invisible character.", field="name")
    taken = await work.session.scalar(
        select(col(Account.id)).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind).in_(ACCOUNT_KINDS),
            col(Account.name_folded) == fold(clean),
            col(Account.closed_on).is_(None),
            col(Account.id) != besides,
        )
    )
    if taken:
        raise InvalidInput("Another account already has this name.", field="name")
    return clean


def _check_opening_day(day: date, now: datetime) -> None:
    if not FIRST_DAY <= day <= (now + EARLIEST_ZONE).date():
        raise InvalidInput(
            "An account opens between 1900 and today.", field="opened_on"
        )


async def _post_opening(work: Work, account_id: int, new: NewAccount) -> None:
    equity = await rows.equity_account(work, Equity.OPENING)
    parts = (Part(account_id, new.opening), Part(equity, -new.opening))
    entry = Entry(
        on_date=new.opened_on, parts=parts, description=message_id("Opening balance")
    )
    row = await writing.write_transaction(work, entry, equity=frozenset({equity}))
    # It is what the bank says on that day.
    await mark_cleared(work, row.id, account_id)
