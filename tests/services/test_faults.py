"""What the database says becomes an error that a door can show."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.core.actor import ANONYMOUS, LedgerRole, Role
from fintrack.core.errors import (
    BrokenBooks,
    Busy,
    Conflict,
    FinTrackError,
    NotAllowed,
    Unavailable,
    UndoRefused,
)
from fintrack.services import database, faults, security_events, sessions
from fintrack.services.database import Database
from tests.conftest import Clock


async def _note_refusal(_: Clock) -> None:
    await security_events.note_refusal(ANONYMOUS, "x", NotAllowed())


async def _note_seen(clock: Clock) -> None:
    person = {"email": "ada@example.org", "first_name": "Ada", "last_name": ""}
    books = {"ledger_name": "Ada", "base_currency": "EUR"}
    looks = {
        "language": "en",
        "time_zone": "UTC",
        "appearance": "system",
        "picture": "",
    }
    starts = {"week_starts_on": 0, "month_starts_on": 1}
    view = sessions.SessionView(
        **{**person, **books, **looks, **starts},
        session_id=1,
        person_id=1,
        ledger_id=1,
        role=Role.USER,
        ledger_role=LedgerRole.OWNER,
        last_seen_at=clock(),
    )
    clock.advance(minutes=2)
    await sessions.note_seen(view)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("FT002", BrokenBooks),
        ("FT004", UndoRefused),
        ("23503", Conflict),
        ("23505", Conflict),
        ("22003", BrokenBooks),
        ("53100", Unavailable),
        ("53300", Unavailable),
        ("55P03", Busy),
        ("40001", Busy),
        ("57014", Unavailable),
        ("08006", Unavailable),
    ],
)
async def test_state_has_its_error(
    home: Database, state: str, kind: type[FinTrackError]
) -> None:
    error = await _raised(home, state)
    assert faults.sqlstate(error) == state
    assert type(faults.explain(error)) is kind


async def test_our_own_defects_are_not_dressed_up(home: Database) -> None:
    assert faults.explain(await _raised(home, "FT001")) is None
    assert faults.explain(await _raised(home, "42601")) is None


async def test_each_explanation_is_a_new_error(home: Database) -> None:
    error = await _raised(home, "23505")
    assert faults.explain(error) is not faults.explain(error)


async def _raised(home: Database, state: str) -> DBAPIError:
    """What SQLAlchemy raises when the server says ``state``."""
    with pytest.raises(DBAPIError) as caught:
        async with home.reading() as session:
            await session.execute(
                text(
                    "DO $$ BEGIN RAISE EXCEPTION 'planted' "
                    f"USING ERRCODE = '{state}'; END $$"
                )
            )
    return caught.value


@pytest.mark.parametrize("note", [_note_refusal, _note_seen])
async def test_note_beside_a_command_says_that_the_database_is_away(
    clock: Clock, note: Callable[[Clock], Awaitable[None]]
) -> None:
    url = "postgresql+psycopg://nobody@/nothing?host=/nowhere"
    home = database.connect(url, url, clock)
    database.install(home)
    try:
        with pytest.raises(Unavailable):
            await note(clock)
    finally:
        database.install(None)
        await home.dispose()
