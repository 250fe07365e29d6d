"""The list of transactions: its address, its page, its sums."""

import logging

import reflex as rx

from fintrack.core import routes
from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.period import FIRST_YEAR, LAST_YEAR, Period, PeriodKind
from fintrack.services.commands import Snapshot, snapshot
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.many.selecting import select_transactions
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field
from fintrack.state.ledger_choices import (
    Choice,
    ChoiceGroup,
    Choices,
    load_choices,
    show_choices,
    tag_choices,
)
from fintrack.state.periods import PeriodChoice, chosen_period, period_choices
from fintrack.state.picking import Picking
from fintrack.state.session import actor_of, reader_of
from fintrack.state.transaction_chips import FilterChip, filter_chips
from fintrack.state.transaction_clearing import ListClearing
from fintrack.state.transaction_files import FileLinks, files_of
from fintrack.state.transaction_filters import (
    ALL,
    Shown,
    period_label,
    period_of,
    read_address,
    read_filters,
    to_filter,
)
from fintrack.state.transaction_rows import day_groups
from fintrack.state.transaction_sums import Summary, read_sums

ROWS = 50
EVERYTHING = Filter(with_void=True)

_log = logging.getLogger(__name__)


class TransactionsState(Picking, ListClearing, rx.State):
    """The list; the address holds the filters, so that a reload shows the same."""

    status: str = "loading"
    summary: Summary = Summary()
    accounts: list[Choice] = []
    categories: list[ChoiceGroup] = []
    tags: list[Choice] = []
    chips: list[FilterChip] = []
    period: str = ""
    periods: list[PeriodChoice] = []
    out_label: str = ""
    page_label: str = ""
    asked: str = ""
    has_any: bool = False
    has_accounts: bool = False
    newer: str = ""
    older: str = ""
    shows_filters: bool = False
    filter_since: str = ""
    filter_until: str = ""
    filter_errors: dict[str, str] = {}
    offer: str = ""
    offer_href: str = ""
    files: FileLinks = FileLinks()

    @rx.event
    async def load(self) -> None:
        """Reads the address and shows what it asks for."""
        asked = read_address(self.router.url.query_parameters)
        if asked.turned() != self.shown.turned():
            self._drop_picks()
        self.shown = asked
        self.offer = ""
        await self._read()

    @rx.event
    async def retry(self) -> None:
        """Tries again after loading failed."""
        self.status = "loading"
        await self._read()

    @rx.event
    def search(self, words: str) -> rx.event.EventSpec:
        """Narrows to words of payee, description or note."""
        return _go(self.shown.turned(q=words.strip()), quietly=True)

    @rx.event
    async def choose_period(self, value: str) -> rx.event.EventSpec | None:
        """The present week, month, quarter or year."""
        period = chosen_period(value, await reader_of(self))
        return _go(self.shown.turned(period=period.text)) if period else None

    @rx.event
    def choose_account(self, account_id: str) -> rx.event.EventSpec:
        """Narrows to an account; an empty id to all of them."""
        return _go(self.shown.turned(account=account_id))

    @rx.event
    def choose_category(self, category_id: str) -> rx.event.EventSpec:
        """Narrows to a category and those under it."""
        return _go(self.shown.turned(category=category_id))

    @rx.event
    def set_filters(self, is_open: bool) -> None:
        """Opens or closes the form with days, amounts and void ones."""
        self.shows_filters = is_open
        self.filter_errors = {}

    @rx.event
    async def filter(
        self, form: dict[str, str | bool | None]
    ) -> rx.event.EventSpec | None:
        """Narrows to days, amounts, and whether void ones are there."""
        reader = await reader_of(self)
        try:
            changes = read_filters(form, reader)
        except InvalidInput as error:
            self.filter_errors = errors_by_field(error, reader.language)
            return None
        self.shows_filters = False
        return _go(self.shown.turned(**changes))

    @rx.event
    def remove_filter(self, name: str) -> rx.event.EventSpec:
        """Takes one filter away."""
        changes = {"least": "", "most": ""} if name == "amounts" else {name: ""}
        known = changes.keys() <= self.shown.address.keys()
        return _go(self.shown.turned(**(changes if known else {})))

    @rx.event
    def clear_filters(self) -> rx.event.EventSpec:
        """Shows everything of all days."""
        return _go(Shown(period=ALL))

    @rx.event
    async def show_earlier(self) -> rx.event.EventSpec | None:
        """The period before."""
        return await self._turn_period(-1)

    @rx.event
    async def show_later(self) -> rx.event.EventSpec | None:
        """The period after."""
        return await self._turn_period(1)

    @rx.event
    def show_newer(self) -> rx.event.EventSpec:
        """The page above."""
        return _go(self.shown.turned(before=self.newer))

    @rx.event
    def show_older(self) -> rx.event.EventSpec:
        """The page below."""
        return _go(self.shown.turned(after=self.older))

    @rx.event
    async def pick_all(self) -> None:
        """Selects all that the filter keeps, on this page and the others."""
        await self._pick_all()

    async def _pick_all(self) -> None:
        reader = await reader_of(self)
        try:
            async with snapshot(await actor_of(self)) as books:
                wanted = await self._wanted(books, reader)
                found = await books.ask(select_transactions, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._take_all(found, reader)

    async def _wanted(self, books: Snapshot, reader: Reader) -> Filter:
        choices = await load_choices(books, reader)
        return to_filter(self.shown, period_of(self.shown, reader), choices)

    async def _turn_period(self, steps: int) -> rx.event.EventSpec | None:
        period = period_of(self.shown, await reader_of(self))
        if period is None:
            return None
        turned = period.next() if steps > 0 else period.previous()
        if not FIRST_YEAR <= turned.start.year < LAST_YEAR:
            return None
        return _go(self.shown.turned(period=turned.text))

    async def _read(self) -> None:
        await self._read_again(await actor_of(self), await reader_of(self))

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        """Fills the page; what fails is kept in the log and shown as failed."""
        try:
            await self._fill(actor, reader)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The transactions could not be loaded.")
            self.status = "failed"
        else:
            self.status = "ready"

    async def _fill(self, actor: Actor, reader: Reader) -> None:
        async with snapshot(actor) as books:
            await self._fill_from(books, reader)

    async def _fill_from(self, books: Snapshot, reader: Reader) -> None:
        choices = await load_choices(books, reader)
        period = period_of(self.shown, reader)
        wanted = to_filter(self.shown, period, choices)
        page = await books.ask(
            list_transactions,
            wanted,
            after=self.shown.after or None,
            before=self.shown.before or None,
            limit=ROWS,
        )
        show_choices(self, choices)
        self.files = files_of(wanted)
        self.tags = await tag_choices(books)
        self.newer, self.older = page.previous or "", page.next or ""
        self.has_accounts = bool(choices.accounts)
        self.has_any = bool(page.items) or await _has_any(books)
        self.summary, by_day = await read_sums(books, wanted, period, page, reader)
        account_id = wanted.account_ids[0] if wanted.account_ids else 0
        unsorted = frozenset(choices.uncategorised)
        self.days = day_groups(page.items, by_day, reader, unsorted, account_id)
        self._show_picks(page.items, reader)
        self._fill_labels(reader, period, choices, len(page.items))

    def _fill_labels(
        self, reader: Reader, period: Period | None, choices: Choices, rows: int
    ) -> None:
        shown = self.shown
        self.period = period_label(period, reader)
        self.periods = period_choices(reader)
        self.out_label = reader.say("Out, {period}", period=self.period)
        self.page_label = reader.count(
            "{n} transaction on this page", "{n} transactions on this page", rows
        )
        self.chips = filter_chips(shown, period, choices, self.tags, reader)
        self.asked = reader.say("Nothing matches in: {period}", period=self.period)
        spans = period is not None and period.kind is not PeriodKind.MONTH
        self.filter_since = period.start.isoformat() if period and spans else ""
        self.filter_until = period.last_day.isoformat() if period and spans else ""


def _go(shown: Shown, *, quietly: bool = False) -> rx.event.EventSpec:
    """To the address of a view; loading follows from the address alone."""
    return rx.redirect(routes.transactions(**shown.address), replace=quietly)


async def _has_any(books: Snapshot) -> bool:
    page = await books.ask(list_transactions, EVERYTHING, limit=1)
    return bool(page.items)
