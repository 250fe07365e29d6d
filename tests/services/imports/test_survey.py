"""The preview shows raw beside understood and what the books will hold after."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.column_names import Role
from fintrack.services.commands import ask, perform
from fintrack.services.imports import survey
from fintrack.services.imports.judging import Status
from fintrack.services.imports.previews import (
    PreviewChange,
    RowDecision,
    change_preview,
)
from fintrack.services.imports.survey import read_preview
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.books import Books, money
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT, as_csv


async def test_preview_says_what_will_be_added(desk: Desk, books: Books) -> None:
    account = await books.open("Bank", "100 EUR")
    view = await desk.read((await desk.receive(account.id, CURRENT)).id)
    assert view.to_add == view.counts[Status.NEW] == 4
    assert (view.first_day, view.last_day) == (date(2026, 2, 2), date(2026, 2, 5))
    assert [(f.into, f.out, f.rows) for f in view.flows] == [
        (money("2000 EUR"), money("50.10 EUR"), 4)
    ]
    assert view.balance_before == money("100 EUR")
    assert view.balance_after == money("2049.90 EUR")
    (check,) = view.balances
    assert check.holds
    assert (check.opening, check.closing) == (money("100 EUR"), view.balance_after)
    coffee = view.rows[1]
    assert coffee.raw == ("2026-02-03", "Café Central", "-2.50", "2097.50")
    assert coffee.understood is not None
    assert coffee.understood.money == money("-2.50 EUR")
    assert coffee.understood.balance == money("2097.50 EUR")
    assert (coffee.status, coffee.taken, coffee.choosable) == (Status.NEW, True, True)


async def test_missing_row_breaks_the_balance_check(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    lines = CURRENT.splitlines(keepends=True)
    head = await desk.receive(account.id, b"".join([*lines[:2], *lines[3:]]))
    (check,) = (await desk.read(head.id)).balances
    assert not check.holds
    assert check.broken_at == 3


async def test_two_currencies_are_summed_apart(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    data = (
        "Date,Payee,Amount,Currency\n2026-02-03,Lidl,-2.00,EUR\n"
        "2026-02-03,Tesco,-3.00,GBP\n"
    )
    view = await desk.read((await desk.receive(account.id, data)).id)
    assert [flow.out for flow in view.flows] == [money("2 EUR"), money("3 GBP")]
    assert view.balance_after == money("-2 EUR")
    assert view.counts[Status.SKIPPED] == 1


async def test_rows_are_paged_and_filtered(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "PAGE", 2)
    account = await books.open("Bank")
    rows = [("2026-02-03", f"Shop {n}", "-2.50") for n in range(3)]
    data = as_csv(*rows, ("2026-02-31", "Shop", "-1.00"), ("2026-02-04", "x", "?"))
    head = await desk.receive(account.id, data)
    first = await desk.read(head.id)
    assert [row.number for row in first.rows] == [2, 3]
    assert [row.number for row in first.doubtful] == [5, 6]
    second = await ask(books.actor, read_preview, head.id, after=first.next or 0)
    assert [row.number for row in second.rows] == [4, 5]
    last = await ask(books.actor, read_preview, head.id, after=second.next or 0)
    assert ([row.number for row in last.rows], last.next) == ([6], None)
    only = await ask(books.actor, read_preview, head.id, only=Status.DOUBTFUL)
    assert ([row.number for row in only.rows], only.next) == ([5, 6], None)
    assert only.rows[0].understood is None
    assert "does not exist" in only.rows[0].reasons[0].message


async def test_file_without_rows_adds_nothing(desk: Desk, books: Books) -> None:
    account = await books.open("Bank", "5 EUR")
    view = await desk.read((await desk.receive(account.id, as_csv())).id)
    assert (view.rows, view.to_add, view.first_day) == ((), 0, None)
    assert view.balance_after == money("5 EUR")


async def test_corrected_mapping_is_read_at_once(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, as_csv(("2026-02-03", "Lidl", "2.50")))
    flipped = PreviewChange(head.id, replace(head.mapping, flip_sign=True))
    await perform(books.actor, change_preview, flipped)
    assert (await desk.read(head.id)).balance_after == money("-2.50 EUR")


async def test_mapping_without_an_amount_says_so(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, as_csv(("2026-02-03", "Lidl", "2.50")))
    roles = (Role.DATE, Role.PAYEE, Role.IGNORE)
    change = PreviewChange(head.id, replace(head.mapping, roles=roles))
    await perform(books.actor, change_preview, change)
    with pytest.raises(InvalidInput) as caught:
        await desk.read(head.id)
    assert caught.value.problems[0].field == "amount"


async def test_preview_knows_what_was_imported_and_what_was_typed(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    food = await books.category("Food")
    await books.spend(account.id, food, "45.10 EUR", date(2026, 2, 4), "supermarket")
    first = await desk.read((await desk.receive(account.id, CURRENT)).id)
    assert (first.to_add, first.counts[Status.DOUBTFUL]) == (3, 1)
    assert first.to_clear == 1
    await desk.bring(account.id, CURRENT)
    second = await desk.read((await desk.receive(account.id, CURRENT)).id)
    assert (second.to_add, second.to_clear) == (0, 0)
    assert second.counts[Status.DUPLICATE] == 3
    assert second.counts[Status.DOUBTFUL] == 1


async def test_rows_in_a_reconciled_period_are_counted_and_stop_nothing(
    desk: Desk, books: Books
) -> None:
    """The 3rd is reconciled; three of four rows come late, one of them is left out."""
    account = await books.open("Bank", "100 EUR")
    statement = Statement(account.id, date(2026, 2, 3), money("100 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    head = await desk.receive(account.id, CURRENT)
    seen = await desk.read(head.id)
    assert (seen.locked, seen.locked_on) == (3, date(2026, 2, 3))
    skip = PreviewChange(head.id, decisions=(RowDecision(2, take=False),))
    await perform(books.actor, change_preview, skip)
    assert (await desk.read(head.id)).locked == 2
    assert (await desk.confirm(head.id)).value.rows_added == 3
    assert await books.findings() == []
    other = await books.open("Other")
    seen = await desk.read((await desk.receive(other.id, CURRENT)).id)
    assert (seen.locked, seen.locked_on) == (0, None)
