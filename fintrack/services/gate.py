"""Who may pass: every verb names its access, and it is checked against the database."""

from dataclasses import dataclass, replace

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor, LedgerRole, Role
from fintrack.core.errors import NotAllowed, NotFound, NotSignedIn

PEOPLE = frozenset(Role) - {Role.ANONYMOUS, Role.SYSTEM}

_STANDING = text(
    "SELECT p.role, coalesce(m.role, 0) AS ledger_role FROM person p "
    "LEFT JOIN membership m ON m.person_id = p.id AND m.ledger_id = :ledger_id "
    "WHERE p.id = :person_id AND p.suspended_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Access:
    """Which roles may call a verb, and the least role in the ledger it works on.

    ``ledger`` NONE means that the verb touches no ledger.
    """

    roles: frozenset[Role] = PEOPLE
    ledger: LedgerRole = LedgerRole.NONE


async def admit(session: AsyncSession, actor: Actor, access: Access) -> Actor:
    """The actor as the database knows them, or a refusal.

    Raises:
        NotSignedIn, NotAllowed, NotFound: as ``recognise`` and ``check`` do.
    """
    known = await recognise(session, actor)
    check(known, access)
    return known


async def recognise(session: AsyncSession, actor: Actor) -> Actor:
    """The actor with the roles that the database gives them.

    What a door believes about roles is never trusted: both are read again.

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
    return replace(
        actor, role=Role(found.role), ledger_role=LedgerRole(found.ledger_role)
    )


def check(known: Actor, access: Access) -> None:
    """Lets a recognised actor pass.

    Raises:
        NotSignedIn: nobody, where a person is needed.
        NotAllowed: the person's role or their role in the ledger is too low.
        NotFound: the ledger is not one of theirs, or does not exist.
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
