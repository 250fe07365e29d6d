"""A file of transactions is whole, says the same when it is read, and runs nothing."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fintrack.core.entries import Entry, Part, pay, transfer
from fintrack.services import blobs
from fintrack.services.commands import perform
from fintrack.services.exporting import batches, writing
from fintrack.services.exporting.writing import write_csv, write_json
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.judging import Status
from fintrack.services.imports.previews import PreviewChange, change_preview
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from tests.books import Books, money
from tests.services.imports.conftest import Desk

EVERYTHING = Filter(with_void=True)
DAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    blobs.install(blobs.FolderBlobStore(tmp_path / "blobs", bytes(range(32))))
    yield
    blobs.install(None)


async def _fill(books: Books) -> int:
    """
    2026-03-05  Bar          Cash → Food 9.00, Drinks 3.00 (noon; 'tea')
    2026-03-05  Bar          Cash → Food 9.00, Drinks 3.00, once more
    2026-03-06  Aside        Cash → Pot 20.00
    2026-03-07  Abroad       Cash → Food 8.00 (10.00 USD)
    2026-03-08  Never was    Cash → Food 1.00 (void)
    """
    cash, pot = await books.open("Cash", "100 EUR"), await books.open("Pot")
    food, drinks = await books.category("Food"), await books.category("Drinks")
    shares = ((food, money("9 EUR")), (drinks, money("3 EUR")))
    parts = pay(cash.id, money("-12 EUR"), shares)
    for _ in range(2):
        await books.record(Entry(DAY, parts, payee="Bar", note="n", tags=("noon",)))
    moved = transfer(cash.id, pot.id, money("20 EUR"), money("20 EUR"))
    await books.record(Entry(date(2026, 3, 6), moved, description="Aside"))
    own = Part(cash.id, money("-8 EUR"), original=money("-10 USD"))
    abroad = (own, Part(food, money("8 EUR")))
    await books.record(Entry(date(2026, 3, 7), abroad, payee="Abroad"))
    gone = await books.spend(cash.id, food, "1 EUR", date(2026, 3, 8), "Never was")
    mark = TransactionMark(gone.value.id, gone.value.version)
    await perform(books.actor, void_transaction, mark)
    return cash.id


async def _json(books: Books, wanted: Filter = EVERYTHING) -> str:
    return "".join([part async for part in write_json(books.actor, wanted)])


async def _csv(books: Books, wanted: Filter = EVERYTHING) -> list[dict[str, str]]:
    text = "".join([part async for part in write_csv(books.actor, wanted)])
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def _import(books: Books, account_id: int, file: str, part: str) -> Any:
    """Receives the file and says yes to one of its accounts."""
    head = await Desk(books).receive(account_id, file, "books.json")
    change = PreviewChange(head.id, part=part)
    await perform(books.actor, change_preview, change)
    view = await Desk(books).read(head.id)
    done = await perform(books.actor, confirm_import, head.id)
    return view, done.value


async def _lines(books: Books, account_id: int) -> list[tuple[Any, ...]]:
    found = await books.rows(
        "SELECT p.on_date, p.amount_minor, t.payee, t.description FROM posting p "
        "JOIN transaction t ON t.id = p.transaction_id WHERE p.account_id = :id "
        "AND p.voided_at IS NULL ORDER BY 1, 2, 3, 4",
        id=account_id,
    )
    return [tuple(row) for row in found]


async def test_json_says_everything_of_a_transaction(books: Books) -> None:
    await _fill(books)
    found = json.loads(await _json(books))
    names = {one["id"]: one["name"] for one in found["accounts"] + found["categories"]}
    newest, abroad, aside, bar, *_ = found["transactions"]
    assert (newest["void"], newest["payee"]) == (True, "Never was")
    assert abroad["postings"][0]["original_amount"] == "-10.00"
    assert [(names[p["account"]], p["amount"]) for p in aside["postings"]] == [
        ("Cash", "-20.00"),
        ("Pot", "20.00"),
    ]
    assert (bar["note"], bar["tags"], len(bar["postings"])) == ("n", ["noon"], 3)


async def test_two_postings_on_one_account_are_both_known_again(books: Books) -> None:
    cash, food = await books.open("Cash", "100 EUR"), await books.category("Food")
    own = (Part(cash.id, money("-10 EUR")), Part(cash.id, money("-20 EUR")))
    entry = Entry(DAY, (*own, Part(food, money("30 EUR"))), payee="Bar")
    await books.record(entry)
    _, done = await _import(books, cash.id, await _json(books), "Cash")
    assert done.rows_added == 0


async def test_exported_rows_come_back_in_an_empty_account_once(
    books: Books, stranger: Books
) -> None:
    """Ada's file is read by Bob, then Bob's own file: nothing comes in twice."""
    cash = await _fill(books)
    theirs = (await stranger.open("Wallet")).id
    file = await _json(books)
    view, done = await _import(stranger, theirs, file, "Cash")
    assert view.counts.get(Status.DUPLICATE, 0) == 0
    assert await _lines(stranger, theirs) == await _lines(books, cash)
    assert (await stranger.findings(), done.rows_added) == ([], 5)

    for again, part in ((file, "Cash"), (await _json(stranger), "Wallet")):
        view, done = await _import(stranger, theirs, again, part)
        assert (view.counts.get(Status.NEW, 0), done.rows_added) == (0, 0)
    assert len(await _lines(stranger, theirs)) == 5


async def test_file_finds_all_its_rows_in_the_books_it_came_from(books: Books) -> None:
    cash = await _fill(books)
    view, done = await _import(books, cash, await _json(books), "Cash")
    assert done.rows_added == 0
    found = {status: count for status, count in view.counts.items() if count}
    assert found == {Status.DUPLICATE: 5, Status.SKIPPED: 1}


async def test_batches_are_written_as_they_are_read(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One batch is held at a time: the first part is there before the second is."""
    await _fill(books)
    whole = await _json(books)
    asked: list[int] = []
    read = batches.read_batch

    async def counted(actor: Any, verb: Any, *arguments: Any) -> Any:
        if verb is read:
            asked.append(len(arguments[0]))
        return await ask_again(actor, verb, *arguments)

    ask_again = writing.ask
    monkeypatch.setattr(batches, "BATCH", 2)
    monkeypatch.setattr(writing, "ask", counted)
    parts = write_json(books.actor, EVERYTHING)
    text, seen = "", []
    async for part in parts:
        text += part
        seen.append(len(asked))
    assert text == whole
    assert (seen, asked) == ([0, 1, 2, 3, 3], [2, 2, 2])


