"""A transaction as people enter it over REST, and the entry that it means.

An expense, an income or a transfer is what people say; ``postings`` is what books say.
Exactly one of them is given.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from fintrack.api.money import MoneyGiven, read_optional
from fintrack.api.routes import Body
from fintrack.api.shapes import Day, Id, Text, Version
from fintrack.core.amount_text import parse_plain
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.currency import find_currency
from fintrack.core.entries import MAX_PARTS, Entry, Part, Slot, exchanged, transfer
from fintrack.core.errors import InvalidInput
from fintrack.core.exchange import Rate
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.tags.rows import MAX_TAGS

ONE_FORM = message_id("Give one of expense, income, transfer and postings.")
RECEIVED_OR_RATE = message_id("Give what was received or the rate, not both.")


class Line(Body):
    """The share of one category."""

    category_id: Id
    amount: MoneyGiven
    memo: Text = ""


class Payment(Body):
    """Money that leaves or reaches an account; several lines make a split.

    Amounts are positive; negative ones give back. ``original`` is what was charged in
    a foreign currency.
    """

    account_id: Id
    amount: MoneyGiven
    lines: Annotated[list[Line], Field(min_length=1, max_length=MAX_PARTS)]
    original: MoneyGiven | None = None


class RateGiven(Body):
    """1 ``base`` = ``value`` ``quote``."""

    base: Annotated[str, Field(max_length=10, examples=["EUR"])]
    quote: Annotated[str, Field(max_length=10, examples=["USD"])]
    value: Annotated[str, Field(max_length=40, examples=["1.08"])]


class Transfer(Body):
    """Money that moves between two accounts.

    Between currencies either ``received`` or ``rate`` is given.
    """

    from_account_id: Id
    to_account_id: Id
    sent: MoneyGiven
    received: MoneyGiven | None = None
    rate: RateGiven | None = None


class PostingGiven(Body):
    """One posting; positive is into the account or category."""

    account_id: Id
    amount: MoneyGiven
    memo: Text = ""
    original: MoneyGiven | None = None


class EntryGiven(Body):
    """A transaction: a day, its words, and one of the four forms.

    ``tags`` are names; left out, a transaction keeps those that it has. ``unlock`` says
    that it may break what is reconciled; without it that is 409 ``reconciled``.
    """

    on_date: Day
    payee: Text = ""
    description: Text = ""
    note: Text = ""
    tags: Annotated[list[Text] | None, Field(max_length=MAX_TAGS)] = None
    expense: Payment | None = None
    income: Payment | None = None
    transfer: Transfer | None = None
    postings: Annotated[
        list[PostingGiven] | None, Field(min_length=2, max_length=MAX_PARTS)
    ] = None
    unlock: bool = False

    def read(self) -> Entry:
        """The entry that this means.

        Raises:
            InvalidInput: names the field.
        """
        sums, parts = self._parts()
        return Entry(
            self.on_date,
            parts,
            self.payee,
            self.description,
            self.note,
            tags=None if self.tags is None else tuple(self.tags),
            unlock=self.unlock,
            sums=sums,
        )

    def _parts(self) -> tuple[str, tuple[Part, ...]]:
        """The parts, and before them the field that is to add up."""
        found = []
        if self.expense is not None:
            parts = _read_payment(self.expense, "expense", sign=-1)
            found.append(("expense.lines", parts))
        if self.income is not None:
            parts = _read_payment(self.income, "income", sign=1)
            found.append(("income.lines", parts))
        if self.transfer is not None:
            parts = _read_transfer(self.transfer, self.on_date)
            found.append(("transfer.received", parts))
        if self.postings is not None:
            found.append(("postings", _read_postings(self.postings)))
        if len(found) != 1:
            raise InvalidInput(ONE_FORM)
        return found[0]


class EntryEdit(EntryGiven):
    """What a transaction is to say now, all of it."""

    version: Version


def _read_payment(given: Payment, at: str, *, sign: int) -> tuple[Part, ...]:
    original = read_optional(given.original, f"{at}.original")
    own = Part(
        given.account_id,
        _signed(_not_zero(given.amount, f"{at}.amount"), sign),
        original=None if original is None else _signed(original, sign),
        slot=_slot(at, "account_id", ACCOUNT_KINDS),
    )
    shares = (
        Part(
            line.category_id,
            _signed(_not_zero(line.amount, f"{at}.lines.{place}.amount"), -sign),
            line.memo,
            slot=_slot(f"{at}.lines.{place}", "category_id", CATEGORY_KINDS),
        )
        for place, line in enumerate(given.lines)
    )
    return (own, *shares)


def _read_transfer(given: Transfer, on: date) -> tuple[Part, ...]:
    if given.received is not None and given.rate is not None:
        raise InvalidInput(RECEIVED_OR_RATE, field="transfer.rate")
    if given.from_account_id == given.to_account_id:
        raise InvalidInput(
            "Please choose two different accounts.", field="transfer.to_account_id"
        )
    sent = _above_zero(given.sent, "transfer.sent")
    if given.rate is not None:
        received = _exchange(sent, given.rate, on)
    else:
        received = (
            _above_zero(given.received, "transfer.received") if given.received else sent
        )
    left, arrived = transfer(given.from_account_id, given.to_account_id, sent, received)
    return (
        replace(left, slot=_transfer_slot("from_account_id", *_of_money("sent"))),
        replace(arrived, slot=_transfer_slot("to_account_id", *_arrival(given))),
    )


def _arrival(given: Transfer) -> tuple[str, str]:
    """The fields of a transfer that decide how much arrives, and in which currency."""
    if given.received is not None:
        fields = _of_money("received")
    elif given.rate is not None:
        sold = given.rate.base == given.sent.currency
        fields = "rate.value", "rate.quote" if sold else "rate.base"
    else:
        fields = "sent.amount", "received"
    return fields


def _of_money(at: str) -> tuple[str, str]:
    return f"{at}.amount", f"{at}.currency"


def _transfer_slot(name: str, amount: str, currency: str) -> Slot:
    return Slot(
        f"transfer.{name}", ACCOUNT_KINDS, f"transfer.{amount}", f"transfer.{currency}"
    )


def _slot(at: str, name: str, kinds: tuple[Kind, ...]) -> Slot:
    """Where a part stands in the request: its account or category under ``name``."""
    amount, currency = _of_money(f"{at}.amount")
    return Slot(f"{at}.{name}", kinds, amount, currency, f"{at}.memo")


def _not_zero(given: MoneyGiven, at: str) -> Money:
    money = given.read(at)
    if not money.minor:
        raise InvalidInput(
            "Please enter an amount other than zero.", field=f"{at}.amount"
        )
    return money


def _above_zero(given: MoneyGiven, at: str) -> Money:
    money = given.read(at)
    if money.minor <= 0:
        raise InvalidInput("Please enter an amount above zero.", field=f"{at}.amount")
    return money


def _exchange(sent: Money, given: RateGiven, on: date) -> Money:
    """What arrives of ``sent``; the rate may be given in either direction."""
    value = parse_plain(given.value, field="transfer.rate.value")
    _check_pair(sent, given)
    if value <= 0 or (given.base == given.quote and value != 1):
        raise InvalidInput("This rate is not possible.", field="transfer.rate.value")
    rate = Rate(given.base, given.quote, value, on)
    rate = rate if given.base == sent.currency else rate.inverse()
    return exchanged(sent, rate, field="transfer.rate.value")


def _check_pair(sent: Money, given: RateGiven) -> None:
    for name in ("base", "quote"):
        code: str = getattr(given, name)
        try:
            find_currency(code)
        except InvalidInput:
            raise InvalidInput(
                "{code} is not a currency.", field=f"transfer.rate.{name}", code=code
            ) from None
    if sent.currency not in (given.base, given.quote):
        raise InvalidInput(
            "The rate is not one of {currency}.",
            field="transfer.rate.base",
            currency=sent.currency,
        )


def _read_postings(given: list[PostingGiven]) -> tuple[Part, ...]:
    return tuple(
        Part(
            posting.account_id,
            _not_zero(posting.amount, f"postings.{place}.amount"),
            posting.memo,
            read_optional(posting.original, f"postings.{place}.original"),
            _slot(f"postings.{place}", "account_id", tuple(Kind)),
        )
        for place, posting in enumerate(given)
    )


def _signed(money: Money, sign: int) -> Money:
    return money if sign > 0 else -money
