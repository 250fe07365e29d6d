"""What is new, what was there, what needs a look, and what a person may turn round."""

from datetime import date

import pytest

from fintrack.core.errors import Problem
from fintrack.core.statements.rows import DoubtfulRow, SkippedRow, StatementRow
from fintrack.services.imports.judging import (
    LATE,
    Books,
    Judge,
    Known,
    Status,
    Verdict,
    books_of,
    question_of,
)
from fintrack.services.imports.parsing import ParsedRow
from fintrack.services.imports.twins import Twin

DAY = date(2026, 2, 3)
KEY, OTHER_KEY = f"{1:032x}", f"{2:032x}"
ROW = StatementRow(5, ("raw",), DAY, -250, "EUR", "Café")
NOTHING = Books(frozenset(), {})


def _judge(
    row: StatementRow | DoubtfulRow | SkippedRow,
    books: Books = NOTHING,
    chosen: dict[int, bool] | None = None,
) -> Verdict:
    (verdict,) = _judge_all([ParsedRow(row, KEY)], books, chosen)
    return verdict


def _judge_all(
    rows: list[ParsedRow],
    books: Books,
    chosen: dict[int, bool] | None = None,
    elsewhere: str = "",
) -> list[Verdict]:
    """``elsewhere`` is the key of a row in another batch."""
    return Judge("EUR", chosen or {}, elsewhere.__eq__).judge(rows, books)


def test_new_row_is_taken_unless_a_person_skips_it() -> None:
    assert _judge(ROW) == Verdict(Status.NEW, taken=True, choosable=True)
    assert not _judge(ROW, chosen={5: False}).taken


def test_known_row_is_skipped_unless_a_person_keeps_it() -> None:
    books = Books(frozenset({KEY}), {})
    verdict = _judge(ROW, books)
    assert (verdict.status, verdict.taken) == (Status.DUPLICATE, False)
    assert "before" in verdict.reasons[0].message
    assert _judge(ROW, books, {5: True}).taken


def test_row_that_became_known_after_its_file_was_chosen_cannot_be_kept() -> None:
    verdict = _judge(ROW, Books(frozenset({KEY}), {}, frozenset({KEY})), {5: True})
    assert verdict == Verdict(Status.DUPLICATE, taken=False, reasons=(LATE,))


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 2, 6)])
def test_row_that_looks_like_a_hand_entered_one_is_skipped(day: date) -> None:
    verdict = _judge(ROW, Books(frozenset(), {-250: [Twin(9, 90, day)]}))
    assert (verdict.status, verdict.taken) == (Status.DOUBTFUL, False)
    assert dict(verdict.reasons[0].values) == {"day": day}


def test_four_days_away_is_another_transaction() -> None:
    books = Books(frozenset(), {-250: [Twin(9, 90, date(2026, 2, 7))]})
    assert _judge(ROW, books).status is Status.NEW


def test_one_hand_entered_coffee_answers_for_one_of_two() -> None:
    books = Books(
        frozenset(), {-250: [Twin(8, 80, date(2026, 2, 1)), Twin(9, 90, DAY)]}
    )
    rows = [ParsedRow(ROW._replace(number=n), f"{n:032x}") for n in (1, 2, 3)]
    verdicts = _judge_all(rows, books)
    assert [verdict.taken for verdict in verdicts] == [False, False, True]
    assert dict(verdicts[0].reasons[0].values)["day"] == date(2026, 2, 3)


def test_each_posting_of_a_transaction_answers_for_a_row() -> None:
    books = Books(frozenset(), {-250: [Twin(9, 90, DAY)], -100: [Twin(9, 91, DAY)]})
    other = ROW._replace(number=6, amount_minor=-100)
    rows = [ParsedRow(ROW, KEY), ParsedRow(other, OTHER_KEY)]
    verdicts = _judge_all(rows, books)
    assert [verdict.taken for verdict in verdicts] == [False, False]


def test_other_currency_is_skipped_with_its_reason_and_cannot_be_kept() -> None:
    verdict = _judge(ROW._replace(currency="GBP"), chosen={5: True})
    assert verdict[:3] == (Status.SKIPPED, False, False)
    assert dict(verdict.reasons[0].values) == {"value": "GBP", "currency": "EUR"}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1)])
def test_impossible_day_cannot_be_kept(day: date) -> None:
    verdict = _judge(ROW._replace(on_date=day), chosen={5: True})
    assert verdict[:3] == (Status.DOUBTFUL, False, False)


