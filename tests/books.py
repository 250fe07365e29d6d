"""Arranges a ledger for tests the way a person would: through the verbs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Actor, LedgerRole, Role
from fintrack.core.chart import AccountType
from fintrack.core.entries import Entry, Part, pay
from fintrack.core.money import Money
from fintrack.services import change_sets, checks, ledgers
from fintrack.services.changes import ChangeView, undo_change
from fintrack.services.checks import Finding
from fintrack.services.commands import Done, ask, perform
from fintrack.services.database import Database
from fintrack.services.ledger import accounts, categories, reading, transactions

START = date(2026, 1, 1)
_SNAPSHOT = (
    "account",
    "attachment",
    "consent",
    "import_batch",
    "import_mapping",
    "ledger",
    "membership",
    "own_rate",
    "person",
    "posting",
    "reconciliation",
    "rule",
    "rule_condition",
    "rule_share",
    "rule_tag",
    "tag",
    "template",
    "template_share",
    "template_tag",
    "recurring_dismissal",
    "recurring_item",
    "recurring_occurrence",
    "transaction",
    "transaction_tag",
    "transfer_match",
    "balance_month",
)


_IMAGES = (
    " UNION ALL ".join(
        f"SELECT '{table}' AS name, (to_jsonb({table}) - 'version')::text AS image "  # noqa: S608 - constants only
        f"FROM {table}"
        for table in _SNAPSHOT
    )
    + " ORDER BY 1, 2"
)


def money(words: str) -> Money:
    """``money("12.50 EUR")``."""
    amount, currency = words.split()
    return Money.from_decimal(Decimal(amount), currency)


@dataclass(frozen=True)
class Books:
    """A person with a ledger, and short names for what they do with it."""

    home: Database
    actor: Actor

    async def open(
        self,
        name: str,
        opening: str = "0 EUR",
        *,
        kind: AccountType = AccountType.CHECKING,
        on: date = START,
    ) -> accounts.AccountView:
        new = accounts.NewAccount(name, kind, money(opening), on)
        return (await perform(self.actor, accounts.open_account, new)).value

    async def category(self, name: str, kind: str = "expense") -> int:
        new = categories.NewCategory(name=name, kind=categories.Kind(kind))
        return (await perform(self.actor, categories.add_category, new)).value.id

    async def spend(
        self, account_id: int, category_id: int, amount: str, on: date, payee: str = ""
    ) -> Done[reading.TransactionView]:
        """``amount`` leaves the account for the category."""
        spent = money(amount)
        parts = pay(account_id, -spent, ((category_id, spent),))
        return await self.record(Entry(on_date=on, parts=parts, payee=payee))

    async def record(self, entry: Entry) -> Done[reading.TransactionView]:
        return await perform(self.actor, transactions.record_transaction, entry)

    async def move(
        self, transaction_id: int, on: date
    ) -> Done[reading.TransactionView]:
        """The same on another day."""
        seen = await ask(self.actor, reading.find_transaction, transaction_id)
        parts = tuple(Part(p.account_id, p.money) for p in seen.postings)
        entry = Entry(on, parts, description=seen.description)
        change = transactions.TransactionChange(seen.id, seen.version, entry)
        return await perform(self.actor, transactions.edit_transaction, change)

    async def balance(self, account_id: int) -> Money:
        """All that is on the account, with what days to come bring."""
        found = await ask(self.actor, accounts.find_account, account_id)
        return found.balance + found.planned

    async def undo(self, change_id: int) -> ChangeView:
        return (await perform(self.actor, undo_change, change_id)).value

    async def findings(self) -> list[Finding]:
        return await ask(SYSTEM, checks.check_books)

    async def rows(self, query: str, **values: object) -> list[Any]:
        async with self.home.reading() as session:
            return list((await session.execute(text(query), values)).all())

    async def snapshot(self) -> dict[str, list[str]]:
        """Every tracked row and roll-up, without versions, for comparing."""
        found = await self.rows(_IMAGES)
        return {
            table: [row.image for row in found if row.name == table]
            for table in _SNAPSHOT
        }


async def make_person(
    home: Database, email: str, role: Role = Role.USER, *, last_name: str = ""
) -> Books:
    """A person with a ledger, written without sign-in or setup."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    async with home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, SYSTEM, "test.person", now, None, None
        )
        person_id = await session.scalar(
            text(
                "INSERT INTO person (version, email, email_folded, first_name, "
                "last_name, password_hash, role, language, time_zone, appearance, "
                "week_starts_on, month_starts_on, created_at) VALUES (1, :email, "
                ":email, 'Ada', :last_name, 'secret-hash', :role, 'en', 'UTC', "
                "'', 0, 1, :now) RETURNING id"
            ),
            {"email": email, "role": role, "now": now, "last_name": last_name},
        )
        assert isinstance(person_id, int)
        ledger_id = await ledgers.create_ledger(
            session, person_id, "Home", base_currency="EUR", now=now, today=START
        )
    return Books(home, Actor(person_id, role, ledger_id, LedgerRole.OWNER))
