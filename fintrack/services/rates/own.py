"""Own rates of a ledger: set for a day, where they win over what any source says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, delete, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import check_existed, find_currency
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.own_rate import read_own_value
from fintrack.models.own_rates import OwnRate
from fintrack.services.commands import Work, command, question
from fintrack.services.rates.reader_day import check_day

MOST = 2_000
"""So many a ledger may have."""

# The last one that is not after the day: a pair nobody else knows goes on with it.
_IN_FORCE = text(
    "SELECT wanted.pair, asked.on_date, own.base, own.quote, own.on_date, own.value "
    "FROM unnest(CAST(:days AS date[])) asked (on_date) "
    "CROSS JOIN unnest(CAST(:pairs AS text[])) wanted (pair) CROSS JOIN LATERAL ("
    "SELECT base, quote, on_date, value FROM own_rate o WHERE o.ledger_id = :ledger_id "
    "AND o.pair = wanted.pair AND o.on_date <= asked.on_date "
    "ORDER BY o.on_date DESC LIMIT 1) own"
)
_PAIRS = text("SELECT DISTINCT pair FROM own_rate WHERE ledger_id = :ledger_id")


@dataclass(frozen=True, slots=True)
class OwnRateGiven:
    """One ``base`` was ``value`` ``quote`` on a day."""

    base: str
    quote: str
    on_date: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class OwnRateView(OwnRateGiven):
    """A rate that somebody set, as it was said."""

    id: int


@question("rate.list_own", ledger=LedgerRole.VIEWER)
async def list_own_rates(
    work: Work, currency: str | None = None
) -> tuple[OwnRateView, ...]:
    """The rates that were set in the ledger, perhaps of one currency; newest first.

    Raises:
        InvalidInput: there is no such currency.
    """
    query = _of_ledger(work).order_by(col(OwnRate.on_date).desc(), col(OwnRate.pair))
    if currency is not None:
        code = find_currency(currency).code
        query = query.where(
            col(OwnRate.base).in_([code]) | (col(OwnRate.quote) == code)
        )
    return tuple(map(_view, (await work.session.scalars(query)).all()))


@question("rate.find_own", ledger=LedgerRole.VIEWER)
async def find_own_rate(work: Work, rate_id: int) -> OwnRateView:
    """One of them.

    Raises:
        NotFound: this ledger has none of that number.
    """
    return _view(await _own(work, rate_id))


@command("rate.set_own", ledger=LedgerRole.EDITOR)
async def set_own_rate(work: Work, given: OwnRateGiven) -> OwnRateView:
    """Sets a rate for a day; one that the pair had on that day is replaced.

    Raises:
        InvalidInput: unknown or equal currencies, no rate, too many, or a day that
            is to come or on which one of them was not there yet.
    """
    pair, value = await check_own_rate(work, given)
    row = await work.session.scalar(
        _of_ledger(work).where(
            col(OwnRate.pair) == pair, col(OwnRate.on_date) == given.on_date
        )
    )
    if row is None:
        await _check_room(work)
        row = OwnRate(
            ledger_id=work.ledger_id,
            pair=pair,
            base=given.base,
            quote=given.quote,
            on_date=given.on_date,
            value=value,
            created_at=work.now,
        )
        work.session.add(row)
    row.base, row.quote, row.value = given.base, given.quote, value
    await work.session.flush()
    return _view(row)


@command("rate.remove_own", ledger=LedgerRole.EDITOR)
async def remove_own_rate(work: Work, rate_id: int) -> None:
    """Removes one; from then on the sources are believed again.

    Raises:
        NotFound: this ledger has none of that number.
    """
    row = await _own(work, rate_id)
    await work.session.execute(delete(OwnRate).where(col(OwnRate.id) == row.id))


async def check_own_rate(work: Work, given: OwnRateGiven) -> tuple[str, Decimal]:
    """The pair and the value as they are kept.

    Raises:
        InvalidInput: unknown or equal currencies, no rate, or a day to come or on which
            one of them was not there yet.
    """
    find_currency(given.base, field="base")
    find_currency(given.quote, field="quote")
    if given.base == given.quote:
        raise InvalidInput("A currency is always worth itself.", field="quote")
    await check_day(work, given.on_date, field="on_date")
    check_existed((given.base, given.quote), given.on_date, field="on_date")
    return pair_of(given.base, given.quote), read_own_value(given.value)


async def read_own(
    work: Work, pairs: Iterable[tuple[str, str]], days: Sequence[date]
) -> Mapping[tuple[str, date], OwnRateGiven]:
    """What was set of pairs up to each day, by ``pair_of`` and day.

    A ledger without own rates is asked one short question.
    """
    values = {"ledger_id": work.ledger_id}
    known = {*(await work.session.scalars(_PAIRS, values)).all()}
    wanted = {pair_of(*pair) for pair in pairs} & known
    if not wanted:
        return {}
    found = await work.session.execute(
        _IN_FORCE, {**values, "pairs": sorted(wanted), "days": [*days]}
    )
    return {(pair, day): OwnRateGiven(*said) for pair, day, *said in found}


def pair_of(base: str, quote: str) -> str:
    """Both currencies in the order of their codes: the same for either direction."""
    return " ".join(sorted((base, quote)))


def _of_ledger(work: Work) -> Select[OwnRate]:
    return select(OwnRate).where(col(OwnRate.ledger_id) == work.ledger_id)


async def _own(work: Work, rate_id: int) -> OwnRate:
    row = await work.session.scalar(_of_ledger(work).where(col(OwnRate.id) == rate_id))
    if row is None:
        raise NotFound
    return row


async def _check_room(work: Work) -> None:
    query = _of_ledger(work).with_only_columns(col(OwnRate.id)).limit(MOST)
    if len((await work.session.scalars(query)).all()) >= MOST:
        raise InvalidInput(
            "A ledger can have {most} rates of its own.", field="value", most=MOST
        )


def _view(row: OwnRate) -> OwnRateView:
    return OwnRateView(row.base, row.quote, row.on_date, row.value, row.id)
