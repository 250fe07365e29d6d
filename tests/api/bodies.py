"""What somebody sends to each route, with one id of somebody else in each body."""

from typing import Any

from tests.api.route_sorts import STAFF
from tests.belongings import Ids

Body = dict[str, Any]
EURO = {"amount": "1.00", "currency": "EUR"}
DAY, TODAY = "2026-03-05", "2026-11-18"
SEEN = {"observations": 1, "seen_at": "2026-03-05T10:00:00Z"}


def _payment(account_id: int, category_id: int, kind: str = "expense") -> Body:
    line = {"category_id": category_id, "amount": EURO}
    payment = {"account_id": account_id, "amount": EURO, "lines": [line]}
    return {"on_date": DAY, kind: payment}


def _transfer(from_id: int, to_id: int) -> Body:
    move = {"from_account_id": from_id, "to_account_id": to_id, "sent": EURO}
    return {"on_date": DAY, "transfer": move}


def _postings(first: int, second: int) -> Body:
    back = {"amount": "-1.00", "currency": "EUR"}
    postings = [
        {"account_id": first, "amount": back},
        {"account_id": second, "amount": EURO},
    ]
    return {"on_date": DAY, "postings": postings}


def _rule(account_id: int, category_id: int, target: int = 0) -> Body:
    """A rule that looks at an account and sends money to a category or an account."""
    look = {"field": "account", "test": "is", "account_id": account_id}
    shares = {"shares": [{"category_id": category_id}]}
    away = {"transfer_account_id": target}
    return {"conditions": [look], "actions": away if target else shares}


def rules(own: Ids, other: Ids) -> list[Body]:
    words = {"field": "payee", "test": "contains", "words": "x"}
    return [
        _rule(other.account_id, own.category_id),
        _rule(own.account_id, other.category_id),
        _rule(own.account_id, own.category_id, other.account_id)
        | {"conditions": [words]},
    ]


def _item(account_id: int, other_id: int) -> Body:
    amount = {"amount": "-1.00", "currency": "EUR"}
    item = {"account_id": account_id, "other_id": other_id, "amount": amount}
    return {"name": "x", "pattern": "weeks", "starts_on": DAY, **item}


