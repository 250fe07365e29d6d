"""The transactions of a filter as a file, over REST."""

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import PLACE, Places
from tests.api.test_signing_in import SIGN_IN, set_up
from tests.books import Books
from tests.conftest import Clock

FILE = f"{PLACE}/export"
CHECK = f"{FILE}/check"
STEP_UP = "/api/v1/auth/step-up"
LOGIN = "/api/v1/auth/user/login"
EVENTS = (
    "SELECT kind, detail ->> 'format' AS f FROM security_event "
    "WHERE kind LIKE '%-exported' ORDER BY id"
)
WHOLE = [
    {"format": "json"},
    {"format": "csv"},
    {"since": "1900-01-01"},
    {"min": "0"},
    {"with_void": "true"},
]


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
    events = await books.rows(EVENTS)
    assert [(row.kind, row.f) for row in events] == [
        ("books-exported", "json"),
        ("transactions-exported", "csv"),
    ]


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
        refuses(await ada.get(CHECK, params=wrong), 422)
    assert await books.rows(EVENTS) == []


@pytest.mark.parametrize("wanted", WHOLE)
async def test_whole_books_want_a_fresh_proof_and_leave_nothing_without(
    ada: httpx.AsyncClient, books: Books, clock: Clock, wanted: dict[str, str]
) -> None:
    clock.advance(minutes=6)
    for place in (FILE, CHECK):
        answer = await ada.get(place, params=wanted)
        assert refuses(answer, 403)["code"] == "step-up-needed"
        assert "content-disposition" not in answer.headers
    assert await books.rows(EVENTS) == []


async def test_month_an_account_or_words_ask_for_nothing(
    ada: httpx.AsyncClient, places: Places, clock: Clock
) -> None:
    clock.advance(minutes=6)
    for wanted in (
        {"format": "csv", "since": "2026-03-01", "until": "2026-03-31"},
        {"format": "json", "since": "2026-01-01", "until": "2026-12-31"},
        {"account_id": places.bank},
        {"any_category": [places.food, places.salary]},
        {"q": "café"},
    ):
        assert (await ada.get(CHECK, params=wanted)).status_code == 204
        assert (await ada.get(FILE, params=wanted)).status_code == 200


async def test_program_proves_with_its_token_and_takes_the_books(
    browser: httpx.AsyncClient, clock: Clock
) -> None:
    await set_up(browser)
    tokens = gives(await browser.post(LOGIN, json=SIGN_IN), 201)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert gives(await browser.get(FILE, headers=bearer))["format"] == "fintrack/1"
    clock.advance(minutes=6)
    refuses(await browser.get(FILE, headers=bearer), 403)
    proof = {"password": SIGN_IN["password"]}
    answer = await browser.post(STEP_UP, json=proof, headers=bearer)
    assert answer.status_code == 204
    assert gives(await browser.get(FILE, headers=bearer))["format"] == "fintrack/1"
