"""What one holds of the currency that the page shows, and what that is worth."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from fintrack.core import routes
from fintrack.core.formatting import format_day, format_money
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.commands import snapshot
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.rates.dated import DatedRates, read_dated
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.currency import CurrencyState
from fintrack.state.currency_rows import seen_day
from fintrack.state.rows import NOTHING, Amount, isolated
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HeldRow:
    """An account in the currency."""

    name: str
    balance: Amount
    href: str


class HoldingsState(rx.State):
    """The card; without ``rows`` there is none.

    ``worth`` tells in the currency of the books what all of it is worth, and of when
    the rate is; it is empty where that is the currency itself.
    """

    rows: list[HeldRow] = []
    total: Amount = NOTHING
    worth: str = ""

    @rx.event
    async def load(self) -> None:
        """The open accounts in the currency of the address."""
        page = await self.get_state(CurrencyState)
        code, reader = page.card.code, await reader_of(self)
        if page.phase != "ready":
            return
        try:
            async with snapshot(await actor_of(self)) as books:
                views = await books.ask(list_accounts)
                wanted = {(code, reader.today)}
                rates = await books.ask(read_dated, reader.base_currency, wanted)
        except Exception:  # noqa: BLE001 - the rest of the page is worth more than this card
            _log.exception("What is held of a currency could not be read.")
            self.reset()
            return
        held = [view for view in views if view.currency == code]
        total = Money(sum(view.balance.minor for view in held), code)
        self.rows = _rows(held, reader)
        self.total = amount_row(total, reader.language)
        self.worth = _worth(total, rates, reader)


def _rows(held: Sequence[AccountView], reader: Reader) -> list[HeldRow]:
    return [
        HeldRow(
            view.name,
            amount_row(view.balance, reader.language),
            routes.account(str(view.id)),
        )
        for view in held
    ]


def _worth(total: Money, rates: DatedRates, reader: Reader) -> str:
    """What it is worth at the last rate, of when that is, or that nobody knows."""
    if total.currency == rates.to:
        return ""
    found = rates.convert(total, reader.today)
    if found is None:
        return reader.say(
            message_id("No rate into {code} is known, so what it is worth is unknown."),
            code=rates.to,
        )
    worth = isolated(format_money(found, reader.language))
    used = rates.oldest([(total.currency, reader.today)])
    seen_on = seen_day(used, reader) if used else None
    is_own = used is not None and used.is_own
    if seen_on is None or seen_on >= reader.today:
        return reader.say(
            message_id("{amount} at your own rate of today")
            if is_own
            else message_id("{amount} at the rate of today"),
            amount=worth,
        )
    return reader.say(
        message_id("{amount} at your own rate of {day}")
        if is_own
        else message_id("{amount} at the rate of {day}"),
        amount=worth,
        day=format_day(seen_on, reader.language),
    )
