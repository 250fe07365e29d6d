"""Letters for tests, and what the outbox holds."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.mail.outbox import Letter, queue_letter
from fintrack.services.mail.sending import send_letters
from tests.conftest import Clock

VALID = timedelta(minutes=5)


async def queue(home: Database, *letters: Letter) -> None:
    async with home.unit_of_work() as session:
        for letter in letters:
            await queue_letter(session, letter, home.clock())


async def queue_code(
    home: Database, to: str = "ada@example.org", *, code: str = "271828", once: str = ""
) -> None:
    await queue(
        home,
        Letter(
            "code.register",
            to,
            "en",
            values={"minutes": "5"},
            secrets={"code": code},
            expires_at=home.clock() + VALID,
            once=once,
        ),
    )


async def queue_welcome(
    home: Database, to: str = "ada@example.org", name: str = "Ada", language: str = "en"
) -> None:
    await queue(home, Letter("account.welcome", to, language, values={"name": name}))


async def outbox(home: Database) -> Sequence[Any]:
    async with home.reading() as session:
        return (await session.execute(text("SELECT * FROM letter ORDER BY id"))).all()


async def run_until_finished(clock: Clock, home: Database) -> int:
    """How many runs it took until nothing waits."""
    for run in range(1, 100):
        await send_letters()
        if all(row.finished_at for row in await outbox(home)):
            return run
        clock.now = min(row.due_at for row in await outbox(home))
    raise AssertionError("it never ends")
