"""The figures of the dashboard as its cards draw them, for one reader."""

from dataclasses import dataclass, field

from fintrack.core import routes
from fintrack.core.formatting import (
    format_day,
    format_money,
    month_names,
)
from fintrack.core.period import Period, PeriodKind
from fintrack.core.text import message_id, translate_plural
from fintrack.services.dashboard.figures import (
    AccountBalance,
    CashFlow,
    Flow,
    no_cash_flow,
)
from fintrack.services.dashboard.overview import Attention, DashboardView
from fintrack.state.account_types import TYPE_NAMES
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.missing_rates import (
    flow_text,
    missing_flows_text,
    missing_spending_text,
    oldest_flow_text,
)
from fintrack.state.place_rows import PlaceRow, recent_row
from fintrack.state.rows import (
    NOTHING,
    Amount,
    BarRow,
    FlowChart,
    NeedRow,
    isolated,
)
from fintrack.state.spending_rows import spending_rows
from fintrack.state.transaction_filters import ALL, NO_CATEGORY
from fintrack.state.worth_rows import (
    WorthChoice,
    WorthRow,
    worth_choices,
    worth_of,
)

MAX_ACCOUNTS = 8
MAX_OVERDRAWN = 3


@dataclass(frozen=True)
class FlowRow:
    """Cash flow of the period; ``others`` say what is not in it."""

    came_in: Amount = NOTHING
    went_out: Amount = NOTHING
    left: Amount = NOTHING
    chart: FlowChart = field(default_factory=FlowChart)
    others: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """Everything that the page shows at once, in one currency where it must be one.

    ``spending_missing`` is what no rate brings into it, ``nothing_spent`` the words for
    no spending at all.
    """

    period: str = ""
    period_label: str = ""
    worth: WorthRow = field(default_factory=WorthRow)
    others: list[WorthChoice] = field(default_factory=list)
    flow: FlowRow = field(default_factory=FlowRow)
    flow_href: str = ""
    spending: list[BarRow] = field(default_factory=list)
    spending_key: str = ""
    spending_missing: str = ""
    nothing_spent: str = ""
    has_usual: bool = False
    accounts: list[PlaceRow] = field(default_factory=list)
    recent: list[PlaceRow] = field(default_factory=list)
    upcoming: list[PlaceRow] = field(default_factory=list)
    needs: list[NeedRow] = field(default_factory=list)


def board(view: DashboardView, currency: str, reader: Reader) -> Board:
    """The figures of ``view``: of one currency, or of all in the base one for none."""
    spent = [
        one
        for one in (view.spending if currency else view.together.spending)
        if not currency or one.spent.currency == currency
    ]
    last = min(view.period.last_day, view.balances_on)
    missing = "" if currency else _spending_missing(view, reader)
    return Board(
        period=view.period.text,
        period_label=period_label(view.period, reader),
        worth=worth_of(view, currency, reader),
        others=worth_choices(view, currency, reader),
        flow=_flow(view, currency, reader),
        flow_href=routes.transactions(period=view.period.text),
        spending=spending_rows(spent, view.period, reader),
        spending_key=reader.say(
            message_id("{first} to {last}"),
            first=format_day(view.period.start, reader.language, "day"),
            last=format_day(max(last, view.period.start), reader.language, "day"),
        ),
        spending_missing=missing,
        nothing_spent="" if missing else _nothing_spent(currency, reader),
        has_usual=any(one.usual is not None for one in spent),
        accounts=[_account(one, reader) for one in view.accounts[:MAX_ACCOUNTS]],
        recent=[recent_row(one, reader) for one in view.recent],
        needs=_needs(view.attention, reader),
    )


def period_label(period: Period, reader: Reader) -> str:
    """A period as its picker names it."""
    if period.kind is PeriodKind.YEAR:
        label = str(period.start.year)
    elif period.kind is PeriodKind.MONTH and period.start.day == 1:
        label = format_day(period.start, reader.language, "month")
    else:
        label = " – ".join(
            format_day(day, reader.language, "day")
            for day in (period.start, period.last_day)
        )
    return label


