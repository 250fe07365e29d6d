"""Accounts: the places where money is, with their opening balances."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, AccountType
from fintrack.core.currency import find_current
from fintrack.core.entries import check_words
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.words import is_showable, without_turns
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import rows
from fintrack.services.ledger.account_days import check_closing_day, check_opening_day
from fintrack.services.ledger.account_rows import (
    AccountView,
    read_account,
    read_accounts,
)
from fintrack.services.ledger.openings import Opening, open_anew, post_opening
from fintrack.services.rules.rulebook import check_rulebook, load_rulebook

MAX_NAME = 80


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
    """New words for an account; type, kind and currency stay.

    ``opening`` is what was there on ``opened_on``, if it was opened with nothing.
    """

    account_id: int
    version: int
    name: str
    note: str = ""
    opening: Money | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class AccountMark:
    """An account as its reader saw it: id and version."""

    account_id: int
    version: int


@command("account.open", ledger=LedgerRole.EDITOR, uses=("accounts",))
async def open_account(work: Work, new: NewAccount) -> AccountView:
    """Opens an account; its opening balance comes from the opening-balance account.

    Raises:
        InvalidInput: empty or taken name, unknown currency, impossible day or note.
    """
    check_opening_day(new.opened_on, work.now)
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
        await post_opening(work, account.id, Opening(new.opened_on, new.opening))
    return await read_account(work, account.id)


@command("account.edit", ledger=LedgerRole.EDITOR)
async def edit_account(work: Work, change: AccountChange) -> AccountView:
    """Gives an account another name or note, or its opening balance later.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: empty or taken name, impossible note, day or currency.
        Conflict: it has an opening balance already, or is closed.
        Reconciled: the opening balance would come into a locked period.
    """
    account = await _own_account(work, change.account_id)
    rows.check_version(account.version, change.version)
    check_words(change.note, "note")
    account.name = await _free_name(work, change.name, besides=account.id)
    account.name_folded = fold(account.name)
    account.note = without_turns(change.note)
    if change.opening is not None or change.opened_on is not None:
        money = change.opening or Money(0, account.currency or "")
        first = change.opened_on or account.opened_on
        await open_anew(work, account, Opening(first, money))
    account.version += 1
    await work.session.flush()
    return await read_account(work, account.id)


@command("account.close", ledger=LedgerRole.EDITOR)
async def close_account(work: Work, mark: AccountMark, on: date) -> AccountView:
    """Closes an account that is empty; its history stays.

    Raises:
        StaleVersion: somebody changed it since it was read.
        Conflict: it is closed already, or money is still there.
        InvalidInput: the day is yet to come, or before what was on the account.
    """
    account = await _own_account(work, mark.account_id)
    rows.check_version(account.version, mark.version)
    if account.closed_on is not None:
        raise Conflict("This account is already closed.")
    seen = await read_account(work, account.id)
    if seen.balance.minor or seen.planned.minor:
        raise Conflict("Only an account with a balance of zero can be closed.")
    await check_closing_day(work, account, on)
    account.closed_on = on
    account.version += 1
    await work.session.flush()
    return await read_account(work, account.id)


@command("account.reopen", ledger=LedgerRole.EDITOR, uses=("accounts",))
async def reopen_account(work: Work, mark: AccountMark) -> AccountView:
    """Opens a closed account again.

    Raises:
        StaleVersion: somebody changed it since it was read.
        Conflict: it is not closed.
        InvalidInput: its name was taken meanwhile, or rules would loop: those that
            send money to it are tried again.
    """
    account = await _own_account(work, mark.account_id)
    rows.check_version(account.version, mark.version)
    if account.closed_on is None:
        raise Conflict("This account is not closed.")
    await _free_name(work, account.name, besides=account.id)
    rules = await load_rulebook(work)
    account.closed_on = None
    account.version += 1
    await work.session.flush()
    await check_rulebook(work, rules)
    return await read_account(work, account.id)


@question("account.list", ledger=LedgerRole.VIEWER)
async def list_accounts(work: Work, *, closed: bool = False) -> list[AccountView]:
    """Accounts with their balances, open ones first, by kind and name."""
    return await read_accounts(work, closed=closed)


@question("account.find", ledger=LedgerRole.VIEWER)
async def find_account(work: Work, account_id: int) -> AccountView:
    """One account.

    Raises:
        NotFound: it does not exist in this ledger, or is a category.
    """
    return await read_account(work, account_id)


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
