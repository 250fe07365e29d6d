"""Who waits for a reading process holds no connection meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from fintrack.services import database
from fintrack.services.commands import ask
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.previews import PreviewChange
from fintrack.services.imports.survey import read_left_out, read_preview
from fintrack.services.imports.turns import (
    ask_in_turn,
    correct_preview,
    perform_in_turn,
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
    return perform_in_turn(books.actor, confirm_import, preview_id, key="once")


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