def _ruled(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """What is sent to rules, tags and the review."""
    return {
        "POST /v1/rules": [*rules(own, other)],
        "POST /v1/rules/preview": [
            *rules(own, other),
            _rule(own.account_id, own.category_id) | {"rule_id": other.rule_id},
        ],
        "PUT /v1/rules/order": [{"ids": [other.rule_id]}],
        "PUT /v1/rules/{rule_id}": [
            _rule(own.account_id, own.category_id) | {"version": 1}
        ],
        "POST /v1/rules/{rule_id}/switch": [{"version": 1, "is_on": False}],
        "POST /v1/rules/{rule_id}/apply": [{"version": 1}],
        "POST /v1/review": [
            {"place": "x", "kind": "expense", "category_id": other.category_id}
        ],
        "PUT /v1/tags/{tag_id}": [{"version": 1, "name": "x"}],
        "POST /v1/tags/{tag_id}/merge": [{"version": 1, "into_id": own.tag_id}],
        "POST /v1/tags/merge": [
            {"tags": [{"id": other.tag_id, "version": 1}], "into_id": own.tag_id},
            {"tags": [{"id": own.tag_id, "version": 1}], "into_id": other.tag_id},
        ],
    }


def _recurring(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """What is sent to what comes again."""
    return {
        "POST /v1/recurring": [
            _item(other.account_id, own.category_id),
            _item(own.account_id, other.category_id),
        ],
        "PUT /v1/recurring/{item_id}": [
            _item(own.account_id, own.category_id) | {"version": 1}
        ],
        "POST /v1/recurring/{item_id}/end": [{"version": 1}],
        "POST /v1/recurring/{item_id}/book": [{"rule_on": TODAY}],
        "POST /v1/recurring/{item_id}/skip": [{"rule_on": TODAY}],
    }


def _template(account_id: int, category_id: int) -> Body:
    shares = [{"category_id": category_id, "amount": EURO}]
    pattern = {"kind": "expense", "account_id": account_id, "shares": shares}
    return {"name": "x", **pattern}


def _templates(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """What is sent to templates."""
    move = {"account_id": own.account_id, "to_account_id": other.account_id}
    return {
        "POST /v1/templates": [
            _template(other.account_id, own.category_id),
            _template(own.account_id, other.category_id),
            {"name": "x", "kind": "transfer", **move},
        ],
        "PUT /v1/templates/{template_id}": [
            _template(own.account_id, own.category_id) | {"version": 1}
        ],
        "POST /v1/templates/{template_id}/rename": [{"version": 1, "name": "x"}],
    }


def _reconciled(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """What is sent to reconciliations."""

    def statement(account_id: int) -> Body:
        return {"account_id": account_id, "statement_on": TODAY, "balance": EURO}

    lacking = {"difference": EURO, "category_id": other.category_id}
    return {
        "POST /v1/reconciliations": [statement(other.account_id)],
        "POST /v1/reconciliations/preview": [statement(other.account_id)],
        "POST /v1/reconciliations/balance": [
            statement(own.account_id) | lacking,
            statement(other.account_id) | lacking | {"category_id": own.category_id},
        ],
        "POST /v1/reconciliations/{reconciliation_id}/reopen": [None],
    }


def _books(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """What is sent to accounts, categories and transactions."""
    entry = _payment(own.account_id, own.category_id)
    return {
        "POST /v1/accounts": [],
        "PUT /v1/own-rates": [
            {"base": "EUR", "quote": "TRY", "on_date": DAY, "value": "48.5"}
        ],
        "PUT /v1/accounts/{account_id}": [{"version": 1, "name": "x"}],
        "POST /v1/accounts/{account_id}/close": [{"version": 1, "on": DAY}],
        "POST /v1/accounts/{account_id}/reopen": [{"version": 1}],
        "POST /v1/categories": [
            {"name": "x", "kind": "expense", "parent_id": other.category_id}
        ],
        "PUT /v1/categories/{category_id}": [{"version": 1, "name": "x"}],
        "POST /v1/categories/{category_id}/merge": [
            {"version": 1, "into_id": own.category_id}
        ],
        "POST /v1/transactions": [
            _payment(other.account_id, own.category_id),
            _payment(own.account_id, other.category_id),
            _payment(other.account_id, own.category_id, "income"),
            _payment(own.account_id, other.category_id, "income"),
            _transfer(other.account_id, own.account_id),
            _transfer(own.account_id, other.account_id),
            _postings(other.account_id, own.account_id),
            _postings(own.account_id, other.category_id),
        ],
        "PUT /v1/transactions/{transaction_id}": [entry | {"version": 1}],
        "POST /v1/transactions/{transaction_id}/void": [{"version": 1}],
    }


def _picked(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """What is sent for several transactions at once."""
    return {
        "POST /v1/transactions/change": [
            {"transactions": [{"id": id_, "version": 1}], **what}
            for id_, what in (
                (other.transaction_id, {"void": True}),
                (own.transaction_id, {"account_id": other.account_id}),
                (own.transaction_id, {"category_id": other.category_id}),
            )
        ],
        "POST /v1/transactions/clear": [
            {"transaction_ids": [other.transaction_id], "cleared": True},
            {
                "transaction_ids": [own.transaction_id],
                "account_id": other.account_id,
                "cleared": True,
            },
        ],
    }


def bodies(own: Ids, other: Ids) -> dict[str, list[Body | None]]:
    """For each route what to send: the ids in bodies are somebody else's in turn.

    Where the path holds an id, that one is somebody else's and the body is sound.
    """
    return {
        **_books(own, other),
        **_picked(own, other),
        "POST /v1/changes/{change_id}/undo": [None],
        **_recurring(own, other),
        **_templates(own, other),
        **_reconciled(own, other),
        "POST /v1/imports/{preview_id}/confirm": [None],
        "POST /v1/imports/previews/{preview_id}/stop": [None],
        "PATCH /v1/imports/previews/{preview_id}": [{}],
        **_ruled(own, other),
        **{name: [{"version": 1}] for name in STAFF},
        "PUT /v1/staff/rates/sources/{source}/fill": [{"first": DAY, "last": DAY}],
        **{
            f"POST /v1/staff/rates/jumps/{{source}}/{{code}}/{deed}": [SEEN]
            for deed in ("accept", "refuse")
        },
        "PUT /v1/staff/people/{person_id}/role": [{"version": 1, "role": "admin"}],
        "PUT /v1/staff/people/{person_id}/post": [
            {"version": 1, "department": "x", "position": "x"}
        ],
    }
