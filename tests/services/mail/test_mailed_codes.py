"""A letter with a code: while the code is of use, and not a moment longer."""

from datetime import timedelta

import pytest

from fintrack.services.database import Database
from fintrack.services.mail.sending import CODE_TAKEN_FOR_DEAD, send_letters
from fintrack.services.mail.transport import Fate, Mail
from tests.conftest import Clock
from tests.services.mail.bag import Bag, Crash
from tests.services.mail.letters import (
    outbox,
    queue_code,
    queue_welcome,
    run_until_finished,
)


async def test_code_is_tried_again_while_it_lives_and_then_expires(
    home: Database, bag: Bag, clock: Clock
) -> None:
    """Tried at 0:00, 0:30, 1:30 and 3:30; at 7:30 it would be of no use."""
    bag.fates["ada@example.org"] = Fate.LATER
    bag.reason = "451 Come back later"
    await queue_code(home)
    assert await run_until_finished(clock, home) == 4
    (row,) = await outbox(home)
    assert (row.state, row.sealed) == ("expired", None)
    assert row.fault == "451 Come back later"
    assert row.finished_at < row.expires_at
    assert all(mail.at < row.expires_at for mail in bag.sent)


async def test_code_of_a_killed_process_leaves_while_it_is_of_use(
    home: Database, bag: Bag, clock: Clock
) -> None:
    def die(_: Mail) -> None:
        raise Crash

    bag.on_send = die
    await queue_code(home)
    with pytest.raises(Crash):
        await send_letters()
    bag.on_send = lambda _: None
    clock.now += CODE_TAKEN_FOR_DEAD
    assert await send_letters() == 1
    (row,) = await outbox(home)
    assert row.expires_at - row.finished_at >= timedelta(minutes=3)
    assert len({mail.reference for mail in bag.sent}) == 1


@pytest.mark.parametrize(
    ("age", "state"), [(0, "waiting"), (270, "expired")], ids=["young", "old"]
)
async def test_code_that_a_slow_server_held_up_is_kept_back(
    home: Database, bag: Bag, clock: Clock, age: int, state: str
) -> None:
    """It is late a minute after its claim, or when its code dies."""
    late: list[bool] = []
    await queue_code(home)
    clock.advance(seconds=age)

    def hold(mail: Mail) -> None:
        clock.advance(seconds=29)
        late.append(mail.is_late())
        clock.advance(seconds=31)
        late.append(mail.is_late())

    bag.on_send = hold
    bag.fates["ada@example.org"] = Fate.LATER
    await send_letters()
    assert late == [False, True]
    assert [row.state for row in await outbox(home)] == [state]


async def test_letter_without_a_code_is_never_late(
    home: Database, bag: Bag, clock: Clock
) -> None:
    await queue_welcome(home)
    bag.on_send = lambda _: clock.advance(hours=1)
    await send_letters()
    assert not bag.sent[0].is_late()
