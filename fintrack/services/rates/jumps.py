"""Jumps: rates too far from the one in force, which wait until an admin decides."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.errors import NotFound, StaleVersion
from fintrack.core.rate_runs import Observation, Source
from fintrack.services.commands import Work, command, question
from fintrack.services.rates.keeping import merge_observations
from fintrack.services.rates.lookup import legs_on
from fintrack.services.rates.source_rows import lock_source

ADMINS = frozenset({Role.ADMIN})
READ_SINCE = "what people have read in the meantime cannot be unread"

# The newest of each, with what the first was compared with: the last word decides.
# Of one instant that is what was said last, too.
_LIST = text(
    "SELECT DISTINCT ON (code, source) code, source, per_usd, "
    "first_value(in_force_per_usd) OVER earliest AS before, "
    "first_value(at) OVER earliest AS since, at AS seen_at, "
    "count(*) OVER (PARTITION BY code, source) AS observations "
    "FROM rate_held WHERE decision = '' "
    "WINDOW earliest AS (PARTITION BY code, source ORDER BY at, held_at "
    "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) "
    "ORDER BY code, source, at DESC, held_at DESC"
)
_DECIDE = text(
    "UPDATE rate_held SET decision = :decision, decided_at = :now, "
    "decided_by = :person_id "
    "WHERE (code, source) = (:code, :source) AND decision = '' "
    "RETURNING code, per_usd, at, held_at"
)


@dataclass(frozen=True, slots=True)
class JumpView:
    """What a source says of one currency since a time, and from what it jumped.

    ``in_force`` is what one US dollar buys now by all that is believed.
    """

    code: str
    source: Source
    per_usd: Decimal
    before: Decimal
    since: datetime
    seen_at: datetime
    observations: int
    in_force: Decimal | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a jump somebody saw: how many observations, and when the newest was."""

    observations: int
    seen_at: datetime


@question("rates.jumps", roles=ADMINS)
async def list_jumps(work: Work) -> list[JumpView]:
    """What waits for a decision, by code and source."""
    found = (await work.session.execute(_LIST)).all()
    today = work.now.date()
    legs = (await legs_on(work, [row.code for row in found], [today]))[today]
    return [
        JumpView(
            row.code,
            Source(row.source),
            row.per_usd,
            row.before,
            row.since,
            row.seen_at,
            row.observations,
            legs[row.code].per_usd if row.code in legs else None,
        )
        for row in found
    ]


@command("rates.accept_jump", roles=ADMINS, final=READ_SINCE)
async def accept_jump(work: Work, code: str, source: Source, seen: Seen) -> int:
    """Takes what waits of a code and source for right; how many observations.

    Nobody decides on what they have not seen: of what came since they look first.

    What the source says later is believed, as this is then in force. What it had said
    of the same instants is replaced; it stays with the decision (``rate_held``).

    Raises:
        NotFound: nothing of it waits.
        StaleVersion: something else waits than was seen.
    """
    found = await _decide(work, code, source, seen, "accepted")
    await merge_observations(work.session, source, found)
    return len(found)


@command("rates.refuse_jump", roles=ADMINS, final=READ_SINCE)
async def refuse_jump(work: Work, code: str, source: Source, seen: Seen) -> int:
    """Takes what waits of a code and source for wrong; how many observations.

    Raises:
        NotFound: nothing of it waits.
        StaleVersion: something else waits than was seen.
    """
    return len(await _decide(work, code, source, seen, "refused"))


async def _decide(
    work: Work, code: str, source: Source, seen: Seen, decision: str
) -> list[Observation]:
    # Before the rows, as who keeps observations does.
    await lock_source(work.session, source)
    values = {
        "code": code,
        "source": source,
        "decision": decision,
        "now": work.now,
        "person_id": work.person_id,
    }
    rows = (await work.session.execute(_DECIDE, values)).all()
    if not rows:
        raise NotFound
    found = [
        Observation(row.code, row.per_usd, row.at)
        for row in sorted(rows, key=lambda row: (row.at, row.held_at))
    ]
    # Together they name what waited: it only grows until it is decided as a whole.
    if Seen(len(found), found[-1].at) != seen:
        raise StaleVersion(
            "Other rates wait than you saw. Nothing was decided: please look again."
        )
    return found
