"""A yes to a file: its rows are in the books, each once, or none at all."""

import asyncio
import json
import os
import random
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from fintrack.core.actor import SYSTEM, LedgerRole
from fintrack.core.errors import Conflict, NotAllowed, Unavailable, UndoRefused
from fintrack.core.money import Money
from fintrack.models.ledger import Membership
from fintrack.services import change_sets
from fintrack.services.commands import ask, perform
from fintrack.services.imports import parsing, readers
from fintrack.services.imports.confirming import count_progress, stop_import
from fintrack.services.imports.copy_text import CopyText
from fintrack.services.imports.copying import Copier
from fintrack.services.imports.previews import (
    PreviewChange,
    RowDecision,
    change_preview,
)
from fintrack.services.imports.receiving import receive_file
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.listing import Filter
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from tests.books import START, Books, money
from tests.services.imports.conftest import Desk, chunks_of
from tests.services.imports.statements import CURRENT, as_csv

BANKS = sorted((Path(__file__).parents[2] / "data" / "banks").glob("*.csv"))
ROOT = Path(__file__).parents[3]
KILLED = "tests.services.imports.killed"
KILLS = int(os.environ.get("KILLS", "3"))
# An import of 600 rows in a fresh process takes about half of this.
MAX_LIFE_SECONDS = 1.5
BOOKS = ("transaction", "posting", "balance_month")


def _bank_file(path: Path) -> tuple[bytes, dict[str, Any]]:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return path.read_bytes(), expected


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
async def test_bank_file_is_imported_once_and_taken_back(
    path: Path, desk: Desk, books: Books
) -> None:
    data, expected = _bank_file(path)
    currency, total = next(iter(expected["sums"].items()))
    account = await books.open("Bank", f"0 {currency}")
    before = await books.snapshot()

    first = await desk.bring(account.id, data)
    assert await books.balance(account.id) == money(f"{total} {currency}")
    after = await books.snapshot()
    second = await desk.bring(account.id, data)
    assert second.value.rows_added == 0
    assert (await books.snapshot())["posting"] == after["posting"]
    assert await books.findings() == []

    await perform(books.actor, take_back_import, TakeBack(first.value.id))
    left = await books.snapshot()
    assert [left[table] for table in BOOKS] == [before[table] for table in BOOKS]
    assert await books.balance(account.id) == Money(0, currency)
    assert await books.findings() == []


async def test_rows_moved_to_the_right_account_are_not_doubled_by_its_next_file(
    desk: Desk, books: Books
) -> None:
    wrong, right = await books.open("Wrong"), await books.open("Right")
    rows = [(f"2026-02-0{day}", f"Shop {day}", f"-{day}.10") for day in range(1, 5)]
    await desk.bring(wrong.id, as_csv(*rows[:3]))
    change = ManyChange(account_id=right.id)
    await perform(books.actor, change_many, Selection(wanted=Filter()), change)
    assert (await desk.bring(right.id, as_csv(*rows))).value.rows_added == 1
    assert await books.balance(right.id) == money("-10.40 EUR")


async def test_import_is_undone_and_redone(desk: Desk, books: Books) -> None:
    account = await books.open("Bank", "100 EUR")
    before = await books.snapshot()
    done = await desk.bring(account.id, CURRENT)
    after = await books.snapshot()
    assert await books.balance(account.id) == money("2049.90 EUR")
    undone = await books.undo(done.change_id)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await books.snapshot() == after
    assert await books.findings() == []


