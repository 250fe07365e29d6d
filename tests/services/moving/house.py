"""Books with one of each: what a move has to bring along."""

from datetime import date

from fintrack.core.entries import Entry, Part, pay, transfer
from fintrack.core.statements.own_json import MAX_BYTES
from fintrack.services import blobs
from fintrack.services.commands import ask, perform
from fintrack.services.exporting.writing import write_json
from fintrack.services.imports.receiving import KIND
from fintrack.services.ledger.accounts import AccountMark, close_account, list_accounts
from fintrack.services.ledger.listing import Filter
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.moving.bringing import BooksFile
from tests.books import Books, money
from tests.services.reconcile_acts import Clearing, clear_transactions

DAY = date(2026, 3, 5)


async def furnish(books: Books) -> None:
    """
    2026-01-01  opening  Bank     100.00 EUR
    2026-03-05  split    Bank ->  Food 7.00, Fun 3.00   #trip #noon  note
    2026-03-05  move     Bank ->  Pot 20.00
    2026-03-05  rate     Bank ->  Dollars 10.00 EUR, 11.00 USD
    2026-03-05  abroad   Bank ->  Food 5.00 (5.50 USD)
    2026-03-05  never    void
    """
    bank, pot = await books.open("Bank", "100 EUR"), await books.open("Pot")
    dollars, old = await books.open("Dollars", "0 USD"), await books.open("Old")
    food, fun = await books.category("Food"), await books.category("Fun")
    both = ((food, money("7 EUR")), (fun, money("3 EUR")))
    split = Entry(
        DAY,
        pay(bank.id, money("-10 EUR"), both),
        payee="Bar",
        note="n",
        tags=("trip", "noon"),
    )
    seen = await books.record(split)
    await perform(
        books.actor, clear_transactions, Clearing((seen.value.id,), cleared=True)
    )
    await books.record(
        Entry(DAY, transfer(bank.id, pot.id, money("20 EUR"), money("20 EUR")))
    )
    rate = transfer(bank.id, dollars.id, money("10 EUR"), money("11 USD"))
    await books.record(Entry(DAY, rate))
    abroad = (
        Part(bank.id, money("-5 EUR"), "memo", money("-5.50 USD")),
        Part(food, money("5 EUR")),
    )
    await books.record(Entry(DAY, abroad, payee="Shop"))
    never = await books.spend(bank.id, food, "1 EUR", DAY, "Never was")
    await perform(books.actor, void_transaction, TransactionMark(never.value.id, 1))
    await perform(books.actor, close_account, AccountMark(old.id, 1), DAY)


async def write(books: Books, *, with_void: bool = True) -> str:
    """All of the books as a file."""
    wanted = Filter(with_void=with_void)
    return "".join([part async for part in write_json(books.actor, wanted)])


async def keep(text: str, filename: str = "") -> BooksFile:
    """The file as it lies in the store once it has arrived."""
    chunks = blobs.whole(text.encode())
    blob = await blobs.current().put(chunks, most=MAX_BYTES, kind=KIND)
    return BooksFile(filename, blob.sha256, blob.name)


async def balances(books: Books) -> list[tuple[str, str, str]]:
    return [
        (one.name, one.type, one.balance.text)
        for one in await ask(books.actor, list_accounts)
    ]
