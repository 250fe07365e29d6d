"""Whether a code proves the second factor; each code does so once."""

import unicodedata

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.services.commands import Work
from fintrack.services.factor import recovery
from fintrack.services.factor.secret import find_counter, unseal
from fintrack.services.places import SECOND_FACTOR, Counters, find_counters
from fintrack.services.security_events import add_event
from fintrack.services.sessions import Browser

_IS_ON = text(
    "SELECT EXISTS (SELECT FROM second_factor WHERE person_id = :person_id "
    "AND confirmed_at IS NOT NULL)"
)
_LOCKED = text(
    "SELECT secret, last_counter FROM second_factor WHERE person_id = :person_id "
    "AND confirmed_at IS NOT NULL FOR UPDATE"
)
_EMAIL = text("SELECT email_folded FROM person WHERE id = :person_id")
_USED = text(
    "UPDATE second_factor SET last_counter = :counter WHERE person_id = :person_id"
)


async def is_on(session: AsyncSession, person_id: int) -> bool:
    """Whether the person has a second factor; passwords may then be shorter."""
    return bool(await session.scalar(_IS_ON, {"person_id": person_id}))


async def use_code(work: Work, person_id: int, given: str) -> bool:
    """Whether ``given`` is the present code or a recovery code; it is used up then.

    The row is locked: of two that show one code at once, one is refused.
    """
    row = (await work.session.execute(_LOCKED, {"person_id": person_id})).one_or_none()
    if row is None:
        return False
    code = tidy_code(given)
    if len(code) == recovery.LENGTH:
        return await _use_recovery(work, person_id, code)
    secret = unseal(bytes(row.secret), person_id)
    counter = find_counter(secret, code, work.now, row.last_counter)
    if counter is None:
        return False
    await work.session.execute(_USED, {"person_id": person_id, "counter": counter})
    return True


async def find_code_counters(
    session: AsyncSession, person_id: int, browser: Browser
) -> Counters:
    """The counters of a try with a code; those of passwords are others."""
    email: str = await session.scalar(_EMAIL, {"person_id": person_id}) or ""
    return await find_counters(
        session, SECOND_FACTOR, email, browser.address, browser.mark_hash
    )


def tidy_code(given: str) -> str:
    """A code as it was typed or pasted, without spaces and hyphens, in capitals.

    What is not ASCII is no code; it becomes an empty one.
    """
    plain = unicodedata.normalize("NFKC", given)
    code = "".join(plain.split()).replace("-", "").upper()
    return code if code.isascii() else ""


async def _use_recovery(work: Work, person_id: int, code: str) -> bool:
    used = await recovery.use_code(work.session, person_id, code, work.now)
    if used:
        left = await recovery.count_left(work.session, person_id)
        actor = Actor(person_id=person_id, where=work.actor.where)
        detail = {"left": str(left)}
        await add_event(
            work.session, "recovery-code-used", work.now, actor, detail=detail
        )
    return used
