"""Whoever is refused again and again is told once an hour, with how often."""

import asyncio
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, replace

import pytest

from fintrack.core.actor import Actor, Role, Where
from fintrack.core.errors import NotAllowed, NotFound, Unavailable
from fintrack.services import turned_away
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.ledger.accounts import (
    AccountMark,
    close_account,
    list_accounts,
    open_account,
    reopen_account,
)
from fintrack.services.staff.finding import open_profile
from fintrack.services.trail.own import list_own_trail
from fintrack.services.turned_away import TurnedAway
from tests.books import START, Books, make_person
from tests.conftest import Clock
from tests.services.test_commands import CASH

REFUSED = "SELECT ledger_id, address, detail FROM security_event ORDER BY id"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.4"


@pytest.fixture
def counting() -> Iterator[TurnedAway]:
    """Counts what is refused, as in a process that tells it."""
    made = TurnedAway()
    turned_away.install(made)
    yield made
    turned_away.install(None)


@dataclass(frozen=True)
class Row:
    """An event of a refusal, without its device."""

    ledger_id: int | None
    commands: str
    times: str = ""
    address: str = HOME


async def refused(books: Books) -> list[Row]:
    return [
        Row(
            row.ledger_id,
            row.detail.get("commands", row.detail["command"]),
            row.detail.get("times", ""),
            row.address,
        )
        for row in await books.rows(REFUSED)
    ]


def at(person: Books, address: str = HOME, ledger_id: int | None = None) -> Actor:
    """The person at an address, who may name books of others."""
    ledger_id = ledger_id or person.actor.ledger_id
    return replace(person.actor, where=Where(address), ledger_id=ledger_id)


async def is_refused(refusal: Awaitable[object]) -> None:
    """What is due is told before the next one: this takes a few seconds."""
    with pytest.raises(NotFound):
        await refusal
    await tell()


async def tell() -> None:
    counting = turned_away.current()
    if counting is not None:
        await counting.tell()


async def test_stranger_who_is_refused_on_and_on_leaves_a_row_an_hour(
    books: Books, stranger: Books, counting: TurnedAway, clock: Clock
) -> None:
    here = books.actor.ledger_id
    forged = at(stranger, ledger_id=here)
    for _ in range(30):
        await is_refused(ask(forged, list_accounts))
        await is_refused(perform(forged, open_account, CASH))
        clock.advance(minutes=1)
        await counting.tell()
    first = Row(here, "account.list")
    assert await refused(books) == [first]
    clock.advance(minutes=30)
    await counting.tell()
    rest = Row(here, "account.open, account.list", "59")
    assert await refused(books) == [first, rest]
    clock.advance(days=9)
    await counting.tell()
    assert await refused(books) == [first, rest]


async def test_thief_of_a_cookie_is_told_with_their_own_address(
    books: Books, counting: TurnedAway, clock: Clock
) -> None:
    mark, own = AccountMark(99, 1), books.actor.ledger_id
    await is_refused(perform(at(books), reopen_account, mark))
    for _ in range(500):
        await is_refused(perform(at(books, ELSEWHERE), reopen_account, mark))
    told = [Row(own, "account.reopen", "", where) for where in (HOME, ELSEWHERE)]
    assert await refused(books) == told
    clock.advance(hours=1)
    await counting.tell()
    rest = Row(own, "account.reopen", "499", ELSEWHERE)
    assert await refused(books) == [*told, rest]


