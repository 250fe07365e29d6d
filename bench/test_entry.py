"""What the entry line suggests while somebody types, in a book of 100,000."""

from bench.books import seed_one
from bench.conftest import opened
from bench.table import measure, print_table
from fintrack.services.commands import ask
from fintrack.services.ledger.payees import recall_payee, suggest_payees
from tests.conftest import TestServer

SIZE = 100_000
MAX_P95 = 20
BEGINNINGS = ("", "s", "ki", "nord", "none at all")


async def test_suggestions_come_while_one_types(server: TestServer) -> None:
    name = "seeded_entry"
    server.execute(f"CREATE DATABASE {name} TEMPLATE template_main STRATEGY file_copy")
    rows, worst = [], 0.0
    async with opened(server, name) as home:
        books = await seed_one(home, SIZE)
        (known, *_) = await ask(books.actor, suggest_payees)
        for words in BEGINNINGS:
            found = await measure(
                lambda words=words: ask(books.actor, suggest_payees, words), times=40
            )
            rows.append((f"payees with “{words}” p95", f"{found.p95:.1f} ms"))
            worst = max(worst, found.p95)
        found = await measure(lambda: ask(books.actor, recall_payee, known), times=40)
        rows.append((f"memory of “{known}” p95", f"{found.p95:.1f} ms"))
        worst = max(worst, found.p95)
    rows.append(("the slowest (at most 20 ms)", f"{worst:.1f} ms"))
    print_table(f"Entry line over {SIZE:,} transactions", rows)
    assert worst <= MAX_P95
