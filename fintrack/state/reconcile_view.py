"""What the page of a reconciliation holds, and how it reads itself."""

from datetime import date

from fintrack.core import routes
from fintrack.core.actor import Actor
from fintrack.core.chart import Kind
from fintrack.core.errors import FinTrackError, InvalidInput, NotFound
from fintrack.core.formatting import currency_symbol
from fintrack.core.money import Money
from fintrack.services.commands import Snapshot, ask, snapshot
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.accounts import find_account
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.reconciling.comparing import Statement, compare_statement
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field, new_key, read_id, reason_of
from fintrack.state.ledger_choices import ChoiceGroup
from fintrack.state.reconcile_rows import (
    Asked,
    CheckedRow,
    StatementCard,
    balance_of,
    checked_row,
    day_of,
    statement_card,
)
from fintrack.state.transaction_draft import money_text
from fintrack.state.undoing import Undoing

ROWS = 50


class ReconcileView(Undoing, mixin=True):
    """An account beside its statement.

    ``status`` is ``loading``, ``ready``, ``missing`` or ``failed``. On a card or loan
    people type what they owe, which is a negative balance. ``revision`` names one
    reading of the page: its fields are new, and what is sent has it as its key.
    """

    status: str = "loading"
    failure: str = ""
    name: str = ""
    account_page: str = routes.ACCOUNTS
    symbol: str = ""
    owes: bool = False
    day: str = ""
    typed: str = ""
    revision: str = ""
    card: StatementCard = StatementCard()
    rows: list[CheckedRow] = []
    only_open: bool = False
    newer: str = ""
    older: str = ""
    errors: dict[str, str] = {}
    is_balancing: bool = False
    balancing_text: str = ""
    categories: list[ChoiceGroup] = []
    category: str = ""
    _asked: Asked = Asked()
    _currency: str = ""
    _balance: str = ""

    def _wanted(self) -> str:
        """The account in the address; the client says it, so it is checked."""
        path: str = self.router.url.path
        return path.rstrip("/").removesuffix("/reconcile").rpartition("/")[2]

    def _statement(self, reader: Reader) -> Statement:
        """What the page says of the statement.

        Raises:
            InvalidInput: the address names no account, no balance is there, or what
                was typed instead of balance or day cannot be read.
        """
        said = self._said()
        if said is None:
            raise InvalidInput("Please enter an amount.", field="balance")
        if "statement_on" in self.errors:
            raise InvalidInput("Please enter a day.", field="statement_on")
        account_id = read_id(self._wanted(), "account")
        return Statement(account_id, day_of(self._asked, reader.today), said)

    def _said(self) -> Money | None:
        """The balance of the statement; None until one stands in the field."""
        return balance_of(Asked(balance=self._balance), self._currency)

    async def _compare(self, actor: Actor, reader: Reader) -> None:
        said, day = self._said(), day_of(self._asked, reader.today)
        try:
            account_id = read_id(self._wanted(), "account")
            found = await ask(actor, compare_statement, account_id, day, said)
        except FinTrackError as error:
            self._add_errors(error, reader)
        else:
            self.card = statement_card(
                found, self.name, reader, is_said=said is not None
            )

    async def _read_again(self, actor: Actor, reader: Reader) -> None:
        try:
            account_id = read_id(self._wanted(), "account")
            async with snapshot(actor) as books:
                view = await books.ask(find_account, account_id)
                await self._fill(books, view, reader)
        except (NotFound, InvalidInput):
            self.status = "missing"
        except Exception as error:  # noqa: BLE001 - the page offers a retry whatever failed
            self.status, self.failure = "failed", reason_of(error, reader.language)
        else:
            self.status = "ready"

    async def _fill(self, books: Snapshot, view: AccountView, reader: Reader) -> None:
        day = day_of(self._asked, reader.today)
        self.name, self._currency = view.name, view.currency
        self.account_page = routes.account(str(view.id))
        self.symbol = currency_symbol(view.currency, reader.language)
        self.owes = view.kind == Kind.LIABILITY
        self.day, self.only_open = day.isoformat(), bool(self._asked.open)
        said = balance_of(self._asked, view.currency)
        found = await books.ask(compare_statement, view.id, day, said)
        self.card = statement_card(found, view.name, reader, is_said=said is not None)
        self._balance = self.typed = ""
        if said is not None:
            shown = -said if self.owes else said
            self._balance, self.typed = said.text, money_text(shown, reader.language)
        # Fields are new and show what is meant: nothing unreadable stands in them.
        self.revision = new_key()
        self._drop_errors("balance", "statement_on")
        await self._fill_rows(books, view.id, day, reader)

    def _add_errors(self, error: FinTrackError, reader: Reader) -> None:
        """Beside its field; what a field says already stays."""
        self.errors = errors_by_field(error, reader.language) | self.errors

    def _drop_errors(self, *fields: str) -> None:
        """Before these are read anew; what cannot be read elsewhere still counts."""
        left = self.errors.items()
        self.errors = {field: text for field, text in left if field not in fields}

    async def _fill_rows(
        self, books: Snapshot, account_id: int, day: date, reader: Reader
    ) -> None:
        wanted = Filter(
            account_ids=(account_id,),
            until=day,
            reconciled=False,
            cleared=False if self._asked.open else None,
        )
        page = await books.ask(
            list_transactions,
            wanted,
            after=self._asked.after or None,
            before=self._asked.before or None,
            limit=ROWS,
        )
        self.rows = [checked_row(view, account_id, reader) for view in page.items]
        self.newer, self.older = page.previous or "", page.next or ""
