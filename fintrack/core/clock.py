"""The only place that reads the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def day_in_zone(instant: datetime, zone: str) -> date:
    """The calendar day that people in ``zone`` call today at ``instant``."""
    return instant.astimezone(ZoneInfo(zone)).date()
