"""Each command is undone and redone, or says why it cannot be."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

from fintrack import services
from fintrack.core.chart import AccountType, Kind
from fintrack.core.entries import Entry, pay
from fintrack.core.recurrence import Pattern, Rule
from fintrack.services import blobs
from fintrack.services.changes import undo_change
from fintrack.services.commands import Done, Spec, ask, perform, registry
from fintrack.services.first_run import Beginning, Start, start_with
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.receiving import receive_file
from fintrack.services.imports.taking_back import TakeBack, take_back_import
from fintrack.services.ledger import accounts, categories, transactions
from fintrack.services.many.changing import ManyChange, change_many
from fintrack.services.many.selecting import Selection
from fintrack.services.recurring import handling, items
from fintrack.services.recurring.item_rows import ItemView, NewItem
from fintrack.services.recurring.suggesting import dismiss_suggestion
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.removing import remove_sample
from tests.books import START, Books, money
from tests.services.attachment_acts import ATTACHMENT_ACTS
from tests.services.moving_acts import MOVING_ACTS
from tests.services.own_rate_acts import OWN_RATE_ACTS
from tests.services.reconcile_acts import RECONCILE_ACTS
from tests.services.rule_acts import RULE_ACTS
from tests.services.template_acts import TEMPLATE_ACTS

DAY = date(2026, 3, 5)
TODAY = date(2026, 11, 18)
FILE = b"Date;Amount;Payee\n2026-03-05;-12.50;Shop\n2026-03-06;-1.00;Shop\n"

Act = Callable[[], Awaitable[Done[Any]]]


@dataclass(frozen=True)
class Places:
    """Cash, an empty Bank, Food, Drinks, and one transaction of Cash on Food."""

    cash: int
    bank: int
    food: int
    drinks: int
    spent: int


Scenario = Callable[[Books, Places], Awaitable[Act]]


async def arrange(books: Books) -> Places:
    cash = await books.open("Cash", "100 EUR")
    bank = await books.open("Bank")
    food, drinks = await books.category("Food"), await books.category("Drinks")
    spent = await books.spend(cash.id, food, "10 EUR", DAY)
    return Places(cash.id, bank.id, food, drinks, spent.value.id)


def entry(at: Places) -> Entry:
    shares = ((at.food, money("20 EUR")), (at.drinks, money("10 EUR")))
    parts = pay(at.bank, money("-30 EUR"), shares)
    return Entry(date(2026, 4, 6), parts, payee="Bar")


async def opening(books: Books, at: Places) -> Act:
    del at
    new = accounts.NewAccount("New", AccountType.CASH, money("7 EUR"), START)
    return lambda: perform(books.actor, accounts.open_account, new)


async def editing(books: Books, at: Places) -> Act:
    change = accounts.AccountChange(at.cash, 1, "Purse")
    return lambda: perform(books.actor, accounts.edit_account, change)


async def closing(books: Books, at: Places) -> Act:
    mark = accounts.AccountMark(at.bank, 1)
    return lambda: perform(books.actor, accounts.close_account, mark, DAY)


async def reopening(books: Books, at: Places) -> Act:
    await (await closing(books, at))()
    mark = accounts.AccountMark(at.bank, 2)
    return lambda: perform(books.actor, accounts.reopen_account, mark)


async def adding(books: Books, at: Places) -> Act:
    new = categories.NewCategory("Below", Kind.EXPENSE, at.food)
    return lambda: perform(books.actor, categories.add_category, new)


async def _version(books: Books, category_id: int) -> int:
    return (await ask(books.actor, categories.find_category, category_id)).version


async def moving(books: Books, at: Places) -> Act:
    version = await _version(books, at.food)
    change = categories.CategoryChange(at.food, version, "Eat", at.drinks)
    return lambda: perform(books.actor, categories.edit_category, change)


async def merging(books: Books, at: Places) -> Act:
    merge = categories.Merge(at.food, await _version(books, at.food), at.drinks)
    return lambda: perform(books.actor, categories.merge_category, merge)


async def recording(books: Books, at: Places) -> Act:
    return lambda: books.record(entry(at))


async def correcting(books: Books, at: Places) -> Act:
    change = transactions.TransactionChange(at.spent, 1, entry(at))
    return lambda: perform(books.actor, transactions.edit_transaction, change)


async def voiding(books: Books, at: Places) -> Act:
    mark = transactions.TransactionMark(at.spent, 1)
    return lambda: perform(books.actor, transactions.void_transaction, mark)


async def changing_many(books: Books, at: Places) -> Act:
    change = ManyChange(category_id=at.drinks)
    seen = Selection((transactions.TransactionMark(at.spent, 1),))
    return lambda: perform(books.actor, change_many, seen, change)


async def _preview(books: Books, at: Places) -> int:
    async def chunks() -> AsyncIterator[bytes]:
        yield FILE

    done = await receive_file(books.actor, at.cash, "bank.csv", chunks())
    return done.value.id


async def importing(books: Books, at: Places) -> Act:
    preview_id = await _preview(books, at)
    return lambda: perform(books.actor, confirm_import, preview_id)


async def taking_back(books: Books, at: Places) -> Act:
    batch = await (await importing(books, at))()
    take = TakeBack(batch.value.id)
    return lambda: perform(books.actor, take_back_import, take)


async def beginning(books: Books, at: Places) -> Act:
    del at
    account = accounts.NewAccount("First", AccountType.CASH, money("5 TRY"), START)
    start = Start(Beginning.FRESH, TODAY, "en", account)
    return lambda: perform(books.actor, start_with, start)


async def adding_sample(books: Books, at: Places) -> Act:
    del at
    return lambda: perform(books.actor, add_sample, NewSample(TODAY, "en"))


async def removing_sample(books: Books, at: Places) -> Act:
    await (await adding_sample(books, at))()
    return lambda: perform(books.actor, remove_sample)


async def undoing(books: Books, at: Places) -> Act:
    done = await (await voiding(books, at))()
    return lambda: perform(books.actor, undo_change, done.change_id)


def rent(at: Places, *, starts_on: date = TODAY) -> NewItem:
    rule = Rule(Pattern.WEEKS, starts_on)
    return NewItem("Rent", at.bank, at.food, money("-5 EUR"), rule, is_automatic=True)


async def _rented(books: Books, at: Places, starts_on: date = TODAY) -> ItemView:
    new = rent(at, starts_on=starts_on)
    return (await perform(books.actor, items.add_item, new)).value


async def adding_recurring(books: Books, at: Places) -> Act:
    """On its first day: it is booked at once, and goes with it."""
    return lambda: perform(books.actor, items.add_item, rent(at))


async def editing_recurring(books: Books, at: Places) -> Act:
    item = await _rented(books, at)
    new = replace(rent(at, starts_on=date(2026, 11, 4)), name="Flat")
    change = items.ItemChange(item.id, 1, new)
    return lambda: perform(books.actor, items.edit_item, change)


async def ending_recurring(books: Books, at: Places) -> Act:
    end = items.ItemEnd((await _rented(books, at)).id, 1, TODAY)
    return lambda: perform(books.actor, items.end_item, end)


async def booking_ahead(books: Books, at: Places) -> Act:
    item = await _rented(books, at)
    booking = handling.Booking(item.id, date(2026, 11, 25))
    return lambda: perform(books.actor, handling.book_date, booking)


async def skipping(books: Books, at: Places) -> Act:
    mark = handling.DateMark((await _rented(books, at)).id, date(2026, 11, 25))
    return lambda: perform(books.actor, handling.skip_date, mark)


async def dismissing(books: Books, at: Places) -> Act:
    del at
    return lambda: perform(books.actor, dismiss_suggestion, "out EUR bar")


SCENARIOS: dict[str, Scenario] = {
    "account.open": opening,
    "account.edit": editing,
    "account.close": closing,
    "account.reopen": reopening,
    "category.add": adding,
    "category.edit": moving,
    "category.merge": merging,
    "change.undo": undoing,
    "import.confirm": importing,
    "import.take_back": taking_back,
    "ledger.start_with": beginning,
    "recurring.add": adding_recurring,
    "recurring.book": booking_ahead,
    "recurring.dismiss": dismissing,
    "recurring.edit": editing_recurring,
    "recurring.end": ending_recurring,
    "recurring.skip": skipping,
    "sample.add": adding_sample,
    "sample.remove": removing_sample,
    "transaction.change_many": changing_many,
    "transaction.record": recording,
    "transaction.edit": correcting,
    "transaction.void": voiding,
    **ATTACHMENT_ACTS,
    **MOVING_ACTS,
    **OWN_RATE_ACTS,
    **RECONCILE_ACTS,
    **RULE_ACTS,
    **TEMPLATE_ACTS,
}


def commands() -> dict[str, Spec]:
    """All commands of the product, whichever modules are imported already."""
    for module in walk_packages(services.__path__, "fintrack.services."):
        import_module(module.name)
    return {
        name: spec
        for name, spec in registry().items()
        if spec.changes and not name.startswith("test.")
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    """Where the files of imports are kept."""
    blobs.install(blobs.FolderBlobStore(tmp_path / "blobs", bytes(32)))
    yield
    blobs.install(None)


def test_each_command_has_a_scenario_or_a_reason() -> None:
    undoable = {name for name, spec in commands().items() if spec.undoable}
    assert undoable == set(SCENARIOS)


def test_each_reason_is_a_sentence() -> None:
    reasons = {name: spec.final for name, spec in commands().items() if spec.final}
    assert {
        name for name, reason in reasons.items() if len(reason.split()) < 4
    } == set()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", SCENARIOS)
async def test_each_command_is_undone_and_redone(books: Books, name: str) -> None:
    """I14: nothing is left but the trail and versions."""
    act = await SCENARIOS[name](books, await arrange(books))
    before = await books.snapshot()
    change = (await act()).change_id
    after = await books.snapshot()
    assert after != before

    undone = await books.undo(change)
    assert await books.snapshot() == before
    await books.undo(undone.id)
    assert await books.snapshot() == after
    assert await books.findings() == []
