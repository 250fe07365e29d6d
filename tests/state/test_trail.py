"""One's own trail as its page shows it."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, Actor, Role
from fintrack.core.errors import NotFound
from fintrack.services import change_sets
from fintrack.services import trail as services_trail
from fintrack.services.commands import ask, name_of, perform
from fintrack.services.database import Database
from fintrack.services.ledger.accounts import list_accounts, open_account
from fintrack.services.ledger.categories import list_categories
from fintrack.services.registration import finish_registration
from fintrack.services.security_events import add_event
from fintrack.services.tags.keeping import list_tags
from fintrack.services.trail.own import PAGE
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.turned_away import TurnedAway
from fintrack.state.trail import EVENT_NAMES, TraceRow, TrailState
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.test_commands import CASH
from tests.services.test_repeated_refusals import counting
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab
from tests.state.desk import sit_down

__all__ = ["counting"]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SERVICES = Path(services_trail.__file__).parents[1]


@pytest.fixture
async def page(books: Books) -> TrailState:
    return await (await sit_down(books)).state(TrailState)


async def _event(
    books: Books, kind: str, actor: Actor, detail: dict[str, str], address: str = ""
) -> None:
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        await add_event(session, kind, now, actor, address=address, detail=detail)


async def test_each_thing_is_a_sentence_with_who_and_when(
    page: TrailState, books: Books, stranger: Books, clock: Clock
) -> None:
    await ship_trail()
    await books.open("Cash")
    clock.advance(minutes=1)
    where = "192.0.2.1"
    await _event(books, "sign-in", books.actor, {"device": FIREFOX}, where)
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    clock.advance(minutes=1)
    with pytest.raises(NotFound):
        await perform(forged, open_account, CASH)
    clock.advance(minutes=1)
    wrong = {"command": "session.start", "reason": "wrong password"}
    await _event(books, "refused", Actor(books.actor.person_id), wrong, "192.0.2.9")
    clock.advance(minutes=1)
    wrong = {"command": "session.prove", "reason": "wrong password"}
    await _event(books, "refused", Actor(books.actor.person_id), wrong, "192.0.2.9")
    await page.load()
    assert page.rows[0].name == "Confirmation with a wrong password or code refused"
    assert page.rows[1:] == [
        TraceRow(
            "Sign-in with a wrong password refused",
            "Today, 12:03 · 192.0.2.9",
            is_kept=False,
        ),
        TraceRow(
            "Refused: Account opened", "Somebody else · Today, 12:02", is_kept=False
        ),
        TraceRow(
            "Signed in",
            "You · Today, 12:01 · Firefox on Linux · 192.0.2.1",
            is_kept=False,
        ),
        TraceRow("Account opened", "You · Today, 12:00", is_kept=False),
        TraceRow("Other change", "FinTrack itself · Thu, Jan 1, 00:00", is_kept=True),
    ]


async def test_refusals_that_were_counted_are_one_row_that_says_how_many(
    page: TrailState, books: Books
) -> None:
    told = {"command": "account.list", "code": "not-found", "times": "1234"}
    await _event(books, "refused", books.actor, told)
    await page.load()
    assert page.rows[0].name == "Refused: Accounts (×1,234)"


async def test_several_commands_that_were_refused_are_each_named(
    page: TrailState, books: Books, stranger: Books, counting: TurnedAway
) -> None:
    forged = replace(stranger.actor, ledger_id=books.actor.ledger_id)
    for verb in (list_accounts, list_categories, list_accounts, list_tags):
        with pytest.raises(NotFound):
            await ask(forged, verb)
        await counting.tell()
    await counting.tell(at_the_end=True)
    await page.load()
    assert page.rows[0].name == "Refused: Categories, Accounts, Tags (×3)"
    assert page.rows[0].detail.startswith("Somebody else · ")


async def test_deed_of_staff_is_told_to_whom_it_was_done(
    page: TrailState, books: Books, stranger: Books
) -> None:
    for actor, about in ((stranger.actor, books.actor), (books.actor, stranger.actor)):
        detail = {"person": str(about.person_id)}
        by_staff = Actor(actor.person_id, Role.ADMIN)
        await _event(books, "person-suspended", by_staff, detail)
    await page.load()
    assert {row.name for row in page.rows[:2]} == {
        "Your account was suspended",
        "Person suspended",
    }


async def test_another_role_is_named_to_whom_it_was_given(
    page: TrailState, books: Books, stranger: Books
) -> None:
    detail = {"person": str(books.actor.person_id), "before": "user", "after": "admin"}
    await _event(books, "role-changed", stranger.actor, detail)
    await page.load()
    assert page.rows[0].name == "You were given another role: User → Admin"


async def test_who_comes_with_a_mailed_code_is_not_the_house(
    page: TrailState, books: Books, clock: Clock
) -> None:
    async with books.home.unit_of_work() as session:
        await change_sets.open_change_set(
            session, ANONYMOUS, name_of(finish_registration), clock(), None, None
        )
        await session.execute(
            text("UPDATE person SET last_name = 'X' WHERE id = :id"),
            {"id": books.actor.person_id},
        )
    await page.load()
    assert (page.rows[0].name, page.rows[0].detail) == ("Registered", "Today, 12:00")


async def test_older_traces_are_on_the_next_page(
    page: TrailState, books: Books
) -> None:
    for n in range(PAGE):
        await books.open(f"Account {n}")
    await page.load()
    assert (len(page.rows), page.has_older) == (PAGE, True)
    await page.show_older()
    assert (len(page.rows), page.has_older) == (1, False)
    await page.load()
    assert len(page.rows) == PAGE


async def test_failure_offers_a_retry(
    page: TrailState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fintrack.state.trail.list_own_trail", None)
    await page.load()
    assert page.status == "failed"


async def test_socket_shows_ones_own_trail(tab: Tab, home: Database) -> None:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    stranger = await make_person(home, "bob@example.org")
    await stranger.open("Theirs")
    await perform(view.actor, open_account, CASH)
    await tab.send(TrailState.load)
    assert tab.shown.count("Account opened") == 1
    assert "Signed in" in tab.shown


def test_each_kind_of_event_has_a_name() -> None:
    """The kind is the second argument of ``add_event``."""
    kinds = {
        call.args[1].value
        for path in SERVICES.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and "add_event" in ast.unparse(call.func)
        and isinstance(call.args[1], ast.Constant)
    }
    assert "sign-in" in kinds
    assert kinds <= EVENT_NAMES.keys()
