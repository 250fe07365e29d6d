"""``/api/v1/me/settings``."""

import httpx

from tests.api.test_signing_in import ADA

URL = "/api/v1/me/settings"


async def test_settings_are_changed_one_by_one(browser: httpx.AsyncClient) -> None:
    await browser.post("/api/v1/setup", json=ADA)
    before = (await browser.get(URL)).json()
    change = {"version": before["version"], "appearance": "dark"}
    answer = await browser.patch(URL, json=change)
    assert answer.status_code == 200, answer.text
    expected = {**before, "appearance": "dark", "version": before["version"] + 1}
    assert (await browser.get(URL)).json() == expected


async def test_settings_that_changed_meanwhile_are_a_conflict(
    browser: httpx.AsyncClient,
) -> None:
    await browser.post("/api/v1/setup", json=ADA)
    version = (await browser.get(URL)).json()["version"]
    await browser.patch(URL, json={"version": version, "language": "en"})
    answer = await browser.patch(URL, json={"version": version, "language": "en"})
    assert answer.status_code == 409


async def test_settings_are_for_who_signed_in(browser: httpx.AsyncClient) -> None:
    assert (await browser.get(URL)).status_code == 401
    assert (await browser.patch(URL, json={"version": 1})).status_code == 401
