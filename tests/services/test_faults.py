"""What the database says becomes an error that a door can show."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fintrack.core.errors import (
    BrokenBooks,
    Busy,
    Conflict,
    FinTrackError,
    Unavailable,
    UndoRefused,
)
from fintrack.services import faults
from fintrack.services.database import Database

pytestmark = pytest.mark.database


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
