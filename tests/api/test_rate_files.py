"""The course of a rate as a file, over REST."""

from datetime import date

import httpx

from tests.api.asking import refuses
from tests.books import Books
from tests.services.rates.observing import observe

FILE = "/api/v1/currencies/USD/history/EUR/export"


async def test_file_has_the_days_of_the_period_up_to_a_day(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await observe(books.home, "EUR", {date(2026, 11, day): "0.8" for day in (9, 10)})
    answer = await ada.get(FILE, params={"period": "1W", "on": "2026-11-11"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="USD-EUR-1W.csv"'
    )
    days = [line.split(",")[0] for line in answer.text.splitlines()[1:]]
    assert days == ['"2026-11-09"', '"2026-11-10"', '"2026-11-11"']
    refuses(await ada.get(FILE, params={"period": "2W"}), 422, "period")
    refuses(await ada.get(FILE.replace("USD", "NOPE")), 422, "currency")


async def test_file_begins_where_its_chart_begins(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await observe(books.home, "EUR", {date(2026, 11, day): "0.8" for day in (9, 10)})
    asked = {"period": "1D", "on": "2026-11-11"}
    for since, first in (("2026-11-09", "2026-11-09"), ("2026-11-11", "2026-11-10")):
        answer = await ada.get(FILE, params=asked | {"since": since})
        days = [line.split(",")[0] for line in answer.text.splitlines()[1:]]
        assert (days[0], days[-1]) == (f'"{first}"', '"2026-11-11"')
