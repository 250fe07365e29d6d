"""What the trail costs a command: the same one in a database without its triggers."""

from collections.abc import Awaitable, Callable
from datetime import date

from sqlalchemy import text

from bench.conftest import opened
from bench.table import measure_in_turns, print_table
from fintrack.core.entries import Entry, pay
from fintrack.services import database
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.ledger.transactions import record_transaction
from tests.books import make_person, money
from tests.conftest import TestServer

MIN_SHARE = 0.75
RUNS = 300
_TRIGGERS = text(
    "SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger "
    "WHERE tgname LIKE 'trail\\_%'"
)


async def test_trail_costs_a_command_little(server: TestServer) -> None:
    names = [server.clone("template_main") for _ in range(2)]
    async with opened(server, names[0]) as kept, opened(server, names[1]) as bare:
        dropped = await _drop_trail(bare)
        runs = [await _recording(home) for home in (kept, bare)]
        with_trail, without = await measure_in_turns(*runs, times=RUNS, warm=30)
    for name in names:
        server.drop(name)
    share = without.p50 / with_trail.p50
    print_table(
        "Recording a transaction",
        [
            ("with the trail, p50", f"{with_trail.p50:.2f} ms"),
            (f"without its {dropped} triggers, p50", f"{without.p50:.2f} ms"),
            ("speed kept (at least 0.75)", f"{share:.2f}"),
        ],
    )
    assert share >= MIN_SHARE


async def _drop_trail(home: Database) -> int:
    async with home.unit_of_work() as session:
        statements = list(await session.scalars(_TRIGGERS))
        for statement in statements:
            await session.execute(text(statement))
    return len(statements)


async def _recording(home: Database) -> Callable[[], Awaitable[None]]:
    database.install(home)
    books = await make_person(home, "ada@example.org")
    cash = await books.open("Cash", "1000 EUR")
    food = await books.category("Food")
    spent = money("4.20 EUR")
    parts = pay(cash.id, -spent, ((food, spent),))
    entry = Entry(on_date=date(2026, 3, 5), parts=parts, payee="Kornblume")

    async def record() -> None:
        database.install(home)
        await perform(books.actor, record_transaction, entry)

    return record