@pytest.mark.parametrize(("moved", "to"), [(0, 1), (4, 9)])
async def test_transaction_whose_day_moves_meanwhile_comes_once(
    books: Books, monkeypatch: pytest.MonkeyPatch, moved: int, to: int
) -> None:
    """The newest goes below what is written already, the oldest above it."""
    cash, food = await books.open("Cash"), await books.category("Food")
    ids = [
        (await books.spend(cash.id, food, "1 EUR", date(2026, 3, day))).value.id
        for day in range(8, 3, -1)
    ]
    monkeypatch.setattr(batches, "BATCH", 2)
    text, parts = "", 0
    async for part in write_json(books.actor, EVERYTHING):
        text += part
        parts += 1
        if parts == 2:
            change = ManyChange(on_date=date(2026, 3, to))
            mark = TransactionMark(ids[moved], 1)
            await perform(books.actor, change_many, Selection((mark,)), change)
    assert [int(one["id"]) for one in json.loads(text)["transactions"]] == ids


async def test_filters_narrow_both_forms(books: Books) -> None:
    cash = await _fill(books)
    wanted = Filter(account_ids=(cash,), words="aside")
    assert [row["account"] for row in await _csv(books, wanted)] == ["Cash"]
    found = json.loads(await _json(books, wanted))
    assert len(found["transactions"]) == 1
    nothing = Filter(words="nowhere")
    assert await _csv(books, nothing) == []
    assert json.loads(await _json(books, nothing))["transactions"] == []


async def test_csv_has_a_line_for_each_account(books: Books) -> None:
    await _fill(books)
    rows = [row for row in await _csv(books) if row["date"] == "2026-03-06"]
    assert [(r["account"], r["category"], r["amount"]) for r in rows] == [
        ("Cash", "Pot", "-20.00"),
        ("Pot", "Cash", "20.00"),
    ]
    (void,) = [row for row in await _csv(books) if row["void"]]
    assert void["payee"] == "Never was"


async def test_csv_holds_no_formula_where_semicolons_end_a_cell(books: Books) -> None:
    cash, food = await books.open("Cash", "100 EUR"), await books.category("Food")
    await books.spend(cash.id, food, "1 EUR", DAY, "Bar;=1+1;x")
    newest, _ = await _csv(books)
    assert newest["payee"] == "Bar;'=1+1;x"


async def test_csv_holds_no_formula(books: Books) -> None:
    bank, food = await books.open("=Bank"), await books.category("@Food")
    parts = pay(bank.id, money("-1 EUR"), ((food, money("1 EUR")),))
    words = Entry(DAY, parts, payee="=1+1", description="+a", note="-b", tags=("=c",))
    await books.record(words)
    (row,) = await _csv(books)
    cells = {name: row[name] for name in ("account", "category", "payee", "amount")}
    assert cells == {
        "account": "'=Bank",
        "category": "'@Food",
        "payee": "'=1+1",
        "amount": "-1.00",
    }
    assert [row[name] for name in ("description", "note", "tags")] == [
        "'+a",
        "'-b",
        "'=c",
    ]
