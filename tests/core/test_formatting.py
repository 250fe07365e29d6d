"""Amounts and days look as people of a language write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.currency import all_currencies
from fintrack.core.formatting import (
    MINUS,
    DayStyle,
    MoneyParts,
    compact_unit,
    counted_currency,
    country_name,
    currency_name,
    currency_symbol,
    decimal_separator,
    format_day,
    format_instant,
    format_money,
    format_number,
    format_percent,
    money_parts,
    month_names,
    relative_day,
    weekday_names,
)
from fintrack.core.money import MAX_MINOR, Money
from fintrack.core.text import SUPPORTED

WEDNESDAY = date(2026, 11, 18)
LOCALES = st.sampled_from([*SUPPORTED, "en-GB"])
CODES = st.sampled_from([currency.code for currency in all_currencies()])


def joined(parts: MoneyParts) -> str:
    number = parts.major + parts.minor
    before, after = (
        (parts.symbol + parts.gap, "")
        if parts.symbol_first
        else ("", parts.gap + parts.symbol)
    )
    return parts.sign + before + number + after


@pytest.mark.parametrize(
    ("money", "locale", "text"),
    [
        (Money(-128490, "TRY"), "tr", "−₺1.284,90"),
        (Money(-128490, "TRY"), "en", "−₺1,284.90"),
        (Money(-128490, "TRY"), "de", "−1.284,90\u00a0₺"),
        (Money(123456789, "EUR"), "de", "1.234.567,89\u00a0€"),
        (Money(123456789, "EUR"), "fr", "1\u202f234\u202f567,89\u00a0€"),
        (Money(5, "USD"), "en", "$0.05"),
        (Money(5, "USD"), "en-GB", "US$0.05"),
        (Money(-5000, "CHF"), "en", "−CHF\u00a050.00"),
        (Money(1500, "JPY"), "en", "¥1,500"),
        (Money(1500, "KWD"), "it", "1,500\u00a0KWD"),
        (Money(1, "BTC"), "tr", "BTC\u00a00,00000001"),
    ],
)
def test_amount_by_locale(money: Money, locale: str, text: str) -> None:
    assert format_money(money, locale) == text


@pytest.mark.parametrize(
    ("minor", "text"), [(100, "+$1.00"), (-100, "−$1.00"), (0, "$0.00")]
)
def test_income_shows_its_sign_when_asked(minor: int, text: str) -> None:
    assert format_money(Money(minor, "USD"), "en", plus=True) == text


def test_parts_of_an_amount() -> None:
    assert money_parts(Money(-128490, "TRY"), "tr") == MoneyParts(
        text="−₺1.284,90",
        sign="−",
        symbol="₺",
        symbol_first=True,
        gap="",
        major="1.284",
        minor=",90",
    )
    german = money_parts(Money(5, "EUR"), "de")
    assert (german.symbol_first, german.gap, german.minor) == (False, "\u00a0", ",05")


@pytest.mark.parametrize(
    ("code", "major", "minor"),
    [("JPY", "1,234", ""), ("KWD", "1", ".234"), ("CLF", "0.1234", "")],
)
def test_more_than_three_decimals_are_not_made_small(
    code: str, major: str, minor: str
) -> None:
    parts = money_parts(Money(1234, code), "en")
    assert (parts.major, parts.minor) == (major, minor)


@given(
    minor=st.integers(-MAX_MINOR, MAX_MINOR),
    code=CODES,
    locale=LOCALES,
    plus=st.booleans(),
)
def test_parts_put_together_are_the_text(
    minor: int, code: str, locale: str, *, plus: bool
) -> None:
    parts = money_parts(Money(minor, code), locale, plus=plus)
    assert joined(parts) == parts.text
    assert "-" not in parts.text


@given(minor=st.integers(-MAX_MINOR, MAX_MINOR), locale=st.sampled_from(SUPPORTED))
def test_euro_is_written_as_cldr_says(minor: int, locale: str) -> None:
    cldr = format_currency(Decimal(minor) / 100, "EUR", locale=locale)
    assert format_money(Money(minor, "EUR"), locale) == cldr.replace("-", MINUS)


def test_number_has_the_decimals_it_is_asked_for() -> None:
    assert format_number(Decimal("-1234.565"), "tr", decimals=2) == "−1.234,56"
    assert format_number(1234, "en", decimals=0) == "1,234"


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "−12.5%"), ("tr", "−%12,5"), ("de", "−12,5\u00a0%")]
)
def test_percent_by_locale(locale: str, text: str) -> None:
    assert format_percent(Decimal("-0.125"), locale, decimals=1) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "July 1, 2026, 1:30\u202fAM (Europe/Istanbul)"),
        ("tr", "1 Temmuz 2026, 01:30 (Europe/Istanbul)"),
    ],
)
def test_instant_is_told_by_the_clock_of_its_zone(locale: str, text: str) -> None:
    instant = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert format_instant(instant, "Europe/Istanbul", locale) == text


def test_percent_without_decimals() -> None:
    assert format_percent(Decimal("0.8"), "tr") == "%80"


def test_decimal_separator_by_locale() -> None:
    found = [decimal_separator(locale) for locale in ("en", "en-GB", "tr", "fr")]
    assert found == [".", ".", ",", ","]


@pytest.mark.parametrize(
    ("style", "english", "turkish"),
    [
        ("short", "18/11/2026", "18.11.2026"),
        ("medium", "18 Nov 2026", "18 Kas 2026"),
        ("long", "18 November 2026", "18 Kasım 2026"),
        ("full", "Wednesday, 18 November 2026", "18 Kasım 2026 Çarşamba"),
        ("day", "18 Nov", "18 Kas"),
        ("weekday", "Wed 18 Nov", "18 Kas Çar"),
        ("month", "November 2026", "Kasım 2026"),
    ],
)
def test_day_in_each_style(style: DayStyle, english: str, turkish: str) -> None:
    assert format_day(WEDNESDAY, "en_GB", style) == english
    assert format_day(WEDNESDAY, "tr", style) == turkish


@pytest.mark.parametrize(
    ("day", "english", "turkish"),
    [
        (WEDNESDAY, "Today", "Bugün"),
        (date(2026, 11, 17), "Yesterday", "Dün"),
        (date(2026, 11, 19), "Tomorrow", "Yarın"),
        (date(2026, 11, 15), "Sun, Nov 15", "15 Kas Paz"),
        (date(2025, 11, 15), "Nov 15, 2025", "15 Kas 2025"),
    ],
)
def test_relative_day(day: date, english: str, turkish: str) -> None:
    assert relative_day(day, WEDNESDAY, "en") == english
    assert relative_day(day, WEDNESDAY, "tr") == turkish


def test_month_names_stand_alone() -> None:
    assert month_names("tr")[10] == "Kasım"
    assert month_names("tr", short=True)[0] == "Oca"
    assert len(month_names("fr")) == 12


def test_symbol_by_locale() -> None:
    assert currency_symbol("USD", "fr") == "$US"
    assert currency_symbol("CHF", "tr") == "CHF"
    assert currency_symbol("UAH", "it") == "₴"


def test_currency_name_by_locale() -> None:
    assert currency_name("USD", "tr") == "ABD doları"
    assert currency_name("BTC", "tr") == "Bitcoin"


def test_counted_currency_follows_its_number() -> None:
    assert counted_currency("EUR", 1, "en") == "euro"
    assert counted_currency("EUR", 100, "en") == "euros"
    assert counted_currency("USD", Decimal("1.00"), "en") == "US dollars"
    assert counted_currency("TRY", 100, "tr") == "Türk lirası"
    assert counted_currency("BTC", 2, "en") == "Bitcoin"


@pytest.mark.parametrize("locale", ["", "xx", "zz-ZZ", "../../etc", "en-XX-YY-ZZ", "ı"])
def test_unknown_locale_is_english(locale: str) -> None:
    assert format_money(Money(100000, "USD"), locale) == "$1,000.00"


@pytest.mark.parametrize(
    ("greatest", "power", "english", "turkish"),
    [
        (9_999, 0, "", ""),
        (10_000, 3, "K", "\u00a0B"),
        (1_000_000, 6, "M", "\u00a0Mn"),
        (999_999_999, 6, "M", "\u00a0Mn"),
        (1_000_000_000, 9, "B", "\u00a0Mr"),
        (10**13, 12, "T", "\u00a0Tn"),
        (10**20, 12, "T", "\u00a0Tn"),
    ],
)
def test_long_numbers_have_the_letter_of_their_language(
    greatest: int, power: int, english: str, turkish: str
) -> None:
    assert compact_unit(Decimal(greatest), "en") == (10**power, english)
    assert compact_unit(Decimal(greatest), "tr") == (10**power, turkish)


def test_thousands_are_written_out_where_the_language_does_so() -> None:
    assert compact_unit(Decimal(50_000), "de") == (1, "")


def test_week_begins_with_monday() -> None:
    assert weekday_names("en")[0] == "Monday"
    assert weekday_names("tr", short=True)[6] == "Paz"


def test_a_country_has_its_name_in_a_language_or_is_its_code() -> None:
    assert country_name("CH", "tr") == "İsviçre"
    assert country_name("QQ", "tr") == "QQ"
