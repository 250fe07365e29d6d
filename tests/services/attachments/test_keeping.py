"""Attachments are added and removed, undone, counted, and within their plan."""

from collections.abc import AsyncIterator

import pytest

from fintrack.core.attachment import MAX_COUNT
from fintrack.core.errors import Conflict, NotFound, PlanLimit, UndoRefused
from fintrack.services.attachments.keeping import AttachmentMark, remove_attachment
from fintrack.services.commands import ask, perform
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.listing import find_import
from fintrack.services.imports.receiving import receive_file
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.accounts import find_account
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.removing import remove_sample
from tests.books import Books
from tests.conftest import Clock
from tests.core.test_attachment import BILL
from tests.core.test_picture import picture
from tests.services.attachments.conftest import DAY, Desk
from tests.services.test_plans import TODAY, write
from tests.services.test_registry import Places, entry

STATEMENT = b"Date;Amount;Payee\n2026-03-05;-12.50;Shop\n2026-03-06;-1.00;Kiosk\n"


async def remove(desk: Desk, attachment_id: int) -> int:
    mark = AttachmentMark(desk.transaction_id, attachment_id)
    return (await perform(desk.books.actor, remove_attachment, mark)).change_id


def paper(number: int) -> bytes:
    return BILL + b"%" + str(number).encode() + b"\n%%EOF\n"


async def test_removed_attachment_is_gone_and_undo_brings_it_back(desk: Desk) -> None:
    done = await desk.attach(picture("PNG"), "a.png")
    change = await remove(desk, done.value.id)
    assert await desk.names() == []
    with pytest.raises(NotFound):
        await desk.read(done.value.id)
    with pytest.raises(NotFound):
        await remove(desk, done.value.id)
    await desk.books.undo(change)
    assert await desk.read(done.value.id) == picture("PNG")


async def test_removed_one_comes_back_though_the_day_has_moved_since(
    desk: Desk,
) -> None:
    cash, food = await desk.books.open("Bank"), await desk.books.category("Food 2")
    done = await desk.attach()
    change = await remove(desk, done.value.id)
    other = entry(Places(cash.id, cash.id, food, food, desk.transaction_id))
    moved = TransactionChange(desk.transaction_id, 1, other)
    await perform(desk.books.actor, edit_transaction, moved)
    await desk.books.undo(change)
    assert await desk.names() == ["bill.pdf"]


async def test_attachment_of_a_void_transaction_can_be_read_and_removed(
    desk: Desk,
) -> None:
    done = await desk.attach()
    mark = TransactionMark(desk.transaction_id, 1)
    await perform(desk.books.actor, void_transaction, mark)
    assert await desk.read(done.value.id) == BILL
    await remove(desk, done.value.id)
    assert await desk.names() == []


async def test_recording_is_not_undone_under_its_attachments(
    books: Books, desk: Desk
) -> None:
    await desk.attach()
    (recorded,) = await books.rows(
        "SELECT max(id) AS id FROM change_set WHERE command = 'transaction.record'"
    )
    with pytest.raises(UndoRefused, match="newer depends"):
        await books.undo(recorded.id)
    assert await desk.names() == ["bill.pdf"]


async def test_one_more_than_the_most_is_refused(desk: Desk) -> None:
    for number in range(MAX_COUNT):
        await desk.attach(paper(number))
    before = desk.files
    with pytest.raises(Conflict, match=f"{MAX_COUNT} attachments at most"):
        await desk.attach(paper(MAX_COUNT))
    assert desk.files == before


async def test_undo_brings_back_no_more_than_the_most(desk: Desk) -> None:
    """A removal and an upload that was undone wait for a free place alike."""
    undone = await desk.books.undo((await desk.attach()).change_id)
    first = (await desk.attach(paper(0))).value.id
    for number in range(1, MAX_COUNT):
        await desk.attach(paper(number))
    removed = await remove(desk, first)
    last = (await desk.attach(paper(MAX_COUNT))).value.id
    for change in (removed, undone.id):
        with pytest.raises(UndoRefused, match=f"{MAX_COUNT} attachments at most"):
            await desk.books.undo(change)
    assert len(await desk.names()) == MAX_COUNT
    await remove(desk, last)
    await desk.books.undo(removed)
    assert len(await desk.names()) == MAX_COUNT


