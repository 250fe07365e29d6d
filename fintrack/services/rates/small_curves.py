"""How many currencies moved in the last days, in one statement."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import find_currency
from fintrack.core.fixed_rates import fixed_rate
from fintrack.core.rate_runs import HUB, cross
from fintrack.services.commands import Work, question
from fintrack.services.rates.lookup import Legs, legs_on
from fintrack.services.rates.reader_day import check_day

# Eleven points are as much as a curve of a row can show.
DAYS, STEP = 30, 3

Values = tuple[Decimal | None, ...]


@question("currency.small_curves", ledger=LedgerRole.VIEWER)
async def read_small_curves(
    work: Work, codes: Sequence[str], base: str, on: date
) -> Mapping[str, Values]:
    """What one of each was worth in the base, every third day of the last thirty.

    A currency of which nobody said two rates in that time has none.

    Raises:
        InvalidInput: there is no such currency or base, or the day is still to come.
    """
    for code in (*codes, base):
        find_currency(code)
    await check_day(work, on)
    days = [on - timedelta(n) for n in range(DAYS, -1, -STEP)]
    legs = await legs_on(work, {*codes, base}, days)
    by_day = [legs[day] for day in days]
    return {
        code: tuple(_worth(of_day, code, base) for of_day in by_day)
        for code in codes
        if _may_move(code, base, on) and _speaks(by_day, code, base)
    }


def _worth(legs: Legs, code: str, base: str) -> Decimal | None:
    of, over = legs.get(base), legs.get(code)
    return cross(of.per_usd, over.per_usd) if of and over else None


def _may_move(code: str, base: str, on: date) -> bool:
    return code != base and fixed_rate(code, base, on) is None


def _speaks(by_day: Sequence[Legs], code: str, base: str) -> bool:
    """Whether each side was seen at two times; else the curve would be an echo."""
    return all(
        len({legs[side].seen_at for legs in by_day if side in legs}) > 1
        for side in (code, base)
        if side != HUB
    )
