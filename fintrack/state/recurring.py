"""What comes again: what waits, the list, the month, the forecast, suggestions."""

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, NotFound
from fintrack.core.formatting import format_day
from fintrack.core.period import month_of
from fintrack.core.text import message_id
from fintrack.services.commands import Snapshot, ask, perform, snapshot
from fintrack.services.recurring.coming import show_calendar
from fintrack.services.recurring.forecasting import AccountForecast, forecast_balances
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import add_item, list_items
from fintrack.services.recurring.suggesting import (
    Suggestion,
    dismiss_suggestion,
    suggest_items,
)
from fintrack.services.recurring.totalling import ForecastTotal, forecast_total
from fintrack.state import recurring_month as months
from fintrack.state import recurring_rows
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice
from fintrack.state.forms import keep_focus, reason_of
from fintrack.state.missing_rates import missing_text
from fintrack.state.recurring_booking import RecurringBooking
from fintrack.state.recurring_forms import RecurringForms
from fintrack.state.recurring_month import DayCell
from fintrack.state.recurring_rows import ItemRow, SuggestionRow
from fintrack.state.rows import LineChart
from fintrack.state.session import actor_of, reader_of

# So many months around the present one can be looked at.
MOST_MONTHS = 24


class RecurringState(RecurringForms, RecurringBooking, rx.State):
    """The page; ``phase`` is loading, ready or failed."""

    phase: str = "loading"
    failure: str = ""
    is_empty: bool = False
    items: list[ItemRow] = []
    ended: list[ItemRow] = []
    suggestions: list[SuggestionRow] = []
    month: str = ""
    weekdays: list[str] = []
    cells: list[DayCell] = []
    has_dates: bool = False
    forecasts: list[Choice] = []
    account: str = ""
    chart: LineChart = LineChart()
    has_chart: bool = False
    lowest: str = ""
    missing: str = ""
    warnings: list[str] = []

    _months_away: int = 0

    @rx.event
    async def load(self) -> rx.event.EventCallback:
        """Reads the page; what is searched for in the books comes after it."""
        reader, actor = await reader_of(self), await actor_of(self)
        self._pressed = "", ""
        if self.is_date_open:
            await self._look_at_date(actor, reader)
        await self._read_page(actor, reader)
        return RecurringState.load_suggestions

    @rx.event
    async def load_suggestions(self) -> None:
        """Looks for what came again and again."""
        await self._look(await actor_of(self), await reader_of(self))

    @rx.event
    async def earlier(self) -> None:
        """The month before."""
        await self._step(-1)

    @rx.event
    async def later(self) -> None:
        """The month after."""
        await self._step(1)

    @rx.event
    async def choose_account(self, value: str) -> None:
        """The forecast of another account."""
        if value in {one.value for one in self.forecasts}:
            self.account = value
            await self._read_page(await actor_of(self), await reader_of(self))

    @rx.event
    async def accept(self, mark: str) -> rx.event.EventSpec:
        """Makes an item of a suggestion, as it is found in the books now."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            new = _item_of(_find(await ask(actor, suggest_items), mark))
            done = await perform(actor, add_item, new)
        except FinTrackError as error:
            self._refuse(error, reader, "accept", mark)
        else:
            said = reader.say(message_id("{name} was added."), name=done.value.name)
            self._tell(said, done.change_id)
            self._pressed = "accept", mark
        await self._read_again(actor, reader)
        return keep_focus()

    @rx.event
    async def dismiss(self, mark: str) -> rx.event.EventSpec:
        """Leaves a suggestion out from now on."""
        reader, actor = await reader_of(self), await actor_of(self)
        try:
            found = _find(await ask(actor, suggest_items), mark)
            done = await perform(actor, dismiss_suggestion, found.mark)
        except FinTrackError as error:
            self._refuse(error, reader, "dismiss", mark)
        else:
            said = message_id("{name} is not suggested any more.")
            self._tell(reader.say(said, name=found.name), done.change_id)
            self._pressed = "dismiss", mark
        await self._look(actor, reader)
        return keep_focus()

    async def _step(self, months_away: int) -> None:
        wanted = self._months_away + months_away
        if abs(wanted) <= MOST_MONTHS:
            self._months_away = wanted
            await self._read_page(await actor_of(self), await reader_of(self))

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        await self._read_page(actor, reader)
        await self._look(actor, reader)

    async def _look(self, actor: Actor, reader: Reader) -> None:
        try:
            found = await ask(actor, suggest_items)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self.suggestions = recurring_rows.suggestion_rows(found, reader)

    async def _read_page(self, actor: Actor, reader: Reader) -> None:
        try:
            async with snapshot(actor) as books:
                await self._read(books, reader)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.phase = "failed"
            self.failure = reason_of(error, reader.language)
        else:
            self.phase = "ready"

    async def _read(self, books: Snapshot, reader: Reader) -> None:
        month = month_of(reader.today)
        for _ in range(abs(self._months_away)):
            month = month.next() if self._months_away > 0 else month.previous()
        grid = months.grid_of(month, reader)
        items = await books.ask(list_items)
        calendar = await books.ask(show_calendar, start=grid.start, end=grid.end)
        self.is_empty = not items
        self.items = recurring_rows.item_rows(items, reader)
        self.ended = recurring_rows.ended_rows(items, reader)
        self.waiting = recurring_rows.wait_rows(calendar.waiting, reader)
        self.month = format_day(month.start, reader.language, "month")
        self.weekdays = months.week_heads(reader)
        self.cells = months.day_cells(month, calendar.dates, reader)
        self.has_dates = any(one.dates and not one.is_outside for one in self.cells)
        total = await books.ask(forecast_total, reader.base_currency)
        self._draw(await books.ask(forecast_balances), total, reader)

    def _draw(
        self, found: tuple[AccountForecast, ...], total: ForecastTotal, reader: Reader
    ) -> None:
        self.forecasts = months.forecast_choices(found, total, reader)
        if self.account not in {one.value for one in self.forecasts}:
            self.account = self.forecasts[0].value if self.forecasts else ""
        by_account = {str(one.account_id): one for one in found}
        shown = by_account.get(self.account, total)
        self.has_chart = bool(self.account)
        self.chart = months.forecast_chart(shown, reader)
        self.lowest = months.lowest_words(shown, reader)
        self.missing = ""
        if self.account == months.TOGETHER:
            to = reader.base_currency
            self.missing = missing_text(total.unconverted, to, reader)
        warnings = (months.dry_words(one, reader) for one in found)
        self.warnings = [words for words in warnings if words]


def _find(found: tuple[Suggestion, ...], mark: str) -> Suggestion:
    """The suggestion with this mark.

    Raises:
        NotFound: it is not suggested any more.
    """
    for one in found:
        if one.mark == mark:
            return one
    raise NotFound


def _item_of(found: Suggestion) -> NewItem:
    return NewItem(
        name=found.name,
        account_id=found.account_id,
        other_id=found.other_id,
        amount=found.amount,
        rule=found.rule,
    )
