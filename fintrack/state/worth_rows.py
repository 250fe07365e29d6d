"""The dashboard's net worth as its card draws it, for one reader."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from fintrack.core.formatting import (
    format_day,
    format_money,
    format_percent,
)
from fintrack.core.money import Money
from fintrack.core.period import Period
from fintrack.core.text import message_id
from fintrack.services.dashboard.figures import NetWorth
from fintrack.services.dashboard.overview import DashboardView
from fintrack.services.dashboard.together import Together
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.missing_rates import (
    missing_text,
    not_in_change_text,
    oldest_text,
)
from fintrack.state.rows import NOTHING, Amount, isolated


@dataclass(frozen=True)
class WorthRow:
    """Net worth with what moved in the period.

    ``parts`` say how much of that was made by what else than income and spending,
    ``missing`` what is not in the amount because no rate is known, ``not_in_change``
    what is in it and in no change, ``oldest`` of when the oldest rate in it is; all may
    be empty.
    """

    amount: Amount = NOTHING
    moved: Amount = NOTHING
    moved_text: str = ""
    parts: list[str] = field(default_factory=list)
    missing: str = ""
    not_in_change: str = ""
    oldest: str = ""


@dataclass(frozen=True)
class WorthChoice:
    """One currency by itself, or all of them together where ``value`` is empty."""

    value: str
    label: str
    amount: Amount


def worth_of(view: DashboardView, currency: str, reader: Reader) -> WorthRow:
    """Net worth of one currency, or of all in the base one for none."""
    for one in view.net_worth:
        if one.total.currency == currency:
            return _worth(one, view.period, reader)
    beside = not_in_change_text(view.together, view.base_currency, reader)
    return replace(
        _worth(view.together.net_worth, view.period, reader, is_whole=not beside),
        parts=_parts(view.together, reader),
        not_in_change=beside,
        oldest=oldest_text(view.together.oldest_rate, reader),
        missing=missing_text(view.together.unconverted, view.base_currency, reader),
    )


def _parts(together: Together, reader: Reader) -> list[str]:
    """What made the change, in the order in which it is read; nothing for nothing."""
    parts = (
        (together.revalued, message_id("{amount} of it by exchange rates")),
        (together.exchanged, message_id("{amount} in exchanges")),
        (together.beside, message_id("{amount} with what is not in the change")),
        (together.opened, message_id("{amount} of opening balances")),
    )
    return [
        reader.say(words, amount=isolated(_signed(part, reader)))
        for part, words in parts
        if part.minor
    ]


def _signed(money: Money, reader: Reader) -> str:
    return format_money(money, reader.language, plus=True)


def worth_choices(
    view: DashboardView, currency: str, reader: Reader
) -> list[WorthChoice]:
    """Each currency by itself where there are several; none where one is all."""
    worths = {one.total.currency: one.total for one in view.net_worth}
    if not {*worths} - {view.base_currency}:
        return []
    together = reader.say(message_id("All in {code}"), code=view.base_currency)
    choices = [("", together, view.together.net_worth.total)]
    choices += [(code, code, total) for code, total in worths.items()]
    return [
        WorthChoice(value, label, amount_row(total, reader.language))
        for value, label, total in choices
        if value != currency
    ]


def _worth(
    one: NetWorth, period: Period, reader: Reader, *, is_whole: bool = True
) -> WorthRow:
    # What is in the total and not in the change may or may not have been there before.
    before = one.total - one.change
    since = format_day(period.start, reader.language, "day")
    if is_whole and before.minor > 0 and one.change.minor:
        ratio = Decimal(one.change.minor) / Decimal(before.minor)
        text = reader.say(
            message_id("({percent}) since {day}"),
            percent=format_percent(abs(ratio), reader.language, decimals=1),
            day=since,
        )
    else:
        text = reader.say(message_id("since {day}"), day=since)
    return WorthRow(
        amount=amount_row(one.total, reader.language),
        moved=amount_row(
            one.change,
            reader.language,
            tone="in" if one.change.minor > 0 else "",
            plus=True,
        ),
        moved_text=text,
    )
