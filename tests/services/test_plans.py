"""With billing on a plan limits; nothing is ever taken away."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Actor, LedgerRole
from fintrack.core.chart import AccountType
from fintrack.core.errors import InvalidInput, PlanLimit
from fintrack.models.plans import FREE
from fintrack.services import change_sets, plans
from fintrack.services.commands import perform
from fintrack.services.first_run import Beginning, Start, start_with
from fintrack.services.ledger.accounts import (
    AccountMark,
    NewAccount,
    close_account,
    open_account,
    reopen_account,
)
from fintrack.services.sample.adding import NewSample, add_sample
from fintrack.services.sample.removing import remove_sample
from tests.books import START, Books, money
from tests.services.test_registry import commands

TODAY = date(2026, 11, 18)
MOST = 5


async def write(books: Books, statement: str, **values: object) -> None:
    """What an admin will do; no command of the product does it yet."""
    now = books.home.clock()
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(session, SYSTEM, "test", now, None, None)
        await session.execute(text(statement), values)


async def choose(books: Books, plan: str) -> None:
    person_id = books.actor.person_id
    await write(
        books, "UPDATE person SET plan = :plan WHERE id = :id", plan=plan, id=person_id
    )


async def fill(books: Books, count: int = MOST) -> list[int]:
    return [(await books.open(f"Account {n}")).id for n in range(count)]


async def open_count(books: Books) -> int:
    (row,) = await books.rows(
        "SELECT count(*) AS n FROM account WHERE ledger_id = :id "
        "AND kind IN ('asset', 'liability') AND closed_on IS NULL",
        id=books.actor.ledger_id,
    )
    return int(row.n)


def test_each_limit_that_a_command_uses_is_known() -> None:
    used = {limit for spec in commands().values() for limit in spec.uses}
    assert used == set(plans.LIMITS)


async def test_plans_are_the_ones_of_the_product(books: Books) -> None:
    found = await books.rows("SELECT * FROM plan ORDER BY price_minor")
    assert [(p.name, p.price_minor, p.currency, p.accounts) for p in found] == [
        ("free", 0, "USD", 5),
        ("plus", 1000, "USD", 25),
        ("pro", 2500, "USD", None),
    ]
    assert [len(plan.report_formats) for plan in found] == [3, 6, 6]
    assert [plan.lends for plan in found] == [False, False, True]
    (person,) = await books.rows("SELECT plan FROM person")
    assert person.plan == FREE


async def test_without_billing_everything_is_unlocked(books: Books) -> None:
    await fill(books, MOST + 1)
    assert await open_count(books) == MOST + 1


@pytest.mark.usefixtures("billing")
async def test_sixth_account_of_free_is_refused_and_nothing_is_kept(
    books: Books,
) -> None:
    await fill(books)
    before = await books.snapshot()
    with pytest.raises(PlanLimit, match=r"plan Free are in use \(5\)"):
        await books.open("One more", "10 EUR", kind=AccountType.LOAN)
    assert await books.snapshot() == before


@pytest.mark.usefixtures("billing")
async def test_what_is_wrong_is_said_before_the_limit(books: Books) -> None:
    await fill(books)
    with pytest.raises(InvalidInput):
        await books.open("Account 1")


@pytest.mark.usefixtures("billing")
async def test_categories_are_no_accounts_in_the_sense_of_a_limit(books: Books) -> None:
    await fill(books)
    await books.category("Food")
    (row,) = await books.rows("SELECT count(*) AS n FROM account")
    assert row.n > MOST + 1


@pytest.mark.usefixtures("billing")
async def test_two_opens_at_once_cannot_pass_the_limit(books: Books) -> None:
    await fill(books, MOST - 1)
    both = await asyncio.gather(
        books.open("This"), books.open("That"), return_exceptions=True
    )
    assert sum(isinstance(outcome, PlanLimit) for outcome in both) == 1
    assert await open_count(books) == MOST


@pytest.mark.usefixtures("billing")
async def test_larger_plan_allows_more_and_pro_any_number(books: Books) -> None:
    await fill(books)
    await choose(books, "plus")
    await books.open("Sixth")
    await choose(books, "pro")
    await write(books, "UPDATE plan SET accounts = 6 WHERE name = 'plus'")
    await books.open("Seventh")
    await choose(books, "plus")
    with pytest.raises(PlanLimit, match=r"Plus .*\(6\)"):
        await books.open("Eighth")


@pytest.mark.usefixtures("billing")
async def test_going_down_takes_nothing_away(books: Books) -> None:
    await choose(books, "pro")
    accounts = await fill(books, MOST + 2)
    before = await books.snapshot()
    await choose(books, FREE)
    assert (await books.snapshot())["account"] == before["account"]
    with pytest.raises(PlanLimit):
        await books.open("One more")
    mark = AccountMark(accounts[0], 1)
    await perform(books.actor, close_account, mark, TODAY)
    assert await open_count(books) == MOST + 1


@pytest.mark.usefixtures("billing")
async def test_closed_account_makes_room_and_needs_it_to_come_back(
    books: Books,
) -> None:
    first, *_ = await fill(books)
    closed = await perform(books.actor, close_account, AccountMark(first, 1), TODAY)
    new = await perform(
        books.actor,
        open_account,
        NewAccount("New", AccountType.CASH, money("0 EUR"), START),
    )
    with pytest.raises(PlanLimit):
        await perform(books.actor, reopen_account, AccountMark(first, 2))
    with pytest.raises(PlanLimit):
        await books.undo(closed.change_id)
    await books.undo(new.change_id)
    await books.undo(closed.change_id)
    assert await open_count(books) == MOST


@pytest.mark.usefixtures("billing")
async def test_sample_data_is_no_use_of_the_plan(books: Books) -> None:
    await perform(books.actor, add_sample, NewSample(TODAY, "en"))
    await fill(books)
    with pytest.raises(PlanLimit):
        await books.open("One more")
    await perform(books.actor, remove_sample)
    assert await open_count(books) == MOST


@pytest.mark.usefixtures("billing")
async def test_fresh_start_uses_the_plan_too(books: Books) -> None:
    await fill(books)
    account = NewAccount("First", AccountType.CASH, money("5 EUR"), START)
    with pytest.raises(PlanLimit):
        await perform(
            books.actor, start_with, Start(Beginning.FRESH, TODAY, "en", account)
        )


@pytest.mark.usefixtures("billing")
async def test_plan_is_that_of_the_owner_whoever_works_there(
    books: Books, stranger: Books
) -> None:
    await choose(stranger, "pro")
    await write(
        books,
        "INSERT INTO membership (version, ledger_id, person_id, role) "
        "VALUES (1, :ledger_id, :person_id, 2)",
        ledger_id=books.actor.ledger_id,
        person_id=stranger.actor.person_id,
    )
    guest = Actor(
        stranger.actor.person_id,
        stranger.actor.role,
        books.actor.ledger_id,
        LedgerRole.EDITOR,
    )
    await fill(books)
    with pytest.raises(PlanLimit):
        await Books(books.home, guest).open("One more")
