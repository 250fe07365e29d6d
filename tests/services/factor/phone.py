"""Ada, signed in, and the phone that shows her codes."""

from dataclasses import dataclass

from pyotp.totp import TOTP

from fintrack.core.actor import Actor
from fintrack.services.commands import perform
from fintrack.services.factor.enrolling import (
    RecoveryCodes,
    begin_enrolment,
    confirm_enrolment,
)
from tests.conftest import Clock
from tests.services.test_sessions import open_session


@dataclass
class Phone:
    """An authenticator app with one secret, and the sheet of recovery codes."""

    actor: Actor
    clock: Clock
    secret: str
    codes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.code_at(0)

    def code_at(self, steps: int) -> str:
        """The code so many half minutes from now."""
        return TOTP(self.secret).at(self.clock(), counter_offset=steps)

    @property
    def wrong(self) -> str:
        """Six digits that are right at no time near now."""
        near = {self.code_at(steps) for steps in range(-2, 3)}
        return next(c for n in range(9) if (c := f"{n}" * 6) not in near)

    def next_code(self) -> str:
        self.clock.advance(seconds=30)
        return self.code


async def begin(clock: Clock) -> Phone:
    """Ada has scanned the secret, and not yet confirmed it."""
    view = await open_session("ada")
    return await scan(view.actor, clock)


async def scan(actor: Actor, clock: Clock) -> Phone:
    done = await perform(actor, begin_enrolment)
    return Phone(actor, clock, done.value.secret)


async def enrol(clock: Clock) -> Phone:
    """Ada has a second factor."""
    phone = await begin(clock)
    outcome = (await perform(phone.actor, confirm_enrolment, phone.code)).value
    assert isinstance(outcome, RecoveryCodes)
    phone.codes = outcome.codes
    return phone
