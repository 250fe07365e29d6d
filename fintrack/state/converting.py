"""The converter: an amount on either side, at the rate of a day."""

from datetime import date

import reflex as rx

from fintrack.core.amount_text import MAX_EXPRESSION_LENGTH
from fintrack.core.currency import find_currency
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.formatting import format_number
from fintrack.core.money import Money
from fintrack.services.commands import ask
from fintrack.services.rates.currencies import Conversion, convert_money
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, money_choices
from fintrack.state.currency_rows import rate_said
from fintrack.state.forms import errors_by_field, read_money
from fintrack.state.session import actor_of, reader_of

LEFT, RIGHT = "left", "right"
# One more than is read, so that what is too long is said and not cut.
TYPED = MAX_EXPRESSION_LENGTH + 1
# Those in which most people think first, for who thinks in one of them.
FIRST, SECOND = "EUR", "USD"


class ConvertingState(rx.State):
    """Two amounts; ``typed`` is the side that a person filled, the other follows."""

    choices: list[Choice] = []
    left: str = "100"
    right: str = ""
    left_code: str = ""
    right_code: str = ""
    on: str = ""
    latest: str = ""
    said: str = ""
    error: str = ""

    _typed: str = LEFT

    @rx.event
    async def load(self) -> None:
        """The own currency into another, today."""
        reader = await reader_of(self)
        self.choices = money_choices(reader)
        today = reader.today.isoformat()
        # A tab that was left open goes on with the day, unless another one was chosen.
        self.on = today if self.on in ("", self.latest) else self.on
        self.latest = today
        if not self.left_code:
            self.left_code = reader.base_currency
            self.right_code = SECOND if self.left_code != SECOND else FIRST
        await self._work_out(reader)

    @rx.event
    async def type_left(self, text: str) -> None:
        """The right side follows."""
        self.left, self._typed = text[:TYPED], LEFT
        await self._work_out(await reader_of(self))

    @rx.event
    async def type_right(self, text: str) -> None:
        """The left side follows."""
        self.right, self._typed = text[:TYPED], RIGHT
        await self._work_out(await reader_of(self))

    @rx.event
    async def choose_left(self, currency: str) -> None:
        """Another currency at the left."""
        if self._is_offered(currency):
            self.left_code = currency
            await self._work_out(await reader_of(self))

    @rx.event
    async def choose_right(self, currency: str) -> None:
        """Another currency at the right."""
        if self._is_offered(currency):
            self.right_code = currency
            await self._work_out(await reader_of(self))

    @rx.event
    async def swap(self) -> None:
        """The currencies change sides, the amount at the left stays."""
        self.left_code, self.right_code = self.right_code, self.left_code
        self._typed = LEFT
        await self._work_out(await reader_of(self))

    @rx.event
    async def choose_day(self, text: str) -> None:
        """The rate of another day."""
        self.on = text[:10]
        await self._work_out(await reader_of(self))

    def _is_offered(self, code: str) -> bool:
        return code in {one.value for one in self.choices}

    async def _work_out(self, reader: Reader) -> None:
        self.error = self.said = ""
        try:
            found = await self._convert(reader)
        except FinTrackError as error:
            self.error = next(iter(errors_by_field(error, reader.language).values()))
            self._fill("")
        else:
            self.said = rate_said(found.rate, reader)
            self._fill(_text(found.result, reader) if found.result else "")

    async def _convert(self, reader: Reader) -> Conversion:
        sides = [(self.left, self.left_code), (self.right, self.right_code)]
        (text, code), (_, other) = sides if self._typed == LEFT else sides[::-1]
        money = read_money(text, code, reader.language)
        return await ask(
            await actor_of(self), convert_money, money, other, _read_day(self.on)
        )

    def _fill(self, text: str) -> None:
        """The side that nobody typed."""
        if self._typed == LEFT:
            self.right = text
        else:
            self.left = text


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("This is no day.", field="on") from None


def _text(money: Money, reader: Reader) -> str:
    decimals = find_currency(money.currency).exponent
    return format_number(money.decimal, reader.language, decimals=decimals)
