"""Expired secrets go, and letters that are long finished."""

from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.mail import sending
from fintrack.services.mail.sweeping import FORGOTTEN_AFTER, sweep_letters
from fintrack.services.mail.transport import Fate, Outcome
from tests.conftest import Clock
from tests.services.mail.letters import outbox, queue_code, queue_welcome


async def test_expired_letter_loses_its_secret(home: Database, clock: Clock) -> None:
    await queue_code(home)
    clock.advance(minutes=4, seconds=59)
    assert await sweep_letters() == 0
    clock.advance(seconds=1)
    assert await sweep_letters() == 1
    (row,) = await outbox(home)
    assert (row.state, row.sealed, row.finished_at) == ("expired", None, clock.now)


async def test_letter_without_an_end_waits(home: Database, clock: Clock) -> None:
    await queue_welcome(home)
    clock.now += FORGOTTEN_AFTER * 2
    assert await sweep_letters() == 0
    assert [row.state for row in await outbox(home)] == ["waiting"]


async def test_letter_on_its_way_is_left_to_who_sends_it(
    home: Database, clock: Clock
) -> None:
    await queue_code(home)
    clock.advance(minutes=4)
    row = await sending._claim(home)
    assert row is not None
    clock.advance(minutes=1)
    assert await sweep_letters() == 0
    await sending._mark(home, row, Outcome(Fate.SENT))
    assert [row.state for row in await outbox(home)] == ["sent"]


async def test_letter_that_nobody_finished_sending_expires(
    home: Database, clock: Clock
) -> None:
    await queue_code(home)
    await sending._claim(home)
    clock.advance(minutes=4, seconds=59)
    assert await sweep_letters() == 0
    clock.advance(seconds=1)
    assert await sweep_letters() == 1


async def test_finished_letters_are_forgotten_after_a_while(
    home: Database, clock: Clock
) -> None:
    for _ in range(2):
        await queue_welcome(home)
    async with home.unit_of_work() as session:
        await session.execute(
            text(
                "UPDATE letter SET state = 'sent', finished_at = queued_at "
                "WHERE id = (SELECT min(id) FROM letter)"
            )
        )
    clock.now += FORGOTTEN_AFTER
    assert await sweep_letters() == 0
    clock.advance(seconds=1)
    assert await sweep_letters() == 1
    assert [row.state for row in await outbox(home)] == ["waiting"]
