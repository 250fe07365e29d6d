"""A loss of LogDB is acknowledged once, by an admin, and goes on being told."""

import asyncio

import pytest

from fintrack.core.actor import SYSTEM, Role
from fintrack.core.errors import Conflict, NotAllowed, NotFound, StepUpNeeded
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.staff.acknowledging import acknowledge_loss
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.health import find_health
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.starting_over import Acknowledgement, Loss
from fintrack.services.trail.verifying import verify_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.staff.fresh import make_staff
from tests.services.trail.log_rows import Log


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_staff(home, "root@example.org")


async def lose(log: Log) -> None:
    await ship_trail()
    await sign_head()
    log.tamper("DELETE FROM audit_head", "DELETE FROM audit_entry")
    await ship_trail()


async def losses() -> tuple[Loss, ...]:
    return (await ask(SYSTEM, find_health)).losses


async def test_loss_names_who_acknowledged_it_and_each_verification_tells_it(
    admin: Books, log: Log, clock: Clock
) -> None:
    await lose(log)
    (loss,) = await losses()
    clock.advance(minutes=1)
    await perform(admin.actor, acknowledge_loss, loss.id)
    (known,) = await losses()
    assert (known.id, known.at, known.rows) == (loss.id, loss.at, loss.rows)
    assert known.acknowledged == Acknowledgement("root@example.org", clock())
    await ship_trail()
    verdict = await ask(SYSTEM, verify_trail)
    assert (verdict.breach, verdict.losses) == (None, (known,))
    kept = [one.head["what"] for one in await log.opened()]
    assert kept.count("trail-loss-acknowledged") == 1


async def test_second_loss_is_another_one(admin: Books, log: Log) -> None:
    await lose(log)
    (first,) = await losses()
    await perform(admin.actor, acknowledge_loss, first.id)
    await lose(log)
    before, after = await losses()
    assert before.acknowledged
    assert after.acknowledged is None


async def test_of_two_who_press_at_once_one_is_told(admin: Books, log: Log) -> None:
    await lose(log)
    (loss,) = await losses()
    results = await asyncio.gather(
        *(perform(admin.actor, acknowledge_loss, loss.id) for _ in range(2)),
        return_exceptions=True,
    )
    assert [type(one) for one in results if isinstance(one, Exception)] == [Conflict]
    with pytest.raises(Conflict, match="acknowledged already"):
        await perform(admin.actor, acknowledge_loss, loss.id)
    assert len(await losses()) == 1


async def test_other_event_is_no_loss(admin: Books, log: Log) -> None:
    await lose(log)
    (loss,) = await losses()
    await perform(admin.actor, acknowledge_loss, loss.id)
    (own,) = await admin.rows(
        "SELECT id FROM security_event WHERE kind = 'trail-loss-acknowledged'"
    )
    for nothing in (own.id, 10**15):
        with pytest.raises(NotFound):
            await perform(admin.actor, acknowledge_loss, nothing)


async def test_acknowledging_asks_for_a_fresh_proof(
    admin: Books, log: Log, clock: Clock
) -> None:
    await lose(log)
    (loss,) = await losses()
    clock.advance(minutes=5)
    with pytest.raises(StepUpNeeded):
        await perform(admin.actor, acknowledge_loss, loss.id)
    assert await losses() == (loss,)


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.ANALYST, Role.OPERATOR])
async def test_acknowledging_is_the_business_of_admins(
    home: Database, log: Log, role: Role
) -> None:
    somebody = await make_staff(home, "eve@example.org", role)
    await lose(log)
    (loss,) = await losses()
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, acknowledge_loss, loss.id)
    assert await losses() == (loss,)
