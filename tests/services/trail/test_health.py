"""The health of the relay as the staff sees it."""

from dataclasses import replace

import pytest

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict, NotAllowed
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.trail import shipping
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.health import TrailHealth, find_health
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.starting_over import Loss
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.trail.log_rows import Log


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


async def _health(admin: Books) -> TrailHealth:
    return await ask(admin.actor, find_health)


async def test_what_waits_is_told_with_its_age(admin: Books, clock: Clock) -> None:
    await ship_trail()
    clock.advance(minutes=5)
    waiting_since = clock()
    await admin.open("Cash")
    clock.advance(minutes=5)
    await admin.open("Bank")
    found = await _health(admin)
    assert (found.unshipped, found.oldest_at) == (2, waiting_since)


async def test_all_is_well_after_shipping_and_signing(
    admin: Books, clock: Clock
) -> None:
    await ship_trail()
    await sign_head()
    assert await _health(admin) == TrailHealth(
        unshipped=0,
        oldest_at=None,
        position=1,
        shipped_at=clock(),
        writes_apart=True,
        head_position=1,
        head_at=clock(),
        error="",
        failed_at=None,
    )


async def test_failure_is_told_until_a_run_goes_well(
    admin: Books, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ConnectionError("no log database")

    with monkeypatch.context() as patch:
        patch.setattr(shipping, "_append", fail)
        with pytest.raises(ConnectionError):
            await ship_trail()
    found = await _health(admin)
    assert (found.error, found.failed_at, found.unshipped) == (
        "ConnectionError: no log database",
        clock(),
        1,
    )
    await ship_trail()
    assert replace(await _health(admin), shipped_at=None).error == ""


async def test_untouched_installation_is_told_too(admin: Books) -> None:
    found = await _health(admin)
    assert (found.position, found.head_at, found.error) == (0, None, "")


async def test_chain_that_was_lost_is_told(
    admin: Books, log: Log, clock: Clock
) -> None:
    await ship_trail()
    await sign_head()
    log.tamper("DELETE FROM audit_head", "DELETE FROM audit_entry")
    await ship_trail()
    (loss,) = (await _health(admin)).losses
    assert loss == Loss(loss.id, clock(), 1)


async def test_chain_that_was_changed_is_told_as_broken(admin: Books, log: Log) -> None:
    await ship_trail()
    log.tamper("UPDATE audit_entry SET hash = sha256(hash)")
    await admin.open("Bank")
    with pytest.raises(Conflict):
        await ship_trail()
    found = await _health(admin)
    assert found.is_broken
    assert found.error.startswith("The chain in the log database is not the one")


async def test_user_is_refused(books: Books) -> None:
    with pytest.raises(NotAllowed):
        await ask(books.actor, find_health)
