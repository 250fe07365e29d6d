"""One currency: its rate in another, the course of it, and others beside it."""

from dataclasses import replace
from datetime import date, timedelta

import reflex as rx

from fintrack.core import routes
from fintrack.core.currency import find_currency
from fintrack.core.errors import FinTrackError
from fintrack.core.exchange import UnknownRate
from fintrack.core.formatting import currency_name
from fintrack.core.period import Period
from fintrack.core.rate_spans import SPANS, hours_of, span_of
from fintrack.services.commands import perform, snapshot
from fintrack.services.rates.course import compare_courses, read_course
from fintrack.services.rates.following import (
    follow_currency,
    list_followed,
    unfollow_currency,
)
from fintrack.services.rates.pairs import PairView, read_pair
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, money_choices
from fintrack.state.compared_charts import MAX_COMPARED, ComparedChart, compared_chart
from fintrack.state.currency_about import (
    AboutRow,
    ComparedRow,
    MoveRow,
    RangeBar,
    about_rows,
    compared_row,
    move_rows,
    range_bar,
)
from fintrack.state.currency_address import Asked, read_address
from fintrack.state.currency_card import CurrencyCard, card_of, moved_in
from fintrack.state.forms import errors_by_field, reason_of
from fintrack.state.rate_charts import RateChart, rate_chart
from fintrack.state.session import actor_of, reader_of

# A rate older than this is shown with what led up to it, not with empty days since.
STALE = timedelta(7)


