"""What a file of whole books says of rules, recurring items and templates."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.money import Money
from fintrack.core.recurrence import SKIPPED
from fintrack.core.rules import Condition, Share
from fintrack.models.recurring import RecurringItem
from fintrack.services.commands import Work, question
from fintrack.services.exporting.batches import read_ids
from fintrack.services.ledger.listing import Filter
from fintrack.services.recurring.handling import as_new
from fintrack.services.rules.rulebook import KeptRule, load_rules
from fintrack.services.templates.template_rows import TemplateView, read_templates

Said = dict[str, Any]
_DATES: Final = text(
    "SELECT item_id, rule_on, due_on, outcome, transaction_id "
    "FROM recurring_occurrence WHERE ledger_id = :ledger_id ORDER BY item_id, rule_on"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a file of whole books: ids of transactions, and lists by name.

    ``dates`` has by such ids the dates of items for which transactions stand.
    """

    ids: "array[int]"
    habits: Mapping[str, Sequence[Said]]
    dates: Mapping[int, Said]


@question("transaction.export_books", ledger=LedgerRole.VIEWER)
async def read_contents(work: Work, wanted: Filter) -> Contents:
    """What is in a file, as it is at one moment: no date comes twice or is lost.

    A rule that does nothing any more, because its tags were removed, is left out.
    """
    ids = await read_ids(work, wanted)
    rules = [_rule(one) for one in await load_rules(work) if _does_something(one)]
    templates = [_template(one) for one in await read_templates(work)]
    items, dates = await _items(work, ids)
    habits = {"rules": rules, "recurring": items, "templates": templates}
    return Contents(ids, habits, dates)


def _does_something(one: KeptRule) -> bool:
    actions = one.rule.actions
    return bool(
        actions.places_money or actions.payee or actions.note or actions.tag_ids
    )


def _rule(one: KeptRule) -> Said:
    actions = one.rule.actions
    return {
        "on": one.is_on,
        "needs_all": one.rule.needs_all,
        "conditions": [_condition(condition) for condition in one.rule.conditions],
        "shares": _shares(actions.shares),
        "transfer": _id(actions.transfer_account_id),
        "payee": actions.payee,
        "note": actions.note,
        "tags": list(one.tags),
    }


def _shares(shares: Sequence[Share]) -> list[Said]:
    """Each category once: of two that were merged a rule has both parts."""
    percents: dict[int, int] = {}
    for one in shares:
        percents[one.category_id] = percents.get(one.category_id, 0) + one.percent
    return [
        {"category": str(category_id), "percent": percent}
        for category_id, percent in percents.items()
    ]


def _condition(one: Condition) -> Said:
    """What it asks; what it leaves open is not there."""
    said: Said = {"field": one.field, "test": one.test}
    given = {
        "words": one.words,
        "account": _id(one.account_id),
        "least": None if one.least is None else f"{one.least:f}",
        "most": None if one.most is None else f"{one.most:f}",
    }
    return said | {name: value for name, value in given.items() if value}


async def _items(work: Work, ids: Sequence[int]) -> tuple[list[Said], dict[int, Said]]:
    """The items, and for ids of transactions in the file the dates they stand for."""
    rows = await work.session.scalars(
        select(RecurringItem)
        .where(col(RecurringItem.ledger_id) == work.ledger_id)
        .order_by(col(RecurringItem.id))
    )
    found = {row.id: _item(row) for row in rows}
    booked = dict[int, Said]()
    if found:
        dates = await work.session.execute(_DATES, {"ledger_id": work.ledger_id})
        handled = dates.all()
        written = {row.transaction_id for row in handled}.intersection(ids)
        for row in handled:
            days = _days(row.rule_on, row.due_on)
            if row.transaction_id in written:
                booked[row.transaction_id] = {"item": str(row.item_id), **days}
            else:
                # Its transaction, if it has one, is narrowed out: it is done with.
                outcome = row.outcome if row.transaction_id is None else SKIPPED
                found[row.item_id]["dates"].append({**days, "outcome": outcome})
    return list(found.values()), booked


def _item(row: RecurringItem) -> Said:
    new = as_new(row)
    said = {
        "id": str(row.id),
        "name": new.name,
        "account": str(new.account_id),
        "other": str(new.other_id),
        **_money("amount", "currency", new.amount),
        "pattern": new.rule.pattern,
        "every": new.rule.every,
        "day": new.rule.day,
        "week": new.rule.week,
        "weekday": new.rule.weekday,
        "starts_on": new.rule.starts_on.isoformat(),
        "ends_on": new.rule.ends_on.isoformat() if new.rule.ends_on else None,
        "shift": new.rule.shift,
        "automatic": new.is_automatic,
        "counts_from": row.counts_from.isoformat(),
        "dates": list[Said](),
    }
    if new.received is None:
        return said
    return said | _money("received", "received_currency", new.received)


def _template(one: TemplateView) -> Said:
    return {
        "name": one.name,
        "kind": one.kind,
        "account": str(one.account_id),
        "to_account": _id(one.to_account_id),
        "amount": one.amount.text if one.amount else None,
        "payee": one.payee,
        "note": one.note,
        "shares": [
            {
                "category": str(share.category_id),
                "amount": share.amount.text if share.amount else None,
                "memo": share.memo,
            }
            for share in one.shares
        ],
        "tags": list(one.tags),
    }


def _days(rule_on: date, due_on: date) -> Said:
    return {"on": rule_on.isoformat(), "due": due_on.isoformat()}


def _money(amount: str, currency: str, money: Money) -> Said:
    return {amount: money.text, currency: money.currency}


def _id(id_: int | None) -> str | None:
    return None if id_ is None else str(id_)
