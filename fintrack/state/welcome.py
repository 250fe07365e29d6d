"""The first choice: sample data, one's own files, or a fresh start."""

import reflex as rx

from fintrack.core import routes
from fintrack.core.chart import AccountType, Kind
from fintrack.core.errors import FinTrackError, Problem
from fintrack.core.formatting import format_number
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.commands import ask, perform
from fintrack.services.first_run import Beginning, Start, find_ledger, start_with
from fintrack.services.ledger.accounts import NewAccount
from fintrack.state.account_types import TYPE_NAMES
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, currency_choice
from fintrack.state.currency_offers import CurrencyOffers
from fintrack.state.forms import (
    Findings,
    errors_by_field,
    new_key,
    read_day,
    read_money,
)
from fintrack.state.session import actor_of, reader_of

CHOOSE = message_id("Please choose one.")


class WelcomeState(CurrencyOffers, rx.State):
    """The doors, and the short form behind the third."""

    is_ready: bool = False
    errors: dict[str, str] = {}
    types: list[Choice] = []
    currency: str = ""
    currency_label: str = ""
    account_name: str = ""
    today: str = ""
    zero: str = ""

    _key: str = ""

    @rx.event
    async def load(self) -> rx.event.EventSpec | None:
        """Fills the form; books that have begun lead to the dashboard."""
        ledger = await ask(await actor_of(self), find_ledger)
        if ledger.started_with is not None:
            return rx.redirect(routes.DASHBOARD, replace=True)
        reader = await reader_of(self)
        self.currency = ledger.base_currency
        self.currency_label = currency_choice(self.currency, reader).label
        self.types = [
            Choice(value, reader.say(name)) for value, name in TYPE_NAMES.items()
        ]
        self.account_name = reader.say(message_id("Everyday"))
        self.today = reader.today.isoformat()
        self.zero = format_number(0, reader.language, decimals=2)
        self.errors = {}
        self._key = new_key()
        self.is_ready = True
        return None

    @rx.event
    async def start_sample(self) -> rx.event.EventSpec | None:
        """Eighteen months of somebody else's life."""
        return await self._start(Beginning.SAMPLE, routes.DASHBOARD)

    @rx.event
    async def start_import(self) -> rx.event.EventSpec | None:
        """The default categories, then the page that reads files."""
        return await self._start(Beginning.IMPORT, routes.IMPORT)

    @rx.event
    async def start_fresh(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """One account with what is on it today."""
        reader = await reader_of(self)
        try:
            account = _read_account(form, reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return None
        return await self._start(Beginning.FRESH, routes.DASHBOARD, account)

    async def _start(
        self, beginning: Beginning, following: str, account: NewAccount | None = None
    ) -> rx.event.EventSpec | None:
        reader = await reader_of(self)
        start = Start(beginning, reader.today, reader.language, account)
        try:
            await perform(await actor_of(self), start_with, start, key=self._key)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            self._key = new_key()
            return None
        self.errors = {}
        return rx.redirect(following, replace=True)


def _read_account(form: dict[str, str], reader: Reader) -> NewAccount:
    """What the form says, or everything that is wrong with it.

    A debt is typed as people say it, without a minus: 1,200 on a credit card.
    """
    findings = Findings()
    currency, type_name = form.get("currency", ""), form.get("type", "")
    kind = AccountType.CHECKING
    try:
        kind = AccountType(type_name)
    except ValueError:
        findings.problems.append(Problem(CHOOSE, "type"))
    opening, day = Money(0, "EUR"), reader.today
    try:
        opening = read_money(
            form.get("balance", "").strip() or "0", currency, reader.language, "balance"
        )
    except FinTrackError as error:
        findings.problems += error.problems
    try:
        day = read_day(form.get("opened_on", ""), "opened_on")
    except FinTrackError as error:
        findings.problems += error.problems
    findings.check()
    if kind.kind is Kind.LIABILITY and opening.minor > 0:
        opening = -opening
    return NewAccount(form.get("name", ""), kind, opening, day)
