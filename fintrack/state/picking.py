"""Which transactions of the list are selected: some by hand, or all that it keeps."""

from collections.abc import Iterable
from sys import intern

import reflex as rx

from fintrack.core.errors import TooLarge
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.ledger.transactions import TransactionMark
from fintrack.services.many.selecting import (
    MAX_MANY,
    TOO_MANY,
    Selected,
    Selection,
)
from fintrack.state.amounts import Reader
from fintrack.state.session import reader_of
from fintrack.state.undoing import Undoing


class Picking(Undoing, mixin=True):
    """The selection; it lasts while one turns pages and ends with another filter.

    The page knows which of its own rows are selected. Ids of other pages are kept here
    with the versions that were seen; of all that a filter keeps there is only the seal.
    """

    picked: list[str] = []
    picked_label: str = ""
    is_picking: bool = False
    takes_all: bool = False

    _marks: dict[str, int] = {}
    _on_page: dict[str, int] = {}
    _seal: str = ""
    _count: int = 0
    _without: list[str] = []

    @rx.event
    async def pick(self, ids: list[str], on: bool) -> None:
        """Selects rows of the page, or takes them out again."""
        reader = await reader_of(self)
        known = [id_ for id_ in ids if id_ in self._on_page]
        if self.takes_all:
            rest = [id_ for id_ in self._without if id_ not in known]
            self._without = rest if on else (rest + known)[:MAX_MANY]
        elif on:
            self._add(known, reader)
        else:
            self._marks = {i: v for i, v in self._marks.items() if i not in known}
        self._tell_picks(reader)

    @rx.event
    def drop_picks(self) -> None:
        """Selects nothing any more."""
        self._drop_picks()

    @rx.event
    async def start_picking(self) -> None:
        """Shows the boxes, as fingers need them."""
        self.is_picking = True
        self._tell_picks(await reader_of(self))

    def _add(self, known: Iterable[str], reader: Reader) -> None:
        """Selects these too, or says that they are too many and selects none."""
        more = self._marks | {id_: self._on_page[id_] for id_ in known}
        if len(more) > MAX_MANY:
            self._warn(TooLarge(TOO_MANY, limit=MAX_MANY), reader)
        else:
            self._marks = more

    def _drop_picks(self) -> None:
        self.picked, self.picked_label = [], ""
        self.is_picking = self.takes_all = False
        self._marks, self._seal, self._count, self._without = {}, "", 0, []

    def _has_picks(self) -> bool:
        return self.takes_all or bool(self._marks)

    def _take_all(self, found: Selected, reader: Reader) -> None:
        """Selects everything that a filter keeps, as it was sealed."""
        self.takes_all = found.count > 0
        self._seal, self._count = found.seal, found.count
        self._marks, self._without = {}, []
        self._tell_picks(reader)

    def _show_picks(self, views: Iterable[TransactionView], reader: Reader) -> None:
        """A page that is shown anew: what is selected there is so as it is now."""
        self._on_page = {
            intern(str(v.id)): v.version for v in views if v.voided_at is None
        }
        seen = {id_: v for id_, v in self._on_page.items() if id_ in self._marks}
        self._marks = {**self._marks, **seen}
        self._tell_picks(reader)

    def _tell_picks(self, reader: Reader) -> None:
        if self.takes_all:
            out = set(self._without)
            self.picked = [id_ for id_ in self._on_page if id_ not in out]
            count = self._count - len(out)
        else:
            self.picked = [id_ for id_ in self._on_page if id_ in self._marks]
            count = len(self._marks)
        said = reader.count("{n} selected", "{n} selected", count)
        self.picked_label = said if count or self.is_picking else ""

    def _selection(self, wanted: Filter) -> Selection | None:
        """What is selected, for the service; None where that is nothing."""
        if self.takes_all:
            without = tuple(map(int, self._without))
            return Selection(wanted=wanted, seal=self._seal, without=without)
        marks = tuple(TransactionMark(int(i), v) for i, v in self._marks.items())
        return Selection(marks) if marks else None
