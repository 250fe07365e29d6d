"""Amounts and places of the tests that enter transactions over REST."""

from dataclasses import dataclass
from typing import Any

PLACE = "/api/v1/transactions"
DAY = "2026-03-05"


def euro(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def dollar(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


def amounts(item: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Account, amount and currency of each posting that people see."""
    return [
        (p["account_id"], p["amount"]["amount"], p["amount"]["currency"])
        for p in item["postings"]
        if p["kind"] != "equity"
    ]


@dataclass(frozen=True)
class Places:
    """Two accounts and two categories, by id."""

    bank: int
    dollars: int
    food: int
    salary: int

    def expense(self, amount: str = "12.50", **more: Any) -> dict[str, Any]:
        line = {"category_id": self.food, "amount": euro(amount)}
        expense = {"account_id": self.bank, "amount": euro(amount), "lines": [line]}
        return {"on_date": DAY, "payee": "Café", "expense": expense, **more}
