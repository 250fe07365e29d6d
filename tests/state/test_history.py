"""The history of changes as its page drives it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM, LedgerRole
from fintrack.core.chart import AccountType
from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from fintrack.services import change_sets
from fintrack.services.change_fields import FIELDS, OWNERS
from fintrack.services.changes import PAGE, list_changes
from fintrack.services.commands import ask, perform
from fintrack.services.gate import PEOPLE
from fintrack.services.ledger.accounts import (
    AccountChange,
    NewAccount,
    edit_account,
    list_accounts,
    open_account,
)
from fintrack.services.rules.keeping import add_rule
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.sessions import SessionView
from fintrack.state.change_rows import SUBJECTS, VALUES, WORDS
from fintrack.state.command_names import COMMAND_NAMES
from fintrack.state.history import HistoryState, change_row
from fintrack.state.session import reader_of
from tests.books import START, Books, money
from tests.conftest import Clock
from tests.services.test_registry import commands
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab
from tests.state.desk import sit_down


@pytest.fixture
async def page(books: Books) -> HistoryState:
    return await (await sit_down(books)).state(HistoryState)


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


async def test_row_names_the_first_things(books: Books, page: HistoryState) -> None:
    await books.open("Cash", "5 EUR")
    await books.category("Food")
    await page.load()
    assert [row.about for row in page.rows] == ["Food", "Cash"]
    (found, *_) = await ask(books.actor, list_changes)
    many = replace(found, about=("One", "Two", "Three"))
    reader = await reader_of(page)
    assert change_row(many, books.actor, reader).about == "One, Two …"


async def _names(books: Books) -> list[str]:
    return [account.name for account in await ask(books.actor, list_accounts)]


async def _let_in(books: Books, other: Books) -> Books:
    """``other`` as an editor of the ledger of ``books``."""
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        await change_sets.open_change_set(session, SYSTEM, "test", now, None, None)
        await session.execute(
            text(
                "INSERT INTO membership (version, ledger_id, person_id, role) "
                "VALUES (1, :ledger_id, :person_id, :role)"
            ),
            {
                "ledger_id": books.actor.ledger_id,
                "person_id": other.actor.person_id,
                "role": int(LedgerRole.EDITOR),
            },
        )
    return Books(books.home, replace(other.actor, ledger_id=books.actor.ledger_id))


async def test_new_books_have_no_changes(page: HistoryState) -> None:
    await page.load()
    assert (page.status, page.rows, page.older) == ("ready", [], "")


async def test_changes_stand_newest_first_with_their_moment(
    page: HistoryState, books: Books, clock: Clock
) -> None:
    await books.open("Cash")
    clock.advance(minutes=5)
    await books.category("Food")
    await page.load()
    assert [(row.name, row.when) for row in page.rows] == [
        ("Category added", "Today, 12:05"),
        ("Account opened", "Today, 12:00"),
    ]


async def test_undone_change_is_marked_and_can_be_brought_again(
    page: HistoryState, books: Books
) -> None:
    await books.open("Cash")
    await page.load()
    await page.undo(page.rows[0].undo_id)
    assert await _names(books) == []
    undo, opened = page.rows
    assert (undo.undo_id, undo.redo_id) == ("", "")
    assert (opened.is_undone, opened.undo_id) == (True, "")
    assert opened.redo_id == undo.id == page.notice.change

    assert page.notice.text == "Taken back."
    await page.undo(opened.redo_id)
    assert await _names(books) == ["Cash"]
    assert page.notice.text == "Done again."
    opened = page.rows[-1]
    assert not opened.is_undone
    assert opened.undo_id == opened.id
    # What told of it, or of what was made of it since then, goes.
    assert page.notice.undone == opened.id
    await page.undo(page.notice.change)
    assert page.notice.text == "Taken back."
    assert page.notice.undone == opened.id


async def test_change_that_something_depends_on_stays(
    page: HistoryState, books: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "10 EUR", date(2026, 3, 5))
    await page.load()
    *_, opened = page.rows
    await page.undo(opened.undo_id)
    assert page.notice.tone == "bad"
    assert page.notice.text.startswith("Something newer depends on this, so it stays.")
    assert page.notice.text.endswith("came later and needs it.")
    assert await _names(books) == ["Cash"]


@pytest.mark.parametrize("change_id", ["", "x", "-1", "9" * 18, "9" * 30])
async def test_what_is_no_change_is_told(page: HistoryState, change_id: str) -> None:
    await page.undo(change_id)
    assert page.notice.tone == "bad"


async def test_old_change_offers_no_undo(
    page: HistoryState, books: Books, clock: Clock
) -> None:
    await books.open("Cash")
    clock.advance(days=31)
    await page.load()
    assert page.rows[0].undo_id == ""
    await page.undo(page.rows[0].id)
    assert page.notice.text == "Changes can be undone for 30 days."


async def test_last_change_is_ones_own_and_no_undo(
    page: HistoryState, books: Books, stranger: Books
) -> None:
    partner = await _let_in(books, stranger)
    await books.open("First")
    await books.open("Second")
    await partner.open("Third")
    await page.undo_last()
    assert await _names(books) == ["First", "Third"]
    await page.undo_last()
    assert await _names(books) == ["Third"]
    await page.undo_last()
    assert await _names(books) == ["Third"]
    assert page.notice.text == "There is nothing to take back."


async def test_history_is_paged(page: HistoryState, books: Books) -> None:
    for n in range(PAGE):
        await books.open(f"Account {n}")
    await page.load()
    assert (len(page.rows), page.older) == (PAGE, "")
    await books.open("One more")
    await page.load()
    newest = page.rows[0]
    assert (len(page.rows), page.older) == (PAGE, page.rows[-1].id)

    await page.show_older()
    assert len(page.rows) == 1
    assert int(page.rows[0].id) < int(newest.id)
    assert page.older == ""

    # Undoing what is in sight keeps the place; loading begins at the top again.
    await page.undo(page.rows[0].undo_id)
    assert page.rows[0].is_undone
    await page.load()
    assert page.rows[1] == newest


async def test_socket_undoes_and_redoes(tab: Tab, ada: SessionView) -> None:
    new = NewAccount("Cash", AccountType.CASH, money("5 EUR"), START)
    done = await perform(ada.actor, open_account, new)
    await tab.send(HistoryState.load)
    assert "Account opened" in tab.shown

    await tab.send(HistoryState.undo, change_id=str(done.change_id))
    assert await ask(ada.actor, list_accounts) == []
    undo, *_ = await ask(ada.actor, list_changes)
    await tab.send(HistoryState.undo, change_id=str(undo.id))
    (account,) = await ask(ada.actor, list_accounts)
    assert account.id == done.value.id


def test_each_command_of_a_person_has_a_name() -> None:
    found = {name for name, spec in commands().items() if spec.access.roles & PEOPLE}
    assert found <= COMMAND_NAMES.keys()


async def test_a_change_tells_who_and_shows_before_and_after(
    books: Books, stranger: Books, page: HistoryState
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, food, "12.50 EUR", date(2026, 3, 5), "Café")
    other = await _let_in(books, stranger)
    await perform(
        other.actor, edit_account, AccountChange(cash.id, cash.version, "Purse")
    )
    await page.load()
    renamed, spent, *_ = page.rows
    assert (renamed.who, spent.who) == ("Ada", "You")
    await page.toggle(spent.id)
    (thing,) = page.things
    assert (thing.name, thing.op) == ("Transaction: Café", "added")
    assert [(one.label, one.after) for one in thing.fields] == [
        ("Date", "Mar 5, 2026"),
        ("Payee", "Café"),
        ("Account", "Purse"),
        ("Amount", "\u2068−€12.50\u2069"),
        ("Category", "Food"),
        ("Amount", "\u2068€12.50\u2069"),
    ]
    await page.toggle(renamed.id)
    assert [(one.before, one.after) for one in page.things[0].fields] == [
        ("Cash", "Purse")
    ]
    await page.toggle(renamed.id)
    assert (page.opened, page.things) == ("", [])


async def test_rule_is_opened_in_the_words_of_its_form(
    books: Books, page: HistoryState
) -> None:
    food = await books.category("Food")
    between = Condition(
        Field.AMOUNT, Comparison.BETWEEN, least=Decimal("12.50"), most=Decimal(1000)
    )
    flow = Condition(Field.FLOW, Comparison.IS, "out")
    new = NewRule((between, flow), Actions((Share(food, 100),)))
    done = await perform(books.actor, add_rule, new)
    await page.load()
    await page.toggle(str(done.change_id))
    (thing,) = page.things
    assert (thing.name, thing.op) == ("Rule: Food", "added")
    told = [(one.label, one.after) for one in thing.fields]
    for said in (
        ("Switched on", "Yes"),
        ("What to look at", "Amount"),
        ("From", "12.50"),
        ("To", "1,000"),
        ("Direction", "Money goes out"),
        ("Category", "Food"),
        ("Percent", "100%"),
    ):
        assert said in told


async def test_a_change_of_somebody_else_is_not_opened(
    stranger: Books, page: HistoryState
) -> None:
    cash, food = await stranger.open("Cash"), await stranger.category("Food")
    done = await stranger.spend(cash.id, food, "1 EUR", date(2026, 3, 5), "Kiosk")
    for change_id in (str(done.change_id), "x", ""):
        await page.toggle(change_id)
        assert (page.opened, page.things) == ("", [])
        assert page.notice.tone == "bad"


def test_each_field_of_a_change_has_a_name() -> None:
    names = {name for fields in FIELDS.values() for name in fields}
    said = {
        name.removesuffix("_minor").removesuffix("_id").removesuffix("_at")
        for name in names
    }
    assert said | {"category", "direction"} == set(WORDS)
    assert set(FIELDS) - set(OWNERS) == set(SUBJECTS)
    assert set(VALUES) <= set(WORDS)
