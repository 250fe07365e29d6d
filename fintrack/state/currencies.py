"""The currencies: searched, filtered, each with its rate in a base."""

import logging
from collections.abc import Sequence

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.currency_search import search_currencies
from fintrack.core.exchange import UnknownRate
from fintrack.services.commands import ask
from fintrack.services.rates.currencies import (
    CurrencyList,
    list_currencies,
    read_rows,
)
from fintrack.services.rates.currencies import (
    CurrencyRow as Found,
)
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, money_choices
from fintrack.state.currency_rows import (
    KINDS,
    MONEY,
    CurrencyRow,
    currency_rows,
    shelf_of,
)
from fintrack.state.session import actor_of, reader_of

PAGE = 50
MAX_WORDS = 200

_log = logging.getLogger(__name__)


class CurrenciesState(rx.State):
    """The page; ``phase`` is ``loading``, ``ready`` or ``failed``.

    ``kind`` is the filter, which a search looks past: what was typed is meant. Where
    the search is emptied ``revision`` rises, for a new field.
    """

    phase: str = "loading"
    rows: list[CurrencyRow] = []
    bases: list[Choice] = []
    base: str = ""
    kind: str = MONEY
    words: str = ""
    fresh: str = ""
    found: str = ""
    has_more: bool = False
    most: int = PAGE
    revision: int = 0

    @rx.event
    async def load(self) -> None:
        """Reads the rates of today in the base."""
        reader = await reader_of(self)
        self.bases = money_choices(reader)
        self.most = PAGE
        await self._read(reader, counts=True)

    @rx.event
    async def retry(self) -> None:
        """Tries again after loading failed."""
        self.phase = "loading"
        await self._read(await reader_of(self))

    @rx.event
    async def search(self, words: str) -> None:
        """Narrows to code, symbol, name or country."""
        self.words, self.most = words.strip()[:MAX_WORDS], PAGE
        await self._read(await reader_of(self))

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Narrows to money in use, metals, crypto, or what is no more."""
        if kind in KINDS:
            self.kind, self.words, self.most = kind, "", PAGE
            self.revision += 1
            await self._read(await reader_of(self))

    @rx.event
    async def choose_base(self, currency: str) -> None:
        """The currency in which all others are shown."""
        if currency in {one.value for one in self.bases}:
            self.base = currency
            await self._read(await reader_of(self), counts=True)

    @rx.event
    async def show_more(self) -> None:
        """As many rows again."""
        self.most += PAGE
        await self._read(await reader_of(self))

    async def _read(self, reader: Reader, *, counts: bool = False) -> None:
        self.base = self.base or reader.base_currency
        try:
            actor = await actor_of(self)
            if not self.words or counts:
                found = await ask(actor, list_currencies, self.base, reader.today)
                self._show_all(found, reader)
            if self.words:
                await self._find(actor, reader)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The currencies could not be loaded.")
            self.phase = "failed"
        else:
            self.phase = "ready"

    async def _find(self, actor: Actor, reader: Reader) -> None:
        """What was searched for, best first; only its rates are read."""
        matches = search_currencies(self.words, reader.language)
        codes = [one.code for one in matches]
        rows = await ask(actor, read_rows, codes[: self.most], self.base, reader.today)
        self._show(rows, len(codes), reader)

    def _show_all(self, found: CurrencyList, reader: Reader) -> None:
        """One kind, those with a known rate first; and of when the rates are."""
        of_kind = [row for row in found.rows if shelf_of(row.currency) == self.kind]
        of_kind.sort(key=lambda row: isinstance(row.rate, UnknownRate))
        self._show(of_kind[: self.most], len(of_kind), reader)
        self.fresh = reader.say(
            "{fresh} of {all} currencies have a rate of today.",
            fresh=found.fresh,
            all=len(found.rows),
        )
        if not found.fresh and found.newest:
            newest = reader.day(found.newest)
            said = reader.say("The newest rate is of {day}.", day=newest)
            self.fresh = f"{self.fresh} {said}"

    def _show(self, rows: Sequence[Found], count: int, reader: Reader) -> None:
        self.rows = currency_rows(rows, self.base, reader)
        self.has_more = count > len(rows)
        self.found = reader.count("{n} currency", "{n} currencies", count)
