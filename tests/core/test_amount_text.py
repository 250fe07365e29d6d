"""One parser reads every amount, and refuses what is not clearly one."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.amount_text import (
    COMMA,
    POINT,
    NumberStyle,
    evaluate,
    parse_money_text,
    parse_plain,
)
from fintrack.core.errors import InvalidInput

STYLES = st.sampled_from([COMMA, POINT, NumberStyle(".", ()), NumberStyle(",", ("'",))])


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("12", COMMA, "12"),
        ("1.234,56", COMMA, "1234.56"),
        ("1,234.56", POINT, "1234.56"),
        ("1'234'567.05", POINT, "1234567.05"),
        ("1’234.5", POINT, "1234.5"),
        ("1 234,50", COMMA, "1234.50"),
        ("1\u00a0234,50", COMMA, "1234.50"),
        ("1\u202f234,50", COMMA, "1234.50"),
        ("−12,50", COMMA, "-12.50"),
        ("- 12,50", COMMA, "-12.50"),
        ("12,50-", COMMA, "-12.50"),
        ("12,50+", COMMA, "12.50"),
        ("(12.50)", POINT, "-12.50"),
        ("+3", POINT, "3"),
        ("1,20,000.50", POINT, "120000.50"),
        ("-12,34,56,789", POINT, "-123456789"),
        (",5", COMMA, "0.5"),
        ("-0,00", COMMA, "0.00"),
        ("123456789012345678.123456789012345678", POINT, None),
    ],
)
def test_amount_is_read_exactly(
    text: str, style: NumberStyle, expected: str | None
) -> None:
    read = parse_money_text(text, style=style)
    assert (str(read.amount), read.currency) == (expected or text, "")


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "NaN", "Infinity", "-inf", "1e5", "1_000", "١٢", "\uff11", "1.23,4",
        "1.2345,00", "1.234.56", "1,2,3", "12,", ",", "--1", "-1-", "(-1)", "(1", "1)",
        "1.234'567,00", "12.50", "12 50", "1..234", ".123", "1.20.000",
        "1234567890123456789", "0," + "1" * 19, "1" * 100, "+", "-", "()", "1\n2",
    ],
)  # fmt: skip
def test_unclear_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_money_text(text, style=COMMA, field="price")
    assert caught.value.problems[0].field == "price"


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12,50", "12.50", ""),
        ("12,50 €", "12.50", "EUR"),
        ("€12,50", "12.50", "EUR"),
        ("-€12,50", "-12.50", "EUR"),
        ("€ -12,50", "-12.50", "EUR"),
        ("-12,50 TL", "-12.50", "TRY"),
        ("1.234,56 zł", "1234.56", "PLN"),
        ("CHF 1’234,50", "1234.50", "CHF"),
        ("$5", "5", ""),
        ("(€5,00)", "-5.00", "EUR"),
        ("12,50 CR", "12.50", ""),
        ("12,50DR", "-12.50", ""),
        ("12,50 D", "-12.50", ""),
        ("12,50 S", "-12.50", ""),
        ("12,50 H", "12.50", ""),
        ("EUR 12,50 DR", "-12.50", "EUR"),
    ],
)
def test_currency_and_bank_marks_are_read_when_asked(
    text: str, amount: str, currency: str
) -> None:
    read = parse_money_text(text, style=COMMA)
    assert (str(read.amount), read.currency) == (amount, currency)


@pytest.mark.parametrize("text", ["12 apples", "EUR", "EUR 1 USD", "-5 DR", "1e5", "€"])
def test_unknown_marks_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_money_text(text, style=COMMA)


@pytest.mark.parametrize("text", ["12.50", "-3", "0.00000001"])
def test_plain_amount_is_ascii(text: str) -> None:
    assert f"{parse_plain(text):f}" == text


@pytest.mark.parametrize(
    "text",
    ["", "+1", "1,5", " 1", "1\n", "1e5", "NaN", "\u0661", ".5", "1_0", "-", "1."],
)
def test_plain_amount_refuses_everything_else(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,50+3*2", "18.50"),
        ("(12,50+3)*2", "31.00"),
        ("1.000 - 0,01", "999.99"),
        ("1 234 + 1", "1235"),
        ("-5 + 5", "0"),
        ("2*-3", "-6"),
        ("10/4", "2.5"),
        ("10 ÷ 4 × 2", "5.0"),
        ("((((1))))", "1"),
        ("7−2−1", "4"),
    ],
)
def test_arithmetic_of_quick_entry(text: str, expected: str) -> None:
    assert evaluate(text, COMMA) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("12,50+3*2", POINT, "18.50"),
        ("12.5", COMMA, "12.5"),
        (",5+0.005", POINT, "0.505"),
        ("0,005", POINT, "0.005"),
        ("1,250+12,50", POINT, "1262.50"),
        ("1.250", COMMA, "1250"),
        ("1.234,56", POINT, "1234.56"),
        ("1.234.567,891", POINT, "1234567.891"),
        ("1.234.567", POINT, "1234567"),
        ("1,234.56", COMMA, "1234.56"),
        ("1.234", POINT, "1.234"),
    ],
)
def test_other_decimal_mark_is_read_where_it_can_only_mean_one_thing(
    text: str, style: NumberStyle, expected: str
) -> None:
    assert evaluate(text, style) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["1,2345", "12,50,5", "12.34,5", "1.234.56", "00,005", "1,5.5"]
)
def test_number_that_no_style_reads_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        evaluate(text, POINT)


def test_group_behind_a_zero_is_none() -> None:
    with pytest.raises(InvalidInput):
        parse_money_text("0,005", style=POINT)


def test_thirds_come_back_whole_after_rounding() -> None:
    third = evaluate("10/3", COMMA)
    assert third.quantize(Decimal("0.01")) == Decimal("3.33")


@pytest.mark.parametrize(
    "text",
    [
        "", "1+", "*1", "(1", "1)", "1 2", "2**3", "1/0", "1/(2-2)", "a", "1e5",
        "(" * 40 + "1" + ")" * 40, "-" * 40 + "1", "1" * 101, "9" * 18 + "*9" * 18,
    ],
)  # fmt: skip
def test_broken_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        evaluate(text, COMMA)


def test_message_shows_what_was_written_and_how_to_write_it() -> None:
    with pytest.raises(InvalidInput, match=r"“12\.5” is not an amount.*1\.234,56"):
        parse_money_text("12.5", style=COMMA)


@given(
    amount=st.decimals(
        min_value=-(10**15), max_value=10**15, places=8, allow_nan=False
    ),
    style=STYLES,
    grouped=st.booleans(),
)
def test_written_amount_is_read_back(
    amount: Decimal, style: NumberStyle, *, grouped: bool
) -> None:
    separator = "," if grouped and style.grouping else ""
    text = f"{amount:{separator}f}".replace(".", "|")
    text = text.replace(",", style.grouping[0] if style.grouping else "")
    read = parse_money_text(text.replace("|", style.decimal), style=style)
    assert read == (amount, "")


@given(text=st.text(), style=STYLES)
def test_any_text_is_an_amount_or_refused(text: str, style: NumberStyle) -> None:
    with suppress(InvalidInput):
        parse_money_text(text, style=style)


@given(text=st.text(alphabet="0123456789.,+-*/() '", max_size=120), style=STYLES)
def test_any_expression_is_a_value_or_refused(text: str, style: NumberStyle) -> None:
    try:
        value = evaluate(text, style)
    except InvalidInput:
        return
    assert value.is_finite()
