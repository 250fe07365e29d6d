"""Sums over spans equal those of the postings, wherever the edges lie."""

from datetime import date, timedelta
from random import Random

import pytest

from fintrack.services.commands import Work
from fintrack.services.dashboard.sums import Span, Sums, read_sums
from tests.books import Books, money
from tests.services.dashboard.drawn import FIRST, LAST, draw_books

_BY_POSTINGS = (
    "SELECT account_id, currency, sum(amount_minor) AS minor FROM posting "
    "WHERE ledger_id = :ledger AND voided_at IS NULL AND on_date < :past "
    "AND on_date >= :first GROUP BY 1, 2 HAVING sum(amount_minor) <> 0"
)


async def _sums(books: Books, spans: list[Span]) -> list[Sums]:
    async with books.home.reading() as session:
        return await read_sums(Work(session, books.actor, books.home.clock()), spans)


def _spans(seed: int) -> list[Span]:
    """Inside a month, over months, from the beginning, and at their edges."""
    chance = Random(seed)  # noqa: S311 - books to compare, no secrets
    spans = [
        Span(None, date(2026, 3, 1)),
        Span(None, date(2026, 3, 16)),
        Span(date(2026, 3, 1), date(2026, 4, 1)),
        Span(date(2026, 3, 20), date(2026, 3, 25)),
        Span(date(2026, 3, 5), date(2026, 3, 25)),
        Span(date(2026, 2, 28), date(2026, 3, 1)),
        Span(date(2026, 3, 9), date(2026, 3, 9)),
    ]
    for _ in range(40):
        start = FIRST + timedelta(chance.randrange(-40, 400))
        spans.append(Span(start, start + timedelta(chance.randrange(1, 120))))
    return spans


@pytest.mark.parametrize("seed", [1, 2])
async def test_sums_of_any_span_are_those_of_its_postings(
    books: Books, stranger: Books, seed: int
) -> None:
    await draw_books(books, seed)
    await stranger.open("Bank", "1000 EUR", on=LAST)
    spans = _spans(seed)
    found = await _sums(books, spans)
    for span, sums in zip(spans, found, strict=True):
        rows = await books.rows(
            _BY_POSTINGS,
            ledger=books.actor.ledger_id,
            first=span.start or date.min,
            past=span.end,
        )
        assert sums == {(r.account_id, r.currency): int(r.minor) for r in rows}, span


async def test_category_in_two_currencies_has_two_sums(books: Books) -> None:
    """
    2026-03-05  Bank     -10.00 EUR   Food
    2026-03-05  Dollars   -7.00 USD   Food
    """
    bank, dollars = await books.open("Bank"), await books.open("Dollars", "0 USD")
    food, day = await books.category("Food"), date(2026, 3, 5)
    await books.spend(bank.id, food, "10 EUR", day)
    await books.spend(dollars.id, food, "7 USD", day)
    (sums,) = await _sums(books, [Span(day, day + timedelta(1))])
    assert sums[food, "EUR"] == money("10 EUR").minor
    assert sums[food, "USD"] == money("7 USD").minor
