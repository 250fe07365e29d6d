"""A file waits a day for a yes: received, corrected, swept away."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.amount_text import COMMA
from fintrack.core.errors import (
    Conflict,
    InvalidInput,
    NotFound,
)
from fintrack.core.statements.column_names import Role
from fintrack.core.statements.mapping import Mapping
from fintrack.services import blobs
from fintrack.services.commands import perform
from fintrack.services.imports import previews
from fintrack.services.imports.judging import LATE, Status
from fintrack.services.imports.previews import (
    PreviewChange,
    RowDecision,
    change_preview,
)
from fintrack.services.ledger.accounts import AccountMark, close_account
from tests.books import START, Books, money
from tests.conftest import Clock
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT, as_csv


async def test_file_gets_a_proposal_and_touches_no_books(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    before = await books.snapshot()
    head = await desk.receive(account.id, CURRENT, "C:\\bank\\2026-02.csv")
    assert head.filename == "2026-02.csv"
    assert head.mapping.roles == (Role.DATE, Role.PAYEE, Role.AMOUNT, Role.BALANCE)
    assert head.mapping.currency == "EUR"
    assert head.notes == ()
    assert await books.snapshot() == before


async def test_unclear_dates_are_named_until_somebody_decides(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, as_csv(("02/03/2026", "Lidl", "-1.00")))
    assert [note.field for note in head.notes] == ["date_order"]
    change = PreviewChange(head.id, head.mapping)
    changed = (await perform(books.actor, change_preview, change)).value
    assert changed.notes == ()


async def test_category_is_no_account_to_import_into(desk: Desk, books: Books) -> None:
    with pytest.raises(NotFound):
        await desk.receive(await books.category("Food"), CURRENT)


async def test_closed_account_takes_no_file(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    await perform(books.actor, close_account, AccountMark(account.id, 1), START)
    with pytest.raises(Conflict, match="closed"):
        await desk.receive(account.id, CURRENT)


async def test_preview_of_somebody_else_is_not_found(
    desk: Desk, books: Books, strange_desk: Desk
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    stranger = strange_desk.books.actor
    with pytest.raises(NotFound):
        await strange_desk.read(head.id)
    with pytest.raises(NotFound):
        await strange_desk.confirm(head.id)
    with pytest.raises(NotFound):
        await perform(stranger, change_preview, PreviewChange(head.id))


async def test_too_many_waiting_files_are_refused(
    desk: Desk, books: Books, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MAX_WAITING", 2)
    account = await books.open("Bank")
    for _ in range(3):
        await desk.bring(account.id, CURRENT)
    for _ in range(2):
        await desk.receive(account.id, CURRENT)
    with pytest.raises(Conflict, match="Too many files"):
        await desk.receive(account.id, CURRENT)
    clock.advance(hours=24)
    await desk.receive(account.id, CURRENT)


async def test_lost_file_is_not_found(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    (row,) = await books.rows("SELECT blob FROM import_preview")
    await blobs.current().delete(row.blob)
    with pytest.raises(NotFound):
        await desk.confirm(head.id)


async def test_decisions_are_kept_until_the_file_is_cut_in_another_way(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    skip = PreviewChange(head.id, decisions=(RowDecision(2, take=False),))
    await perform(books.actor, change_preview, skip)
    assert (await desk.read(head.id)).to_add == 3

    other = replace(head.mapping, flip_sign=True)
    await perform(books.actor, change_preview, PreviewChange(head.id, other))
    assert (await desk.read(head.id)).to_add == 3

    other = replace(head.mapping, quote="")
    await perform(books.actor, change_preview, PreviewChange(head.id, other))
    assert (await desk.read(head.id)).to_add == 4


async def _take(books: Books, preview_id: int, number: int) -> None:
    change = PreviewChange(preview_id, decisions=(RowDecision(number, take=True),))
    await perform(books.actor, change_preview, change)


async def test_row_taken_in_two_tabs_comes_into_the_books_once(
    desk: Desk, books: Books
) -> None:
    """It looks like what was entered by hand; in both tabs a person says take it."""
    account, food = await books.open("Bank"), await books.category("Food")
    await books.spend(account.id, food, "45.10 EUR", date(2026, 2, 4), "supermarket")
    heads = [await desk.receive(account.id, CURRENT) for _ in range(2)]
    for head in heads:
        await _take(books, head.id, 5)
    first, second = heads
    assert (await desk.confirm(first.id)).value.rows_added == 4
    await _take(books, second.id, 4)
    seen = await desk.read(second.id)
    assert (seen.to_add, seen.counts[Status.DUPLICATE]) == (0, 4)
    assert {row.reasons for row in seen.rows} == {(LATE,)}
    assert not any(row.choosable for row in seen.rows)
    assert (await desk.confirm(second.id)).value.rows_added == 0
    assert await books.balance(account.id) == money("1904.80 EUR")
    again = await desk.receive(account.id, CURRENT)
    await _take(books, again.id, 5)
    assert (await desk.read(again.id)).to_add == 1


async def test_file_that_is_turned_to_another_account_knows_what_that_holds_by_then(
    desk: Desk, books: Books
) -> None:
    bank, card = await books.open("Bank"), await books.open("Card")
    head = await desk.receive(bank.id, CURRENT)
    await desk.bring(card.id, CURRENT)
    turn = PreviewChange(head.id, account_id=card.id)
    await perform(books.actor, change_preview, turn)
    await _take(books, head.id, 5)
    assert (await desk.confirm(head.id)).value.rows_added == 1


async def test_too_many_decisions_are_refused(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MAX_DECISIONS", 1)
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    two = (RowDecision(2, take=False), RowDecision(3, take=False))
    with pytest.raises(InvalidInput):
        await perform(
            books.actor, change_preview, PreviewChange(head.id, decisions=two)
        )


async def test_impossible_mapping_is_refused(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    wrong = replace(head.mapping, encoding="utf-7")
    with pytest.raises(InvalidInput):
        await perform(books.actor, change_preview, PreviewChange(head.id, wrong))


async def test_mapping_of_a_confirmed_file_is_remembered_for_its_account(
    desk: Desk, books: Books
) -> None:
    account, other = await books.open("Bank"), await books.open("Card")
    first = as_csv(("02/03/2026", "Lidl", '"1,00"'))
    head = await desk.receive(account.id, first)
    corrected: Mapping = replace(head.mapping, flip_sign=True, number_style=COMMA)
    await perform(books.actor, change_preview, PreviewChange(head.id, corrected))
    await desk.confirm(head.id)

    second = as_csv(("04/03/2026", "Lidl", '"2,00"'))
    again = await desk.receive(account.id, second)
    assert again.mapping == corrected
    assert (head.remembered, again.remembered) == (False, True)
    assert again.notes == ()
    assert not (await desk.receive(other.id, second)).mapping.flip_sign
