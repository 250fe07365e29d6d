"""The first admin: possible once, while there is nobody."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from zoneinfo import available_timezones

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.clock import day_in_zone
from fintrack.core.currency import find_currency
from fintrack.core.email_address import fold_email, read_email
from fintrack.core.errors import Conflict, InvalidInput, Problem
from fintrack.core.password_rules import check_password
from fintrack.core.words import is_showable
from fintrack.models.people import Person
from fintrack.services import passwords
from fintrack.services.commands import ANYBODY, Work, command, question
from fintrack.services.ledgers import create_ledger
from fintrack.services.sessions import Browser, open_session

FIRST = frozenset({Role.ANONYMOUS, Role.SYSTEM})
MAX_NAME = 100
# "FTSET" as digits on a telephone; beside the lock of the migrations.
SETUP_LOCK = 38738

_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_HAS_PEOPLE = text("SELECT EXISTS (SELECT FROM person)")


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """What the first person gives; ``password_hash`` is made before the command."""

    first_name: str
    last_name: str
    email: str
    password_hash: str = field(default="", repr=False)
    language: str = "en"
    time_zone: str = "UTC"
    base_currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class SetUp:
    """Who the first admin is now, and their ledger."""

    person_id: int
    ledger_id: int


async def prepare_first_admin(given: FirstAdmin, password: str) -> FirstAdmin:
    """``given`` tidied up, with the hash of a good password.

    Raises:
        InvalidInput: with every finding, each on its field.
    """
    tidy = replace(
        given,
        first_name=given.first_name.strip(),
        last_name=given.last_name.strip(),
        email=given.email.strip(),
    )
    known = (tidy.email, tidy.first_name, tidy.last_name)
    problems = [
        *_findings(_check_name, tidy.first_name, "first_name"),
        *_findings(_check_last_name, tidy.last_name),
        *_findings(read_email, tidy.email),
        *_findings(_check_time_zone, tidy.time_zone),
        *_findings(_check_currency, tidy.base_currency),
        *_findings(partial(check_password, known=known), password),
    ]
    if problems:
        raise InvalidInput.of(problems)
    return replace(tidy, password_hash=await passwords.hash_password(password))


@question("setup.is_open", roles=ANYBODY)
async def is_open(work: Work) -> bool:
    """Whether nobody is here yet, so that the first admin can be made."""
    return not await work.session.scalar(_HAS_PEOPLE)


@command(
    "setup.create_first_admin",
    roles=FIRST,
    final="without its first admin an installation has nobody",
)
async def create_first_admin(
    work: Work, admin: FirstAdmin, browser: Browser | None
) -> SetUp:
    """Makes the first admin, their ledger and, for a ``browser``, their session.

    Raises:
        Conflict: somebody is here already; of two setups at once, one comes first.
    """
    await work.session.execute(_LOCK, {"lock": SETUP_LOCK})
    if await work.session.scalar(_HAS_PEOPLE):
        raise Conflict("FinTrack is already set up. Please sign in.")
    person = Person(
        email=admin.email,
        email_folded=fold_email(admin.email),
        first_name=admin.first_name,
        last_name=admin.last_name,
        password_hash=admin.password_hash,
        role=Role.ADMIN,
        language=admin.language,
        time_zone=admin.time_zone,
        created_at=work.now,
    )
    work.session.add(person)
    await work.session.flush()
    ledger_id = await create_ledger(
        work.session,
        person.id,
        admin.first_name,
        base_currency=admin.base_currency,
        now=work.now,
        today=day_in_zone(work.now, admin.time_zone),
    )
    if browser is not None:
        await open_session(work, person.id, ledger_id, browser)
    return SetUp(person.id, ledger_id)


def _findings(check: Callable[..., object], *values: str) -> tuple[Problem, ...]:
    try:
        check(*values)
    except InvalidInput as error:
        return error.problems
    return ()


def _check_name(name: str, field_name: str) -> None:
    if not name:
        raise InvalidInput("Please enter a name.", field=field_name)
    if len(name) > MAX_NAME or not is_showable(name):
        raise InvalidInput("This name cannot be used.", field=field_name)


def _check_last_name(name: str) -> None:
    if name:
        _check_name(name, "last_name")


def _check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise InvalidInput("This time zone is not known.", field="time_zone")


def _check_currency(code: str) -> None:
    try:
        find_currency(code)
    except InvalidInput:
        raise InvalidInput(
            "This currency is not known.", field="base_currency"
        ) from None
