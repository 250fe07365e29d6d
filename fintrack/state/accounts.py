"""The list of accounts: groups of one type, with totals in the ledger's currency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import reflex as rx

from fintrack.core import routes
from fintrack.core.actor import Actor
from fintrack.core.chart import AccountType, Kind
from fintrack.core.formatting import currency_name, format_day
from fintrack.core.money import Money
from fintrack.core.text import message_id, translate
from fintrack.services.commands import snapshot
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.rates.dated import DatedRates, SeenRate, Total, read_dated
from fintrack.state.account_forms import AccountForms
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.forms import reason_of
from fintrack.state.missing_rates import missing_text, oldest_text
from fintrack.state.rows import NOTHING, Amount
from fintrack.state.session import actor_of, reader_of

# In the order in which people look for them: daily ones first, debts last.
GROUPS = {
    AccountType.CHECKING: (message_id("Checking accounts"), "bank"),
    AccountType.SAVINGS: (message_id("Savings"), "piggy-bank"),
    AccountType.CASH: (message_id("Cash"), "cash"),
    AccountType.INVESTMENT: (message_id("Investments"), "trend"),
    AccountType.OTHER: (message_id("Other accounts"), "wallet"),
    AccountType.CREDIT_CARD: (message_id("Credit cards"), "card"),
    AccountType.LOAN: (message_id("Loans"), "loan"),
}


@dataclass(frozen=True)
class AccountRow:
    """One account of the list."""

    id: str
    name: str
    detail: str
    balance: Amount
    glyph: str
    href: str
    is_read_only: bool = False


@dataclass(frozen=True)
class AccountGroup:
    """The accounts of one type.

    ``totals`` are their sum, and beside it what no rate brings into its currency.
    """

    name: str
    totals: list[Amount] = field(default_factory=list)
    rows: list[AccountRow] = field(default_factory=list)


@dataclass(frozen=True)
class CurrencyTotal:
    """What is there in one currency by itself."""

    label: str
    amount: Amount


@dataclass(frozen=True)
class Worth:
    """What is there in the ledger's currency at the rates of today.

    ``others`` has each currency by itself where there are several, ``missing`` says
    what is not counted because no rate is known, ``oldest`` of when an old rate is.
    """

    label: str = ""
    total: Amount = NOTHING
    owned: Amount = NOTHING
    owed: Amount = NOTHING
    others: list[CurrencyTotal] = field(default_factory=list)
    missing: str = ""
    oldest: str = ""
    has_debt: bool = False


class AccountsState(AccountForms, rx.State):
    """The page of all accounts."""

    is_loading: bool = True
    has_failed: bool = False
    failure: str = ""
    is_empty: bool = False
    worth: Worth = Worth()
    groups: list[AccountGroup] = []
    closed: list[AccountRow] = []
    closed_label: str = ""
    shows_closed: bool = False

    @rx.event
    async def load(self) -> None:
        """Reads the accounts, and opens the form when the address asks for it."""
        await self._read_again(await actor_of(self), await reader_of(self))
        if self.router.url.query_parameters.get("new") == "1":
            await self.start_new()

    @rx.event
    def toggle_closed(self) -> None:
        """Shows or hides the closed accounts."""
        self.shows_closed = not self.shows_closed

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            async with snapshot(actor) as books:
                views = await books.ask(list_accounts, closed=True)
                now = {(view.currency, reader.today) for view in views}
                rates = await books.ask(read_dated, reader.base_currency, now)
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.has_failed = True
            self.failure = reason_of(error, reader.language)
        else:
            self.has_failed = False
            self._fill(views, rates, reader)
        self.is_loading = False

    def _fill(
        self, views: Sequence[AccountView], rates: DatedRates, reader: Reader
    ) -> None:
        is_open = [view for view in views if view.closed_on is None]
        gone = [view for view in views if view.closed_on is not None]
        self.is_empty = not views
        self.worth = _worth_of(is_open, rates, reader)
        self.groups = _groups_of(is_open, rates, reader)
        self.closed = [_row_of(view, reader) for view in gone]
        self.closed_label = (
            translate("Closed accounts ({n})", reader.language, n=len(gone))
            if gone
            else ""
        )


def _groups_of(
    views: Sequence[AccountView], rates: DatedRates, reader: Reader
) -> list[AccountGroup]:
    groups = []
    for kind, (name, _) in GROUPS.items():
        members = [view for view in views if view.type is kind]
        if members:
            total = _total(members, rates, reader)
            groups.append(
                AccountGroup(
                    name=translate(name, reader.language),
                    totals=[amount_row(one, reader.language) for one in total.amounts],
                    rows=[_row_of(view, reader) for view in members],
                )
            )
    return groups


def _row_of(view: AccountView, reader: Reader) -> AccountRow:
    detail = view.note or currency_name(view.currency, reader.language)
    if view.closed_on is not None:
        day = format_day(view.closed_on, reader.language)
        detail = translate("Closed on {day}", reader.language, day=day)
    is_overdrawn = view.kind == Kind.ASSET and view.balance.minor < 0
    return AccountRow(
        id=str(view.id),
        name=view.name,
        detail=translate("Overdrawn", reader.language) if is_overdrawn else detail,
        balance=amount_row(
            view.balance, reader.language, tone="danger" if is_overdrawn else ""
        ),
        glyph=GROUPS[view.type][1],
        href=routes.account(str(view.id)),
        is_read_only=view.read_only,
    )


def _worth_of(views: Sequence[AccountView], rates: DatedRates, reader: Reader) -> Worth:
    language = reader.language
    owned = [view for view in views if view.kind == Kind.ASSET]
    owed = [view for view in views if view.kind == Kind.LIABILITY]
    total, has, owes = (_total(some, rates, reader) for some in (views, owned, owed))
    return Worth(
        label=reader.say(
            "All accounts in {currency}", currency=currency_name(rates.to, language)
        ),
        total=amount_row(has.money + owes.money, language),
        owned=amount_row(has.money, language),
        owed=amount_row(owes.money, language),
        others=_by_currency(views, reader),
        oldest=oldest_text(_oldest(views, rates, reader), reader),
        missing=missing_text(total.unconverted, rates.to, reader),
        has_debt=any(view.balance.minor for view in owed),
    )


def _total(views: Iterable[AccountView], rates: DatedRates, reader: Reader) -> Total:
    return rates.total((view.balance, reader.today) for view in views)


def _oldest(
    views: Iterable[AccountView], rates: DatedRates, reader: Reader
) -> SeenRate | None:
    held = {view.currency for view in views if view.balance.minor}
    return rates.oldest((code, reader.today) for code in held)


def _by_currency(views: Iterable[AccountView], reader: Reader) -> list[CurrencyTotal]:
    """Each currency by itself; nothing where all are in the ledger's own."""
    totals: dict[str, int] = defaultdict(int)
    for view in views:
        totals[view.currency] += view.balance.minor
    if not {*totals} - {reader.base_currency}:
        return []
    return [
        CurrencyTotal(
            currency_name(code, reader.language),
            amount_row(Money(totals[code], code), reader.language),
        )
        for code in sorted(
            totals, key=lambda code: (code != reader.base_currency, code)
        )
    ]