async def test_refusals_at_once_are_told_once(
    books: Books, stranger: Books, counting: TurnedAway
) -> None:
    here = books.actor.ledger_id
    places = (HOME, ELSEWHERE, HOME, ELSEWHERE, HOME)
    many = (ask(at(stranger, where, here), list_accounts) for where in places)
    outcomes = await asyncio.gather(*many, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [NotFound] * 5
    assert await refused(books) == []
    await counting.tell()
    told = [Row(here, "account.list", "3"), Row(here, "account.list", "2", ELSEWHERE)]
    assert by_place(await refused(books)) == told


def by_place(rows: list[Row]) -> list[Row]:
    """Rows that were written at once, in whichever order."""
    return sorted(rows, key=lambda row: (HOME, ELSEWHERE).index(row.address))


async def test_refused_wait_for_nothing_that_is_written(
    books: Books,
    stranger: Books,
    counting: TurnedAway,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nor do they learn from the time whether there are such books."""
    forged = at(stranger, ledger_id=books.actor.ledger_id)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "unit_of_work", _broken)
        for _ in range(50):
            with pytest.raises(NotFound):
                await ask(forged, list_accounts)
    await counting.tell()
    assert [row.times for row in await refused(books)] == ["50"]


@pytest.mark.usefixtures("counting")
async def test_refusal_that_could_not_be_written_is_told_later(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Database, "unit_of_work", _broken)
        with pytest.raises(Unavailable):
            await is_refused(ask(at(books, ledger_id=99), list_accounts))
    await is_refused(ask(at(books, ledger_id=99), list_accounts))
    assert await refused(books) == [Row(None, "account.list", "2")]


def _broken(_: Database) -> None:
    raise Unavailable


async def test_each_owner_sees_who_was_refused_and_what_is_not_there_is_one(
    books: Books, stranger: Books, counting: TurnedAway
) -> None:
    """What nobody has stands in no books, whoever gets its number later."""
    eve = await make_person(books.home, "eve@example.org")
    theirs = [one.actor.ledger_id or 0 for one in (books, stranger)]
    next_id = (eve.actor.ledger_id or 0) + 1
    for ledger_id in (*theirs, *range(next_id, 130)):
        await is_refused(ask(at(eve, ledger_id=ledger_id), list_accounts))
    await counting.tell(at_the_end=True)
    *told, rest = [(row.ledger_id, row.times) for row in await refused(books)]
    assert told == [*((ledger_id, "") for ledger_id in theirs), (None, "")]
    assert rest == (None, str(129 - next_id))
    zoe = await make_person(books.home, "zoe@example.org")
    assert zoe.actor.ledger_id == next_id
    traces = (await ask(zoe.actor, list_own_trail)).traces
    assert not any(trace.is_event for trace in traces)


async def test_in_ones_own_books_each_command_that_is_refused_is_told(
    books: Books, counting: TurnedAway, clock: Clock
) -> None:
    mark, own = AccountMark(99, 1), books.actor.ledger_id
    for _ in range(3):
        await is_refused(perform(at(books), reopen_account, mark))
        await is_refused(perform(at(books), close_account, mark, START))
    told = [Row(own, "account.reopen"), Row(own, "account.close")]
    assert await refused(books) == told
    clock.advance(hours=1)
    await is_refused(perform(at(books), close_account, mark, START))
    await counting.tell()
    rest = [Row(own, "account.reopen", "2"), Row(own, "account.close", "3")]
    assert await refused(books) == [*told, *rest]


async def test_each_refused_deed_of_staff_is_told(
    home: Database, books: Books, counting: TurnedAway
) -> None:
    support = await make_person(home, "help@example.org", Role.SUPPORT)
    for person_id in range(900, 905):
        await is_refused(perform(at(support), open_profile, person_id))
        with pytest.raises(NotAllowed):
            await perform(at(books), open_profile, person_id)
    await counting.tell(at_the_end=True)
    rows = await books.rows("SELECT person_id, detail FROM security_event")
    times = [
        [row.detail.get("times") for row in rows if row.person_id == person_id]
        for person_id in (support.actor.person_id, books.actor.person_id)
    ]
    assert times == [[None] * 5, [None, "4"]]


async def test_each_refusal_is_told_where_nobody_tells_what_is_counted(
    books: Books,
) -> None:
    for _ in range(3):
        await is_refused(ask(at(books, ledger_id=99), list_accounts))
    assert await refused(books) == [Row(None, "account.list")] * 3
