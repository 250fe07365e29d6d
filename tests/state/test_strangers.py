"""Every event handler, reached for with the ids of somebody else.

What exists and is not one's own is answered as what exists nowhere, word by word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from reflex_base.registry import RegisteredEventHandler

from fintrack.services import blobs
from fintrack.services.blobs import FolderBlobStore
from fintrack.state.guard import REFLEX
from fintrack.state.payloads import parameters_of
from tests.belongings import MARK, Ids, images_of, make_ids, make_session, set_ids_apart
from tests.books import Books
from tests.conftest import Clock
from tests.inventory import listing
from tests.state.addresses import DESTRUCTIVE, PATHS
from tests.state.conftest import HYDRATE, Tab
from tests.state.matrix import REACHES
from tests.state.reaches import Reach, Step

NOWHERE = 777_777
KEY = re.compile(r'form_key[^"]*": ?"([0-9a-f]{32})"')
SHARES = re.compile(r'"key": ?"([0-9a-f]{32})"')
HEX = re.compile(r"[0-9a-f]{32}")
NUMBER = re.compile(r"\b[0-9]{6,7}\b")


def _ours() -> dict[str, RegisteredEventHandler]:
    """Our own handlers by the names of their state and themselves."""
    return {
        f"{found.states[0].__name__}.{name.rpartition('.')[2]}": found
        for name, found in listing.handlers()
        if found.states[0].__module__ != REFLEX
    }


OURS = _ours()
TAKING = {name for name, found in OURS.items() if parameters_of(found.handler.fn)}
STATES = sorted({name.partition(".")[0] for name in OURS})


@dataclass
class Bob:
    """Somebody with books of his own, at a tab; ``theirs`` is what he reaches for."""

    tab: Tab
    own: Ids
    books: Books
    clock: Clock

    async def compare(self, state: str, name: str, reach: Reach, theirs: Any) -> None:
        """Reaches for what nobody has, and for ``theirs``: the answers are the same."""
        self.clock.advance(minutes=2)
        nothing = await self._reach(state, name, reach, _nobody())
        assert await self._reach(state, name, reach, theirs) == nothing, (name, reach)

    async def _reach(self, state: str, name: str, reach: Reach, theirs: Any) -> str:
        """What comes back, without what differs from one time to the next."""
        self.tab.token = f"{state} {name} {reach.path} {theirs}"
        self.tab.path = self._fill(reach.path, theirs)
        await self.tab.send(HYDRATE)
        self.tab.deltas.clear()
        for step in reach.before:
            await self._send(state, step, theirs)
        self.tab.scripts.clear()
        seen = len(self.tab.deltas)
        for step in ((name, reach.payload), *reach.after):
            await self._send(state, step, theirs)
        answer = str(self.tab.deltas[seen:]) + str(self.tab.scripts)
        answer = answer.replace(theirs.mark, "MARK")
        return NUMBER.sub("NUMBER", HEX.sub("HEX", answer))

    async def _send(self, state: str, step: Step, theirs: Any) -> None:
        name, payload = step
        filled = self._fill(payload, theirs)
        found = OURS[f"{state}.{name}"]
        await self.tab.send(f"{found.states[0].get_full_name()}.{name}", **filled)

    def _fill(self, value: Any, theirs: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._fill(one, theirs) for name, one in value.items()}
        if isinstance(value, list):
            return [self._fill(one, theirs) for one in value]
        if not isinstance(value, str):
            return value
        keys, shares = KEY.findall(self.tab.shown), SHARES.findall(self.tab.shown)
        text = value.replace("{form_key}", keys[-1] if keys else "")
        if "share}" in value:
            text = text.replace("{share}", shares[-2]).replace(
                "{other share}", shares[-1]
            )
        return text.format(own=self.own, theirs=theirs, mark=theirs.mark)


@dataclass(frozen=True)
class Theirs(Ids):
    """What Ada has, or what nobody has."""

    ledger_id: int
    mark: str = MARK


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    blobs.install(FolderBlobStore(tmp_path / "blobs", bytes(range(32))))
    yield
    blobs.install(None)


@pytest.fixture
async def bob(tab: Tab, stranger: Books, store: None, clock: Clock) -> Bob:
    del store
    own = await make_ids(stranger, "Mine")
    await make_session(stranger, "bob")
    tab.cookie = "fintrack=bob"
    return Bob(tab, own, stranger, clock)


@pytest.fixture
async def ada(bob: Bob, books: Books) -> Theirs:
    await set_ids_apart(bob.books.home)
    ids = await make_ids(books)
    known: dict[str, Any] = dict(ids.by_name)
    return Theirs(**known, ledger_id=books.actor.ledger_id or 0)


def _nobody() -> Theirs:
    numbers = {one.name: NOWHERE for one in fields(Theirs) if one.name != "mark"}
    words: dict[str, Any] = {"mark": "Xanthippe"}
    return Theirs(**numbers, **words)


def test_each_handler_that_takes_something_is_in_the_matrix() -> None:
    listed = {f"{state}.{name}" for state, one in REACHES.items() for name in one}
    assert listed == TAKING


@pytest.mark.parametrize("state", sorted(REACHES))
async def test_what_is_not_ones_own_is_as_if_it_were_not_there(
    state: str,
    bob: Bob,
    ada: Theirs,
    books: Books,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = await images_of(books)
    for name, reach in REACHES[state].items():
        await bob.compare(state, name, reach, ada)
    assert await images_of(books) == before
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("state", STATES)
async def test_address_that_names_what_is_not_ones_own_leads_nowhere(
    state: str,
    bob: Bob,
    ada: Theirs,
    books: Books,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = await images_of(books)
    for path in PATHS:
        for name in _that_take_nothing(state):
            loaded = (("load", {}),) if f"{state}.load" in OURS else ()
            await bob.compare(state, name, Reach({}, loaded, path=path), ada)
    assert await images_of(books) == before
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def _that_take_nothing(state: str) -> list[str]:
    names = [name.partition(".") for name in OURS if name not in TAKING]
    return [name for of, _, name in names if of == state and name not in DESTRUCTIVE]
