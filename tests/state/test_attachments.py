"""The attachments of the open transaction, as its sheet shows them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from fintrack.core.actor import LedgerRole
from fintrack.services import blobs
from fintrack.services.attachments.receiving import receive_attachment
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.reading import find_transaction
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.state.attachments import AttachmentsState
from fintrack.state.rows import Notice
from fintrack.state.session import SessionState
from fintrack.state.transaction_filters import read_address
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState
from tests.books import Books
from tests.core.test_attachment import BILL
from tests.core.test_picture import picture
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 18)


@dataclass(frozen=True)
class Sheet:
    """An open transaction with what is attached to it."""

    books: Books
    desk: Desk
    transaction_id: int
    state: AttachmentsState

    async def send(self, data: bytes = BILL, name: str = "bill.pdf") -> str:
        """What the browser does over HTTP; the id of the change set."""

        async def chunks() -> AsyncIterator[bytes]:
            yield data

        done = await receive_attachment(
            self.books.actor, self.transaction_id, name, chunks()
        )
        return str(done.change_id)

    async def clips(self) -> list[str]:
        listed = await self.desk.state(TransactionsState)
        return [row.attached for day in listed.days for row in day.rows]

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.state.rows]


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    blobs.install(blobs.FolderBlobStore(tmp_path / "blobs", bytes(32)))
    yield
    blobs.install(None)


@pytest.fixture
async def sheet(books: Books) -> Sheet:
    cash, food = await books.open("Cash"), await books.category("Food")
    view = (await books.spend(cash.id, food, "5 EUR", DAY, "Kiosk")).value
    desk = await sit_down(books)
    listed = await desk.state(TransactionsState)
    await listed._read()
    form = await desk.state(TransactionForm)
    await form.open_edit(str(view.id))
    return Sheet(books, desk, view.id, await desk.state(AttachmentsState))


async def test_sheet_says_where_files_go_and_how_large_they_may_be(
    sheet: Sheet,
) -> None:
    target = sheet.state.target
    assert target.place == f"/api/v1/transactions/{sheet.transaction_id}/attachments"
    assert (target.may_change, target.most_bytes) == (True, 10 * 1024 * 1024)
    assert "up to 10 MB each" in target.hint
    assert target.large == "This file is larger than 10 MB."


async def test_added_file_is_listed_and_clipped_and_can_be_undone(
    sheet: Sheet,
) -> None:
    await sheet.state.added(await sheet.send(picture("PNG"), "till.png"))
    (row,) = sheet.state.rows
    assert row.name == "till.png"
    assert row.detail == "PNG · 1 KB · Nov 18, 2026"
    assert row.href == f"{sheet.state.target.place}/{row.id}"
    assert row.thumbnail == f"{row.href}/thumbnail"
    assert sheet.state.notice.text == "till.png was attached."
    assert await sheet.clips() == ["1 attachment"]
    await sheet.state.undo(sheet.state.notice.change)
    assert sheet.names == []
    assert await sheet.clips() == [""]


async def test_removed_file_comes_back_by_the_toast(sheet: Sheet) -> None:
    await sheet.state.added(await sheet.send())
    (row,) = sheet.state.rows
    assert row.thumbnail == ""
    await sheet.state.remove(row.id)
    assert (sheet.names, await sheet.clips()) == ([], [""])
    assert sheet.state.notice.text == "bill.pdf was removed."
    await sheet.state.undo(sheet.state.notice.change)
    assert sheet.names == ["bill.pdf"]


async def test_second_click_on_remove_is_said_and_changes_nothing(
    sheet: Sheet,
) -> None:
    await sheet.state.added(await sheet.send())
    (row,) = sheet.state.rows
    for _ in range(2):
        await sheet.state.remove(row.id)
    assert sheet.state.notice.tone == "bad"
    assert sheet.names == []


async def test_word_that_is_no_change_gives_a_toast_without_undo(
    sheet: Sheet,
) -> None:
    await sheet.send()
    await sheet.state.added("nonsense")
    assert sheet.state.notice.change == ""
    await sheet.state.added("nonsense")
    assert sheet.names == ["bill.pdf"]


async def test_viewer_sees_files_and_no_buttons(sheet: Sheet) -> None:
    await sheet.send()
    session = await sheet.desk.state(SessionState)
    session._ledger_role = int(LedgerRole.VIEWER)
    form = await sheet.desk.state(TransactionForm)
    await form.open_edit(str(sheet.transaction_id))
    assert sheet.names == ["bill.pdf"]
    assert not sheet.state.target.may_change


async def test_another_transaction_has_its_own_and_old_notices_are_not_said_again(
    sheet: Sheet,
) -> None:
    await sheet.state.added(await sheet.send())
    cash, food = await sheet.books.open("Purse"), await sheet.books.category("Fun")
    other = (await sheet.books.spend(cash.id, food, "1 EUR", DAY)).value
    form = await sheet.desk.state(TransactionForm)
    await form.open_edit(str(other.id))
    assert sheet.names == []
    assert sheet.state.notice == Notice()


async def test_void_transaction_shows_its_files_to_be_read_only(sheet: Sheet) -> None:
    await sheet.send()
    mark = TransactionMark(sheet.transaction_id, 1)
    await perform(sheet.books.actor, void_transaction, mark)
    form = await sheet.desk.state(TransactionForm)
    form.close()
    await form.open_edit(str(sheet.transaction_id))
    assert form.mode == ""
    shown = sheet.state.void
    assert (shown.id, shown.name) == (str(sheet.transaction_id), "Kiosk")
    assert (shown.day, shown.amount.sign, shown.amount.major) == (
        "Nov 18, 2026",
        "−",
        "5",
    )
    assert (sheet.names, sheet.state.target.may_change) == (["bill.pdf"], False)
    sheet.state.set_void(False)
    assert sheet.state.void.id == ""


async def test_transaction_that_is_not_void_closes_what_was_looked_at(
    sheet: Sheet,
) -> None:
    view = await ask(sheet.books.actor, find_transaction, sheet.transaction_id)
    await sheet.state._show_void(view)
    form = await sheet.desk.state(TransactionForm)
    await form.open_edit(str(sheet.transaction_id))
    assert (sheet.state.void.id, sheet.state.target.may_change) == ("", True)


async def test_list_narrows_to_what_has_files(sheet: Sheet) -> None:
    (await sheet.desk.state(TransactionsState)).shown = read_address({"files": "1"})
    state = await sheet.desk.state(TransactionsState)
    await state._read()
    assert state.days == []
    assert [chip.label for chip in state.chips] == ["With files"]
    await sheet.send()
    await state._read()
    assert [row.id for row in state.days[0].rows] == [str(sheet.transaction_id)]
