"""The import page while others have their files read."""

import asyncio
from collections.abc import Hashable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.imports import readers
from fintrack.services.ledger.account_rows import AccountView
from fintrack.state import importing
from fintrack.state.importing import ImportState
from tests.books import Books, money
from tests.services.imports.held import all_at_work, all_wait
from tests.state.import_desk import (
    N26,
    SKIP,
    account,
    bank,
    confirm,
    page,
    store,
    upload,
)

__all__ = ["account", "page", "store"]

MANY = "Many files are being read right now."
STORED = "SELECT mapping, decisions FROM import_preview"


async def test_stop_while_the_import_waits_leaves_no_mark(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "LOOK_SECONDS", 0)
    await page.take_file(await upload(books, account.id, bank(N26)))
    there = all_wait(monkeypatch, 1)
    async with all_at_work():
        work = asyncio.create_task(confirm(page))
        await there.wait()
        await page.stop()
        await work
    assert (page.step, page.check.can_add) == ("check", True)
    assert page.notice.text == "The import was stopped. Nothing was changed."
    assert await books.balance(account.id) == money("100 EUR")


async def test_correction_that_finds_no_turn_leaves_the_file_as_it_was_read(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await page.decide(page.rows[0].id, SKIP)
    before = await books.rows(STORED)
    page.set_correcting(True)
    _end_turns(monkeypatch, 1)
    await page.correct({"header_row": "0"})
    assert page.is_correcting
    assert MANY in " ".join(page.errors.values())
    assert await books.rows(STORED) == before


async def test_correction_whose_reading_breaks_off_leaves_the_file_as_it_was_read(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    await page.decide(page.rows[0].id, SKIP)
    before = await books.rows(STORED)
    _break_off(monkeypatch, 1)
    await page.correct({"header_row": "0"})
    assert "has ended" in " ".join(page.errors.values())
    assert await books.rows(STORED) == before


async def test_page_of_rows_that_finds_no_turn_is_said_and_the_check_goes_on(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    rows = page.rows
    with monkeypatch.context() as busy:
        _end_turns(busy, 0)
        await page.choose_tab("skipped")
    assert page.notice.text.startswith(MANY)
    assert (page.step, page.tab, page.rows) == ("check", "", rows)
    # What it would do may be another thing by now.
    assert not page.check.can_add
    await page.choose_tab("")
    assert page.check.can_add
    await confirm(page)
    assert page.step == "done"


async def test_correction_that_cannot_be_shown_yet_takes_no_yes_until_it_is(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await page.take_file(await upload(books, account.id, bank(N26)))
    with monkeypatch.context() as busy:
        _end_turns(busy, 1)
        await page.correct({"sign": "flip"})
    assert page.notice.text.startswith(MANY)
    assert (page.step, page.check.can_add) == ("check", False)
    await page.choose_tab("")
    assert page.check.can_add
    assert page.rows[0].amount.minor == ".50"


async def test_file_whose_first_look_finds_no_turn_waits_in_the_list(
    page: ImportState,
    books: Books,
    account: AccountView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preview = await upload(books, account.id, bank(N26))
    with monkeypatch.context() as busy:
        _end_turns(busy, 0)
        await page.take_file(preview)
    assert page.notice.text.startswith(MANY)
    assert (page.step, page.rows) == ("file", [])
    assert [one.id for one in page.waiting] == [preview]


def _end_turns(monkeypatch: pytest.MonkeyPatch, turns: int) -> None:
    """Nobody comes to a turn any more after so many."""
    turn, left = readers.Readers.turn, iter(range(turns))

    def asked(
        self: readers.Readers, line: Hashable
    ) -> AbstractAsyncContextManager[None]:
        if next(left, None) is None:
            raise readers.NoTurn
        return turn(self, line)

    monkeypatch.setattr(readers.Readers, "turn", asked)


def _break_off(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """A reading process ends in its work after so many jobs."""
    run, left = readers.Readers.run, iter(range(jobs))

    async def broken(self: readers.Readers, *job: Any, **options: Any) -> Any:
        if next(left, None) is None:
            raise Unavailable(readers.ENDED)
        return await run(self, *job, **options)

    monkeypatch.setattr(readers.Readers, "run", broken)
