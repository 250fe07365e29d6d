"""The chart of accounts: kinds, types, and the default categories of a language."""

from dataclasses import dataclass
from enum import StrEnum

from fintrack.core.text import message_id


class Kind(StrEnum):
    """What an account is in bookkeeping; it never changes."""

    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"
    EQUITY = "equity"


class AccountType(StrEnum):
    """What people call an account."""

    CHECKING = "Checking"
    SAVINGS = "Savings"
    CREDIT_CARD = "CreditCard"
    CASH = "Cash"
    INVESTMENT = "Investment"
    LOAN = "Loan"
    OTHER = "Other"

    @property
    def kind(self) -> Kind:
        """Credit cards and loans are owed; all others are owned."""
        owed = self in (AccountType.CREDIT_CARD, AccountType.LOAN)
        return Kind.LIABILITY if owed else Kind.ASSET


class Equity(StrEnum):
    """The two accounts that nobody sees, one of each in a ledger."""

    OPENING = "opening"
    EXCHANGE = "exchange"


ACCOUNT_KINDS = (Kind.ASSET, Kind.LIABILITY)
CATEGORY_KINDS = (Kind.INCOME, Kind.EXPENSE)
CATEGORY_TYPE = "category"
UNCATEGORISED_TYPE = "uncategorised"


@dataclass(frozen=True, slots=True)
class Branch:
    """A default category: its name as a message id, and those below it."""

    name: str
    children: tuple[str, ...] = ()


DEFAULT_TREE: dict[Kind, tuple[Branch, ...]] = {
    Kind.INCOME: (
        Branch(message_id("Salary")),
        Branch(message_id("Freelance")),
        Branch(message_id("Interest and dividends")),
        Branch(message_id("Gifts received")),
        Branch(message_id("Refunds")),
    ),
    Kind.EXPENSE: (
        Branch(
            message_id("Housing"),
            (
                message_id("Rent or mortgage"),
                message_id("Energy and water"),
                message_id("Internet and phone"),
                message_id("Repairs"),
            ),
        ),
        Branch(
            message_id("Food"),
            (message_id("Groceries"), message_id("Eating out")),
        ),
        Branch(
            message_id("Getting around"),
            (
                message_id("Fuel"),
                message_id("Public transport"),
                message_id("Car"),
            ),
        ),
        Branch(message_id("Health")),
        Branch(message_id("Clothing")),
        Branch(message_id("Leisure"), (message_id("Subscriptions"),)),
        Branch(message_id("Travel")),
        Branch(message_id("Education")),
        Branch(message_id("Children")),
        Branch(message_id("Gifts and donations")),
        Branch(message_id("Insurance")),
        Branch(message_id("Taxes")),
        Branch(message_id("Bank fees")),
    ),
}
UNCATEGORISED: dict[Kind, str] = {
    Kind.INCOME: message_id("Other income"),
    Kind.EXPENSE: message_id("Other spending"),
}
