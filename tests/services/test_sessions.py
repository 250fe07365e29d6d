"""A session lives until it is ended, idle for too long, or old."""

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS, LedgerRole, Role
from fintrack.core.errors import NotSignedIn
from fintrack.services import sessions
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.sessions import (
    SessionView,
    end_session,
    find_session,
    hash_token,
    new_token,
    note_seen,
    sweep_sessions,
)
from fintrack.services.sign_in import SignIn, sign_in
from tests.conftest import Clock
from tests.services.people import GOOD, browser, set_up

pytestmark = pytest.mark.usefixtures("home")


COOKIE = "token"


async def open_session(token: str = COOKIE) -> SessionView:
    await set_up()
    await sign_in(SignIn("ada@example.org", GOOD), browser(token))
    view = await find(token)
    assert view is not None
    return view


async def find(token: str = COOKIE) -> SessionView | None:
    return await ask(ANONYMOUS, find_session, hash_token(token))


async def test_session_tells_who_works_where() -> None:
    view = await open_session()
    assert (view.name, view.initials, view.role) == ("Ada Lovelace", "AL", Role.ADMIN)
    assert view.ledger_role == LedgerRole.OWNER
    assert view.actor.person_id == view.person_id


async def test_cookie_itself_is_nowhere_in_the_database(home: Database) -> None:
    token = new_token()
    await open_session(token)
    async with home.reading() as session:
        rows = await session.execute(text("SELECT s::text FROM sign_in_session s"))
        assert token not in str(rows.all())


async def test_idle_session_ends_after_a_fortnight(clock: Clock) -> None:
    view = await open_session()
    clock.advance(days=13)
    await note_seen(view)
    clock.advance(days=13)
    assert await find() is not None
    clock.advance(days=1, seconds=1)
    assert await find() is None


async def test_no_session_grows_older_than_90_days(clock: Clock) -> None:
    view: SessionView | None = await open_session()
    for _ in range(9):
        assert view is not None
        clock.advance(days=10)
        await note_seen(view)
        view = await find()
    assert view is None


async def test_suspended_person_has_no_session(home: Database) -> None:
    await open_session()
    async with home.unit_of_work() as session:
        await session.execute(text("ALTER TABLE person DISABLE TRIGGER USER"))
        await session.execute(text("UPDATE person SET suspended_at = created_at"))
    assert await find() is None


async def test_signing_out_ends_this_session_and_leaves_a_mark(home: Database) -> None:
    view = await open_session()
    await perform(view.actor, end_session, hash_token("token"))
    assert await find() is None
    with pytest.raises(NotSignedIn):
        await perform(view.actor, end_session, hash_token("token"))
    async with home.reading() as session:
        kinds = await session.scalars(
            text("SELECT kind FROM security_event ORDER BY id")
        )
        assert list(kinds) == ["sign-in", "sign-out"]


async def test_nobody_ends_a_session_of_another() -> None:
    await open_session()
    with pytest.raises(NotSignedIn):
        await perform(ANONYMOUS, end_session, hash_token("token"))
    assert await find() is not None


async def test_use_is_marked_once_a_minute(clock: Clock) -> None:
    view = await open_session()
    clock.advance(seconds=59)
    await note_seen(view)
    assert (await find()) == view
    clock.advance(seconds=1)
    await note_seen(view)
    seen = await find()
    assert seen is not None
    assert seen.last_seen_at == clock()


def test_overlong_token_has_no_hash() -> None:
    assert hash_token("a" * 65) == b""
    assert len(hash_token(new_token())) == 32


async def test_ended_session_is_swept_90_days_later(clock: Clock) -> None:
    view = await open_session()
    await perform(view.actor, end_session, hash_token(COOKIE))
    clock.advance(days=90)
    assert await sweep_sessions() == 0
    clock.advance(seconds=1)
    assert await sweep_sessions() == 1


async def test_idle_session_is_swept_90_days_after_it_was_too_old(clock: Clock) -> None:
    """Two weeks of silence end it without a mark."""
    await open_session()
    clock.advance(days=14 + 90)
    assert await sweep_sessions() == 0
    clock.advance(seconds=1)
    assert await sweep_sessions() == 1


async def test_session_in_use_is_never_swept(clock: Clock) -> None:
    view = await open_session()
    for _ in range(10):
        clock.advance(days=9)
        await note_seen(view)
    assert await sweep_sessions() == 0


def test_token_has_256_random_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    real = sessions.secrets.token_urlsafe

    def draw(count: int) -> str:
        drawn.append(count)
        return real(count)

    monkeypatch.setattr(sessions.secrets, "token_urlsafe", draw)
    assert len({new_token() for _ in range(100)}) == 100
    assert drawn == [32] * 100
