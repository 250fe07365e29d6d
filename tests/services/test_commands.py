"""``perform`` and ``ask``: all or nothing, once per key, and only who may."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import (
    DBAPIError,
    OperationalError,
    TimeoutError,  # noqa: A004 - of the pool
)

from fintrack.core.actor import ANONYMOUS, Actor, LedgerRole, Role
from fintrack.core.chart import AccountType
from fintrack.core.errors import (
    BrokenBooks,
    Busy,
    InvalidInput,
    KeyReused,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Unavailable,
)
from fintrack.services import change_sets, commands
from fintrack.services.commands import Work, ask, command, perform, question
from fintrack.services.database import Database
from fintrack.services.ledger.accounts import (
    NewAccount,
    find_account,
    list_accounts,
    open_account,
)
from tests.books import START, Books, money

CASH = NewAccount("Cash", AccountType.CASH, money("5 EUR"), START)


@command("test.broken", ledger=LedgerRole.EDITOR)
async def break_books(work: Work, account_id: int) -> None:
    await work.session.execute(
        text(
            "WITH t AS (INSERT INTO transaction (version, ledger_id, on_date, payee, "
            "description, note, search_text, category_source, created_at) VALUES (1, "
            ":ledger, '2026-01-01', '', '', '', '', 'you', now()) RETURNING id) "
            "INSERT INTO posting (ledger_id, transaction_id, on_date, account_id, "
            "currency, amount_minor, memo, position) "
            "SELECT :ledger, id, '2026-01-01', :account, 'EUR', 7, '', 0 FROM t"
        ),
        {"ledger": work.ledger_id, "account": account_id},
    )


@question("test.write", ledger=LedgerRole.VIEWER)
async def write_while_asking(work: Work) -> None:
    await open_account(work, CASH)


async def test_command_commits_and_names_its_change_set(books: Books) -> None:
    done = await perform(books.actor, open_account, CASH)
    assert done.value.balance == money("5.00 EUR")
    (change,) = await books.rows(
        "SELECT command, person_id, ledger_id, at FROM change_set WHERE id = :id",
        id=done.change_id,
    )
    assert change.command == "account.open"
    assert change.person_id == books.actor.person_id
    assert change.at == books.home.clock()


async def test_unbalanced_postings_are_refused_and_leave_nothing(books: Books) -> None:
    account = await books.open("Cash")
    before = await books.snapshot()
    with pytest.raises(BrokenBooks):
        await perform(books.actor, break_books, account.id)
    assert await books.snapshot() == before


async def test_question_cannot_write(books: Books) -> None:
    """I20: the transaction is read-only."""
    with pytest.raises(DBAPIError, match="read-only transaction"):
        await ask(books.actor, write_while_asking)


async def test_same_key_gives_the_first_result_again(books: Books) -> None:
    first = await perform(books.actor, open_account, CASH, key="k1")
    second = await perform(books.actor, open_account, CASH, key="k1")
    assert second == first
    assert len(await ask(books.actor, list_accounts)) == 1


async def test_same_key_with_other_input_is_refused(books: Books) -> None:
    await perform(books.actor, open_account, CASH, key="k1")
    with pytest.raises(KeyReused):
        await perform(books.actor, open_account, replace(CASH, name="Box"), key="k1")


async def test_double_click_opens_one_account(books: Books) -> None:
    """I15: one key, one effect."""
    twice = await asyncio.gather(
        *(perform(books.actor, open_account, CASH, key="k") for _ in range(2))
    )
    assert twice[0] == twice[1]
    assert len(await ask(books.actor, list_accounts)) == 1


async def test_keys_belong_to_one_person(books: Books, stranger: Books) -> None:
    mine = await perform(books.actor, open_account, CASH, key="k")
    theirs = await perform(stranger.actor, open_account, CASH, key="k")
    assert mine.value.id != theirs.value.id


async def test_key_of_one_ledger_says_nothing_in_another(
    books: Books, stranger: Books
) -> None:
    await perform(books.actor, open_account, CASH, key="k")
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), None, None
        )
        await session.execute(
            text(
                "INSERT INTO membership (version, ledger_id, person_id, role) "
                "VALUES (1, :ledger, :person, 2)"
            ),
            {"ledger": stranger.actor.ledger_id, "person": books.actor.person_id},
        )
    elsewhere = replace(books.actor, ledger_id=stranger.actor.ledger_id)
    with pytest.raises(KeyReused):
        await perform(elsewhere, open_account, CASH, key="k")


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
async def test_unusable_key_is_refused(books: Books, key: str) -> None:
    with pytest.raises(InvalidInput):
        await perform(books.actor, open_account, CASH, key=key)


async def test_nobody_may_without_signing_in(books: Books) -> None:
    with pytest.raises(NotSignedIn):
        await perform(ANONYMOUS, open_account, CASH)
    with pytest.raises(NotSignedIn):
        await ask(replace(books.actor, person_id=None), list_accounts)


async def test_ledger_of_somebody_else_is_not_found_and_leaves_a_mark(
    books: Books, stranger: Books
) -> None:
    forged = replace(books.actor, ledger_id=stranger.actor.ledger_id)
    with pytest.raises(NotFound):
        await perform(forged, open_account, CASH)
    (event,) = await books.rows("SELECT kind, person_id, detail FROM security_event")
    assert (event.kind, event.person_id) == ("refused", books.actor.person_id)
    assert event.detail == {"command": "account.open", "code": "not-found"}


async def test_claimed_role_is_not_believed(books: Books, stranger: Books) -> None:
    """I19: the database says who is a member."""
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, books.actor, "test", books.home.clock(), None, None
        )
        await session.execute(
            text(
                "INSERT INTO membership (version, ledger_id, person_id, role) "
                "VALUES (1, :ledger, :person, 1)"
            ),
            {"ledger": books.actor.ledger_id, "person": stranger.actor.person_id},
        )
    viewer = Actor(
        stranger.actor.person_id, Role.ADMIN, books.actor.ledger_id, LedgerRole.OWNER
    )
    assert await ask(viewer, list_accounts) == []
    with pytest.raises(NotAllowed):
        await perform(viewer, open_account, CASH)


async def test_id_of_another_ledger_is_not_found(books: Books, stranger: Books) -> None:
    theirs = await stranger.open("Vault", "100 EUR")
    with pytest.raises(NotFound):
        await ask(books.actor, find_account, theirs.id)


async def test_busy_ledger_is_said_and_the_log_names_the_command_that_holds_it(
    books: Books, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(change_sets, "LOCK_WAIT", "50ms")
    assert books.actor.ledger_id is not None
    async with books.home.unit_of_work() as session:
        await change_sets.lock_ledger(session, books.actor.ledger_id, "import.confirm")
        with pytest.raises(Busy) as caught:
            await perform(books.actor, open_account, CASH)
    assert "import.confirm" not in caught.value.text
    assert f"import.confirm holds ledger {books.actor.ledger_id}." in caplog.text


@pytest.mark.parametrize(
    "fault",
    [TimeoutError(), OperationalError("SELECT", {}, Exception()), Unavailable()],
)
async def test_busy_ledger_is_said_also_where_nobody_can_read(
    books: Books, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def refuse(_: Database) -> None:
        raise fault

    monkeypatch.setattr(change_sets, "LOCK_WAIT", "50ms")
    monkeypatch.setattr(Database, "reading", refuse)
    assert books.actor.ledger_id is not None
    async with books.home.unit_of_work() as session:
        await change_sets.lock_ledger(session, books.actor.ledger_id, "import.confirm")
        with pytest.raises(Busy):
            await perform(books.actor, open_account, CASH)


async def test_many_writers_of_one_ledger_wait_for_their_turn(books: Books) -> None:
    account = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    day = date(2026, 2, 1)
    await asyncio.gather(
        *(books.spend(account.id, food, "1 EUR", day) for _ in range(20))
    )
    assert await books.balance(account.id) == money("80.00 EUR")
    assert await books.findings() == []


def test_name_of_a_verb_is_taken_once() -> None:
    with pytest.raises(ValueError, match=r"test\.write"):
        question("test.write")(find_account)


def test_every_final_command_says_why() -> None:
    for spec in commands.registry().values():
        assert spec.undoable or not spec.changes or " " in spec.final
