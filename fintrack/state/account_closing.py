"""What the question before an account is closed says."""

from fintrack.core.formatting import format_money
from fintrack.core.text import message_id
from fintrack.services.ledger.account_rows import AccountView
from fintrack.state.amounts import Reader
from fintrack.state.rows import isolated


def can_close(view: AccountView) -> bool:
    """Whether nothing is on it, today and on the days to come."""
    return not (view.balance.minor or view.planned.minor)


def close_text(view: AccountView, reader: Reader) -> str:
    """What happens to the account, or why it cannot be closed."""
    money = view.balance
    if can_close(view):
        said = message_id(
            "{name} leaves the lists. Its transactions stay, and you can open it again."
        )
    elif money.minor:
        said = message_id(
            "There is still {amount} on {name}. Only an empty account can be closed: "
            "move it to another account first."
        )
    else:
        money = view.planned
        said = message_id(
            "{amount} more is entered for days to come on {name}. Only an empty "
            "account can be closed."
        )
    amount = isolated(format_money(money, reader.language))
    return reader.say(said, amount=amount, name=view.name)
