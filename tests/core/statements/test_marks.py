"""Banks say in, out, booked and pending in many languages."""

import pytest

from fintrack.core.statements.marks import (
    is_currency_code,
    is_debit,
    is_final,
    names_currency,
)


@pytest.mark.parametrize(
    "text",
    [
        "S",
        "D",
        "DR",
        "Debit",
        "Soll",
        "Af",
        "-",
        "Borç",
        "Dare",
        "outflow",
        "支出",
        "출금",
        "χ",
    ],
)
def test_money_out_is_known(text: str) -> None:
    assert is_debit(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "H",
        "C",
        "CR",
        "Credit",
        "Haben",
        "Bij",
        "+",
        "Alacak",
        "inflow",
        "收入",
        "입금",
        "Π",
    ],
)
def test_money_in_is_known(text: str) -> None:
    assert is_debit(text) is False


@pytest.mark.parametrize("text", ["", "CHECK", "x"])
def test_other_words_say_no_direction(text: str) -> None:
    assert is_debit(text) is None


@pytest.mark.parametrize(
    ("text", "final"),
    [
        ("COMPLETED", True),
        ("Genehmigt", True),
        ("Udført", True),
        ("Исполнено", True),
        ("Reserverat", False),
        ("сейчас в обработке", False),
        ("Umsatz gebucht", True),
        ("REVERTED", False),
        ("Umsatz vorgemerkt", False),
        ("İptal", False),
        ("Non contabilizzato", False),
        ("交易成功", True),
        ("CARD CHARGED", True),
        ("PAYMENT DEPOSITED", True),
        ("交易关闭", False),
        ("42", None),
    ],
)
def test_only_final_payments_count(text: str, *, final: bool | None) -> None:
    assert is_final(text) is final


def test_currency_code_has_three_capitals() -> None:
    assert is_currency_code(" EUR ")
    assert not is_currency_code("eur")
    assert not is_currency_code("USDT")


def test_coin_is_a_currency_where_one_is_expected() -> None:
    assert all(map(names_currency, ("EUR", " USDT ", "1INCH", "QQQ")))
    assert not any(map(names_currency, ("REWE", "usdt", "", "EURO")))
