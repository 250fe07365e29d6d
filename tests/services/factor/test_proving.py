"""A code proves the second factor once, however it is typed."""

import asyncio

import pytest

from fintrack.core.actor import ANONYMOUS, Role
from fintrack.services.commands import Work, command, perform
from fintrack.services.database import Database
from fintrack.services.factor.proving import is_on, tidy_code, use_code
from tests.conftest import Clock
from tests.services.factor.phone import begin, enrol

pytestmark = pytest.mark.usefixtures("home")


@command(
    "test.use_code", roles=frozenset({Role.ANONYMOUS}), final="only in these tests"
)
async def try_code(work: Work, person_id: int, code: str) -> bool:
    return await use_code(work, person_id, code)


async def use(person_id: int | None, code: str) -> bool:
    return (await perform(ANONYMOUS, try_code, person_id or 0, code)).value


async def test_same_code_twice_is_refused(clock: Clock) -> None:
    phone = await enrol(clock)
    ada = phone.actor.person_id
    assert not await use(ada, phone.code)  # confirmed the enrolment
    code = phone.next_code()
    assert await use(ada, code)
    assert not await use(ada, code)
    assert not await use(ada, phone.code_at(-1))


async def test_of_two_that_show_one_code_at_once_one_is_refused(clock: Clock) -> None:
    phone = await enrol(clock)
    code = phone.next_code()
    both = await asyncio.gather(*(use(phone.actor.person_id, code) for _ in range(2)))
    assert sorted(both) == [False, True]


async def test_code_is_read_as_people_type_it(clock: Clock) -> None:
    phone = await enrol(clock)
    ada = phone.actor.person_id
    code = phone.next_code()
    assert await use(ada, f" {code[:3]} {code[3:]}\n")
    assert await use(ada, phone.codes[0].lower())
    assert await use(ada, phone.codes[1].replace("-", " "))


@pytest.mark.parametrize("code", ["", "000000", "١٢٣٤٥٦", "A" * 24, "ß" * 12, "x" * 99])
async def test_what_is_no_code_proves_nothing(clock: Clock, code: str) -> None:
    phone = await enrol(clock)
    clock.advance(seconds=90)
    assert not await use(phone.actor.person_id, code)


async def test_unconfirmed_secret_counts_for_nothing(
    home: Database, clock: Clock
) -> None:
    phone = await begin(clock)
    assert not await use(phone.actor.person_id, phone.code)
    async with home.reading() as session:
        assert not await is_on(session, phone.actor.person_id or 0)


def test_tidy_code_has_no_spaces_hyphens_or_small_letters() -> None:
    assert tidy_code(" ab-c d\u00a01\uff123 ") == "ABCD123"
    assert tidy_code("é") == ""
