"""The dashboard: one period, all currencies in the ledger's own or one by itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import reflex as rx

from fintrack.core import routes
from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.period import Period, PeriodKind, month_of, parse_period
from fintrack.core.text import message_id
from fintrack.services.commands import ask, perform, snapshot
from fintrack.services.dashboard.curves import net_worth_series
from fintrack.services.dashboard.overview import DashboardView, build_dashboard
from fintrack.services.first_run import Beginning
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.sample import removing
from fintrack.state.amounts import Reader
from fintrack.state.curves import SPANS, balance_chart
from fintrack.state.dashboard_rows import Board, board
from fintrack.state.forms import reason_of
from fintrack.state.missing_rates import counted_from_text
from fintrack.state.periods import PeriodChoice, chosen_period, period_choices
from fintrack.state.rows import LineChart
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing
from fintrack.state.upcoming_rows import read_upcoming

MAX_PERIOD = 30


class DashboardState(Undoing, rx.State):
    """What the page shows; ``phase`` is loading, ready, empty or failed."""

    phase: str = "loading"
    failure: str = ""
    board: Board = Board()
    curve: LineChart = LineChart()
    counted_from: str = ""
    has_curve: bool = False
    span: str = "1y"
    currency: str = ""
    periods: list[PeriodChoice] = []
    has_sample: bool = False

    _balances_on: date | None = None

    @rx.event
    async def load(self) -> rx.event.EventCallback | None:
        """The figures of the period in the address; the page asks for the curve."""
        reader = await reader_of(self)
        try:
            await self._read(await actor_of(self), reader)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.phase = "failed"
            self.failure = reason_of(error, reader.language)
        return DashboardState.load_curve if self.has_curve else None

    @rx.event
    async def load_curve(self) -> None:
        """The curve; it comes after the figures, and the library for it after both."""
        if self.phase == "ready":
            actor, reader = await actor_of(self), await reader_of(self)
            await self._read_curve(actor, reader)

    @rx.event
    async def choose_span(self, value: str) -> None:
        """The curve over another span of days."""
        if value in SPANS:
            self.span = value
            await self._read_curve(await actor_of(self), await reader_of(self))

    @rx.event
    async def choose_currency(self, value: str) -> None:
        """The large numbers in another currency of these books."""
        if value in {one.value for one in self.board.others}:
            self.currency = value
            await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def choose_period(self, value: str) -> rx.event.EventSpec | None:
        """The present week, month, quarter or year."""
        period = chosen_period(value, await reader_of(self))
        return rx.redirect(routes.dashboard(period.text)) if period else None

    @rx.event
    async def earlier(self) -> rx.event.EventSpec:
        """The period before."""
        return await self._step(-1)

    @rx.event
    async def later(self) -> rx.event.EventSpec:
        """The period after."""
        return await self._step(1)

    @rx.event
    async def remove_sample(self) -> None:
        """Removes exactly what the sample data brought."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            done = await perform(actor, removing.remove_sample)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            words = reader.say(message_id("The sample data is gone."))
            self._tell(words, done.change_id)
        await self._read_again(actor, reader)

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        await self._read(actor, reader)
        await self._read_curve(actor, reader)

    async def _read(self, actor: Actor, reader: Reader) -> None:
        period = _period(self._asked(), reader)
        async with snapshot(actor) as books:
            view = await books.ask(build_dashboard, period=period, as_of=reader.today)
            upcoming, needs = await read_upcoming(books, reader)
        self.has_sample = view.started_with == Beginning.SAMPLE
        if self.currency not in _currencies(view):
            self.currency = ""
        shown = board(view, self.currency, reader)
        self.board = replace(shown, upcoming=upcoming, needs=[*shown.needs, *needs])
        self.periods = period_choices(reader)
        self._balances_on = view.balances_on
        is_new = not view.accounts and not view.recent
        self.phase = "empty" if is_new else "ready"

    async def _read_curve(self, actor: Actor, reader: Reader) -> None:
        last = self._balances_on or reader.today
        first = await _first_day(actor, self.span, last)
        period = Period(first, last + timedelta(days=1), PeriodKind.RANGE)
        series = await ask(actor, net_worth_series, period=period)
        curves = {curve.currency: curve for curve in series.curves}
        self.has_curve = bool(curves)
        self.curve = balance_chart(curves.get(self.currency, series.together), reader)
        left_out = () if self.currency else series.left_out
        self.counted_from = counted_from_text(left_out, reader)

    async def _step(self, steps: int) -> rx.event.EventSpec:
        period = _period(self._asked(), await reader_of(self))
        wanted = period.next() if steps > 0 else period.previous()
        return rx.redirect(routes.dashboard(wanted.text))

    def _asked(self) -> str:
        found = self.router.url.query_parameters.get("period", "")
        return str(found)[:MAX_PERIOD]


def _period(text: str, reader: Reader) -> Period:
    """The period of an address; one that cannot be read is the present month."""
    try:
        return parse_period(text, month_start=reader.month_start)
    except InvalidInput:
        return month_of(reader.today, month_start=reader.month_start)


def _currencies(view: DashboardView) -> set[str]:
    """Those that can be shown by themselves; one that only moved counts as well."""
    return {one.total.currency for one in view.net_worth} | {
        one.now.left.currency for one in view.cash_flow
    }


async def _first_day(actor: Actor, span: str, last: date) -> date:
    if days := SPANS[span]:
        return last - timedelta(days=days)
    begun: Iterable[date] = (
        one.begins_on for one in await ask(actor, list_accounts, closed=True)
    )
    return min(begun, default=last - timedelta(days=SPANS["1m"]))
