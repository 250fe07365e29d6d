"""Rows of a statement: a rule first, then what was learned, shown before the yes."""

from datetime import date

import pytest

from fintrack.core.chart import Kind
from fintrack.core.statements.rows import StatementRow
from fintrack.services.commands import perform
from fintrack.services.imports.placing import Knowledge, Placement, Placer
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger.categories import NewCategory, add_category
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from tests.books import START, Books, money
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv

ROWS = (
    ("2026-02-03", "Lidl Berlin", "-10.01"),
    ("2026-02-04", "Lidl Bonn", "100.00"),
    ("2026-02-05", "Bar", "-3.00"),
)


def test_row_that_nothing_is_known_of_stays_open() -> None:
    row = StatementRow(1, (), date(2026, 2, 3), -1, "EUR", "Bar", "")
    assert Placer(Knowledge(), 1).place(row) == Placement((), "import", None, "Bar")


def test_payee_of_a_file_turns_no_row() -> None:
    row = StatementRow(1, (), date(2026, 2, 3), -1, "EUR", "\u202eBar", "")
    assert Placer(Knowledge(), 1).place(row).payee == "Bar"


async def test_preview_says_what_the_import_then_does(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    food, fun = await books.category("Food"), await books.category("Fun")
    await books.spend(account.id, fun, "3 EUR", date(2026, 1, 5), "Bar")
    await books.spend(account.id, fun, "3 EUR", date(2026, 1, 5), "Lidl Berlin")
    new = new_rule("lidl", food, fun, tags=("t",), payee="Lidl", note="n")
    kept = await keep(books, new)
    head = await desk.receive(account.id, as_csv(*ROWS))
    given = [row.given for row in (await desk.read(head.id)).rows]
    assert [(one.source, one.categories, one.payee) for one in given if one] == [
        ("rule", ("Food", "Fun"), "Lidl"),
        ("rule", ("Food", "Fun"), "Lidl"),
        ("learned", ("Fun",), "Bar"),
    ]
    before = await books.snapshot()
    done = await desk.confirm(head.id)
    found = await books.rows(
        "SELECT t.payee, t.note, t.category_source, t.rule_id, "
        "array_agg(p.amount_minor ORDER BY p.position) AS minors, "
        "(SELECT count(*) FROM transaction_tag WHERE transaction_id = t.id) AS tags "
        "FROM transaction t JOIN posting p ON p.transaction_id = t.id "
        "WHERE t.import_id IS NOT NULL GROUP BY t.id ORDER BY t.id"
    )
    assert [tuple(row) for row in found] == [
        ("Lidl", "n", "rule", kept.rule.id, [-1001, 501, 500], 1),
        ("Lidl", "n", "rule", kept.rule.id, [10000, -5000, -5000], 1),
        ("Bar", "", "learned", None, [-300, 300], 0),
    ]
    assert await books.findings() == []
    take = TakeBack(done.value.id)
    await perform(books.actor, take_back_import, take)
    after = await books.snapshot()
    for table in ("transaction", "posting", "transaction_tag", "balance_month"):
        assert after[table] == before[table]


async def test_rule_may_send_money_to_another_account(desk: Desk, books: Books) -> None:
    account, savings = await books.open("Bank"), await books.open("Savings")
    await keep(books, new_rule("bar", transfer=savings.id))
    await desk.bring(account.id, as_csv(*ROWS[2:]))
    assert (await books.balance(savings.id)).text == "3.00"


async def test_renamed_rows_are_known_again(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    await keep(books, new_rule("lidl", payee="Lidl"))
    await desk.bring(account.id, as_csv(*ROWS))
    again = await desk.bring(account.id, as_csv(*ROWS, ("2026-02-06", "New", "-1")))
    assert again.value.rows_added == 1


QIF = b"""!Account
NBank
TBank
^
!Type:Bank
D2/13/26
T-5.00
PLidl
LFood:Groceries
^
D2/14/26
T-100.00
PCard bill
L[Visa]
^
D2/15/26
T-9.00
PSplit
SFood:Groceries
$-6.00
SGone
$-3.00
^
D2/16/26
T-1.00
PKiosk
LGone
^
D2/17/26
T-2.00
PNobody
L[Old card]
^
!Account
NVisa
TCCard
^
!Type:CCard
D2/14/26
T100.00
PCard bill
L[Bank]
^
"""


async def test_places_of_a_file_are_taken_where_the_books_have_them(
    desk: Desk, books: Books
) -> None:
    bank, visa = await books.open("Bank"), await books.open("Visa")
    await perform(
        books.actor,
        add_category,
        NewCategory("Groceries", Kind.EXPENSE, await books.category("Food")),
    )
    head = await desk.receive(bank.id, QIF)
    assert [dict(note.values)["names"] for note in head.notes] == ["Gone", "Old card"]
    given = [row.given for row in (await desk.read(head.id)).rows]
    assert [(one.source, one.categories) for one in given if one] == [
        ("import", ("Groceries",)),
        ("import", ("Visa",)),
        ("import", ("Groceries",)),
        ("import", ()),
        ("import", ()),
    ]
    await desk.confirm(head.id)
    assert (await books.balance(visa.id)).text == "100.00"
    found = await books.rows(
        "SELECT a.name, p.amount_minor FROM posting p "
        "JOIN account a ON a.id = p.account_id WHERE p.account_id <> :bank "
        "ORDER BY p.on_date, p.position",
        bank=bank.id,
    )
    assert [tuple(row) for row in found] == [
        ("Groceries", 500),
        ("Visa", 10000),
        ("Groceries", 600),
        ("Other spending", 300),
        ("Other spending", 100),
        ("Other spending", 200),
    ]
    other = await desk.receive(visa.id, QIF)
    assert (other.mapping.part, (await desk.read(other.id)).to_add) == ("Visa", 0)
    assert await books.findings() == []


@pytest.mark.parametrize("how", ["reconciled", "opened"])
@pytest.mark.parametrize("told_by", ["rule", "file"])
async def test_no_transfer_comes_to_days_that_are_settled_on_the_other_account(
    told_by: str, how: str, desk: Desk, books: Books
) -> None:
    """
    Pot  is reconciled up to 4 February, or opened with 9.00 on the 5th
    Bank 4 February  -10.00 to Pot   stays open
         5 February   -1.00 to Pot
    """
    bank = await books.open("Bank")
    first = date(2026, 2, 5)
    opening = "9 EUR" if how == "opened" else "0 EUR"
    pot = await books.open("Pot", opening, on=first if how == "opened" else START)
    if how == "reconciled":
        statement = Statement(pot.id, date(2026, 2, 4), money("0 EUR"))
        await perform(books.actor, finish_reconciliation, statement)
    if told_by == "rule":
        await keep(books, new_rule("to pot", transfer=pot.id))
        data = as_csv(
            ("2026-02-04", "To Pot", "-10.00"), ("2026-02-05", "To Pot", "-1.00")
        )
    else:
        data = (
            "!Type:Bank\nD2026-02-04\nT-10.00\nPTo Pot\nL[Pot]\n^\n"
            "D2026-02-05\nT-1.00\nPTo Pot\nL[Pot]\n^\n"
        )
    head = await desk.receive(bank.id, data)
    rows = (await desk.read(head.id)).rows
    given = [row.given.categories for row in rows if row.given]
    assert sorted(given) == [(), ("Pot",)]
    told = [dict(reason.values) for row in rows for reason in row.reasons]
    assert told == [{"name": "Pot"}]
    await desk.confirm(head.id)
    assert await books.balance(bank.id) == money("-11.00 EUR")
    assert await books.balance(pot.id) == money(opening) + money("1.00 EUR")


async def test_rule_comes_before_what_the_file_says(desk: Desk, books: Books) -> None:
    bank, fun = await books.open("Bank"), await books.category("Fun")
    await books.category("Gone")
    await keep(books, new_rule("kiosk", fun))
    view = await desk.read((await desk.receive(bank.id, QIF)).id)
    given = [row.given for row in view.rows if row.given]
    assert [one.categories for one in given if one.source == "rule"] == [("Fun",)]
