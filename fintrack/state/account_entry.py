"""The forms of an account, read."""

from dataclasses import replace
from datetime import date

from fintrack.core.chart import AccountType, Kind
from fintrack.core.currency import find_currency
from fintrack.core.errors import InvalidInput
from fintrack.core.money import Money
from fintrack.services.ledger.accounts import AccountChange, NewAccount
from fintrack.state.account_draft import AccountDraft
from fintrack.state.forms import Findings, read_day, read_id, read_money


def read_new(values: dict[str, str], language: str) -> NewAccount:
    """The account that the form describes; all that is wrong is said at once.

    What somebody owes is typed as a positive number and kept as a negative balance.
    """
    findings = Findings()
    kind = AccountType.CHECKING
    try:
        kind = _read_type(values.get("type", ""))
    except InvalidInput as error:
        findings.note(error, "type")
    opening, opened_on = _read_opening(values, language, findings)
    return NewAccount(
        name=values.get("name", ""),
        type=kind,
        opening=-opening if kind.kind is Kind.LIABILITY else opening,
        opened_on=opened_on,
        note=values.get("note", ""),
    )


def read_edit(
    values: dict[str, str], draft: AccountDraft, version: int, language: str
) -> AccountChange:
    """What the form changes; its opening balance only where none stands.

    Raises:
        InvalidInput: names the fields.
    """
    account_id = read_id(draft.id, "account")
    change = AccountChange(account_id, version, draft.name, draft.note)
    if draft.opened_with or draft.closed_on:
        return change
    there = {"opened_on": draft.opened_on, **values, "currency": draft.currency}
    opening, opened_on = _read_opening(there, language, Findings())
    if not opening.minor and opened_on.isoformat() == draft.opened_on:
        return change
    owed = -opening if draft.is_owed else opening
    return replace(change, opening=owed, opened_on=opened_on)


def _read_type(text: str) -> AccountType:
    if text not in set(AccountType):
        raise InvalidInput("Please choose one.", field="type")
    return AccountType(text)


def _read_opening(
    values: dict[str, str], language: str, findings: Findings
) -> tuple[Money, date]:
    """What was there and when, as typed; raises what was found by then, too."""
    opening, opened_on = None, None
    try:
        currency = find_currency(values.get("currency", "")).code
        typed = values.get("opening", "").strip() or "0"
        opening = read_money(typed, currency, language, "opening")
    except InvalidInput as error:
        findings.note(error, error.problems[0].field)
    try:
        opened_on = read_day(values.get("opened_on", ""), "opened_on")
    except InvalidInput as error:
        findings.note(error, "opened_on")
    findings.check()
    if opening is None or opened_on is None:
        raise InvalidInput
    return opening, opened_on
