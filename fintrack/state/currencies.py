"""The currencies: searched, filtered, each with its rate in a base."""

import logging
from collections.abc import Sequence
from datetime import date

import reflex as rx

from fintrack.core.currency_kinds import KINDS, MONEY, shelf_of
from fintrack.core.currency_search import search_currencies
from fintrack.core.errors import FinTrackError
from fintrack.core.exchange import UnknownRate
from fintrack.core.small_curve import path_of
from fintrack.services.commands import Snapshot, ask, perform, snapshot
from fintrack.services.rates.currencies import (
    CurrencyList,
    list_currencies,
    read_rows,
)
from fintrack.services.rates.currencies import (
    CurrencyRow as Found,
)
from fintrack.services.rates.following import (
    follow_currency,
    list_followed,
    unfollow_currency,
)
from fintrack.services.rates.small_curves import read_small_curves
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, money_choices
from fintrack.state.currency_rows import CurrencyRow, currency_rows
from fintrack.state.forms import errors_by_field
from fintrack.state.session import actor_of, reader_of

PAGE = 50
MAX_WORDS = 200

_log = logging.getLogger(__name__)


class CurrenciesState(rx.State):
    """The page; ``phase`` is ``loading``, ``ready`` or ``failed``.

    ``kind`` is the filter, which a search looks past: what was typed is meant. One that
    is chosen during the search narrows it (``is_narrowed``), until it is emptied. Where
    the page empties it ``revision`` rises, for a new field. ``curves`` are paths by
    code, which come after the rows.
    """

    phase: str = "loading"
    rows: list[CurrencyRow] = []
    followed: list[CurrencyRow] = []
    curves: dict[str, str] = {}
    bases: list[Choice] = []
    base: str = ""
    kind: str = MONEY
    words: str = ""
    is_narrowed: bool = False
    fresh: str = ""
    found: str = ""
    has_more: bool = False
    most: int = PAGE
    revision: int = 0
    refusal: str = ""

    _followed: tuple[str, ...] = ()
    _newest: date | None = None

    @rx.event
    async def load(self) -> rx.event.EventCallback | None:
        """Reads the rates of today in the base."""
        reader = await reader_of(self)
        self.bases = money_choices(reader)
        self.most = PAGE
        return await self._read(reader, counts=True)

    @rx.event
    async def retry(self) -> rx.event.EventCallback | None:
        """Tries again after loading failed."""
        self.phase = "loading"
        return await self._read(await reader_of(self), counts=True)

    @rx.event
    async def search(self, words: str) -> rx.event.EventCallback | None:
        """Narrows to code, symbol, name, country or kind."""
        self.words, self.most = words.strip()[:MAX_WORDS], PAGE
        self.is_narrowed = self.is_narrowed and bool(self.words)
        return await self._read(await reader_of(self))

    @rx.event
    async def choose_kind(self, kind: str) -> rx.event.EventCallback | None:
        """Narrows to money in use, metals, crypto, or what is no more."""
        if kind not in KINDS:
            return None
        self.kind, self.most = kind, PAGE
        self.is_narrowed = bool(self.words)
        return await self._read(await reader_of(self))

    @rx.event
    async def show_all(self) -> rx.event.EventCallback | None:
        """Searches all kinds; where nothing narrows the search, it is emptied."""
        if not self.is_narrowed:
            self.kind, self.words = MONEY, ""
            self.revision += 1
        self.is_narrowed, self.most = False, PAGE
        return await self._read(await reader_of(self))

    @rx.event
    async def choose_base(self, currency: str) -> rx.event.EventCallback | None:
        """The currency in which all others are shown."""
        if currency not in {one.value for one in self.bases}:
            return None
        self.base, self.curves = currency, {}
        return await self._read(await reader_of(self), counts=True)

    @rx.event
    async def show_more(self) -> rx.event.EventCallback | None:
        """As many rows again."""
        self.most += PAGE
        return await self._read(await reader_of(self))

    @rx.event
    async def follow(self, currency: str) -> rx.event.EventCallback | None:
        """Follows one, or no longer."""
        reader, actor = await reader_of(self), await actor_of(self)
        verb = unfollow_currency if currency in self._followed else follow_currency
        try:
            done = await perform(actor, verb, currency)
        except FinTrackError as error:
            self.refusal = " ".join(errors_by_field(error, reader.language).values())
            return None
        self._followed, self.refusal = done.value, ""
        return await self._read(reader)

    @rx.event
    async def load_curves(self) -> None:
        """The small curves of the rows that have none yet."""
        shown = [one.code for one in (*self.followed, *self.rows)]
        missing = [code for code in dict.fromkeys(shown) if code not in self.curves]
        if missing:
            actor, reader = await actor_of(self), await reader_of(self)
            # Without the network rates end before today, and so do the curves.
            last = min(self._newest or reader.today, reader.today)
            found = await ask(actor, read_small_curves, missing, self.base, last)
            paths = {code: path_of(found.get(code, ())) for code in missing}
            self.curves = {**self.curves, **paths}

    async def _read(
        self, reader: Reader, *, counts: bool = False
    ) -> rx.event.EventCallback | None:
        self.base = self.base or reader.base_currency
        try:
            async with snapshot(await actor_of(self)) as books:
                if counts:
                    self._followed = await books.ask(list_followed)
                await self._read_rows(books, reader, counts=counts)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The currencies could not be loaded.")
            self.phase = "failed"
            return None
        self.phase = "ready"
        return CurrenciesState.load_curves

    async def _read_rows(
        self, books: Snapshot, reader: Reader, *, counts: bool
    ) -> None:
        day = (self.base, reader.today)
        followed = await books.ask(read_rows, self._followed, *day)
        self.followed = currency_rows(followed, self.base, self._followed, reader)
        if not self.words or counts:
            found = await books.ask(list_currencies, *day)
            self._say_how_fresh(found, reader)
            self._show_all(found, reader)
        if self.words:
            matches = search_currencies(self.words, reader.language)
            codes = [
                one.code
                for one in matches
                if not self.is_narrowed or shelf_of(one) == self.kind
            ]
            rows = await books.ask(read_rows, codes[: self.most], *day)
            self._show(rows, len(codes), reader)

    def _show_all(self, found: CurrencyList, reader: Reader) -> None:
        """One kind without what is followed, those with a known rate first."""
        of_kind = [
            row
            for row in found.rows
            if shelf_of(row.currency) == self.kind
            and row.currency.code not in self._followed
        ]
        of_kind.sort(key=lambda row: isinstance(row.rate, UnknownRate))
        self._show(of_kind[: self.most], len(of_kind), reader)

    def _say_how_fresh(self, found: CurrencyList, reader: Reader) -> None:
        self._newest = found.newest
        self.fresh = reader.count(
            "{n} of {all} currencies has a rate of today.",
            "{n} of {all} currencies have a rate of today.",
            found.fresh,
            all=len(found.rows),
        )
        if not found.fresh and found.newest:
            newest = reader.day(found.newest)
            said = reader.say("The newest rate is of {day}.", day=newest)
            self.fresh = f"{self.fresh} {said}"

    def _show(self, rows: Sequence[Found], count: int, reader: Reader) -> None:
        self.rows = currency_rows(rows, self.base, self._followed, reader)
        self.has_more = count > len(rows)
        self.found = reader.count("{n} currency", "{n} currencies", count)
