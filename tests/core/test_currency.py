"""The catalogue of currencies is that of ISO 4217, with two additions."""

import pytest

from fintrack.core.currency import (
    CurrencyKind,
    all_currencies,
    find_currency,
)
from fintrack.core.errors import InvalidInput

# One amount is at most 10^15 units: with more decimals nothing would fit into a BIGINT.
MOST_DECIMALS = 8


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
    found = [c.code for c in all_currencies() if c.exponent == exponent]
    assert found == codes.split()


def test_exponents_of_iso_hold_where_cldr_shows_fewer() -> None:
    assert {find_currency(c).exponent for c in ("HUF", "IDR", "LBP", "TWD")} == {2}


@pytest.mark.parametrize("code", ["EUR", "SLE", "VED", "XCG", "ZWG", "XAD"])
def test_recent_codes_are_there(code: str) -> None:
    assert find_currency(code).code == code


@pytest.mark.parametrize(
    "code", ["HRK", "BGN", "ANG", "CUC", "ZWL", "XXX", "XTS", "eur", "EUR ", "", "€"]
)
def test_codes_that_ended_or_never_were_are_refused(code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        find_currency(code)
    assert caught.value.problems[0].field == "currency"


def test_codes_are_sorted_and_unique() -> None:
    codes = [c.code for c in all_currencies()]
    assert codes == sorted(set(codes))


def test_only_bitcoin_and_ether_are_added_to_the_standard() -> None:
    added = [c.code for c in all_currencies() if c.kind is CurrencyKind.CRYPTO]
    assert added == ["BTC", "ETH"]


def test_every_row_is_well_formed() -> None:
    for currency in all_currencies():
        assert len(currency.code) == 3
        assert 0 <= currency.exponent <= MOST_DECIMALS
        assert currency.name


def test_a_currency_knows_what_it_is() -> None:
    euro = find_currency("EUR")
    assert (euro.name, euro.kind) == ("Euro", CurrencyKind.MONEY)
    assert find_currency("XAU").kind is CurrencyKind.METAL
