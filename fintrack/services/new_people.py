"""A new person: checked, and added with a ledger of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.clock import day_in_zone
from fintrack.core.currency import find_current
from fintrack.core.email_address import fold_email, read_email
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.password_rules import check_password
from fintrack.core.person_name import check_first_name, check_last_name
from fintrack.core.time_zones import time_zones
from fintrack.models.people import Person
from fintrack.services import passwords
from fintrack.services.commands import Work
from fintrack.services.ledgers import create_ledger

_OWNER = text(
    "SELECT id, email, language, suspended_at IS NOT NULL AS is_suspended "
    "FROM person WHERE email_folded = :email"
)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody gives of themselves; ``password_hash`` is made by ``prepare``."""

    first_name: str
    last_name: str
    email: str
    password_hash: str = field(default="", repr=False)
    language: str = "en"
    time_zone: str = "UTC"
    base_currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Added:
    """Who is new, and their ledger."""

    person_id: int
    ledger_id: int


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose address it is: as they spell it, and the language they read."""

    person_id: int
    email: str
    language: str
    is_suspended: bool

    @property
    def letter(self) -> str:
        """The kind that answers who wants the address for another account."""
        return "account.suspended" if self.is_suspended else "account.exists"


async def prepare(given: NewPerson, password: str, *more: Problem) -> NewPerson:
    """``given`` tidied up, with the hash of a good password.

    Raises:
        InvalidInput: with every finding, each on its field, ``more`` among them.
    """
    tidy = replace(
        given,
        first_name=given.first_name.strip(),
        last_name=given.last_name.strip(),
        email=given.email.strip(),
    )
    known = (tidy.email, tidy.first_name, tidy.last_name)
    problems = [
        *findings(check_first_name, tidy.first_name),
        *findings(check_last_name, tidy.last_name),
        *findings(read_email, tidy.email),
        *findings(_check_time_zone, tidy.time_zone),
        *findings(_check_currency, tidy.base_currency),
        *findings(partial(check_password, known=known), password),
        *more,
    ]
    if problems:
        raise InvalidInput.of(problems)
    return replace(
        tidy,
        email=read_email(tidy.email),
        password_hash=await passwords.hash_password(password),
    )


async def add_person(work: Work, new: NewPerson, role: Role) -> Added:
    """Adds the person and their ledger to the unit of work."""
    person = Person(
        email=new.email,
        email_folded=fold_email(new.email),
        first_name=new.first_name,
        last_name=new.last_name,
        password_hash=new.password_hash,
        role=role,
        language=new.language,
        time_zone=new.time_zone,
        created_at=work.now,
    )
    work.session.add(person)
    await work.session.flush()
    ledger_id = await create_ledger(
        work.session,
        person.id,
        new.first_name,
        base_currency=new.base_currency,
        now=work.now,
        today=day_in_zone(work.now, new.time_zone),
    )
    return Added(person.id, ledger_id)


async def find_owner(work: Work, email: str) -> Owner | None:
    """Who has an account with this e-mail, suspended or not."""
    found = await work.session.execute(_OWNER, {"email": fold_email(email)})
    row = found.one_or_none()
    if row is None:
        return None
    return Owner(row.id, row.email, row.language, row.is_suspended)


def findings(check: Callable[[str], object], value: str) -> tuple[Problem, ...]:
    """What ``check`` finds wrong with ``value``."""
    try:
        check(value)
    except InvalidInput as error:
        return error.problems
    return ()


def _check_time_zone(name: str) -> None:
    if name not in time_zones():
        raise InvalidInput("This time zone is not known.", field="time_zone")


def _check_currency(code: str) -> None:
    try:
        find_current(code)
    except InvalidInput:
        raise InvalidInput(
            "This currency is not known.", field="base_currency"
        ) from None
