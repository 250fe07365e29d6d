"""Lists over a million transactions: any depth costs the same, words are found fast."""

from dataclasses import replace

from sqlalchemy import text

from bench.conftest import TRANSACTIONS, Seeded, opened
from bench.table import Times, measure, print_table
from fintrack.services.commands import ask
from fintrack.services.ledger.listing import Filter, Position, list_transactions
from tests.books import Books
from tests.conftest import TestServer

MAX_DEPTH_RATIO = 1.3
MAX_WORD_P95 = 25
DEPTHS = (0.25, 0.5, 0.75, 0.99)
# In every row, in a quarter, in few, by first letters, in none.
WORDS = ("shop", "nord", "süd 42", "98", "s", "os", "west 7", "kiosk")


async def test_list_costs_the_same_at_any_depth(
    server: TestServer, one: Seeded
) -> None:
    books = one.people[0]
    (account,) = await _first_account(server, one)
    rows: list[tuple[str, str]] = []
    worst = 0.0
    async with opened(server, one.name):
        for name, wanted in (
            ("all", Filter()),
            ("one account", Filter(account_ids=(account,))),
        ):
            first = await _page(books, wanted, None)
            rows.append((f"{name}: first page p50", f"{first.p50:.1f} ms"))
            for depth in DEPTHS:
                place = await _place(books, depth)
                deep = await _page(books, wanted, place)
                worst = max(worst, deep.p50 / first.p50)
                rows.append((f"{name}: at {depth:.0%} p50", f"{deep.p50:.1f} ms"))
    rows.append(("worst ratio to the first page", f"{worst:.2f} ×"))
    print_table(f"List of one person's {TRANSACTIONS:,} transactions", rows)
    assert worst <= MAX_DEPTH_RATIO


async def test_words_are_found_fast(server: TestServer, many: Seeded) -> None:
    books = many.people[4]
    rows = []
    worst = 0.0
    async with opened(server, many.name):
        for words in WORDS:
            wanted = replace(Filter(), words=words)
            found = await measure(
                lambda wanted=wanted: ask(books.actor, list_transactions, wanted),
                times=20,
            )
            worst = max(worst, found.p95)
            rows.append((f"“{words}” p95", f"{found.p95:.1f} ms"))
    print_table(f"Words in {TRANSACTIONS:,} transactions of 10 people", rows)
    assert worst <= MAX_WORD_P95


async def _page(books: Books, wanted: Filter, place: str | None) -> Times:
    return await measure(
        lambda: ask(books.actor, list_transactions, wanted, after=place), times=30
    )


async def _place(books: Books, depth: float) -> str:
    """The place behind this share of the list."""
    (row,) = await books.rows(
        "SELECT on_date, id FROM transaction WHERE ledger_id = :ledger "
        "ORDER BY on_date DESC, id DESC OFFSET :n LIMIT 1",
        ledger=books.actor.ledger_id,
        n=int(TRANSACTIONS * depth) - 60,
    )
    return Position(row.on_date, row.id).token


async def _first_account(server: TestServer, one: Seeded) -> list[int]:
    async with opened(server, one.name) as home, home.reading() as session:
        found = await session.scalars(
            text("SELECT id FROM account WHERE kind = 'asset' ORDER BY id LIMIT 1")
        )
        return list(found)
