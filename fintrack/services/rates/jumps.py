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
from fintrack.services.rates.source_rows import lock_source

ADMINS = frozenset({Role.ADMIN})
READ_SINCE = "what people have read in the meantime cannot be unread"

# The newest of each, with what was in force before the first: the last word decides.
_LIST = text(
    "SELECT DISTINCT ON (code, source) code, source, per_usd, "
    "first_value(in_force_per_usd) OVER earliest AS before, "
    "first_value(at) OVER earliest AS since, at AS seen_at, "
    "count(*) OVER (PARTITION BY code, source) AS observations "
    "FROM rate_held WHERE decision = '' "
    "WINDOW earliest AS (PARTITION BY code, source ORDER BY at "
    "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) "
    "ORDER BY code, source, at DESC"
)
_DECIDE = text(
    "UPDATE rate_held SET decision = :decision, decided_at = :now, "
    "decided_by = :person_id "
    "WHERE (code, source) = (:code, :source) AND decision = '' "
    "RETURNING code, per_usd, at"
)


@dataclass(frozen=True, slots=True)
class JumpView:
    """What a source says of one currency since a time, and what was in force before."""

    code: str
    source: Source
    per_usd: Decimal
    before: Decimal
    since: datetime
    seen_at: datetime
    observations: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a jump somebody saw: how many observations, and when the newest was."""

    observations: int
    seen_at: datetime


@question("rates.jumps", roles=ADMINS)
async def list_jumps(work: Work) -> list[JumpView]:
    """What waits for a decision, by code and source."""
    found = await work.session.execute(_LIST)
    return [JumpView(row.code, Source(row.source), *row[2:]) for row in found]


@command("rates.accept_jump", roles=ADMINS, final=READ_SINCE)
async def accept_jump(work: Work, code: str, source: Source, seen: Seen) -> int:
    """Takes what waits of a code and source for right; how many observations.

    Nobody decides on what they have not seen: of what came since they look first.

    What the source says later is believed, as this is then in force.

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
    found = [Observation(*row) for row in await work.session.execute(_DECIDE, values)]
    if not found:
        raise NotFound
    found.sort(key=lambda one: one.at)
    # Together they name what waited: it only grows until it is decided as a whole.
    if Seen(len(found), found[-1].at) != seen:
        raise StaleVersion(
            "Other rates wait than you saw. Nothing was decided: please look again."
        )
    return found
