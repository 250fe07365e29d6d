"""Whose tries are counted together: those for an account, and those from an address.

A browser in which the person signed in has a counter of its own, as long as it shows
the mark that it got then; those in which their e-mail was proved by a reset share one:
no stranger makes any of them wait. They share it because whoever reads the mail may
reset as often as they like, each time in another browser. So may whoever knows the
password sign in: only the marks seen last count, and for codes of the second factor
those alone with which one was proved. A mark is secret, an address is not. Nothing here
asks where somebody was before, or others at that address could see by it whose e-mail
has an account (``docs/adr/0027``).
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.place import name_place
from fintrack.services import master_key
from fintrack.services.tries import PLACE

LABEL = "try counters"

SECOND_FACTOR = "second-factor"
MOST_MARKS = 20

# Where there is a factor, a session is proved by its code alone: when it is opened, and
# by each step-up.
_KNOWS_MARK = text(
    "WITH known AS (SELECT s.mark_hash, s.last_seen_at FROM person p "
    "JOIN sign_in_session s ON s.person_id = p.id "
    "LEFT JOIN second_factor f ON f.person_id = p.id "
    "WHERE p.email_folded = :email "
    "AND (NOT :by_code OR s.proved_at > f.confirmed_at)), "
    "shown AS (SELECT max(last_seen_at) AS at FROM known WHERE mark_hash = :mark_hash) "
    "SELECT shown.at IS NOT NULL AND (SELECT count(DISTINCT mark_hash) FROM known "
    "WHERE last_seen_at > shown.at) < :most AS signed_in, "
    "EXISTS (SELECT FROM try_counter WHERE subject = :proved) AS by_mail FROM shown"
)
# A counter that never rises: it is found as quickly for an e-mail that nobody has, and
# swept like the others.
_KEEP = text(
    "INSERT INTO try_counter (subject, failures, last_failed_at) "
    "VALUES (:subject, 0, :now) ON CONFLICT (subject) DO UPDATE "
    "SET last_failed_at = excluded.last_failed_at"
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
    key = master_key.derive(LABEL)
    own = await _find_own(session, key, kind, email, mark_hash)
    if own:
        return Counters(account=own, place="")
    return Counters(
        account=_subject(key, kind, "account", email),
        place=PLACE + _subject(key, kind, "place", name_place(address)),
    )


async def know_browser(
    session: AsyncSession, email: str, mark_hash: bytes, now: datetime
) -> None:
    """Lets the browser in which somebody proved their e-mail wait for no stranger.

    For a day; whoever signs in there meanwhile makes it known for longer.
    """
    subject = _subject(master_key.derive(LABEL), "proved", email, mark_hash.hex())
    await session.execute(_KEEP, {"subject": subject, "now": now})


async def _find_own(
    session: AsyncSession, key: bytes, kind: str, email: str, mark_hash: bytes
) -> str:
    """The counter of a browser that shows a known mark; empty for any other."""
    if not mark_hash:
        return ""
    proved = _subject(key, "proved", email, mark_hash.hex())
    shown = {
        "email": email,
        "mark_hash": mark_hash,
        "proved": proved,
        "by_code": kind == SECOND_FACTOR,
        "most": MOST_MARKS,
    }
    known = (await session.execute(_KNOWS_MARK, shown)).one()
    if known.signed_in:
        return _subject(key, kind, "browser", email, mark_hash.hex())
    return _subject(key, kind, "by mail", email) if known.by_mail else ""


def _subject(key: bytes, *parts: str) -> str:
    """A counter's name gives away neither an e-mail nor an address."""
    return hmac.new(key, "\0".join(parts).encode(), "sha256").hexdigest()
