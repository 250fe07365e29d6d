"""Letters and tries of codes: floods wait, and a reset waits for no stranger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from fintrack.core.errors import TooManyTries
from fintrack.core.one_time_code import Purpose
from fintrack.services.code_counters import LETTER_EVERY
from fintrack.services.codes import CodeRefused, Flow, GivenCode, Reason
from fintrack.services.database import Database
from fintrack.services.password_reset import Reset, choose_password
from fintrack.services.sign_in import SignIn, sign_in
from fintrack.services.tries import FREE_TRIES_OF_A_PLACE
from tests.conftest import Clock
from tests.services.mail.letters import outbox
from tests.services.mailed import DEFNE, mailed_code, register, right, wrong
from tests.services.people import ADDRESS, GOOD, browser, set_up
from tests.services.test_codes import judge, resend
from tests.services.test_password_reset import ADA, forget

NEW = "five slow barges under Ghent"
NOBODY = "nobody@example.org"


@pytest.fixture(autouse=True)
async def people(home: Database) -> None:
    assert home
    await set_up()


async def ask_often(count: int, email: str = ADA) -> list[Flow]:
    """As many resets, each from a place of its own."""
    return [await forget(email, f"198.51.100.{n}") for n in range(count)]


async def test_whoever_asks_for_a_reset_at_any_moment_has_a_living_code(
    home: Database, clock: Clock
) -> None:
    """Every second minute another stranger asks, for an hour and a half."""
    for n in range(45):
        flow = await forget(address=f"198.51.100.{n}")
        newest = (await outbox(home))[-1]
        left = newest.expires_at - clock()
        assert LETTER_EVERY <= left <= Purpose.RESET.valid
        assert timedelta(seconds=flow.expires_in) <= left
        clock.advance(minutes=2)


async def test_letters_of_a_reset_come_at_a_bounded_rate(
    home: Database, clock: Clock
) -> None:
    """Asked for every ten seconds, each time from elsewhere: 19 in the first hour."""
    for n in range(360):
        await forget(address=f"198.18.{n // 250}.{n % 250}")
        clock.advance(seconds=10)
    assert len(await outbox(home)) == 19


@pytest.mark.parametrize("email", [ADA, NOBODY])
async def test_letter_that_is_left_out_is_answered_like_another(email: str) -> None:
    *_, fifth, sixth = await ask_often(6, email)
    assert (fifth.expires_in, fifth.resend_in) == (600, 30)
    assert (sixth.expires_in, sixth.resend_in) == (300, 30)


async def test_reset_tells_not_who_was_at_an_address() -> None:
    """Somebody at her office uses the letters up from elsewhere, then asks there."""
    await sign_in(SignIn(ADA, GOOD), browser("hers", ADDRESS, b"hers"))
    answers = []
    for n, email in enumerate((ADA, NOBODY)):
        for m in range(6):
            await forget(email, f"198.51.{n}.{m}")
        flow = await forget(email, ADDRESS)
        answers.append((flow.expires_in, flow.resend_in))
    assert answers == [(300, 30)] * 2


async def test_registration_tells_not_who_was_at_an_address() -> None:
    """An e-mail that has an account waits like any other."""
    await sign_in(SignIn(ADA, GOOD), browser("hers", ADDRESS, b"hers"))
    for n, email in enumerate((ADA, NOBODY)):
        asking = replace(DEFNE, email=email)
        for m in range(5):
            await register(asking, f"198.51.{n}.{m}")
        with pytest.raises(TooManyTries):
            await register(asking, ADDRESS)


async def test_code_of_the_last_letter_is_good_where_none_was_sent(
    home: Database,
) -> None:
    await ask_often(5)
    code = await mailed_code(home)
    hers = await forget(address="192.0.2.1")
    assert len(await outbox(home)) == 5
    answer = await choose_password(GivenCode(hers.token, code), NEW, "192.0.2.1")
    assert isinstance(answer, Reset)


async def test_code_of_a_reset_opens_no_other_account(home: Database) -> None:
    code = await right(home, await forget())
    theirs = await forget(NOBODY)
    refused = await choose_password(GivenCode(theirs.token, code.code), NEW, "::1")
    assert refused == CodeRefused(Reason.WRONG, 4)


async def test_new_letter_of_a_reset_kills_no_code(
    home: Database, clock: Clock
) -> None:
    flow = await forget()
    old = await right(home, flow)
    clock.advance(seconds=30)
    again = await resend(flow)
    assert await mailed_code(home) != old.code
    clock.advance(minutes=9, seconds=29)
    given = GivenCode(again.token, old.code)
    assert isinstance(await choose_password(given, NEW, "::1"), Reset)


async def test_wrong_codes_of_a_reset_make_only_their_place_wait(
    home: Database,
) -> None:
    bad = [await wrong(home, flow) for flow in await ask_often(3)]
    for n in range(12):
        await judge(bad[n % 3], Purpose.RESET, f"203.0.113.{n}")
    hers = await right(home, await forget(address="192.0.2.1"))
    for _ in range(FREE_TRIES_OF_A_PLACE):
        await judge(bad[0], Purpose.RESET, "203.0.113.99")
    with pytest.raises(TooManyTries):
        await judge(bad[0], Purpose.RESET, "203.0.113.99")
    assert await judge(hers, Purpose.RESET, "192.0.2.1") is True


async def test_wrong_codes_of_a_reset_are_written_down_at_a_bounded_rate(
    home: Database,
) -> None:
    for n, flow in enumerate(await ask_often(12)):
        bad = GivenCode(flow.token, "ABCDEFGH2345")
        refused = await judge(bad, Purpose.RESET, f"203.0.113.{n}")
        assert refused == CodeRefused(Reason.WRONG, 4)
    async with home.reading() as session:
        noted = text("SELECT count(*) FROM security_event WHERE kind = 'refused'")
        assert await session.scalar(noted) == 5


async def test_registrations_with_an_e_mail_use_up_none_of_its_resets(
    home: Database,
) -> None:
    for n in range(5):
        await register(address=f"198.51.100.{n}")
    with pytest.raises(TooManyTries):
        await register(address="198.51.100.9")
    before = len(await outbox(home))
    await forget("defne@example.org", "198.51.100.10")
    assert len(await outbox(home)) == before + 1