async def test_undo_elsewhere_is_free_where_a_transaction_has_too_many(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.attach()
    monkeypatch.setattr("fintrack.services.ledger.beside.MAX_COUNT", 0)
    cash = await desk.books.open("Bank")
    (opened,) = await desk.books.rows(
        "SELECT max(id) AS id FROM change_set WHERE command = 'account.open'"
    )
    await desk.books.undo(opened.id)
    with pytest.raises(NotFound):
        await ask(desk.books.actor, find_account, cash.id)


@pytest.mark.usefixtures("billing")
async def test_plan_has_room_for_so_much_and_nothing_is_taken_away(desk: Desk) -> None:
    room = len(BILL) + len(paper(1)) - 1
    await write(desk.books, "UPDATE plan SET attachment_bytes = :room", room=room)
    first = await desk.attach(BILL)
    before = desk.files
    with pytest.raises(PlanLimit, match="The plan Free has room for 0 MB"):
        await desk.attach(paper(1))
    assert desk.files == before
    removed = await remove(desk, first.value.id)
    await desk.attach(paper(1))
    with pytest.raises(PlanLimit):
        await desk.books.undo(removed)
    await write(desk.books, "UPDATE plan SET attachment_bytes = 1")
    assert await desk.names() == ["bill.pdf"]


@pytest.mark.usefixtures("billing")
async def test_removed_files_count_as_long_as_their_bytes_are_kept(
    desk: Desk, clock: Clock
) -> None:
    """Twice the room of the plan, for an hour more than an undo may come."""
    room = 2 * len(paper(1))
    await write(desk.books, "UPDATE plan SET attachment_bytes = :room", room=room)
    for number in range(1, 4):
        await remove(desk, (await desk.attach(paper(number))).value.id)
    last = (await desk.attach(paper(4))).value.id
    removed = await remove(desk, last)
    before = desk.files
    assert len(before) == 4
    with pytest.raises(PlanLimit, match=r"kept for 30 days.* the 0 MB that the plan"):
        await desk.attach(paper(5))
    assert desk.files == before
    await desk.books.undo(removed)
    await remove(desk, last)
    clock.advance(days=30, hours=2)
    await desk.attach(paper(5))


@pytest.mark.usefixtures("billing")
async def test_removed_files_of_another_ledger_do_not_count(
    desk: Desk, stranger: Books
) -> None:
    await write(desk.books, "UPDATE plan SET attachment_bytes = :room", room=len(BILL))
    for _ in range(2):
        await remove(desk, (await desk.attach()).value.id)
    cash, food = await stranger.open("Theirs"), await stranger.category("Food")
    spent = await stranger.spend(cash.id, food, "5 EUR", DAY, "Shop")
    theirs = Desk(stranger, desk.folder, spent.value.id)
    await theirs.attach()
    assert await theirs.names() == ["bill.pdf"]


async def test_without_billing_there_is_no_limit(desk: Desk) -> None:
    await write(desk.books, "UPDATE plan SET attachment_bytes = 1")
    await desk.attach()
    assert await desk.names() == ["bill.pdf"]


async def test_import_that_is_taken_back_keeps_what_somebody_attached_to(
    books: Books, desk: Desk
) -> None:
    """Its row counts as edited; named, it goes with its files, and undo brings both."""
    bank = await books.open("Bank")

    async def chunks() -> AsyncIterator[bytes]:
        yield STATEMENT

    head = await receive_file(books.actor, bank.id, "bank.csv", chunks())
    batch = (await perform(books.actor, confirm_import, head.value.id)).value
    page = await ask(books.actor, list_transactions, Filter(words="kiosk"))
    at = Desk(books, desk.folder, page.items[0].id)
    await at.attach()
    detail = await ask(books.actor, find_import, batch.id)
    assert (detail.summary.standing, detail.summary.edited) == (2, 1)
    assert [view.id for view in detail.edited] == [at.transaction_id]

    left = await perform(books.actor, take_back_import, TakeBack(batch.id))
    assert (left.value.standing, await at.names()) == (1, ["bill.pdf"])
    named = TakeBack(batch.id, (at.transaction_id,))
    gone = await perform(books.actor, take_back_import, named)
    assert gone.value.standing == 0
    assert await books.rows("SELECT FROM attachment") == []
    await books.undo(gone.change_id)
    assert await at.names() == ["bill.pdf"]


async def test_sample_that_is_removed_takes_its_attachments_along(
    books: Books, desk: Desk
) -> None:
    await perform(books.actor, add_sample, NewSample(TODAY, "en"))
    page = await ask(books.actor, list_transactions, Filter(), limit=1)
    at = Desk(books, desk.folder, page.items[0].id)
    await at.attach()
    await perform(books.actor, remove_sample)
    assert await books.rows("SELECT FROM attachment") == []
    assert await books.findings() == []
