"""The form of a new account, read."""

from fintrack.core.chart import AccountType, Kind
from fintrack.core.currency import find_currency
from fintrack.core.errors import InvalidInput
from fintrack.core.money import Money
from fintrack.services.ledger.accounts import NewAccount
from fintrack.state.forms import Findings, read_day, read_money


def read_new(values: dict[str, str], language: str) -> NewAccount:
    """The account that the form describes; all that is wrong is said at once.

    What somebody owes is typed as a positive number and kept as a negative balance.
    """
    findings = Findings()
    kind = AccountType.CHECKING
    opening, opened_on = None, None
    try:
        kind = _read_type(values.get("type", ""))
    except InvalidInput as error:
        findings.note(error, "type")
    try:
        opening = _read_opening(values, language)
    except InvalidInput as error:
        findings.note(error, error.problems[0].field)
    try:
        opened_on = read_day(values.get("opened_on", ""), "opened_on")
    except InvalidInput as error:
        findings.note(error, "opened_on")
    findings.check()
    if opening is None or opened_on is None:
        raise InvalidInput
    return NewAccount(
        name=values.get("name", ""),
        type=kind,
        opening=-opening if kind.kind is Kind.LIABILITY else opening,
        opened_on=opened_on,
        note=values.get("note", ""),
    )


def _read_type(text: str) -> AccountType:
    if text not in set(AccountType):
        raise InvalidInput("Please choose one.", field="type")
    return AccountType(text)


def _read_opening(values: dict[str, str], language: str) -> Money:
    currency = find_currency(values.get("currency", "")).code
    typed = values.get("opening", "").strip() or "0"
    return read_money(typed, currency, language, "opening")
