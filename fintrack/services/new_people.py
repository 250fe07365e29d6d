"""A new person: checked, and added with a ledger of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from zoneinfo import available_timezones

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.clock import day_in_zone
from fintrack.core.currency import find_current
from fintrack.core.email_address import fold_email, read_email
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.password_rules import check_password
from fintrack.core.words import is_showable
from fintrack.models.people import Person
from fintrack.services import passwords
from fintrack.services.commands import Work
from fintrack.services.ledgers import create_ledger

MAX_NAME = 100

_TAKEN = text("SELECT EXISTS (SELECT FROM person WHERE email_folded = :email)")


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
        *_findings(_check_name, tidy.first_name, "first_name"),
        *_findings(_check_last_name, tidy.last_name),
        *_findings(read_email, tidy.email),
        *_findings(_check_time_zone, tidy.time_zone),
        *_findings(_check_currency, tidy.base_currency),
        *_findings(partial(check_password, known=known), password),
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


async def is_taken(work: Work, email: str) -> bool:
    """Whether somebody has an account with this e-mail."""
    found = await work.session.scalar(_TAKEN, {"email": fold_email(email)})
    return bool(found)


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
        find_current(code)
    except InvalidInput:
        raise InvalidInput(
            "This currency is not known.", field="base_currency"
        ) from None
