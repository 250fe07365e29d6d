"""What the books refuse of a transaction is named by the field of the request."""

from typing import Any

import httpx

from tests.api.asking import refuses
from tests.api.places import DAY, Places, dollar, euro

PLACE = "/api/v1/transactions"


async def test_wrong_currency_of_a_transfer_names_what_gave_it(
    ada: httpx.AsyncClient, places: Places
) -> None:
    rate = {"base": "EUR", "quote": "GBP", "value": "1.2"}
    turned = {"base": "GBP", "quote": "EUR", "value": "1.2"}
    pound = {"amount": "5", "currency": "GBP"}
    for said, field in (
        ({"sent": euro("5")}, "received"),
        ({"sent": dollar("5")}, "sent.currency"),
        ({"sent": euro("5"), "received": pound}, "received.currency"),
        ({"sent": euro("5"), "rate": rate}, "rate.quote"),
        ({"sent": euro("5"), "rate": turned}, "rate.base"),
    ):
        move = {"from_account_id": places.bank, "to_account_id": places.dollars}
        entry = {"on_date": DAY, "transfer": {**move, **said}}
        problem = refuses(await ada.post(PLACE, json=entry), 422)
        (error,) = problem["errors"]
        assert error["field"] == f"transfer.{field}"


async def test_postings_that_do_not_add_up_are_named_together(
    ada: httpx.AsyncClient, places: Places
) -> None:
    postings = [
        {"account_id": places.bank, "amount": euro("-2")},
        {"account_id": places.food, "amount": euro("1")},
    ]
    entry = {"on_date": DAY, "postings": postings}
    refuses(await ada.post(PLACE, json=entry), 422, "postings")
    postings[0]["amount"] = dollar("-2")
    field = "postings.0.amount.currency"
    refuses(await ada.post(PLACE, json=entry), 422, field)


async def test_more_lines_than_a_transaction_has_are_named(
    ada: httpx.AsyncClient, places: Places
) -> None:
    entry: Any = places.expense("100")
    entry["expense"]["lines"] = places.expense("1")["expense"]["lines"] * 100
    refuses(await ada.post(PLACE, json=entry), 422, "expense.lines")
