"""Search and jump as the top bar drives it."""

from datetime import date

import pytest

from fintrack.state.palette import MOST, PaletteState
from tests.books import Books
from tests.services.rates.observing import observe
from tests.state.desk import sit_down

DAY = date(2026, 3, 4)


@pytest.fixture
async def palette(books: Books) -> PaletteState:
    return await (await sit_down(books)).state(PaletteState)


def _found(palette: PaletteState) -> dict[str, list[str]]:
    return {group.label: [row.name for row in group.rows] for group in palette.groups}


async def test_one_word_finds_things_of_each_kind(
    palette: PaletteState, books: Books
) -> None:
    account = await books.open("Café card")
    category = await books.category("Cafés")
    await books.spend(account.id, category, "3 EUR", DAY, payee="Cafe Central")
    await palette.look_up("cafe")
    assert _found(palette) == {
        "Accounts": ["Café card"],
        "Categories": ["Cafés"],
        "Payees": ["Cafe Central"],
        "Transactions": ["Cafe Central"],
    }
    paths = [row.href for group in palette.groups for row in group.rows]
    assert paths == [
        f"/accounts/{account.id}",
        f"/transactions?category={category}&period=all",
        "/transactions?q=Cafe+Central&period=all",
        "/transactions?q=cafe&period=2026-03-04..2026-03-04",
    ]


async def test_without_words_or_match_there_is_nothing(
    palette: PaletteState, books: Books
) -> None:
    await books.open("Wallet")
    await palette.look_up("wallet")
    assert palette.groups
    await palette.look_up("  ")
    assert palette.groups == []
    await palette.look_up("allet")
    assert palette.groups == []


async def test_a_kind_shows_a_handful(palette: PaletteState, books: Books) -> None:
    for number in range(MOST + 1):
        await books.open(f"Pot {number}")
    await palette.look_up("pot")
    assert len(palette.groups[0].rows) == MOST


async def test_signs_alone_find_nothing(palette: PaletteState, books: Books) -> None:
    await books.open("Wallet")
    await palette.look_up("%'&:*")
    assert palette.groups == []


async def test_books_of_others_are_not_searched(
    palette: PaletteState, stranger: Books
) -> None:
    account = await stranger.open("Secret card")
    category = await stranger.category("Secrets")
    await stranger.spend(account.id, category, "3 EUR", DAY, payee="Secret shop")
    await palette.look_up("secret")
    # A coin is called so.
    assert _found(palette) == {"Currencies": ["Secret"]}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("100 usd in eur", "100.00 US dollars = 80.00 euros"),
        ("usd eur", "1.00 US dollars = 0.80 euros"),
        ("2*50 $", "100.00 US dollars = 80.00 euros"),
        ("1,5 usd in eur", "1.50 US dollars = 1.20 euros"),
        ("-5 usd in eur", "\N{MINUS SIGN}5.00 US dollars = \N{MINUS SIGN}4.00 euros"),
        ("0.01 usd in btc", "0.01 US dollars = 0.00000010 bitcoin"),
        ("0.00000001 btc in usd", "0.00000001 bitcoin = 0.001 US dollars"),
        ("100 usd in usd", "100.00 US dollars = 100.00 US dollars"),
        ("100 usd in try", "100.00 US dollars in Turkish Lira"),
    ],
)
async def test_amount_is_converted_or_its_rate_is_unknown(
    palette: PaletteState, books: Books, typed: str, name: str
) -> None:
    await observe(books.home, "EUR", {date(2026, 11, 18): "0.8"})
    await observe(books.home, "BTC", {date(2026, 11, 18): "0.00001"})
    await palette.look_up(typed)
    (row,) = palette.groups[0].rows
    assert (palette.groups[0].label, row.name.lower()) == ("Convert", name.lower())
    if "usd in usd" in typed:
        assert row.detail == "1 USD = 1.0000 USD"
    elif "btc" in typed:
        assert row.detail.endswith("worked out from two rates")
    elif "=" in name:
        assert row.detail == "1 USD = 0.8000 EUR · European Central Bank, Today"
    else:
        assert row.detail == "No rate is known for this day."


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("100 usd in zzz", "There is no currency with the code ZZZ."),
        ("1e999999 usd in try", "“1e999999” cannot be calculated."),
        ("1/0 usd in try", "“1/0” divides by zero."),
        ("1.234.5 usd try", "“1.234.5” is not an amount. Write it like 1,234.56."),
    ],
)
async def test_what_cannot_be_converted_says_why(
    palette: PaletteState, typed: str, name: str
) -> None:
    await palette.look_up(typed)
    assert palette.groups[0].rows[0].name == name


async def test_conversion_leads_to_the_converter(palette: PaletteState) -> None:
    await palette.look_up("2*50 usd in try")
    place = "/currencies?amount=2%2A50&from=USD&to=TRY"
    assert palette.groups[0].rows[0].href == place


async def test_what_cannot_be_converted_is_only_searched_for(
    palette: PaletteState,
) -> None:
    for typed in ("100 eur", "coffee 3", "100 market in nothing"):
        await palette.look_up(typed)
        assert "Convert" not in _found(palette)


async def test_currency_is_found_by_its_name(palette: PaletteState) -> None:
    await palette.look_up("turkish")
    assert _found(palette)["Currencies"][0] == "Turkish Lira"
    assert palette.groups[-1].rows[0].href == "/currencies/TRY"
