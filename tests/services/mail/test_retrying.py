"""Letters are tried again when an admin asks, and none twice too often."""

import pytest

from fintrack.core.actor import Actor, Role
from fintrack.core.errors import NotAllowed
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.mail import transport
from fintrack.services.mail.retrying import retry_letters
from fintrack.services.mail.sending import send_letters
from fintrack.services.mail.transport import Fate
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.mail.bag import Bag
from tests.services.mail.letters import outbox, queue_code, queue_welcome

EVE = "eve@example.org"


@pytest.fixture
async def admin(home: Database) -> Actor:
    return (await make_person(home, "root@example.org", role=Role.ADMIN)).actor


@pytest.fixture
def bag() -> Bag:
    made = Bag()
    transport.install(made)
    return made


async def _states(home: Database) -> list[str]:
    return [row.state for row in await outbox(home)]


async def test_failed_letter_leaves_after_all(
    home: Database, admin: Actor, bag: Bag
) -> None:
    bag.fates = {EVE: Fate.NEVER}
    await queue_welcome(home, EVE)
    await send_letters()
    assert await _states(home) == ["failed"]
    bag.fates = {}
    assert (await perform(admin, retry_letters)).value == 1
    await send_letters()
    assert await _states(home) == ["sent"]
    assert (await perform(admin, retry_letters)).value == 0


async def test_waiting_letter_waits_no_longer(
    home: Database, admin: Actor, bag: Bag
) -> None:
    bag.fates = {EVE: Fate.LATER}
    await queue_welcome(home, EVE)
    await send_letters()
    bag.fates = {}
    assert await send_letters() == 0
    assert (await perform(admin, retry_letters)).value == 1
    assert await send_letters() == 1


async def test_letter_with_a_code_stays_failed(
    home: Database, admin: Actor, bag: Bag
) -> None:
    """Its code is gone from the outbox; a letter without one would help nobody."""
    bag.fates = {EVE: Fate.NEVER}
    await queue_code(home, EVE)
    await send_letters()
    assert (await perform(admin, retry_letters)).value == 0
    assert await _states(home) == ["failed"]


async def test_letter_that_may_have_arrived_twice_is_not_sent_a_third_time(
    home: Database, admin: Actor, bag: Bag, clock: Clock
) -> None:
    bag.fates = {EVE: Fate.UNSURE}
    await queue_welcome(home, EVE)
    await send_letters()
    clock.advance(hours=1)
    await send_letters()
    assert (await _states(home), len(bag.sent)) == (["failed"], 2)
    assert (await perform(admin, retry_letters)).value == 0


async def test_letter_of_long_ago_is_left_alone(
    home: Database, admin: Actor, bag: Bag, clock: Clock
) -> None:
    bag.fates = {EVE: Fate.NEVER}
    await queue_welcome(home, EVE)
    await send_letters()
    clock.advance(days=2)
    assert (await perform(admin, retry_letters)).value == 0


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.OPERATOR, Role.ANALYST])
async def test_only_an_admin_has_them_tried_again(home: Database, role: Role) -> None:
    somebody: Books = await make_person(home, EVE, role)
    with pytest.raises(NotAllowed):
        await perform(somebody.actor, retry_letters)
