"""The forms in which a transaction is given over REST."""

from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.api.places import DAY, PLACE, Places, amounts, dollar, euro


async def test_expense_leaves_the_account(
    ada: httpx.AsyncClient, places: Places
) -> None:
    answer = await ada.post(PLACE, json=places.expense())
    made = gives(answer, 201)
    assert amounts(made["item"]) == [
        (places.bank, "-12.50", "EUR"),
        (places.food, "12.50", "EUR"),
    ]
    assert gives(await ada.get(answer.headers["location"])) == made["item"]


async def test_income_arrives(ada: httpx.AsyncClient, places: Places) -> None:
    line = {"category_id": places.salary, "amount": euro("5")}
    income = {"account_id": places.bank, "amount": euro("5"), "lines": [line]}
    made = gives(await ada.post(PLACE, json={"on_date": DAY, "income": income}), 201)
    assert amounts(made["item"])[0] == (places.bank, "5.00", "EUR")


async def test_split_with_memo_and_original(
    ada: httpx.AsyncClient, places: Places
) -> None:
    lines = [
        {"category_id": places.food, "amount": euro("7"), "memo": "lunch"},
        {"category_id": places.food, "amount": euro("3")},
    ]
    expense = {
        "account_id": places.bank,
        "amount": euro("10"),
        "lines": lines,
        "original": dollar("11"),
    }
    made = gives(await ada.post(PLACE, json={"on_date": DAY, "expense": expense}), 201)
    own, lunch, _ = made["item"]["postings"]
    assert own["original"] == dollar("-11.00")
    assert (lunch["memo"], lunch["amount"]) == ("lunch", euro("7.00"))


@pytest.mark.parametrize(
    "how",
    [
        {"received": dollar("54.00")},
        {"rate": {"base": "EUR", "quote": "USD", "value": "1.08"}},
        {"rate": {"base": "USD", "quote": "EUR", "value": "0.925926"}},
    ],
    ids=["both amounts", "rate", "rate the other way round"],
)
async def test_transfer_between_currencies(
    ada: httpx.AsyncClient, places: Places, how: dict[str, Any]
) -> None:
    move = {
        "from_account_id": places.bank,
        "to_account_id": places.dollars,
        "sent": euro("50"),
        **how,
    }
    made = gives(await ada.post(PLACE, json={"on_date": DAY, "transfer": move}), 201)
    assert amounts(made["item"]) == [
        (places.bank, "-50.00", "EUR"),
        (places.dollars, "54.00", "USD"),
    ]


async def test_postings_are_taken_as_they_are(
    ada: httpx.AsyncClient, places: Places
) -> None:
    postings = [
        {"account_id": places.bank, "amount": euro("-1")},
        {"account_id": places.food, "amount": euro("1")},
    ]
    made = gives(
        await ada.post(PLACE, json={"on_date": DAY, "postings": postings}), 201
    )
    assert amounts(made["item"])[1] == (places.food, "1.00", "EUR")


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("on_date",), "2026-02-31", "on_date"),
        (("payee",), "x" * 501, "payee"),
        (("payee",), "a\x00", "payee"),
        (("expense", "amount", "amount"), "1e999999", "expense.amount.amount"),
        (("expense", "amount", "amount"), 12.5, "expense.amount.amount"),
        (("expense", "amount", "currency"), "EURO", "expense.amount.currency"),
        (("expense", "account_id"), 2**63, "expense.account_id"),
        (("expense", "account_id"), "1", "expense.account_id"),
        (("expense", "account_id"), True, "expense.account_id"),
        (("expense", "lines"), [], "expense.lines"),
        (
            ("expense", "lines", 0, "amount", "amount"),
            "NaN",
            "expense.lines.0.amount.amount",
        ),
        (("expense", "lines", 0, "amount", "amount"), "1", "expense.lines"),
        (("expense", "amount", "currency"), "USD", "expense.amount.currency"),
        (("expense", "lines", 0, "memo"), "\x00", "expense.lines.0.memo"),
        (("postings",), [], "postings"),
    ],
)
async def test_bad_entry_names_its_field(
    ada: httpx.AsyncClient,
    places: Places,
    path: tuple[str | int, ...],
    value: object,
    field: str,
) -> None:
    entry: Any = places.expense()
    inner = entry
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    refuses(await ada.post(PLACE, json=entry), 422, field)


