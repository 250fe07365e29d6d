"""Rules, recurring items and templates as a file of books says them."""

from collections.abc import Callable
from typing import Any

from fintrack.core.book_fields import FilePlace
from fintrack.core.chart import Kind

PLACES = {
    "a": FilePlace(1, Kind.ASSET, "EUR", name="Bank"),
    "d": FilePlace(2, Kind.ASSET, "USD"),
    "old": FilePlace(3, Kind.ASSET, "EUR", is_closed=True),
    "c": FilePlace(4, Kind.EXPENSE, ""),
    "x": FilePlace(5, Kind.EQUITY, ""),
}
Said = dict[str, Any]


def rule(**more: Any) -> Said:
    """What has Shop for its payee is Food."""
    return {"conditions": [payee_has("Shop")], "shares": [{"category": "c"}], **more}


def payee_has(words: str) -> Said:
    return {"field": "payee", "test": "contains", "words": words}


def renaming(words: str, payee: str, **more: Any) -> Said:
    return {"conditions": [payee_has(words)], "payee": payee, **more}


def item(**more: Any) -> Said:
    """Ten euros on each first of a month."""
    return {
        "id": "i",
        "name": "Rent",
        "account": "a",
        "other": "c",
        "amount": "-10.00",
        "currency": "EUR",
        "pattern": "month-day",
        "starts_on": "2026-01-01",
        "counts_from": "2026-01-01",
        **more,
    }


def template(**more: Any) -> Said:
    """Lunch of twelve euros."""
    said = {"name": "Lunch", "kind": "expense", "account": "a", "amount": "12.00"}
    return {**said, "shares": [{"category": "c"}], "tags": ["noon"], **more}


HABITS: dict[str, Callable[..., Said]] = {
    "rules": rule,
    "recurring": item,
    "templates": template,
}
