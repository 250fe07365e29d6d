"""The entry that the form of a transaction means."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from fintrack.core.amount_text import evaluate
from fintrack.core.currency import find_currency
from fintrack.core.day_text import read_day_text
from fintrack.core.entries import Entry, Part, exchanged, pay, transfer
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.exchange import Rate
from fintrack.core.money import Money
from fintrack.services.ledger.reading import TransactionView
from fintrack.state.amounts import Reader
from fintrack.state.forms import Findings, number_style, read_id, read_money
from fintrack.state.rule_reading import read_tags
from fintrack.state.transaction_draft import (
    FIXED,
    MOVE,
    OPENING,
    OUT,
    Draft,
    Share,
)
from fintrack.state.transaction_rows import sides

T = TypeVar("T")


def read_entry(
    draft: Draft,
    currencies: Mapping[str, str],
    reader: Reader,
    *,
    kept: TransactionView | None = None,
) -> Entry:
    """The entry of a draft; ``currencies`` are those of the accounts on offer.

    ``kept`` is the transaction whose postings a fixed draft keeps, and whose opening
    balance another one replaces.

    Raises:
        InvalidInput: with everything that is wrong, field by field.
    """
    reading = _Reading(draft, currencies, reader)
    on_date = reading.take("on_date", reading.day)
    if draft.kind == FIXED and kept is not None:
        parts: tuple[Part, ...] | None = _kept_parts(kept)
    elif draft.kind == OPENING and kept is not None:
        parts = reading.opening(kept)
    elif draft.kind == MOVE:
        parts = reading.transfer()
    else:
        parts = reading.payment()
    reading.findings.check()
    if on_date is None or parts is None:
        raise InvalidInput
    return Entry(
        on_date=on_date,
        parts=parts,
        payee=draft.payee,
        description=draft.description,
        note=draft.note,
        tags=read_tags(draft.tags),
    )


def left_to_assign(draft: Draft, currency: str, language: str) -> Money | None:
    """What of the amount no share has yet; None while a text cannot be read."""
    try:
        whole = read_money(draft.amount, currency, language)
        shares = [
            read_money(share.amount, currency, language)
            for share in draft.shares
            if share.amount.strip()
        ]
    except InvalidInput:
        return None
    return sum((-share for share in shares), whole)


class _Reading:
    """Reads the fields of a draft and keeps what is wrong with them."""

    def __init__(
        self, draft: Draft, currencies: Mapping[str, str], reader: Reader
    ) -> None:
        self.findings = Findings()
        self._draft = draft
        self._currencies = currencies
        self._language = reader.language
        self._today = reader.today

    def take(self, name: str, read: Callable[[], T]) -> T | None:
        """What ``read`` gives, or None and a finding for the field ``name``."""
        try:
            return read()
        except FinTrackError as error:
            self.findings.note(error, name)
            return None

    def day(self) -> date:
        """The day as it was typed."""
        return read_day_text(self._draft.on_date, self._today, self._language)

    def opening(self, kept: TransactionView) -> tuple[Part, ...] | None:
        """Another amount to begin with; a debt is below zero."""
        own, *_ = found = _kept_parts(kept)
        text, currency = self._draft.amount, own.money.currency
        amount = self.take("amount", lambda: read_money(text, currency, self._language))
        if amount is None:
            return None
        return tuple(
            replace(part, money=amount if part is own else -amount) for part in found
        )

    def payment(self) -> tuple[Part, ...] | None:
        """The account with one category or several."""
        draft = self._draft
        account = self.take("account", lambda: self._account(draft.account, "account"))
        currency = self._currencies.get(draft.account, "")
        amount = self._above_zero("amount", draft.amount, currency)
        shares = self._shares(amount, currency)
        original = self._original()
        if account is None or amount is None or shares is None:
            return None
        sign = -1 if draft.kind == OUT else 1
        splits = tuple((category, share) for category, share, _ in shares)
        own, *rest = pay(account, amount if sign > 0 else -amount, splits)
        signed = original if original is None or sign > 0 else -original
        return (
            replace(own, original=signed),
            *(
                replace(part, memo=memo)
                for part, (_, _, memo) in zip(rest, shares, strict=True)
            ),
        )

    def transfer(self) -> tuple[Part, ...] | None:
        """Two accounts; between currencies with both amounts or with a rate."""
        draft = self._draft
        source = self.take("account", lambda: self._account(draft.account, "account"))
        target = self.take(
            "to_account", lambda: self._account(draft.to_account, "to_account")
        )
        if source is not None and source == target:
            same = InvalidInput("Please choose two different accounts.")
            self.findings.note(same, "to_account")
        sent = self._above_zero(
            "amount", draft.amount, self._currencies.get(draft.account, "")
        )
        if source is None or target is None or sent is None:
            return None
        received = self._received(sent, self._currencies[draft.to_account])
        if received is None:
            return None
        return transfer(source, target, sent, received)

    def _account(self, text: str, name: str) -> int:
        account_id = read_id(text, name)
        if text not in self._currencies:
            raise InvalidInput("Please choose one.", field=name)
        return account_id

    def _above_zero(self, name: str, text: str, currency: str) -> Money | None:
        if not currency:
            # The missing account is the finding; the amount has no currency yet.
            return None
        money = self.take(
            name, lambda: read_money(text, currency, self._language, name)
        )
        if money is not None and money.minor <= 0:
            low = InvalidInput("Please enter an amount above zero.")
            self.findings.note(low, name)
            return None
        return money

    def _shares(
        self, amount: Money | None, currency: str
    ) -> list[tuple[int, Money, str]] | None:
        draft = self._draft
        if not draft.shares:
            category = self.take(
                "category", lambda: read_id(draft.category, "category")
            )
            if category is None or amount is None:
                return None
            return [(category, amount, draft.memo)]
        found = [self._share(share, currency) for share in draft.shares]
        if amount is None or any(share is None for share in found):
            return None
        kept = [share for share in found if share is not None]
        rest = sum((-share for _, share, _ in kept), amount)
        open_ones = [n for n, (_, share, _) in enumerate(kept) if not share.minor]
        if len(open_ones) == 1 and rest.minor > 0:
            # One share without an amount takes what is left.
            category, _, memo = kept[open_ones[0]]
            kept[open_ones[0]] = (category, rest, memo)
        elif rest.minor or open_ones:
            # How much is left stands beside it already.
            uneven = InvalidInput(
                "The parts must add up to the amount, and none may be empty."
            )
            self.findings.note(uneven, "shares")
        return kept

    def _share(self, share: Share, currency: str) -> tuple[int, Money, str] | None:
        name = f"share_{share.key}"
        category = self.take(name, lambda: read_id(share.category, name))
        text = share.amount.strip() or "0"
        amount = (
            self.take(name, lambda: read_money(text, currency, self._language, name))
            if currency
            else None
        )
        if category is None or amount is None:
            return None
        return category, amount, share.memo

    def _received(self, sent: Money, currency: str) -> Money | None:
        draft = self._draft
        if sent.currency == currency:
            return sent
        if draft.received.strip() or not draft.rate.strip():
            return self._above_zero("received", draft.received, currency)
        return self.take("rate", lambda: self._converted(sent, currency))

    def _converted(self, sent: Money, currency: str) -> Money:
        value = evaluate(self._draft.rate, number_style(self._language), field="rate")
        if not Decimal(0) < value < Decimal(10) ** 12:
            raise InvalidInput("Please enter a rate above zero.", field="rate")
        rate = Rate(sent.currency, currency, value, self.day())
        return exchanged(sent, rate, field="rate")

    def _original(self) -> Money | None:
        draft = self._draft
        if not draft.original_amount.strip():
            return None
        code = draft.original_currency.strip().upper()
        known = self.take("original_currency", lambda: find_currency(code))
        if known is None:
            return None
        return self._above_zero("original_amount", draft.original_amount, code)


def _kept_parts(view: TransactionView) -> tuple[Part, ...]:
    """The postings as they are; the exchange account is completed by the service."""
    equity = sides(view).equity
    dropped = equity if len(equity) > 1 else ()
    return tuple(
        Part(p.account_id, p.money, p.memo, p.original)
        for p in view.postings
        if p not in dropped
    )
