"""An address of a currency's page, as people may send it to each other."""

import pytest

from fintrack.state.currency_address import Asked, read_address


def test_address_is_read_as_it_is_written() -> None:
    asked = Asked("TRY", "EUR", "5Y", is_swapped=True, beside=("USD", "GBP"))
    path, _, query = asked.address.partition("?")
    assert path == "/currencies/TRY"
    given = dict(part.split("=") for part in query.split("&"))
    assert given["with"] == "usd,gbp"
    assert read_address(path, given, "CHF") == asked
    assert asked.pair == ("EUR", "TRY")


@pytest.mark.parametrize(
    ("path", "own", "base"),
    [
        ("/currencies/try", "EUR", "EUR"),
        ("/currencies/EUR/", "EUR", "USD"),
        ("/currencies/USD", "USD", "EUR"),
    ],
)
def test_currency_is_shown_in_the_own_one_and_never_in_itself(
    path: str, own: str, base: str
) -> None:
    asked = read_address(path, {"in": path.rpartition("/")[2]}, own)
    assert asked
    assert asked.base == base


def test_what_cannot_be_read_is_passed_by() -> None:
    query = {
        "in": "NOPE",
        "period": "2W",
        "swap": "yes",
        "with": "usd,nope,eur,USD,gbp,try,chf,jpy",
    }
    asked = read_address("/currencies/TRY", query, "EUR")
    assert asked == Asked("TRY", "EUR", "1Y", beside=("USD", "GBP", "CHF"))


@pytest.mark.parametrize("path", ["/currencies/NOPE", "/currencies/", "/currencies/ı"])
def test_code_that_is_none_names_no_page(path: str) -> None:
    assert read_address(path, {}, "EUR") is None
