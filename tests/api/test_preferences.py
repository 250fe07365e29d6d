"""Settings of a person over REST."""

import httpx

from fintrack.services.commands import perform
from fintrack.services.people import choose_appearance
from tests.api.asking import gives, refuses
from tests.books import Books

PLACE = "/api/v1/me/settings"


async def test_settings_are_kept_once(ada: httpx.AsyncClient) -> None:
    now = gives(await ada.get(PLACE))
    kept = gives(await ada.put(PLACE, json=now | {"first_name": "Augusta"}))["item"]
    assert kept["first_name"] == "Augusta"
    assert gives(await ada.get(PLACE)) == kept
    assert refuses(await ada.put(PLACE, json=now), 409)["present"] == kept
    assert gives(await ada.get("/api/v1/me"))["first_name"] == "Augusta"
    fewer = kept | {"notices": ["WeeklySpendingSummary.email"]}
    kept = gives(await ada.put(PLACE, json=fewer))["item"]
    assert kept["notices"] == ["WeeklySpendingSummary.email"]
    unknown = kept | {"notices": ["Debts.email"]}
    refuses(await ada.put(PLACE, json=unknown), 422, "notices")
    wrong = kept | {"month_starts_on": "1"}
    refuses(await ada.put(PLACE, json=wrong), 422, "month_starts_on")


async def test_old_copy_does_not_set_back_the_look(
    ada: httpx.AsyncClient, books: Books
) -> None:
    now = gives(await ada.get(PLACE))
    await perform(books.actor, choose_appearance, "dark")
    refusal = refuses(await ada.put(PLACE, json=now | {"last_name": "King"}), 409)
    assert refusal["present"]["appearance"] == "dark"
    again = now | {**refusal["present"], "last_name": "King"}
    kept = gives(await ada.put(PLACE, json=again))["item"]
    assert (kept["appearance"], kept["last_name"]) == ("dark", "King")
