"""What moved in other currencies, by day; and the same in one currency."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from fintrack.core.actor import LedgerRole
from fintrack.core.exchange import Rate, UnknownRate
from fintrack.services.commands import Work, ask, question
from fintrack.services.dashboard.moves import (
    Foreign,
    Move,
    convert_moves,
    in_order,
    moves_on,
    read_foreign,
)
from fintrack.services.dashboard.sums import Span
from fintrack.services.rates.dated import DatedRates
from fintrack.services.rates.lookup import Known, RateView
from tests.books import Books
from tests.services.dashboard.drawn import FIRST, LAST, draw_books

DAY = date(2026, 11, 18)
_BY_DAY = (
    "SELECT account_id, currency, on_date, sum(amount_minor) AS minor FROM posting "
    "WHERE ledger_id = :ledger AND currency <> 'EUR' AND voided_at IS NULL "
    "AND on_date >= :first AND on_date < :past GROUP BY 1, 2, 3"
)


@question("test.read_foreign", ledger=LedgerRole.VIEWER)
async def _foreign(work: Work, span: Span) -> Foreign:
    return await read_foreign(work, "EUR", span)


async def test_foreign_moves_are_those_of_the_postings(books: Books) -> None:
    await draw_books(books, 8)
    spans = [
        Span(FIRST, LAST + timedelta(1)),
        Span(date(2026, 3, 1), date(2026, 4, 1)),
        Span(date(2026, 2, 28), date(2026, 5, 2)),
        Span(date(2026, 3, 5), date(2026, 3, 5)),
    ]
    for span in spans:
        found = (await ask(books.actor, _foreign, span)).moves
        rows = await books.rows(
            _BY_DAY, ledger=books.actor.ledger_id, first=span.start, past=span.end
        )
        expected = {Move(r.account_id, r.currency, r.on_date, r.minor) for r in rows}
        assert {*found} == expected
        assert len(found) == len(expected)


def test_moves_are_converted_exactly_and_the_rest_stays() -> None:
    rate = RateView(Rate("USD", "EUR", Decimal("0.333"), DAY), Known.DIRECT, (), None)
    rates = DatedRates(
        "EUR", {("USD", DAY): rate, ("TRY", DAY): UnknownRate("TRY", "EUR", DAY)}
    )
    moves = moves_on(DAY, {(1, "USD"): 1, (1, "EUR"): 5, (2, "TRY"): 7})
    found = convert_moves([*moves, Move(2, "TRY", DAY, 3)], rates)
    assert found.sums == {(1, "EUR"): Fraction(5333, 1000)}
    assert found.rest == {(2, "TRY"): 10}


def test_moves_of_a_span_begin_with_its_first_day_and_end_before_its_end() -> None:
    days = [DAY - timedelta(number) for number in (1, 0, 3, 2, 2)]
    foreign = in_order(Move(1, "USD", on, 5) for on in days)
    within = foreign.within(Span(DAY - timedelta(2), DAY))
    assert [move.on_date for move in within] == sorted(days)[1:4]
    assert foreign.within(Span(None, DAY + timedelta(1))) == foreign.moves
    assert foreign.within(Span(DAY, DAY)) == []
