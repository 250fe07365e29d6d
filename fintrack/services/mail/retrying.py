"""Letters that wait or have failed are tried again at once, when staff ask for it."""

from typing import Any

from sqlalchemy import Row, text

from fintrack.core.actor import Role
from fintrack.services.commands import Work, command
from fintrack.services.jobs.calling import call_leader
from fintrack.services.mail.kinds import KINDS
from fintrack.services.mail.listing import RECENT
from fintrack.services.mail.outbox import SEND
from fintrack.services.mail.sending import MOST_UNSURE

ADMINS = frozenset({Role.ADMIN})

_HASTEN = text(
    "UPDATE letter SET due_at = :now WHERE state = 'waiting' AND due_at > :now "
    "RETURNING id"
)
# What may have arrived twice already is not sent a third time.
_FAILED = text(
    "SELECT id, kind, plain FROM letter WHERE state = 'failed' "
    "AND finished_at >= :since AND unsure <= :unsure "
    "AND (expires_at IS NULL OR expires_at > :now) FOR UPDATE"
)
_RETRY = text(
    "UPDATE letter SET state = 'waiting', tries = 0, due_at = :now, finished_at = NULL "
    "WHERE id = ANY(:ids)"
)


@command(
    "mail.retry", roles=ADMINS, final="a letter that has left cannot be taken back"
)
async def retry_letters(work: Work) -> int:
    """Makes all letters due that wait, and those that failed lately; how many.

    A failed letter has lost its secrets: one with a code stays failed, and its person
    asks for a new one.
    """
    hastened = (await work.session.execute(_HASTEN, {"now": work.now})).all()
    values = {"since": work.now - RECENT, "unsure": MOST_UNSURE, "now": work.now}
    failed = (await work.session.execute(_FAILED, values)).all()
    ids = [row.id for row in failed if _is_whole(row)]
    await work.session.execute(_RETRY, {"ids": ids, "now": work.now})
    await call_leader(work.session, SEND)
    return len(hastened) + len(ids)


def _is_whole(row: Row[Any]) -> bool:
    kind = KINDS.get(row.kind)
    return kind is not None and kind.placeholders <= row.plain.keys()
