"""Whose tries are counted together: those for an account, and those from an address.

A place at which the person was before has a counter of its own: strangers elsewhere do
not slow its owner down.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services.tries import name_place, name_subject

_BEEN_HERE = text(
    "SELECT EXISTS (SELECT FROM person p WHERE p.email_folded = :email AND ("
    "EXISTS (SELECT FROM sign_in_session s WHERE s.person_id = p.id "
    "AND s.address = :address) "
    "OR EXISTS (SELECT FROM security_event e WHERE e.person_id = p.id "
    "AND e.kind = 'password-reset' AND e.address = :address)))"
)


class Tried(StrEnum):
    """What is counted for an e-mail."""

    SIGN_IN = "account"
    CODE = "code"
    LETTER = "letter"


# Apart from each other: whose passwords were wrong may still bring a code.
_PLACES = {
    Tried.SIGN_IN: "place",
    Tried.CODE: "codes from a place",
    Tried.LETTER: "letters from a place",
}


@dataclass(frozen=True, slots=True)
class Counters:
    """The names of the two counters that a try raises."""

    account: str
    place: str


async def find_counters(
    session: AsyncSession, tried: Tried, email: str, address: str, key: bytes
) -> Counters:
    """The counters of a try at a folded e-mail, known or not."""
    been_here = await session.scalar(_BEEN_HERE, {"email": email, "address": address})
    place = name_place(address)
    return Counters(
        account=name_subject(key, tried, email, place if been_here else ""),
        place=name_subject(key, _PLACES[tried], place),
    )
