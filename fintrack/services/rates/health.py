"""How rates do as a whole: how old the newest is, what fails, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.currency import all_currencies
from fintrack.core.rate_runs import Source
from fintrack.services.commands import Work, question
from fintrack.services.rates.overseeing import SourceView, read_source_views

LOOKING = frozenset({Role.ADMIN, Role.SYSTEM})

# One step in the index for each currency of each source, not a walk through all runs.
_NEWEST = text(
    "SELECT max(last.seen_at) FROM unnest(CAST(:codes AS text[])) wanted (code) "
    "CROSS JOIN unnest(CAST(:sources AS text[])) known (name) "
    "CROSS JOIN LATERAL (SELECT r.last_seen_at AS seen_at FROM rate_run r "
    "WHERE (r.code, r.source) = (wanted.code, known.name) "
    "ORDER BY r.valid_from DESC LIMIT 1) last"
)
_JUMPS = text(
    "SELECT count(DISTINCT (code, source)) FROM rate_held WHERE decision = ''"
)


@dataclass(frozen=True, slots=True)
class RateHealth:
    """The sources that are fetched here, none where all came with the program.

    ``newest_at`` is when (UTC) the newest rate of all was seen, None without any;
    ``jumps`` are currencies of a source whose rates wait for an admin. All is as of
    ``at``.
    """

    sources: tuple[SourceView, ...]
    newest_at: datetime | None
    jumps: int
    at: datetime

    @property
    def age(self) -> timedelta | None:
        """How long ago the newest rate was seen; None without any."""
        return self.at - self.newest_at if self.newest_at else None


@question("rates.health", roles=LOOKING)
async def find_rate_health(work: Work) -> RateHealth:
    """All sources as they do now."""
    values = {
        "codes": [one.code for one in all_currencies()],
        "sources": list(Source),
    }
    return RateHealth(
        sources=tuple(await read_source_views(work)),
        newest_at=await work.session.scalar(_NEWEST, values),
        jumps=await work.session.scalar(_JUMPS) or 0,
        at=work.now,
    )
