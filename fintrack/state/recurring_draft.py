"""The texts of the form of what comes again, and the item that they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fintrack.core.errors import InvalidInput
from fintrack.core.money import Money
from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.services.recurring.item_rows import ItemView, NewItem
from fintrack.state.forms import Findings, read_day, read_id, read_money
from fintrack.state.ledger_choices import Choice
from fintrack.state.transaction_draft import IN, KINDS, MOVE, OUT, money_text

# Any currency will do to read an amount that is not used.
UNTOLD = "EUR"
# No rule counts further.
MOST_DIGITS = 3


@dataclass(frozen=True)
class ItemDraft:
    """What the form shows; ``kind`` is out, in or move, ``other`` where it goes.

    ``received`` is what arrives there in another currency.
    """

    id: str = ""
    kind: str = OUT
    name: str = ""
    amount: str = ""
    account: str = ""
    other: str = ""
    received: str = ""
    pattern: str = Pattern.MONTH_DAY
    every: str = "1"
    day: str = "1"
    week: str = "1"
    weekday: str = "0"
    starts_on: str = ""
    ends_on: str = ""
    shift: str = Shift.NONE
    is_automatic: bool = False


def new_draft(today: date, account: str) -> ItemDraft:
    """A bill of each month that begins today."""
    return ItemDraft(
        account=account,
        day=str(today.day),
        weekday=str(today.weekday()),
        starts_on=today.isoformat(),
    )


def draft_of(item: ItemView, language: str) -> ItemDraft:
    """The form of an item that is there."""
    rule = item.rule
    kind = IN if item.amount.minor > 0 else OUT
    return ItemDraft(
        id=str(item.id),
        kind=MOVE if item.is_transfer else kind,
        name=item.name,
        amount=money_text(abs(item.amount), language),
        account=str(item.account_id),
        other=str(item.other_id),
        received=money_text(item.received, language) if item.received else "",
        pattern=rule.pattern,
        every=str(rule.every),
        day=str(rule.day),
        week=str(rule.week),
        weekday=str(rule.weekday),
        starts_on=rule.starts_on.isoformat(),
        ends_on=rule.ends_on.isoformat() if rule.ends_on else "",
        shift=rule.shift,
        is_automatic=item.is_automatic,
    )


def typed(draft: ItemDraft, form: Mapping[str, str | bool | None]) -> ItemDraft:
    """The draft with what was typed; kind and pattern are the draft's own."""
    texts = {name: text for name, text in form.items() if isinstance(text, str)}
    return ItemDraft(
        id=draft.id,
        kind=draft.kind if draft.kind in KINDS else OUT,
        name=texts.get("name", ""),
        amount=texts.get("amount", ""),
        account=texts.get("account_id", ""),
        other=texts.get("other_id", ""),
        received=texts.get("received", "").strip(),
        pattern=draft.pattern,
        every=texts.get("every", draft.every),
        day=texts.get("day", draft.day),
        week=texts.get("week", draft.week),
        weekday=texts.get("weekday", draft.weekday),
        starts_on=texts.get("starts_on", ""),
        ends_on=texts.get("ends_on", ""),
        shift=texts.get("shift", draft.shift),
        is_automatic=bool(form.get("is_automatic")),
    )


def tidied(draft: ItemDraft, accounts: Sequence[Choice], language: str) -> ItemDraft:
    """The draft with its amounts as they would be shown; as it is if they are none."""
    try:
        new = read_item(draft, accounts, language)
    except InvalidInput:
        return draft
    received = money_text(new.received, language) if new.received else ""
    amount = money_text(abs(new.amount), language)
    return replace(draft, amount=amount, received=received)


def read_item(draft: ItemDraft, accounts: Sequence[Choice], language: str) -> NewItem:
    """The item that a draft means.

    Raises:
        InvalidInput: with every finding of the text, each on its field.
    """
    findings = Findings()
    currencies = {account.value: account.currency for account in accounts}
    account_id = findings.read("account_id", lambda: _id(draft.account), 0)
    other_id = findings.read("other_id", lambda: _id(draft.other), 0)
    # Without an account the currency is unknown, which is told beside the account.
    currency = currencies.get(draft.account, UNTOLD)
    amount = findings.read(
        "amount", lambda: _amount(draft, currency, language), Money(0, currency)
    )
    received = None
    if draft.kind == MOVE and draft.received:
        arriving = currencies.get(draft.other, UNTOLD)
        received = findings.read(
            "received", lambda: read_money(draft.received, arriving, language), None
        )
    rule = _read_rule(findings, draft)
    findings.check()
    return NewItem(
        name=draft.name,
        account_id=account_id,
        other_id=other_id,
        amount=amount,
        rule=rule,
        is_automatic=draft.is_automatic,
        received=received,
    )


def _read_rule(findings: Findings, draft: ItemDraft) -> Rule:
    none = date.min
    pattern = Pattern(draft.pattern) if draft.pattern in set(Pattern) else Pattern.DAYS
    return Rule(
        pattern=pattern,
        starts_on=findings.read("starts_on", lambda: read_day(draft.starts_on), none),
        every=findings.read("every", lambda: _whole(draft.every), 1),
        day=findings.read("day", lambda: _whole(draft.day), 1),
        week=findings.read("week", lambda: _whole(draft.week), 1),
        weekday=findings.read("weekday", lambda: _whole(draft.weekday), 0),
        ends_on=findings.read("ends_on", lambda: read_day(draft.ends_on), none)
        if draft.ends_on
        else None,
        shift=Shift(draft.shift) if draft.shift in set(Shift) else Shift.NONE,
    )


def _amount(draft: ItemDraft, currency: str, language: str) -> Money:
    """Typed without a sign; the kind says which way the money goes."""
    money = read_money(draft.amount, currency, language)
    if money.minor <= 0:
        raise InvalidInput("Please enter an amount above zero.")
    return money if draft.kind == IN else -money


def _id(text: str) -> int:
    return read_id(text, "")


def _whole(text: str) -> int:
    """A small whole number.

    Raises:
        InvalidInput: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise InvalidInput("Please enter a whole number.")
    return int(text)
