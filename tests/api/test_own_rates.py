"""Own rates at the door: set, seen in what they change, removed."""

import httpx
import pytest

from tests.api.asking import gives, refuses

PLACE = "/api/v1/own-rates"
RATE = {"base": "EUR", "quote": "TRY", "on_date": "2026-11-05", "value": "48.5"}
ASKED = {"from": "EUR", "to": "TRY", "amount": "2", "on": "2026-11-05"}


async def test_rate_is_set_wins_and_is_removed(ada: httpx.AsyncClient) -> None:
    kept = gives(await ada.put(PLACE, json=RATE))["item"]
    assert kept == RATE | {"id": kept["id"]}
    assert gives(await ada.get(PLACE))["items"] == [kept]
    assert gives(await ada.get(f"{PLACE}/{kept['id']}")) == kept
    found = gives(await ada.get("/api/v1/currencies/convert", params=ASKED))
    assert found["result"] == {"amount": "97.00", "currency": "TRY"}
    assert (found["rate"]["own"], found["rate"]["sources"]) == (True, [])
    done = gives(await ada.delete(f"{PLACE}/{kept['id']}"))
    found = gives(await ada.get("/api/v1/currencies/convert", params=ASKED))
    assert (found["result"], found["rate"]["known"]) == (None, "unknown")
    gives(await ada.post(f"/api/v1/changes/{done['change_id']}/undo"))
    assert gives(await ada.get(PLACE, params={"currency": "TRY"}))["items"] == [kept]


@pytest.mark.parametrize(
    "value", ["0", "-1", "NaN", "1e5", "", "1,5", "9" * 21, "9" * 20, "1.2345678901234"]
)
async def test_what_is_no_rate_is_refused(ada: httpx.AsyncClient, value: str) -> None:
    answer = await ada.put(PLACE, json=RATE | {"value": value})
    refuses(answer, 422, "value")
    assert "rate" in answer.json()["detail"] or len(value) > 20
    assert gives(await ada.get(PLACE))["items"] == []


@pytest.mark.parametrize(
    ("base", "quote", "on", "said"),
    [
        ("TRY", "USD", "1990-01-01", "TRY did not exist before 2005-01-01."),
        ("EUR", "USD", "1950-01-01", "EUR did not exist before 1999-01-01."),
        ("BTC", "USD", "1999-01-01", "BTC did not exist before 2009-01-03."),
        ("CHF", "CHE", "1900-01-01", "CHE did not exist before 1999-01-01."),
    ],
)
async def test_day_before_a_currency_is_refused_by_name(
    ada: httpx.AsyncClient, base: str, quote: str, on: str, said: str
) -> None:
    body = {"base": base, "quote": quote, "on_date": on, "value": "2"}
    answer = await ada.put(PLACE, json=body)
    refuses(answer, 422, "on_date")
    assert answer.json()["detail"] == said
