"""``fintrack sample-data``."""

from fintrack.cli.databases import databases, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.clock import day_in_zone, utc_now
from fintrack.core.settings import read_settings
from fintrack.services.commands import ask, perform
from fintrack.services.sample.adding import NewSample, SampleAdded, add_sample
from fintrack.services.sample.owner import find_first_admin


def sample_data() -> int:
    """Add eighteen months of sample data to the first admin's books."""
    with databases(read_settings()) as urls:
        added = run_with(urls, _add)
    print(f"Added {added.transactions} sample transactions since {added.first_day}.")
    return 0


async def _add() -> SampleAdded:
    owner = await ask(SYSTEM, find_first_admin)
    today = day_in_zone(utc_now(), owner.time_zone)
    new = NewSample(today, owner.language)
    return (await perform(owner.actor, add_sample, new)).value
