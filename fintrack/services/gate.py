"""Who may pass: every verb names its access, and it is checked against the database."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import STAFF, Actor, LedgerRole, Role
from fintrack.core.errors import (
    NotAllowed,
    NotFound,
    NotSignedIn,
    SecondFactorNeeded,
    StepUpNeeded,
)
from fintrack.core.factor_demand import FactorDemand

PEOPLE = frozenset(Role) - {Role.ANONYMOUS, Role.SYSTEM}
FRESH = timedelta(minutes=5)
# All that is open to somebody who has yet to set up the factor that is demanded.
ENROLLING = frozenset(
    {
        "factor.begin",
        "factor.confirm",
        "factor.find",
        "program.start",
        "session.end",
        "session.prove",
    }
)

# Of a person ``p``; one that waits for its first code does not count.
HAS_FACTOR = (
    "EXISTS (SELECT FROM second_factor f WHERE f.person_id = p.id "
    "AND f.confirmed_at IS NOT NULL)"
)
_STANDING = text(
    "SELECT p.role, coalesce(m.role, 0) AS ledger_role, "  # noqa: S608 - a constant only
    f"{HAS_FACTOR} AS has_factor FROM person p "
    "LEFT JOIN membership m ON m.person_id = p.id AND m.ledger_id = :ledger_id "
    "WHERE p.id = :person_id AND p.suspended_at IS NULL"
)
_PROVED = text(
    "SELECT EXISTS (SELECT FROM sign_in_session WHERE id = :session_id "
    "AND person_id = :person_id AND ended_at IS NULL AND proved_at > :since)"
)


@dataclass(frozen=True, slots=True)
class Access:
    """Which roles may call a verb, and the least role in the ledger it works on.

    ``ledger`` NONE means that the verb touches no ledger. ``fresh`` asks that the
    person has proved who they are within ``FRESH``, in the session they act from.
    ``enrolling`` is for the verbs of ``ENROLLING``.
    """

    roles: frozenset[Role] = PEOPLE
    ledger: LedgerRole = LedgerRole.NONE
    fresh: bool = False
    enrolling: bool = False

    @property
    def is_for_staff(self) -> bool:
        """Whether only staff may call it."""
        return self.roles <= STAFF


class _House:
    """Who must have a second factor in this installation."""

    demand: FactorDemand = FactorDemand.OFFERED


def demand_factor(demand: FactorDemand) -> None:
    """Lets whom it concerns pass only with a second factor."""
    _House.demand = demand


def lacks_factor(role: Role, *, has_factor: bool) -> bool:
    """Whether somebody of this role must set one up before anything else."""
    return _House.demand.concerns(role) and not has_factor


async def admit(
    session: AsyncSession, actor: Actor, access: Access, now: datetime
) -> Actor:
    """The actor as the database knows them, or a refusal.

    Raises:
        NotSignedIn, NotAllowed, NotFound, SecondFactorNeeded: as ``recognise`` and
            ``check`` do.
        StepUpNeeded: the verb asks for a fresh proof and there is none.
    """
    known = await recognise(session, actor)
    check(known, access)
    if access.is_for_staff:
        # What they do for others stands in nobody's books, not even in their own.
        known = replace(known, ledger_id=None, ledger_role=LedgerRole.NONE)
    if access.fresh and not await has_proved(session, known, now):
        raise StepUpNeeded
    return known


async def recognise(session: AsyncSession, actor: Actor) -> Actor:
    """The actor with the roles that the database gives them.

    What a door believes about roles is never trusted: both are read again. Who has no
    part in a ledger is in none, or what they do would stand in its history.

    Raises:
        NotSignedIn: the person is suspended or does not exist.
    """
    if actor.person_id is None:
        return actor
    found = (
        await session.execute(
            _STANDING, {"person_id": actor.person_id, "ledger_id": actor.ledger_id}
        )
    ).one_or_none()
    if found is None:
        raise NotSignedIn
    role, part = Role(found.role), LedgerRole(found.ledger_role)
    return replace(
        actor,
        role=role,
        ledger_id=None if part is LedgerRole.NONE else actor.ledger_id,
        ledger_role=part,
        lacks_factor=lacks_factor(role, has_factor=found.has_factor),
    )


def check(known: Actor, access: Access) -> None:
    """Lets a recognised actor pass.

    Raises:
        NotSignedIn: nobody, where a person is needed.
        NotAllowed: the person's role or their role in the ledger is too low.
        NotFound: the ledger is not one of theirs, or does not exist.
        SecondFactorNeeded: they have yet to set up the one that is demanded.
    """
    if known.person_id is None:
        if known.role not in access.roles or known.role in PEOPLE:
            raise NotSignedIn
        return
    if known.role not in access.roles:
        raise NotAllowed
    if access.ledger > LedgerRole.NONE and known.ledger_role == LedgerRole.NONE:
        raise NotFound
    if known.ledger_role < access.ledger:
        raise NotAllowed
    if known.lacks_factor and not access.enrolling:
        raise SecondFactorNeeded


async def has_proved(session: AsyncSession, known: Actor, now: datetime) -> bool:
    """Whether the actor proved in this session, within ``FRESH``, who they are."""
    values = {
        "session_id": known.session_id,
        "person_id": known.person_id,
        "since": now - FRESH,
    }
    return bool(await session.scalar(_PROVED, values))
