"""Lists over REST go on while something follows, and no longer."""

import httpx
import pytest

from fintrack.api.shapes import page_of_ids
from tests.api.asking import refuses


@pytest.mark.parametrize(
    ("found", "shown", "follows"),
    [
        ([], [], None),
        ([3], [3], None),
        ([3, 2], [3, 2], None),
        ([3, 2, 1], [3, 2], "2"),
    ],
    ids=["empty", "short", "exactly full", "one more"],
)
def test_page_names_what_follows(
    found: list[int], shown: list[int], follows: str | None
) -> None:
    page = page_of_ids(found, found, 2)
    assert (page.items, page.next) == (shown, follows)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-31", "This day does not exist."),
        ("soon", "Please enter a day."),
        ("3026-02-01", "This day is not between 1900 and 2199."),
    ],
)
async def test_day_that_does_not_exist_is_told_from_no_day(
    ada: httpx.AsyncClient, day: str, said: str
) -> None:
    query = {"since": day}
    answer = await ada.get("/api/v1/recurring/calendar", params=query)
    problem = refuses(answer, 422, "since")
    assert problem["detail"] == said
