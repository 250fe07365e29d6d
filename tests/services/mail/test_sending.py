"""The job that sends: each letter once, with patience, and none in another's way."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from fintrack.services import master_key
from fintrack.services.database import Database
from fintrack.services.mail import sending, transport
from fintrack.services.mail.kinds import KINDS
from fintrack.services.mail.sending import (
    LONGEST_DELAY,
    MOST_TRIES,
    TAKEN_FOR_DEAD,
    delay_after,
    send_letters,
)
from fintrack.services.mail.transport import Fate, Mail, Outcome
from fintrack.services.master_key import KEY_BYTES, MasterKey
from tests.conftest import Clock
from tests.services.mail.bag import Bag, Crash
from tests.services.mail.letters import (
    outbox,
    queue_code,
    queue_welcome,
    run_until_finished,
)


async def test_letter_is_sent_once_and_forgets_its_secret(
    home: Database, bag: Bag, clock: Clock
) -> None:
    await queue_code(home, code="314159")
    assert await send_letters() == 1
    assert await send_letters() == 0
    (mail,) = bag.sent
    assert "314159" in mail.text
    assert mail.at == clock.now
    (row,) = await outbox(home)
    assert (row.state, row.sealed, row.finished_at) == ("sent", None, clock.now)
    assert bag.hung_up == 2


async def test_database_refuses_a_secret_of_a_finished_letter(home: Database) -> None:
    await queue_code(home)
    with pytest.raises(Exception, match="letter_sealed_check"):
        async with home.unit_of_work() as session:
            await session.execute(
                text("UPDATE letter SET state = 'sent', finished_at = queued_at")
            )


async def test_refused_letter_fails_and_is_visible(home: Database, bag: Bag) -> None:
    bag.fates["ada@example.org"] = Fate.NEVER
    bag.reason = "550 No such person"
    await queue_code(home)
    assert await send_letters() == 0
    (row,) = await outbox(home)
    assert (row.state, row.fault, row.sealed) == ("failed", "550 No such person", None)


async def test_letter_that_always_fails_waits_longer_and_ends(
    home: Database, bag: Bag, clock: Clock
) -> None:
    bag.fates["ada@example.org"] = Fate.LATER
    await queue_welcome(home)
    assert await run_until_finished(clock, home) == MOST_TRIES
    (row,) = await outbox(home)
    assert (row.state, row.tries) == ("failed", MOST_TRIES)
    times = [mail.at for mail in bag.sent]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert waits == [delay_after(n) for n in range(1, MOST_TRIES)]
    assert len({mail.reference for mail in bag.sent}) == 1


def test_waits_double_up_to_a_bound() -> None:
    assert delay_after(1) == timedelta(seconds=30)
    assert delay_after(2) == timedelta(minutes=1)
    assert delay_after(MOST_TRIES) == delay_after(1000) == LONGEST_DELAY


@pytest.mark.parametrize("fate", [Fate.LATER, Fate.NEVER, Fate.UNSURE])
async def test_letter_that_fails_is_in_nobodys_way(
    home: Database, bag: Bag, fate: Fate
) -> None:
    bag.fates["eve@example.org"] = fate
    for name in ("ada", "eve", "bob"):
        await queue_welcome(home, f"{name}@example.org")
    assert await send_letters() == 2


async def test_defect_of_one_letter_is_in_nobodys_way_and_tells_no_secret(
    home: Database, bag: Bag, caplog: pytest.LogCaptureFixture
) -> None:
    await queue_code(home, "ada@example.org", code="314159")

    def fail(mail: Mail) -> None:
        if mail.to == "ada@example.org":
            raise ValueError(mail.text)

    bag.on_send = fail
    await queue_welcome(home, "bob@example.org")
    assert await send_letters() == 1
    assert [row.state for row in await outbox(home)] == ["waiting", "sent"]
    assert "ValueError" in caplog.text
    assert "314159" not in caplog.text


@pytest.mark.usefixtures("bag")
async def test_letter_of_a_kind_that_is_gone_is_in_nobodys_way(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await queue_code(home)
    await queue_welcome(home)
    monkeypatch.delitem(KINDS, "code.register")
    assert await send_letters() == 1


async def test_letter_sealed_under_another_key_waits_for_it(
    home: Database, bag: Bag, clock: Clock
) -> None:
    await queue_code(home)
    master_key.install(MasterKey(b"\1" * KEY_BYTES))
    assert await send_letters() == 0
    master_key.install(MasterKey(bytes(KEY_BYTES)))
    clock.advance(seconds=30)
    assert await send_letters() == 1
    assert len(bag.sent) == 1


async def test_server_that_is_away_ends_the_run(
    home: Database, bag: Bag, clock: Clock
) -> None:
    for name in ("ada", "bob"):
        await queue_welcome(home, f"{name}@example.org")
        bag.fates[f"{name}@example.org"] = Fate.AWAY
    assert await send_letters() == 0
    assert len(bag.sent) == 1
    assert [row.tries for row in await outbox(home)] == [1, 0]
    bag.fates.clear()
    clock.advance(seconds=30)
    assert await send_letters() == 2


async def test_what_a_server_repeats_of_a_secret_is_masked(
    home: Database, bag: Bag
) -> None:
    bag.fates["ada@example.org"] = Fate.NEVER
    bag.reason = "554 Forbidden word 314159"
    await queue_code(home, code="314159")
    await send_letters()
    (row,) = await outbox(home)
    assert row.fault == "554 Forbidden word •••"


async def test_expired_letter_is_not_sent(
    home: Database, bag: Bag, clock: Clock
) -> None:
    await queue_code(home)
    clock.advance(minutes=5)
    assert await send_letters() == 0
    assert bag.sent == []


async def test_crash_while_sending_is_one_more_copy_and_never_a_third(
    home: Database, bag: Bag, clock: Clock
) -> None:
    """Nobody knows whether the first one was taken: the same Message-ID says so."""

    def die(_: Mail) -> None:
        raise Crash

    bag.on_send = die
    await queue_welcome(home)
    for _ in range(3):
        with pytest.raises(Crash):
            await send_letters()
        assert await send_letters() == 0  # its time is not over
        clock.now += TAKEN_FOR_DEAD
        if len(bag.sent) == 2:
            break
    await send_letters()
    (row,) = await outbox(home)
    assert (row.state, len(bag.sent)) == ("failed", 2)
    assert "not learned" in row.fault
    assert len({mail.reference for mail in bag.sent}) == 1


async def test_crash_costs_the_others_nothing(
    home: Database, bag: Bag, clock: Clock
) -> None:
    for name in ("ada", "bob", "eve"):
        await queue_welcome(home, f"{name}@example.org")

    def die(mail: Mail) -> None:
        if mail.to == "bob@example.org" and len(bag.sent) == 2:
            raise Crash

    bag.on_send = die
    with pytest.raises(Crash):
        await send_letters()
    assert await send_letters() == 1
    clock.now += TAKEN_FOR_DEAD
    assert await send_letters() == 1
    assert [mail.to[:3] for mail in bag.sent] == ["ada", "bob", "eve", "bob"]


@pytest.mark.usefixtures("bag")
async def test_slow_process_does_not_undo_what_another_did(
    home: Database, clock: Clock
) -> None:
    """The first is taken for dead while it sends; the second one sends and marks."""
    await queue_welcome(home)
    row = await sending._claim(home)
    assert row is not None
    clock.now += TAKEN_FOR_DEAD
    assert await send_letters() == 1
    await sending._mark(home, row, Outcome(Fate.LATER, "too late"))
    assert [(r.state, r.fault) for r in await outbox(home)] == [("sent", "")]


async def test_processes_share_the_work(home: Database, bag: Bag) -> None:
    for number in range(30):
        await queue_welcome(home, f"p{number}@example.org")
    counts = await asyncio.gather(*(send_letters() for _ in range(4)))
    assert sum(counts) == 30
    assert len({mail.to for mail in bag.sent}) == len(bag.sent) == 30


async def test_run_has_a_bound(
    home: Database, bag: Bag, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        await queue_welcome(home, f"p{number}@example.org")
    monkeypatch.setattr(sending, "MOST_PER_RUN", 2)
    assert await send_letters() == 2
    bag.on_send = lambda _: clock.advance(minutes=2)
    assert await send_letters() == 1


async def test_shutdown_lets_the_letter_arrive_that_is_on_its_way(
    home: Database, bag: Bag
) -> None:
    await queue_welcome(home)
    await queue_welcome(home, "bob@example.org")
    running = asyncio.ensure_future(send_letters())
    bag.on_send = lambda _: running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [row.state for row in await outbox(home)] == ["sent", "waiting"]
    assert bag.hung_up == 1


async def test_rows_are_not_locked_while_a_letter_is_sent(home: Database) -> None:
    await queue_welcome(home)
    seen: list[int] = []

    class Looking(Bag):
        async def send(self, mail: Mail) -> Outcome:
            async with home.unit_of_work() as session:
                found = await session.execute(
                    text("SELECT id FROM letter FOR UPDATE NOWAIT")
                )
                seen.extend(found.scalars())
            return await super().send(mail)

    transport.install(Looking())
    assert await send_letters() == 1
    assert len(seen) == 1


async def test_reader_gets_the_letter_in_their_language(
    home: Database, bag: Bag
) -> None:
    await queue_welcome(home, name="Işıl", language="tr")
    await send_letters()
    assert bag.sent[0].subject == "FinTrack’e hoş geldiniz"
    assert "Merhaba Işıl," in bag.sent[0].text
    assert bag.sent[0].language == "tr"
