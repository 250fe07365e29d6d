"""People find a currency by whatever they know of it."""

import pytest

from fintrack.core.currency import CurrencyKind, all_currencies
from fintrack.core.currency_search import name_currency, search_currencies


def _codes(text: str, language: str = "en") -> list[str]:
    return [one.code for one in search_currencies(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("usd", "en", "USD"),
        ("USD", "tr", "USD"),
        ("  try ", "en", "TRY"),
        ("dollar", "en", "USD"),
        ("dolar", "tr", "USD"),
        ("Dollar", "tr", "USD"),
        ("tl", "en", "TRY"),
        ("TL", "tr", "TRY"),
        ("₺", "de", "TRY"),
        ("€", "fr", "EUR"),
        ("₿", "en", "BTC"),
        ("₿", "tr", "BTC"),
        ("$", "en", "USD"),
        ("R$", "en", "BRL"),
        ("zl", "en", "PLN"),
        ("türk", "tr", "TRY"),
        ("turk lirasi", "tr", "TRY"),
        ("TÜRKİYE", "tr", "TRY"),
        ("turkey", "en", "TRY"),
        ("Türkei", "de", "TRY"),
        ("isvicre", "tr", "CHF"),
        ("uk", "it", "UAH"),
        ("great brit", "en", "GBP"),
        ("gold", "en", "XAU"),
        ("or", "fr", "XAU"),
        ("bitcoin", "en", "BTC"),
        ("deutsche mark", "de", "DEM"),
        ("dogecoin", "es", "DOGE"),
        ("avro", "tr", "EUR"),
        ("euro", "tr", "EUR"),
        ("sterlin", "tr", "GBP"),
        ("ingiltere", "tr", "GBP"),
        ("britanya", "tr", "GBP"),
        ("iskoçya", "tr", "GBP"),
        ("çek cumhuriyeti", "tr", "CZK"),
        ("fildişi", "tr", "XOF"),
        ("abd", "tr", "USD"),
        ("euro bölgesi", "tr", "EUR"),
        ("holland", "en", "EUR"),
        ("palestine", "en", "ILS"),
        ("eurozone", "en", "EUR"),
        ("ivory coast", "en", "XOF"),
        ("scotland", "en", "GBP"),
        ("scotland", "tr", "GBP"),
    ],
)
def test_the_best_match_comes_first(text: str, language: str, first: str) -> None:
    assert _codes(text, language)[0] == first


def test_the_code_itself_stands_before_codes_that_begin_with_it() -> None:
    assert _codes("usd")[:2] == ["USD", "USDC"]


def test_what_is_in_use_stands_before_what_ended() -> None:
    assert _codes("türkiye") == ["TRY", "TRL"]


def test_crypto_comes_after_the_money_of_the_same_rank() -> None:
    kinds = [one.kind is CurrencyKind.CRYPTO for one in search_currencies("gold", "en")]
    assert any(kinds)
    assert kinds == sorted(kinds)


def test_what_is_called_so_stands_before_what_its_name_only_has() -> None:
    assert _codes("avro", "tr") == ["EUR", "CHE"]


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("crypto", "en", CurrencyKind.CRYPTO),
        ("cryptocurrency", "en", CurrencyKind.CRYPTO),
        ("cryptocurr", "en", CurrencyKind.CRYPTO),
        ("kripto", "tr", CurrencyKind.CRYPTO),
        ("crypto", "tr", CurrencyKind.CRYPTO),
        ("metal", "en", CurrencyKind.METAL),
        ("metals", "tr", CurrencyKind.METAL),
        ("fund", "en", CurrencyKind.FUND),
        ("fon", "tr", CurrencyKind.FUND),
        ("unit of account", "en", CurrencyKind.UNIT),
    ],
)
def test_word_of_a_kind_finds_all_of_it(
    text: str, language: str, kind: CurrencyKind
) -> None:
    assert {one.code for one in all_currencies() if one.kind is kind} <= {
        *_codes(text, language)
    }


def test_kind_comes_after_names_and_begins_with_what_people_know() -> None:
    assert _codes("metal")[0] == "METAL"
    assert _codes("crypto")[:2] == ["BTC", "ETH"]
    found = _codes("mone")
    assert found.index("XMR") < found.index("EUR")


def test_historic_money_is_found_as_such_and_narrowed_by_its_country() -> None:
    ended = [one.code for one in all_currencies() if one.is_historic]
    assert sorted(_codes("historic")) == ended
    assert {*_codes("historical")} == {*_codes("tarihsel", "tr")} == {*ended}
    assert _codes("historic germany") == ["DEM"]
    assert not {*ended} & {*_codes("money")}


@pytest.mark.parametrize("text", ["cr", "cry", "me", "met", "his"])
def test_few_letters_mean_no_kind(text: str) -> None:
    assert not {"ADA", "XAU", "DEM", "CHF"} & {*_codes(text)}


def test_every_word_must_be_found() -> None:
    assert _codes("austral doll") == ["AUD"]
    assert _codes("swiss dollar") == []


@pytest.mark.parametrize("text", ["", "  ", "qqqq", "!", "\u0301"])
def test_nothing_typed_or_nothing_like_it_finds_nothing(text: str) -> None:
    assert _codes(text) == []


def test_a_language_that_cldr_does_not_know_is_english() -> None:
    assert _codes("dollar", "xx") == _codes("dollar", "en")


@pytest.mark.parametrize(
    ("text", "loosely", "code"),
    [
        ("$", False, "USD"),
        ("TL", False, "TRY"),
        ("€", False, "EUR"),
        ("lira", True, "TRY"),
        ("dollars", True, "USD"),
        ("swiss francs", True, "CHF"),
    ],
)
def test_a_sign_means_one_currency_and_a_name_where_names_are_asked_for(
    text: str, code: str, *, loosely: bool
) -> None:
    found = name_currency(text, "en", loosely=loosely)
    assert found
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "loosely"),
    [("", True), ("kr", True), ("lira", False), ("usd", False), ("turkey", True)],
)
def test_what_is_no_sign_or_name_means_none(text: str, *, loosely: bool) -> None:
    assert name_currency(text, "en", loosely=loosely) is None


def test_country_is_passed_by_where_names_alone_are_meant() -> None:
    assert search_currencies("turkey", "en", by_country=False) == ()
    assert search_currencies("turkish", "en", by_country=False)[0].code == "TRY"


@pytest.mark.parametrize(
    ("text", "language"),
    [("fiat", "en"), ("fiat money", "en"), ("Fiat", "tr"), ("itibari para", "tr")],
)
def test_money_that_is_no_coin_is_called_fiat(text: str, language: str) -> None:
    money = {
        one.code
        for one in all_currencies()
        if one.kind is CurrencyKind.MONEY and not one.is_historic
    }
    assert money == {*_codes(text, language)}
