"""What a person should know of a file before the yes, beside how it is read."""

from fintrack.core.formatting import format_day, format_money
from fintrack.services.imports.survey import PreviewView
from fintrack.state.amounts import Reader
from fintrack.state.rows import isolated


def notes_of(view: PreviewView, account_name: str, reader: Reader) -> list[str]:
    """Tells of rows on days that have been settled, if there are any."""
    told = (
        _on_locked_days(view, account_name, reader),
        _before_opening(view, account_name, reader),
    )
    return [note for note in told if note]


def _on_locked_days(view: PreviewView, account_name: str, reader: Reader) -> str:
    """Tells of rows that come late to a reconciliation, if there are any."""
    if not view.locked or view.locked_on is None:
        return ""
    return reader.count(
        "{n} row lies on or before {day}, up to which {account} is reconciled. It "
        "joins the next statement.",
        "{n} rows lie on or before {day}, up to which {account} is reconciled. They "
        "join the next statement.",
        view.locked,
        day=format_day(view.locked_on, reader.language),
        account=account_name,
    )


def _before_opening(view: PreviewView, account_name: str, reader: Reader) -> str:
    """Tells of rows from before the opening balance, which may hold them already."""
    if not view.older or view.opening is None:
        return ""
    language = reader.language
    return reader.count(
        "{n} row is from before {day}, when {account} was opened with {amount}. If "
        "that amount holds it already, correct the opening balance: it is a "
        "transaction of that day.",
        "{n} rows are from before {day}, when {account} was opened with {amount}. If "
        "that amount holds them already, correct the opening balance: it is a "
        "transaction of that day.",
        view.older,
        day=format_day(view.opening.on_date, language),
        account=account_name,
        amount=isolated(format_money(view.opening.money, language)),
    )
