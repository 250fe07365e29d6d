"""What the books hold of the rows of a file."""

from datetime import date

import pytest

from fintrack.core.entries import Entry, Part
from fintrack.services.commands import Work, ask, perform
from fintrack.services.imports import parsing
from fintrack.services.imports.judging import SAME, Known, Question, Status
from fintrack.services.imports.lookup import Lookup
from fintrack.services.imports.parsing import import_key
from fintrack.services.imports.survey import read_left_out
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.transactions import record_transaction
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from tests.books import Books, money
from tests.services.arranging import keep, new_rule
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import as_csv

DAY = date(2026, 2, 3)
UNKNOWN = import_key(1, "ab", 1)
ASKED = Question(f"{UNKNOWN}", "-250", DAY, DAY)


async def _ask(
    books: Books,
    account_id: int,
    question: Question,
    besides: int | None = None,
    source: str = "csv",
) -> Known:
    async with books.home.reading() as session:
        work = Work(session, books.actor, books.home.clock())
        lookup = Lookup(work, account_id, source=source, besides=besides)
        return await lookup.answer(question)


async def test_imported_keys_are_known_and_those_of_one_import_looked_through(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    done = await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    (row,) = await books.rows("SELECT import_key FROM transaction WHERE import_id > 0")
    asked = Question(f"{UNKNOWN},{row.import_key}", "-250,-250", DAY, DAY)
    assert await _ask(books, account.id, asked) == Known(row.import_key.hex, ())
    assert await _ask(books, account.id, asked, done.value.id) == Known()


async def test_twins_are_what_was_entered_by_hand_near_the_days(books: Books) -> None:
    account = await books.open("Bank")
    food = await books.category("Food")
    near = await books.spend(account.id, food, "2.50 EUR", date(2026, 2, 6))
    await books.spend(account.id, food, "2.50 EUR", date(2026, 2, 7))
    await books.spend(account.id, food, "2.60 EUR", DAY)
    known = await _ask(books, account.id, ASKED)
    ((amount, twin),) = known.twins
    assert (amount, twin.transaction_id) == (-250, near.value.id)
    assert twin.on_date == date(2026, 2, 6)
    assert not twin.is_imported


async def test_both_postings_of_one_transaction_are_twins(books: Books) -> None:
    account = await books.open("Bank")
    food = await books.category("Food")
    paid = (Part(account.id, money("-2.50 EUR")), Part(account.id, money("-1 EUR")))
    entry = Entry(DAY, (*paid, Part(food, money("3.50 EUR"))))
    spent = await perform(books.actor, record_transaction, entry)
    asked = Question(f"{UNKNOWN},{UNKNOWN}", "-250,-100", DAY, DAY)
    twins = (await _ask(books, account.id, asked)).twins
    assert [(minor, twin.transaction_id) for minor, twin in twins] == [
        (-250, spent.value.id),
        (-100, spent.value.id),
    ]


async def test_what_comes_after_the_first_answer_is_not_looked_at(
    books: Books,
) -> None:
    """So an import never walks the rows that it has just written itself."""
    account = await books.open("Bank")
    food = await books.category("Food")
    before = await books.spend(account.id, food, "2.50 EUR", DAY)
    async with books.home.reading() as session:
        work = Work(session, books.actor, books.home.clock())
        lookup = Lookup(work, account.id, source="csv")
        for _ in range(2):
            ((_, twin),) = (await lookup.answer(ASKED)).twins
            assert twin.transaction_id == before.value.id
            await books.spend(account.id, food, "2.50 EUR", DAY)


async def test_rows_of_files_are_twins_and_say_of_which_format_they_came(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    for source, is_same in (("csv", True), ("ofx", False), ("json", False)):
        asked = await _ask(books, account.id, ASKED, source=source)
        ((_, twin),) = asked.twins
        assert (twin.name, twin.is_imported) == ("Lidl", True)
        assert twin.is_of_same_source is is_same


QIF = "!Type:Bank\nD2026-02-03\nT-2.50\nPLidl\nM{}\n^\n"
CSV = "Date,Payee,Amount,Text\n2026-02-03,Lidl,-2.50,{}\n"


@pytest.mark.parametrize("data", [QIF, CSV])
async def test_row_in_other_words_is_the_same_by_day_amount_and_payee(
    data: str, desk: Desk, books: Books
) -> None:
    """
    brought   Lidl -2.50 before
    then      Lidl -2.50 after    the same
              Lidl -2.50 new      another one
    """
    account = await books.open("Bank")
    await desk.bring(account.id, data.format("before"))
    both = data.format("after") + data.format("new").split("\n", 1)[1]
    preview = await desk.receive(account.id, both)
    view = await desk.read(preview.id)
    assert [(row.status, row.taken) for row in view.rows] == [
        (Status.DUPLICATE, False),
        (Status.NEW, True),
    ]
    assert view.rows[0].reasons == (SAME,)
    assert view.to_clear == 0


@pytest.mark.parametrize("words", [("before", "new"), ("new", "before")])
async def test_row_that_is_known_in_another_batch_is_no_twin_of_a_second_payment(
    words: tuple[str, str], desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "BATCH_ROWS", 1)
    account = await books.open("Bank")
    await desk.bring(account.id, CSV.format("before"))
    first, second = map(CSV.format, words)
    head = await desk.receive(account.id, first + second.split("\n", 1)[1])
    rows = (await desk.read(head.id)).rows
    status = {row.understood.description: row.status for row in rows if row.understood}
    assert status == {"before": Status.DUPLICATE, "new": Status.NEW}
    left = await ask(books.actor, read_left_out, head.id, "en")
    assert b"".join(left.parts).count(b"Lidl") == 1
    assert (await desk.confirm(head.id)).value.rows_added == 1


async def test_row_with_another_number_is_another_one(desk: Desk, books: Books) -> None:
    account = await books.open("Bank")
    numbered = "Date,Payee,Amount,Reference\n2026-02-03,Lidl,-2.50,{}\n"
    await desk.bring(account.id, numbered.format("A1"))
    head = await desk.receive(account.id, numbered.format("A2"))
    assert (await desk.read(head.id)).to_add == 1


async def test_row_that_was_moved_here_from_another_account_is_a_twin(
    desk: Desk, books: Books
) -> None:
    """Its name holds the account that it came for: here it would be another row."""
    wrong, right = await books.open("Wrong"), await books.open("Right")
    await desk.bring(wrong.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    change = ManyChange(account_id=right.id)
    await perform(books.actor, change_many, Selection(wanted=Filter()), change)
    ((_, twin),) = (await _ask(books, right.id, ASKED)).twins
    assert (twin.name, twin.is_imported, twin.is_other_leg) == ("Lidl", True, False)


async def test_transfer_between_own_accounts_is_told_by_both_banks_and_counted_once(
    desk: Desk, books: Books
) -> None:
    """
    Bank   2026-11-25  VISA PAYMENT       -100.00   by a rule to Visa
    Visa   2026-11-26  PAYMENT RECEIVED   +100.00   the same money
    Visa   2026-11-26  PAYMENT RECEIVED   +100.00   other money
    """
    bank, visa = await books.open("Bank"), await books.open("Visa")
    await keep(books, new_rule("visa payment", transfer=visa.id))
    await desk.bring(bank.id, as_csv(("2026-11-25", "VISA PAYMENT", "-100.00")))
    received = ("2026-11-26", "PAYMENT RECEIVED", "100.00")
    head = await desk.receive(visa.id, as_csv(received, received))
    view = await desk.read(head.id)
    assert [(row.status, row.taken) for row in view.rows] == [
        (Status.DOUBTFUL, False),
        (Status.NEW, True),
    ]
    assert (view.to_add, view.to_clear) == (1, 1)
    await desk.confirm(head.id)
    again = await desk.receive(visa.id, as_csv(received, received))
    assert (await desk.read(again.id)).to_add == 0
    assert await books.balance(visa.id) == money("200.00 EUR")


async def test_row_that_is_known_itself_is_no_twin_of_another(
    desk: Desk, books: Books
) -> None:
    account = await books.open("Bank")
    await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    (row,) = await books.rows("SELECT import_key FROM transaction WHERE import_id > 0")
    asked = Question(f"{UNKNOWN},{row.import_key}", "-250,-250", DAY, DAY)
    assert (await _ask(books, account.id, asked, source="xlsx")).twins == ()


async def test_row_of_our_own_json_may_be_a_twin_of_any_but_its_own_import(
    desk: Desk, books: Books
) -> None:
    """Each ledger numbers its rows anew: the same row comes under another name."""
    account = await books.open("Bank")
    done = await desk.bring(account.id, as_csv(("2026-02-03", "Lidl", "-2.50")))
    assert len((await _ask(books, account.id, ASKED, source="json")).twins) == 1
    own = await _ask(books, account.id, ASKED, done.value.id, source="json")
    assert own.twins == ()


async def test_twin_names_its_posting_until_a_bank_has_told_of_it(books: Books) -> None:
    account = await books.open("Bank")
    food = await books.category("Food")
    spent = await books.spend(account.id, food, "2.50 EUR", DAY)
    asked = Question(f"{UNKNOWN}", "-250", DAY, DAY)

    async def uncleared(source: str) -> int:
        ((_, twin),) = (await _ask(books, account.id, asked, source=source)).twins
        return twin.posting_id if twin.is_uncleared else 0

    (own,) = await books.rows(
        "SELECT id FROM posting WHERE account_id = :id", id=account.id
    )
    assert await uncleared("csv") == own.id
    assert await uncleared("json") == 0
    seen = Clearing((spent.value.id,), cleared=True)
    await perform(books.actor, clear_transactions, seen)
    assert await uncleared("csv") == 0
