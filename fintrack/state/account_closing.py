"""What the question before an account is closed says."""

from fintrack.core.formatting import format_money
from fintrack.core.text import translate
from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.amounts import Reader
from fintrack.state.rows import isolated


def can_close(view: AccountView) -> bool:
    """Whether nothing is on it, today and on the days to come."""
    return not (view.balance.minor or view.planned.minor)


def close_text(view: AccountView, reader: Reader) -> str:
    """What happens to the account, or why it cannot be closed."""
    if not view.balance.minor and view.planned.minor:
        return translate(
            "{amount} more is entered for days to come on {name}. Only an empty "
            "account can be closed.",
            reader.language,
            amount=isolated(format_money(view.planned, reader.language)),
            name=view.name,
        )
    if view.balance.minor:
        return translate(
            "There is still {amount} on {name}. Only an empty account can be closed: "
            "move it to another account first.",
            reader.language,
            amount=isolated(format_money(view.balance, reader.language)),
            name=view.name,
        )
    return translate(
        "{name} leaves the lists. Its transactions stay, and you can open it again.",
        reader.language,
        name=view.name,
    )
