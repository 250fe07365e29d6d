"""The transactions of a filter as a file, over REST."""

import httpx

from tests.api.asking import gives, refuses
from tests.api.places import PLACE, Places
from tests.books import Books

FILE = f"{PLACE}/export"


async def test_file_is_json_or_csv_and_leaves_an_event(
    ada: httpx.AsyncClient, places: Places, books: Books
) -> None:
    gives(await ada.post(PLACE, json=places.expense(payee="=Café")), 201)
    answer = await ada.get(FILE)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="transactions.json"'
    )
    payees = [one["payee"] for one in gives(answer)["transactions"]]
    assert payees[0] == "=Café"
    answer = await ada.get(FILE, params={"format": "csv", "q": "café"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "'=Café" in answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    query = (
        "SELECT detail ->> 'format' AS f FROM security_event "
        "WHERE kind = :kind ORDER BY id"
    )
    events = await books.rows(query, kind="transactions-exported")
    assert [row.f for row in events] == ["json", "csv"]


async def test_several_categories_are_any_of_them(
    ada: httpx.AsyncClient, places: Places
) -> None:
    gives(await ada.post(PLACE, json=places.expense()), 201)
    for named, count in (([places.food, places.salary], 1), ([places.salary, 0], 0)):
        found = gives(await ada.get(FILE, params={"any_category": named}))
        assert len(found["transactions"]) == count


async def test_wrong_filter_gives_a_problem_and_no_file(
    ada: httpx.AsyncClient, books: Books
) -> None:
    for wrong in ({"format": "pdf"}, {"min": "x"}, {"since": "x"}, {"odd": "1"}):
        refuses(await ada.get(FILE, params=wrong), 422)
    assert (
        await books.rows("SELECT 1 FROM security_event WHERE kind LIKE '%export%'")
        == []
    )
