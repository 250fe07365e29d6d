"""The first admin: possible once, while there is nobody."""

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict
from fintrack.services.commands import ANYBODY, Work, command, question
from fintrack.services.new_people import Added, NewPerson, add_person
from fintrack.services.sessions import Browser, open_session

FIRST = frozenset({Role.ANONYMOUS, Role.SYSTEM})
# "FTSET" as digits on a telephone; beside the lock of the migrations.
SETUP_LOCK = 38738

_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_HAS_PEOPLE = text("SELECT EXISTS (SELECT FROM person)")


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
    work: Work, admin: NewPerson, browser: Browser | None
) -> Added:
    """Makes the first admin, their ledger and, for a ``browser``, their session.

    Raises:
        Conflict: somebody is here already; of two setups at once, one comes first.
    """
    await work.session.execute(_LOCK, {"lock": SETUP_LOCK})
    if await work.session.scalar(_HAS_PEOPLE):
        raise Conflict("FinTrack is already set up. Please sign in.")
    added = await add_person(work, admin, Role.ADMIN)
    if browser is not None:
        await open_session(work, added.person_id, added.ledger_id, browser)
    return added
