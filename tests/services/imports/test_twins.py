"""Of rows and what the books hold already the likeliest pairs are made first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.statements.rows import StatementRow
from fintrack.services.imports.twins import LOOKS_ALIKE_DAYS, Matching, Twin

DAY = date(2026, 3, 5)
KEY = f"{1:032x}"
BAKERY, REWE, LIDL = "Bakery", "Rewe", "Lidl"


def _row(number: int, payee: str, days: int = 0) -> StatementRow:
    return StatementRow(number, (), DAY + timedelta(days), -10, "EUR", payee)


def _twin(id_: int, name: str, days: int = 0, key: str = "") -> Twin:
    day = DAY + timedelta(days)
    return Twin(id_, id_ * 10, day, name, key)


def _find(
    row: StatementRow, twin: Twin, spent: int = 0, told: str = "other"
) -> dict[int, Twin]:
    return Matching({-10: [twin]}, {spent}, told.__eq__).find([row])


def _pairs(rows: list[StatementRow], *twins: Twin) -> dict[int, int]:
    found = Matching({-10: twins}, set(), "other".__eq__).find(rows)
    return {number: twin.transaction_id for number, twin in found.items()}


def test_row_of_another_day_does_not_take_what_an_equal_one_tells() -> None:
    rows = [_row(1, BAKERY, 3), _row(2, REWE)]
    assert _pairs(rows, _twin(7, REWE)) == {2: 7}


def test_the_same_name_goes_first_on_a_day_and_the_nearest_day_before_it() -> None:
    rows = [_row(1, BAKERY), _row(2, REWE), _row(3, LIDL, 1)]
    twins = _twin(7, REWE), _twin(8, LIDL), _twin(9, BAKERY, 2)
    assert _pairs(rows, *twins) == {2: 7, 1: 8, 3: 9}


def test_what_the_account_s_own_file_told_is_of_its_day_only() -> None:
    near, same = _row(1, REWE, 1), _row(2, REWE)
    assert _pairs([near], _twin(7, REWE, key=KEY)) == {}
    assert _pairs([near, same], _twin(7, REWE, key=KEY)) == {2: 7}


def test_other_words_in_a_file_of_the_same_format_are_the_same_row() -> None:
    told = _twin(7, REWE)._replace(key=KEY, is_of_same_source=True)
    assert _pairs([_row(1, REWE)], told) == {1: 7}
    row = _row(1, REWE)
    numbered = row._replace(bank_id="A2"), row._replace(reference="A2")
    for other in (*numbered, _row(1, LIDL), _row(1, REWE, 1), _row(1, "")):
        assert _pairs([other], told) == {}


def test_equal_ones_are_given_out_in_their_order() -> None:
    rows = [_row(1, REWE), _row(2, REWE), _row(3, REWE)]
    assert _pairs(rows, _twin(7, REWE), _twin(8, REWE)) == {1: 7, 2: 8}


def test_another_amount_a_spent_one_and_what_the_file_itself_brought_are_none() -> None:
    row, twin = _row(1, REWE), _twin(7, REWE, key=KEY)
    assert _find(row, twin) == {1: twin}
    assert _find(row._replace(amount_minor=-11), twin) == {}
    assert _find(row, twin, spent=70) == {}
    assert _find(row, twin, told=KEY) == {}


SMALL = st.integers(-5, 5)
NAMES = st.sampled_from([BAKERY, REWE])


@given(st.lists(st.tuples(NAMES, SMALL)), st.lists(st.tuples(NAMES, SMALL)))
def test_each_is_given_once_within_the_days_and_no_equal_pair_is_left(
    told: list[tuple[str, int]], held: list[tuple[str, int]]
) -> None:
    rows = [_row(number, *one) for number, one in enumerate(told, 1)]
    twins = [_twin(number, *one) for number, one in enumerate(held, 1)]
    pairs = _pairs(rows, *twins)
    assert len(set(pairs.values())) == len(pairs)
    for number, twin in pairs.items():
        assert abs(told[number - 1][1] - held[twin - 1][1]) <= LOOKS_ALIKE_DAYS
    rest = [one for number, one in enumerate(told, 1) if number not in pairs]
    free = [one for id_, one in enumerate(held, 1) if id_ not in pairs.values()]
    assert not set(rest) & set(free)
