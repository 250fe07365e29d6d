"""What the forms of an account show."""

from dataclasses import dataclass, replace

from fintrack.core.chart import AccountType, Kind
from fintrack.core.formatting import currency_symbol, format_money
from fintrack.core.text import message_id
from fintrack.services.ledger.account_rows import AccountView
from fintrack.services.ledger.openings import Opening
from fintrack.state.account_closing import can_close, close_text
from fintrack.state.amounts import Reader
from fintrack.state.choices import currency_choice
from fintrack.state.rows import isolated


@dataclass(frozen=True)
class AccountDraft:
    """A new account, or one that is edited.

    ``opened_with`` says what stands as its opening balance; where it is empty, the form
    asks for one.
    """

    id: str = ""
    name: str = ""
    note: str = ""
    closed_on: str = ""
    type: str = AccountType.CHECKING
    currency: str = ""
    currency_label: str = ""
    symbol: str = ""
    opened_on: str = ""
    opened_with: str = ""
    is_owed: bool = False
    can_close: bool = False
    close_text: str = ""


def draft_of_type(
    draft: AccountDraft, kind: AccountType, currency: str, reader: Reader
) -> AccountDraft:
    """A new account of this type and currency."""
    return AccountDraft(
        id=draft.id,
        opened_on=draft.opened_on,
        type=kind,
        currency=currency,
        currency_label=currency_choice(currency, reader).label,
        symbol=currency_symbol(currency, reader.language),
        is_owed=kind.kind is Kind.LIABILITY,
    )


def draft_of(view: AccountView, opening: Opening, reader: Reader) -> AccountDraft:
    """An account as it stands."""
    stands = opening.transaction_id is not None
    draft = AccountDraft(id=str(view.id), opened_on=opening.on_date.isoformat())
    return replace(
        draft_of_type(draft, view.type, view.currency, reader),
        name=view.name,
        note=view.note,
        closed_on=closed_on(view, reader),
        opened_with=_opened_with(opening, reader) if stands else "",
        can_close=can_close(view),
        close_text=close_text(view, reader),
    )


def closed_on(view: AccountView, reader: Reader) -> str:
    """The day it was closed in words, empty for one that is open."""
    return reader.day(view.closed_on) if view.closed_on else ""


def _opened_with(opening: Opening, reader: Reader) -> str:
    amount = isolated(format_money(opening.money, reader.language))
    said = message_id(
        "Opened with {amount} on {day}. That is the first transaction of the account "
        "and is edited like any other."
    )
    return reader.say(said, amount=amount, day=reader.day(opening.on_date))
