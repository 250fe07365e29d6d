"""MT940 gives its transactions with the day on which they were booked."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.entries import Item
from fintrack.core.statements.mt940 import parse_mt940
from tests.core.statements.items import asides, entries, stated

HEAD = ":20:X\n:25:A\n:60F:C260101EUR10,00\n"
END = ":62F:D260131EUR5,\n-\n"


def _parse(text: str) -> list[Item]:
    return list(parse_mt940(opener_of(text.encode()), "utf-8-sig"))


@pytest.mark.parametrize(
    ("line", "day", "amount", "is_out"),
    [
        ("2601021231D9,00NMSCNONREF", "2025-12-31", "9,00", True),
        ("2512310102C9,00NMSCNONREF", "2026-01-02", "9,00", False),
        ("260102CR9,NMSCNONREF", "2026-01-02", "9", False),
        ("2601020102RC9,5NMSC", "2026-01-02", "9,5", True),
        ("2601020102RD1.234,50", "2026-01-02", "1.234,50", False),
    ],
)
def test_line_tells_day_and_direction(
    line: str, day: str, amount: str, *, is_out: bool
) -> None:
    (entry,) = entries(_parse(f"{HEAD}:61:{line}\n{END}"))
    assert (entry.day, entry.amount, entry.is_out) == (day, amount, is_out)


def test_bank_reference_is_the_bank_id_and_nonref_is_none() -> None:
    lines = ":61:260102D1,00NMSCmine//B7\n:61:260102D1,00NMSCNONREF\n"
    one, two = entries(_parse(HEAD + lines + END))
    assert (one.reference, one.bank_id, two.reference, two.bank_id) == (
        "mine", "B7", "", "",
    )  # fmt: skip


def test_line_that_is_not_understood_is_doubtful() -> None:
    assert asides(_parse(f"{HEAD}:61:nonsense\n{END}")) == [
        "This line cannot be understood."
    ]


def test_balances_at_both_ends_and_none_between_pages() -> None:
    items = _parse(f"{HEAD}:62M:C260102EUR9,00\n-\n:60M:C260102EUR9,00\n{END}")
    assert stated(items) == [("A", "10,00", True), ("A", "5", False)]


def test_text_behind_the_closing_balance_is_not_of_a_transaction() -> None:
    (entry,) = entries(
        _parse(f"{HEAD}:61:260102D1,00N\n:86:for me\n{END}:86:for all\n")
    )
    assert entry.description == "for me"


def test_torn_file_says_that_a_row_may_be_missing() -> None:
    (reason,) = asides(_parse(f"{HEAD}:61:260102D1,00N\n"))
    assert "ends too early" in reason


def test_field_without_end_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more than"):
        _parse(f"{HEAD}:86:x\n" + "y\n" * 501)
