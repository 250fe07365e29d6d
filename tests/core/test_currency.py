"""The catalogue: ISO 4217 as it is and was, metals and crypto."""

import re
from datetime import date
from decimal import Decimal

import pytest

from fintrack.core.currency import (
    CurrencyKind,
    all_currencies,
    check_existed,
    everyday_currencies,
    find_currency,
    find_current,
)
from fintrack.core.errors import InvalidInput
from fintrack.core.formatting import currency_name
from fintrack.core.money import MAX_MINOR
from fintrack.services.rates.bundled import SNAPSHOT
from fintrack.services.rates.feeds.currency_api import read_snapshot

# One amount is at most 10^15 units: with more decimals nothing would fit into a BIGINT.
MOST_DECIMALS = 8
HUNDRED_THOUSAND = 100_000


@pytest.mark.parametrize(
    ("exponent", "codes"),
    [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (6, "XAG XAU XPD XPT"),
        (8, "BTC ETH"),
    ],
)
def test_only_these_do_not_have_two_decimals(exponent: int, codes: str) -> None:
    found = [c.code for c in everyday_currencies() if c.exponent == exponent]
    assert found == codes.split()


def test_exponents_of_iso_hold_where_cldr_shows_fewer() -> None:
    assert {find_currency(c).exponent for c in ("HUF", "IDR", "LBP", "TWD")} == {2}


@pytest.mark.parametrize("code", ["EUR", "SLE", "VED", "XCG", "ZWG", "XAD"])
def test_recent_codes_are_there(code: str) -> None:
    assert find_currency(code).code == code


