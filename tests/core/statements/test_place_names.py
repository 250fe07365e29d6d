"""A category is found by its path, or by a name that no other one has."""

import pytest

from fintrack.core.chart import Kind
from fintrack.core.statements.place_names import (
    Leaf,
    account_name,
    category_name,
    chart_of,
)

CHART = chart_of(
    [
        Leaf(1, Kind.EXPENSE, "Food", None, None),
        Leaf(2, Kind.EXPENSE, "Groceries", 1, None),
        Leaf(3, Kind.EXPENSE, "Gifts", None, None),
        Leaf(4, Kind.INCOME, "Gifts", None, None),
        Leaf(5, Kind.EXPENSE, "Other", 1, None),
        Leaf(6, Kind.EXPENSE, "Other", 3, None),
        Leaf(7, Kind.ASSET, "Café", None, "EUR"),
        Leaf(8, Kind.EQUITY, "Opening", None, None),
    ]
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("food", 1),
        ("Food : groceries", 2),
        ("Groceries", 2),
        ("Groceries:Food", None),
        ("Other", None),
        ("Gifts:Other", 6),
        ("Opening", None),
        ("Café", None),
        ("", None),
    ],
)
def test_category_is_found_by_its_path(path: str, found: int | None) -> None:
    assert CHART.find(category_name(path), "EUR", -1) == found


def test_of_two_categories_of_a_name_the_sign_says_which() -> None:
    found = [CHART.find(category_name("gifts"), "EUR", minor) for minor in (-1, 1)]
    assert found == [3, 4]


def test_account_is_found_in_its_currency() -> None:
    found = [CHART.find(account_name("cafe"), code, 1) for code in ("EUR", "USD")]
    assert found == [7, None]


def test_name_is_shown_as_the_books_can_keep_it() -> None:
    assert str(category_name("Fo\0od: \x07Bar ")) == "Fo\ufffdod:Bar"