def _flow(view: DashboardView, currency: str, reader: Reader) -> FlowRow:
    """In one currency the others stand below; together, what was not converted."""
    tongue = reader.language
    if currency:
        flows = {one.now.left.currency: one for one in view.cash_flow}
        shown = flows.pop(currency, no_cash_flow([view.period], currency))
        others = [
            flow_text(one.now, reader) for one in flows.values() if _moved(one.now)
        ]
    else:
        shown = view.together.cash_flow
        left_out = view.together.unconverted_flow
        missing = missing_flows_text(left_out, view.base_currency, reader)
        oldest = oldest_flow_text(view.together.oldest_flow_rate, reader)
        others = [words for words in (missing, oldest) if words]
    now = shown.now
    return FlowRow(
        came_in=amount_row(
            now.came_in,
            tongue,
            tone="in" if now.came_in.minor > 0 else "",
            plus=True,
        ),
        went_out=amount_row(-now.went_out, tongue),
        left=amount_row(now.left, tongue),
        chart=_flow_chart(shown, reader),
        others=others,
    )


def _spending_missing(view: DashboardView, reader: Reader) -> str:
    left_out = view.together.unconverted_flow
    return missing_spending_text(left_out, view.base_currency, reader)


def _nothing_spent(currency: str, reader: Reader) -> str:
    """Of one currency nothing is said of the others."""
    if currency:
        text = reader.say(
            message_id("Nothing was spent in {currency} in this period."),
            currency=currency,
        )
    else:
        text = reader.say(message_id("Nothing was spent in this period."))
    return text


def _moved(flow: Flow) -> bool:
    return bool(flow.came_in.minor or flow.went_out.minor)


def _flow_chart(flow: CashFlow, reader: Reader) -> FlowChart:
    flows = [*flow.before, flow.now]
    tongue = reader.language
    return FlowChart(
        x=[_short_label(one.period, reader) for one in flows],
        came_in=[float(one.came_in.decimal) for one in flows],
        went_out=[float(one.went_out.decimal) for one in flows],
        in_texts=[format_money(one.came_in, tongue) for one in flows],
        out_texts=[format_money(one.went_out, tongue) for one in flows],
        summary=reader.say(
            message_id("Money in and out. Now: {came_in} in, {went_out} out."),
            came_in=format_money(flow.now.came_in, tongue),
            went_out=format_money(flow.now.went_out, tongue),
        ),
    )


def _short_label(period: Period, reader: Reader) -> str:
    """Unique among six periods in a row, and narrow."""
    if period.kind is PeriodKind.YEAR:
        return str(period.start.year)
    if period.kind is PeriodKind.MONTH:
        return month_names(reader.language, short=True)[period.start.month - 1]
    return format_day(period.start, reader.language, "day")


def _account(one: AccountBalance, reader: Reader) -> PlaceRow:
    return PlaceRow(
        name=one.name,
        detail=reader.say(TYPE_NAMES[one.type]),
        amount=amount_row(one.balance, reader.language),
        href=routes.account(str(one.account_id)),
    )


def _needs(attention: Attention, reader: Reader) -> list[NeedRow]:
    tongue, found = reader.language, []
    if n := attention.uncategorised:
        text = translate_plural(
            "{n} amount has no category.",
            "{n} amounts have no category.",
            n,
            tongue,
        )
        found.append(
            NeedRow(text, routes.transactions(category=NO_CATEGORY, period=ALL), "tag")
        )
    if n := attention.previews:
        text = translate_plural(
            "{n} file waits for your check.",
            "{n} files wait for your check.",
            n,
            tongue,
        )
        href = routes.preview(str(attention.waiting)) if n == 1 else routes.IMPORT
        found.append(NeedRow(text, href, "wallet"))
    for one in attention.overdrawn[:MAX_OVERDRAWN]:
        text = reader.say(
            message_id("{account} is below zero: {balance}."),
            account=one.name,
            balance=isolated(format_money(one.balance, tongue)),
        )
        found.append(NeedRow(text, routes.account(str(one.account_id)), "bank"))
    return found
