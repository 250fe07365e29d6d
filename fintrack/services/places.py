"""Whose tries are counted together: those for an account, and those from an address.

A place at which the person was before has a counter of its own: strangers elsewhere do
not slow its owner down.
"""

import hmac
import ipaddress
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services import master_key

LABEL = "try counters"

_ADDRESSES = text(
    "SELECT s.address FROM person p JOIN sign_in_session s ON s.person_id = p.id "
    "WHERE p.email_folded = :email "
    "UNION SELECT e.address FROM person p JOIN security_event e ON e.person_id = p.id "
    "WHERE p.email_folded = :email AND e.kind = 'password-reset'"
)


@dataclass(frozen=True, slots=True)
class Counters:
    """The names of the two counters that a try raises."""

    account: str
    place: str


async def find_counters(
    session: AsyncSession, kind: str, email: str, address: str
) -> Counters:
    """The counters for tries of a ``kind`` at a folded e-mail, known or not."""
    place = name_place(address)
    known = await session.scalars(_ADDRESSES, {"email": email})
    been_here = place in map(name_place, known)
    key = master_key.derive(LABEL)
    return Counters(
        account=_subject(key, kind, "account", email, place if been_here else ""),
        place=_subject(key, kind, "place", place),
    )


def name_place(address: str) -> str:
    """The address as one counts it: an IPv6 customer owns a whole /64."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def _subject(key: bytes, *parts: str) -> str:
    """A counter's name gives away neither an e-mail nor an address."""
    return hmac.new(key, "\0".join(parts).encode(), "sha256").hexdigest()
