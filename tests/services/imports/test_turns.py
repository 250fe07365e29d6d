"""Who waits for a reading process holds no connection meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from fintrack.core.errors import Conflict, NotFound
from fintrack.services import database
from fintrack.services.commands import ask
from fintrack.services.imports.confirming import count_progress, stop_import
from fintrack.services.imports.previews import PreviewChange
from fintrack.services.imports.survey import read_left_out, read_preview
from fintrack.services.imports.turns import (
    ask_in_turn,
    confirm_in_turn,
    correct_preview,
)
from fintrack.services.ledger.accounts import list_accounts
from tests.books import Books
from tests.services.imports.conftest import Desk
from tests.services.imports.held import all_at_work, all_wait
from tests.services.imports.statements import CURRENT

# Where each held a connection, none would be left for anybody else.
MANY = database.POOL_SIZE + database.POOL_OVERFLOW
Reading = Callable[[Books, int], Awaitable[object]]


def _look(books: Books, preview_id: int) -> Awaitable[object]:
    return ask_in_turn(books.actor, read_preview, preview_id)


def _leave_out(books: Books, preview_id: int) -> Awaitable[object]:
    return ask_in_turn(books.actor, read_left_out, preview_id, "en")


def _turn_to(books: Books, preview_id: int) -> Awaitable[object]:
    return correct_preview(books.actor, PreviewChange(preview_id, part=""), key="once")


def _confirm(books: Books, preview_id: int) -> Awaitable[object]:
    return confirm_in_turn(books.actor, preview_id, key="once")


@pytest.mark.parametrize("read", [_look, _leave_out, _turn_to, _confirm])
async def test_others_read_and_write_while_many_wait_for_a_process(
    desk: Desk,
    books: Books,
    stranger: Books,
    monkeypatch: pytest.MonkeyPatch,
    read: Reading,
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    there = all_wait(monkeypatch, MANY)
    async with all_at_work():
        waiting = [asyncio.ensure_future(read(books, head.id)) for _ in range(MANY)]
        await there.wait()
        await stranger.open("Pot")
        assert len(await ask(stranger.actor, list_accounts)) == 1
        assert not any(one.done() for one in waiting)
    first, *others = await asyncio.gather(*waiting)
    assert others == [first] * (MANY - 1)


async def test_row_is_decided_while_all_processes_are_at_work(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    async with all_at_work():
        done = await correct_preview(books.actor, PreviewChange(head.id))
    assert done.value.id == head.id


async def test_stop_ends_imports_of_one_file_that_wait_and_nothing_is_written(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    before = await books.snapshot()
    tabs = 2
    there = all_wait(monkeypatch, tabs)
    async with all_at_work():
        waiting = [
            asyncio.create_task(confirm_in_turn(books.actor, head.id))
            for _ in range(tabs)
        ]
        await there.wait()
        assert await ask(books.actor, count_progress, head.id) == 0
        assert await ask(books.actor, stop_import, head.id)
        await asyncio.wait(waiting)
        for one in waiting:
            with pytest.raises(Conflict, match="stopped"):
                await one
    assert not await ask(books.actor, stop_import, head.id)
    assert await books.snapshot() == before
    assert (await confirm_in_turn(books.actor, head.id)).value.rows_added == 4


async def test_import_that_a_stranger_waits_with_is_not_the_persons_own(
    desk: Desk, books: Books, stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    there = all_wait(monkeypatch, 1)
    async with all_at_work():
        theirs = asyncio.create_task(confirm_in_turn(stranger.actor, head.id))
        await there.wait()
        assert await ask(books.actor, count_progress, head.id) is None
        assert not await ask(books.actor, stop_import, head.id)
        with pytest.raises(NotFound):
            await ask(stranger.actor, stop_import, head.id)
    with pytest.raises(NotFound):
        await theirs