@pytest.mark.parametrize(
    "code", ["XXX", "XTS", "CNH", "GGP", "eur", "EUR ", "", "€", "code"]
)
def test_codes_that_never_were_are_refused(code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        find_currency(code)
    assert caught.value.problems[0].field == "currency"


def test_codes_are_sorted_and_unique() -> None:
    codes = [c.code for c in all_currencies()]
    assert codes == sorted(set(codes))


def test_there_are_at_least_950() -> None:
    assert 950 <= len(all_currencies()) <= 1200


def test_everyday_currencies_are_what_is_in_use_and_two_coins() -> None:
    offered = everyday_currencies()
    assert [c.code for c in offered if c.kind is CurrencyKind.CRYPTO] == ["BTC", "ETH"]
    assert not [c.code for c in offered if c.is_historic]
    assert len(offered) == 178


def test_every_row_is_well_formed() -> None:
    for currency in all_currencies():
        longest = 8 if currency.kind is CurrencyKind.CRYPTO else 3
        assert re.fullmatch(rf"[A-Z0-9]{{3,{longest}}}", currency.code)
        assert 0 <= currency.exponent <= MOST_DECIMALS
        assert currency.name == currency.name.strip() != ""
        assert all(re.fullmatch("[A-Z]{2}", code) for code in currency.territories)


@pytest.mark.parametrize("code", ["HRK", "BGN", "ANG", "CUC", "ZWL", "DEM", "FRF"])
def test_codes_that_ended_are_kept_as_historic(code: str) -> None:
    assert find_currency(code).is_historic


def test_what_is_historic_ended_after_it_began_and_has_a_true_successor() -> None:
    for currency in filter(lambda one: one.is_historic, all_currencies()):
        assert currency.until is not None
        assert (currency.since or date.min) < currency.until < date(2026, 12, 31)
        if currency.successor:
            assert find_currency(currency.successor).code != currency.code


def test_each_chain_of_successors_ends_in_a_currency_in_use() -> None:
    for start in all_currencies():
        one, seen = start, {start.code}
        while one.successor:
            one = find_currency(one.successor)
            assert one.code not in seen
            seen.add(one.code)
        assert start is one or not one.is_historic


@pytest.mark.parametrize(
    ("code", "successor"),
    [("TRL", "TRY"), ("DEM", "EUR"), ("BGN", "EUR"), ("HRK", "EUR"), ("ZRZ", "ZRN"),
     ("BRN", "BRE"), ("ANG", "XCG"), ("SLL", "SLE"), ("RUR", "RUB"), ("GHC", "GHS")],
)  # fmt: skip
def test_a_currency_names_what_replaced_it(code: str, successor: str) -> None:
    assert find_currency(code).successor == successor


def test_what_is_in_use_has_neither_end_nor_successor() -> None:
    for currency in everyday_currencies():
        assert (currency.until, currency.successor) == (None, "")


def test_days_and_countries_are_those_of_its_home() -> None:
    lira, euro = find_currency("TRL"), find_currency("EUR")
    assert (lira.since, lira.until) == (date(1922, 11, 1), date(2005, 12, 31))
    assert lira.territories == ("TR",)
    assert euro.since == date(1999, 1, 1)
    assert {"BG", "DE", "HR"} < set(euro.territories)
    assert find_currency("TRY").territories == ("TR",)


def test_zimbabwean_gold_is_older_than_its_code() -> None:
    gold, dollar = find_currency("ZWG"), find_currency("ZWL")
    assert (gold.since, gold.until) == (date(2024, 4, 8), None)
    assert (dollar.until, dollar.successor) == (date(2024, 8, 31), "ZWG")
    check_existed(["ZWG"], date(2024, 4, 8), field="on")
    with pytest.raises(InvalidInput, match="ZWG"):
        check_existed(["ZWG"], date(2024, 4, 7), field="on")


@pytest.mark.parametrize(
    ("code", "exponent"),
    [("TRL", 0), ("ITL", 0), ("DEM", 2), ("MRO", 2), ("DOGE", 8), ("USDT", 8),
     ("SHIB", 2), ("BONK", 2), ("VET", 4), ("LADYS", 2), ("WIF", 6)],
)  # fmt: skip
def test_what_is_worth_little_has_few_decimals(code: str, exponent: int) -> None:
    assert find_currency(code).exponent == exponent


@pytest.mark.parametrize(
    ("code", "name"),
    [("TRY", "Türk lirası"), ("USD", "ABD doları"), ("EUR", "Euro"),
     ("GBP", "İngiliz sterlini"), ("CHF", "İsviçre frangı"), ("JPY", "Japon yeni"),
     ("DEM", "Alman Markı"), ("XAU", "Altın"), ("BTC", "Bitcoin")],
)  # fmt: skip
def test_names_are_there_in_turkish(code: str, name: str) -> None:
    assert currency_name(code, "tr") == name


@pytest.mark.parametrize("language", ["tr", "de", "fr", "es", "it"])
def test_each_currency_in_use_has_a_name_in_each_language(language: str) -> None:
    for currency in everyday_currencies():
        assert currency_name(currency.code, language)


def test_a_currency_knows_what_it_is() -> None:
    euro = find_currency("EUR")
    assert (euro.name, euro.kind) == ("Euro", CurrencyKind.MONEY)
    assert find_currency("XAU").kind is CurrencyKind.METAL


def test_books_are_kept_in_all_that_has_not_ended() -> None:
    for currency in all_currencies():
        if currency.is_historic:
            with pytest.raises(InvalidInput) as caught:
                find_current(currency.code, field="opening.currency")
            assert caught.value.problems[0].field == "opening.currency"
        else:
            assert find_current(currency.code) is currency
    kinds = {one.kind for one in all_currencies() if not one.is_historic}
    assert kinds == {*CurrencyKind}


@pytest.mark.parametrize(
    ("codes", "last_without", "named"),
    [
        ("TRY USD", date(2004, 12, 31), "TRY did not exist before 2005-01-01."),
        ("USD TRY", date(1700, 1, 1), "TRY did not exist before 2005-01-01."),
        ("EUR BTC", date(2009, 1, 2), "BTC did not exist before 2009-01-03."),
        ("CHE", date(1998, 12, 31), "CHE did not exist before 1999-01-01."),
        ("VED", date(2021, 9, 30), "VED did not exist before 2021-10-01."),
    ],
)
def test_the_youngest_of_some_is_named_on_a_day_before_it(
    codes: str, last_without: date, named: str
) -> None:
    check_existed(codes.split(), date(2026, 1, 1), field="on_date")
    with pytest.raises(InvalidInput) as caught:
        check_existed(codes.split(), last_without, field="on_date")
    assert (caught.value.text, caught.value.problems[0].field) == (named, "on_date")


@pytest.mark.parametrize("codes", ["", "XAU", "XAU DEM"])
def test_what_is_old_or_of_no_known_age_existed(codes: str) -> None:
    check_existed(codes.split(), date(1950, 1, 1), field="on_date")


def test_books_are_not_kept_in_what_never_was() -> None:
    with pytest.raises(InvalidInput):
        find_current("QQQ")


def test_one_amount_of_each_coin_can_be_worth_a_hundred_thousand_dollars() -> None:
    """At the rates of the day for which the decimals of coins were set."""
    per_dollar = {one.code: one.per_usd for one in read_snapshot(SNAPSHOT.read_bytes())}
    worth = {
        one.code: Decimal(MAX_MINOR) / 10**one.exponent / per_dollar[one.code]
        for one in all_currencies()
        if one.kind is CurrencyKind.CRYPTO and one.code in per_dollar
    }
    assert len(worth) > 100
    assert not {code: most for code, most in worth.items() if most < HUNDRED_THOUSAND}
