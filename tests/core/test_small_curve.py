"""The path of a small curve."""

from decimal import Decimal

import pytest

from fintrack.core.small_curve import path_of


@pytest.mark.parametrize(
    ("values", "path"),
    [
        (("1", "2", "3"), "M2.0 22.0L36.0 12.0L70.0 2.0"),
        (("3", None, "1"), "M2.0 2.0L70.0 22.0"),
        (("5", "5"), "M2.0 12.0L70.0 12.0"),
        (("5",), ""),
        ((None, "5", None), ""),
        ((), ""),
    ],
)
def test_path_fills_its_box(values: tuple[str | None, ...], path: str) -> None:
    known = [None if value is None else Decimal(value) for value in values]
    assert path_of(known) == path
