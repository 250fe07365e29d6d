"""Statements in coins are read to their last decimal, whatever their format."""

import pytest

from tests.books import Books, money
from tests.services.imports.conftest import Desk

OFX = (
    "OFXHEADER:100\n<OFX><STMTRS><CURDEF>{code}<BANKACCTFROM><ACCTID>7</BANKACCTFROM>"
    "<STMTTRN><DTPOSTED>20260203<TRNAMT>-0.12345678<FITID>f1<NAME>Swap</STMTTRN>"
    "</STMTRS></OFX>"
)
CSV = (
    "Date,Coin,Payee,Amount\n2026-02-03,{code},Swap,-0.12345678\n"
    "2026-02-04,{other},Swap,-1.00\n"
)
QIF = "!Type:Bank\nD03/02/2026\nT-0.12345678\nPSwap\n^\n"
JSON = (
    '{{"format": "fintrack/1", "accounts": [{{"id": "a", "name": "A", '
    '"currency": "{code}"}}], "transactions": [{{"date": "2026-02-03", "postings": '
    '[{{"account": "a", "amount": "-0.12345678"}}]}}]}}'
)


@pytest.mark.parametrize("code", ["SOL", "USDT"])
@pytest.mark.parametrize(
    ("form", "filename"),
    [(OFX, "b.ofx"), (CSV, "b.csv"), (QIF, "b.qif"), (JSON, "b.json")],
)
async def test_statement_in_a_coin_is_booked_exactly(
    desk: Desk, books: Books, form: str, filename: str, code: str
) -> None:
    account = await books.open("Held", f"1 {code}")
    file = form.format(code=code, other="DOGE")
    head = await desk.receive(account.id, file, filename)
    done = await desk.confirm(head.id)
    assert done.value.rows_added == 1
    assert await books.balance(account.id) == money(f"0.87654322 {code}")
    assert await books.findings() == []


async def test_statement_in_another_coin_than_the_account_books_nothing(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Held", "1 SOL")
    head = await desk.receive(account.id, OFX.format(code="DOGE"), "b.ofx")
    view = await desk.read(head.id)
    assert view.to_add == 0


async def test_statement_finer_than_its_coin_is_listed_and_not_rounded(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Held", "1 VET")
    head = await desk.receive(account.id, OFX.format(code="VET"), "b.ofx")
    view = await desk.read(head.id)
    assert view.to_add == 0
    assert await books.balance(account.id) == money("1 VET")