class CurrencyState(rx.State):
    """The page; ``phase`` is loading, ready, missing or failed.

    The address says what is shown, so that it can be sent and kept. The charts come
    after the figures: ``has_looked`` says that they came once.
    """

    phase: str = "loading"
    failure: str = ""
    card: CurrencyCard = CurrencyCard()
    moves: list[MoveRow] = []
    about: list[AboutRow] = []
    choices: list[Choice] = []
    base: str = ""
    period: str = ""
    has_looked: bool = False
    chart: RateChart = RateChart()
    span_bar: RangeBar = RangeBar()
    comparison: ComparedChart = ComparedChart()
    compared: list[ComparedRow] = []
    totals: dict[str, str] = {}
    has_others: bool = False
    can_add: bool = True
    hint: str = ""
    file: str = ""
    is_followed: bool = False
    refusal: str = ""

    _asked: Asked = Asked()
    _as_of: date | None = None
    _since: date | None = None

    @rx.event
    async def load(self) -> rx.event.EventCallback | None:
        """The figures of the currency in the address; the page asks for the charts."""
        reader = await reader_of(self)
        asked = self._address(reader.base_currency)
        if asked is None:
            self.phase = "missing"
            return None
        if asked.code != self.card.code:
            self.reset()
        self._asked = asked
        await self._read(reader)
        return CurrencyState.load_charts if self.has_looked else None

    @rx.event
    async def retry(self) -> rx.event.EventCallback | None:
        """Tries again after loading failed."""
        self.phase = "loading"
        return CurrencyState.load

    @rx.event
    async def load_charts(self) -> None:
        """The course of the rate, and the currencies that are compared with it."""
        if self.phase == "ready":
            reader = await reader_of(self)
            try:
                await self._read_charts(reader)
            except Exception as error:  # noqa: BLE001 - as in ``_read``
                self._fail(error, reader)

    @rx.event
    async def choose_period(self, value: str) -> rx.event.EventSpec | None:
        """The course over another span."""
        return self._show(period=value) if value in SPANS else None

    @rx.event
    async def choose_base(self, currency: str) -> rx.event.EventSpec | None:
        """The rate in another currency."""
        if currency not in {one.value for one in self.choices}:
            return None
        beside = tuple(one for one in self._asked.beside if one != currency)
        return self._show(base=currency, beside=beside)

    @rx.event
    async def swap(self) -> rx.event.EventSpec:
        """What one of the base is worth, or of the currency again."""
        return self._show(is_swapped=not self._asked.is_swapped)

    @rx.event
    async def compare(self, currency: str) -> rx.event.EventSpec | None:
        """One more beside it."""
        asked = self._asked
        known = {one.value for one in self.choices} - {asked.code, asked.base}
        if currency not in known or len(asked.beside) >= MAX_COMPARED - 1:
            return None
        beside = dict.fromkeys((*asked.beside, currency))
        return self._show(beside=tuple(beside))

    @rx.event
    async def leave_out(self, currency: str) -> rx.event.EventSpec:
        """One less beside it."""
        beside = tuple(one for one in self._asked.beside if one != currency)
        return self._show(beside=beside)

    @rx.event
    async def follow(self) -> None:
        """Follows it, or no longer."""
        reader, actor = await reader_of(self), await actor_of(self)
        verb = unfollow_currency if self.is_followed else follow_currency
        try:
            done = await perform(actor, verb, self._asked.code)
        except FinTrackError as error:
            self.refusal = " ".join(errors_by_field(error, reader.language).values())
        else:
            self.is_followed, self.refusal = self._asked.code in done.value, ""

    def _address(self, own: str) -> Asked | None:
        """What the address asks for; the client says it, so it is checked."""
        url = self.router.url
        return read_address(url.path, url.query_parameters, own)

    def _show(self, **changed: object) -> rx.event.EventSpec:
        # Loading follows from the address, so that back and forward do the same; who
        # chooses again before that goes on from here.
        self._asked = replace(self._asked, **changed)  # type: ignore[arg-type] # the handlers give its own fields
        return rx.redirect(self._asked.address, replace=True)

    async def _read(self, reader: Reader) -> None:
        asked = self._asked
        try:
            async with snapshot(await actor_of(self)) as books:
                view = await books.ask(read_pair, *asked.pair, reader.today)
                followed = await books.ask(list_followed)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self._fail(error, reader)
            return
        self._as_of = _as_of(view, reader.today)
        moved = moved_in(asked.period, view)
        self._since = moved.since if moved and moved.value is not None else None
        self.card = card_of(asked, view, reader)
        self.moves = move_rows(view, reader)
        self.about = about_rows(find_currency(asked.code), view.known_since, reader)
        self.base, self.period = asked.base, asked.period
        self.choices = _choices(asked, reader)
        self.compared = [
            compared_row(one, reader, may_leave=one != asked.code)
            for one in asked.together
        ]
        self.has_others = bool(asked.beside)
        self.can_add = len(asked.beside) < MAX_COMPARED - 1
        self.is_followed = asked.code in followed
        on, since = self._as_of.isoformat(), self._begins_before(reader)
        self.file = routes.rates_file(*asked.pair, asked.period, on, since)
        self.phase = "ready"

    async def _read_charts(self, reader: Reader) -> None:
        asked, period = self._asked, self._period(reader)
        async with snapshot(await actor_of(self)) as books:
            hours = hours_of(asked.period)
            course = await books.ask(read_course, *asked.pair, period, hours)
            others = (
                await books.ask(compare_courses, asked.together, asked.base, period)
                if asked.beside
                else ()
            )
        course = course.without_echoes
        is_drawn = len(course.points) > 1
        self.chart = rate_chart(course, reader) if is_drawn else RateChart()
        self.span_bar = range_bar(course, reader) if is_drawn else RangeBar()
        self.hint = "" if is_drawn else _why_empty(self.card, reader)
        self.comparison = compared_chart(others, reader)
        self.totals = {one.code: one.total for one in self.comparison.lines}
        self.has_looked = True

    def _period(self, reader: Reader) -> Period:
        """Not later than the change in the head begins: both lead from one rate."""
        period = span_of(self._asked.period, self._as_of or reader.today)
        start = min(period.start, self._since or period.start)
        return Period(start, period.end)

    def _begins_before(self, reader: Reader) -> str:
        """The first day of the chart where it is before its period; else empty."""
        start = self._period(reader).start
        begins = span_of(self._asked.period, self._as_of or reader.today).start
        return start.isoformat() if start < begins else ""

    def _fail(self, error: Exception, reader: Reader) -> None:
        self.phase = "failed"
        self.failure = reason_of(error, reader.language)


def _as_of(view: PairView, today: date) -> date:
    """Today, or the last day that says something: up to there the page looks."""
    seen_on = None if isinstance(view.rate, UnknownRate) else view.rate.seen_on
    return today if seen_on is None or seen_on > today - STALE else seen_on


def _choices(asked: Asked, reader: Reader) -> list[Choice]:
    """What it may be shown in; also what the address says and no form offers."""
    found = [one for one in money_choices(reader) if one.value != asked.code]
    if asked.base in {one.value for one in found}:
        return found
    name = currency_name(asked.base, reader.language)
    return [Choice(asked.base, f"{asked.base} {name}"), *found]


def _why_empty(card: CurrencyCard, reader: Reader) -> str:
    if not card.rate:
        return reader.say("No rate of this pair is known.")
    return reader.say("Too few rates of this period are known for a chart.")
