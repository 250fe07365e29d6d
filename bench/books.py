"""Large books, the same ones each time, written by COPY through every trigger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.chart import AccountType
from fintrack.core.folding import fold
from fintrack.services import change_sets
from fintrack.services.bulk import copy_in
from fintrack.services.database import Database
from fintrack.services.ledger import categories
from tests.books import Books, make_person

LAST = date(2026, 11, 18)
DAYS = 5 * 365
CHUNK = 25_000
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
ACCOUNTS = (
    ("Everyday", "EUR", AccountType.CHECKING),
    ("Second", "EUR", AccountType.CHECKING),
    ("Savings", "EUR", AccountType.SAVINGS),
    ("Card", "EUR", AccountType.CREDIT_CARD),
    ("Purse", "EUR", AccountType.CASH),
    ("Depot", "EUR", AccountType.INVESTMENT),
    ("Dollars", "USD", AccountType.CHECKING),
    ("Liras", "TRY", AccountType.CHECKING),
)
PAYEES = [
    f"Shop {name} {n}" for name in ("Nord", "Süd", "Ost", "West") for n in range(99)
]
_TRANSACTIONS = (
    "COPY transaction (version, id, ledger_id, on_date, payee, description, note, "
    "search_text, category_source, created_at) FROM STDIN"
)
_POSTINGS = (
    "COPY posting (ledger_id, transaction_id, on_date, account_id, currency, "
    "amount_minor, memo, position) FROM STDIN"
)
_RESERVE = text(
    "SELECT setval(s.name, nextval(s.name) + :size - 1) - :size + 1 "
    "FROM pg_get_serial_sequence('transaction', 'id') AS s(name)"
)


@dataclass(frozen=True)
class Places:
    """The ids of a seeded ledger."""

    ledger_id: int
    accounts: tuple[tuple[int, str], ...]
    incomes: tuple[int, ...]
    expenses: tuple[int, ...]


Row = tuple[date, str, tuple[tuple[int, str, int], ...]]


async def seed_many(
    database: Database, users: int = 10, transactions: int = 1_000_000
) -> list[Books]:
    """``transactions`` in all, the same number for each of ``users``."""
    found = [
        await make_person(database, f"person{number}@example.org")
        for number in range(users)
    ]
    for seed, books in enumerate(found):
        await _fill(books, transactions // users, seed)
    await _settle(database)
    return found


async def seed_one(database: Database, transactions: int = 1_000_000) -> Books:
    """One person with all of them."""
    return (await seed_many(database, 1, transactions))[0]


async def _fill(books: Books, size: int, seed: int) -> None:
    places = await _open_places(books)
    rows = _rows(places, size, Random(seed))  # noqa: S311 - figures, no secrets
    while chunk := list(islice(rows, CHUNK)):
        await _write(books, places.ledger_id, chunk)


async def _open_places(books: Books) -> Places:
    assert books.actor.ledger_id is not None
    accounts = [
        await books.open(name, f"1000 {code}", kind=kind, on=LAST - timedelta(DAYS))
        for name, code, kind in ACCOUNTS
    ]
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(session, SYSTEM, "bench", NOW, None, None)
        await categories.plant_tree(
            session, books.actor.ledger_id, language="en", today=LAST
        )
    of_kind = "SELECT id FROM account WHERE ledger_id = :ledger AND kind = :kind"
    ids = {
        kind: tuple(
            row.id
            for row in await books.rows(
                of_kind, ledger=books.actor.ledger_id, kind=kind
            )
        )
        for kind in ("income", "expense")
    }
    return Places(
        ledger_id=books.actor.ledger_id,
        accounts=tuple((account.id, account.currency) for account in accounts),
        incomes=ids["income"],
        expenses=ids["expense"],
    )


def _rows(places: Places, size: int, chance: Random) -> Iterator[Row]:
    """Spending, one in ten of it split, income and transfers, in order of days."""
    for number in range(size):
        on_date = LAST - timedelta(DAYS - 1) + timedelta(number * DAYS // size)
        account, code = chance.choice(places.accounts)
        minor = chance.randrange(100, 20_000)
        (kind,) = chance.choices(("spend", "split", "earn", "move"), (80, 8, 7, 5))
        if kind == "spend":
            shares = [(chance.choice(places.expenses), code, minor)]
        elif kind == "split":
            first = chance.randrange(1, minor)
            shares = [
                (chance.choice(places.expenses), code, first),
                (chance.choice(places.expenses), code, minor - first),
            ]
        elif kind == "earn":
            minor = -minor * 12
            shares = [(chance.choice(places.incomes), code, minor)]
        else:
            others = [id_ for id_, other in places.accounts if other == code]
            shares = [(chance.choice(others), code, minor)]
        parts = ((account, code, -minor), *shares)
        yield on_date, chance.choice(PAYEES), parts


async def _write(books: Books, ledger_id: int, chunk: list[Row]) -> None:
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, books.actor, "bench", NOW, None, None
        )
        first = int(
            (await session.execute(_RESERVE, {"size": len(chunk)})).scalar_one()
        )
        rows = list(enumerate(chunk, first))
        transactions = "".join(_transaction(ledger_id, *row) for row in rows)
        await copy_in(session, _TRANSACTIONS, transactions.encode())
        postings = "".join(_postings(ledger_id, *row) for row in rows)
        await copy_in(session, _POSTINGS, postings.encode())


def _transaction(ledger_id: int, id_: int, row: Row) -> str:
    on_date, payee, _ = row
    words = fold(payee)
    return f"1\t{id_}\t{ledger_id}\t{on_date}\t{payee}\t\t\t{words}\tyou\t{NOW}\n"


def _postings(ledger_id: int, id_: int, row: Row) -> str:
    on_date, _, parts = row
    return "".join(
        f"{ledger_id}\t{id_}\t{on_date}\t{account}\t{code}\t{minor}\t\t{position}\n"
        for position, (account, code, minor) in enumerate(parts)
    )


async def _settle(database: Database) -> None:
    """What the relay of the trail and autovacuum do in time."""
    async with database.main.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("UPDATE change_set SET shipped_at = at"))
        await alone.execute(text("VACUUM ANALYZE"))
