"""People are told what happened to their account, by their own clock."""

from fintrack.services.database import Database
from fintrack.services.telling import tell_of_lock
from tests.services.mail.letters import outbox
from tests.services.people import set_up


async def test_letter_says_when_and_from_where(home: Database) -> None:
    ada = await set_up()
    async with home.unit_of_work() as session:
        at, where = home.clock(), "198.51.100.7"
        await tell_of_lock(session, at, ada.person_id, "account.locked", where)
    (letter,) = await outbox(home)
    assert letter.plain == {
        "name": "Ada",
        "when": "November 18, 2026, 12:00\u202fPM (UTC)",
        "address": "198.51.100.7",
    }
