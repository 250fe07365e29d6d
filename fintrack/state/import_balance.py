"""The balance check of a statement: its own balances beside those of the account."""

from fintrack.core.formatting import format_day, format_money
from fintrack.core.money import Money
from fintrack.services.imports.survey import PreviewView
from fintrack.state.amounts import Reader
from fintrack.state.rows import isolated

Verdict = tuple[str, str, str]


def balance_of(view: PreviewView, account_name: str, reader: Reader) -> Verdict:
    """Title, sentence and tone of the balance check."""
    after = view.balance_after
    own = [one for one in view.balances if one.moved.currency == after.currency]
    closing = own[0].closing if own else None
    if closing is None:
        verdict = _nothing_to_compare(after, account_name, reader)
    elif own[0].broken_at:
        verdict = _gap_at(own[0].broken_at, reader)
    elif own[0].opening is not None and not own[0].holds:
        verdict = _gap(reader)
    elif closing == after:
        verdict = _match(view, reader)
    else:
        verdict = _difference(view, closing, account_name, reader)
    return verdict


def _nothing_to_compare(after: Money, account_name: str, reader: Reader) -> Verdict:
    return (
        reader.say("The file has no balances to compare with."),
        reader.say(
            "{account} will stand at {amount}.",
            account=account_name,
            amount=isolated(format_money(after, reader.language)),
        ),
        "",
    )


def _match(view: PreviewView, reader: Reader) -> Verdict:
    return (
        reader.say("The balance will match."),
        reader.say(
            "On {day} file and account both stand at {amount}.",
            day=format_day(view.balance_on, reader.language),
            amount=isolated(format_money(view.balance_after, reader.language)),
        ),
        "income",
    )


def _gap_at(row: int, reader: Reader) -> Verdict:
    return (
        reader.say("The balances in the file have a gap."),
        reader.say(
            "From row {n} on they do not follow from the amounts. "
            "A row may be missing.",
            n=row,
        ),
        "warn",
    )


def _gap(reader: Reader) -> Verdict:
    return (
        reader.say("The balances in the file have a gap."),
        reader.say(
            "Its first balance and its rows do not give its last one. "
            "A row may be missing."
        ),
        "warn",
    )


def _difference(
    view: PreviewView, closing: Money, account_name: str, reader: Reader
) -> Verdict:
    """File and account stand at different amounts on the day of the file's last one."""
    language, after = reader.language, view.balance_after
    return (
        reader.say("The balance will not match."),
        reader.say(
            "On {day} the file stands at {file}, {account} at {amount}. The difference "
            "is {difference}.",
            day=format_day(view.balance_on, language),
            file=isolated(format_money(closing, language)),
            account=account_name,
            amount=isolated(format_money(after, language)),
            difference=isolated(format_money(after - closing, language)),
        ),
        "warn",
    )