async def test_two_identical_coffees_stay_two(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    coffee = ("2026-02-03", "Café", "-2.50")
    assert (await desk.bring(account.id, as_csv(coffee))).value.rows_added == 1
    assert (await desk.bring(account.id, as_csv(coffee, coffee))).value.rows_added == 1
    assert (await desk.bring(account.id, as_csv(coffee, coffee))).value.rows_added == 0
    assert await books.balance(account.id) == money("-5 EUR")


async def test_same_key_gives_the_first_result(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    first = await desk.confirm(head.id, key="once")
    again = await desk.confirm(head.id, key="once")
    assert again == first
    assert first.value.rows_added == 4


async def test_import_has_the_number_of_its_file_and_a_new_one_when_it_comes_again(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    one, two = [await desk.receive(account.id, CURRENT) for _ in range(2)]
    second = (await desk.confirm(two.id)).value
    first = (await desk.confirm(one.id)).value
    assert (first.id, second.id) == (one.id, two.id)
    await perform(books.actor, take_back_import, TakeBack(first.id))
    again = (await desk.confirm(one.id)).value
    assert again.id not in {one.id, two.id}
    assert (await desk.receive(account.id, CURRENT)).id != again.id


async def test_import_that_was_confirmed_again_is_not_redone(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    undone = await books.undo((await desk.confirm(head.id)).change_id)
    assert (await desk.confirm(head.id)).value.id == head.id
    with pytest.raises(UndoRefused):
        await books.undo(undone.id)


async def test_second_yes_without_a_key_is_refused(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    done = await desk.confirm(head.id)
    with pytest.raises(Conflict, match="already imported"):
        await desk.confirm(head.id)
    await books.undo(done.change_id)
    again = await desk.confirm(head.id)
    assert again.value.rows_added == 4
    await perform(books.actor, take_back_import, TakeBack(again.value.id))
    assert (await desk.confirm(head.id)).value.rows_added == 4


async def test_file_without_rows_is_an_import_of_nothing(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    done = await desk.bring(account.id, as_csv())
    assert (done.value.rows_added, done.value.rows_skipped) == (0, 0)
    assert await books.findings() == []


async def test_decisions_turn_rows_round(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    await desk.bring(account.id, CURRENT)
    head = await desk.receive(account.id, CURRENT)
    keep = PreviewChange(head.id, decisions=(RowDecision(5, take=True),))
    await perform(books.actor, change_preview, keep)
    done = await desk.confirm(head.id)
    assert done.value.rows_added == 1
    assert await books.balance(account.id) == money("1904.80 EUR")
    assert (await desk.bring(account.id, CURRENT)).value.rows_added == 0


async def test_account_closed_since_the_preview_refuses_the_yes(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    await perform(books.actor, close_account, AccountMark(account.id, 1), START)
    with pytest.raises(Conflict, match="closed"):
        await desk.confirm(head.id)


async def test_viewer_cannot_import(books: Books, stranger: Books) -> None:
    account = await books.open("Bank")
    assert stranger.actor.person_id is not None
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, SYSTEM, "test.member", books.home.clock(), None, None
        )
        viewer = Membership(
            ledger_id=books.actor.ledger_id or 0,
            person_id=stranger.actor.person_id,
            role=int(LedgerRole.VIEWER),
        )
        session.add(viewer)
    actor = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    with pytest.raises(NotAllowed):
        await receive_file(actor, account.id, "x.csv", chunks_of(CURRENT))


async def test_progress_is_counted_and_a_stop_leaves_no_mark(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 1)
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    assert await ask(books.actor, count_progress, head.id) is None
    assert not await ask(books.actor, stop_import, head.id)
    before = await books.snapshot()
    seen: list[int | None] = []
    real = Copier.copy

    async def watched(copier: Copier, batch: CopyText) -> None:
        await real(copier, batch)
        seen.append(await ask(books.actor, count_progress, head.id))
        if seen[-1] == 2:
            assert await ask(books.actor, stop_import, head.id)

    monkeypatch.setattr(Copier, "copy", watched)
    with pytest.raises(Conflict, match="stopped"):
        await desk.confirm(head.id)
    assert seen == [0, 1, 2]
    assert await books.snapshot() == before
    monkeypatch.setattr(Copier, "copy", real)
    assert (await desk.confirm(head.id)).value.rows_added == 4


async def test_reader_killed_in_the_middle_leaves_no_mark(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 1)
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    before = await books.snapshot()
    real = Copier.copy

    async def kill(copier: Copier, batch: CopyText) -> None:
        await real(copier, batch)
        for child in psutil.Process().children():
            if readers.MODULE in child.cmdline():
                child.kill()

    monkeypatch.setattr(Copier, "copy", kill)
    with pytest.raises(Unavailable, match="has ended"):
        await desk.confirm(head.id)
    assert await books.snapshot() == before
    monkeypatch.setattr(Copier, "copy", real)
    assert (await desk.confirm(head.id)).value.rows_added == 4


async def test_killed_process_leaves_all_or_nothing(
    desk: Desk, books: Books, tmp_path: Path
) -> None:
    """A process is killed at a random moment of its import, ``KILLS`` times.

    What it left undone is done by a second yes to the same file.
    """
    account = await books.open("Bank")
    cut_off = 0
    for turn in range(KILLS):
        rows = [
            (f"2026-02-{n % 28 + 1:02d}", f"Shop {turn} {n}", "-1.00")
            for n in range(600)
        ]
        before = await books.balance(account.id)
        head = await desk.receive(account.id, as_csv(*rows))
        await _kill_while_confirming(books, head.id, tmp_path / "blobs")
        added = before.minor - (await books.balance(account.id)).minor
        assert added in (0, 100 * len(rows))
        assert await books.findings() == []
        if not added:
            cut_off += 1
            assert (await desk.confirm(head.id)).value.rows_added == len(rows)
    sys.stdout.write(f"{KILLS} kills: {cut_off} of them left nothing behind\n")


async def _kill_while_confirming(books: Books, preview_id: int, blobs: Path) -> None:
    url = books.home.main.url.render_as_string(hide_password=False)
    who = (str(books.actor.person_id), str(books.actor.ledger_id))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", KILLED, url, str(blobs), *who, str(preview_id),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    await asyncio.sleep(random.random() * MAX_LIFE_SECONDS)  # noqa: S311 - a moment, no secret
    # It may have ended by itself: then all of it must be there.
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
