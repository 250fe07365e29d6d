"""Codes by mail: counted before they are judged, bound to their flow, short-lived."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import NotFound, TooManyTries
from fintrack.core.one_time_code import Purpose
from fintrack.services import codes
from fintrack.services.codes import (
    CodeRefused,
    Flow,
    GivenCode,
    Reason,
    sweep_codes,
)
from fintrack.services.commands import NOBODY, Work, command, perform
from fintrack.services.database import Database
from fintrack.services.tries import FREE_TRIES_OF_A_PLACE
from tests.conftest import Clock
from tests.services.mail.letters import outbox
from tests.services.mailed import (
    DEFNE,
    EMAIL,
    letters,
    mailed_code,
    register,
    right,
    wrong,
)
from tests.services.people import ADDRESS, set_up

pytestmark = pytest.mark.usefixtures("people")

DEAD = CodeRefused(Reason.DEAD)


@pytest.fixture
async def people(home: Database) -> None:
    """Ada is here, so that others may register."""
    assert home
    await set_up()


@command("test.judge", roles=NOBODY, final="only for these few tests")
async def judge_code(
    work: Work, purpose: Purpose, given: GivenCode, address: str
) -> bool | CodeRefused:
    found = await codes.judge(work, purpose, given, address)
    return found if isinstance(found, CodeRefused) else True


async def judge(
    given: GivenCode, purpose: Purpose = Purpose.REGISTER, address: str = ADDRESS
) -> bool | CodeRefused:
    return (await perform(ANONYMOUS, judge_code, purpose, given, address)).value


async def resend(flow: Flow) -> Flow:
    return (await perform(ANONYMOUS, codes.resend, flow.token, ADDRESS)).value


async def tries(home: Database) -> list[int]:
    async with home.reading() as session:
        return list(await session.scalars(text("SELECT tries FROM code ORDER BY id")))


async def test_code_from_the_mail_is_right(home: Database) -> None:
    flow = await register()
    assert await judge(await right(home, flow)) is True


async def test_five_wrong_codes_leave_the_counter_at_five_and_kill_the_code(
    home: Database, clock: Clock
) -> None:
    flow = await register()
    bad = await wrong(home, flow)
    answers = [await judge(bad) for _ in range(5)]
    assert answers == [
        *(CodeRefused(Reason.WRONG, left) for left in (4, 3, 2, 1)),
        DEAD,
    ]
    assert await tries(home) == [5]
    clock.advance(seconds=30)
    assert await judge(await right(home, flow)) == DEAD


async def test_tries_at_once_are_all_counted(home: Database) -> None:
    flow = await register()
    bad = await wrong(home, flow)
    ends = await asyncio.gather(*(judge(bad) for _ in range(9)), return_exceptions=True)
    assert all(isinstance(end, CodeRefused) for end in ends)
    assert sum(end == DEAD for end in ends) == 5
    assert await tries(home) == [5]


async def test_code_dies_after_five_minutes(home: Database, clock: Clock) -> None:
    flow = await register()
    clock.advance(minutes=5)
    assert await judge(await right(home, flow)) == DEAD


async def test_new_code_may_be_had_after_half_a_minute_and_kills_the_old_one(
    home: Database, clock: Clock
) -> None:
    flow = await register()
    old = await right(home, flow)
    for _ in range(3):
        await judge(await wrong(home, flow))
    clock.advance(seconds=29)
    with pytest.raises(TooManyTries) as refused:
        await resend(flow)
    assert refused.value.retry_after == 1
    clock.advance(seconds=1)
    again = await resend(flow)
    assert await mailed_code(home) != old.code
    assert await judge(old) == CodeRefused(Reason.WRONG, 4)
    assert await judge(await right(home, again)) is True


async def test_letter_of_a_dead_code_does_not_leave_any_more(
    home: Database, clock: Clock
) -> None:
    flow = await register()
    await register(replace(DEFNE, email="elif@example.org"))
    clock.advance(seconds=30)
    await resend(flow)
    assert [
        (row.recipient, row.state, row.sealed is None) for row in await outbox(home)
    ] == [
        (EMAIL, "expired", True),
        ("elif@example.org", "waiting", False),
        (EMAIL, "waiting", False),
    ]


async def test_expired_code_is_replaced_as_long_as_the_flow_lives(
    home: Database, clock: Clock
) -> None:
    flow = await register()
    clock.advance(minutes=59)
    assert await judge(await right(home, await resend(flow))) is True
    clock.advance(minutes=1)
    with pytest.raises(NotFound):
        await resend(flow)


async def test_code_of_another_flow_or_purpose_is_refused(home: Database) -> None:
    first = await register()
    code = await mailed_code(home)
    second = await register()
    assert code != await mailed_code(home)
    assert await judge(GivenCode(second.token, code)) == CodeRefused(Reason.WRONG, 4)
    given = GivenCode(first.token, code)
    assert await judge(given, Purpose.RESET) == DEAD
    assert await judge(given) is True


async def test_guessing_through_many_flows_has_to_wait(home: Database) -> None:
    """A hundred browsers at a hundred places guess at one e-mail."""
    flows = []
    for n in range(4):
        flow = await register(address=f"198.51.100.{n}")
        flows.append(await wrong(home, flow))
    for n, bad in enumerate([*flows, flows[0]]):
        await judge(bad, address=f"203.0.113.{n}")
    with pytest.raises(TooManyTries):
        await judge(flows[1], address="192.0.2.1")


@pytest.mark.parametrize("tried_out", [True, False])
async def test_dead_flow_keeps_nobody_else_from_the_same_e_mail(
    home: Database, clock: Clock, *, tried_out: bool
) -> None:
    """A stranger goes on with a flow that is over; the owner has one of their own."""
    bad = await wrong(home, await register(address="198.51.100.1"))
    if tried_out:
        for n in range(5):
            await judge(bad, address=f"198.51.100.{n}")
    clock.advance(minutes=1 if tried_out else 5)
    for n in range(6):
        assert await judge(bad, address=f"203.0.113.{n}") == DEAD
    given = await right(home, await register(address="192.0.2.1"))
    assert await judge(given, address="192.0.2.1") is True


async def test_guessing_with_a_dead_flow_makes_its_place_wait(
    home: Database, clock: Clock
) -> None:
    bad = await wrong(home, await register())
    clock.advance(minutes=5)
    for _ in range(FREE_TRIES_OF_A_PLACE):
        assert await judge(bad) == DEAD
    with pytest.raises(TooManyTries):
        await judge(bad)


async def test_one_place_that_guesses_at_many_e_mails_has_to_wait(
    home: Database,
) -> None:
    flows = []
    for n in range(FREE_TRIES_OF_A_PLACE + 1):
        new = replace(DEFNE, email=f"defne{n}@example.org")
        flow = await register(new, f"198.51.100.{n}")
        flows.append(await wrong(home, flow))
    for bad in flows[:-1]:
        assert await judge(bad) == CodeRefused(Reason.WRONG, 4)
    with pytest.raises(TooManyTries):
        await judge(flows[-1])


async def test_letters_to_one_address_have_to_wait(home: Database) -> None:
    for n in range(5):
        await register(address=f"198.51.100.{n}")
    with pytest.raises(TooManyTries):
        await register(address="198.51.100.9")
    assert await letters(home) == [("code.register", EMAIL)] * 5


async def test_office_that_registers_in_a_morning_does_not_wait(
    home: Database,
) -> None:
    for n in range(12):
        flow = await register(replace(DEFNE, email=f"{n}@example.org"))
        assert await judge(await right(home, flow)) is True


async def test_database_keeps_neither_code_nor_flow(home: Database) -> None:
    flow = await register()
    code = await mailed_code(home)
    async with home.reading() as session:
        row = await session.scalar(text("SELECT to_jsonb(c)::text FROM code c"))
        trail = await session.scalar(text("SELECT count(*) FROM change_row"))
    assert code not in row
    assert flow.token not in row
    assert code.encode().hex() not in row
    assert "$argon2id$" in row
    assert trail == await count_before_codes(home)


async def count_before_codes(home: Database) -> int:
    """The trail of the setup alone: codes leave no images in it."""
    async with home.reading() as session:
        statement = (
            "SELECT count(*) FROM change_row r JOIN change_set s "
            "ON s.id = r.change_set_id WHERE s.command = 'setup.create_first_admin'"
        )
        return int(await session.scalar(text(statement)) or 0)


async def test_flows_are_swept_after_an_hour(home: Database, clock: Clock) -> None:
    await register()
    clock.advance(minutes=59)
    await register()
    assert await sweep_codes() == 0
    clock.advance(minutes=1)
    assert await sweep_codes() == 1
    assert await tries(home) == [0]
