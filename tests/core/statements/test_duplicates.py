"""The same row is recognised again, and no other row for it."""

from datetime import date

from fintrack.core.statements.duplicates import dedupe_key
from fintrack.core.statements.rows import StatementRow

COFFEE = StatementRow(
    2, ("a",), date(2026, 1, 5), -320, "GBP", "Corner Café", "coffee to go"
)


def test_row_is_recognised_in_a_file_cut_differently() -> None:
    again = COFFEE._replace(number=40, raw=(), payee="CORNER  CAFÉ", balance_minor=5)
    assert dedupe_key(again) == dedupe_key(COFFEE)


def test_every_part_that_tells_rows_apart_changes_the_key() -> None:
    others = [
        COFFEE._replace(on_date=date(2026, 1, 6)),
        COFFEE._replace(amount_minor=320),
        COFFEE._replace(currency="EUR"),
        COFFEE._replace(payee="Other"),
        COFFEE._replace(description="tea"),
        COFFEE._replace(reference="7"),
    ]
    assert len({dedupe_key(row) for row in [COFFEE, *others]}) == 7


def test_key_is_the_same_in_every_process() -> None:
    assert dedupe_key(COFFEE) == "40c41fa2fcfaa6c4b48885ade484fd89"


def test_bank_id_names_a_row_whatever_its_text() -> None:
    one = COFFEE._replace(bank_id="f1")
    assert dedupe_key(one) == dedupe_key(one._replace(payee="written anew"))
    assert dedupe_key(one) != dedupe_key(one._replace(bank_id="f2"))


def test_bank_that_numbers_each_file_from_one_loses_no_row() -> None:
    one = COFFEE._replace(bank_id="1")
    assert dedupe_key(one) != dedupe_key(one._replace(amount_minor=-1))
    assert dedupe_key(one) != dedupe_key(one._replace(on_date=date(2027, 1, 1)))
