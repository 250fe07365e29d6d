"""A rule applied to 10,000 transactions, beside the same change written bare."""

import time

from sqlalchemy import text

from bench.seeding import statement
from bench.test_import import show, timed, vacuum
from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from fintrack.services import change_sets
from fintrack.services.applying.applying import apply_rule
from fintrack.services.applying.previewing import Sketch, preview_rule
from fintrack.services.commands import ask, perform
from fintrack.services.rules.keeping import RuleMark, add_rule
from fintrack.services.rules.rule_rows import NewRule
from tests.books import Books
from tests.services.imports.conftest import Desk

ROWS = 10_000
MAX_SECONDS = 5
_BARE = (
    text(
        "UPDATE posting p SET account_id = :category FROM account a "
        "WHERE a.id = p.account_id AND a.type = 'uncategorised'"
    ),
    text("UPDATE transaction SET payee = payee || ' ', version = version + 1"),
)


async def bare_update(books: Books, category: int) -> float:
    """Seconds for two statements over the same rows through all triggers."""
    began = time.perf_counter()
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        await change_sets.open_change_set(
            session, books.actor, "bench.update", now, None, None
        )
        for sql in _BARE:
            values = {"category": category} if ":category" in str(sql) else {}
            await session.execute(sql, values)
    return time.perf_counter() - began


async def test_rule_is_applied_to_ten_thousand(books: Books, desk: Desk) -> None:
    bank, food = await books.open("Bank"), await books.category("Food")
    await desk.bring(bank.id, statement(ROWS))
    await vacuum(books)
    condition = Condition(Field.TEXT, Comparison.PATTERN, "*card*booking*you*")
    new = NewRule((condition,), Actions((Share(food),), note="n"), tags=("bench",))
    seen, preview_s = await timed(ask(books.actor, preview_rule, Sketch(new)))
    kept = (await perform(books.actor, add_rule, new)).value
    mark = RuleMark(kept.rule.id, kept.version)
    done, apply_s = await timed(perform(books.actor, apply_rule, mark))
    _, undo_s = await timed(books.undo(done.change_id))
    await vacuum(books)
    bare_s = await bare_update(books, food)

    assert done.value.changed == seen.count == ROWS
    show(
        [
            (f"rule applied to {ROWS:,} transactions", apply_s, "s", MAX_SECONDS),
            ("the same rows updated bare", bare_s, "s"),
            ("ratio", apply_s / bare_s, ""),
            ("its preview", preview_s, "s"),
            ("taken back", undo_s, "s"),
        ]
    )
    assert apply_s <= MAX_SECONDS
