"""Own rates of the currency that the page shows: what somebody really paid."""

from dataclasses import dataclass
from decimal import Decimal

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.amount_text import (
    DIVISION_BY_ZERO,
    MAX_AMOUNT_LENGTH,
    TOO_MANY_DIGITS,
    evaluate,
)
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.formatting import format_number
from fintrack.core.own_rate import rounded
from fintrack.core.rate_text import format_rate
from fintrack.core.text import message_id
from fintrack.services.commands import ask, perform
from fintrack.services.rates.own import (
    OwnRateGiven,
    OwnRateView,
    list_own_rates,
    remove_own_rate,
    set_own_rate,
)
from fintrack.services.rates.weighing import Doubt, weigh_own_rate
from fintrack.state.amounts import Reader
from fintrack.state.converting import ConvertingState
from fintrack.state.currency import CurrencyState
from fintrack.state.forms import (
    errors_by_field,
    new_key,
    number_style,
    read_day,
    read_id,
)
from fintrack.state.holdings import HoldingsState
from fintrack.state.rows import isolated
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

MAX_ROWS = 20
# Below it a half makes a difference.
FEW = 10
# What else on the page shows the rate, and follows when it was changed or taken back.
SHOWN_BESIDE = (
    CurrencyState.load,
    ConvertingState.work_out_again,
    HoldingsState.load,
)


@dataclass(frozen=True)
class OwnRateRow:
    """One of them, as it was said."""

    id: str
    text: str
    day: str


class OwnRatesState(Undoing, rx.State):
    """The card; ``label`` names the pair that the form is for."""

    rows: list[OwnRateRow] = []
    label: str = ""
    latest: str = ""
    errors: dict[str, str] = {}
    form_key: str = ""
    doubt: str = ""

    _pair: tuple[str, str] = ("", "")
    _doubted: OwnRateGiven | None = None

    @rx.event
    async def load(self) -> None:
        """Those of the currency in the address, and a form for its pair."""
        page = await self.get_state(CurrencyState)
        if page.phase == "ready":
            asked = page._asked.pair  # noqa: SLF001 - a public var would be sent
            if asked != self._pair:
                self._pair, self.doubt = asked, ""
            await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def save(self, form: dict[str, str | None]) -> list[rx.event.EventCallback]:
        """Sets the rate of a day; a second click finds its key used up."""
        if not self._pair[0] or form.get("form_key") != self.form_key:
            return []
        actor, reader = await actor_of(self), await reader_of(self)
        self.errors = {}
        try:
            given = _read(form, self._pair, reader)
            doubt = await ask(actor, weigh_own_rate, given)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return []
        if doubt:
            self._doubted, self.doubt = given, _question(doubt, reader)
            return []
        return await self._set(given, actor, reader)

    @rx.event
    async def set_anyway(self) -> list[rx.event.EventCallback]:
        """Sets the rate that was asked about."""
        given, self.doubt, self._doubted = self._doubted, "", None
        if given is None:
            return []
        return await self._set(given, await actor_of(self), await reader_of(self))

    @rx.event
    async def set_doubt_open(self, is_open: bool) -> None:
        """The question is closed; what was typed stays in the form."""
        if not is_open:
            self.doubt, self._doubted = "", None

    @rx.event
    async def remove(self, rate_id: str) -> list[rx.event.EventCallback]:
        """Removes one; the sources are believed again."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            wanted = read_id(rate_id, "rate")
            done = await perform(actor, remove_own_rate, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
            # Mostly another tab has removed it, and what the page shows is old.
            await self._read_again(actor, reader)
            return [*SHOWN_BESIDE]
        self._tell(reader.say(message_id("The rate was removed.")), done.change_id)
        await self._read_again(actor, reader)
        return [*SHOWN_BESIDE]

    async def _set(
        self, given: OwnRateGiven, actor: Actor, reader: Reader
    ) -> list[rx.event.EventCallback]:
        try:
            done = await perform(actor, set_own_rate, given, key=self.form_key)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return []
        text = _said(done.value, reader)
        self._tell(reader.say(message_id("{rate}: set."), rate=text), done.change_id)
        await self._read_again(actor, reader)
        return [*SHOWN_BESIDE]

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        base, quote = self._pair
        if not base:
            return
        foreign = base if base != reader.base_currency else quote
        found = await ask(actor, list_own_rates, foreign)
        self.rows = [_row(one, reader) for one in found[:MAX_ROWS]]
        self.label = reader.say(
            message_id("1 {base} in {quote}"), base=base, quote=quote
        )
        self.latest, self.errors = reader.today.isoformat(), {}
        self.form_key = new_key()
        self.doubt, self._doubted = "", None


def _read(
    form: dict[str, str | None], pair: tuple[str, str], reader: Reader
) -> OwnRateGiven:
    """What was typed.

    Raises:
        InvalidInput: no number (field ``value``) or no day (``on_date``).
    """
    value = _read_value(form.get("own-rate") or "", reader)
    day = read_day(form.get("own-day") or "")
    return OwnRateGiven(*pair, day, value)


def _read_value(text: str, reader: Reader) -> Decimal:
    """What was typed, arithmetic included; what is wrong with it is said of a rate.

    What was worked out is rounded to the digits that are kept; a typed one is not.
    """
    style = number_style(reader.language)
    if not text.strip():
        raise InvalidInput("Please enter a rate.", field="value")
    try:
        value = evaluate(text, style, field="value")
        return rounded(value) if "/" in text or "*" in text else value
    except InvalidInput as error:
        if error.problems[0].message in (TOO_MANY_DIGITS, DIVISION_BY_ZERO):
            raise
        raise InvalidInput(
            "“{value}” is not a rate. Write it like {example}.",
            field="value",
            value=text[:MAX_AMOUNT_LENGTH],
            example=style.example,
        ) from None


def _question(doubt: Doubt, reader: Reader) -> str:
    """Why one should look again."""
    decimals = 0 if doubt.times >= FEW else 1
    times = format_number(doubt.times, reader.language, decimals=decimals)
    rate = format_rate(doubt.said.rate.value, reader.language)
    if doubt.is_more:
        text = message_id("That is {times} times what the sources say ({rate}).")
    else:
        text = message_id("The sources say {times} times as much ({rate}).")
    return reader.say(text, times=times, rate=isolated(rate))


def _row(one: OwnRateView, reader: Reader) -> OwnRateRow:
    return OwnRateRow(str(one.id), _said(one, reader), reader.day(one.on_date))


def _said(one: OwnRateView, reader: Reader) -> str:
    rate = format_rate(one.value, reader.language)
    return isolated(f"1 {one.base} = {rate} {one.quote}")
