"""An own rate against what the sources say of its day, before it is set."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from fintrack.core.actor import LedgerRole
from fintrack.core.exchange import UnknownRate
from fintrack.core.own_rate import times_as_much
from fintrack.services.commands import Work, question
from fintrack.services.rates.lookup import RateView, said_of
from fintrack.services.rates.own import OwnRateGiven, check_own_rate

# In a year without a word money can lose that much and more.
STILL_SPEAKS = timedelta(31)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One of both rates is ``times`` the other; ``is_more``: the own one is."""

    said: RateView
    times: Decimal
    is_more: bool


@question("rate.weigh_own", ledger=LedgerRole.VIEWER)
async def weigh_own_rate(work: Work, given: OwnRateGiven) -> Doubt | None:
    """Why somebody should look again; None where nothing speaks against the rate.

    Raises:
        InvalidInput: what ``set_own_rate`` refuses of a rate.
    """
    _, value = await check_own_rate(work, given)
    pair = given.base, given.quote
    (said,) = (await said_of(work, [pair], [given.on_date]))[given.on_date]
    if isinstance(said, UnknownRate):
        return None
    times = times_as_much(value, said.rate.value)
    # What the law says was seen on no day, and holds on all.
    seen_on = said.seen_on or given.on_date
    if times is None or seen_on < given.on_date - STILL_SPEAKS:
        return None
    return Doubt(said, times, value > said.rate.value)
