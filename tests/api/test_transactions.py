"""Transactions over REST."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.api.asking import gives, refuses
from tests.books import Books

PLACE = "/api/v1/transactions"
DAY = "2026-03-05"


def euro(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def dollar(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


@dataclass(frozen=True)
class Places:
    bank: int
    dollars: int
    food: int
    salary: int

    def expense(self, amount: str = "12.50", **more: Any) -> dict[str, Any]:
        line = {"category_id": self.food, "amount": euro(amount)}
        expense = {"account_id": self.bank, "amount": euro(amount), "lines": [line]}
        return {"on_date": DAY, "payee": "Café", "expense": expense, **more}


@pytest.fixture
async def places(books: Books) -> Places:
    bank = await books.open("Bank", "100 EUR")
    dollars = await books.open("Dollars", "0 USD")
    food = await books.category("Food")
    salary = await books.category("Salary", "income")
    return Places(bank.id, dollars.id, food, salary)


def amounts(item: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [
        (p["account_id"], p["amount"]["amount"], p["amount"]["currency"])
        for p in item["postings"]
        if p["kind"] != "equity"
    ]


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


async def test_edit_replaces_and_void_cancels(
    ada: httpx.AsyncClient, places: Places
) -> None:
    made = gives(await ada.post(PLACE, json=places.expense()), 201)["item"]
    here = f"{PLACE}/{made['id']}"
    edit = places.expense("20", version=1, note="more")
    edited = gives(await ada.put(here, json=edit))["item"]
    assert (edited["version"], edited["note"]) == (2, "more")
    problem = refuses(await ada.put(here, json=edit), 409)
    assert problem["present"] == edited
    assert problem["sent"]["version"] == 1
    assert refuses(await ada.post(f"{here}/void", json={"version": 1}), 409)["present"]
    void = gives(await ada.post(f"{here}/void", json={"version": 2}))["item"]
    assert void["voided_at"] == "2026-11-18T12:00:00Z"


async def test_repeated_key_records_once(
    ada: httpx.AsyncClient, places: Places
) -> None:
    headers = {"Idempotency-Key": "once"}
    twice = [
        gives(await ada.post(PLACE, json=places.expense(), headers=headers), 201)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    found = gives(await ada.get(PLACE, params={"q": "café"}))["items"]
    assert found == [twice[0]["item"]]


async def test_list_is_filtered_and_paged(
    ada: httpx.AsyncClient, places: Places
) -> None:
    for amount in ("1", "2", "3"):
        gives(await ada.post(PLACE, json=places.expense(amount)), 201)

    async def found(**wanted: str | int) -> list[str]:
        items = gives(await ada.get(PLACE, params=wanted))["items"]
        return [amounts(item)[0][1] for item in items]

    assert await found(category_id=places.food) == ["-3.00", "-2.00", "-1.00"]
    assert await found(account_id=places.dollars) == []
    assert await found(min="2", max="2.50") == ["-2.00"]
    assert await found(q="caf", since=DAY, until=DAY, limit=1) == ["-3.00"]
    assert await found(since="2026-03-06") == []
    first = gives(await ada.get(PLACE, params={"limit": 2}))
    rest = gives(await ada.get(PLACE, params={"limit": 2, "cursor": first["next"]}))
    assert len(first["items"]) == len(rest["items"]) == 2
    assert rest["next"] is None


async def test_totals_and_payees_help(ada: httpx.AsyncClient, places: Places) -> None:
    gives(await ada.post(PLACE, json=places.expense()), 201)
    wanted = {"category_id": places.food}
    totals = gives(await ada.get(f"{PLACE}/totals", params=wanted))
    assert totals["count"] == 1
    assert totals["flows"][0]["went_out"] == euro("12.50")
    days = gives(await ada.get(f"{PLACE}/days", params=wanted))["items"]
    assert [day["on_date"] for day in days] == [DAY]
    assert gives(await ada.get("/api/v1/payees?prefix=ca"))["items"] == ["Café"]
    recalled = gives(await ada.get("/api/v1/payees/recall?payee=Café"))["items"]
    assert recalled[0]["category_id"] == places.food


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "2026-02-31"),
        ("until", "soon"),
        ("min", "NaN"),
        ("max", "1e999999"),
        ("min", "-1"),
        ("account_id", str(2**63)),
        ("category_id", "-1"),
        ("cursor", "1"),
        ("cursor", "20260231-1"),
        ("limit", "101"),
        ("surprise", "1"),
    ],
)
async def test_bad_filter_names_its_field(
    ada: httpx.AsyncClient, name: str, value: str
) -> None:
    field = "" if value == "20260231-1" else name
    refuses(await ada.get(PLACE, params={name: value}), 422, field)


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
        (("expense", "lines", 0, "amount", "amount"), "1", "parts"),
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
    refuses(await ada.post(PLACE, json={"on_date": DAY, "transfer": move}), 422)
