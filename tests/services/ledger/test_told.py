from datetime import date, timedelta

from fintrack.services.ledger.told import Arrival, Told, pair_nearest
from tests.books import Books, money
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk, desk, store
from tests.services.imports.statements import as_csv
from tests.services.ledger.two_banks import open_two

__all__ = ["desk", "store"]

DAY = date(2026, 11, 25)


def _arrived(number: int, days: int = 0, minor: int = 100) -> Arrival:
    on_date = DAY + timedelta(days)
    return Arrival(number, number, 7, minor, on_date, is_by_rule=True)


def _told(number: int, days: int = 0, minor: int = 100) -> Told:
    return Told(number, DAY + timedelta(days), minor, None, is_reconciled=False)


def _pairs(arrivals: list[Arrival], told: list[Told]) -> list[tuple[int, int]]:
    found = pair_nearest(arrivals, told)
    return [(pair.arrival.id, pair.told.id) for pair in found]


def test_row_of_the_same_day_goes_before_nearer_claims_of_others() -> None:
    """
    arrived   25 (1), 26 (2)
    told      26 (8), 28 (9)
    """
    arrived, told = [_arrived(1), _arrived(2, 1)], [_told(8, 1), _told(9, 3)]
    assert _pairs(arrived, told) == [(2, 8), (1, 9)]


def test_day_before_goes_first_and_the_fourth_day_is_too_far() -> None:
    told = [_told(7, -4), _told(8, -2), _told(9, 2)]
    assert _pairs([_arrived(n) for n in (1, 2, 3)], told) == [(1, 8), (2, 9)]


def test_other_amounts_and_the_other_direction_are_no_pairs() -> None:
    assert _pairs([_arrived(1)], [_told(8, minor=-100), _told(9, minor=99)]) == []


def test_of_equal_rows_the_first_goes_first() -> None:
    arrived = [_arrived(1), _arrived(2)]
    assert _pairs(arrived, [_told(8), _told(9)]) == [(1, 8), (2, 9)]


async def test_many_equal_rows_of_two_files_are_paired_once_each(
    desk: Desk, books: Books
) -> None:
    bank, visa = await open_two(books)
    received = [("2026-11-26", f"RECEIVED {n}", "1.00") for n in range(400)]
    await desk.bring(visa.id, as_csv(*received))
    await keep(books, new_rule("visa payment", transfer=visa.id))
    paid = [("2026-11-25", f"VISA PAYMENT {n}", "-1.00") for n in range(400)]
    assert (await desk.bring(bank.id, as_csv(*paid))).value.rows_matched == 400
    assert await books.balance(visa.id) == money("400.00 EUR")
