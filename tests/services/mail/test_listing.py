"""The outbox as staff see it."""

import pytest

from fintrack.core.actor import Actor, Role
from fintrack.core.errors import NotAllowed
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.mail import transport
from fintrack.services.mail.listing import (
    OutboxHealth,
    find_outbox_health,
    list_letters,
)
from fintrack.services.mail.outbox import drop_waiting
from fintrack.services.mail.sending import send_letters
from fintrack.services.mail.sweeping import sweep_letters
from fintrack.services.mail.transport import Fate
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.mail.bag import Bag
from tests.services.mail.letters import queue_code, queue_welcome


@pytest.fixture
async def admin(home: Database) -> Actor:
    return (await make_person(home, "root@example.org", role=Role.ADMIN)).actor


async def test_secrets_are_masked(home: Database, admin: Actor) -> None:
    await queue_code(home, code="314159")
    (letter,) = await ask(admin, list_letters)
    assert letter.values == {"minutes": "5", "code": "•••"}
    assert (letter.to, letter.state) == ("ada@example.org", "waiting")
    assert letter.subject == "Your code for FinTrack"
    assert "314159" not in repr(letter)


async def test_pages_follow_each_other_newest_first(
    home: Database, admin: Actor
) -> None:
    for number in range(5):
        await queue_welcome(home, f"p{number}@example.org")
    first = await ask(admin, list_letters, limit=3)
    second = await ask(admin, list_letters, limit=3, before=first[-1].id)
    assert [letter.to[:2] for letter in (*first, *second)] == [
        *("p4", "p3", "p2", "p1", "p0")
    ]


async def test_one_state_alone_and_health(
    home: Database, admin: Actor, clock: Clock
) -> None:
    started = clock.now
    bag = Bag(fates={"eve@example.org": Fate.NEVER, "bob@example.org": Fate.LATER})
    transport.install(bag)
    for name in ("ada", "eve", "bob"):
        await queue_welcome(home, f"{name}@example.org")
    await send_letters()
    (failed,) = await ask(admin, list_letters, state="failed")
    assert failed.to == "eve@example.org"
    assert await ask(admin, find_outbox_health) == OutboxHealth(1, started, 1, 1)
    clock.advance(days=2)
    assert await ask(admin, find_outbox_health) == OutboxHealth(1, started, 0, 1)


async def test_health_counts_the_tries_in_vain(
    home: Database, admin: Actor, clock: Clock
) -> None:
    transport.install(Bag(fates={"bob@example.org": Fate.LATER}))
    await queue_welcome(home, "bob@example.org")
    assert (await ask(admin, find_outbox_health)).tries == 0
    for _ in range(3):
        await send_letters()
        clock.advance(minutes=1)
    assert (await ask(admin, find_outbox_health)).tries == 3


async def test_code_that_could_not_be_sent_has_failed_until_another_letter_is(
    home: Database, admin: Actor, clock: Clock
) -> None:
    names = ("ada", "eve")
    transport.install(Bag(fates={f"{one}@example.org": Fate.AWAY for one in names}))
    await queue_code(home, "bob@example.org", once="bob:1")
    async with home.unit_of_work() as session:
        await drop_waiting(session, "bob:", home.clock())
    for name in names:
        await queue_code(home, f"{name}@example.org")
    while await ask(admin, list_letters, state="waiting"):
        await send_letters()
        await sweep_letters()
        clock.advance(minutes=1)
    assert await ask(admin, find_outbox_health) == OutboxHealth(0, None, 2)
    await queue_welcome(home, "kai@example.org")
    await send_letters()
    assert await ask(admin, find_outbox_health) == OutboxHealth(0, None, 0)


async def test_only_an_admin_reads_it(books: Books) -> None:
    for question in (list_letters, find_outbox_health):
        with pytest.raises(NotAllowed):
            await ask(books.actor, question)
