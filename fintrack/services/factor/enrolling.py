"""A person's second factor: set up, confirmed by a first code, switched off.

The secret and the recovery codes leave a verb once, in its result. They are never the
result of an idempotency key, which would be kept.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import text

from fintrack.core.errors import Conflict, NotFound
from fintrack.models.people import Person
from fintrack.services.commands import Work, command, question
from fintrack.services.factor import recovery
from fintrack.services.factor.proving import is_on, tidy_code
from fintrack.services.factor.secret import (
    address_of,
    find_counter,
    new_secret,
    seal,
    unseal,
)
from fintrack.services.refusals import Refused
from fintrack.services.security_events import add_event
from fintrack.services.telling import tell, when

# As long as somebody may take to install an app.
ENROLMENT = timedelta(minutes=30)

_FIND = text("SELECT confirmed_at FROM second_factor WHERE person_id = :person_id")
_EMAIL = text("SELECT email FROM person WHERE id = :person_id")
_BEGIN = text(
    "INSERT INTO second_factor (person_id, secret, last_counter, made_at) "
    "VALUES (:person_id, :secret, 0, :now) ON CONFLICT (person_id) DO UPDATE "
    "SET secret = excluded.secret, last_counter = 0, made_at = excluded.made_at "
    "WHERE second_factor.confirmed_at IS NULL RETURNING id"
)
_WAITING = text(
    "SELECT secret FROM second_factor WHERE person_id = :person_id "
    "AND confirmed_at IS NULL AND made_at > :since FOR UPDATE"
)
_CONFIRM = text(
    "UPDATE second_factor SET confirmed_at = :now, last_counter = :counter "
    "WHERE person_id = :person_id"
)
_OFF = text(
    "DELETE FROM second_factor WHERE person_id = :person_id "
    "AND confirmed_at IS NOT NULL RETURNING id"
)


@dataclass(frozen=True, slots=True)
class FactorView:
    """Whether there is a second factor, since when, and how many codes are left."""

    is_on: bool
    since: datetime | None = None
    recovery_codes_left: int = 0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What goes into the authenticator app: the secret, and the same as an address."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """The ten codes, shown once."""

    codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrongFirstCode(Refused):
    """The code is not of the secret that waits, or not of this minute."""


@question("factor.find")
async def find_factor(work: Work) -> FactorView:
    """The second factor of who asks; nothing of its secret."""
    since: datetime | None = await work.session.scalar(
        _FIND, {"person_id": work.person_id}
    )
    if since is None:
        return FactorView(is_on=False)
    left = await recovery.count_left(work.session, work.person_id)
    return FactorView(is_on=True, since=since, recovery_codes_left=left)


@command("factor.begin", final="a secret that was shown stays known", fresh=True)
async def begin_enrolment(work: Work) -> Enrolment:
    """A new secret, which counts for nothing until a code of it has come back.

    Raises:
        Conflict: there is a second factor already.
    """
    person_id = work.person_id
    secret = new_secret()
    values = {
        "person_id": person_id,
        "secret": seal(secret, person_id),
        "now": work.now,
    }
    if await work.session.scalar(_BEGIN, values) is None:
        raise Conflict("You already have a second factor. Switch it off first.")
    email: str = await work.session.scalar(_EMAIL, {"person_id": person_id}) or ""
    return Enrolment(secret, address_of(secret, email))


@command("factor.confirm", final="the recovery codes have been shown")
async def confirm_enrolment(work: Work, code: str) -> RecoveryCodes | WrongFirstCode:
    """Switches the second factor on, because the app gives its codes; the codes.

    No try is counted: whoever asks has seen the secret itself.

    Raises:
        NotFound: nothing waits to be confirmed, or not any more.
    """
    person_id = work.person_id
    since = work.now - ENROLMENT
    sealed: bytes | None = await work.session.scalar(
        _WAITING, {"person_id": person_id, "since": since}
    )
    if sealed is None:
        raise NotFound("Please begin again: this took longer than half an hour.")
    secret = unseal(bytes(sealed), person_id)
    counter = find_counter(secret, tidy_code(code), work.now, last=0)
    if counter is None:
        return WrongFirstCode()
    values = {"person_id": person_id, "now": work.now, "counter": counter}
    await work.session.execute(_CONFIRM, values)
    codes = await recovery.make_codes(work.session, person_id)
    await _note(work, "factor-on", "account.factor_on")
    return RecoveryCodes(codes)


@command("factor.renew_codes", final="the new codes have been shown", fresh=True)
async def renew_codes(work: Work) -> RecoveryCodes:
    """Ten new recovery codes; the ones before work no longer.

    Raises:
        NotFound: there is no second factor.
    """
    if not await is_on(work.session, work.person_id):
        raise NotFound("You have no second factor.")
    codes = await recovery.make_codes(work.session, work.person_id)
    await _note(work, "recovery-codes-renewed", "account.codes_renewed")
    return RecoveryCodes(codes)


@command("factor.switch_off", final="its secret is gone from here", fresh=True)
async def switch_off(work: Work) -> None:
    """Takes the second factor and its recovery codes away.

    Raises:
        NotFound: there is none.
    """
    if await work.session.scalar(_OFF, {"person_id": work.person_id}) is None:
        raise NotFound("You have no second factor.")
    await recovery.forget_codes(work.session, work.person_id)
    await _note(work, "factor-off", "account.factor_off")


async def _note(work: Work, event: str, letter: str) -> None:
    """Keeps what was done in the trail, and tells the person by mail."""
    await add_event(work.session, event, work.now, work.actor)
    person = await work.session.get_one(Person, work.person_id)
    await tell(work.session, work.now, person, letter, when=when(work.now, person))
