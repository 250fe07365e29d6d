"""Spending by category as sorted bars against the usual."""

from collections.abc import Sequence
from decimal import Decimal

from fintrack.core import routes
from fintrack.core.formatting import money_parts
from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.core.text import message_id, translate_plural
from fintrack.services.dashboard.figures import Spending
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.rows import BarRow

MAX_ROWS = 8
# A difference below this part of the usual is not worth a number.
USUAL_WITHIN = Decimal("0.03")


def spending_rows(
    spent: Sequence[Spending], period: Period, reader: Reader
) -> list[BarRow]:
    """One currency, the most first; what is beyond the rows stands together."""
    sizes = [_size(one) for one in spent]
    shown = [one for one, size in zip(spent, sizes, strict=True) if size]
    if len(shown) > MAX_ROWS:
        kept, rest = shown[: MAX_ROWS - 1], shown[MAX_ROWS - 1 :]
    else:
        kept, rest = shown, []
    longest = max((_size(one) for one in kept), default=1)
    rows = [
        _row(
            one.name,
            (one.spent, one.usual),
            longest,
            routes.transactions(category=str(one.category_id), period=period.text),
            reader,
        )
        for one in kept
    ]
    return [*rows, _others(rest, longest, period, reader)] if rest else rows


def _size(one: Spending) -> int:
    return max(one.spent.minor, one.usual.minor if one.usual else 0, 0)


def _others(
    rest: Sequence[Spending], longest: int, period: Period, reader: Reader
) -> BarRow:
    currency = rest[0].spent.currency
    spent = Money(sum(one.spent.minor for one in rest), currency)
    known = [one.usual.minor for one in rest if one.usual]
    usual = Money(sum(known), currency) if known else None
    name = translate_plural("{n} other", "{n} others", len(rest), reader.language)
    href = routes.transactions(period=period.text)
    return _row(name, (spent, usual), longest, href, reader)


def _row(
    name: str,
    sums: tuple[Money, Money | None],
    longest: int,
    href: str,
    reader: Reader,
) -> BarRow:
    spent, usual = sums
    return BarRow(
        name=name,
        amount=amount_row(spent, reader.language),
        width=_percent(spent.minor, longest),
        mark=_percent(usual.minor, longest) if usual and usual.minor > 0 else "",
        note=_note(spent, usual, reader) if usual else "",
        href=href,
    )


def _percent(minor: int, longest: int) -> str:
    share = Decimal(100 * max(0, min(minor, longest))) / Decimal(longest)
    return f"{share:.1f}%"


def _note(spent: Money, usual: Money, reader: Reader) -> str:
    more = spent - usual
    if abs(more.minor) <= abs(usual.minor) * USUAL_WITHIN:
        text = reader.say(message_id("as usual"))
    elif more.minor > 0:
        text = reader.say(message_id("{amount} more"), amount=_whole(more, reader))
    else:
        text = reader.say(message_id("{amount} less"), amount=_whole(-more, reader))
    return text


def _whole(money: Money, reader: Reader) -> str:
    """Without decimals, as one says a difference."""
    parts = money_parts(
        Money.from_decimal(Decimal(round(money.decimal)), money.currency),
        reader.language,
    )
    ends = (parts.symbol, parts.gap)
    return (
        "".join((*ends, parts.major))
        if parts.symbol_first
        else "".join((parts.major, *reversed(ends)))
    )
