"""The currencies: searched, filtered, each with its rate in a base."""

import logging

import reflex as rx

from fintrack.core.currency_search import search_currencies
from fintrack.core.exchange import UnknownRate
from fintrack.services.commands import ask
from fintrack.services.rates.currencies import (
    CurrencyList,
    list_currencies,
)
from fintrack.services.rates.currencies import (
    CurrencyRow as Found,
)
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, money_choices
from fintrack.state.currency_rows import (
    MONEY,
    CurrencyRow,
    currency_rows,
    shelf_of,
)
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

PAGE = 50

_log = logging.getLogger(__name__)


class CurrenciesState(Undoing, rx.State):
    """The page; ``phase`` is ``loading``, ``ready`` or ``failed``.

    ``kind`` is the filter, which a search looks past: what was typed is meant.
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

    @rx.event
    async def load(self) -> None:
        """Reads the rates of today in the base."""
        reader = await reader_of(self)
        self.bases = money_choices(reader)
        self.base = self.base or reader.base_currency
        self.most = PAGE
        await self._read(reader)

    @rx.event
    async def retry(self) -> None:
        """Tries again after loading failed."""
        self.phase = "loading"
        await self._read(await reader_of(self))

    @rx.event
    async def search(self, words: str) -> None:
        """Narrows to code, symbol, name or country."""
        self.words, self.most = words[:200], PAGE
        await self._read(await reader_of(self))

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Narrows to money in use, metals, crypto, or what is no more."""
        self.kind, self.words, self.most = kind, "", PAGE
        await self._read(await reader_of(self))

    @rx.event
    async def choose_base(self, code: str) -> None:
        """The currency in which all others are shown."""
        if code in {one.value for one in self.bases}:
            self.base = code
            await self._read(await reader_of(self))

    @rx.event
    async def show_more(self) -> None:
        """As many rows again."""
        self.most += PAGE
        await self._read(await reader_of(self))

    async def _read(self, reader: Reader) -> None:
        try:
            found = await ask(
                await actor_of(self), list_currencies, self.base, reader.today
            )
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The currencies could not be loaded.")
            self.phase = "failed"
        else:
            self._show(found, reader)
            self.phase = "ready"

    def _show(self, found: CurrencyList, reader: Reader) -> None:
        rows = self._chosen(found, reader)
        self.rows = currency_rows(rows[: self.most], self.base, reader)
        self.has_more = len(rows) > self.most
        self.found = reader.count("{n} currency", "{n} currencies", len(rows))
        self.fresh = reader.say(
            "{fresh} of {all} currencies have a rate of today.",
            fresh=found.fresh,
            all=len(found.rows),
        )
        if not found.fresh and found.newest:
            newest = reader.day(found.newest)
            said = reader.say("The newest rate is of {day}.", day=newest)
            self.fresh = f"{self.fresh} {said}"

    def _chosen(self, found: CurrencyList, reader: Reader) -> list[Found]:
        """What was searched for, best first; else of one kind, known rates first."""
        if self.words.strip():
            by_code = {row.currency.code: row for row in found.rows}
            matches = search_currencies(self.words, reader.language)
            return [by_code[one.code] for one in matches]
        rows = [row for row in found.rows if shelf_of(row.currency) == self.kind]
        return sorted(rows, key=lambda row: isinstance(row.rate, UnknownRate))
