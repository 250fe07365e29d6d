"""In the form of a transfer between currencies: what arrives at the rate of its day."""

from dataclasses import replace

import reflex as rx

from fintrack.core.errors import FinTrackError
from fintrack.core.formatting import format_day, format_money
from fintrack.core.rate_text import format_rate
from fintrack.core.text import message_id
from fintrack.services.commands import ask
from fintrack.services.rates.currencies import Conversion, convert_money
from fintrack.services.rates.lookup import RateView
from fintrack.state.amounts import Reader
from fintrack.state.currency_rows import seen_day
from fintrack.state.forms import read_money
from fintrack.state.rows import isolated
from fintrack.state.session import actor_of
from fintrack.state.transaction_day import FormDay, read_day
from fintrack.state.transaction_draft import money_text

_SAID = message_id("1 {base} was {rate} {quote} on {day}.")
_OWN = message_id("By your own rate 1 {base} was {rate} {quote} on {day}.")


class FormRate(FormDay, mixin=True):
    """The proposal; ``arrives`` offers its amount, empty where there is none to take.

    ``rate_said`` tells the rate, or that nobody knows one. What somebody typed stays
    until the proposal is taken; then ``received_revision`` rises, for a new field.
    """

    rate_said: str = ""
    arrives: str = ""
    received_revision: int = 0
    _arrives_text: str = ""

    @rx.event
    async def take_day_rate(self) -> None:
        """What arrives is what the rate of the day gives."""
        if self._arrives_text:
            self.draft = replace(self.draft, received=self._arrives_text, rate="")
            self.received_revision += 1

    async def _propose(self, currency: str, target: str, reader: Reader) -> None:
        """Works out the proposal; no target means that none is wanted."""
        self.rate_said = self.arrives = self._arrives_text = ""
        day = read_day(self.draft.on_date, reader)
        if not target or day is None:
            return
        try:
            money = read_money(self.draft.amount, currency, reader.language)
            found = await ask(await actor_of(self), convert_money, money, target, day)
        except FinTrackError:
            # The amount or the day is not finished; saving tells what is wrong.
            return
        self._show_proposal(found, reader)

    def _show_proposal(self, found: Conversion, reader: Reader) -> None:
        rate = found.rate
        if not isinstance(rate, RateView) or found.result is None:
            self.rate_said = reader.say(message_id("No rate is known for this day."))
            return
        day = seen_day(rate, reader) or rate.rate.on
        self.rate_said = reader.say(
            _OWN if rate.is_own else _SAID,
            base=rate.rate.base,
            rate=isolated(format_rate(rate.rate.value, reader.language)),
            quote=rate.rate.quote,
            day=format_day(day, reader.language),
        )
        if found.result.minor > 0:
            amount = isolated(format_money(found.result, reader.language))
            self.arrives = reader.say(message_id("Use {amount}"), amount=amount)
            self._arrives_text = money_text(found.result, reader.language)
