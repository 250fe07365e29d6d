"""The converter: an amount in several currencies, at the rate of a day."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from fintrack.core.currency import Currency, find_currency
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.formatting import currency_name, format_number
from fintrack.services.commands import Snapshot, snapshot
from fintrack.services.rates.currencies import Conversion, convert_to_each
from fintrack.services.rates.lookup import RateView
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, currency_choice
from fintrack.state.conversions import number_of, rate_text, result_of
from fintrack.state.currency_address import read_address
from fintrack.state.currency_offers import COMMON, TYPED, CurrencyOffers
from fintrack.state.forms import errors_by_field, read_day, read_money
from fintrack.state.session import actor_of, reader_of

LEFT, RIGHT, DAY = "left", "right", "day"
MOST_OTHERS = 5
QUICK = (10, 50, 100, 1000)
NO_ERRORS = {LEFT: "", RIGHT: "", DAY: ""}


@dataclass(frozen=True)
class TargetLine:
    """The amount in one more currency; ``copy`` is its number, empty if unknown."""

    code: str
    amount: str
    said: str
    copy: str
    copy_label: str
    remove_label: str


class ConvertingState(CurrencyOffers, rx.State):
    """Two amounts; ``typed`` is the side that a person filled, the other follows.

    ``is_of_market``: it is no own rate and no law's.
    """

    left: str = "100"
    right: str = ""
    left_name: str = ""
    right_name: str = ""
    others: list[TargetLine] = []
    can_add: bool = True
    quick: list[Choice] = []
    on: str = ""
    latest: str = ""
    said: str = ""
    is_of_market: bool = False
    errors: dict[str, str] = NO_ERRORS

    _typed: str = LEFT
    _codes: tuple[str, str] = ("", "")
    _targets: tuple[str, ...] = ()
    _page: tuple[str, str] | None = None

    @rx.event
    async def load(self) -> None:
        """What the address asks for; else as it was left, at first from one's own."""
        reader = await reader_of(self)
        today = reader.today.isoformat()
        # A tab that was left open goes on with the day, unless another one was chosen.
        self.on = today if self.on in ("", self.latest) else self.on
        self.latest = today
        self.quick = [
            Choice(str(one), format_number(one, reader.language, decimals=0))
            for one in QUICK
        ]
        if not self._codes[0]:
            own = reader.base_currency
            self._codes = own, next(one for one in COMMON if one != own)
        self._take_address(reader.base_currency)
        await self._work_out(reader)

    @rx.event
    async def work_out_again(self) -> None:
        """The same question, after something else on the page changed a rate."""
        if self._codes[0]:
            await self._work_out(await reader_of(self))

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
        await self._choose(currency, self._codes[1])

    @rx.event
    async def choose_right(self, currency: str) -> None:
        """Another currency at the right."""
        await self._choose(self._codes[0], currency)

    @rx.event
    async def swap(self) -> None:
        """The currencies change sides; what was typed stays where it stands."""
        await self._choose(*self._codes[::-1])

    @rx.event
    async def add(self, currency: str) -> None:
        """One more currency below."""
        known = {*self._targets, *self._codes}
        if _is_code(currency) and currency not in known and self.can_add:
            self._targets = (*self._targets, currency)
            await self._work_out(await reader_of(self))

    @rx.event
    async def remove(self, currency: str) -> None:
        """One less."""
        self._targets = tuple(one for one in self._targets if one != currency)
        await self._work_out(await reader_of(self))

    @rx.event
    async def choose_day(self, text: str) -> None:
        """The rate of another day."""
        self.on = text[:10]
        await self._work_out(await reader_of(self))

    def _fitting(self, found: list[Currency]) -> list[Currency]:
        """What has ended is converted too."""
        return found

    def _take_address(self, own: str) -> None:
        """An amount with its currencies, or the pair whose page it stands on.

        The client says it, so it is checked. Whoever chose others beside the same pair
        keeps them.
        """
        path, asked = self._address()
        source, target = asked.get("from", ""), asked.get("to", "")
        page = read_address(path, asked, own)
        before, self._page = self._page, page.pair if page else None
        if _is_code(source) and _is_code(target):
            self._codes, self._typed = (source, target), LEFT
            self.left = asked.get("amount", "")[:TYPED] or self.left
        elif self._page and self._page != before:
            self._codes = self._page

    def _address(self) -> tuple[str, Mapping[str, str]]:
        url = self.router.url
        return url.path, url.query_parameters

    async def _choose(self, left: str, right: str) -> None:
        if _is_code(left) and _is_code(right):
            self._codes = left, right
            await self._work_out(await reader_of(self))

    async def _work_out(self, reader: Reader) -> None:
        self.errors, self.said, self.others = NO_ERRORS, "", []
        self.is_of_market = False
        self.left_name, self.right_name = (
            currency_choice(code, reader).label for code in self._codes
        )
        self.can_add = len(self._targets) < MOST_OTHERS
        try:
            async with snapshot(await actor_of(self)) as books:
                await self._convert(books, reader)
        except FinTrackError as error:
            found = errors_by_field(error, reader.language)
            place = DAY if "on" in found else self._typed
            self.errors = {**NO_ERRORS, place: next(iter(found.values()))}
            self._fill("")

    async def _convert(self, books: Snapshot, reader: Reader) -> None:
        """What was typed, in the other currency of the first pair and in all below."""
        on = read_day(self.on, "on")
        sides = [(self.left, self._codes[0]), (self.right, self._codes[1])]
        (text, code), (_, other) = sides if self._typed == LEFT else sides[::-1]
        money = read_money(text, code, reader.language)
        (first,) = await books.ask(convert_to_each, money, (other,), on)
        self.said = rate_text(first.rate, reader)
        self.is_of_market = isinstance(first.rate, RateView) and bool(
            first.rate.sources
        )
        result = result_of(first)
        self._fill("" if result is None else number_of(result, reader))
        others = await books.ask(convert_to_each, money, self._targets, on)
        pairs = zip(self._targets, others, strict=True)
        self.others = [_line(code, one, reader) for code, one in pairs]

    def _fill(self, text: str) -> None:
        """The side that nobody typed."""
        if self._typed == LEFT:
            self.right = text
        else:
            self.left = text


def _line(code: str, found: Conversion, reader: Reader) -> TargetLine:
    result, name = result_of(found), currency_name(code, reader.language)
    number = "" if result is None else number_of(result, reader)
    return TargetLine(
        code=code,
        amount=f"{number}\u00a0{code}" if number else name,
        said=rate_text(found.rate, reader, briefly=True),
        copy=number,
        copy_label=reader.say("Copy {amount}", amount=f"{number} {code}"),
        remove_label=reader.say("Remove {name}", name=name),
    )


def _is_code(text: str) -> bool:
    try:
        find_currency(text)
    except InvalidInput:
        return False
    return True
