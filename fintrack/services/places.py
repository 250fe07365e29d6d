"""Whose tries are counted together: those for an account, and those from an address.

A place at which the person was before has a counter of its own: strangers elsewhere do
not slow its owner down. Nor do those at the same address, where the browser shows the
mark that it got when the person signed in with it: its tries are counted for it alone.
A mark is secret, an address is not: were whoever was there before let past the wait of
an address, others there could see by it whose e-mail has an account.
"""

import hmac
import ipaddress
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.services import master_key
from fintrack.services.tries import PLACE

LABEL = "try counters"

_ADDRESSES = text(
    "SELECT s.address FROM person p JOIN sign_in_session s ON s.person_id = p.id "
    "WHERE p.email_folded = :email "
    "UNION SELECT e.address FROM person p JOIN security_event e ON e.person_id = p.id "
    "WHERE p.email_folded = :email AND e.kind = 'password-reset'"
)
_KNOWS_MARK = text(
    "SELECT EXISTS (SELECT FROM person p JOIN sign_in_session s ON s.person_id = p.id "
    "WHERE p.email_folded = :email AND s.mark_hash = :mark_hash)"
)


@dataclass(frozen=True, slots=True)
class Counters:
    """The names of the counters that a try raises; a known browser has no place."""

    account: str
    place: str

    @property
    def names(self) -> list[str]:
        """Those that there are."""
        return [name for name in (self.account, self.place) if name]


async def find_counters(
    session: AsyncSession,
    kind: str,
    email: str,
    address: str,
    mark_hash: bytes = b"",
) -> Counters:
    """The counters for tries of a ``kind`` at a folded e-mail, known or not.

    ``mark_hash`` is that of the browser's mark, where it showed one.
    """
    place = name_place(address)
    known = await session.scalars(_ADDRESSES, {"email": email})
    been_here = place in map(name_place, known)
    shown = {"email": email, "mark_hash": mark_hash}
    knows_mark: bool = await session.scalar(_KNOWS_MARK, shown)
    key = master_key.derive(LABEL)
    if knows_mark:
        name = _subject(key, kind, "browser", email, mark_hash.hex())
        return Counters(account=name, place="")
    return Counters(
        account=_subject(key, kind, "account", email, place if been_here else ""),
        place=PLACE + _subject(key, kind, "place", place),
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
