"""How books begin, over REST."""

import httpx
import pytest

from tests.api.asking import gives, refuses

LEDGER = "/api/v1/ledger"
SAMPLE = "/api/v1/sample"
CASH = {
    "name": "Cash",
    "type": "Cash",
    "opening": {"amount": "100", "currency": "TRY"},
    "opened_on": "2026-01-01",
}


async def test_fresh_start_brings_the_first_account(ada: httpx.AsyncClient) -> None:
    assert gives(await ada.get(LEDGER))["started_with"] is None
    start = {"beginning": "fresh", "account": CASH}
    headers = {"Idempotency-Key": "once"}
    twice = [
        gives(await ada.post(f"{LEDGER}/start", json=start, headers=headers))
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    now = gives(await ada.get(LEDGER))
    assert (now["started_with"], now["base_currency"]) == ("fresh", "TRY")
    refuses(await ada.post(f"{LEDGER}/start", json={"beginning": "import"}), 409)


async def test_sample_is_added_and_removed(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(SAMPLE, json={})
    added = gives(answer, 201)
    assert answer.headers["location"].endswith(f"/{added['item']['import_id']}")
    gives(await ada.get(answer.headers["location"]))
    refuses(await ada.post(SAMPLE, json={}), 409)
    removed = gives(await ada.delete(SAMPLE))["item"]
    assert removed == {"transactions": added["item"]["transactions"], "kept": 0}
    refuses(await ada.delete(SAMPLE), 404)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (f"{LEDGER}/start", {"beginning": "magic"}, "beginning"),
        (f"{LEDGER}/start", {"beginning": "fresh"}, "account"),
        (
            f"{LEDGER}/start",
            {
                "beginning": "fresh",
                "account": CASH | {"opening": {"amount": "NaN", "currency": "TRY"}},
            },
            "account.opening.amount",
        ),
        (SAMPLE, {"until": "2026-02-31"}, "until"),
        (SAMPLE, {"until": "1900-02-01"}, "until"),
    ],
)
async def test_bad_input_names_its_field(
    ada: httpx.AsyncClient, path: str, body: dict[str, object], field: str
) -> None:
    refuses(await ada.post(path, json=body), 422, field)
