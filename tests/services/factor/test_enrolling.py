"""The second factor is switched on by a first code, and off by a fresh proof."""

import pytest
from sqlalchemy import text

from fintrack.core.errors import Conflict, NotFound, StepUpNeeded
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.factor.enrolling import (
    WrongFirstCode,
    begin_enrolment,
    confirm_enrolment,
    find_factor,
    renew_codes,
    switch_off,
)
from tests.conftest import Clock
from tests.services.factor.phone import begin, enrol, scan
from tests.services.mail.letters import outbox
from tests.services.mailed import letters

pytestmark = pytest.mark.usefixtures("home")


async def test_first_code_switches_it_on(clock: Clock, home: Database) -> None:
    phone = await enrol(clock)
    assert len(phone.codes) == 10
    factor = await ask(phone.actor, find_factor)
    assert (factor.is_on, factor.since) == (True, clock())
    assert factor.recovery_codes_left == 10
    async with home.reading() as session:
        kinds = await session.scalars(
            text("SELECT kind FROM security_event ORDER BY id")
        )
        assert list(kinds) == ["sign-in", "factor-on"]


async def test_each_change_of_it_is_told_by_mail(clock: Clock, home: Database) -> None:
    phone = await enrol(clock)
    await perform(phone.actor, renew_codes)
    await perform(phone.actor, switch_off)
    assert await letters(home) == [
        ("account.factor_on", "ada@example.org"),
        ("account.codes_renewed", "ada@example.org"),
        ("account.factor_off", "ada@example.org"),
    ]
    for row in await outbox(home):
        assert row.plain["name"] == "Ada"
        assert not [code for code in phone.codes if code in str(row.plain)]


async def test_wrong_first_code_switches_nothing_on(clock: Clock) -> None:
    phone = await begin(clock)
    done = await perform(phone.actor, confirm_enrolment, phone.wrong)
    assert done.value == WrongFirstCode()
    assert not (await ask(phone.actor, find_factor)).is_on
    await perform(phone.actor, confirm_enrolment, phone.code)


async def test_secret_waits_half_an_hour(clock: Clock) -> None:
    phone = await begin(clock)
    clock.advance(minutes=30)
    with pytest.raises(NotFound):
        await perform(phone.actor, confirm_enrolment, phone.code)


async def test_second_beginning_makes_the_first_secret_worthless(clock: Clock) -> None:
    first = await begin(clock)
    second = await scan(first.actor, clock)
    done = await perform(first.actor, confirm_enrolment, first.code)
    assert done.value == WrongFirstCode()
    await perform(second.actor, confirm_enrolment, second.code)
    with pytest.raises(Conflict):
        await perform(second.actor, begin_enrolment)


async def test_beginning_renewing_and_switching_off_need_a_fresh_proof(
    clock: Clock,
) -> None:
    phone = await enrol(clock)
    clock.advance(minutes=5)
    for verb in (begin_enrolment, renew_codes, switch_off):
        with pytest.raises(StepUpNeeded):
            await perform(phone.actor, verb)
    assert (await ask(phone.actor, find_factor)).is_on


async def test_switched_off_it_is_gone_with_its_codes(
    clock: Clock, home: Database
) -> None:
    phone = await enrol(clock)
    await perform(phone.actor, switch_off)
    assert not (await ask(phone.actor, find_factor)).is_on
    async with home.reading() as session:
        rows = "SELECT (SELECT count(*) FROM second_factor) + count(*) FROM "
        assert await session.scalar(text(f"{rows} recovery_code")) == 0
    for verb in (switch_off, renew_codes):
        with pytest.raises(NotFound):
            await perform(phone.actor, verb)


async def test_new_codes_take_the_place_of_the_old(clock: Clock) -> None:
    phone = await enrol(clock)
    new = (await perform(phone.actor, renew_codes)).value.codes
    assert not set(new) & set(phone.codes)
    assert (await ask(phone.actor, find_factor)).recovery_codes_left == 10


async def test_neither_secret_nor_codes_are_kept_in_plain(
    clock: Clock, home: Database
) -> None:
    phone = await enrol(clock)
    async with home.reading() as session:
        kept = ""
        for table in (
            "second_factor",
            "recovery_code",
            "change_set",
            "change_row",
            "security_event",
        ):
            rows = await session.execute(text(f"SELECT x::text FROM {table} x"))  # noqa: S608 - constants only
            kept += str(rows.all())
    plain = (phone.secret, phone.secret.encode().hex(), *phone.codes)
    assert not [one for one in plain if one in kept]
