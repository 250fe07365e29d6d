"""One account: its balance, the curve of it, its latest transactions."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import reflex as rx

from fintrack.core import routes
from fintrack.core.actor import Actor
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.errors import InvalidInput, NotFound
from fintrack.core.formatting import currency_name, format_day, format_money
from fintrack.core.period import Period
from fintrack.core.text import message_id, translate
from fintrack.services.commands import ask
from fintrack.services.dashboard.curves import account_curve
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import find_account
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.reading import TransactionView
from fintrack.state.account_forms import AccountForms
from fintrack.state.account_reconciling import Reconciliations
from fintrack.state.accounts import GROUPS
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.curves import SPANS, balance_chart
from fintrack.state.forms import read_id, reason_of
from fintrack.state.rows import NOTHING, Amount, LineChart, isolated
from fintrack.state.session import actor_of, reader_of

PAGE = 20
FIRST_LOOK = "3m"


@dataclass(frozen=True)
class Movement:
    """One transaction as it moved this account."""

    id: str
    name: str
    detail: str
    amount: Amount
    glyph: str


@dataclass(frozen=True)
class AccountCard:
    """The account itself."""

    id: str = ""
    name: str = ""
    label: str = ""
    detail: str = ""
    note: str = ""
    balance: Amount = NOTHING
    moved: Amount = NOTHING
    moved_text: str = ""
    planned: str = ""
    is_closed: bool = False
    is_read_only: bool = False
    transactions: str = ""
    import_page: str = ""
    reconcile_page: str = ""


class AccountState(Reconciliations, AccountForms, rx.State):
    """The page of one account."""

    is_loading: bool = True
    is_missing: bool = False
    has_failed: bool = False
    failure: str = ""
    card: AccountCard = AccountCard()
    chart: LineChart = LineChart()
    has_chart: bool = False
    span: str = FIRST_LOOK
    movements: list[Movement] = []
    has_movements: bool = False
    has_more: bool = False

    @rx.event
    async def load(self) -> None:
        """Reads the account that the address names, under the person's own rights."""
        wanted = self._wanted()
        self.is_loading = self.card.id != wanted
        if self.draft.id != wanted:
            # A tab keeps what it had open, also where another address is loaded anew.
            self.form = ""
        await self._read_again(await actor_of(self), await reader_of(self))

    @rx.event
    async def choose_span(self, value: str) -> None:
        """Shows the curve over another span of days."""
        if value in SPANS:
            self.span = value
            await self._read_again(await actor_of(self), await reader_of(self))

    def _wanted(self) -> str:
        """The last part of the address; the client says it, so it is checked."""
        path: str = self.router.url.path
        return path.rstrip("/").rpartition("/")[2]

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        self.is_missing = self.has_failed = False
        try:
            view = await ask(actor, find_account, read_id(self._wanted(), "account"))
            await self._fill(view, actor, reader)
        except (NotFound, InvalidInput):
            self.is_missing = True
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.has_failed = True
            self.failure = reason_of(error, reader.language)
        self.is_loading = False

    async def _fill(self, view: AccountView, actor: Actor, reader: Reader) -> None:
        period = _period_of(self.span, view, reader.today)
        curve = await ask(actor, account_curve, view.id, period=period)
        page = await ask(
            actor, list_transactions, Filter(account_ids=(view.id,)), limit=PAGE
        )
        first, last = curve.points[0].balance, curve.points[-1].balance
        since = format_day(period.start, reader.language)
        self.card = replace(
            _card_of(view, reader),
            moved=amount_row(last - first, reader.language, plus=True),
            moved_text=translate("since {day}", reader.language, day=since),
        )
        self.chart = balance_chart(curve, reader)
        self.has_chart = len(curve.points) > 1 and any(
            point.balance.minor for point in curve.points
        )
        self.movements = [_movement_of(one, view, reader) for one in page.items]
        self.has_movements = bool(page.items)
        self.has_more = page.next is not None
        await self._fill_reconciliations(view.id, actor, reader)


def _period_of(span: str, view: AccountView, today: date) -> Period:
    """The last days up to today; all of them from the first on the account."""
    days = SPANS[span]
    start = today - timedelta(days=days) if days else view.begins_on
    return Period(min(start, today - timedelta(days=1)), today + timedelta(days=1))


def _card_of(view: AccountView, reader: Reader) -> AccountCard:
    language = reader.language
    type_name = translate(GROUPS[view.type][0], language)
    parts = [type_name, currency_name(view.currency, language)]
    if view.closed_on is not None:
        day = format_day(view.closed_on, language)
        parts.append(translate("Closed on {day}", language, day=day))
    owes = view.kind == Kind.LIABILITY and view.balance.minor < 0
    label = message_id("You owe") if owes else message_id("Balance")
    return AccountCard(
        id=str(view.id),
        name=view.name,
        label=translate(label, language),
        detail=" · ".join(parts),
        note=view.note,
        balance=amount_row(view.balance, language),
        planned=_planned(view, reader),
        is_closed=view.closed_on is not None,
        is_read_only=view.read_only,
        transactions=routes.transactions(account=str(view.id)),
        import_page=routes.importing(str(view.id)),
        reconcile_page=routes.reconcile(str(view.id)),
    )


def _planned(view: AccountView, reader: Reader) -> str:
    """What days to come bring, in words; empty where nothing is entered for them."""
    if not view.planned.minor:
        return ""
    amount = format_money(view.planned, reader.language, plus=True)
    return reader.say("{amount} on days to come", amount=isolated(amount))


def _movement_of(one: TransactionView, view: AccountView, reader: Reader) -> Movement:
    """What the transaction did to this account, and where the other side is."""
    own = [part.money for part in one.postings if part.account_id == view.id]
    total = sum(own[1:], start=own[0])
    others = [part for part in one.postings if part.account_id != view.id]
    categories = [part for part in others if part.kind in CATEGORY_KINDS]
    partners = [part for part in others if part.kind in ACCOUNT_KINDS]
    # An opening balance is no income either.
    is_transfer = not categories
    named = ", ".join(
        dict.fromkeys(part.account_name for part in categories or partners)
    )
    words = one.payee or one.description
    if not (others and (categories or partners)):
        words = translate(words, reader.language) if words else words
    details = [reader.day(one.on_date), *([named] if words and named else [])]
    return Movement(
        id=str(one.id),
        name=words or named or translate("Transaction", reader.language),
        detail=" · ".join(details),
        amount=amount_row(
            total,
            reader.language,
            tone=_tone(total.minor, is_transfer=is_transfer),
            plus=total.minor > 0 and not is_transfer,
        ),
        glyph=_glyph(total.minor, is_transfer=is_transfer),
    )


def _tone(minor: int, *, is_transfer: bool) -> str:
    if is_transfer:
        return "quiet"
    return "in" if minor > 0 else ""


def _glyph(minor: int, *, is_transfer: bool) -> str:
    if is_transfer:
        return "arrow-left-right"
    return "arrow-down-left" if minor > 0 else "arrow-up-right"