def test_what_is_not_understood_cannot_be_kept() -> None:
    problem = Problem("“{value}” is not a date.", "date", (("value", "x"),))
    doubtful = DoubtfulRow(5, (), (problem,))
    understood = Verdict(Status.DOUBTFUL, taken=False, reasons=(problem,))
    assert _judge(doubtful, chosen={5: True}) == understood
    skipped = SkippedRow(5, (), problem)
    assert _judge(skipped, chosen={5: True})[:3] == (Status.SKIPPED, False, False)


def test_remark_is_shown_and_stops_nothing() -> None:
    remark = Problem("Some characters could not be read.", "description")
    verdict = _judge(ROW._replace(problems=(remark,)))
    assert verdict[:4] == (Status.DOUBTFUL, True, True, (remark,))


def test_long_text_is_said_to_be_cut() -> None:
    verdict = _judge(ROW._replace(description="x" * 501))
    assert verdict[:2] == (Status.DOUBTFUL, True)


def test_question_names_keys_amounts_and_days() -> None:
    other = ROW._replace(number=6, on_date=date(2026, 2, 9))
    skipped = SkippedRow(7, (), Problem("empty"))
    rows = [ParsedRow(ROW, KEY), ParsedRow(other, OTHER_KEY), ParsedRow(skipped)]
    keys = f"{KEY},{OTHER_KEY}"
    assert question_of(rows) == (keys, "-250,-250", DAY, date(2026, 2, 9))
    assert question_of([ParsedRow(skipped)]) is None


def test_answer_is_made_ready_for_the_judge() -> None:
    known = Known(f"{KEY},{OTHER_KEY}", ((-250, Twin(9, 90, DAY)),), OTHER_KEY)
    keys, twins, late = books_of(known)
    assert (keys, late) == ({KEY, OTHER_KEY}, {OTHER_KEY})
    assert twins == {-250: [Twin(9, 90, DAY)]}
    assert books_of(Known()) == NOTHING


def test_known_bank_id_is_said() -> None:
    verdict = _judge(ROW._replace(bank_id="f1"), Books(frozenset({KEY}), {}))
    assert verdict.status is Status.DUPLICATE
    assert dict(verdict.reasons[0].values) == {"id": "f1"}


@pytest.mark.parametrize("key", [OTHER_KEY, ""])
def test_same_day_amount_and_payee_is_a_duplicate(key: str) -> None:
    twin = Twin(9, 90, DAY, "CAFE", key)
    verdict = _judge(ROW, Books(frozenset(), {-250: [twin]}))
    assert (verdict.status, verdict.taken) == (Status.DUPLICATE, False)
    assert "amount and payee" in verdict.reasons[0].message
    kept = _judge(ROW, Books(frozenset(), {-250: [twin]}), {5: True})
    assert kept.taken


def test_row_of_another_file_looks_alike_on_the_same_day_only() -> None:
    def judged(day: date) -> Status:
        twin = Twin(9, 90, day, "Other name", key=OTHER_KEY)
        return _judge(ROW, Books(frozenset(), {-250: [twin]})).status

    assert judged(DAY) is Status.DOUBTFUL
    assert judged(date(2026, 2, 4)) is Status.NEW


def test_what_a_row_of_another_batch_brought_is_no_twin() -> None:
    books = Books(frozenset(), {-250: [Twin(9, 90, DAY, "Café", OTHER_KEY)]})
    rows = [ParsedRow(ROW, KEY)]
    assert _judge_all(rows, books)[0].status is Status.DUPLICATE
    assert _judge_all(rows, books, elsewhere=OTHER_KEY)[0].status is Status.NEW


def test_other_leg_of_a_transfer_looks_alike_for_days_as_what_was_entered() -> None:
    def judged(day: date) -> Verdict:
        twin = Twin(9, 90, day, "Visa payment", key=OTHER_KEY, is_other_leg=True)
        return _judge(ROW, Books(frozenset(), {-250: [twin]}))

    assert judged(date(2026, 2, 6))[:2] == (Status.DOUBTFUL, False)
    assert judged(date(2026, 2, 7)).status is Status.NEW


def test_twin_of_the_same_name_answers_before_another_of_its_day() -> None:
    twins = [Twin(8, 80, DAY, "Other"), Twin(9, 90, DAY, "Café")]
    assert _judge(ROW, Books(frozenset(), {-250: twins})).status is Status.DUPLICATE


@pytest.mark.parametrize("name", ["Café", "Another"])
def test_row_that_is_left_out_for_its_twin_says_that_the_bank_has_that_posting(
    name: str,
) -> None:
    books = Books(frozenset(), {-250: [Twin(9, 70, DAY, name, is_uncleared=True)]})
    assert _judge(ROW, books).clears == 70
    assert _judge(ROW, books, {5: True}).clears == 0
    assert _judge(ROW, Books(frozenset({KEY}), books.twins)).clears == 0
