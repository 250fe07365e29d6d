"""The dashboard and the curve of net worth over REST."""

from datetime import date

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.books import Books
from tests.services.rates.observing import observe

PLACE = "/api/v1/dashboard"
PARTS = ("revalued", "exchanged", "beside", "opened")
SETTINGS = "/api/v1/me/settings"


async def test_dashboard_has_all_figures(ada: httpx.AsyncClient, books: Books) -> None:
    """
    2026-01-01  open    Cash            100.00 EUR
    2026-11-05  spend   Food             12.50 EUR
    """
    cash = await books.open("Cash", "100 EUR")
    await books.open("Dollars", "5 USD")
    food = await books.category("Food")
    await books.spend(cash.id, food, "12.50 EUR", date(2026, 11, 5))
    seen = gives(await ada.get(PLACE, params={"period": "2026-11"}))
    assert seen["period"] == {
        "text": "2026-11",
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
    }
    assert seen["balances_on"] == "2026-11-18"
    assert [worth["total"] for worth in seen["net_worth"]] == [
        {"amount": "87.50", "currency": "EUR"},
        {"amount": "5.00", "currency": "USD"},
    ]
    together = seen["together"]
    assert together["net_worth"]["total"] == {"amount": "87.50", "currency": "EUR"}
    assert together["unconverted"] == [{"amount": "5.00", "currency": "USD"}]
    assert together["cash_flow"]["now"]["left"]["amount"] == "-12.50"
    parts = [together[name]["amount"] for name in PARTS]
    assert parts == ["0.00", "0.00", "0.00", "0.00"]
    assert seen["cash_flow"][0]["now"]["left"]["amount"] == "-12.50"
    assert seen["spending"][0]["category_id"] == food
    assert len(seen["accounts"]) == 2
    assert seen["recent"][0]["postings"][0]["amount"]["amount"] == "-12.50"
    assert seen["attention"]["overdrawn"] == []
    assert gives(await ada.get(PLACE)) == seen


async def test_net_worth_has_a_curve_of_all_and_of_each_currency(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await books.open("Cash", "100 EUR")
    await books.open("Dollars", "5 USD")
    wanted = {"period": "2026-01-01..2026-01-03"}
    seen = gives(await ada.get("/api/v1/net-worth", params=wanted))
    assert [curve["currency"] for curve in seen["curves"]] == ["EUR", "USD"]
    assert len(seen["curves"][0]["points"]) == 3
    assert seen["together"]["currency"] == "EUR"
    assert seen["unconverted"] == ["USD"]
    assert seen["left_out"] == [{"currency": "USD", "counted_from": None}]


async def test_what_became_known_is_said_of_change_and_curve(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await books.open("Dollars", "5 USD")
    await observe(books.home, "EUR", {date(2026, 11, 10): "0.80"})
    together = gives(await ada.get(PLACE))["together"]
    assert together["net_worth"]["total"]["amount"] == "4.00"
    assert together["net_worth"]["change"]["amount"] == "0.00"
    assert together["not_in_change"] == [{"amount": "5.00", "currency": "USD"}]
    assert together["oldest_rate"] == {
        "currency": "USD",
        "on": "2026-11-18",
        "seen_on": "2026-11-10",
    }
    assert together["oldest_flow_rate"] is None
    wanted = {"period": "2026-11-01..2026-11-18"}
    seen = gives(await ada.get("/api/v1/net-worth", params=wanted))
    assert seen["left_out"] == [{"currency": "USD", "counted_from": "2026-11-10"}]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        (PLACE, "period", "2026-02-31"),
        (PLACE, "period", "NaN"),
        (PLACE, "as_of", "2026-02-31"),
        (PLACE, "as_of", "0001-01-01"),
        ("/api/v1/net-worth", "period", "1e999999"),
        ("/api/v1/net-worth", "points", "1"),
        ("/api/v1/net-worth", "points", "401"),
    ],
)
async def test_bad_question_names_its_field(
    ada: httpx.AsyncClient, path: str, name: str, value: str
) -> None:
    refuses(await ada.get(path, params={name: value}), 422, name)


@pytest.mark.parametrize(
    "period", ["1900", "2999", "1900-01-01..1999-12-31", "2900-01-01..2999-12-31"]
)
async def test_outermost_periods_are_answered(
    ada: httpx.AsyncClient, period: str
) -> None:
    gives(await ada.get(PLACE, params={"period": period}))


async def test_period_beyond_a_hundred_years_is_refused(ada: httpx.AsyncClient) -> None:
    wanted = {"period": "1900-01-01..2999-12-31"}
    refuses(await ada.get(PLACE, params=wanted), 422, "period")


async def test_periods_begin_on_the_day_of_the_persons_months(
    ada: httpx.AsyncClient,
) -> None:
    settings = gives(await ada.get(SETTINGS))
    await ada.put(SETTINGS, json={**settings, "month_starts_on": 25})
    spans = {
        text: [
            gives(await ada.get(PLACE, params={"period": text}))["period"][end]
            for end in ("first_day", "last_day")
        ]
        for text in ("", "2026-03", "2026")
    }
    assert spans == {
        "": ["2026-10-25", "2026-11-24"],
        "2026-03": ["2026-03-25", "2026-04-24"],
        "2026": ["2026-01-01", "2026-12-31"],
    }