async def test_exactly_one_form_is_given(
    ada: httpx.AsyncClient, places: Places
) -> None:
    refuses(await ada.post(PLACE, json={"on_date": DAY}), 422)
    both = places.expense()
    refuses(await ada.post(PLACE, json=both | {"income": both["expense"]}), 422)


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"rate": {"base": "EUR", "quote": "USD", "value": "0"}}, "rate.value"),
        ({"rate": {"base": "EUR", "quote": "USD", "value": "NaN"}}, "rate.value"),
        ({"rate": {"base": "EUR", "quote": "USD", "value": "0.00001"}}, "rate.value"),
        ({"rate": {"base": "EUR", "quote": "XXQ", "value": "1"}}, "rate.quote"),
        ({"rate": {"base": "GBP", "quote": "USD", "value": "1"}}, "rate.base"),
        (
            {
                "received": dollar("1"),
                "rate": {"base": "EUR", "quote": "USD", "value": "1"},
            },
            "rate",
        ),
        ({"received": dollar("1.005")}, "received.amount"),
    ],
)
async def test_bad_exchange_names_its_field(
    ada: httpx.AsyncClient, places: Places, how: dict[str, Any], field: str
) -> None:
    move = {
        "from_account_id": places.bank,
        "to_account_id": places.dollars,
        "sent": euro("50"),
        **how,
    }
    entry = {"on_date": DAY, "transfer": move}
    refuses(await ada.post(PLACE, json=entry), 422, f"transfer.{field}")


async def test_rate_beyond_all_amounts_is_refused(
    ada: httpx.AsyncClient, places: Places
) -> None:
    move = {
        "from_account_id": places.bank,
        "to_account_id": places.dollars,
        "sent": euro("9999999999999"),
        "rate": {"base": "EUR", "quote": "USD", "value": "9" * 18},
    }
    entry = {"on_date": DAY, "transfer": move}
    refuses(await ada.post(PLACE, json=entry), 422, "transfer.rate.value")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": "from"}, "transfer.to_account_id"),
        ({"sent": euro("-5")}, "transfer.sent.amount"),
        ({"sent": euro("0")}, "transfer.sent.amount"),
        ({"received": euro("-5")}, "transfer.received.amount"),
    ],
    ids=["one account", "backwards", "nothing", "received backwards"],
)
async def test_transfer_goes_from_one_account_to_another(
    ada: httpx.AsyncClient, places: Places, changes: dict[str, Any], field: str
) -> None:
    other = places.bank if "to" in changes else places.dollars
    move = {
        "from_account_id": places.bank,
        "to_account_id": other,
        "sent": changes.get("sent", euro("5")),
        "received": changes.get("received"),
    }
    entry = {"on_date": DAY, "transfer": move}
    refuses(await ada.post(PLACE, json=entry), 422, field)


@pytest.mark.parametrize(
    ("path", "place", "field"),
    [
        (("account_id",), "food", "expense.account_id"),
        (("lines", 0, "category_id"), "bank", "expense.lines.0.category_id"),
    ],
)
async def test_payment_goes_between_an_account_and_categories(
    ada: httpx.AsyncClient,
    places: Places,
    path: tuple[str | int, ...],
    place: str,
    field: str,
) -> None:
    entry: Any = places.expense()
    inner = entry["expense"]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = getattr(places, place)
    refuses(await ada.post(PLACE, json=entry), 422, field)
    income = {"on_date": DAY, "income": entry["expense"]}
    income_field = field.replace("expense", "income")
    refuses(await ada.post(PLACE, json=income), 422, income_field)


async def test_transfer_takes_no_category(
    ada: httpx.AsyncClient, places: Places
) -> None:
    move = {"from_account_id": places.bank, "to_account_id": places.food}
    entry = {"on_date": DAY, "transfer": {**move, "sent": euro("5")}}
    refuses(await ada.post(PLACE, json=entry), 422, "transfer.to_account_id")


async def test_postings_touch_an_account(
    ada: httpx.AsyncClient, places: Places
) -> None:
    postings = [
        {"account_id": places.salary, "amount": euro("-1")},
        {"account_id": places.food, "amount": euro("1")},
    ]
    entry = {"on_date": DAY, "postings": postings}
    refuses(await ada.post(PLACE, json=entry), 422, "postings.0.account_id")


async def test_postings_move_between_two_places(
    ada: httpx.AsyncClient, places: Places
) -> None:
    postings = [
        {"account_id": places.bank, "amount": euro("-1")},
        {"account_id": places.bank, "amount": euro("1")},
    ]
    entry = {"on_date": DAY, "postings": postings}
    refuses(await ada.post(PLACE, json=entry), 422, "postings.1.account_id")


async def test_nothing_is_no_amount(ada: httpx.AsyncClient, places: Places) -> None:
    entry = places.expense("0")
    refuses(await ada.post(PLACE, json=entry), 422, "expense.amount.amount")
    lines = [*entry["expense"]["lines"], *places.expense("5")["expense"]["lines"]]
    entry["expense"] |= {"amount": euro("5"), "lines": lines}
    field = "expense.lines.0.amount.amount"
    refuses(await ada.post(PLACE, json=entry), 422, field)
    postings = [
        {"account_id": places.bank, "amount": euro("0")},
        {"account_id": places.food, "amount": euro("0")},
    ]
    both = {"on_date": DAY, "postings": postings}
    refuses(await ada.post(PLACE, json=both), 422, "postings.0.amount.amount")
